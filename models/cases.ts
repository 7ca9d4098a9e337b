import { Schema, type Model } from 'mongoose';
import {
  CASE_CHANNELS,
  CLOCK_EVENTS,
  type Case,
  type CasePromise,
  type ClosedAs,
  type Effect,
  type Round,
} from './caseContent';
import { isDuplicateKey } from './duplicateKey';
import { effectSchema, PendingEffects, sealedEffects, type EffectDocument } from './pendingEffects';
import { sealed } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

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

/** The fields of a case that say who and what; sealed as one value. */
type SealedContent = Pick<
  Case,
  'report' | 'origin' | 'conversationReference' | 'rounds' | 'followUps' | 'notes'
>;

/** What queries need of a round; the whole of it is sealed. */
interface RoundDocument {
  receivedAt: Date;
  dueAt: Date;
  calendarHash: string;
  answeredAt?: Date;
  closedAs?: ClosedAs;
}

interface CaseDocument extends Omit<Case, 'id' | keyof SealedContent> {
  _id: string;
  content: string;
  promises: RoundDocument[];
  effects: EffectDocument[];
}

const schema = new Schema<CaseDocument>(
  {
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    kind: { type: String, required: true, enum: ['breach', 'misuse', 'complaint', 'question'] },
    urgency: { type: String, required: true, enum: ['now', 'high', 'normal'] },
    aboutStaff: { type: String, required: true, enum: ['no', 'staff', 'privacy_manager'] },
    confirmed: { type: Boolean, required: true },
    channel: { type: String, required: true, enum: CASE_CHANNELS },
    conversationId: String,
    openedAt: { type: Date, required: true },
    opensByPin: { type: Boolean, required: true },
    content: sealed(),
    promises: [
      new Schema<RoundDocument>(
        {
          receivedAt: { type: Date, required: true },
          dueAt: { type: Date, required: true },
          calendarHash: { type: String, required: true },
          answeredAt: Date,
          closedAs: String,
        },
        { _id: false },
      ),
    ],
    clock: new Schema<NonNullable<Case['clock']>>(
      {
        event: { type: String, required: true, enum: CLOCK_EVENTS },
        nextAt: { type: Date, required: true },
      },
      { _id: false },
    ),
    handled: [String],
    digestAt: Date,
    revision: { type: Number, required: true },
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ reference: 1 }, { unique: true });
schema.index({ 'effects.id': 1 }, { sparse: true });
schema.index({ 'clock.nextAt': 1 }, { sparse: true });
schema.index({ digestAt: 1 }, { sparse: true });
schema.index({ openedAt: 1 });
schema.index({ 'promises.receivedAt': 1 });

const LONG_AGO = new Date(0);

/** Cases in the store; a case and its effects are always one document write. */
export class CaseRecords {
  private readonly model: Model<CaseDocument>;
  private readonly pending: PendingEffects;

  constructor(private readonly store: Store) {
    this.model = store.connection.model<CaseDocument>('Case', schema, 'cases');
    this.pending = new PendingEffects(store, 'cases');
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores a new case with its effects. `known`: this id was opened before; `referenceTaken`: draw another. */
  async insert(
    opened: Case,
    effects: readonly Effect[],
  ): Promise<'stored' | 'known' | 'referenceTaken'> {
    try {
      await this.model.create({
        ...this.clear(opened),
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
    const { clock, digestAt, ...rest } = this.clear(changed);
    const result = await this.model.updateOne(
      { _id: id, revision },
      {
        $set: {
          ...rest,
          ...(clock ? { clock } : {}),
          ...(digestAt ? { digestAt } : {}),
          revision: revision + 1,
        },
        ...(clock && digestAt
          ? {}
          : { $unset: { ...(clock ? {} : { clock: 1 }), ...(digestAt ? {} : { digestAt: 1 }) } }),
        $push: { effects: { $each: this.pending.sealed(id, effects) } },
      },
      { runValidators: true },
    );
    return result.matchedCount === 1;
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
        case: this.unsealed(document),
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

  private opened(document: CaseDocument | null): Case | undefined {
    return document ? this.unsealed(document) : undefined;
  }

  /** Nothing when the seal cannot be opened: one such case must not hold up the others. */
  private readable(document: CaseDocument): Case[] {
    try {
      return [this.unsealed(document)];
    } catch {
      return [];
    }
  }

  private clear(opened: Case): Omit<CaseDocument, '_id' | 'effects'> {
    const { id, report, origin, conversationReference, rounds, followUps, notes, ...rest } = opened;
    const content: SealedContent = {
      ...{ report, origin, conversationReference, rounds, followUps, notes },
    };
    return {
      ...rest,
      handled: [...rest.handled],
      content: this.store.vault.seal(content, contentPath(id)),
      promises: rounds.map(roundDocument),
    };
  }

  private unsealed(document: CaseDocument): Case {
    const { _id: id, content, promises: _promises, effects: _effects, ...rest } = document;
    // What `clear` sealed under this very id; the vault refuses anything else.
    const opened = this.store.vault.open(content, contentPath(id)) as SealedContent;
    return { ...rest, ...opened, ...withDates(opened), id };
  }
}

function roundDocument({ promise, answers, closing }: Round): RoundDocument {
  const { receivedAt, dueAt, calendarHash } = promise;
  const answeredAt = answers[0]?.answeredAt;
  return {
    ...{ receivedAt, dueAt, calendarHash },
    ...(answeredAt ? { answeredAt } : {}),
    ...(closing ? { closedAs: closing.as } : {}),
  };
}

type Dated = 'rounds' | 'followUps' | 'notes';

/** A seal holds JSON, in which instants are text. */
function withDates({ rounds, followUps, notes }: SealedContent): Pick<SealedContent, Dated> {
  const dated = <T extends { readonly at: Date }>(value: T): T => ({
    ...value,
    at: new Date(value.at),
  });
  const promiseOf = (promise: CasePromise): CasePromise => ({
    ...promise,
    receivedAt: new Date(promise.receivedAt),
    dueAt: new Date(promise.dueAt),
  });
  return {
    rounds: rounds.map(({ promise, answers, extensions, closing }) => ({
      promise: promiseOf(promise),
      answers: answers.map((each) => ({ ...each, answeredAt: new Date(each.answeredAt) })),
      extensions: extensions.map((each) => ({ ...dated(each), dueAt: new Date(each.dueAt) })),
      ...(closing ? { closing: dated(closing) } : {}),
    })),
    followUps: followUps.map(dated),
    notes: notes.map(dated),
  };
}

const contentPath = (id: string): string => `cases/${id}/content`;

/** Where cases hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'cases', field: 'content', pathOf: contentPath },
  sealedEffects('cases'),
];
