import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import { sealed } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

interface ActivityDocument {
  _id: string;
  conversationId: string;
  sequence: number;
  at: Date;
  key?: string;
  pending?: true;
  attempts?: number;
  hidden?: true;
  erased?: true;
  body?: string;
}

const schema = new Schema<ActivityDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    sequence: { type: Number, required: true },
    at: { type: Date, required: true },
    key: String,
    pending: Boolean,
    attempts: Number,
    hidden: Boolean,
    erased: Boolean,
    body: sealed(),
  },
  { versionKey: false },
);
schema.index({ conversationId: 1, sequence: 1 }, { unique: true });
schema.index(
  { conversationId: 1, key: 1 },
  { unique: true, partialFilterExpression: { key: { $exists: true } } },
);
schema.index({ pending: 1 }, { partialFilterExpression: { pending: true } });

/** One activity of a conversation's log, opened. */
export interface StoredActivity {
  readonly id: string;
  readonly conversationId: string;
  /** From 1, without gaps within a conversation. */
  readonly sequence: number;
  readonly at: Date;
  /** Never shown to a client. */
  readonly hidden: boolean;
  /** How often its turn was taken up again after a restart. */
  readonly attempts: number;
  /** Undefined once it was erased. */
  readonly body: unknown;
}

/** What is appended to a conversation's log. */
export interface NewActivity {
  readonly conversationId: string;
  readonly sequence: number;
  readonly at: Date;
  /** At most one activity of a conversation has a given key; stored as a blind index. */
  readonly key?: string;
  /** Its turn has yet to run. */
  readonly pending: boolean;
  readonly hidden: boolean;
  readonly body: unknown;
}

const SEQUENCE_DIGITS = 7;

const idOf = (conversationId: string, sequence: number): string =>
  `${conversationId}|${String(sequence).padStart(SEQUENCE_DIGITS, '0')}`;

/** The collection of activities: each conversation's log, numbered without gaps so that a watermark misses nothing. */
export class ActivityRecords {
  private readonly model: Model<ActivityDocument>;
  private readonly vault: Store['vault'];

  constructor(store: Store) {
    this.model = store.connection.model<ActivityDocument>('Activity', schema, 'activities');
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores an activity, unless its sequence or its key is taken in the conversation. */
  async insert(activity: NewActivity): Promise<StoredActivity | 'sequenceTaken' | 'keyTaken'> {
    const { conversationId, sequence, at, key, pending, hidden, body } = activity;
    const id = idOf(conversationId, sequence);
    try {
      await this.model.create({
        _id: id,
        conversationId,
        sequence,
        at,
        ...(key === undefined ? {} : { key: this.keyIndex(conversationId, key) }),
        ...(pending ? { pending: true } : {}),
        ...(hidden ? { hidden: true } : {}),
        body: this.vault.seal(body, pathOf(id)),
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return error.keyPattern && 'key' in error.keyPattern ? 'keyTaken' : 'sequenceTaken';
    }
    return { id, conversationId, sequence, at, hidden, attempts: 0, body };
  }

  /** The end of a conversation's log. */
  async last(conversationId: string): Promise<{ sequence: number; at: Date } | undefined> {
    const found = await this.model
      .findOne({ conversationId }, { sequence: 1, at: 1 })
      .sort({ sequence: -1 })
      .lean();
    return found ? { sequence: found.sequence, at: found.at } : undefined;
  }

  async withKey(conversationId: string, key: string): Promise<StoredActivity | undefined> {
    const indexes = this.vault.blindIndexes('activity-key', `${conversationId}|${key}`);
    const found = await this.model.findOne({ conversationId, key: { $in: indexes } }).lean();
    return found ? this.opened(found) : undefined;
  }

  /** Activities after a sequence, in order. */
  async after(conversationId: string, sequence: number, limit: number): Promise<StoredActivity[]> {
    const found = await this.model
      .find({ conversationId, sequence: { $gt: sequence } })
      .sort({ sequence: 1 })
      .limit(limit)
      .lean();
    return found.map((document) => this.opened(document));
  }

  /** Activities whose turn has not run to its end, each conversation's in order. */
  async unfinished(): Promise<StoredActivity[]> {
    const found = await this.model
      .find({ pending: true })
      .sort({ conversationId: 1, sequence: 1 })
      .lean();
    return found.map((document) => this.opened(document));
  }

  /** Whether clients of the conversation can see this activity. */
  async shows(conversationId: string, id: string): Promise<boolean> {
    const found = await this.model.findById(id, { conversationId: 1, hidden: 1, erased: 1 }).lean();
    return found?.conversationId === conversationId && !found.hidden && !found.erased;
  }

  async countAttempt(id: string): Promise<void> {
    await this.model.updateOne({ _id: id }, { $inc: { attempts: 1 } });
  }

  async settle(id: string): Promise<void> {
    await this.model.updateOne({ _id: id }, { $unset: { pending: 1 } });
  }

  /** Puts another body in an activity's place; false when it is unknown or erased. */
  async replaceBody(conversationId: string, id: string, body: unknown): Promise<boolean> {
    const { matchedCount } = await this.model.updateOne(
      { _id: id, conversationId, erased: { $ne: true } },
      { $set: { body: this.vault.seal(body, pathOf(id)) } },
      { runValidators: true },
    );
    return matchedCount === 1;
  }

  /** Blanks an activity and keeps its id, time and place. */
  async erase(conversationId: string, id: string): Promise<void> {
    await this.model.updateOne({ _id: id, conversationId }, blanked);
  }

  /** Blanks a conversation's log but for these activities. */
  async eraseAllBut(conversationId: string, kept: readonly string[]): Promise<void> {
    await this.model.updateMany({ conversationId, _id: { $nin: [...kept] } }, blanked);
  }

  /** Blanks all of a conversation's log; what was pending is settled last, so that a crash midway is seen. */
  async eraseAll(conversationId: string): Promise<void> {
    await this.model.updateMany({ conversationId }, blanked);
    await this.model.updateMany({ conversationId, pending: true }, { $unset: { pending: 1 } });
  }

  private keyIndex(conversationId: string, key: string): string {
    return this.vault.blindIndex('activity-key', `${conversationId}|${key}`);
  }

  private opened(document: ActivityDocument): StoredActivity {
    const { _id: id, conversationId, sequence, at, hidden, attempts, body } = document;
    return {
      id,
      conversationId,
      sequence,
      at,
      hidden: hidden ?? false,
      attempts: attempts ?? 0,
      body: body === undefined ? undefined : this.vault.open(body, pathOf(id)),
    };
  }
}

const blanked = { $set: { erased: true as const }, $unset: { body: 1 as const } };
const pathOf = (id: string): string => `activities/${id}`;

/** Where activities hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'activities', field: 'body', pathOf },
];
