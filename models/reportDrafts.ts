import { Schema, type Model } from 'mongoose';
import { sealed } from './sealed';
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
}

const schema = new Schema<DraftDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    touchedAt: { type: Date, required: true },
    content: sealed(),
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ touchedAt: 1 });
schema.index({ conversationId: 1 });

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

  /** @param touchedAt when given, only a draft untouched since then is removed. */
  async remove(id: string, touchedAt?: Date): Promise<void> {
    await this.model.deleteOne({ _id: id, ...(touchedAt ? { touchedAt } : {}) });
  }

  async removeOfConversation(conversationId: string): Promise<void> {
    await this.model.deleteMany({ conversationId });
  }

  /** Drafts that nobody has touched since `before`, longest waiting first. */
  async untouchedSince(before: Date, limit: number): Promise<ReportDraft[]> {
    const found = await this.model
      .find({ touchedAt: { $lte: before } })
      .sort({ touchedAt: 1 })
      .limit(limit)
      .lean<DraftDocument[]>();
    return found.map(({ _id, content, ...rest }) => ({
      ...rest,
      id: _id,
      content: this.contentOf(_id, content),
    }));
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
