import type { Handoff, StaffPerson } from '../../models/handoffs';
import { metLimit, type AskerBounds } from '../askerLimits';
import { redact } from '../redact';
import { personOf, type StaffMember } from '../staffMember';
import { leave, newHandoff, requestedAudit, type HandoffRequest } from './asking';
import { auditOf, change, withEvent } from './changing';
import { isDone } from './holding';
import type { HandoffParts } from './parts';

/** A wish to be called back. */
export interface CallBackRequest extends HandoffRequest {
  readonly phone: string;
  readonly name?: string;
  readonly words?: string;
}

/** What came of wishing to be called back; `tooMany`: nobody is, and the customer waits on where they waited. */
export type CallBackAsked = 'asked' | 'tooMany';

/** What came of taking a call-back. */
export type CallBackTaken =
  | { readonly outcome: 'taken' }
  /** Somebody else is calling them. */
  | { readonly outcome: 'takenBefore'; readonly by: StaffPerson }
  /** Nobody waits for a call there any more. */
  | { readonly outcome: 'gone' };

const HOUR_MS = 60 * 60 * 1000;
/** Each makes somebody of staff ring a number that nobody has proved to be the customer's. */
const BOUNDS: AskerBounds = {
  conversation: { most: 3, windowMs: HOUR_MS },
  origin: { most: 3, windowMs: HOUR_MS },
};
const LONGEST_WORDS = 2000;
/** Whoever has taken one and not called by then has forgotten it. */
const TAKEN_FOR_MS = HOUR_MS;

/** Notes, once, that somebody is to be called back; they need not wait in the queue then. */
export async function askCallBack(
  parts: HandoffParts,
  asked: CallBackRequest,
): Promise<CallBackAsked> {
  const { records, conversations, limits } = parts;
  const { id, conversationId } = asked;
  const origin = await conversations.originOf(conversationId);
  const asker = { conversationId, ...(origin === undefined ? {} : { origin }) };
  if (await metLimit(limits, 'callBack', BOUNDS, asker, { cause: id })) return 'tooMany';
  const open = await records.callBackOf(conversationId);
  if (open) await replace(parts, open.id, asked);
  else await begin(parts, asked);
  await leave(parts, conversationId);
  return 'asked';
}

/** A conversation waits for one call: the new number takes the place of the old one, and its place in the line stays. */
async function replace(parts: HandoffParts, id: string, asked: CallBackRequest): Promise<void> {
  const callBack = callBackOf(asked);
  const at = parts.clock.now();
  const replaced = await change(parts, id, (found) => {
    if (found.state !== 'callBack') return 'over';
    if (JSON.stringify(found.callBack) === JSON.stringify(callBack)) return 'asBefore';
    return {
      // Whoever is ringing the old number does not see to the new one.
      changed: { ...notTaken(found), callBack },
      effects: [auditOf(found, 'handoff.requested', at, 'customer', { state: 'callBack' })],
    };
  });
  if (replaced === 'over') await begin(parts, asked);
}

async function begin(parts: HandoffParts, asked: CallBackRequest): Promise<void> {
  const { records, news, clock, onEffects } = parts;
  const callBack = callBackOf(asked);
  const requested = { ...newHandoff(asked, 'callBack', clock.now()), callBack };
  if ((await records.insert(requested, [requestedAudit(requested)])) === 'stored') {
    news.tell({ kind: 'handoff', id: asked.id });
    onEffects();
    return;
  }
  // The wish for a person that this one takes the place of has the same id, where one turn made both.
  await change(parts, asked.id, (found) =>
    found.state === 'waiting'
      ? { changed: { ...found, state: 'callBack', callBack }, effects: [] }
      : 'asBefore',
  );
}

function callBackOf({ phone, name, words }: CallBackRequest): NonNullable<Handoff['callBack']> {
  return {
    phone,
    ...(name === undefined ? {} : { name }),
    ...(words === undefined ? {} : { words: redact(words).text.slice(0, LONGEST_WORDS) }),
  };
}

/** Who is calling somebody back at an instant. */
export const takerOf = (
  { state, takenBy, takenAt }: Handoff,
  now: Date,
): StaffPerson | undefined =>
  state === 'callBack' && takenAt && now.getTime() - takenAt.getTime() < TAKEN_FOR_MS
    ? takenBy
    : undefined;

/** Takes it upon somebody to call; of several at once, one does. The same again is theirs still. */
export async function takeCallBack(
  { clock, ...parts }: HandoffParts,
  id: string,
  person: StaffPerson,
): Promise<CallBackTaken> {
  const takenAt = clock.now();
  const last: { by?: StaffPerson | undefined } = {};
  const taken = await change({ clock, ...parts }, id, (found) => {
    if (found.state !== 'callBack') return 'gone';
    last.by = takerOf(found, takenAt);
    return last.by && last.by.accountId !== person.accountId
      ? 'takenBefore'
      : { changed: { ...found, takenBy: personOf(person), takenAt }, effects: [] };
  });
  if (taken === 'takenBefore' && last.by) return { outcome: taken, by: last.by };
  return { outcome: typeof taken === 'string' ? 'gone' : 'taken' };
}

/** They were not reached: somebody is to call again; false when it was not theirs. */
export async function leaveCallBack(
  parts: HandoffParts,
  id: string,
  { accountId }: StaffPerson,
): Promise<boolean> {
  const left = await change(parts, id, (found) =>
    found.state === 'callBack' && found.takenBy?.accountId === accountId
      ? { changed: notTaken(found), effects: [] }
      : 'notHeld',
  );
  return isDone(left);
}

/** Somebody has seen to a wish to be called back; false when there is none, or somebody else is calling them. */
export async function calledBack(
  parts: HandoffParts,
  id: string,
  person: StaffMember,
): Promise<boolean> {
  const at = parts.clock.now();
  const by = personOf(person);
  const called = await change(parts, id, (found) => {
    if (found.state === 'calledBack') return 'done';
    const taker = takerOf(found, at);
    if (found.state !== 'callBack' || (taker && taker.accountId !== by.accountId)) return 'notHeld';
    const changed: Handoff = {
      ...notTaken(found),
      ...{ state: 'calledBack', endedAt: at, lastHolder: by },
    };
    return {
      changed: withEvent(changed, { at, what: 'closed', by }),
      effects: [auditOf(found, 'handoff.ended', at, person, { state: 'calledBack' })],
    };
  });
  return isDone(called);
}

function notTaken({ takenBy: _by, takenAt: _at, ...handoff }: Handoff): Handoff {
  return handoff;
}
