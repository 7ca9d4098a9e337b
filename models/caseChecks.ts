import { Schema, type Model } from 'mongoose';
import type { Vault } from './sealed';
import { isDuplicateKey } from './duplicateKey';
import type { Store } from './store';

/** What tries are counted by. */
export type CheckedBy = 'conversation' | 'reference';

interface CaseCheckDocument {
  /** Blind index of what is counted by. */
  _id: string;
  tries: number;
  windowEndsAt: Date;
}

const schema = new Schema<CaseCheckDocument>(
  {
    _id: { type: String, required: true },
    tries: { type: Number, required: true },
    windowEndsAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ windowEndsAt: 1 });

/** Counts of tries to open a case, each in a window of time that begins with its first try. */
export class CaseCheckRecords {
  private readonly model: Model<CaseCheckDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<CaseCheckDocument>('CaseCheck', schema, 'caseChecks');
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /**
   * Counts a try, in one atomic update, so that tries at once cannot be more than the most.
   * @param windowEndsAt for a window that begins now.
   * @returns false, and counts nothing, when there were `most` already.
   */
  async take(
    by: CheckedBy,
    value: string,
    most: number,
    now: Date,
    windowEndsAt: Date,
  ): Promise<boolean> {
    // All that are over, so that nothing is kept of references that somebody made up.
    await this.model.deleteMany({ windowEndsAt: { $lte: now } });
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

  /** Takes a counted try back. */
  async giveBack(by: CheckedBy, value: string): Promise<void> {
    await this.model.updateOne(
      { _id: this.keyOf(by, value), tries: { $gt: 0 } },
      { $inc: { tries: -1 } },
    );
  }

  private keyOf(by: CheckedBy, value: string): string {
    return this.vault.blindIndex(`case-check/${by}`, value);
  }
}
