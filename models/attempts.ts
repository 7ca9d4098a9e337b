import { Schema, type Model } from 'mongoose';
import type { Vault } from './sealed';
import { isDuplicateKey } from './duplicateKey';
import type { Store } from './store';

interface AttemptDocument {
  /** Blind index of what is counted by. */
  _id: string;
  tries: number;
  windowEndsAt: Date;
}

const schema = new Schema<AttemptDocument>(
  {
    _id: { type: String, required: true },
    tries: { type: Number, required: true },
    windowEndsAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ windowEndsAt: 1 });

/**
 * Counts of attempts, each in a window of time that begins with its first one. What is counted by is stored as a blind
 * index of the newest key only, so that a change of keys begins the counts anew.
 */
export class AttemptRecords {
  private readonly model: Model<AttemptDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<AttemptDocument>('Attempt', schema, 'attempts');
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /**
   * Counts an attempt, in one atomic update, so that attempts at once cannot be more than the most.
   * @param by a fixed name of what is counted, such as `case/reference`.
   * @param windowEndsAt for a window that begins now.
   * @returns false, and counts nothing, when there were `most` already.
   */
  async take(
    by: string,
    value: string,
    most: number,
    now: Date,
    windowEndsAt: Date,
  ): Promise<boolean> {
    await this.removeOver(now);
    const notFull = { _id: this.keyOf(by, value), tries: { $lt: most } };
    const count = { $inc: { tries: 1 } };
    try {
      await this.model.updateOne(
        notFull,
        { ...count, $setOnInsert: { windowEndsAt } },
        { upsert: true },
      );
      return true;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    // There is one that did not match: it is full, or was begun by somebody else at this moment.
    return (await this.model.updateOne(notFull, count)).matchedCount === 1;
  }

  /** Notes something that holds until then; noted again, it holds longer. */
  async note(by: string, value: string, windowEndsAt: Date): Promise<void> {
    await this.model.updateOne(
      { _id: this.keyOf(by, value) },
      { $set: { tries: 1 }, $max: { windowEndsAt } },
      { upsert: true },
    );
  }

  /** Takes a counted attempt back. */
  async giveBack(by: string, value: string): Promise<void> {
    await this.model.updateOne(
      { _id: this.keyOf(by, value), tries: { $gt: 0 } },
      { $inc: { tries: -1 } },
    );
  }

  /** Until when there are as many as may be; undefined when there are not. */
  async fullUntil(by: string, value: string, most: number, now: Date): Promise<Date | undefined> {
    const full = { _id: this.keyOf(by, value), tries: { $gte: most }, windowEndsAt: { $gt: now } };
    return (await this.model.findOne(full, { windowEndsAt: 1 }).lean())?.windowEndsAt;
  }

  /** Removes the counts whose window is over, so that nothing is kept of references and addresses that were made up. */
  async removeOver(now: Date): Promise<void> {
    await this.model.deleteMany({ windowEndsAt: { $lte: now } });
  }

  private keyOf(by: string, value: string): string {
    return this.vault.blindIndex(`attempt/${by}`, value);
  }
}
