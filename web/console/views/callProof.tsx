import { useState } from 'preact/hooks';
import type {
  CallCheckView,
  CallCodeView,
  CallView,
  RecordView,
} from '../../../bot/console/contract';
import { post } from '../api';
import { useSession } from '../session';
import { Notice } from '../ui';
import { Choice, FormBox, TextField } from './fields';
import { ofLength, useForm, type Refused } from './form';
import { pathOf } from './oneCall';

interface ProofProps {
  readonly call: CallView;
  readonly verified: (call: CallView, record: RecordView) => void;
  readonly reload: () => void;
}

/** Proves the caller's mailbox: a code goes there, the caller reads it out, the agent types it. */
export function CallProof(props: ProofProps) {
  const { call } = props;
  const [sent, setSent] = useState(0);
  return (
    <section class="card" aria-label="Proof">
      <h2>Who is calling</h2>
      {call.verified !== undefined && (
        <Notice tone="good">
          <p>
            The caller has shown that they read the mailbox of{' '}
            <strong class="foreign">{call.verified}</strong>.
          </p>
        </Notice>
      )}
      <CodeForm
        {...props}
        again={call.codeSent}
        sent={() => {
          setSent(sent + 1);
          props.reload();
        }}
      />
      {(sent > 0 || call.codeSent) && call.verified === undefined && (
        <>
          <Say />
          <CheckForm key={sent} {...props} />
        </>
      )}
    </section>
  );
}

/** What the agent says to the caller; the same whether or not there is a record. */
function Say() {
  const { me } = useSession();
  return (
    <div class="read-out" role="status">
      <p class="soft">Say:</p>
      <blockquote class="aloud">
        <p>
          If we keep a record for that, a mail with a code of six digits is on its way to its
          mailbox. The mail says that {me.name} of Comantra asks for it. Please read me the code. If
          no code comes, the mail there says why.
        </p>
      </blockquote>
    </div>
  );
}

const PURPOSES = [
  ['change', 'To change data'],
  ['report', 'To report something'],
  ['question', 'To ask about data'],
] as const;

const SENT_WORDS: Readonly<Record<Exclude<CallCodeView['outcome'], 'sent'>, string>> = {
  throttled: 'Too many codes were asked for. Wait some minutes before the next.',
  stopped: 'The owner of the mailbox stopped this call: no code is sent.',
  ended: 'The call is ended: no code is sent.',
};

function CodeForm({
  call,
  sent,
  again,
  reload,
}: ProofProps & { readonly sent: () => void; readonly again: boolean }) {
  const form = useForm({
    start: { claimed: '', purpose: 'change' },
    checks: { claimed: ofLength(1, 254, 'Please ask for the e-mail address or the user name.') },
    keep: true,
    send: async ({ claimed, purpose }) => {
      const { outcome } = await post<CallCodeView>(`${pathOf(call)}/code`, {
        ...{ claimed: claimed.trim(), purpose },
      });
      if (outcome === 'sent') {
        sent();
        return undefined;
      }
      reload();
      return { problem: SENT_WORDS[outcome] };
    },
  });
  return (
    <FormBox form={form} send={again ? 'Send another code' : 'Send a code'} kind="plain">
      <div class="pair">
        <TextField
          form={form}
          name="claimed"
          label="E-mail address or user name"
          hint="As the caller gives it."
          control={{ maxLength: 254, required: true, spellcheck: false, autocapitalize: 'none' }}
        />
        <Choice
          form={form}
          name="purpose"
          label="What for"
          hint="The mail says it."
          options={PURPOSES}
        />
      </div>
    </FormBox>
  );
}

const CODE = /^\d{6}$/;

function CheckForm({ call, verified, reload }: ProofProps) {
  const form = useForm({
    start: { code: '' },
    checks: {
      code: (code) => (CODE.test(digitsOf(code)) ? undefined : 'A code has six digits.'),
    },
    keep: true,
    send: async ({ code }) => {
      const answer = await post<CallCheckView>(`${pathOf(call)}/check`, { code: digitsOf(code) });
      if (answer.outcome === 'verified') {
        verified(answer.call, answer.record);
        return undefined;
      }
      if (answer.outcome === 'stopped') reload();
      return refusedBy(answer);
    },
  });
  return (
    <FormBox form={form} send="Check the code">
      <TextField
        form={form}
        name="code"
        label="Code that the caller reads out"
        control={{ inputMode: 'numeric', maxLength: 12, required: true }}
      />
    </FormBox>
  );
}

const digitsOf = (typed: string): string => typed.replace(/[\s.–-]/g, '');

function refusedBy(
  answer: Exclude<CallCheckView, { outcome: 'verified' }>,
): Refused<{ code: string }> {
  switch (answer.outcome) {
    case 'wrong':
      return {
        field: 'code',
        why: `That is not the code. ${answer.attemptsLeft === 1 ? '1 attempt is' : `${answer.attemptsLeft} attempts are`} left.`,
      };
    case 'spent':
      return { problem: 'There were too many wrong attempts: send another code.' };
    case 'expired':
      return { problem: 'That code is too old: send another one.' };
    case 'none':
      return { problem: 'No code waits to be read out in this call: send one.' };
    case 'throttled':
      return { problem: 'Too many attempts. Wait some minutes before the next.' };
    case 'stopped':
      return { problem: 'The owner of the mailbox stopped this call.' };
  }
}
