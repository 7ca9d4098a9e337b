import { CHOICE_FIELDS, type Customer, type RecordField } from '../../models/customerContent';
import type { FieldChange, UpdateRequest } from '../../models/updateContent';
import { isFrozen } from '../records/freezes';
import { isChoice, sameValue } from '../records/recordFields';
import { onlyLeaves } from './risk';

/** The fields that a request is about. */
export const fieldsOf = ({ changes }: Pick<UpdateRequest, 'changes'>): RecordField[] =>
  changes.map(({ field }) => field);

/** The conversation that a reference of Bot Framework names. */
export function conversationOf({
  conversationReference,
}: Pick<UpdateRequest, 'conversationReference'>): Pick<UpdateRequest, 'conversationId'> {
  const { conversation } = (conversationReference ?? {}) as {
    readonly conversation?: { readonly id?: unknown };
  };
  return typeof conversation?.id === 'string' ? { conversationId: conversation.id } : {};
}

/** Fields for the audit log, whose facts are short. */
export function fieldFacts(fields: readonly RecordField[]): Record<string, string> {
  const [choices, texts] = [true, false].map((choice) =>
    fields.filter((field) => isChoice(field) === choice).join(','),
  );
  return { ...(texts ? { fields: texts } : {}), ...(choices ? { choices } : {}) };
}

/** How wanted changes stand to a record as it is now. */
export interface Standing {
  /** Those that would change something, with what stands there now. */
  readonly open: readonly FieldChange[];
  /** Fields that somebody else has changed since the request was made. */
  readonly overtaken: readonly RecordField[];
  /** Whether a freeze stands in the way: unsubscribing it lets through. */
  readonly frozen: boolean;
}

/** Compares wanted changes with a record as it is now. */
export function standingOf(
  customer: Customer,
  changes: readonly FieldChange[],
  now: Date,
): Standing {
  const wanted = changes.filter(({ field, after }) => !sameValue(field, customer[field], after));
  const overtaken = wanted.filter(
    ({ field, before }) => !sameValue(field, customer[field], before),
  );
  return {
    open: wanted.map((change) => ({ ...change, before: customer[change.field] ?? null })),
    overtaken: overtaken.map(({ field }) => field),
    frozen: isFrozen(customer, now) && !wanted.every(onlyLeaves),
  };
}

/** The record with changes made; what becomes of its former addresses is said apart. */
export function withChanges(customer: Customer, changes: readonly FieldChange[]): Customer {
  const gone = new Set<string>(
    changes.filter(({ after }) => after === null).map(({ field }) => field),
  );
  const kept = Object.entries(customer).filter(([name]) => !gone.has(name));
  const off = CHOICE_FIELDS.filter((field) => gone.has(field)).map((field) => [field, false]);
  const set = changes.flatMap(({ field, after }) => (after === null ? [] : [[field, after]]));
  // Only the text fields of a record can be absent, and each value is of its field's type.
  return Object.fromEntries([...kept, ...off, ...set]) as Customer;
}
