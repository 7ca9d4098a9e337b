import { useState } from 'preact/hooks';
import type { CallChangedView, CallView, RecordView } from '../../../bot/console/contract';
import { post } from '../api';
import { Notice } from '../ui';
import { ChangeField } from './changeField';
import { FormBox } from './fields';
import { useForm, type Refused } from './form';
import { pathOf } from './oneCall';
import { Outcome } from './outcome';

interface ChangeProps {
  readonly call: CallView;
  /** Of the caller who proved its mailbox. */
  readonly record: RecordView | undefined;
  readonly reload: () => void;
}

/** Changes the record of a caller who proved its mailbox. */
export function CallChange({ call, record, reload }: ChangeProps) {
  const [done, setDone] = useState<string | undefined>();
  return (
    <section class="card" aria-label="Change of data">
      <h2>Change of data</h2>
      {done !== undefined && <Outcome tone="good">{done}</Outcome>}
      {record ? (
        <ChangeForm
          key={record.userName}
          call={call}
          record={record}
          done={(words) => {
            setDone(words);
            reload();
          }}
        />
      ) : (
        <p class="soft">
          {call.verified === undefined
            ? 'First the caller proves the mailbox, with a code “to change data”.'
            : 'The values of the record were shown before this page was loaded anew. Have another code read out to see them again.'}
        </p>
      )}
    </section>
  );
}

function ChangeForm(props: {
  readonly call: CallView;
  readonly record: RecordView;
  readonly done: (words: string) => void;
}) {
  const { call, record, done } = props;
  const form = useForm<Record<string, string>>({
    start: Object.fromEntries(record.fields.map(({ field }) => [field, ''])),
    send: async (values, id) => {
      const wanted = Object.entries(values).filter(([, text]) => text.trim() !== '');
      if (wanted.length === 0) return { problem: OUTCOMES.nothing };
      const answer = await post<CallChangedView>(`${pathOf(call)}/change`, {
        ...{ id, changes: Object.fromEntries(wanted) },
      });
      if (answer.outcome === 'done') done(doneInWords(answer));
      return refusedBy(answer);
    },
  });
  return (
    <FormBox form={form} send="Change the record">
      {record.frozen && (
        <Notice tone="warn">
          The record is held still: only unsubscribing goes through until a person lifts it.
        </Notice>
      )}
      <p class="hint">Fill in only what is to change. Values are partly hidden.</p>
      {record.fields.map((field) => (
        <ChangeField
          key={field.field}
          form={form}
          field={field}
          hint={field.field === 'email' ? NEW_ADDRESS : ''}
        />
      ))}
    </FormBox>
  );
}

const NEW_ADDRESS = 'A new one is proved by a code that is sent to it, which the chat does.';

type Outcomes = Exclude<CallChangedView['outcome'], 'done' | 'invalid'>;

const OUTCOMES: Readonly<Record<Outcomes, string>> = {
  notVerified:
    'The caller has not proved the mailbox for a change, or too long ago. Send a code “to change data”.',
  stopped: 'The owner of the mailbox stopped this call. Nothing was changed.',
  frozen: 'The record is held still. Nothing was changed.',
  emailTaken: 'Another record has that e-mail address. Nothing was changed.',
  mailboxUnproved:
    'A new e-mail address has to be proved by a code sent to it, which the chat does. Nothing was changed.',
  conflict: 'The record was changed by somebody else meanwhile. Nothing was changed.',
  nothing: 'Nothing is to change: the fields are empty, or the record says all of that already.',
};

function refusedBy(answer: CallChangedView): Refused<Record<string, string>> | undefined {
  if (answer.outcome === 'done') return undefined;
  return answer.outcome === 'invalid'
    ? { field: answer.field, why: answer.why }
    : { problem: OUTCOMES[answer.outcome] };
}

function doneInWords({ applied, waiting }: Extract<CallChangedView, { outcome: 'done' }>): string {
  const changed = applied.length > 0 ? `Changed: ${applied.join(', ')}.` : '';
  const waits =
    waiting.length > 0 ? `Waits for a second person, who is told: ${waiting.join(', ')}.` : '';
  return [changed, waits, 'The mailbox on file is told.'].filter(Boolean).join(' ');
}
