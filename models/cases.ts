import type { Model } from 'mongoose';
import {
  CASE_STATES,
  type Case,
  type CaseKind,
  type CaseState,
  type Effect,
  type Urgency,
} from './caseContent';
import { caseOf, caseSchema, documentOf, placeOf, type CaseDocument } from './caseDocument';
import { isDuplicateKey } from './duplicateKey';
import { PendingEffects } from './pendingEffects';
import { changeRevision } from './revisions';
import type { Store } from './store';

export { sealedFields } from './caseDocument';
export type * from './caseContent';

/** A case and what still has to follow from it. */
export interface CaseWithEffects {
  readonly id: string;
  /** Absent when the seal cannot be opened with the keys at hand. */
  readonly content: { readonly case: Case; readonly effects: readonly Effect[] } | undefined;
}

/** A case whose clock has something to do. */
export interface DueCase {
  readonly id: string;
  /** Absent when the seal cannot be opened with the keys at hand. */
  readonly case: Case | undefined;
}

/** Which cases to list. */
export interface CaseFilter {
  readonly state?: CaseState;
  readonly kind?: CaseKind;
  readonly urgency?: Urgency;
}

const LONG_AGO = new Date(0);
const PAGE = 200;

/** Cases in the store; a case and its effects are always one document write. */
export class CaseRecords {
  private readonly model: Model<CaseDocument>;
  private readonly pending: PendingEffects;

  constructor(private readonly store: Store) {
    this.model = store.connection.model<CaseDocument>('Case', caseSchema, 'cases');
    this.pending = new PendingEffects(store, 'cases');
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
    await this.placeOlder();
  }

