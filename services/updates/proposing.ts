import type { StaffDeed, UpdateRequest } from '../../models/updateContent';
import { auditEventEffect } from '../recordEffects';
import { redact } from '../redact';
import { requestedEffect, waitingEffects } from './waiting';
import { conversationOf, fieldFacts, fieldsOf, standingOf } from './fields';
import type { UpdateParts } from './parts';
import { readChanges, type ReadChanges, type TypedChanges } from './reading';

/** A change that somebody of staff takes down for a customer, from a call or a mail. */
export interface Proposal {
  readonly userName: string;
  readonly changes: TypedChanges;
  readonly deed: StaffDeed;
  /** Where the customer talks to them, and is told what came of it. */
  readonly conversationReference?: unknown;
}

/** What came of a proposal. */
export type Proposed =
  | { readonly outcome: 'proposed'; readonly request: UpdateRequest }
  | { readonly outcome: 'notStaff' }
  | { readonly outcome: 'noRecord' }
  | Exclude<ReadChanges, { outcome: 'read' }>
  /** The record says all of it already. */
  | { readonly outcome: 'nothing' };

/** Stores a change that a member of staff stands behind; a second one has to approve it. */
export async function propose(
  parts: UpdateParts,
  { userName, changes, deed, conversationReference }: Proposal,
): Promise<Proposed> {
  const { customerRecords, ids, records, staff } = parts;
  if (!(await staff.isStaff(deed.by, deed.at))) return { outcome: 'notStaff' };
  const customer = await customerRecords.byUserName(userName);
  if (!customer) return { outcome: 'noRecord' };
  const read = readChanges(customer, changes);
  if (read.outcome !== 'read') return read;
  const { open } = standingOf(customer, read.changes, deed.at);
  if (open.length === 0) return { outcome: 'nothing' };
  const request: UpdateRequest = {
    ...{ id: ids.uuid(), kind: 'change', state: 'second', door: 'staff', revision: 0 },
    ...{ receivedAt: deed.at, customerId: customer.id, changes: open },
    ...(conversationReference === undefined
      ? {}
      : { conversationReference, ...conversationOf({ conversationReference }) }),
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
