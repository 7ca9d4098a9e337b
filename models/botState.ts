import type { Storage, StoreItems } from 'botbuilder';
import { Schema, type Model } from 'mongoose';
import { sealed } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

interface StateDocument {
  _id: string;
  body: string;
}

const schema = new Schema<StateDocument>(
  { _id: { type: String, required: true }, body: sealed() },
  { versionKey: false, strict: 'throw' },
);

/** Conversation and dialog state: BotBuilder's `Storage` over the store, sealed; the last write wins. */
export class BotStateRecords implements Storage {
  private readonly model: Model<StateDocument>;

  constructor(private readonly store: Store) {
    this.model = store.connection.model<StateDocument>('BotState', schema, 'botState');
  }

  async read(keys: string[]): Promise<StoreItems> {
    const found = await this.model.find({ _id: { $in: keys } }).lean<StateDocument[]>();
    const items: StoreItems = {};
    for (const { _id, body } of found) items[_id] = this.store.vault.open(body, statePath(_id));
    return items;
  }

  async write(changes: StoreItems): Promise<void> {
    for (const [key, value] of Object.entries(changes) as [string, unknown][])
      await this.model.updateOne(
        { _id: key },
        { $set: { body: this.store.vault.seal(value, statePath(key)) } },
        { upsert: true, runValidators: true },
      );
  }

  async delete(keys: string[]): Promise<void> {
    await this.model.deleteMany({ _id: { $in: keys } });
  }
}

const statePath = (key: string): string => `botState/${key}`;

/** Where the states of the bot hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'botState', field: 'body', pathOf: statePath },
];
