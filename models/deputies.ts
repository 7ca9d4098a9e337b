import { Schema, type Model } from 'mongoose';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** Somebody who handles cases for some days; dates are local, `YYYY-MM-DD`, and both are included. */
export interface Deputy {
  /** UUID. */
  readonly id: string;
  readonly address: string;
  readonly from: string;
  readonly until: string;
}

interface DeputyDocument {
  _id: string;
  address: string;
  from: string;
  until: string;
}

const schema = new Schema<DeputyDocument>(
  {
    _id: { type: String, required: true },
    address: sealed(),
    from: { type: String, required: true },
    until: { type: String, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

/** The deputies of the privacy managers, past and to come. */
export class DeputyRecords {
  private readonly model: Model<DeputyDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<DeputyDocument>('Deputy', schema, 'deputies');
    this.vault = store.vault;
  }

  async insert({ id, address, from, until }: Deputy): Promise<void> {
    await this.model.create({
      ...{ _id: id, from, until },
      address: this.vault.seal(address, pathOf(id)),
    });
  }

  async all(): Promise<Deputy[]> {
    const found = await this.model.find().sort({ from: 1, _id: 1 }).lean();
    return found.flatMap(({ _id: id, address, from, until }) => {
      try {
        return [{ id, from, until, address: String(this.vault.open(address, pathOf(id))) }];
      } catch {
        // One whose key is gone must not keep the others from being told.
        return [];
      }
    });
  }

  async remove(id: string): Promise<void> {
    await this.model.deleteOne({ _id: id });
  }
}

const pathOf = (id: string): string => `deputies/${id}/address`;

/** Where deputies hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'deputies', field: 'address', pathOf },
];
