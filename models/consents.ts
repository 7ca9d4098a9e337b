import { Schema, type Model } from 'mongoose';
import { CONSENT_STATES, type Consent, type ConsentState } from './consentContent';
import { isDuplicateKey } from './duplicateKey';
import type { Effect } from './effects';
import { effectSchema, PendingEffects, sealedEffects, type EffectDocument } from './pendingEffects';
import { changeRevision } from './revisions';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

export type * from './consentContent';

type Content = Pick<Consent, 'conversationReference' | 'askedBy' | 'scope'>;
type ClearFields = Omit<Consent, 'id' | keyof Content>;

interface ConsentDocument extends ClearFields {
  _id: string;
  content: string;
  /** Its conversation, while it is asked for or holds: so there is one at most. */
  openConversation?: string;
  /** When it was asked for, while the question does not stand in the chat yet. */
  toShowSince?: Date;
  /** When it ends by itself, while it holds. */
  holdsUntil?: Date;
  effects: EffectDocument[];
}

const COLLECTION = 'consents';
const OPEN: readonly ConsentState[] = ['asked', 'given'];
const OPTIONAL = [
  ...(['givenAt', 'until', 'endedAt', 'endedBy'] as const),
  ...(['openConversation', 'toShowSince', 'holdsUntil'] as const),
] as const;
const LONG_AGO = new Date(0);

const schema = new Schema<ConsentDocument>(
  {
    _id: { type: String, required: true },
    handoffId: { type: String, required: true },
    conversationId: { type: String, required: true },
    state: { type: String, required: true, enum: CONSENT_STATES },
    askedAt: { type: Date, required: true },
    minutes: { type: Number, required: true },
    shown: { type: Boolean, required: true },
    givenAt: Date,
    until: Date,
    endedAt: Date,
    endedBy: { type: String, enum: ['customer', 'agent', 'time', 'conversation'] },
    revision: { type: Number, required: true },
    content: sealed(),
    openConversation: String,
    toShowSince: Date,
    holdsUntil: Date,
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ openConversation: 1 }, { unique: true, sparse: true });
schema.index({ handoffId: 1, askedAt: 1 });
schema.index({ toShowSince: 1 }, { sparse: true });
schema.index({ holdsUntil: 1 }, { sparse: true });
schema.index({ 'effects.id': 1 }, { sparse: true });

/** The consents to remote help in the store. */
export class ConsentRecords {
  private readonly model: Model<ConsentDocument>;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<ConsentDocument>('Consent', schema, COLLECTION);
    this.effects = new PendingEffects(store, COLLECTION);
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores a new consent with its effects; `taken`, and nothing changed: its conversation has one that is open. */
  async insert(consent: Consent, effects: readonly Effect[]): Promise<'stored' | 'taken'> {
    try {
      await this.model.create({
        ...this.closed(consent),
        _id: consent.id,
        effects: this.effects.sealed(consent.id, effects),
      });
      return 'stored';
    } catch (error) {
      if (isDuplicateKey(error)) return 'taken';
      throw error;
    }
  }

  async byId(id: string): Promise<Consent | undefined> {
    const found = await this.model.findById(id).lean<ConsentDocument>();
    return found ? this.opened(found) : undefined;
  }

  /** The one of a conversation that is asked for or holds. */
  async openOf(conversationId: string): Promise<Consent | undefined> {
    const found = await this.model
      .findOne({ openConversation: conversationId })
      .lean<ConsentDocument>();
    return found ? this.opened(found) : undefined;
  }

  /** All of a handoff, in order. */
  async ofHandoff(handoffId: string): Promise<Consent[]> {
    const found = await this.model
      .find({ handoffId })
      .sort({ askedAt: 1 })
      .lean<ConsentDocument[]>();
    return found.map((document) => this.opened(document));
  }

  /**
   * Stores what has become of a consent, with what follows from it, in one atomic update.
   * @param changed carries the revision that it was read with.
   * @returns false, and changes nothing, when somebody else has changed it since.
   */
  async change(changed: Consent, effects: readonly Effect[]): Promise<boolean> {
    const { id, revision } = changed;
    return changeRevision(this.model, {
      ...{ id, revision, fields: this.closed(changed), optional: OPTIONAL },
      effects: this.effects.sealed(id, effects),
    });
  }

  /** Those whose question does not stand in the chat yet. */
  toShow(limit: number): Promise<Consent[]> {
    return this.readable({ toShowSince: { $gt: LONG_AGO } }, limit);
  }

  /** Those that hold, and whose time is up then. */
  overAt(at: Date, limit: number): Promise<Consent[]> {
    return this.readable({ holdsUntil: { $lte: at } }, limit);
  }

  /** Without those whose seal cannot be opened: one such must not hold up the others. */
  private async readable(query: object, limit: number): Promise<Consent[]> {
    const found = await this.model.find(query).limit(limit).lean<ConsentDocument[]>();
    return found.flatMap((document) => {
      try {
        return [this.opened(document)];
      } catch {
        return [];
      }
    });
  }

  private closed({ id, ...consent }: Consent): Omit<ConsentDocument, '_id' | 'effects'> {
    const { conversationReference, askedBy, scope, ...clear } = consent;
    const { state, conversationId, askedAt, shown, until } = clear;
    const content: Content = { conversationReference, askedBy, scope };
    return {
      ...clear,
      ...(OPEN.includes(state) ? { openConversation: conversationId } : {}),
      ...(state === 'asked' && !shown ? { toShowSince: askedAt } : {}),
      ...(state === 'given' && until ? { holdsUntil: until } : {}),
      content: this.vault.seal(content, contentPath(id)),
    };
  }

  private opened({ _id: id, content, ...document }: ConsentDocument): Consent {
    const { effects: _effects, openConversation: _open, ...rest } = document;
    const { toShowSince: _shows, holdsUntil: _holds, ...clear } = rest;
    // What `closed` sealed under this very id; the vault refuses anything else.
    return { ...clear, ...(this.vault.open(content, contentPath(id)) as Content), id };
  }
}

/** Where consents hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: COLLECTION, field: 'content', pathOf: contentPath },
  sealedEffects(COLLECTION),
];

function contentPath(id: string): string {
  return `${COLLECTION}/${id}/content`;
}
