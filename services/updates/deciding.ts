import type { RecordField } from '../../models/customerContent';
import type { Effect } from '../../models/effects';
import type { StaffDeed, UpdateRequest, UpdateState } from '../../models/updateContent';
import { sameMailbox } from '../addresses';
import type { AuditAction } from '../audit';
import type { Customer } from '../records/customers';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import { redact } from '../redact';
import { apply, overtakenEffects } from './applying';
import { fieldFacts, fieldsOf, standingOf } from './fields';
import { refusedMail } from './mails';
import { newsEffects } from './news';
import type { UpdateParts } from './parts';
import { DisownLinks, mailboxOf } from './recipients';
import { isTaken } from './taken';
import { waitingEffects } from './waiting';

/** What came of something that staff wanted to do about a request; nothing was done unless the outcome is `T`. */
export type Decided<T extends string> =
  | { readonly outcome: T; readonly request: UpdateRequest }
  /** There is no such request. */
  | { readonly outcome: 'unknown' }
  /** It does not wait for this. */
  | { readonly outcome: 'notWaiting'; readonly state: UpdateState }
  /** Not one of those who may decide today. */
  | { readonly outcome: 'notStaff' };

/** What came of an approval. */
export type Approved =
  | Decided<'applied'>
  /** Nobody stands behind it yet. */
  | { readonly outcome: 'notVouched' }
  /** The second person must be another than the first, and another than the customer. */
  | { readonly outcome: 'samePerson' }
  /** A customer who proved the mailbox on file is told of every change there. */
  | { readonly outcome: 'noticeDue' }
  /** Somebody else reads the mailbox on file: whoever approves has to say whether it is told. */
  | { readonly outcome: 'noticeUndecided' }
  /** The record is held still: the request goes on waiting. */
  | { readonly outcome: 'frozen' }
  /** Another record has the address: the request goes on waiting. */
  | { readonly outcome: 'emailTaken' }
  /** The record was changed meanwhile: the request is over, and the customer is told. */
  | { readonly outcome: 'conflict'; readonly fields: readonly RecordField[] };

const WAITING: readonly UpdateState[] = ['person', 'second'];

/** Staff may not write card numbers to customers either. */
const clean = (deed: StaffDeed): StaffDeed => ({ ...deed, reason: redact(deed.reason).text });

const deedEffect = (
  { id, revision, changes }: UpdateRequest,
  action: AuditAction,
  { at, by }: StaffDeed,
  facts: Readonly<Record<string, string>> = {},
): Effect =>
  auditEventEffect(id, `${action}-${revision}`, {
    ...{ action, at, by, about: { kind: 'update', id } },
    facts: { ...fieldFacts(fieldsOf({ changes })), ...facts },
  });

/** Reads a request anew as often as somebody else changes it at the same moment, and decides about it as it stands. */
async function decide<T extends { readonly outcome: string }>(
  { records, staff }: UpdateParts,
  id: string,
  deed: StaffDeed,
  decision: (found: UpdateRequest) => Promise<T | 'again'>,
) {
  if (!(await staff.isStaff(deed.by, deed.at))) return { outcome: 'notStaff' } as const;
  for (;;) {
    const found = await records.byId(id);
    if (!found) return { outcome: 'unknown' } as const;
    const decided = await decision(found);
    if (decided !== 'again') return decided;
  }
}

const notWaiting = ({ state }: UpdateRequest) => ({ outcome: 'notWaiting', state }) as const;

const next = (found: UpdateRequest): UpdateRequest => ({ ...found, revision: found.revision + 1 });

/**
 * The first person: says whose record a request is about, and stands behind it.
 * @param userName of the record; without it the one that the customer named.
 */
export function vouch(
  parts: UpdateParts,
  id: string,
  deed: StaffDeed,
  userName?: string,
): Promise<Decided<'vouched'> | { readonly outcome: 'noRecord' }> {
  return decide(parts, id, deed, async (found) => {
    if (found.kind !== 'change' || found.state !== 'person') return notWaiting(found);
    const customer =
      userName === undefined
        ? await parts.customers.find(found.claimed ?? '')
        : await parts.customerRecords.byUserName(userName);
    if (!customer) return { outcome: 'noRecord' } as const;
    const changed: UpdateRequest = {
      ...{ ...found, state: 'second', customerId: customer.id, vouched: clean(deed) },
      changes: found.changes.map((change) => ({
        ...change,
        before: customer[change.field] ?? null,
      })),
    };
    const effects = [
      deedEffect(changed, 'update.vouched', deed, { recordId: customer.id }),
      ...(await waitingEffects(parts, changed, customer)),
    ];
    if (!(await parts.records.change(changed, effects))) return 'again';
    parts.onEffects();
    return { outcome: 'vouched', request: next(changed) } as const;
  });
}

