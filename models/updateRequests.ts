import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import { sealed, type Vault } from './sealed';
import type { Store } from './store';

/** A wish to have data changed, as it came by mail; nothing is changed before the mailbox is proved. */
export interface UpdateRequest {
  /** UUID; that of the inbound mail it came by. */
  readonly id: string;
  readonly receivedAt: Date;
  readonly email: string;
  readonly subject: string;
  readonly text: string;
  /** When a reply from the reply address that only that mailbox got showed whose it is. */
  readonly provedAt?: Date;
}

interface UpdateRequestDocument {
  _id: string;
  receivedAt: Date;
  provedAt?: Date;
  content: string;
}

const schema = new Schema<UpdateRequestDocument>(
  {
    _id: { type: String, required: true },
    receivedAt: { type: Date, required: true },
    provedAt: Date,
    content: sealed(),
  },
  { versionKey: false, strict: 'throw' },
);

/** The update requests in the store. */
export class UpdateRequestRecords {
  private readonly model: Model<UpdateRequestDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<UpdateRequestDocument>(
      'UpdateRequest',
      schema,
      'updateRequests',
    );
    this.vault = store.vault;
  }

  /** Stores a request once; a second one with its id changes nothing. */
  async insert({ id, receivedAt, ...content }: Omit<UpdateRequest, 'provedAt'>): Promise<void> {
    try {
      const sealedContent = this.vault.seal(content, pathOf(id));
      await this.model.create({ _id: id, receivedAt, content: sealedContent });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async byId(id: string): Promise<UpdateRequest | undefined> {
    const found = await this.model.findById(id).lean();
    if (!found) return undefined;
    const { receivedAt, provedAt, content } = found;
    // What `insert` sealed under this very id; the vault refuses anything else.
    const opened = this.vault.open(content, pathOf(id)) as Pick<
      UpdateRequest,
      'email' | 'subject' | 'text'
    >;
    return { id, receivedAt, ...(provedAt ? { provedAt } : {}), ...opened };
  }

  /** Marks the mailbox of a request as proved; false when it was before. */
  async prove(id: string, at: Date): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, provedAt: { $exists: false } },
      { $set: { provedAt: at } },
    );
    return result.matchedCount === 1;
  }
}

const pathOf = (id: string): string => `updateRequests/${id}/content`;
