import { Schema, type Model } from 'mongoose';
import type { Call } from './callContent';
import { isDuplicateKey } from './duplicateKey';
import type { Effect } from './effects';
import { effectSchema, PendingEffects, sealedEffects, type EffectDocument } from './pendingEffects';
import { changeRevision } from './revisions';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

export type * from './callContent';

type Content = Pick<Call, 'agent' | 'deeds' | 'verified'>;

interface CallDocument extends Omit<Call, 'id' | keyof Content> {
  _id: string;
  content: string;
  effects: EffectDocument[];
}

const COLLECTION = 'calls';

const schema = new Schema<CallDocument>(
  {
    _id: { type: String, required: true },
    startedAt: { type: Date, required: true },
    endedAt: Date,
    handoffId: String,
    content: sealed(),
    stoppedAt: Date,
    revision: { type: Number, required: true },
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ 'effects.id': 1 }, { sparse: true });

/** The telephone calls in the store; each with what follows from it in one document write. */
export class CallRecords {
  private readonly model: Model<CallDocument>;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<CallDocument>('Call', schema, COLLECTION);
    this.effects = new PendingEffects(store, COLLECTION);
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores a call with its effects; nothing, when there is one with its id. */
  async insert(call: Call, effects: readonly Effect[]): Promise<void> {
    try {
      await this.model.create({
        ...this.closed(call),
        _id: call.id,
        effects: this.effects.sealed(call.id, effects),
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  async byId(id: string): Promise<Call | undefined> {
    const found = await this.model.findById(id).lean<CallDocument>();
    return found ? this.opened(found) : undefined;
  }

  /**
   * Stores what has become of a call, with what follows from it.
   * @param changed carries the revision that it was read with; what is absent of it stays as it was.
   * @returns false, and changes nothing, when somebody else has changed the call since.
   */
  async change(changed: Call, effects: readonly Effect[]): Promise<boolean> {
    const { id, revision } = changed;
    return changeRevision(this.model, {
      ...{ id, revision, fields: this.closed(changed) },
      effects: this.effects.sealed(id, effects),
    });
  }

  private closed({
    id,
    agent,
    deeds,
    verified,
    ...rest
  }: Call): Omit<CallDocument, '_id' | 'effects'> {
    const content: Content = { agent, deeds, ...(verified ? { verified } : {}) };
    return { ...rest, content: this.vault.seal(content, pathOf(id)) };
  }

  private opened({ _id: id, content, effects: _effects, ...rest }: CallDocument): Call {
    // What `closed` sealed under this very id; the vault refuses anything else.
    const { agent, deeds, verified } = this.vault.open(content, pathOf(id)) as Content;
    return {
      ...{ ...rest, id, agent },
      // A seal holds JSON, in which instants are text.
      deeds: deeds.map((deed) => ({ ...deed, at: new Date(deed.at) })),
      ...(verified ? { verified: { ...verified, at: new Date(verified.at) } } : {}),
    };
  }
}

/** Where calls hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: COLLECTION, field: 'content', pathOf },
  sealedEffects(COLLECTION),
];

function pathOf(id: string): string {
  return `${COLLECTION}/${id}/content`;
}
