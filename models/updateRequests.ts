import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import type { Effect } from './effects';
import { effectSchema, PendingEffects, sealedEffects, type EffectDocument } from './pendingEffects';
import { changeRevision } from './revisions';
import { sealed } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';
import { UPDATE_STATES, type UpdateRequest, type UpdateState } from './updateContent';

export type * from './updateContent';

/** The fields of a request that queries need; everything else is sealed as one value. */
type ClearFields = Pick<
  UpdateRequest,
  | 'kind'
  | 'state'
  | 'door'
  | 'receivedAt'
  | 'customerId'
  | 'conversationId'
  | 'provedAt'
  | 'revision'
>;

type Content = Omit<UpdateRequest, 'id' | keyof ClearFields>;

interface UpdateRequestDocument extends ClearFields {
  _id: string;
  content: string;
  /** When it came, while somebody of staff has to decide about it. */
  waitingSince?: Date;
  /** When it came, while it is to be applied: what a crash cut short is found by it. */
  toApplySince?: Date;
  effects: EffectDocument[];
}

const COLLECTION = 'updateRequests';
const WAITING: readonly UpdateState[] = ['person', 'second'];
const OPTIONAL = [
  ...(['customerId', 'conversationId', 'provedAt'] as const),
  ...(['waitingSince', 'toApplySince'] as const),
] as const;
const LONG_AGO = new Date(0);
/** Sorts after every character of an id. */
const LAST = '\uffff';

const schema = new Schema<UpdateRequestDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true, enum: ['change', 'password'] },
    state: { type: String, required: true, enum: UPDATE_STATES },
    door: { type: String, required: true, enum: ['chat', 'mail', 'staff', 'phone'] },
    receivedAt: { type: Date, required: true },
    customerId: String,
    conversationId: String,
    provedAt: Date,
    content: sealed(),
    waitingSince: Date,
    toApplySince: Date,
    revision: { type: Number, required: true },
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ receivedAt: 1 });
schema.index({ conversationId: 1 }, { sparse: true });
schema.index({ waitingSince: 1 }, { sparse: true });
schema.index({ toApplySince: 1 }, { sparse: true });
schema.index({ 'effects.id': 1 }, { sparse: true });

/** The update requests in the store. */
export class UpdateRequestRecords {
  private readonly model: Model<UpdateRequestDocument>;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;

  constructor(private readonly store: Store) {
    this.model = store.connection.model<UpdateRequestDocument>('UpdateRequest', schema, COLLECTION);
    this.effects = new PendingEffects(store, COLLECTION);
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores a new request with its effects; `known`, and nothing changed: there is one with its id. */
  async insert(request: UpdateRequest, effects: readonly Effect[]): Promise<'stored' | 'known'> {
    try {
      await this.model.create({
        ...this.clear(request),
        _id: request.id,
        effects: this.effects.sealed(request.id, effects),
      });
      return 'stored';
    } catch (error) {
      if (isDuplicateKey(error)) return 'known';
      throw error;
    }
  }

  async byId(id: string): Promise<UpdateRequest | undefined> {
    const found = await this.model.findById(id).lean<UpdateRequestDocument>();
    return found ? this.opened(found) : undefined;
  }

  /** Requests whose ids begin with this, two at most: then it names none of them. */
  async beginningWith(prefix: string): Promise<UpdateRequest[]> {
    const found = await this.model
      .find({ _id: { $gte: prefix, $lt: `${prefix}${LAST}` } })
      .limit(2)
      .lean<UpdateRequestDocument[]>();
    return found.map((document) => this.opened(document));
  }

  /**
   * Stores what has become of a request, with what follows from it.
   * @param changed carries the revision that it was read with.
   * @returns false, and changes nothing, when somebody else has changed it since.
   */
  async change(changed: UpdateRequest, effects: readonly Effect[]): Promise<boolean> {
    const { id, revision } = changed;
    return changeRevision(this.model, {
      ...{ id, revision, fields: this.clear(changed), optional: OPTIONAL },
      effects: this.effects.sealed(id, effects),
    });
  }

  /** Marks the mailbox of a request as proved; false when it was before. */
  async prove(id: string, at: Date): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, provedAt: { $exists: false } },
      { $set: { provedAt: at }, $inc: { revision: 1 } },
    );
    return result.matchedCount === 1;
  }

  /** Requests that are to be applied and came before then. */
  async toApply(before: Date, limit: number): Promise<UpdateRequest[]> {
    const found = await this.model
      .find({ toApplySince: { $lte: before } })
      .sort({ toApplySince: 1 })
      .limit(limit)
      .lean<UpdateRequestDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  /** Requests that staff have to decide about, the oldest first. */
  async waiting(limit: number): Promise<UpdateRequest[]> {
    const found = await this.model
      .find({ waitingSince: { $gt: LONG_AGO } })
      .sort({ waitingSince: 1 })
      .limit(limit)
      .lean<UpdateRequestDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  /** Whether one about a forgotten password waits for staff that came at that instant or later. */
  async passwordWaitsSince(at: Date): Promise<boolean> {
    const query = { kind: 'password', waitingSince: { $gte: at } } as const;
    return (await this.model.exists(query)) !== null;
  }

  /** All that a conversation asked for, whatever has become of it. */
  async ofConversation(conversationId: string): Promise<UpdateRequest[]> {
    const found = await this.model.find({ conversationId }).lean<UpdateRequestDocument[]>();
    return found.map((document) => this.opened(document));
  }

  /** The newest requests, whatever has become of them. */
  async newest(limit: number): Promise<UpdateRequest[]> {
    const found = await this.model
      .find()
      .sort({ receivedAt: -1 })
      .limit(limit)
      .lean<UpdateRequestDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  private clear({ id, ...request }: UpdateRequest): Omit<UpdateRequestDocument, '_id' | 'effects'> {
    const { kind, state, door, receivedAt, revision, ...others } = request;
    const { customerId, conversationId, provedAt, ...content } = others;
    return {
      ...{ kind, state, door, receivedAt, revision },
      ...(customerId === undefined ? {} : { customerId }),
      ...(conversationId === undefined ? {} : { conversationId }),
      ...(provedAt ? { provedAt } : {}),
      ...(WAITING.includes(state) ? { waitingSince: receivedAt } : {}),
      ...(state === 'approved' ? { toApplySince: receivedAt } : {}),
      content: this.store.vault.seal(content satisfies Content, contentPath(id)),
    };
  }

  /** Nothing when the seal cannot be opened: one such request must not hold up the others. */
  private readable(document: UpdateRequestDocument): UpdateRequest[] {
    try {
      return [this.opened(document)];
    } catch {
      return [];
    }
  }

  private opened({ _id: id, content, ...document }: UpdateRequestDocument): UpdateRequest {
    const { effects: _effects, waitingSince: _waits, toApplySince: _applies, ...rest } = document;
    // What `clear` sealed under this very id; the vault refuses anything else.
    const opened = this.store.vault.open(content, contentPath(id)) as Content;
    return { ...rest, ...opened, ...withDates(opened), id };
  }
}

/** Where update requests hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: COLLECTION, field: 'content', pathOf: contentPath },
  sealedEffects(COLLECTION),
];

/** A seal holds JSON, in which instants are text. */
function withDates({ vouched, decided }: Content): Pick<Content, 'vouched' | 'decided'> {
  return {
    ...(vouched ? { vouched: { ...vouched, at: new Date(vouched.at) } } : {}),
    ...(decided ? { decided: { ...decided, at: new Date(decided.at) } } : {}),
  };
}

function contentPath(id: string): string {
  return `${COLLECTION}/${id}/content`;
}
