import { Schema, type Model } from 'mongoose';
import { ActivityRecords } from './activities';
import { isDuplicateKey } from './duplicateKey';
import { sealed } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

interface ConversationDocument {
  _id: string;
  user: string;
  /** Blind index of the network address that it was begun from. */
  origin?: string;
  startedAt: Date;
  lastActivityAt: Date;
  endedAt?: Date;
}

const schema = new Schema<ConversationDocument>(
  {
    _id: { type: String, required: true },
    user: sealed(),
    origin: String,
    startedAt: { type: Date, required: true },
    lastActivityAt: { type: Date, required: true },
    endedAt: Date,
  },
  { versionKey: false },
);
schema.index({ lastActivityAt: 1 });

/** A conversation as it is stored, opened. */
export interface StoredConversation {
  readonly id: string;
  readonly userId: string;
  readonly startedAt: Date;
  /** When the customer last wrote, exact to a minute. */
  readonly lastActivityAt: Date;
  readonly endedAt: Date | undefined;
}

/** The collection of conversations, with their activities. */
export class ConversationRecords {
  readonly activities: ActivityRecords;
  private readonly model: Model<ConversationDocument>;
  private readonly vault: Store['vault'];

  constructor(store: Store) {
    this.activities = new ActivityRecords(store);
    this.model = store.connection.model<ConversationDocument>(
      'Conversation',
      schema,
      'conversations',
    );
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
    await this.activities.ensureIndexes();
  }

  /**
   * Stores a conversation unless it is known; true for the one caller that stored it.
   * @param origin where it is begun from, if that is told; only a keyed hash of it is kept.
   */
  async begin(id: string, userId: string, at: Date, origin?: string): Promise<boolean> {
    try {
      await this.model.create({
        _id: id,
        user: this.vault.seal(userId, pathOf(id)),
        ...(origin === undefined ? {} : { origin: this.vault.blindIndex(ORIGIN, origin) }),
        startedAt: at,
        lastActivityAt: at,
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async find(id: string): Promise<StoredConversation | undefined> {
    const found = await this.model.findById(id).lean();
    if (!found) return undefined;
    const { user, startedAt, lastActivityAt, endedAt } = found;
    const userId = String(this.vault.open(user, pathOf(id)));
    return { id, userId, startedAt, lastActivityAt, endedAt };
  }

  /** What stands for where a conversation was begun from, alike for those begun from the same place. */
  async originOf(id: string): Promise<string | undefined> {
    return (await this.model.findById(id, { origin: 1 }).lean())?.origin;
  }

  async touch(id: string, at: Date): Promise<void> {
    await this.model.updateOne({ _id: id }, { $max: { lastActivityAt: at } });
  }

  /** Marks the conversation as ended; the first end counts. */
  async end(id: string, at: Date): Promise<void> {
    await this.model.updateOne({ _id: id, endedAt: { $exists: false } }, { $set: { endedAt: at } });
  }
}

const ORIGIN = 'conversation-origin';

const pathOf = (id: string): string => `conversations/${id}`;

/** Where conversations hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'conversations', field: 'user', pathOf },
];
