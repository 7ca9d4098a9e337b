import type { Customer } from '../../services/records/customers';
import { findChanges } from '../../services/entities';
import {
  checkField,
  isChoice,
  sameValue,
  type FieldValue,
  type RecordField,
  type TextField,
} from '../../services/records/recordFields';
import type { FieldChange, MailboxTrouble } from '../../services/updates';
import { isReadByOthers } from '../asker';
import { update } from '../wording/record';

/** What a customer wants changed, while it is being told; plain JSON, since it is kept as dialog state. */
export interface Wish {
  readonly asking:
    | 'what'
    | 'offers'
    | 'value'
    | 'verify'
    | 'confirm'
    | 'correct'
    | 'contact'
    | 'proveContact'
    | 'proveNew';
  readonly wanted: Readonly<Partial<Record<RecordField, FieldValue>>>;
  /** Fields that are to change, and of which it is not told to what. */
  readonly named: readonly RecordField[];
  /** What was told of a value that cannot stand alone, such as a street without a town. */
  readonly begun?: Readonly<Partial<Record<RecordField, string>>>;
  /** The record that was proved to be theirs. */
  readonly customerId?: string;
  /** As it stood when the customer was shown it. */
  readonly changes?: readonly FieldChange[];
  /** They have said already why they cannot use the mailbox on file. */
  readonly trouble?: MailboxTrouble;
  /** They cannot use the mailbox on file, or there is no record for it. */
  readonly cannot?: { readonly claimed: string; readonly trouble: MailboxTrouble };
  /** Where they are written to then, once a code has shown that it is theirs. */
  readonly contact?: string;
  readonly contactProved?: boolean;
  readonly door: 'chat' | 'mail';
  /** They were told already why what stands on the record is shown in part. */
  readonly explained?: boolean;
}

/** What the words tell beyond what was known, and what is to be said about it. */
export interface Told {
  readonly wish: Wish;
  /** Whether they told anything at all, and whether a value was among it. */
  readonly told: boolean;
  readonly valued: boolean;
  /** Nothing was told but what was known. */
  readonly repeats: boolean;
  readonly fields: readonly RecordField[];
  /** Why a value cannot stand on a record, for the customer. */
  readonly faults: readonly string[];
  readonly card: boolean;
  readonly userName: boolean;
}

/** Reads what is to be changed; later words win, and a value that cannot stand is asked for again. */
export function withTold(wish: Wish, text: string): Told {
  const asked = wish.asking === 'value' ? wish.named[0] : undefined;
  const { changes, card, userName } = findChanges(text, asked);
  let next = wish;
  const faults: string[] = [];
  for (const { field, value } of changes) {
    if (value === undefined) {
      // “But my ex reads my e-mail” is no wish for another address.
      const isAside = field === 'email' && isReadByOthers(text);
      if (!isAside && next.wanted[field] === undefined) next = withNamed(next, field);
      continue;
    }
    const put = withValue(next, field, value);
    next = put.wish;
    if (put.fault) faults.push(put.fault);
  }
  const valued = changes.some(({ value }) => value !== undefined);
  const fields = changes.map(({ field }) => field);
  const repeats = fields.every((field) => next.wanted[field] === wish.wanted[field]);
  return { wish: next, told: fields.length > 0, valued, repeats, fields, faults, card, userName };
}

export const withNamed = (wish: Wish, field: RecordField): Wish =>
  wish.named.includes(field) ? wish : { ...wish, named: [...wish.named, field] };

/** Takes a value for a field; one that cannot stand leaves the field to be asked for. */
export function withValue(
  wish: Wish,
  field: RecordField,
  value: FieldValue,
): { readonly wish: Wish; readonly fault?: string } {
  const { changes: _shown, ...rest } = wish;
  const put = (checked: FieldValue): { readonly wish: Wish } => ({
    wish: {
      ...rest,
      wanted: { ...rest.wanted, [field]: checked },
      named: rest.named.filter((each) => each !== field),
    },
  });
  if (typeof value === 'boolean' || isChoice(field)) return put(value);
  if (!field.endsWith('Address')) {
    const checked = checkField(field, value);
    return checked.outcome === 'ok'
      ? put(checked.value)
      : { wish: withNamed(without(rest, field), field), fault: checked.why };
  }
  const begun = rest.begun?.[field];
  // What is told in two messages is one address, unless the second is whole by itself.
  const tries = begun === undefined ? [value] : [value, `${begun}\n${value}`];
  const checks = tries.map((each) => checkField(field, each));
  const whole = checks.find((each) => each.outcome === 'ok' && HAS_POSTCODE.test(each.value));
  const [alone] = checks;
  const last = checks.at(-1);
  if (whole?.outcome === 'ok') return put(whole.value);
  if (last?.outcome === 'ok' && begun !== undefined) return put(last.value);
  return {
    wish: {
      ...withNamed(without(rest, field), field),
      begun: { ...rest.begun, [field]: tries.at(-1) ?? value },
    },
    fault: alone?.outcome === 'invalid' ? alone.why : update.addTown,
  };
}

/** Takes what was begun as it stands, if it can stand. */
export function withBegun(
  wish: Wish,
  field: RecordField,
): { readonly wish: Wish; readonly fault?: string } {
  const checked = checkField(field as TextField, wish.begun?.[field] ?? '');
  if (checked.outcome === 'invalid') return { wish, fault: checked.why };
  const open = without(wish, field);
  return { wish: { ...open, wanted: { ...open.wanted, [field]: checked.value } } };
}

/** Nearly everywhere an address ends in one; without it, it may be the first line of several. */
const HAS_POSTCODE =
  /\b\d{4,6}\b|\b\d{3} \d{3}\b|\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b|\b[a-z]\d[a-z] ?\d[a-z]\d\b/i;

/** Takes a field out of what is to be changed. */
export function without({ changes: _shown, ...wish }: Wish, field: RecordField): Wish {
  const wanted = Object.fromEntries(Object.entries(wish.wanted).filter(([each]) => each !== field));
  return { ...wish, wanted, named: wish.named.filter((each) => each !== field) };
}

/** What the form asks for next. */
export function nextAsking(wish: Wish): Wish['asking'] {
  const { named, wanted, customerId, cannot, contact, contactProved } = wish;
  if (named.length > 0) return 'value';
  if (Object.keys(wanted).length === 0) return 'what';
  if (!customerId && !cannot) return 'verify';
  if (cannot && !contact) return 'contact';
  if (cannot && !contactProved) return 'proveContact';
  return 'confirm';
}

const fieldsOf = (wish: Wish): RecordField[] => Object.keys(wish.wanted) as RecordField[];

/** Only leaving: that needs no second look. */
export const isOptOut = (wish: Wish): boolean =>
  wish.named.length === 0 &&
  fieldsOf(wish).length > 0 &&
  fieldsOf(wish).every((field) => wish.wanted[field] === false);

/** What would change on a record, and which of the wishes stand there already. */
export function changesOn(
  customer: Customer | undefined,
  wish: Wish,
): { readonly changes: FieldChange[]; readonly already: RecordField[] } {
  const changes: FieldChange[] = [];
  const already: RecordField[] = [];
  for (const field of fieldsOf(wish)) {
    const before = customer?.[field] ?? null;
    const after = wish.wanted[field] ?? null;
    if (customer && sameValue(field, before, after)) already.push(field);
    else changes.push({ field, before, after });
  }
  return { changes, already };
}
