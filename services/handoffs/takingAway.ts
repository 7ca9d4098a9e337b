import type { Handoff, StaffPerson } from '../../models/handoffs';
import { auditOf, change, messageOf, NOBODY, tryToAnnounce, withEvent } from './changing';
import { letGo } from './ended';
import { isHeldBy } from './holding';
import type { HandoffParts } from './parts';
import { words } from './words';

/** Puts a conversation back into the queue that its holder must not go on with. */
export async function takeAway(
  parts: HandoffParts,
  id: string,
  holder: Pick<StaffPerson, 'accountId'>,
): Promise<boolean> {
  const { records, verifications, consents, clock } = parts;
  const held = await records.byId(id);
  if (!held || !isHeldBy(held, holder)) return false;
  const { conversationId } = held;
  // First, since nothing would tell after a crash that it is to be done yet.
  await verifications.forget(conversationId);
  await consents.endOfConversation(conversationId);
  const at = clock.now();
  const taken = await change(parts, id, (found) => {
    if (!isHeldBy(found, holder)) return 'notHeld';
    // What they had begun to say is not for whoever comes next.
    const { draft: _draft, ...rest } = letGo(found);
    const waiting: Handoff = { ...rest, state: 'waiting' };
    return {
      changed: withEvent(waiting, { at, what: 'requeued' }),
      effects: [
        messageOf(found, words.takenAway, NOBODY),
        auditOf(found, 'handoff.requeued', at, 'desk', { why: 'concerned' }),
      ],
    };
  });
  if (typeof taken === 'string') return false;
  await tryToAnnounce(parts, conversationId);
  return true;
}
