import type { AuditAction } from '../../models/auditEntries';
import type { Call, CallDeed } from '../../models/callContent';
import type { Effect } from '../../models/effects';
import type { AuditEvent } from '../auditEvents';
import { ProductError } from '../errors';
import { auditEventEffect } from '../recordEffects';
import type { StaffMember } from '../staffMember';
import type { CallParts } from './parts';

/** What becomes of a call, and what follows from it. */
export interface CallChange {
  readonly changed: Call;
  readonly effects?: readonly Effect[];
}

/** So often in a row nobody else changes the same call. */
const MOST_TRIES = 20;
/** More than a call has; an endless one must not outgrow its document. */
const MOST_DEEDS = 300;

/**
 * Changes a call in one write with all that follows from it, and tells the pages of staff.
 * @param decide on the call as it is; undefined: it stays as it is.
 * @returns the call as it is then; undefined: there is none.
 */
export async function changeCall(
  { records, news, onEffects }: CallParts,
  id: string,
  decide: (found: Call) => CallChange | undefined,
): Promise<Call | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const found = await records.byId(id);
    if (!found) return undefined;
    const change = decide(found);
    if (!change) return found;
    const { changed, effects = [] } = change;
    if (!(await records.change(changed, effects))) continue;
    if (effects.length > 0) onEffects();
    news.tell({ kind: 'call', id });
    return { ...changed, revision: changed.revision + 1 };
  }
  throw new Error('A call was changed by others again and again.');
}

/**
 * The call, for the agent who took it; nobody else does anything in it.
 * @throws ProductError `NotFound`
 */
export async function ownCall(
  { records }: CallParts,
  id: string,
  { accountId }: StaffMember,
): Promise<Call> {
  const found = await records.byId(id);
  if (found?.agent.accountId !== accountId)
    throw new ProductError('NotFound', 'You have taken no such call.');
  return found;
}

/** Adds to what was done in a call. */
export const withDeed = (call: Call, deed: CallDeed): Call => ({
  ...call,
  deeds: [...call.deeds, deed].slice(-MOST_DEEDS),
});

/** @param by `customer`, or the agent. */
export const callAudit = (
  { id, revision }: Call,
  action: AuditAction,
  at: Date,
  by: 'customer' | StaffMember,
  facts?: AuditEvent['facts'],
): Effect =>
  auditEventEffect(id, `${action}-${revision}`, {
    ...{ action, at, by: by === 'customer' ? by : by.email },
    ...{ about: { kind: 'call', id }, ...(facts ? { facts } : {}) },
  });
