import { Schema, type Model } from 'mongoose';
import { sealed } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** A report that is being told and not yet confirmed. */
export interface ReportDraft {
  /** UUID; the case that comes of it has the same. */
  readonly id: string;
  readonly conversationId: string;
  /** When the customer first told of it. */
  readonly receivedAt: Date;
  readonly touchedAt: Date;
  /** The report so far and where to answer, as services/reportDrafts shapes it; undefined when the seal cannot be opened. */
  readonly content: unknown;
}

interface DraftDocument extends Omit<ReportDraft, 'id' | 'content'> {
  _id: string;
  content: string;
  /** Until then somebody is passing it on; left behind by a process that died. */
  claimedUntil?: Date;
}

const schema = new Schema<DraftDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    touchedAt: { type: Date, required: true },
    content: sealed(),
    claimedUntil: Date,
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ touchedAt: 1 });
schema.index({ conversationId: 1 });

const unclaimed = (now: Date) => ({
  $or: [{ claimedUntil: { $exists: false } }, { claimedUntil: { $lte: now } }],
});

/** Report drafts in the store; a draft is removed once it became a case or was cancelled. */
export class ReportDraftRecords {
  private readonly model: Model<DraftDocument>;

  constructor(private readonly store: Store) {
    this.model = store.connection.model<DraftDocument>('ReportDraft', schema, 'reportDrafts');
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores what was told so far; the time of receipt stays that of the first call. */
  async save({ id, content, ...rest }: ReportDraft): Promise<void> {
    const { touchedAt, ...first } = rest;
    await this.model.updateOne(
      { _id: id },
      {
        $set: { touchedAt, content: this.store.vault.seal(content, contentPath(id)) },
        $setOnInsert: first,
      },
      { upsert: true, runValidators: true },
    );
  }

  /** Claims a draft for passing it on; false when it was touched, removed or claimed meanwhile. */
  async claim({ id, touchedAt }: ReportDraft, now: Date, until: Date): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, touchedAt, ...unclaimed(now) },
      { $set: { claimedUntil: until } },
    );
    return result.matchedCount === 1;
  }

  /** Gives up the claim that ends at that instant. */
  async release(id: string, until: Date): Promise<void> {
    await this.model.updateOne({ _id: id, claimedUntil: until }, { $unset: { claimedUntil: 1 } });
  }

  /** The draft, if it is claimed. */
  async claimed(id: string, now: Date): Promise<ReportDraft | undefined> {
    const found = await this.model
      .findOne({ _id: id, claimedUntil: { $gt: now } })
      .lean<DraftDocument>();
    return found ? this.draftOf(found) : undefined;
  }

  /** @param touchedAt when given, only a draft untouched since then is removed. */
  async remove(id: string, touchedAt?: Date): Promise<void> {
    await this.model.deleteOne({ _id: id, ...(touchedAt ? { touchedAt } : {}) });
  }

  /** False when the draft is claimed, or there is none. */
  async removeUnclaimed(id: string, now: Date): Promise<boolean> {
    const result = await this.model.deleteOne({ _id: id, ...unclaimed(now) });
    return result.deletedCount === 1;
  }

  async removeOfConversation(conversationId: string): Promise<void> {
    await this.model.deleteMany({ conversationId });
  }

  /**
   * Drafts that nobody has touched since `before`, in the order of their ids.
   * @param after the id of the last draft of the page before; the first page without.
   */
  async untouchedSince(before: Date, limit: number, after = ''): Promise<ReportDraft[]> {
    const found = await this.model
      .find({ _id: { $gt: after }, touchedAt: { $lte: before } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<DraftDocument[]>();
    return found.map((document) => this.draftOf(document));
  }

  private draftOf(document: DraftDocument): ReportDraft {
    const { _id: id, content, claimedUntil: _claimed, ...rest } = document;
    return { ...rest, id, content: this.contentOf(id, content) };
  }

  private contentOf(id: string, content: string): unknown {
    try {
      return this.store.vault.open(content, contentPath(id));
    } catch {
      return undefined;
    }
  }
}

const contentPath = (id: string): string => `reportDrafts/${id}/content`;

/** Where report drafts hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'reportDrafts', field: 'content', pathOf: contentPath },
];
