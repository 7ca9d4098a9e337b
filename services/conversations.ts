import type { ConversationRecords, StoredConversation } from '../models/conversations';
import type { StoredActivity } from '../models/activities';
import { ProductError } from './errors';
import { Lanes } from './lanes';
import type { Clock } from './ports';

/** What an activity says, as clients see it; its id, time and conversation are added from the log. */
export type ActivityBody = Readonly<Record<string, unknown>> & { readonly type: string };

/** One activity of a conversation's log. */
export interface LoggedActivity extends Omit<StoredActivity, 'body'> {
  readonly body: ActivityBody;
}

/** A conversation and whether it was ended by its customer. */
export type Conversation = StoredConversation;

/** What is to be appended to a conversation's log. */
export interface Entry {
  readonly body: ActivityBody;
  /** An entry whose key the conversation's log already holds is not appended again; any text. */
  readonly key?: string;
  /** A turn has yet to run for it: kept until `settle`. */
  readonly pending?: boolean;
  /** Kept in the log, never shown to a client. */
  readonly hidden?: boolean;
}

/** What a listener of a conversation hears. */
export type ConversationEvent =
  | { readonly kind: 'appended'; readonly activity: LoggedActivity }
  /** Something that is true for a moment and not in the log, such as typing. */
  | { readonly kind: 'passing'; readonly body: ActivityBody }
  | { readonly kind: 'ended' };

/** A piece of the log: what clients may see, and the watermark up to which it was read. */
export interface Page {
  readonly activities: readonly LoggedActivity[];
  readonly watermark: number;
  /** False when the log goes on after this page. */
  readonly complete: boolean;
}

const ACTIVITY_GRAIN_MS = 60_000;
const REMEMBERED_TIPS = 10_000;
const APPEND_TRIES = 50;

type Listener = (event: ConversationEvent) => void;

/**
 * The append-only activity log of every conversation.
 *
 * Sequences have no gaps and become visible in order, also when two processes append: a sequence is taken by inserting
 * it, and whoever finds it taken takes the next.
 */
