import type { Handoff, HandoffReason, HandoffState, StaffPerson } from '../../models/handoffs';
import { auditOf, change, withEvent, type Next } from './changing';
import { endedAs } from './ended';
import type { HandoffParts } from './parts';

/** A wish for a person. */
export interface HandoffRequest {
  /** UUID, fixed by the turn that asks. */
  readonly id: string;
  readonly conversationId: string;
  readonly channelId: string;
  readonly reason: HandoffReason;
  /** An intent's name. */
  readonly topic: string;
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly conversationReference: unknown;
}

/** How a conversation stands with the people of the desk. */
export type Standing =
  | {
      readonly state: 'waiting';
      readonly id: string;
      /** How many are to be served before. */
      readonly ahead: number;
      readonly since: Date;
    }
  | { readonly state: 'held'; readonly id: string; readonly holder: StaffPerson };

/** What came of asking for a person. */
export type RequestedHandoff =
  | { readonly outcome: 'waiting'; readonly id: string; readonly ahead: number }
  /** The conversation waits or is held already. */
  | { readonly outcome: 'known'; readonly standing: Standing }
  /** This very wish was met before, and has ended. */
  | { readonly outcome: 'over' };

/** Puts a conversation into the queue, once. */
export async function request(
  parts: HandoffParts,
  asked: HandoffRequest,
): Promise<RequestedHandoff> {
  const { records, news, clock, log, onEffects } = parts;
  const { id, conversationId } = asked;
  const requested = newHandoff(asked, 'waiting', clock.now());
  for (;;) {
    if ((await records.insert(requested, [requestedAudit(requested)])) === 'stored') {
      log.info('handoff.requested', { kind: asked.reason, channel: asked.channelId });
      news.tell({ kind: 'handoff', id });
      onEffects();
      return { outcome: 'waiting', id, ahead: await records.ahead(requested.requestedAt) };
    }
    const stands = await standing(parts, conversationId);
    if (stands?.state === 'waiting' && stands.id === id)
      return { outcome: 'waiting', id, ahead: stands.ahead };
    if (stands) return { outcome: 'known', standing: stands };
    if (await records.byId(id)) return { outcome: 'over' };
  }
}

/** How a conversation stands; cheap where it neither waits nor is held. */
export async function standing(
  { records }: HandoffParts,
  conversationId: string,
): Promise<Standing | undefined> {
  const open = await records.openOf(conversationId);
  if (!open) return undefined;
  const { id, holder, requestedAt: since } = open;
  if (holder) return { state: 'held', id, holder };
  return { state: 'waiting', id, ahead: await records.ahead(since), since };
}

/** The customer waits no more; false when they did not wait. */
export async function leave(parts: HandoffParts, conversationId: string): Promise<boolean> {
  const open = await parts.records.openOf(conversationId);
  if (open?.state !== 'waiting') return false;
  const left = await change(parts, open.id, (found) =>
    found.state === 'waiting' ? endedByCustomer(parts, found, 'customerLeft') : 'notWaiting',
  );
  return typeof left !== 'string';
}

/** The customer has ended the chat: nobody has to wait for it, or can talk in it. */
export async function chatEnded(parts: HandoffParts, conversationId: string): Promise<void> {
  const open = await parts.records.openOf(conversationId);
  if (!open) return;
  await parts.consents.endOfConversation(conversationId);
  await parts.verifications.forget(conversationId);
  await change(parts, open.id, (found) =>
    isOpen(found.state) ? endedByCustomer(parts, found, 'chatEnded') : 'over',
  );
}

/** @param state how it begins. */
export function newHandoff(
  { id, conversationId, channelId, reason, topic, conversationReference }: HandoffRequest,
  state: HandoffState,
  requestedAt: Date,
): Handoff {
  return {
    ...{ id, conversationId, channelId, reason, topic, conversationReference, state, requestedAt },
    ...{ notes: [], history: [{ at: requestedAt, what: 'requested' }], revision: 0 },
  };
}

export const requestedAudit = (requested: Handoff) =>
  auditOf(requested, 'handoff.requested', requested.requestedAt, 'customer', {
    ...{ reason: requested.reason, topic: requested.topic, state: requested.state },
  });

function endedByCustomer(
  { clock }: HandoffParts,
  found: Handoff,
  disposition: 'customerLeft' | 'chatEnded',
): Next {
  const now = clock.now();
  return {
    changed: withEvent(endedAs(found, disposition, now), { at: now, what: 'left' }),
    effects: [auditOf(found, 'handoff.ended', now, 'customer', { disposition })],
  };
}

const isOpen = (state: HandoffState): boolean => state === 'waiting' || state === 'held';
