import {
  CHOICE_FIELDS,
  TEXT_FIELDS,
  type RecordField,
  type TextField,
} from '../../models/customerContent';
import type { FieldChange, StaffDeed, UpdateRequest } from '../../models/updateContent';
import { auditEventEffect } from '../recordEffects';
import { checkField, isChoice } from '../records/recordFields';
import { redact } from '../redact';
import { requestedEffect, waitingEffects } from './waiting';
import { fieldFacts, fieldsOf, standingOf } from './fields';
import type { UpdateParts } from './parts';

/** A change that somebody of staff takes down for a customer, from a call or a mail. */
export interface Proposal {
  readonly userName: string;
  /** By field: the value as it was told, `on` or `off` for a choice, and nothing to have the field emptied. */
  readonly changes: Readonly<Record<string, string>>;
  readonly deed: StaffDeed;
}

/** What came of a proposal. */
export type Proposed =
  | { readonly outcome: 'proposed'; readonly request: UpdateRequest }
  | { readonly outcome: 'notStaff' }
  | { readonly outcome: 'noRecord' }
  /** There is no such field. */
  | { readonly outcome: 'noField'; readonly field: string }
  | { readonly outcome: 'invalid'; readonly field: RecordField; readonly why: string }
  /** The record says all of it already. */
  | { readonly outcome: 'nothing' };

type Read = { readonly after: string | boolean | null } | { readonly why: string };

/** Stores a change that a member of staff stands behind; a second one has to approve it. */
export async function propose(
  parts: UpdateParts,
  { userName, changes, deed }: Proposal,
): Promise<Proposed> {
  const { customerRecords, ids, records, staff } = parts;
  if (!(await staff.isStaff(deed.by, deed.at))) return { outcome: 'notStaff' };
  const customer = await customerRecords.byUserName(userName);
  if (!customer) return { outcome: 'noRecord' };
  const wanted: FieldChange[] = [];
  for (const [field, text] of Object.entries(changes)) {
    if (!isField(field)) return { outcome: 'noField', field };
    const read = isChoice(field) ? readChoice(text) : readText(field, text);
    if ('why' in read) return { outcome: 'invalid', field, why: read.why };
    wanted.push({ field, before: customer[field] ?? null, after: read.after });
  }
  const { open } = standingOf(customer, wanted, deed.at);
  if (open.length === 0) return { outcome: 'nothing' };
  const request: UpdateRequest = {
    ...{ id: ids.uuid(), kind: 'change', state: 'second', door: 'staff', revision: 0 },
    ...{ receivedAt: deed.at, customerId: customer.id, changes: open },
    vouched: { ...deed, reason: redact(deed.reason).text },
  };
  await records.insert(request, [
    requestedEffect(request, deed.by),
    auditEventEffect(request.id, 'update.vouched', {
      ...{ action: 'update.vouched', at: deed.at, by: deed.by },
      about: { kind: 'update', id: request.id },
      facts: { recordId: customer.id, ...fieldFacts(fieldsOf(request)) },
    }),
    ...(await waitingEffects(parts, request, customer)),
  ]);
  parts.onEffects();
  return { outcome: 'proposed', request };
}

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
