import { Schema, type Model } from 'mongoose';
import type { Store } from './store';

/** A session of somebody of staff; its token is not kept. */
export interface KeptSession {
  /** SHA-256 of the token, in hexadecimal. */
  readonly id: string;
  readonly accountId: string;
  /** That of the account when it began; under another it is over. */
  readonly epoch: number;
  readonly createdAt: Date;
  readonly seenAt: Date;
  /** When it is over, unless something is done in it before. */
  readonly removeAt: Date;
}

interface SessionDocument extends Omit<KeptSession, 'id'> {
  _id: string;
}

const schema = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    accountId: { type: String, required: true },
    epoch: { type: Number, required: true },
    createdAt: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    removeAt: { type: Date, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ accountId: 1 });
schema.index({ removeAt: 1 });

/** The sessions of staff in the store. */
export class StaffSessionRecords {
  private readonly model: Model<SessionDocument>;

  constructor(store: Store) {
    this.model = store.connection.model<SessionDocument>('StaffSession', schema, 'staffsessions');
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  async insert({ id, ...session }: KeptSession): Promise<void> {
    await this.model.create({ _id: id, ...session });
  }

  async byId(id: string): Promise<KeptSession | undefined> {
    const found = await this.model.findById(id).lean<SessionDocument>();
    if (!found) return undefined;
    const { _id, ...session } = found;
    return { id: _id, ...session };
  }

  /** Notes that something was done in a session; one that was ended meanwhile stays ended. */
  async touch({ id, seenAt, removeAt }: KeptSession): Promise<void> {
    await this.model.updateOne({ _id: id }, { $max: { seenAt, removeAt } });
  }

  async remove(id: string): Promise<void> {
    await this.model.deleteOne({ _id: id });
  }

  async removeOfAccount(accountId: string): Promise<void> {
    await this.model.deleteMany({ accountId });
  }

  /** Removes those that are over. */
  async removeOver(now: Date): Promise<void> {
    await this.model.deleteMany({ removeAt: { $lte: now } });
  }
}
