import { useState } from 'preact/hooks';
import type { TotpConfirmedView, TotpView } from '../../../bot/console/contract';
import { post } from '../api';
import { TotpSetUp } from '../entrance/totp';
import { useSession } from '../session';
import { Badge, Button, Heading, Notice } from '../ui';
import { useDeed } from './deed';
import { Facts } from './facts';
import { FormBox } from './fields';
import { useForm } from './form';
import { Outcome } from './outcome';
import { OwnPassword } from './ownPassword';
import { rolesInWords } from './roles';

/** One's own account; before a needed second factor is set up, that alone. */
export function OwnAccount() {
  const { me } = useSession();
  const [came, setCame] = useState<string | undefined>();
  return (
    <div class="page narrow">
      <Heading title={me.mustSetUpTotp ? 'Set up your second factor' : 'My account'} />
      {me.mustSetUpTotp && (
        <Notice tone="warn">
          Your roles need a second factor. Set it up here; then the rest of the console opens.
        </Notice>
      )}
      {came !== undefined && <Outcome tone="good">{came}</Outcome>}
      {!me.mustSetUpTotp && (
        <section class="card" aria-label="Who you are">
          <Facts
            facts={[
              ['Name', me.name],
              ['E-mail', me.email],
              ['Roles', rolesInWords(me.roles)],
            ]}
          />
        </section>
      )}
      <SecondFactor came={setCame} />
      {!me.mustSetUpTotp && <OwnPassword came={setCame} />}
      <Everywhere />
    </div>
  );
}

function SecondFactor({ came }: { came: (words: string) => void }) {
  const { me } = useSession();
  const [totp, setTotp] = useState<TotpView | undefined>();
  const deed = useDeed();
  return (
    <section class="card" aria-label="Second factor">
      <h2>Second factor</h2>
      {me.hasTotp && (
        <p>
          <Badge tone="good">Set up</Badge> To set up another, ask an administrator to invite you
          again.
        </p>
      )}
      {!me.hasTotp && !totp && (
        <>
          <p>
            An authenticator app on your telephone shows a code that is asked for when you sign in.
          </p>
          <Button
            kind={me.mustSetUpTotp ? 'primary' : 'plain'}
            busy={deed.busy}
            onClick={() => {
              deed.run(async () => {
                setTotp(await post<TotpView>('/me/totp/begin'));
              });
            }}
          >
            Set up
          </Button>
        </>
      )}
      {!me.hasTotp && totp && <TotpForm totp={totp} came={came} />}
    </section>
  );
}

const WRONG_CODE = 'That is not the code of this moment. Look at the app, and try again.';

function TotpForm({ totp, came }: { totp: TotpView; came: (words: string) => void }) {
  const { enter } = useSession();
  const form = useForm({
    start: { code: '' },
    checks: {
      code: (code) =>
        /^\d{6}$/.test(code.replace(/\s/g, '')) ? undefined : 'A code has six digits.',
    },
    keep: true,
    send: async ({ code }) => {
      const answer = await post<TotpConfirmedView>('/me/totp/confirm', {
        code: code.replace(/\s/g, ''),
      });
      if ('outcome' in answer) return { field: 'code', why: WRONG_CODE } as const;
      came('Your second factor is set up. Other sessions of yours were ended.');
      enter(answer);
      return undefined;
    },
  });
  return (
    <FormBox form={form} send="Confirm">
      <TotpSetUp
        totp={totp}
        code={form.values.code}
        onCode={(code) => {
          form.set('code', code);
        }}
        required
        error={form.faults.code}
      />
    </FormBox>
  );
}

function Everywhere() {
  const deed = useDeed();
  return (
    <section class="card" aria-label="Sessions">
      <h2>Sessions</h2>
      <p>If somebody else may be signed in as you, sign out everywhere and change the password.</p>
      <Button
        busy={deed.busy}
        onClick={() => {
          deed.run(async () => {
            await post('/sign-out', { everywhere: true });
            location.assign('/console');
          });
        }}
      >
        Sign out everywhere
      </Button>
    </section>
  );
}
