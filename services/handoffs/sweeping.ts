import type { Handoff } from '../../models/handoffs';
import { dueInWords } from '../businessDays';
import { auditOf, change, messageOf, NOBODY, tryToAnnounce, withEvent } from './changing';
import { letGo } from './ended';
import { finish } from './ending';
import { hoursAt, lastClosing } from './hours';
import { OUTSIDE_HUB, type HandoffParts } from './parts';
import { words } from './words';

/** What nobody's page has held for so long goes back into the queue. */
export const REQUEUE_AFTER_MS = 2 * 60 * 1000;
/** A hub elsewhere may be silent for so long about a conversation that it holds. */
export const OUTSIDE_SILENCE_MS = 15 * 60 * 1000;
/** Before, whoever ended the talk is about to finish it. */
const FINISH_AFTER_MS = 30 * 1000;
const AT_ONCE = 100;

/**
 * Puts conversations back into the queue whose agent's page is gone, or of which a hub elsewhere tells nothing any more;
 * returns how many.
 * @param upForMs since when the desk runs: whoever holds one needs a while to come back after its start.
 */
export async function requeueLost(parts: HandoffParts, upForMs: number): Promise<number> {
  const { records, clock } = parts;
  const holders = [
    [REQUEUE_AFTER_MS, { except: OUTSIDE_HUB }],
    [OUTSIDE_SILENCE_MS, { only: OUTSIDE_HUB }],
  ] as const;
  let requeued = 0;
  for (const [longestMs, holder] of holders) {
    if (upForMs < longestMs) continue;
    const unseenSince = new Date(clock.now().getTime() - longestMs);
    const unseen = await records.unseenSince(unseenSince, AT_ONCE, holder);
    requeued += await each(parts, unseen, (held) => requeue(parts, held, unseenSince));
  }
  return requeued;
}

async function requeue(parts: HandoffParts, held: Handoff, unseenSince: Date): Promise<boolean> {
  const { id, conversationId } = held;
  // First, since nothing would tell after a crash that it is to be done yet.
  await parts.verifications.forget(conversationId);
  await parts.consents.endOfConversation(conversationId);
  const at = parts.clock.now();
  const requeued = await change(
    parts,
    id,
    (found) => {
      const { holder, holderSeenAt } = found;
      if (!holder || !holderSeenAt || holderSeenAt > unseenSince) return 'there';
      return {
        changed: withEvent({ ...letGo(found), state: 'waiting' }, { at, what: 'lost', by: holder }),
        effects: [
          messageOf(found, words.lost(holder.name), NOBODY),
          auditOf(found, 'handoff.requeued', at, 'desk', { why: 'lost' }),
        ],
      };
    },
    { unseenSince },
  );
  if (typeof requeued === 'string') return false;
  parts.log.warn('handoff.lost');
  await tryToAnnounce(parts, conversationId);
  return true;
}

/** Finishes the ends of talks that a crash cut short; returns how many. */
export async function finishEnded(parts: HandoffParts): Promise<number> {
  const before = new Date(parts.clock.now().getTime() - FINISH_AFTER_MS);
  return each(parts, await parts.records.afterTalkDue(before, AT_ONCE), async (ended) => {
    await finish(parts, ended);
    return true;
  });
}

/** Tells those who still wait that the desk has closed, once for each closing; returns how many. */
export async function tellOfClosing(parts: HandoffParts): Promise<number> {
  const { records, clock, terms } = parts;
  const { calendar, zone } = terms;
  const now = clock.now();
  const { open, opensAt } = hoursAt(now, calendar, zone);
  const closing = open ? undefined : lastClosing(now, calendar, zone);
  if (!closing) return 0;
  const text = words.closing(dueInWords(opensAt, zone));
  return each(parts, await records.untoldOf(closing, AT_ONCE), async ({ id, conversationId }) => {
    const told = await change(
      parts,
      id,
      (found) =>
        found.state === 'waiting' && found.closingTold?.getTime() !== closing.getTime()
          ? { changed: { ...found, closingTold: closing }, effects: [messageOf(found, text)] }
          : 'told',
      { quiet: true },
    );
    if (typeof told === 'string') return false;
    await tryToAnnounce(parts, conversationId);
    return true;
  });
}

/** Does it to each; one that fails does not hold up the others. */
async function each(
  { log }: HandoffParts,
  found: readonly Handoff[],
  done: (handoff: Handoff) => Promise<boolean>,
): Promise<number> {
  let count = 0;
  for (const handoff of found) {
    try {
      if (await done(handoff)) count += 1;
    } catch (error) {
      log.error('handoff.failed', { state: handoff.state, error });
    }
  }
  return count;
}