export class Conversations {
  private readonly records: ConversationRecords;
  private readonly clock: Clock;
  private readonly lanes = new Lanes();
  private readonly tips = new Map<string, { sequence: number; at: Date }>();
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(records: ConversationRecords, clock: Clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * Begins a conversation; `known` when it had begun before.
   * @param origin the network that it is begun from, where the channel tells; kept as a keyed hash only.
   */
  async begin(
    id: string,
    userId: string,
    origin?: string,
  ): Promise<{ outcome: 'begun' | 'known' }> {
    const begun = await this.records.begin(id, userId, this.clock.now(), origin);
    return { outcome: begun ? 'begun' : 'known' };
  }

  /** Stands for where a conversation was begun from; undefined where the channel does not tell. */
  originOf(id: string): Promise<string | undefined> {
    return this.records.originOf(id);
  }

  find(id: string): Promise<Conversation | undefined> {
    return this.records.find(id);
  }

  /**
   * Finds a conversation that still goes on.
   * @throws ProductError `ConversationNotFound` or `ConversationEnded`.
   */
  async open(id: string): Promise<Conversation> {
    const conversation = await this.records.find(id);
    if (!conversation)
      throw new ProductError('ConversationNotFound', 'There is no such conversation.');
    if (conversation.endedAt)
      throw new ProductError('ConversationEnded', 'This conversation has ended.');
    return conversation;
  }

  /** Appends what the customer did, unless the conversation has ended; throws as `open` does. */
  appendInbound(conversationId: string, entry: Entry): Promise<Appended> {
    return this.lanes.run(conversationId, async () => {
      const conversation = await this.open(conversationId);
      const appended = await this.appendNow(conversationId, entry);
      const { at } = appended.activity;
      if (at.getTime() - conversation.lastActivityAt.getTime() >= ACTIVITY_GRAIN_MS)
        await this.records.touch(conversationId, at);
      return appended;
    });
  }

  /** Appends an entry; `known`, with what the log holds, when its key is there already. */
  append(conversationId: string, entry: Entry): Promise<Appended> {
    return this.lanes.run(conversationId, () => this.appendNow(conversationId, entry));
  }

  /** Tells the listeners something that is not kept. */
  pass(conversationId: string, body: ActivityBody): void {
    this.tell(conversationId, { kind: 'passing', body });
  }

  /** The log after a watermark; erased and hidden activities are left out, and count in the watermark. */
  async since(conversationId: string, watermark: number, limit: number): Promise<Page> {
    const read = await this.records.activities.after(conversationId, watermark, limit);
    return {
      activities: read.filter(isReadable).filter((activity) => !activity.hidden),
      watermark: read.at(-1)?.sequence ?? watermark,
      complete: read.length < limit,
    };
  }

  /** Whether clients can see this activity in the conversation's log. */
  shows(conversationId: string, activityId: string): Promise<boolean> {
    return this.records.activities.shows(conversationId, activityId);
  }

  /** Activities whose turn has not run to its end, each conversation's in order. */
  async unfinished(): Promise<(LoggedActivity | ErasedActivity)[]> {
    const found = await this.records.activities.unfinished();
    return found.map((activity) =>
      isReadable(activity) ? activity : { ...activity, body: undefined },
    );
  }

  /** Whether the log holds an entry with this key. */
  async knows(conversationId: string, key: string): Promise<boolean> {
    return (await this.records.activities.withKey(conversationId, key)) !== undefined;
  }

  countAttempt(activityId: string): Promise<void> {
    return this.records.activities.countAttempt(activityId);
  }

  /** An activity's turn has run to its end. */
  settle(activityId: string): Promise<void> {
    return this.records.activities.settle(activityId);
  }

  /** Puts another body in an activity's place; who has read it keeps what they read. */
  replace(conversationId: string, activityId: string, body: ActivityBody): Promise<boolean> {
    return this.records.activities.replaceBody(conversationId, activityId, body);
  }

  /** Blanks one activity and keeps its id, time and place. */
  erase(conversationId: string, activityId: string): Promise<void> {
    return this.records.activities.erase(conversationId, activityId);
  }

  /** Blanks what was said in a conversation but for these activities. */
  eraseAllBut(conversationId: string, kept: readonly string[]): Promise<void> {
    return this.records.activities.eraseAllBut(conversationId, kept);
  }

  /** Ends a conversation and blanks its log; may be done again, to finish what was cut short. */
  end(conversationId: string): Promise<void> {
    return this.lanes.run(conversationId, async () => {
      await this.records.end(conversationId, this.clock.now());
      await this.records.activities.eraseAll(conversationId);
      this.tips.delete(conversationId);
      this.tell(conversationId, { kind: 'ended' });
    });
  }

  /** Hears what happens in a conversation in this process, until the returned function is called. */
  listen(conversationId: string, listener: Listener): () => void {
    const listeners = this.listeners.get(conversationId) ?? new Set();
    this.listeners.set(conversationId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(conversationId);
    };
  }

  private async appendNow(conversationId: string, entry: Entry): Promise<Appended> {
    const { body, key, pending = false, hidden = false } = entry;
    for (let tries = 0; tries < APPEND_TRIES; tries += 1) {
      const tip = await this.tip(conversationId);
      const at = new Date(Math.max(this.clock.now().getTime(), tip.at.getTime() + 1));
      const sequence = tip.sequence + 1;
      const stored = await this.records.activities.insert({
        ...{ conversationId, sequence, at, pending, hidden, body },
        ...(key === undefined ? {} : { key }),
      });
      if (stored === 'keyTaken') return this.known(conversationId, key ?? '');
      this.tips.delete(conversationId);
      if (stored === 'sequenceTaken') continue;
      this.remember(conversationId, { sequence, at });
      const activity = { ...stored, body };
      this.tell(conversationId, { kind: 'appended', activity });
      return { outcome: 'appended', activity };
    }
    throw new ProductError('StoreUnavailable', 'The conversation is too busy; try again.');
  }

  private async known(conversationId: string, key: string): Promise<Appended> {
    const activity = await this.records.activities.withKey(conversationId, key);
    if (!activity) throw new ProductError('StoreUnavailable', 'The store contradicts itself.');
    return { outcome: 'known', activity };
  }

  private async tip(conversationId: string): Promise<{ sequence: number; at: Date }> {
    const remembered = this.tips.get(conversationId);
    if (remembered) return remembered;
    return (await this.records.activities.last(conversationId)) ?? { sequence: 0, at: new Date(0) };
  }

  private remember(conversationId: string, tip: { sequence: number; at: Date }): void {
    this.tips.set(conversationId, tip);
    if (this.tips.size <= REMEMBERED_TIPS) return;
    const [oldest] = this.tips.keys();
    if (oldest !== undefined) this.tips.delete(oldest);
  }

  private tell(conversationId: string, event: ConversationEvent): void {
    for (const listener of this.listeners.get(conversationId) ?? []) listener(event);
  }
}

/** What became of an entry; a known activity may have been erased since. */
export type Appended =
  | { readonly outcome: 'appended'; readonly activity: LoggedActivity }
  | { readonly outcome: 'known'; readonly activity: Pick<StoredActivity, 'id' | 'at'> };

/** An activity of which only id, time and place are left. */
export interface ErasedActivity extends Omit<StoredActivity, 'body'> {
  readonly body: undefined;
}

const isReadable = (activity: StoredActivity): activity is LoggedActivity =>
  activity.body !== undefined;
