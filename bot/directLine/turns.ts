import type { Activity } from 'botbuilder';
import type {
  ActivityBody,
  Conversations,
  ErasedActivity,
  LoggedActivity,
} from '../../services/conversations';
import type { Ids, Log } from '../../services/ports';
import type { DirectLineAdapter } from './adapter';
import type { TurnQueue } from '../turnQueue';

/** What the turns need. */
export interface TurnParts {
  readonly adapter: DirectLineAdapter;
  readonly conversations: Conversations;
  readonly queue: TurnQueue;
  readonly ids: Ids;
  readonly log: Log;
}

/** How often an unfinished turn is taken up after restarts; one that fails the process each time must not do so forever. */
const RESUMED_AT_MOST = 3;

/** Runs the bot for what customers do: a turn for each activity, once, in the order of the log. */
export class Turns {
  private readonly parts: TurnParts;
  /** Conversations that ended while further turns of theirs stood in line. */
  private readonly ended = new Set<string>();
  private closing = false;

  constructor(parts: TurnParts) {
    this.parts = parts;
  }

  /** Runs the turn of a stored activity after those before it; what does not finish stays pending in the log. */
  enqueue(activity: LoggedActivity, userId: string): void {
    void this.parts.queue.run(activity.conversationId, () => this.guarded(activity, userId));
  }

  /** Runs a turn for something that is not kept, unless the conversation is busy. */
  enqueuePassing(conversationId: string, userId: string, body: ActivityBody): void {
    const { queue, adapter, ids } = this.parts;
    if (this.closing || queue.busy(conversationId)) return;
    const activity = {
      ...body,
      ...adapter.addressOf(conversationId, userId),
      id: ids.uuid(),
    } as unknown as Activity;
    void queue.run(conversationId, () => this.process(activity));
  }

  /** Takes up the turns that were stored and did not finish before the process ended. */
  async resume(): Promise<void> {
    const unfinished = await this.parts.conversations.unfinished();
    for (const activity of unfinished) await this.takeUp(activity);
    if (unfinished.length > 0) this.parts.log.info('turn.resumed', { count: unfinished.length });
  }

  /** Starts no further turn, and resolves when those that run have ended. */
  async close(): Promise<void> {
    this.closing = true;
    await this.parts.queue.idle();
  }

  private async takeUp(activity: LoggedActivity | ErasedActivity): Promise<void> {
    const { conversations, log } = this.parts;
    const { id, conversationId, attempts } = activity;
    const conversation = await conversations.find(conversationId);
    if (!conversation || conversation.endedAt) {
      // Ending was cut short.
      await conversations.end(conversationId);
    } else if (activity.body === undefined || attempts >= RESUMED_AT_MOST) {
      log.error('turn.abandoned', { activityId: id, attempts });
      await conversations.settle(id);
    } else {
      await conversations.countAttempt(id);
      this.enqueue(activity, conversation.userId);
    }
  }

  private async guarded(activity: LoggedActivity, userId: string): Promise<void> {
    if (this.closing || this.ended.has(activity.conversationId)) return;
    try {
      await this.run(activity, userId);
    } catch (error) {
      this.parts.log.error('turn.unfinished', { activityId: activity.id, error });
    }
  }

  private async run(activity: LoggedActivity, userId: string): Promise<void> {
    const { adapter, conversations } = this.parts;
    const { id, conversationId, at, body } = activity;
    const address = adapter.addressOf(conversationId, userId);
    await this.process({ ...body, ...address, id, timestamp: at } as unknown as Activity);
    if (body.type === 'endOfConversation') await this.end(conversationId);
    else await conversations.settle(id);
  }

  private async end(conversationId: string): Promise<void> {
    const { conversations, queue } = this.parts;
    await conversations.end(conversationId);
    // Nothing more can be appended; what was, before that, is erased and must not run.
    this.ended.add(conversationId);
    void queue.last(conversationId, () => {
      this.ended.delete(conversationId);
    });
  }

  private async process(activity: Activity): Promise<void> {
    const { adapter, log } = this.parts;
    try {
      await adapter.process(activity);
    } catch (error) {
      // onTurnError itself failed: the turn has had its chance, and running it again would fare no better.
      log.error('turn.failed', { activityId: activity.id ?? '', error });
    }
  }
}
