import { setTimeout as sleep } from 'node:timers/promises';
import {
  BotAdapter,
  TurnContext,
  type Activity,
  type ConversationReference,
  type ResourceResponse,
} from 'botbuilder';
import type { ActivityBody, Conversations } from '../../services/conversations';
import { ProductError } from '../../services/errors';
import type { Clock, Ids } from '../../services/ports';
import { CHANNEL_ID } from './activities';
import type { TurnQueue } from '../turnQueue';

/** The bot's account in every conversation. */
export const BOT = { id: 'privacy-desk', name: 'Comantra Privacy Desk', role: 'bot' };

/** What the adapter needs. */
export interface DirectLineAdapterParts {
  readonly conversations: Conversations;
  readonly queue: TurnQueue;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where the channel is served, as conversation references name it. */
  readonly serviceUrl: string;
  readonly onTurn: (context: TurnContext) => Promise<void>;
}

type Logic = (context: TurnContext) => Promise<void>;

const LONGEST_DELAY_MS = 10_000;
const NOT_SENT: ResourceResponse = { id: '' };
const replies = Symbol('the replies of a turn');

/** Carries activities between the bot and the conversations' logs; knows nothing of HTTP. */
export class DirectLineAdapter extends BotAdapter {
  private readonly parts: DirectLineAdapterParts;

  constructor(parts: DirectLineAdapterParts) {
    super();
    this.parts = parts;
  }

  /** Runs the bot for one activity; the caller sees to it that the conversation's turns do not overlap. */
  async process(activity: Activity): Promise<void> {
    const context = new TurnContext(this, activity);
    if (activity.id) keyReplies(context, activity.id);
    await this.runMiddleware(context, this.parts.onTurn);
  }

  /**
   * Appends activities to the log; typing is passed on and not kept, traces and `handoff.*` events are swallowed.
   * @throws ProductError `BadArgument` when an activity names no conversation.
   */
  override async sendActivities(
    context: TurnContext,
    activities: Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    const responses: ResourceResponse[] = [];
    for (const activity of activities) responses.push(await this.send(context, activity));
    return responses;
  }

  /** Puts another text in an activity's place in the log; a client that has read the first keeps it. */
  override async updateActivity(
    context: TurnContext,
    activity: Partial<Activity>,
  ): Promise<ResourceResponse | undefined> {
    const conversationId = conversationOf(activity);
    const body = await this.bodyOf(context, conversationId, activity);
    const { id = '' } = activity;
    const replaced = await this.parts.conversations.replace(conversationId, id, body);
    return replaced ? { id } : undefined;
  }

  /** Blanks an activity in the log. */
  override async deleteActivity(
    _context: TurnContext,
    reference: Partial<ConversationReference>,
  ): Promise<void> {
    const { conversation, activityId } = reference;
    if (conversation && activityId)
      await this.parts.conversations.erase(conversation.id, activityId);
  }

  /**
   * Runs logic in a conversation that may be silent since long ago, between its turns.
   * What the logic throws reaches the caller, who may try again, and not onTurnError, which would tell the customer.
   * @throws ProductError `ConversationNotFound` or `ConversationEnded`.
   */
  override continueConversation(
    reference: Partial<ConversationReference>,
    logic: Logic,
  ): Promise<void> {
    const conversationId = conversationOf(reference);
    return this.parts.queue.run(conversationId, async () => {
      const { userId } = await this.parts.conversations.open(conversationId);
      const activity: Partial<Activity> = {
        type: 'event',
        name: 'ContinueConversation',
        ...this.addressOf(conversationId, userId),
      };
      await this.runReporting(new TurnContext(this, activity), logic);
    });
  }

  /** As `continueConversation`; who calls and for which audience does not matter in this channel. */
  override continueConversationAsync(
    _caller: unknown,
    reference: Partial<ConversationReference>,
    logicOrAudience: Logic | string,
    logic?: Logic,
  ): Promise<void> {
    const given = typeof logicOrAudience === 'function' ? logicOrAudience : logic;
    if (!given) throw new TypeError('continueConversationAsync needs logic to run.');
    return this.continueConversation(reference, given);
  }

