import { Schema, type Model } from 'mongoose';
import type { CallPurpose } from './callContent';
import { lookUpForm } from './customers';
import { isDuplicateKey } from './duplicateKey';
import type { Effect } from './effects';
import { effectSchema, PendingEffects, sealedEffects, type EffectDocument } from './pendingEffects';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/**
 * `record`: a code to the mailbox on file of a record, to be typed in a chat; `mailbox`: to one that is to become it;
 * `call`: a code to the mailbox on file, to be read out on the telephone.
 */
export type VerificationKind = 'record' | 'mailbox' | 'call';

/** What of a challenge is sealed. */
export interface ChallengeContent {
  /** The e-mail address or user name that it was asked for by. */
  readonly typed: string;
  /** The record that it can prove; absent when there is none. */
  readonly customerId?: string;
  /** Where the code went; absent when none was sent. */
  readonly mailbox?: string;
  /** Who asked for it, where it is to be read to them on the telephone: nobody else can use it. */
  readonly agentId?: string;
  /** What it is to be read out for. */
  readonly purpose?: CallPurpose;
}

/** A code that was asked for in a conversation, whether or not one was sent. */
export interface Challenge {
  /** Keyed hash of the kind, the conversation and what was typed: asked for again, it is the same challenge. */
  readonly id: string;
  readonly conversationId: string;
  readonly kind: VerificationKind;
  /** Whether its code is still to be used; an expired one is open, too. */
  readonly open: boolean;
  /** Keyed hash of the code; of something that is no code when none was sent. */
  readonly hash: string;
  /** How often its codes were tried in vain, all of them together. */
  readonly tries: number;
  readonly sentAt: Date;
  readonly expiresAt: Date;
  readonly content: ChallengeContent;
}

/** That a mailbox was proved in a conversation. */
export interface MailboxProof {
  readonly at: Date;
  /** When the customer last said something. */
  readonly seenAt: Date;
  /** Blind index of the mailbox. */
  readonly mailbox: string;
  /** Whose mailbox on file it was. */
  readonly customerId?: string;
}

interface VerificationDocument extends Omit<Challenge, 'id' | 'content'> {
  _id: string;
  content: string;
  removeAt: Date;
  proof?: MailboxProof;
  effects: EffectDocument[];
}

const COLLECTION = 'verifications';
const MAILBOX = 'verified-mailbox';

const proofSchema = new Schema<MailboxProof>(
  {
    at: { type: Date, required: true },
    seenAt: { type: Date, required: true },
    mailbox: { type: String, required: true },
    customerId: String,
  },
  { _id: false },
);

const schema = new Schema<VerificationDocument>(
  {
    _id: { type: String, required: true },
    conversationId: { type: String, required: true },
    kind: { type: String, required: true },
    open: { type: Boolean, required: true },
    hash: { type: String, required: true },
    tries: { type: Number, required: true },
    sentAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    removeAt: { type: Date, required: true },
    content: sealed(),
    proof: proofSchema,
    effects: [effectSchema],
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ conversationId: 1 });
schema.index({ removeAt: 1 });
schema.index({ 'effects.id': 1 }, { sparse: true });

