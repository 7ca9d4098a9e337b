import type { Customer, RecordField } from '../../models/customerContent';
import type { Effect } from '../../models/effects';
import type { FieldChange, UpdateRequest } from '../../models/updateContent';
import { sameValue } from '../records/recordFields';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import { changeRecord } from '../records/recordChange';
import { fieldFacts, fieldsOf, standingOf, withChanges } from './fields';
import { appliedMail, fieldsOnlyMail, overtakenMail } from './mails';
import { newsEffects } from './news';
import type { UpdateParts } from './parts';
import { DisownLinks, mailboxOf, toldOf } from './recipients';

/** What came of applying a request. */
export type Applied =
  | { readonly outcome: 'applied'; readonly changes: readonly FieldChange[] }
  /** Nothing was changed: somebody else has changed these fields meanwhile. */
  | { readonly outcome: 'conflict'; readonly fields: readonly RecordField[] }
  | { readonly outcome: 'frozen' }
  /** Another record has the new e-mail address. */
  | { readonly outcome: 'emailTaken' }
  /** The record is not there any more. */
  | { readonly outcome: 'gone' };

const FORMER_KEPT_MS = 90 * 24 * 60 * 60 * 1000;

/** Applies a request that is approved, and notes what came of it; the same again, or by two at once, changes once. */
export async function apply(parts: UpdateParts, request: UpdateRequest): Promise<Applied> {
  const applied = await changed(parts, request);
  await settle(parts, request, applied);
  parts.onEffects();
  return applied;
}

async function changed(parts: UpdateParts, request: UpdateRequest): Promise<Applied> {
  const { customerRecords, clock, links } = parts;
  const disowns = new DisownLinks(links, request.id, 'change');
  let stopped: Applied | undefined;
  const found = await customerRecords.byId(request.customerId ?? '');
  const written = await changeRecord(customerRecords, found, async (customer) => {
    stopped = undefined;
    if (customer.handled.includes(request.id)) return undefined;
    const now = clock.now();
    const { open, overtaken, frozen } = standingOf(customer, request.changes, now);
    if (frozen) stopped = { outcome: 'frozen' };
    else if (overtaken.length > 0) stopped = { outcome: 'conflict', fields: overtaken };
    if (stopped || open.length === 0) return undefined;
    const next = changedRecord(customer, request, open, now);
    return {
      changed: next,
      effects: await effectsOf(request, customer, next, open, now, disowns),
    };
  });
  if (written === 'gone' || written === 'emailTaken') return { outcome: written };
  return stopped ?? { outcome: 'applied', changes: request.changes };
}

function changedRecord(
  customer: Customer,
  { id, withholdNotice = false }: UpdateRequest,
  open: readonly FieldChange[],
  now: Date,
): Customer {
  const next = withChanges(customer, open);
  const { email } = customer;
  const moved = email !== undefined && !sameValue('email', email, next.email);
  const kept = customer.formerEmails.filter(
    (former) =>
      former.until > now &&
      !sameValue('email', former.email, next.email) &&
      !(moved && sameValue('email', former.email, email)),
  );
  // One that must not be told must not be told later either, when the record is held still.
  const left =
    moved && !withholdNotice ? [{ email, until: new Date(now.getTime() + FORMER_KEPT_MS) }] : [];
  return { ...next, formerEmails: [...kept, ...left], handled: [...customer.handled, id] };
}

/** All that follows from a change; it is written with it. */
async function effectsOf(
  request: UpdateRequest,
  before: Customer,
  after: Customer,
  changes: readonly FieldChange[],
  at: Date,
  disowns: DisownLinks,
): Promise<Effect[]> {
  const { id, door, decided } = request;
  const { withheld } = toldOf(request, before, after);
  const by = decided?.by ?? 'customer';
  const event = { at, by, about: { kind: 'update', id } } as const;
  const facts = { recordId: before.id, ...fieldFacts(changes.map(({ field }) => field)) };
  return [
    auditEventEffect(before.id, `update.applied-${id}`, {
      ...{ ...event, action: 'update.applied', facts: { ...facts, door } },
    }),
    ...(withheld
      ? [
          auditEventEffect(before.id, `update.noticeWithheld-${id}`, {
            ...{ ...event, action: 'update.noticeWithheld', facts },
          }),
        ]
      : []),
    ...(await mailEffects(request, before, after, changes, disowns)),
    // In the chat that asked for a change at once, its own words have told it.
    ...(decided ? newsEffects(before.id, request, 'applied') : []),
  ];
}

