import { Schema, type Model } from 'mongoose';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** What a reply address was made for. */
export interface ReplyPurpose {
  /** The mailbox that the address was sent to, and no other. */
  readonly recipient: string;
  readonly recipientIs: 'staff' | 'customer';
  /** The mail in which the address stood, by its id in the outbox: what comes back to the address is that mail. */
  readonly mailId?: string;
  /** The case that a reply is about. */
  readonly caseId?: string;
  /** The inbound mail of which staff say whether it is sent or discarded. */
  readonly heldMailId?: string;
  /** The update request whose sender a reply proves. */
  readonly updateId?: string;
  /** The cases that a digest tells of. */
  readonly digestOf?: readonly string[];
}

interface ReplyTokenDocument {
  /** SHA-256 of the token. */
  _id: string;
  purpose: string;
  createdAt: Date;
}

const schema = new Schema<ReplyTokenDocument>(
  {
    _id: { type: String, required: true },
    purpose: sealed(),
    createdAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

/** What each reply address was made for; the address itself is not kept. */
export class ReplyTokenRecords {
  private readonly model: Model<ReplyTokenDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<ReplyTokenDocument>('ReplyToken', schema, 'replyTokens');
    this.vault = store.vault;
  }

  async insert(hash: string, purpose: ReplyPurpose, createdAt: Date): Promise<void> {
    const sealedPurpose = this.vault.seal(purpose, pathOf(hash));
    await this.model.create({ _id: hash, purpose: sealedPurpose, createdAt });
  }

  async find(hash: string): Promise<ReplyPurpose | undefined> {
    const found = await this.model.findById(hash).lean();
    // What `insert` sealed under this very hash; the vault refuses anything else.
    return found ? (this.vault.open(found.purpose, pathOf(hash)) as ReplyPurpose) : undefined;
  }
}

const pathOf = (hash: string): string => `replyTokens/${hash}`;

/** Where reply tokens hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'replyTokens', field: 'purpose', pathOf },
];
