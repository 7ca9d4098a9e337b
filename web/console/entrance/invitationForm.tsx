import { useState } from 'preact/hooks';
import type {
  AcceptedView,
  InvitationView,
  Role,
  SessionView,
} from '../../../bot/console/contract';
import { wordsOf } from '../api';
import { Button, Field, Notice } from '../ui';
import { CLOSED } from './invitation';
import { TotpSetUp } from './totp';

type Open = Extract<InvitationView, { outcome: 'open' }>;
type Problem = Extract<AcceptedView, { outcome: unknown }>;

interface InvitationFormProps {
  readonly invitation: Open;
  readonly accept: (given: object) => Promise<AcceptedView>;
  readonly enter: (session: SessionView) => void;
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  agent: 'agent',
  supervisor: 'supervisor',
  privacyManager: 'privacy manager',
  administrator: 'administrator',
};
const SHORTEST_PASSWORD = 12;

/** The form of an invitation that stands. */
export function InvitationForm({ invitation, accept, enter }: InvitationFormProps) {
  const [given, setGiven] = useState({ name: invitation.name, email: '', password: '', code: '' });
  const [withTotp, setWithTotp] = useState(invitation.totpNeeded);
  const [problem, setProblem] = useState<Problem | { outcome: 'failed'; words: string }>();
  const [busy, setBusy] = useState(false);
  const set = (part: Partial<typeof given>): void => {
    setGiven((before) => ({ ...before, ...part }));
  };

  const submit = async (): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      const answer = await accept({
        name: given.name.trim(),
        password: given.password,
        ...(invitation.email === undefined && { email: given.email.trim() }),
        ...(withTotp && { code: given.code.replace(/\s/g, '') }),
      });
      if ('signedIn' in answer) enter(answer);
      else setProblem(answer);
    } catch (error) {
      setProblem({ outcome: 'failed', words: wordsOf(error) });
    }
    setBusy(false);
  };
  const wrong = (field: 'name' | 'email' | 'password'): string | undefined =>
    problem?.outcome === 'invalid' && problem.field === field ? problem.why : undefined;

  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <p>
        {invitation.email && `${invitation.email}: `}
        {invitation.roles.map((role) => ROLE_WORDS[role]).join(', ')}
      </p>
      {generalWords(problem) && (
        <Notice tone="bad" loud>
          {generalWords(problem)}
        </Notice>
      )}
      {invitation.email === undefined && (
        <Field label="E-mail address" error={wrong('email')}>
          {(control) => (
            <input
              {...control}
              type="email"
              autocomplete="username"
              required
              maxLength={254}
              value={given.email}
              onInput={(event) => {
                set({ email: event.currentTarget.value });
              }}
            />
          )}
        </Field>
      )}
      <Field label="Name" hint="Customers see it when you talk to them." error={wrong('name')}>
        {(control) => (
          <input
            {...control}
            autocomplete="name"
            required
            maxLength={100}
            value={given.name}
            onInput={(event) => {
              set({ name: event.currentTarget.value });
            }}
          />
        )}
      </Field>
      <Field
        label="Password"
        hint={`At least ${SHORTEST_PASSWORD} characters; a few words that nobody would guess are good.`}
        error={wrong('password')}
      >
        {(control) => (
          <input
            {...control}
            type="password"
            autocomplete="new-password"
            required
            minLength={SHORTEST_PASSWORD}
            maxLength={200}
            value={given.password}
            onInput={(event) => {
              set({ password: event.currentTarget.value });
            }}
          />
        )}
      </Field>
      {!invitation.totpNeeded && (
        <label class="check">
          <input
            type="checkbox"
            checked={withTotp}
            onChange={(event) => {
              setWithTotp(event.currentTarget.checked);
            }}
          />
          Also ask for a code of an authenticator app when I sign in
        </label>
      )}
      {withTotp && (
        <TotpSetUp
          totp={invitation.totp}
          code={given.code}
          onCode={(code) => {
            set({ code });
          }}
          required
          error={
            problem?.outcome === 'wrongCode' || problem?.outcome === 'codeNeeded'
              ? 'This is not the code that the app shows now.'
              : undefined
          }
        />
      )}
      <Button type="submit" kind="primary" busy={busy}>
        Begin
      </Button>
    </form>
  );
}

function generalWords(
  problem: Problem | { outcome: 'failed'; words: string } | undefined,
): string | undefined {
  switch (problem?.outcome) {
    case 'failed':
      return problem.words;
    case 'emailTaken':
      return 'There is an account with this e-mail address already.';
    case 'used':
    case 'expired':
    case 'unknown':
      return CLOSED[problem.outcome];
    default:
      return undefined;
  }
}
