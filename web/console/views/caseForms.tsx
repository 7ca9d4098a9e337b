import type { CaseDoneView, CaseView } from '../../../bot/console/contract';
import { post } from '../api';
import { Empty } from '../ui';
import type { CaseFormProps } from './caseDeeds';
import { FormBox, Radios, TextArea, TextField } from './fields';
import { ofLength, REASON, useForm, type Texts } from './form';

const MOST_NOTED = 4000;

/** Posts a deed about a case. */
const deedOf =
  ({ shown, done }: CaseFormProps, action: string) =>
  async (values: Texts, id: string): Promise<void> => {
    const path = `/cases/${encodeURIComponent(shown.reference)}/${action}`;
    const trimmed = Object.entries(values).map(([name, value]) => [name, value.trim()]);
    done(await post<CaseDoneView>(path, { id, ...(Object.fromEntries(trimmed) as Texts) }));
  };

const reasonField = { maxLength: 500, required: true } as const;

/** Words for staff alone. */
export function NoteForm(props: CaseFormProps) {
  const form = useForm({
    start: { text: '' },
    checks: { text: ofLength(1, MOST_NOTED, 'Please write the note.') },
    send: deedOf(props, 'note'),
  });
  return (
    <FormBox form={form} send="Keep the note">
      <TextArea
        form={form}
        name="text"
        label="Note"
        hint="For staff. The customer does not see it."
        control={{ maxLength: MOST_NOTED, required: true }}
      />
    </FormBox>
  );
}

/** A later date for the answer. */
export function ExtendForm(props: CaseFormProps) {
  const { extendable } = props.shown;
  const form = useForm({
    start: { date: '', reason: '' },
    checks: { date: (value) => dateFault(value, extendable), reason: REASON },
    keep: true,
    send: deedOf(props, 'extend'),
  });
  return (
    <FormBox form={form} send="Promise the later date">
      <TextField
        form={form}
        name="date"
        label="Answer by"
        hint="A business day. The case still counts by the date that was promised first."
        control={{ type: 'date', required: true, min: extendable?.from, max: extendable?.to }}
      />
      <TextArea
        form={form}
        name="reason"
        label="Reason"
        hint="The customer is told the new date, and this."
        control={reasonField}
      />
    </FormBox>
  );
}

function dateFault(value: string, extendable: CaseView['extendable']): string | undefined {
  if (value === '') return 'Please give the date by which the customer has an answer.';
  if (extendable && (value < extendable.from || value > extendable.to))
    return `Please give a date from ${extendable.from} to ${extendable.to}.`;
  return undefined;
}

/** Closes a case, or files it away when it is none. */
export function CloseForm(props: CaseFormProps) {
  const unanswered = props.shown.state !== 'answered';
  const form = useForm({
    start: { as: 'closed', reason: '' },
    checks: { reason: unanswered ? REASON : ofLength(0, 500, '') },
    keep: true,
    send: deedOf(props, 'close'),
  });
  return (
    <FormBox form={form} send="Close the case" kind="danger">
      <Radios
        form={form}
        name="as"
        label="Close it as"
        options={[
          ['closed', unanswered ? 'Closed without an answer' : 'Closed'],
          ['spam', 'Spam'],
          ['notPrivacy', 'Not about privacy'],
        ]}
      />
      <TextArea
        form={form}
        name="reason"
        label={unanswered ? 'Reason' : 'Reason (optional)'}
        hint={
          unanswered && form.values.as === 'closed'
            ? 'The customer is told that it is closed, and this.'
            : 'It is recorded. The customer is not told.'
        }
        control={{ ...reasonField, required: unanswered }}
      />
    </FormBox>
  );
}

/** Opens a case again, with a new promise. */
export function ReopenForm(props: CaseFormProps) {
  const form = useForm({
    start: { reason: '' },
    checks: { reason: REASON },
    keep: true,
    send: deedOf(props, 'reopen'),
  });
  return (
    <FormBox form={form} send="Open it again">
      <TextArea
        form={form}
        name="reason"
        label="Reason"
        hint="A new promise counts from now. The customer is told so, and this."
        control={reasonField}
      />
    </FormBox>
  );
}

/** Says whom of staff a case is about. */
export function NameForm(props: CaseFormProps) {
  const { shown, done } = props;
  const people = [
    ...shown.named,
    ...shown.couldBeNamed.filter(
      ({ accountId }) => !shown.named.some((named) => named.accountId === accountId),
    ),
  ];
  const form = useForm<Record<string, string>>({
    start: Object.fromEntries(shown.named.map(({ accountId }) => [accountId, 'named'])),
    keep: true,
    send: async (values) => {
      const accountIds = people
        .map(({ accountId }) => accountId)
        .filter((accountId) => values[accountId] === 'named');
      const path = `/cases/${encodeURIComponent(shown.reference)}/name`;
      done(await post<CaseDoneView>(path, { accountIds }));
    },
  });
  if (people.length === 0) return <Empty title="There is nobody who could be named" />;
  return (
    <FormBox form={form} send="Save who is named">
      <fieldset>
        <legend>The case is about</legend>
        <p class="hint">
          Who is named sees neither the case nor its conversation any more, and hears nothing of it.
        </p>
        {people.map(({ accountId, name }) => (
          <label key={accountId} class="check">
            <input
              type="checkbox"
              checked={form.values[accountId] === 'named'}
              onChange={(event) => {
                form.set(accountId, event.currentTarget.checked ? 'named' : '');
              }}
            />
            <span class="foreign">{name}</span>
          </label>
        ))}
      </fieldset>
    </FormBox>
  );
}
