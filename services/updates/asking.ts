import type { Customer, RecordField } from '../../models/customerContent';
import type { FieldChange, UpdateRequest, UpdateState } from '../../models/updateContent';
import { derivedId } from '../derivedId';
import { ProductError } from '../errors';
import { auditEventEffect } from '../recordEffects';
import { apply } from './applying';
import { conversationOf, fieldFacts, fieldsOf, standingOf, type Standing } from './fields';
import type { UpdateParts } from './parts';
import { riskOf } from './risk';
import { isTaken } from './taken';
import { requestedEffect, waitingEffects } from './waiting';

/** A change that a verified customer has confirmed. */
export interface ConfirmedChange {
  /** UUID, fixed by the turn: asking again with it goes on where the first time stopped. */
  readonly id: string;
  readonly customerId: string;
  readonly changes: readonly FieldChange[];
  readonly conversationReference: unknown;
  /** Whether a code has proved the mailbox that is to become the one on file. */
  readonly newMailboxProved: boolean;
  readonly door: 'chat' | 'mail' | 'phone';
}

/** What came of asking for a change. */
export type Requested =
  /** Both empty: the record says all of it already. */
  | {
      readonly outcome: 'done';
      readonly applied: readonly FieldChange[];
      /** A second person has to agree to these. */
      readonly waiting: readonly FieldChange[];
    }
  /** Nothing was changed: somebody else has changed these fields meanwhile. */
  | { readonly outcome: 'conflict'; readonly fields: readonly RecordField[] }
  /** The record is held still; nothing is kept of the request. */
  | { readonly outcome: 'frozen' }
  /** Another record has the address: nothing was changed, and staff look at the whole request. */
  | { readonly outcome: 'emailTaken' }
  | { readonly outcome: 'mailboxUnproved' };

const needsSecond = ({ field }: FieldChange): boolean => riskOf(field) === 'secondPerson';

/**
 * Stores a confirmed change and applies what can be at once; the part that needs a second person is a request of its own.
 * @throws ProductError `NotFound` when the record is not there any more.
 */
export async function request(parts: UpdateParts, ask: ConfirmedChange): Promise<Requested> {
  const customer = await parts.customerRecords.byId(ask.customerId);
  if (!customer) throw gone();
  const standing = standingOf(customer, ask.changes, parts.clock.now());
  const begun = await parts.records.byId(ask.id);
  const refused = begun ? undefined : await refusalOf(parts, ask, customer, standing);
  if (refused) return refused;
  const now = begun?.changes ?? standing.open.filter((change) => !needsSecond(change));
  const direct = begun ?? (now.length > 0 ? await approved(parts, ask, now) : undefined);
  const stopped = direct ? await applied(parts, direct, customer) : undefined;
  if (stopped?.outcome === 'emailTaken') await hold(parts, ask, standing.open, customer);
  if (stopped) return stopped;
  const later = standing.open.filter(needsSecond);
  if (later.length > 0) await hold(parts, ask, later, customer);
  return { outcome: 'done', applied: now, waiting: later };
}

const gone = (): ProductError =>
  new ProductError('NotFound', 'The record of an update request is not there any more.');

/** What stands in the way of a change before anything of it is applied. */
async function refusalOf(
  parts: UpdateParts,
  ask: ConfirmedChange,
  customer: Customer,
  { open, overtaken, frozen }: Standing,
): Promise<Requested | undefined> {
  if (frozen) return { outcome: 'frozen' };
  const email = open.find(({ field }) => field === 'email');
  // Before anything is said about whose the address is: that is for its owner alone.
  if (email && !ask.newMailboxProved) return { outcome: 'mailboxUnproved' };
  if (overtaken.length > 0) return refuseOvertaken(parts, ask, overtaken);
  if (!(await isTaken(parts, open, customer))) return undefined;
  await hold(parts, ask, open, customer);
  return { outcome: 'emailTaken' };
}

/** Applies the part that needs nobody else; undefined once it is done. */
async function applied(
  parts: UpdateParts,
  direct: UpdateRequest,
  customer: Customer,
): Promise<Exclude<Requested, { outcome: 'done' }> | undefined> {
  switch (direct.state) {
    case 'applied':
      return undefined;
    case 'approved': {
      const result = await apply(parts, direct);
      if (result.outcome === 'gone') throw gone();
      return result.outcome === 'applied' ? undefined : result;
    }
    case 'conflict': {
      // The same answer again, when the turn is played again.
      const { overtaken } = standingOf(customer, direct.changes, parts.clock.now());
      return { outcome: 'conflict', fields: overtaken.length > 0 ? overtaken : fieldsOf(direct) };
    }
    default:
      // It was stopped at the last moment.
      return {
        outcome: (await isTaken(parts, direct.changes, customer)) ? 'emailTaken' : 'frozen',
      };
  }
}

const asChange = (
  { customerId, conversationReference, door }: ConfirmedChange,
  id: string,
  state: UpdateState,
  changes: readonly FieldChange[],
  receivedAt: Date,
): UpdateRequest => ({
  ...{ id, kind: 'change', state, door, receivedAt, revision: 0 },
  ...{ customerId, changes, conversationReference, ...conversationOf({ conversationReference }) },
});

async function approved(
  { records, clock }: UpdateParts,
  ask: ConfirmedChange,
  changes: readonly FieldChange[],
): Promise<UpdateRequest> {
  const asked = asChange(ask, ask.id, 'approved', changes, clock.now());
  await records.insert(asked, [requestedEffect(asked)]);
  // As it is stored: the same turn may have brought it in before.
  return (await records.byId(ask.id)) ?? asked;
}

/** Stores what somebody of staff has to agree to, and tells the customer and staff. */
async function hold(
  parts: UpdateParts,
  ask: ConfirmedChange,
  changes: readonly FieldChange[],
  customer: Customer,
): Promise<void> {
  const asked = asChange(ask, secondId(ask.id), 'second', changes, parts.clock.now());
  await parts.records.insert(asked, [
    requestedEffect(asked),
    ...(await waitingEffects(parts, asked, customer)),
  ]);
  parts.log.info('update.waiting', { kind: asked.kind, state: asked.state });
  parts.onEffects();
}

async function refuseOvertaken(
  { records, clock, onEffects }: UpdateParts,
  ask: ConfirmedChange,
  fields: readonly RecordField[],
): Promise<Requested> {
  const asked = asChange(ask, ask.id, 'conflict', ask.changes, clock.now());
  await records.insert(asked, [
    requestedEffect(asked),
    auditEventEffect(asked.id, 'update.conflict', {
      ...{ action: 'update.conflict', at: asked.receivedAt, by: 'desk' },
      about: { kind: 'update', id: asked.id },
      facts: fieldFacts(fields),
    }),
  ]);
  onEffects();
  return { outcome: 'conflict', fields };
}

/** The id of the part of a turn’s change that staff have to agree to. */
const secondId = (id: string): string => derivedId(`${id}/second`);
