import { Schema } from 'mongoose';
import type { Effect, WithEffects } from './effects';
import { sealed } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** An effect as it stands in the record that it follows from. */
export interface EffectDocument extends Omit<Effect, 'body'> {
  readonly body: string;
}

interface OwnerDocument {
  _id: string;
  effects: EffectDocument[];
}

/** The schema of a record's `effects`; the collection needs an index on `effects.id`, sparse. */
export const effectSchema = new Schema<EffectDocument>(
  {
    id: { type: String, required: true },
    kind: { type: String, required: true },
    body: sealed(),
    attempts: Number,
    nextTryAt: Date,
  },
  { _id: false },
);

/** Sorts after every character of an id. */
const LAST = '\uffff';

/** The effects that the records of one collection carry, whatever else stands in them. */
export class PendingEffects {
  constructor(
    private readonly store: Store,
    private readonly collection: string,
  ) {}

  /** For the write that the effects follow from. */
  sealed(ownerId: string, effects: readonly Effect[]): EffectDocument[] {
    return effects.map(({ id, kind, body }) => ({
      id,
      kind,
      body: this.store.vault.seal(body, this.pathOf(ownerId, id)),
    }));
  }

  /** @throws when a seal cannot be opened. */
  opened(ownerId: string, effects: readonly EffectDocument[]): Effect[] {
    return effects.map((effect) => ({
      ...effect,
      body: this.store.vault.open(effect.body, this.pathOf(ownerId, effect.id)),
    }));
  }

  /**
   * Records that still have effects to carry out, in the order of their ids.
   * @param after the id of the last record of the page before; the first page without.
   */
  async documents<T extends OwnerDocument>(limit: number, after = ''): Promise<T[]> {
    // By the effects' own ids, which begin with their owner's: `$exists` would read every record there is.
    return this.owners<T>()
      .find({ 'effects.id': { $gt: after === '' ? '' : `${after}${LAST}` } } as object)
      .sort({ 'effects.id': 1 })
      .limit(limit)
      .toArray() as unknown as Promise<T[]>;
  }

  /** As `documents`, for whoever needs nothing else of the record. */
  async withEffects(limit: number, after = ''): Promise<WithEffects[]> {
    const found = await this.documents(limit, after);
    return found.map(({ _id: id, effects }) => {
      try {
        return { id, content: { effects: this.opened(id, effects) } };
      } catch {
        // One such record must not hold up the others.
        return { id, content: undefined };
      }
    });
  }

  async removeEffect(ownerId: string, effectId: string): Promise<void> {
    await this.owners().updateOne({ _id: ownerId }, { $pull: { effects: { id: effectId } } });
  }

  /** Notes how often an effect has failed, and when to try it again. */
  async deferEffect(
    ownerId: string,
    effectId: string,
    attempts: number,
    nextTryAt: Date,
  ): Promise<void> {
    const found = await this.owners().findOne({ _id: ownerId }, { projection: { effects: 1 } });
    const place = found?.effects.findIndex(({ id }) => id === effectId) ?? -1;
    if (place < 0) return;
    // By its place, since the embedded store has no `effects.$`; one that has moved meanwhile is tried again as before.
    const at = `effects.${place}`;
    await this.owners().updateOne(
      { _id: ownerId, [`${at}.id`]: effectId },
      {
        $set: { [`${at}.attempts`]: attempts, [`${at}.nextTryAt`]: nextTryAt } as object,
      },
    );
  }

  private owners<T extends OwnerDocument>() {
    return this.store.connection.collection<T | OwnerDocument>(this.collection);
  }

  private pathOf(ownerId: string, effectId: string): string {
    return effectPath(this.collection, ownerId, effectId);
  }
}

/** Where the records of a collection hold their sealed effects. */
export const sealedEffects = (collection: string): SealedPlace => ({
  ...{ collection, list: 'effects', field: 'body' },
  pathOf: (ownerId, effectId) => effectPath(collection, ownerId, effectId),
});

const effectPath = (collection: string, ownerId: string, effectId: string): string =>
  `${collection}/${ownerId}/effects/${effectId}`;
