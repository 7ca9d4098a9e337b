import type { Handoff, StaffPerson } from '../../models/handoffs';
import { isConversationOver, ProductError } from '../errors';
import { redact } from '../redact';
import { personOf } from '../staffMember';
import { chatEnded } from './asking';
import { announce, change } from './changing';
import { isDone, isHeldBy } from './holding';
import type { HandoffParts, Overseeing } from './parts';

/** Something that an agent says or notes. */
export interface Said {
  /** UUID given by the page: the same again, after a lost answer, is one. */
  readonly id: string;
  readonly text: string;
}

/** In characters; what is longer is cut. */
export const LONGEST_SAID = 4000;
const MOST_NOTES = 200;
/** What an agent does shows that their page is there; it is written down no more often than this. */
const SEEN_GRAIN_MS = 20_000;

/** Says something in the customer's chat. */
export async function say(
  parts: HandoffParts,
  id: string,
  person: StaffPerson,
  said: Said,
): Promise<'said' | 'notHeld' | 'chatEnded'> {
  const { records, customerSide } = parts;
  const found = await records.byId(id);
  if (!found || !isHeldBy(found, person)) return 'notHeld';
  const text = fit(said.text);
  if (text === '') throw new ProductError('BadArgument', 'There is nothing to be said.');
  try {
    // That they talk to a person now has to stand before what the person says.
    await announce(parts, found.conversationId);
    await customerSide.say(
      found.conversationReference,
      { text, agentName: person.name },
      `agent:${said.id}`,
    );
  } catch (error) {
    if (!isConversationOver(error)) throw error;
    await chatEnded(parts, found.conversationId);
    return 'chatEnded';
  }
  await touch(parts, found, person);
  await forgetDraft(parts, found, said.text);
  return 'said';
}

/** Shows the customer that somebody is typing; nothing depends on it. */
export async function typing(
  parts: HandoffParts,
  id: string,
  person: StaffPerson,
): Promise<boolean> {
  const found = await parts.records.byId(id);
  if (!found || !isHeldBy(found, person)) return false;
  await parts.customerSide.typing(found.conversationReference, person.name).catch(() => undefined);
  return true;
}

/** Keeps what somebody has begun to type, in case that their page is lost; an empty text forgets it. */
export async function draft(
  parts: HandoffParts,
  id: string,
  person: StaffPerson,
  text: string,
): Promise<boolean> {
  const now = parts.clock.now();
  const kept = fit(text);
  const drafted = await change(
    parts,
    id,
    (found) => {
      if (!isHeldBy(found, person)) return 'notHeld';
      const { draft: _before, ...rest } = found;
      const changed = { ...rest, holderSeenAt: now, ...(kept === '' ? {} : { draft: kept }) };
      return { changed, effects: [] };
    },
    { quiet: true },
  );
  return isDone(drafted);
}

/** Writes down a private note; also for whoever held it last, once it is over. */
export async function note(
  parts: HandoffParts,
  id: string,
  person: StaffPerson,
  { id: noteId, text }: Said,
  overseeing: Overseeing = {},
): Promise<boolean> {
  const at = parts.clock.now();
  const clean = fit(text);
  if (clean === '') throw new ProductError('BadArgument', 'There is nothing in the note.');
  const noted = await change(parts, id, (found) => {
    const after = found.state === 'ended' && found.lastHolder?.accountId === person.accountId;
    if (!after && !overseeing.oversees && !isHeldBy(found, person)) return 'notHeld';
    if (found.notes.some((each) => each.id === noteId)) return 'done';
    if (found.notes.length >= MOST_NOTES)
      throw new ProductError('TooLarge', `A conversation has at most ${MOST_NOTES} notes.`);
    const added = { id: noteId, at, by: personOf(person), text: clean };
    return { changed: { ...found, notes: [...found.notes, added] }, effects: [] };
  });
  return isDone(noted);
}

const fit = (text: string): string => redact(text).text.trim().slice(0, LONGEST_SAID);

async function touch(
  { records, clock }: HandoffParts,
  { holderSeenAt }: Handoff,
  { accountId }: StaffPerson,
): Promise<void> {
  const now = clock.now();
  if (!holderSeenAt || now.getTime() - holderSeenAt.getTime() >= SEEN_GRAIN_MS)
    await records.seen(accountId, now);
}

/** What was said is no draft any more; what was begun since stays. */
async function forgetDraft(parts: HandoffParts, held: Handoff, said: string): Promise<void> {
  if (held.draft === undefined) return;
  const text = fit(said);
  await change(
    parts,
    held.id,
    ({ draft: kept, ...found }) => (kept === text ? { changed: found, effects: [] } : 'another'),
    { quiet: true },
  );
}
