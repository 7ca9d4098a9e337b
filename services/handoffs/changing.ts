import type { Effect } from '../../models/effects';
import type { Handoff, HandoffEvent } from '../../models/handoffContent';
import type { AuditAction, AuditEvent } from '../audit';
import type { CaseMessage } from '../caseEffects';
import { auditEventEffect, conversationEffect } from '../recordEffects';
import type { StaffMember } from '../staffMember';
import type { HandoffParts } from './parts';

/** What becomes of a handoff, and what follows from it. */
export interface Next {
  readonly changed: Handoff;
  readonly effects: readonly Effect[];
}

/** In the place of a name: the bot talks again. */
export const NOBODY = '';

interface ChangeOptions {
  /** Only if the holder's page was not there after that. */
  readonly unseenSince?: Date;
  /** Nobody's page shows it otherwise than before. */
  readonly quiet?: boolean;
  /** As it was read a moment ago. */
  readonly asRead?: Handoff;
}

/**
 * Changes a handoff as it stands, by one atomic update; where somebody else was quicker, it is looked at anew.
 * @param decide says what becomes of it; or a word for why nothing does.
 * @returns the handoff as it is now, or that word; `gone` when there is none.
 */
export async function change<Refused extends string>(
  parts: HandoffParts,
  id: string,
  decide: (found: Handoff) => Next | Refused,
  options: ChangeOptions = {},
): Promise<Handoff | Refused | 'gone'> {
  const { records, news, onEffects } = parts;
  for (let { asRead } = options; ; asRead = undefined) {
    const found = asRead ?? (await records.byId(id));
    if (!found) return 'gone';
    const next = decide(found);
    if (typeof next === 'string') return next;
    const { changed, effects } = next;
    if (!(await records.change(changed, effects, options.unseenSince))) continue;
    if (!options.quiet) news.tell({ kind: 'handoff', id });
    if (effects.length > 0) onEffects();
    return { ...changed, revision: changed.revision + 1 };
  }
}

/**
 * Says, in order, what was stored to be said in a conversation and is not said yet; what follows must not come before it.
 * Not to be called from a turn of that conversation.
 */
export async function announce(
  { records, messenger }: HandoffParts,
  conversationId: string,
): Promise<void> {
  for (const { id, messages } of await records.unsaidIn(conversationId))
    for (const { id: effectId, body } of messages) {
      const { reference, ...said } = body as CaseMessage;
      await messenger.send(reference, said, effectId);
      await records.effects.removeEffect(id, effectId);
    }
}

/** As `announce`, where what follows can go on without: the sweep of the effects says it then. */
export async function tryToAnnounce(parts: HandoffParts, conversationId: string): Promise<void> {
  try {
    await announce(parts, conversationId);
  } catch (error) {
    parts.log.error('handoff.unannounced', { error });
  }
}

/** Adds to the history of a handoff. */
export const withEvent = (handoff: Handoff, event: HandoffEvent): Handoff => ({
  ...handoff,
  history: [...handoff.history, event],
});

/** @param by the customer, the desk, or somebody of staff. */
export const auditOf = (
  { id, revision }: Handoff,
  action: AuditAction,
  at: Date,
  by: 'customer' | 'desk' | StaffMember,
  facts?: AuditEvent['facts'],
): Effect =>
  auditEventEffect(id, `${action}-${revision}`, {
    ...{ action, at, by: typeof by === 'string' ? by : by.email },
    ...{ about: { kind: 'handoff', id }, ...(facts ? { facts } : {}) },
  });

/**
 * A line for the customer; each change has one at most.
 * @param talkingTo who talks to them from here on, by name; empty: the bot again.
 */
export const messageOf = (
  { id, revision, conversationReference: reference }: Handoff,
  text: string,
  talkingTo?: string,
): Effect =>
  conversationEffect(id, String(revision), {
    ...{ reference, text },
    ...(talkingTo === undefined ? {} : { talkingTo }),
  });
