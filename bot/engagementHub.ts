import { setTimeout as after } from 'node:timers/promises';
import { ActivityTypes, type Activity, type Middleware } from 'botbuilder';
import { z } from 'zod';
import { ProductError } from '../services/errors';
import { OUTSIDE_HUB, type Handoff, type Handoffs } from '../services/handoffs';
import type { CustomerSide } from '../services/handoffs/customerSide';
import type { Ids, Log } from '../services/ports';
import { redact } from '../services/redact';
import { afterwards } from './afterwards';

/**
 * Where conversations go that ask for a person. Bot Framework: the bot sends a `handoff.initiate` event, whose `value` is
 * the context and whose attachment the transcript; the hub answers with `handoff.status`.
 */
export interface EngagementHub {
  /**
   * Takes a conversation.
   * @param initiation the event; `conversation` and `relatesTo` say where the customer is reached.
   */
  initiate(initiation: Partial<Activity>): Promise<void>;
}

/** What `handoff.initiate` says of the customer's wish, as its `value`. */
export interface HandoffContext {
  /** UUID of the handoff. */
  readonly id: string;
  readonly reason: Handoff['reason'];
  /** Name of an intent. */
  readonly topic: string;
  /** Whether the mailbox on file was proved in the conversation. */
  readonly verified: boolean;
}

/** Stands for whoever talks at an outside hub; in the audit log as the desk itself. */
const OUTSIDE = {
  accountId: OUTSIDE_HUB,
  name: 'our support team',
  email: 'desk',
} as const;

/** The desk's own hub: the queue of the console. */
export const ownHub = (handoffs: Pick<Handoffs, 'request'>): EngagementHub => ({
  async initiate({ value, conversation, channelId = '', relatesTo }) {
    const { id, reason, topic } = value as HandoffContext;
    const conversationId = conversation?.id ?? '';
    await handoffs.request({
      ...{ id, conversationId, channelId, reason, topic },
      conversationReference: relatesTo,
    });
  },
});

/** A hub that has not taken a conversation by then has failed. */
const LONGEST_INITIATION_MS = 5000;

/** An outside hub before our own: the conversation waits in both queues, and whoever is first has it. */
export const withOutsideHub = (
  own: EngagementHub,
  outside: EngagementHub,
  log: Log,
  longestMs = LONGEST_INITIATION_MS,
): EngagementHub => {
  // Not waited for: the customer's turn is not to hang on a hub elsewhere.
  const later = afterwards(log);
  return {
    async initiate(initiation) {
      await own.initiate(initiation);
      later(() =>
        taken(outside, initiation, longestMs).catch((error: unknown) => {
          // The customer still stands in our own queue.
          log.error('hub.failed', { channel: initiation.channelId ?? '', error });
        }),
      );
    },
  };
};

/** @throws Error when the hub refuses, or does not answer in time. */
async function taken(
  hub: EngagementHub,
  initiation: Partial<Activity>,
  longestMs: number,
): Promise<void> {
  const answered = new AbortController();
  const { signal } = answered;
  try {
    await Promise.race([
      hub.initiate(initiation),
      after(longestMs, undefined, { ref: false, signal }).then(() => {
        throw new Error(`The hub did not answer within ${longestMs} ms.`);
      }),
    ]);
  } finally {
    answered.abort();
  }
}

/** Gives `handoff.initiate` to the hub, and keeps all `handoff.*`, which carry the transcript, from reaching a customer. */
export const handingOver = (hub: EngagementHub): Middleware => ({
  async onTurn(context, next) {
    context.onSendActivities(async (_context, activities, send) => {
      const shown = activities.filter(({ name }) => !name?.startsWith('handoff.'));
      if (shown.length === activities.length) return send();
      for (const activity of activities) if (isInitiation(activity)) await hub.initiate(activity);
      activities.splice(0, activities.length, ...shown);
      return shown.length > 0 ? send() : [];
    });
    await next();
  },
});

const isInitiation = ({ type, name }: Partial<Activity>): boolean =>
  type === (ActivityTypes.Event as string) && name === 'handoff.initiate';

const statusEvent = z.object({
  id: z.string().max(200).optional(),
  value: z.object({
    state: z.enum(['accepted', 'failed', 'completed']),
    message: z.string().max(4000).optional(),
  }),
});

/** What an outside hub tells is done through. */
export interface StatusParts {
  readonly handoffs: Pick<
    Handoffs,
    'standing' | 'byId' | 'claim' | 'giveBack' | 'leave' | 'seenIn'
  >;
  readonly customerSide: Pick<CustomerSide, 'say'>;
  readonly ids: Ids;
}

/**
 * Does what an outside hub tells of a conversation, by an event `handoff.status`; whatever it tells, `accepted` again too,
 * shows that it still talks to the customer.
 * @returns the id of the event.
 * @throws ProductError `BadArgument`, or `NotFound` when the conversation does not wait, or is held by somebody of ours.
 */
export async function honourStatus(
  { handoffs, customerSide, ids }: StatusParts,
  conversationId: string,
  posted: unknown,
): Promise<string> {
  const read = statusEvent.safeParse(posted);
  if (!read.success)
    throw new ProductError(
      'BadArgument',
      'value.state is accepted, failed or completed; value.message, if any, a text.',
    );
  const { id = ids.uuid(), value } = read.data;
  const standing = await handoffs.standing(conversationId);
  const held = standing?.state === 'held';
  if (!standing || (held && standing.holder.accountId !== OUTSIDE.accountId))
    throw new ProductError('NotFound', 'This conversation does not wait for you.');
  const found = await handoffs.byId(standing.id);
  if (held) await handoffs.seenIn(standing.id, OUTSIDE.accountId);
  if (value.state === 'accepted' && !held) await handoffs.claim(standing.id, OUTSIDE);
  if (value.message) {
    const words = { text: redact(value.message).text, agentName: OUTSIDE.name };
    await customerSide.say(found?.conversationReference, words, `hub-${id}`);
  }
  if (value.state !== 'accepted' && held) await handoffs.giveBack(standing.id, OUTSIDE);
  // One that fails before it had accepted: the customer stands in our own queue still.
  return id;
}
