import type { RecordView } from '../../../bot/console/contract';
import { Badge } from '../ui';
import { Choice, TextArea, TextField, type Option } from './fields';
import type { Form } from './form';

const OPTIONS: readonly Option[] = [
  ['', 'As it is'],
  ['on', 'On'],
  ['off', 'Off'],
];
const ADDRESS_HINT = 'One line for each part, as on an envelope.';

/** What is to stand in one field of a record, with what stands there now, partly hidden; left empty, it stays. */
export function ChangeField(props: {
  readonly form: Form<Readonly<Record<string, string>>>;
  readonly field: RecordView['fields'][number];
  /** What else there is to know of it. */
  readonly hint?: string;
}) {
  const { form, field, hint = '' } = props;
  const { field: name, label, value, choice, secondPerson } = field;
  const isAddress = name.endsWith('Address');
  const now = `Now: ${value === '' ? 'nothing' : value}.`;
  const hints = [now, isAddress ? ADDRESS_HINT : '', hint].filter((words) => words !== '');
  const named = { form, name, label, hint: hints.join(' ') };
  return (
    <div class="record-field">
      {choice ? (
        <Choice {...named} options={OPTIONS} />
      ) : isAddress ? (
        <TextArea {...named} control={{ rows: 3, maxLength: 400 }} />
      ) : (
        <TextField {...named} control={{ maxLength: 254 }} />
      )}
      {secondPerson && <Badge tone="warn">Needs a second person</Badge>}
    </div>
  );
}