  /** The address fields of an activity from the customer to the bot. */
  addressOf(
    conversationId: string,
    userId: string,
  ): Pick<Activity, 'channelId' | 'serviceUrl' | 'conversation' | 'from' | 'recipient'> {
    return {
      channelId: CHANNEL_ID,
      serviceUrl: this.parts.serviceUrl,
      conversation: {
        id: conversationId,
        isGroup: false,
        conversationType: 'personal',
        name: '',
      },
      from: { id: userId, name: '', role: 'user' },
      recipient: { ...BOT },
    };
  }

  private async runReporting(context: TurnContext, logic: Logic): Promise<void> {
    let failure: { readonly error: unknown } | undefined;
    await this.runMiddleware(context, async (running) => {
      try {
        await logic(running);
      } catch (error) {
        failure = { error };
      }
    });
    if (failure) throw failure.error;
  }

  private async send(context: TurnContext, activity: Partial<Activity>): Promise<ResourceResponse> {
    const { conversations, clock, ids } = this.parts;
    if (activity.type === 'delay') {
      await sleep(Math.min(Number(activity.value ?? 0), LONGEST_DELAY_MS));
      return NOT_SENT;
    }
    if (isForTheInside(activity)) return NOT_SENT;
    const conversationId = conversationOf(activity);
    const body = await this.bodyOf(context, conversationId, activity);
    if (activity.type === 'typing') {
      const timestamp = clock.now().toISOString();
      conversations.pass(conversationId, { ...body, id: ids.uuid(), timestamp });
      return NOT_SENT;
    }
    const key = nextKey(context);
    const appended = await conversations.append(conversationId, key ? { body, key } : { body });
    return { id: appended.activity.id };
  }

  private async bodyOf(
    context: TurnContext,
    conversationId: string,
    activity: Partial<Activity>,
  ): Promise<ActivityBody> {
    const { replyToId, type = 'message', ...rest } = activity;
    const said = Object.fromEntries(
      Object.entries(rest).filter(([field]) => !ADDED_BY_THE_LOG.has(field)),
    );
    const recipient = activity.recipient ?? context.activity.from;
    // A client holds back a reply to an activity that it has not seen.
    const known =
      replyToId !== undefined &&
      (isTheMessage(context, replyToId) ||
        (await this.parts.conversations.shows(conversationId, replyToId)));
    return {
      ...said,
      type,
      from: speakerOf(activity),
      recipient: { id: recipient.id, role: 'user' },
      ...(known ? { replyToId } : {}),
    };
  }
}

/**
 * Gives the activities sent in a turn keys of their own, so that sending them again, after a crash or a repeated
 * effect, shows nothing twice: the n-th activity is `<key>.<n>`.
 */
export function keyReplies(context: TurnContext, key: string): void {
  context.turnState.set(replies, { key, count: 0 });
}

/** Whose words a message of ours carries, where it is a person's. */
export const agentIn = (channelData: unknown): string | undefined => {
  const name = (channelData as { agent?: { name?: unknown } } | undefined)?.agent?.name;
  return typeof name === 'string' ? name : undefined;
};

/** A client shows what a person of staff says as said by them; the account stays the bot's. */
function speakerOf({ channelData }: Partial<Activity>): typeof BOT {
  const name = agentIn(channelData);
  return name === undefined ? BOT : { ...BOT, name };
}

const ADDED_BY_THE_LOG: ReadonlySet<string> = new Set([
  ...['id', 'timestamp', 'localTimestamp', 'conversation', 'channelId', 'serviceUrl'],
  ...['from', 'recipient', 'callerId', 'deliveryMode'],
]);

/** The key of the next activity that a turn sends; undefined when its replies have none. */
export function nextKey(context: TurnContext): string | undefined {
  const sent = context.turnState.get<{ key: string; count: number } | undefined>(replies);
  if (!sent) return undefined;
  sent.count += 1;
  return `reply:${sent.key}.${sent.count}`;
}

const isTheMessage = ({ activity }: TurnContext, id: string): boolean =>
  activity.type === 'message' && activity.id === id;

const isForTheInside = ({ type, name }: Partial<Activity>): boolean =>
  type === 'trace' ||
  type === 'invokeResponse' ||
  type === 'handoff' ||
  (type === 'event' && (name ?? '').startsWith('handoff.'));

function conversationOf({ conversation }: Pick<Partial<Activity>, 'conversation'>): string {
  if (!conversation?.id)
    throw new ProductError('BadArgument', 'An activity must name its conversation.');
  return conversation.id;
}
