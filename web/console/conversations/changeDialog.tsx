import type { HandoffRecordView, ProposedView, RecordView } from '../../../bot/console/contract';
import { get, post } from '../api';
import { useLoaded } from '../loading';
import { Dialog, Notice, Spinner, toast, Trouble } from '../ui';
import { ChangeField } from '../views/changeField';
import { FormBox, TextField } from '../views/fields';
import { REASON, useForm } from '../views/form';
import { NOT_HELD } from './words';

/** What is to stand in the record's fields, by their names, and the reason; empty where it stays. */
type Values = Readonly<Record<string, string>>;

const OUTCOMES = {
  notVerified:
    'The customer has not proved the mailbox on file in this conversation, or too long ago.',
  nothing: 'None of this differs from what is on file.',
  notHeld: NOT_HELD,
} as const;

/** Proposes a change to the record whose owner was proved; a second person decides. */
export function ChangeDialog({ id, close }: { id: string; close: () => void }) {
  const { value, error, reload } = useLoaded(
    () => get<HandoffRecordView>(`/handoffs/${id}/record`),
    id,
  );
  return (
    <Dialog title="Propose a change" onClose={close} wide>
      {content()}
    </Dialog>
  );

  function content() {
    if (value?.outcome === 'record')
      return <ChangeForm id={id} record={value.record} close={close} />;
    if (value) return <Notice tone="warn">{OUTCOMES[value.outcome]}</Notice>;
    return error === undefined ? <Spinner /> : <Trouble words={error} retry={reload} />;
  }
}

interface ChangeProps {
  readonly id: string;
  readonly record: RecordView;
  readonly close: () => void;
}

function ChangeForm({ id, record, close }: ChangeProps) {
  const { userName, frozen, fields } = record;
  const form = useForm<Values>({
    start: { ...Object.fromEntries(fields.map(({ field }) => [field, ''])), reason: '' },
    checks: { reason: REASON },
    send: async ({ reason, ...texts }) => {
      const wanted = Object.entries(texts).filter(([, text]) => text.trim() !== '');
      if (wanted.length === 0) return { problem: 'Fill in what is to be changed.' };
      const answer = await post<ProposedView>(`/handoffs/${id}/propose`, {
        ...{ changes: Object.fromEntries(wanted), reason },
      });
      if (answer.outcome === 'invalid')
        return fields.some(({ field }) => field === answer.field)
          ? { field: answer.field, why: answer.why }
          : { problem: answer.why };
      if (answer.outcome !== 'proposed') return { problem: OUTCOMES[answer.outcome] };
      toast('Proposed. A second person decides, and the customer is told.');
      close();
      return undefined;
    },
  });
  return (
    <FormBox form={form} send="Propose">
      <p>
        The record of <strong>{userName}</strong>. Fill in only what is to be changed: somebody else
        has to approve it. Present values are partly hidden.
      </p>
      {frozen && <Notice tone="warn">The record is held still until a person lifts it.</Notice>}
      <div class="field-grid">
        {fields.map((field) => (
          <ChangeField key={field.field} form={form} field={field} />
        ))}
      </div>
      <TextField
        form={form}
        name="reason"
        label="Reason"
        hint="What the customer asked for; it is recorded."
        control={{ maxLength: 500 }}
      />
    </FormBox>
  );
}
