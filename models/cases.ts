import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import { sealed } from './sealed';
import type { Store } from './store';

export type CaseKind = 'breach' | 'misuse' | 'complaint' | 'question';
/** `now`: harm is being done this minute; `high`: someone got in or data got out; `normal`: the rest. */
export type Urgency = 'now' | 'high' | 'normal';
export type AboutStaff = 'no' | 'staff' | 'privacy_manager';

/** What the customer told, in their words. */
export interface Report {
  readonly whatHappened: string;
  /** When they noticed: their words, and the date in the company's zone where it could be read. */
  readonly noticed?: { readonly words: string; readonly date?: string };
  readonly email?: string;
  /** The address was read from their words and not yet confirmed by them. */
  readonly emailUnconfirmed?: boolean;
  /** They said that somebody else can read their mailbox. */
  readonly mailboxShared?: boolean;
  readonly name?: string;
  readonly phone?: string;
}

/** The five-business-day clock of a case; everything needed to compute it again is pinned. */
export interface CasePromise {
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly calendarHash: string;
  readonly zone: string;
  readonly days: number;
  readonly rule: string;
}

/** Something that must follow from a change, stored in the same write; `body` is the sealed content. */
export interface Effect {
  readonly id: string;
  readonly kind: 'mail' | 'message';
  readonly body: unknown;
  /** How often it failed, and when to try it again; absent until it fails. */
  readonly attempts?: number;
  readonly nextTryAt?: Date;
}

export interface Case {
  /** UUID; that of the report draft it came from. */
  readonly id: string;
  /** `PD-XXXX-XXXX`. */
  readonly reference: string;
  readonly kind: CaseKind;
  readonly urgency: Urgency;
  readonly aboutStaff: AboutStaff;
  readonly confirmed: boolean;
  readonly channel: 'chat';
  readonly conversationId: string;
  readonly promise: CasePromise;
  /** Whether a PIN opens it; otherwise the e-mail address of the report does. */
  readonly opensByPin: boolean;
  readonly report: Report;
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly conversationReference?: unknown;
  readonly answer?: Answer;
}

/** What the privacy manager answered. */
export interface Answer {
  readonly answeredAt: Date;
  readonly text: string;
}

/** A case and what still has to follow from it. */
export interface CaseWithEffects {
  readonly id: string;
  /** Absent when the seal cannot be opened with the keys at hand. */
  readonly content: { readonly case: Case; readonly effects: readonly Effect[] } | undefined;
}

interface CaseDocument extends Omit<Case, 'id' | 'report' | 'conversationReference' | 'answer'> {
  _id: string;
  report: string;
  conversationReference?: string;
  answer?: { answeredAt: Date; text: string };
  effects: (Omit<Effect, 'body'> & { body: string })[];
}

const schema = new Schema<CaseDocument>(
  {
    _id: { type: String, required: true },
    reference: { type: String, required: true },
    kind: { type: String, required: true, enum: ['breach', 'misuse', 'complaint', 'question'] },
    urgency: { type: String, required: true, enum: ['now', 'high', 'normal'] },
    aboutStaff: { type: String, required: true, enum: ['no', 'staff', 'privacy_manager'] },
    confirmed: { type: Boolean, required: true },
    channel: { type: String, required: true, enum: ['chat'] },
    conversationId: { type: String, required: true },
    promise: {
      type: new Schema<CasePromise>(
        {
          receivedAt: { type: Date, required: true },
          dueAt: { type: Date, required: true },
          calendarHash: { type: String, required: true },
          zone: { type: String, required: true },
          days: { type: Number, required: true },
          rule: { type: String, required: true },
        },
        { _id: false },
      ),
      required: true,
    },
    opensByPin: { type: Boolean, required: true },
    report: sealed(),
    conversationReference: { ...sealed(), required: false },
    answer: new Schema<NonNullable<CaseDocument['answer']>>(
      { answeredAt: { type: Date, required: true }, text: sealed() },
      { _id: false },
    ),
    effects: [
      new Schema<CaseDocument['effects'][number]>(
        {
          id: { type: String, required: true },
          kind: { type: String, required: true },
          body: sealed(),
          attempts: Number,
          nextTryAt: Date,
        },
        { _id: false },
      ),
    ],
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ reference: 1 }, { unique: true });
schema.index({ 'effects.id': 1 }, { sparse: true });

/** Cases in the store; a case and its effects are always one document write. */
export class CaseRecords {
  private readonly model: Model<CaseDocument>;