  /** Stores a new case with its effects. `known`: this id was opened before; `referenceTaken`: draw another. */
  async insert(
    opened: Case,
    effects: readonly Effect[],
  ): Promise<'stored' | 'known' | 'referenceTaken'> {
    try {
      await this.model.create({
        ...documentOf(opened, this.store.vault),
        _id: opened.id,
        effects: this.pending.sealed(opened.id, effects),
      });
      return 'stored';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.byId(opened.id)) ? 'known' : 'referenceTaken';
    }
  }

  async byId(id: string): Promise<Case | undefined> {
    return this.opened(await this.model.findById(id).lean<CaseDocument>());
  }

  async byReference(reference: string): Promise<Case | undefined> {
    return this.opened(await this.model.findOne({ reference }).lean<CaseDocument>());
  }

  /**
   * Stores what has become of a case, with what follows from it.
   * @param changed carries the revision that it was read with.
   * @returns false, and changes nothing, when somebody else has changed the case since.
   */
  async change(changed: Case, effects: readonly Effect[]): Promise<boolean> {
    const { id, revision } = changed;
    return changeRevision(this.model, {
      ...{ id, revision, fields: documentOf(changed, this.store.vault) },
      optional: ['clock', 'digestAt'],
      effects: this.pending.sealed(id, effects),
    });
  }

  /**
   * Cases whose clock has something to do by now, the longest due first.
   * @param skip how many of them to leave out.
   */
  async clockDue(now: Date, limit: number, skip: number): Promise<DueCase[]> {
    const found = await this.model
      .find({ 'clock.nextAt': { $lte: now } })
      .sort({ 'clock.nextAt': 1 })
      .skip(skip)
      .limit(limit)
      .lean<CaseDocument[]>();
    return found.map((document) => ({ id: document._id, case: this.readable(document)[0] }));
  }

  /** Cases whose clock still runs and whose promise was counted by another calendar. */
  async countedByAnotherCalendar(hash: string): Promise<Case[]> {
    const found = await this.model
      .find({ 'clock.nextAt': { $gte: LONG_AGO }, 'promises.calendarHash': { $ne: hash } })
      .lean<CaseDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  /** The newest cases that were opened since then. */
  async openedSince(since: Date, limit: number): Promise<Case[]> {
    const found = await this.model
      .find({ openedAt: { $gte: since } })
      .sort({ openedAt: -1 })
      .limit(limit)
      .lean<CaseDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  /**
   * Cases by when their answer is or was due, page by page; those that cannot be opened are left out.
   * @param soonestFirst otherwise the latest.
   * @returns `last`: there are no more.
   */
  async board(
    { state, kind, urgency }: CaseFilter,
    soonestFirst: boolean,
    limit: number,
    skip: number,
  ): Promise<{ readonly cases: readonly Case[]; readonly last: boolean }> {
    const found = await this.model
      .find({
        'board.state': state ?? { $in: CASE_STATES },
        ...(kind ? { kind } : {}),
        ...(urgency ? { urgency } : {}),
      })
      .sort({ 'board.dueAt': soonestFirst ? 1 : -1, _id: 1 })
      .skip(skip)
      .limit(limit)
      .lean<CaseDocument[]>();
    return {
      cases: found.flatMap((document) => this.readable(document)),
      last: found.length < limit,
    };
  }

  /** The cases that came from a conversation. */
  async ofConversation(conversationId: string): Promise<Case[]> {
    const found = await this.model.find({ conversationId }).lean<CaseDocument[]>();
    return found.flatMap((document) => this.opened(document) ?? []);
  }

  /** Cases that wait for a digest that is due by now. */
  async digestDue(now: Date): Promise<Case[]> {
    const found = await this.model.find({ digestAt: { $lte: now } }).lean<CaseDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  /** Cases with a promise received from `from` (included) to `to` (excluded), in order of their ids, page by page. */
  async receivedBetween(from: Date, to: Date, limit: number, after = ''): Promise<Case[]> {
    const found = await this.model
      .find({
        promises: { $elemMatch: { receivedAt: { $gte: from, $lt: to } } },
        _id: { $gt: after },
      })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CaseDocument[]>();
    return found.flatMap((document) => this.opened(document) ?? []);
  }

  /**
   * Cases that still have effects to carry out, in the order of their ids.
   * @param after the id of the last case of the page before; the first page without.
   */
  async withEffects(limit: number, after = ''): Promise<CaseWithEffects[]> {
    const found = await this.pending.documents<CaseDocument>(limit, after);
    return found.map((document) => ({
      id: document._id,
      content: this.withOpenedEffects(document),
    }));
  }

  /** Undefined when a seal cannot be opened: one such case must not hold up the others. */
  private withOpenedEffects(document: CaseDocument): CaseWithEffects['content'] {
    try {
      return {
        case: caseOf(document, this.store.vault),
        effects: this.pending.opened(document._id, document.effects),
      };
    } catch {
      return undefined;
    }
  }

  removeEffect(caseId: string, effectId: string): Promise<void> {
    return this.pending.removeEffect(caseId, effectId);
  }

  deferEffect(caseId: string, effectId: string, attempts: number, nextTryAt: Date): Promise<void> {
    return this.pending.deferEffect(caseId, effectId, attempts, nextTryAt);
  }

  /** Gives a place in the list to the cases that were stored before there was one. */
  private async placeOlder(): Promise<void> {
    let after = '';
    for (;;) {
      const page = await this.model
        .find({ _id: { $gt: after }, board: { $exists: false } })
        .sort({ _id: 1 })
        .limit(PAGE)
        .lean<CaseDocument[]>();
      for (const { id, revision, rounds } of page.flatMap((each) => this.readable(each)))
        await this.model.updateOne({ _id: id, revision }, { $set: { board: placeOf(rounds) } });
      const last = page.at(-1);
      if (!last || page.length < PAGE) return;
      after = last._id;
    }
  }

  private opened(document: CaseDocument | null): Case | undefined {
    return document ? caseOf(document, this.store.vault) : undefined;
  }

  /** Nothing when the seal cannot be opened: one such case must not hold up the others. */
  private readable(document: CaseDocument): Case[] {
    try {
      return [caseOf(document, this.store.vault)];
    } catch {
      return [];
    }
  }
}
