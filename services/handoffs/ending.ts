import type { Disposition, Handoff } from '../../models/handoffs';
import { personOf, type StaffMember } from '../staffMember';
import { announce, auditOf, change, messageOf, NOBODY, withEvent } from './changing';
import { endedAs } from './ended';
import { mayHandle, isDone } from './holding';
import { isLate, type HandoffParts, type Overseeing } from './parts';
import { words } from './words';

/** How an agent may end a talk; the rest comes about otherwise. */
export const CLOSINGS = [
  ...(['solved', 'caseOpened', 'changeProposed', 'passedOn', 'noAnswer', 'abuse'] as const),
] as const satisfies readonly Disposition[];
export type Closing = (typeof CLOSINGS)[number];

/** The customer is asked how it was soon after, or not at all. */
const ASK_WITHIN_MS = 60 * 60 * 1000;

/** Ends the talk: the bot goes on. */
export async function end(
  parts: HandoffParts,
  id: string,
  person: StaffMember,
  disposition: Closing | 'returnedToBot',
  overseeing: Overseeing,
): Promise<boolean> {
  const { records, verifications, clock } = parts;
  const held = await records.byId(id);
  if (!held) return false;
  // Looked at first, since the end of the talk is the end of the proof.
  const proof = await verifications.proof(held.conversationId);
  const at = clock.now();
  const by = personOf(person);
  const back = disposition === 'returnedToBot';
  const ended = await change(parts, id, (found) => {
    if (isDoneBy(found, person, disposition)) return 'done';
    if (isLate(found, overseeing)) return 'notHeld';
    if (!found.holder || !mayHandle(found, person, overseeing)) return 'notHeld';
    const { name } = found.holder;
    const over: Handoff = {
      ...endedAs(found, disposition, at),
      ...{ afterTalk: 'due', ...(proof ? { provedCustomerId: proof.customerId } : {}) },
    };
    return {
      changed: withEvent(over, { at, what: back ? 'returned' : 'closed', by }),
      effects: [
        messageOf(found, back ? words.returned(name) : words.closed(name), NOBODY),
        auditOf(found, 'handoff.ended', at, person, { disposition }),
      ],
    };
  });
  if (typeof ended !== 'string') await tryToFinish(parts, ended);
  return isDone(ended);
}

/** What the customer makes of the talk, once; false when they have said it before, or nobody talked to them. */
export async function rate(parts: HandoffParts, id: string, rating: number): Promise<boolean> {
  if (!Number.isInteger(rating) || rating < 1 || rating > 5) return false;
  const rated = await change(parts, id, (found) =>
    found.afterTalk === undefined || found.rating !== undefined
      ? 'rated'
      : { changed: { ...found, rating }, effects: [] },
  );
  return typeof rated !== 'string';
}

/** Does what follows from the end of a talk, in order; it may be done again, where a crash cut it short. */
export async function finish(parts: HandoffParts, ended: Handoff): Promise<void> {
  const { records, verifications, consents, customerSide, clock } = parts;
  const { id, conversationId, endedAt, disposition } = ended;
  await announce(parts, conversationId);
  // Whoever asked for a person again since is in another talk: nothing of this one may come into it.
  if (!(await records.openOf(conversationId))) {
    await verifications.forget(conversationId);
    await consents.endOfConversation(conversationId);
    const since = clock.now().getTime() - (endedAt?.getTime() ?? 0);
    if (disposition !== 'abuse' && since < ASK_WITHIN_MS) await customerSide.askAfterTalk(ended);
  }
  await change(
    parts,
    id,
    (found) =>
      found.afterTalk === 'due'
        ? { changed: { ...found, afterTalk: 'asked' }, effects: [] }
        : 'askedBefore',
    { quiet: true },
  );
}

async function tryToFinish(parts: HandoffParts, ended: Handoff): Promise<void> {
  try {
    await finish(parts, ended);
  } catch (error) {
    // It stands in the store that this is due: the sweep does it.
    parts.log.error('handoff.unfinished', { error });
  }
}

/** Whether it was they who ended it like this, and only the answer was lost. */
const isDoneBy = (found: Handoff, { accountId }: StaffMember, disposition: Disposition): boolean =>
  found.disposition === disposition && found.history.at(-1)?.by?.accountId === accountId;