/** Challenges and proofs in the store; each with what follows from it in one document write. */
export class VerificationRecords {
  private readonly model: Model<VerificationDocument>;
  /** What still has to follow from their changes. */
  readonly effects: PendingEffects;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.model = store.connection.model<VerificationDocument>('Verification', schema, COLLECTION);
    this.effects = new PendingEffects(store, COLLECTION);
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.model.createIndexes();
  }

  async byId(id: string): Promise<Challenge | undefined> {
    return this.opened(await this.model.findById(id).lean<VerificationDocument>());
  }

  /** The challenge that a code typed in the conversation is for, expired or not. */
  async current(conversationId: string, kind: VerificationKind): Promise<Challenge | undefined> {
    const found = await this.model
      .findOne({ conversationId, kind, open: true })
      .sort({ sentAt: -1 })
      .lean<VerificationDocument>();
    return this.opened(found);
  }

  /**
   * Stores a challenge as the one of its kind that is open in its conversation. One that was there before keeps its count
   * of tries, and its proof.
   * @param unless where the one before has so many tries, or is open and was sent after that, nothing is stored.
   * @returns false when nothing was stored.
   */
  async issue(
    { id, content, tries, ...rest }: Challenge,
    removeAt: Date,
    unless: { readonly tries: number; readonly sentAfter: Date },
    effects: readonly Effect[],
  ): Promise<boolean> {
    const { conversationId, kind } = rest;
    await this.model.updateMany(
      { conversationId, kind, open: true, _id: { $ne: id } },
      { $set: { open: false } },
    );
    try {
      await this.model.updateOne(
        {
          _id: id,
          tries: { $lt: unless.tries },
          $or: [{ open: false }, { sentAt: { $lte: unless.sentAfter } }],
        },
        {
          $set: { ...rest, removeAt, content: this.sealedContent(id, content) },
          $setOnInsert: { tries },
          $push: { effects: { $each: this.effects.sealed(id, effects) } },
        },
        { upsert: true, runValidators: true },
      );
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /**
   * Counts a try at an open challenge, atomically.
   * @returns how many there are with it; undefined, and nothing counted, when there were `most` or it is open no more.
   */
  async takeTry({ id, hash }: Challenge, most: number): Promise<number | undefined> {
    const found = await this.model
      .findOneAndUpdate(
        { _id: id, hash, open: true, tries: { $lt: most } },
        { $inc: { tries: 1 } },
        { returnDocument: 'after', projection: { tries: 1 } },
      )
      .lean();
    return found?.tries;
  }

  /** Uses a challenge up and stores what it proved, atomically; false for all but the first. */
  async consume(
    { id, hash }: Challenge,
    proof: MailboxProof,
    removeAt: Date,
    effects: readonly Effect[],
  ): Promise<boolean> {
    const result = await this.model.updateOne(
      { _id: id, hash, open: true },
      {
        $set: { open: false, tries: 0, proof, removeAt },
        $push: { effects: { $each: this.effects.sealed(id, effects) } },
      },
    );
    return result.matchedCount === 1;
  }

  /** Stores what something else than a code proved. */
  async prove(
    { id, content, tries, ...rest }: Challenge,
    proof: MailboxProof,
    removeAt: Date,
    effects: readonly Effect[],
  ): Promise<void> {
    await this.model.updateOne(
      { _id: id },
      {
        $set: { ...rest, removeAt, proof, content: this.sealedContent(id, content) },
        $setOnInsert: { tries },
        $push: { effects: { $each: this.effects.sealed(id, effects) } },
      },
      { upsert: true, runValidators: true },
    );
  }

  /** From when until when the codes of a conversation could be used; of each challenge the newest. */
  async codesOut(conversationId: string): Promise<{ from: Date; until: Date }[]> {
    const found = await this.model
      .find({ conversationId }, { sentAt: 1, expiresAt: 1 })
      .lean<Pick<VerificationDocument, 'sentAt' | 'expiresAt'>[]>();
    return found.map(({ sentAt: from, expiresAt: until }) => ({ from, until }));
  }

  /** Adds what follows from something that changes nothing else. */
  async addEffects(id: string, effects: readonly Effect[]): Promise<void> {
    const each = this.effects.sealed(id, effects);
    await this.model.updateOne({ _id: id }, { $push: { effects: { $each: each } } });
  }

  /** What codes of these kinds proved in a conversation after an instant, the newest first. */
  async proofs(
    conversationId: string,
    kinds: readonly VerificationKind[],
    after: Date,
  ): Promise<MailboxProof[]> {
    const found = await this.model
      .find({ conversationId, kind: { $in: kinds }, 'proof.at': { $gt: after } }, { proof: 1 })
      .sort({ 'proof.at': -1 })
      .lean<Pick<VerificationDocument, 'proof'>[]>();
    return found.flatMap(({ proof }) => proof ?? []);
  }

  /** Notes that the customer said something, for proofs that began and were last seen after those instants. */
  async seen(conversationId: string, now: Date, begunAfter: Date, seenAfter: Date): Promise<void> {
    await this.model.updateMany(
      { conversationId, 'proof.at': { $gt: begunAfter }, 'proof.seenAt': { $gt: seenAfter } },
      { $max: { 'proof.seenAt': now } },
    );
  }

  /** Ends a conversation's proofs and closes its challenges; their counts of tries stay. */
  async forget(conversationId: string): Promise<void> {
    await this.model.updateMany(
      { conversationId },
      { $set: { open: false }, $unset: { proof: 1 } },
    );
  }

  /** Removes a conversation's challenges; of one that the audit log has yet to be told of, all but that. */
  async erase(conversationId: string, now: Date): Promise<void> {
    for (const { _id: id } of await this.model.find({ conversationId }, { _id: 1 }).lean())
      await this.model.updateOne(
        { _id: id },
        {
          $set: { open: false, removeAt: now, content: this.sealedContent(id, { typed: '' }) },
          $unset: { proof: 1 },
          $pull: { effects: { kind: 'notice' } },
        },
      );
    await this.model.deleteMany({ conversationId, effects: { $size: 0 } });
  }

  /** Removes what is over, unless something has yet to follow from it. */
  async removeOld(now: Date): Promise<void> {
    await this.model.deleteMany({ removeAt: { $lte: now }, effects: { $size: 0 } });
  }

  /** What a proof of the mailbox holds. */
  mailboxIndex(mailbox: string): string {
    return this.vault.blindIndex(MAILBOX, lookUpForm(mailbox));
  }

  /** All that a proof of the mailbox may hold. */
  mailboxIndexes(mailbox: string): string[] {
    return this.vault.blindIndexes(MAILBOX, lookUpForm(mailbox));
  }

  private sealedContent(id: string, content: ChallengeContent): string {
    return this.vault.seal(content, pathOf(id));
  }

  private opened(found: VerificationDocument | null): Challenge | undefined {
    if (!found) return undefined;
    const { _id: id, conversationId, kind, open, hash, tries, sentAt, expiresAt } = found;
    // What was sealed under this very id; the vault refuses anything else.
    const content = this.vault.open(found.content, pathOf(id)) as ChallengeContent;
    return { id, conversationId, kind, open, hash, tries, sentAt, expiresAt, content };
  }
}

/** Where challenges hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: COLLECTION, field: 'content', pathOf },
  sealedEffects(COLLECTION),
];

function pathOf(id: string): string {
  return `${COLLECTION}/${id}/content`;
}
