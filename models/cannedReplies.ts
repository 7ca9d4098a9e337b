import { Schema, type Model } from 'mongoose';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** Words that agents send often; `{customer}` and the like in them stand for what differs. */
export interface CannedReply {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

interface CannedReplyDocument {
  _id: string;
  content: string;
  /** Kept, so that one that ships with the desk does not come back. */
  removed?: boolean;
}

const COLLECTION = 'cannedReplies';

const schema = new Schema<CannedReplyDocument>(
  { _id: { type: String, required: true }, content: sealed(), removed: Boolean },
  { versionKey: false, strict: 'throw' },
);

/** The canned replies in the store. */
export class CannedReplyRecords {
  private readonly model: Model<CannedReplyDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<CannedReplyDocument>('CannedReply', schema, COLLECTION);
    this.vault = store.vault;
  }

  /** Stores a reply, in the place of the one with its id, also where that was removed. */
  async save(reply: CannedReply): Promise<void> {
    await this.model.updateOne(
      { _id: reply.id },
      { $set: { content: this.closed(reply) }, $unset: { removed: 1 } },
      { upsert: true },
    );
  }

  /** Stores a reply unless there is, or was, one with its id. */
  async saveNew(reply: CannedReply): Promise<void> {
    await this.model.updateOne(
      { _id: reply.id },
      { $setOnInsert: { content: this.closed(reply) } },
      { upsert: true },
    );
  }

  /** False when there is none. */
  async remove(id: string): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, removed: { $ne: true } },
      { $set: { removed: true } },
    );
    return result.matchedCount === 1;
  }

  /** Those that were not removed; one whose seal cannot be opened does not keep the others from being read. */
  async all(): Promise<CannedReply[]> {
    const found = await this.model.find({ removed: { $ne: true } }).lean<CannedReplyDocument[]>();
    return found.flatMap(({ _id: id, content }) => {
      try {
        const opened = this.vault.open(content, contentPath(id)) as Omit<CannedReply, 'id'>;
        return [{ id, ...opened }];
      } catch {
        return [];
      }
    });
  }

  private closed({ id, title, text }: CannedReply): string {
    return this.vault.seal({ title, text }, contentPath(id));
  }
}

/** Where canned replies hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: COLLECTION, field: 'content', pathOf: contentPath },
];

function contentPath(id: string): string {
  return `${COLLECTION}/${id}/content`;
}
