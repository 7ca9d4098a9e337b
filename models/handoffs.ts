import type { Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import type { Effect } from './effects';
import type { Handoff, HandoffState } from './handoffContent';
import {
  handoffSchema,
  HANDOFFS,
  HandoffSeal,
  OPTIONAL_FIELDS,
  type HandoffDocument,
} from './handoffDocument';
import { PendingEffects } from './pendingEffects';
import { changeRevision } from './revisions';
import type { Store } from './store';

export type * from './handoffContent';
export { sealedFields } from './handoffDocument';

/** Far more than a conversation asks for. */
const MOST_OF_ONE = 1000;
const LONG_AGO = new Date(0);

/** What is still to be said in a conversation, and the handoff that carries it. */
export interface UnsaidOf {
  readonly id: string;
  readonly messages: readonly Effect[];
}

/** The handoffs in the store. */
export class HandoffRecords {
  private readonly model: Model<HandoffDocument>;
  private readonly seal: HandoffSeal;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;

  constructor(store: Store) {
    this.model = store.connection.model<HandoffDocument>('Handoff', handoffSchema, HANDOFFS);
    this.seal = new HandoffSeal(store.vault);
    this.effects = new PendingEffects(store, HANDOFFS);
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /**
   * Stores a new handoff with its effects; `taken`, and nothing changed: there is one with its id, or its conversation
   * waits or is held already.
   */
  async insert(handoff: Handoff, effects: readonly Effect[]): Promise<'stored' | 'taken'> {
    try {
      await this.model.create({
        ...this.seal.closed(handoff),
        _id: handoff.id,
        effects: this.effects.sealed(handoff.id, effects),
      });
      return 'stored';
    } catch (error) {
      if (isDuplicateKey(error)) return 'taken';
      throw error;
    }
  }

  async byId(id: string): Promise<Handoff | undefined> {
    const found = await this.model.findById(id).lean<HandoffDocument>();
    return found ? this.seal.opened(found) : undefined;
  }

  /** The one by which a conversation waits or is held. */
  async openOf(conversationId: string): Promise<Handoff | undefined> {
    const found = await this.model
      .findOne({ openConversation: conversationId })
      .lean<HandoffDocument>();
    return found ? this.seal.opened(found) : undefined;
  }

  /** The one by which a conversation waits for a call. */
  async callBackOf(conversationId: string): Promise<Handoff | undefined> {
    const state: HandoffState = 'callBack';
    const found = await this.model.findOne({ conversationId, state }).lean<HandoffDocument>();
    return found ? this.seal.opened(found) : undefined;
  }

  /** The one that a conversation asked for last, whatever has become of it. */
  async newestOf(conversationId: string): Promise<Handoff | undefined> {
    const found = await this.model
      .findOne({ conversationId })
      .sort({ requestedAt: -1 })
      .lean<HandoffDocument>();
    return found ? this.seal.opened(found) : undefined;
  }

  /**
   * Stores what has become of a handoff, with what follows from it, in one atomic update.
   * @param changed carries the revision that it was read with.
   * @param unseenSince where it is given: only if the holder's page was not there after that.
   * @returns false, and changes nothing, when it was changed since, or the page was there.
   */
  async change(changed: Handoff, effects: readonly Effect[], unseenSince?: Date): Promise<boolean> {
    const { id, revision } = changed;
    const { holderSeenAt, ...clear } = this.seal.closed(changed);
    return changeRevision(this.model, {
      ...{ id, revision, fields: clear },
      optional: OPTIONAL_FIELDS.filter((name) => name !== 'holderSeenAt' || !holderSeenAt),
      effects: this.effects.sealed(id, effects),
      ...(unseenSince ? { onlyIf: { holderSeenAt: { $lte: unseenSince } } } : {}),
      // The page may have been there since it was read.
      ...(holderSeenAt ? { with: { $max: { holderSeenAt } } } : {}),
    });
  }

  /** Notes that the page of somebody was there, in all that they hold. @param id in that handoff alone. */
  async seen(accountId: string, at: Date, id?: string): Promise<void> {
    const which = id === undefined ? {} : { _id: id };
    await this.model.updateMany({ ...which, holderId: accountId }, { $max: { holderSeenAt: at } });
  }

  /** How many wait that asked before then. */
  ahead(requestedAt: Date): Promise<number> {
    return this.model.countDocuments({ state: 'waiting', requestedAt: { $lt: requestedAt } });
  }

  /** Those in a state, those first that asked first. */
  inState(state: HandoffState, limit: number): Promise<Handoff[]> {
    return this.inOrder({ state, requestedAt: { $gt: LONG_AGO } }, limit);
  }

  /** All of a conversation. */
  ofConversation(conversationId: string): Promise<Handoff[]> {
    return this.inOrder({ conversationId }, MOST_OF_ONE);
  }

  heldBy(accountId: string, limit: number): Promise<Handoff[]> {
    return this.inOrder({ holderId: accountId }, limit);
  }

  /**
   * Those that are held, and whose holder's page was last there then or before.
   * @param holder whose alone, or of all but whom.
   */
  unseenSince(
    at: Date,
    limit: number,
    holder: { readonly only: string } | { readonly except: string },
  ): Promise<Handoff[]> {
    const holderId = 'only' in holder ? holder.only : { $ne: holder.except };
    return this.inOrder({ holderSeenAt: { $lte: at }, holderId }, limit);
  }

  /** Those that ended before then, and after which the customer is yet to be asked how it was. */
  afterTalkDue(before: Date, limit: number): Promise<Handoff[]> {
    return this.inOrder({ afterTalkDueSince: { $lt: before } }, limit);
  }

  /** Those that waited at a closing time and were not told of it. */
  untoldOf(closing: Date, limit: number): Promise<Handoff[]> {
    const waited = { state: 'waiting', requestedAt: { $lt: closing } } as const;
    return this.inOrder({ ...waited, closingTold: { $ne: closing } }, limit);
  }

  /** What is still to be said in a conversation, in the order in which it came about. */
  async unsaidIn(conversationId: string): Promise<UnsaidOf[]> {
    const found = await this.model
      .find({ conversationId, 'effects.kind': 'message' }, { effects: 1 })
      .sort({ requestedAt: 1 })
      .lean<Pick<HandoffDocument, '_id' | 'effects'>[]>();
    return found.map(({ _id: id, effects }) => {
      const unsaid = effects.filter(({ kind }) => kind === 'message');
      return { id, messages: this.effects.opened(id, unsaid) };
    });
  }

  private async inOrder(query: object, limit: number): Promise<Handoff[]> {
    const found = await this.model
      .find(query)
      .sort({ requestedAt: 1 })
      .limit(limit)
      .lean<HandoffDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  /** Nothing when the seal cannot be opened: one such handoff must not hold up the others. */
  private readable(document: HandoffDocument): Handoff[] {
    try {
      return [this.seal.opened(document)];
    } catch {
      return [];
    }
  }
}
