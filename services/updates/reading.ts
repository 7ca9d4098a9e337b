import {
  CHOICE_FIELDS,
  TEXT_FIELDS,
  type Customer,
  type RecordField,
  type TextField,
} from '../../models/customerContent';
import type { FieldChange } from '../../models/updateContent';
import { checkField, isChoice } from '../records/recordFields';

/** Changes as somebody of staff types them, by field: the value as it was told, `on` or `off` for a choice, nothing to empty it. */
export type TypedChanges = Readonly<Record<string, string>>;

/** What was read of typed changes. */
export type ReadChanges =
  | { readonly outcome: 'read'; readonly changes: readonly FieldChange[] }
  /** There is no such field. */
  | { readonly outcome: 'noField'; readonly field: string }
  | { readonly outcome: 'invalid'; readonly field: RecordField; readonly why: string };

/** Reads and checks typed changes of a record; the first fault ends it. */
export function readChanges(customer: Customer, typed: TypedChanges): ReadChanges {
  const changes: FieldChange[] = [];
  for (const [field, text] of Object.entries(typed)) {
    if (!isField(field)) return { outcome: 'noField', field };
    const read = isChoice(field) ? readChoice(text) : readText(field, text);
    if ('why' in read) return { outcome: 'invalid', field, why: read.why };
    changes.push({ field, before: customer[field] ?? null, after: read.after });
  }
  return { outcome: 'read', changes };
}

type Read = { readonly after: string | boolean | null } | { readonly why: string };

const isField = (name: string): name is RecordField =>
  ([...TEXT_FIELDS, ...CHOICE_FIELDS] as readonly string[]).includes(name);

const CHOICES: Readonly<Record<string, boolean>> = { on: true, yes: true, off: false, no: false };

function readChoice(text: string): Read {
  const word = text.trim().toLowerCase();
  const after = Object.hasOwn(CHOICES, word) ? CHOICES[word] : undefined;
  return after === undefined ? { why: 'Say “on” or “off”.' } : { after };
}

/** Without a name or a mailbox a record could not be told apart, or proved to be anybody's. */
const KEPT: readonly TextField[] = ['name', 'email'];

function readText(field: TextField, text: string): Read {
  if (text.trim() === '')
    return KEPT.includes(field) ? { why: 'It cannot be emptied.' } : { after: null };
  const checked = checkField(field, text);
  return checked.outcome === 'ok' ? { after: checked.value } : { why: checked.why };
}