  constructor(private readonly store: Store) {
    this.model = store.connection.model<CaseDocument>('Case', schema, 'cases');
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  /** Stores a new case with its effects. `known`: this id was opened before; `referenceTaken`: draw another. */
  async insert(
    opened: Case,
    effects: readonly Effect[],
  ): Promise<'stored' | 'known' | 'referenceTaken'> {
    const { id, report, conversationReference, answer: _answer, ...rest } = opened;
    const { vault } = this.store;
    try {
      await this.model.create({
        ...rest,
        _id: id,
        report: vault.seal(report, reportPath(id)),
        ...(conversationReference === undefined
          ? {}
          : { conversationReference: vault.seal(conversationReference, whereabouts(id)) }),
        effects: this.sealedEffects(id, effects),
      });
      return 'stored';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return (await this.byId(id)) ? 'known' : 'referenceTaken';
    }
  }

  async byId(id: string): Promise<Case | undefined> {
    return this.opened(await this.model.findById(id).lean<CaseDocument>());
  }

  async byReference(reference: string): Promise<Case | undefined> {
    return this.opened(await this.model.findOne({ reference }).lean<CaseDocument>());
  }

  /** Replaces what an unconfirmed case holds by what the customer told since; false when it was confirmed before. */
  async update(
    told: Pick<
      Case,
      'id' | 'kind' | 'urgency' | 'aboutStaff' | 'opensByPin' | 'confirmed' | 'report'
    >,
    effects: readonly Effect[],
  ): Promise<boolean> {
    const { id, report, ...rest } = told;
    const result = await this.model.updateOne(
      { _id: id, confirmed: false },
      {
        $set: { ...rest, report: this.store.vault.seal(report, reportPath(id)) },
        $push: { effects: { $each: this.sealedEffects(id, effects) } },
      },
      { runValidators: true },
    );
    return result.matchedCount === 1;
  }

  /** Stores the answer with its effects; false when there is one already. */
  async answer(id: string, answer: Answer, effects: readonly Effect[]): Promise<boolean> {
    const text = this.store.vault.seal(answer.text, answerPath(id));
    const result = await this.model.updateOne(
      { _id: id, answer: { $exists: false } },
      {
        $set: { answer: { answeredAt: answer.answeredAt, text } },
        $push: { effects: { $each: this.sealedEffects(id, effects) } },
      },
      { runValidators: true },
    );
    return result.matchedCount === 1;
  }

  /**
   * Cases that still have effects to carry out, in the order of their ids.
   * @param after the id of the last case of the page before; the first page without.
   */
  async withEffects(limit: number, after = ''): Promise<CaseWithEffects[]> {
    const found = await this.model
      .find({ _id: { $gt: after }, 'effects.id': { $exists: true } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CaseDocument[]>();
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
        effects: document.effects.map((effect) => ({
          ...effect,
          body: this.store.vault.open(effect.body, effectPath(document._id, effect.id)),
        })),
      };
    } catch {
      return undefined;
    }
  }

  async removeEffect(caseId: string, effectId: string): Promise<void> {
    await this.model.updateOne({ _id: caseId }, { $pull: { effects: { id: effectId } } });
  }

  /** Notes how often an effect has failed, and when to try it again. */
  async deferEffect(
    caseId: string,
    effectId: string,
    attempts: number,
    nextTryAt: Date,
  ): Promise<void> {
    const found = await this.model.findById(caseId, { effects: 1 }).lean<CaseDocument>();
    const place = found?.effects.findIndex(({ id }) => id === effectId) ?? -1;
    if (place < 0) return;
    // By its place, since the embedded store has no `effects.$`; one that has moved meanwhile is tried again as before.
    const at = `effects.${place}`;
    await this.model.updateOne(
      { _id: caseId, [`${at}.id`]: effectId },
      { $set: { [`${at}.attempts`]: attempts, [`${at}.nextTryAt`]: nextTryAt } },
    );
  }

  private sealedEffects(caseId: string, effects: readonly Effect[]): CaseDocument['effects'] {
    return effects.map(({ id, kind, body }) => ({
      id,
      kind,
      body: this.store.vault.seal(body, effectPath(caseId, id)),
    }));
  }

  private opened(document: CaseDocument | null): Case | undefined {
    return document ? this.unsealed(document) : undefined;
  }

  private unsealed(document: CaseDocument): Case {
    const { _id: id, report, conversationReference, answer, effects: _effects, ...rest } = document;
    const { vault } = this.store;
    return {
      ...rest,
      id,
      report: vault.open(report, reportPath(id)) as Report,
      ...(conversationReference
        ? { conversationReference: vault.open(conversationReference, whereabouts(id)) }
        : {}),
      ...(answer
        ? { answer: { ...answer, text: vault.open(answer.text, answerPath(id)) as string } }
        : {}),
    };
  }
}

const reportPath = (id: string): string => `cases/${id}/report`;
const whereabouts = (id: string): string => `cases/${id}/conversationReference`;
const answerPath = (id: string): string => `cases/${id}/answer`;
const effectPath = (id: string, effectId: string): string => `cases/${id}/effects/${effectId}`;
