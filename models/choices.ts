import { Schema, type Model } from 'mongoose';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** A choice between passages that a customer took: what an example of the passage may be made of. */
export interface Choice {
  /** UUID, fixed by the turn in which it was taken. */
  readonly id: string;
  readonly at: Date;
  readonly conversationId: string;
  /** Ids of the passages that were offered, best first. */
  readonly offered: readonly string[];
  /** Id of the one that was taken. */
  readonly chosen: string;
  /** The question that they were offered for, without values. */
  readonly words: string;
}

interface ChoiceDocument extends Omit<Choice, 'id' | 'offered'> {
  _id: string;
  offered: string[];
}

const COLLECTION = 'choices';

const schema = new Schema<ChoiceDocument>(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    conversationId: { type: String, required: true },
    offered: { type: [String], required: true },
    chosen: { type: String, required: true },
    words: sealed(),
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ at: 1 });
schema.index({ conversationId: 1 });

/** The choices that nobody has decided on yet; one that was decided on is removed. */
export class ChoiceRecords {
  private readonly model: Model<ChoiceDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<ChoiceDocument>('Choice', schema, COLLECTION);
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores a choice; one that is there already stays as it is. */
  async insert({ id, words, offered, ...rest }: Choice): Promise<void> {
    const closed = this.vault.seal(words, wordsPath(id));
    await this.model.updateOne(
      { _id: id },
      { $setOnInsert: { ...rest, offered: [...offered], words: closed } },
      { upsert: true, runValidators: true },
    );
  }

  /** The oldest first; one whose seal cannot be opened is left out. */
  async oldest(limit: number): Promise<Choice[]> {
    const found = await this.model.find().sort({ at: 1 }).limit(limit).lean<ChoiceDocument[]>();
    return found.flatMap((document) => this.opened(document));
  }

  /** Those whose id begins so, at most two. */
  async beginningWith(prefix: string): Promise<Choice[]> {
    const found = await this.model
      .find({ _id: { $gte: prefix, $lt: `${prefix}~` } })
      .limit(2)
      .lean<ChoiceDocument[]>();
    return found.flatMap((document) => this.opened(document));
  }

  /** False when there is none. */
  async remove(id: string): Promise<boolean> {
    return (await this.model.deleteOne({ _id: id })).deletedCount === 1;
  }

  async removeOfConversation(conversationId: string): Promise<void> {
    await this.model.deleteMany({ conversationId });
  }

  /** Removes what was taken before then. */
  async removeBefore(instant: Date): Promise<void> {
    await this.model.deleteMany({ at: { $lt: instant } });
  }

  private opened({ _id: id, words, ...rest }: ChoiceDocument): Choice[] {
    try {
      return [{ ...rest, id, words: this.vault.open(words, wordsPath(id)) as string }];
    } catch {
      return [];
    }
  }
}

/** Where choices hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: COLLECTION, field: 'words', pathOf: wordsPath },
];

function wordsPath(id: string): string {
  return `${COLLECTION}/${id}/words`;
}
