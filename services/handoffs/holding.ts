import type { Handoff, StaffPerson } from '../../models/handoffs';
import { personOf, type StaffMember } from '../staffMember';
import { chatEnded } from './asking';
import {
  auditOf,
  change,
  messageOf,
  NOBODY,
  tryToAnnounce,
  withEvent,
  type Next,
} from './changing';
import { letGo } from './ended';
import { isLate, type HandoffParts, type Overseeing, type Since } from './parts';
import { words } from './words';

/** What came of claiming. */
export type Claimed =
  | { readonly outcome: 'claimed'; readonly handoff: Handoff }
  /** Somebody else was first. */
  | { readonly outcome: 'taken'; readonly by: StaffPerson }
  /** It is over, or never was. */
  | { readonly outcome: 'gone' };

export const isHeldBy = (
  { state, holder }: Handoff,
  { accountId }: Pick<StaffPerson, 'accountId'>,
): boolean => state === 'held' && holder?.accountId === accountId;

/** Whether somebody may do to it what its holder may. */
export const mayHandle = (
  found: Handoff,
  person: StaffPerson,
  { oversees = false }: Overseeing,
): boolean => isHeldBy(found, person) || (found.state === 'held' && oversees);

/** Takes a waiting conversation; of several at once, one gets it. */
export async function claim(
  parts: HandoffParts,
  id: string,
  person: StaffMember,
  since: Since = {},
): Promise<Claimed> {
  const { records, conversations, clock, log } = parts;
  const found = await records.byId(id);
  if (found?.state !== 'waiting') return claimedBefore(found, person);
  const now = clock.now();
  const last = { found };
  const claimed = await change(
    parts,
    id,
    (current) => {
      last.found = current;
      return isLate(current, since) ? 'notWaiting' : claimedBy(current, person, now);
    },
    { asRead: found },
  );
  if (typeof claimed === 'string') return claimedBefore(last.found, person);
  const { conversationId, requestedAt } = claimed;
  // The end of a chat that a crash cut short may not have come this far.
  if ((await conversations.find(conversationId))?.endedAt) {
    await chatEnded(parts, conversationId);
    return { outcome: 'gone' };
  }
  log.info('handoff.claimed', { durationMs: now.getTime() - requestedAt.getTime() });
  await tryToAnnounce(parts, conversationId);
  return { outcome: 'claimed', handoff: claimed };
}

function claimedBy(found: Handoff, person: StaffMember, at: Date): Next | 'notWaiting' {
  if (found.state !== 'waiting') return 'notWaiting';
  const { meantFor: _meant, ...rest } = found;
  const holder = personOf(person);
  const held: Handoff = { ...rest, state: 'held', holder, holderSeenAt: at };
  return {
    changed: withEvent(held, { at, what: 'claimed', by: holder }),
    effects: [
      messageOf(found, words.claimed(holder.name), holder.name),
      auditOf(found, 'handoff.claimed', at, person),
    ],
  };
}

/** Whoever claims again what they hold, after a lost answer, has it. */
function claimedBefore(found: Handoff | undefined, person: StaffPerson): Claimed {
  if (found && isHeldBy(found, person)) return { outcome: 'claimed', handoff: found };
  return found?.holder ? { outcome: 'taken', by: found.holder } : { outcome: 'gone' };
}

/** Passes it on to a person, or without one back to the queue; either way it keeps its place there. */
export async function transfer(
  parts: HandoffParts,
  id: string,
  person: StaffMember,
  to?: StaffPerson,
  overseeing: Overseeing = {},
): Promise<boolean> {
  const found = await parts.records.byId(id);
  if (!found || isLate(found, overseeing) || !mayHandle(found, person, overseeing)) return false;
  // It was given to the agent who goes.
  await parts.consents.endOfConversation(found.conversationId);
  const at = parts.clock.now();
  const by = personOf(person);
  const passed = await change(parts, id, (current) => {
    if (isLate(current, overseeing)) return 'notHeld';
    if (!current.holder || !mayHandle(current, person, overseeing)) return 'notHeld';
    const { name } = current.holder;
    const waiting: Handoff = { ...letGo(current), state: 'waiting' };
    const event = { at, by, ...(to ? { to: personOf(to) } : {}) };
    return {
      changed: to
        ? withEvent({ ...waiting, meantFor: personOf(to) }, { ...event, what: 'transferred' })
        : withEvent(waiting, { ...event, what: 'requeued' }),
      effects: [
        messageOf(current, to ? words.transferred(name, to.name) : words.requeued(name), NOBODY),
        auditOf(current, to ? 'handoff.transferred' : 'handoff.requeued', at, person),
      ],
    };
  });
  if (typeof passed !== 'string') await tryToAnnounce(parts, found.conversationId);
  return isDone(passed);
}

/** Whether what was to be done is done, now or before. */
export const isDone = (changed: Handoff | string): boolean =>
  typeof changed !== 'string' || changed === 'done';