/** The second person: lets a request be applied. @param withholdNotice absent: nothing was said about the notice. */
export function approve(
  parts: UpdateParts,
  id: string,
  deed: StaffDeed,
  { withholdNotice }: { readonly withholdNotice?: boolean } = {},
): Promise<Approved> {
  return decide<Approved>(parts, id, deed, async (found) => {
    if (found.state === 'person') return { outcome: 'notVouched' };
    if (found.state !== 'second') return notWaiting(found);
    const customer = await parts.customerRecords.byId(found.customerId ?? '');
    if (!customer) return notWaiting({ ...found, state: 'withdrawn' });
    if (isSame(deed.by, found, customer)) return { outcome: 'samePerson' };
    if (withholdNotice && !found.vouched) return { outcome: 'noticeDue' };
    if (found.trouble === 'shared' && withholdNotice === undefined)
      return { outcome: 'noticeUndecided' };
    const { overtaken, frozen } = standingOf(customer, found.changes, deed.at);
    if (frozen) return { outcome: 'frozen' };
    const decided = {
      ...found,
      decided: clean(deed),
      ...(withholdNotice ? { withholdNotice } : {}),
    };
    if (overtaken.length > 0) return endOvertaken(parts, decided, deed, overtaken);
    if (await isTaken(parts, found.changes, customer)) return { outcome: 'emailTaken' };
    const approved: UpdateRequest = { ...decided, state: 'approved' };
    const facts = { recordId: customer.id };
    const effects = [deedEffect(found, 'update.approved', deed, facts)];
    if (!(await parts.records.change(approved, effects))) return 'again';
    const applied = await apply(parts, next(approved));
    if (applied.outcome === 'gone') return notWaiting({ ...found, state: 'withdrawn' });
    return applied.outcome === 'applied'
      ? { outcome: 'applied', request: next(approved) }
      : applied;
  });
}

/** Whether the second person is the first one, or the customer themselves. */
const isSame = (by: string, { vouched, email, changes }: UpdateRequest, customer: Customer) =>
  [vouched?.by, email, customer.email, changes.find(({ field }) => field === 'email')?.after].some(
    (other) => typeof other === 'string' && sameMailbox(other, by),
  );

async function endOvertaken(
  parts: UpdateParts,
  decided: UpdateRequest,
  deed: StaffDeed,
  fields: readonly RecordField[],
): Promise<Approved | 'again'> {
  const effects = [
    auditEventEffect(decided.id, `update.conflict-${decided.revision}`, {
      ...{ action: 'update.conflict', at: deed.at, by: deed.by },
      ...{ about: { kind: 'update', id: decided.id }, facts: fieldFacts(fields) },
    }),
    ...(await overtakenEffects(parts, decided, fields)),
  ];
  if (!(await parts.records.change({ ...decided, state: 'conflict' }, effects))) return 'again';
  parts.onEffects();
  return { outcome: 'conflict', fields };
}

/** Ends a request that is not to be carried out; the reason goes to the customer. */
export function refuse(
  parts: UpdateParts,
  id: string,
  deed: StaffDeed,
): Promise<Decided<'refused'>> {
  return decide(parts, id, deed, async (found) => {
    if (!WAITING.includes(found.state)) return notWaiting(found);
    const changed: UpdateRequest = { ...found, state: 'refused', decided: clean(deed) };
    const effects = [
      deedEffect(found, 'update.refused', deed),
      ...(await refusalMail(parts, changed)),
      ...newsEffects(id, changed, 'refused'),
    ];
    if (!(await parts.records.change(changed, effects))) return 'again';
    parts.onEffects();
    return { outcome: 'refused', request: next(changed) } as const;
  });
}

async function refusalMail(
  { customerRecords, links }: UpdateParts,
  refused: UpdateRequest,
): Promise<Effect[]> {
  const { id, customerId, decided } = refused;
  const customer = customerId === undefined ? undefined : await customerRecords.byId(customerId);
  const mailbox = mailboxOf(refused, customer);
  if (!mailbox) return [];
  const url =
    mailbox.onFile && customer
      ? await new DisownLinks(links, id, 'request').urlFor(customer.id, mailbox.to)
      : undefined;
  const mail = refusedMail(fieldsOf(refused), decided?.reason ?? '', url);
  return [noticeEffect(id, 'refused', { customer: mailbox.to }, mail)];
}

/** Ends a request about a forgotten password, which somebody has seen to. */
export function done(parts: UpdateParts, id: string, deed: StaffDeed): Promise<Decided<'done'>> {
  return decide(parts, id, deed, async (found) => {
    if (found.kind !== 'password' || found.state !== 'person') return notWaiting(found);
    const changed: UpdateRequest = { ...found, state: 'applied', decided: clean(deed) };
    const effects = [
      deedEffect(found, 'update.applied', deed, { kind: found.kind }),
      ...newsEffects(id, changed, 'done'),
    ];
    if (!(await parts.records.change(changed, effects))) return 'again';
    parts.onEffects();
    return { outcome: 'done', request: next(changed) } as const;
  });
}