async function mailEffects(
  request: UpdateRequest,
  before: Customer,
  after: Customer,
  changes: readonly FieldChange[],
  disowns: DisownLinks,
): Promise<Effect[]> {
  const { masked, fieldsOnly } = toldOf(request, before, after);
  const effects: Effect[] = [];
  for (const [index, to] of masked.entries()) {
    const url = to === after.email ? await disowns.urlFor(before.id, to) : undefined;
    const mark = `applied${index + 1}-${request.id}`;
    effects.push(noticeEffect(before.id, mark, { customer: to }, appliedMail(changes, url)));
  }
  if (fieldsOnly === undefined) return effects;
  const former = !sameValue('email', before.email, after.email);
  const url = await disowns.urlFor(before.id, fieldsOnly);
  const mail = fieldsOnlyMail(fieldsOf({ changes }), former, url);
  const mark = `notice-${request.id}`;
  return [...effects, noticeEffect(before.id, mark, { customer: fieldsOnly }, mail)];
}

/** Notes in the request what came of it; nothing when somebody else has done so meanwhile. */
async function settle(parts: UpdateParts, request: UpdateRequest, applied: Applied): Promise<void> {
  const { records, log } = parts;
  const { decided, withholdNotice: _withheld, ...undecided } = request;
  const settled: UpdateRequest =
    applied.outcome === 'applied'
      ? { ...request, state: 'applied' }
      : applied.outcome === 'conflict'
        ? { ...request, state: 'conflict' }
        : decided && applied.outcome !== 'gone'
          ? // What stands in the way can pass or be put right: a person decides again.
            { ...undecided, state: 'second' }
          : { ...request, state: 'withdrawn' };
  const effects = await settlingEffects(parts, request, applied);
  if (await records.change(settled, effects))
    log.info('update.settled', { kind: request.kind, state: settled.state });
}

async function settlingEffects(
  parts: UpdateParts,
  request: UpdateRequest,
  applied: Applied,
): Promise<Effect[]> {
  const { id, decided } = request;
  const event = { at: parts.clock.now(), by: 'desk', about: { kind: 'update', id } } as const;
  if (applied.outcome === 'applied') return [];
  if (applied.outcome === 'conflict')
    return [
      auditEventEffect(id, `update.conflict-${request.revision}`, {
        ...{ ...event, action: 'update.conflict', facts: fieldFacts(applied.fields) },
      }),
      ...(decided ? await overtakenEffects(parts, request, applied.fields) : []),
    ];
  return [
    auditEventEffect(id, `update.stopped-${request.revision}`, {
      ...{ ...event, action: 'update.refused', facts: { why: applied.outcome } },
    }),
  ];
}

/** What tells the customer that their request, which somebody had approved, came too late. */
export async function overtakenEffects(
  { customerRecords, links }: UpdateParts,
  request: UpdateRequest,
  fields: readonly RecordField[],
): Promise<Effect[]> {
  const { id, customerId = '' } = request;
  const mailbox = mailboxOf(request, await customerRecords.byId(customerId));
  const news = newsEffects(id, request, 'overtaken');
  if (!mailbox) return news;
  const url = mailbox.onFile
    ? await new DisownLinks(links, id, 'request').urlFor(customerId, mailbox.to)
    : undefined;
  const mail = overtakenMail(fields, url);
  return [noticeEffect(id, 'overtaken', { customer: mailbox.to }, mail), ...news];
}
