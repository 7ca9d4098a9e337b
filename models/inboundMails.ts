import { createHash } from 'node:crypto';
import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/**
 * `received`: kept and to be dealt with; `held`: waits for a word of whoever sent it; `quarantined`: waits for a person;
 * `done` and `discarded`: settled.
 */
export type InboundState = 'received' | 'done' | 'quarantined' | 'held' | 'discarded';

/** Where a mail came in. */
export type InboundDoor = 'smtp' | 'imap' | 'tray';

/** Between whom a mail travelled; `from` is empty for a bounce. */
export interface InboundEnvelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** Who handed a mail in, as far as the door knows. */
export interface InboundOrigin {
  readonly remoteAddress?: string;
  readonly helo?: string;
}

/** A mail that came in, without its words: these are in a file of their own. */
export interface InboundRecord {
  readonly id: string;
  readonly door: InboundDoor;
  readonly receivedAt: Date;
  readonly envelope: InboundEnvelope;
  readonly origin: InboundOrigin;
  readonly state: InboundState;
  /** Why it is not simply done: a code such as `untrustedSender`. */
  readonly reason?: string;
  readonly caseId?: string;
  readonly bytes: number;
  /** How often dealing with it has failed. */
  readonly attempts: number;
  /** A person has looked at it and let it through: the checks of sender and token are passed over. */
  readonly released?: { readonly at: Date; readonly as?: string };
}

/** A mail to be recorded. */
export interface NewInboundMail {
  readonly id: string;
  readonly door: InboundDoor;
  readonly receivedAt: Date;
  readonly envelope: InboundEnvelope;
  readonly origin?: InboundOrigin;
  readonly bytes: number;
  /** Equal for two deliveries of one message; it holds a hash of the message's body. */
  readonly messageKey: string;
  readonly messageId?: string;
  /** Why it goes to quarantine at once, as when it could not be fetched; absent: it is to be dealt with. */
  readonly quarantineReason?: string;
}

/** What became of a mail. */
export interface InboundSettlement {
  /** Back to `received` leads `release` alone. */
  readonly state: Exclude<InboundState, 'received'>;
  readonly reason?: string;
  readonly caseId?: string;
  /** Address of the sender, kept with the Message-ID for the threading of later mails. */
  readonly fromIndexOf?: string;
  readonly messageId?: string;
}

/** The case that a mail of a thread went to, and who wrote that mail. */
export interface ThreadedCase {
  readonly caseId: string;
  readonly from: string;
}

interface InboundDocument {
  _id: string;
  door: InboundDoor;
  receivedAt: Date;
  /** Envelope and origin, sealed as one. */
  travel: string;
  state: InboundState;
  reason?: string;
  caseId?: string;
  bytes: number;
  attempts: number;
  released?: { at: Date; as?: string };
  messageKey: string;
  /** Blind index of the Message-ID. */
  messageId?: string;
  /** The sender's address, sealed; only together with a case. */
  sender?: string;
  /** When to deal with it next; absent once it is settled. */
  nextTryAt?: Date;
}

const STATES: readonly InboundState[] = ['received', 'done', 'quarantined', 'held', 'discarded'];
const WAITING_FOR_A_PERSON: readonly InboundState[] = ['quarantined', 'held'];
const LONG_AGO = new Date(0);

const schema = new Schema<InboundDocument>(
  {
    _id: { type: String, required: true },
    door: { type: String, required: true, enum: ['smtp', 'imap', 'tray'] },
    receivedAt: { type: Date, required: true },
    travel: sealed(),
    state: { type: String, required: true, enum: STATES },
    reason: String,
    caseId: String,
    bytes: { type: Number, required: true },
    attempts: { type: Number, required: true },
    released: new Schema<NonNullable<InboundDocument['released']>>(
      { at: { type: Date, required: true }, as: { ...sealed(), required: false } },
      { _id: false },
    ),
    messageKey: { type: String, required: true },
    messageId: String,
    sender: { ...sealed(), required: false },
    nextTryAt: Date,
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ messageKey: 1 }, { unique: true });
schema.index({ nextTryAt: 1 }, { sparse: true });
schema.index({ messageId: 1 }, { sparse: true });
schema.index({ state: 1 });

const ASKED_AT_ONCE = 5_000;

/** The mails that came in; each change is one atomic update, so any number of processes may deal with them. */
export class InboundMailRecords {
  private readonly mails: Model<InboundDocument>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.mails = store.connection.model<InboundDocument>('InboundMail', schema, 'inboundMails');
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.mails.createIndexes();
  }

  /** Records a mail; `known`, and nothing changed, when its message came before. */
  async insert(mail: NewInboundMail): Promise<'stored' | 'known'> {
    const { id, door, receivedAt, envelope, origin = {}, bytes, messageKey, messageId } = mail;
    const { quarantineReason: reason } = mail;
    try {
      await this.mails.create({
        _id: id,
        door,
        receivedAt,
        travel: this.vault.seal({ envelope, origin }, travelPath(id)),
        ...(reason
          ? { state: 'quarantined', reason }
          : { state: 'received', nextTryAt: receivedAt }),
        bytes,
        attempts: 0,
        messageKey: keyHash(messageKey),
        ...(messageId ? { messageId: this.vault.blindIndex(MESSAGE_ID, messageId) } : {}),
      });
      return 'stored';
    } catch (error) {
      if (isDuplicateKey(error)) return 'known';
      throw error;
    }
  }

  /** Whether a message with this key was recorded before. */
  async knows(messageKey: string): Promise<boolean> {
    return (await this.mails.exists({ messageKey: keyHash(messageKey) })) !== null;
  }

  /** Those of the ids under which a mail is recorded. */
  async known(ids: readonly string[]): Promise<Set<string>> {
    const known = new Set<string>();
    // In pages: a query has a largest size.
    for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
      const some = ids.slice(at, at + ASKED_AT_ONCE);
      const found = await this.mails.find({ _id: { $in: some } }, { _id: 1 }).lean();
      for (const { _id } of found) known.add(_id);
    }
    return known;
  }

  async byId(id: string): Promise<InboundRecord | undefined> {
    const found = await this.mails.findById(id).lean<InboundDocument>();
    return found ? this.opened(found) : undefined;
  }

  /** Mails to be dealt with now, in the order in which they came. */
  async due(now: Date, limit: number): Promise<InboundRecord[]> {
    const found = await this.mails
      .find({ nextTryAt: { $lte: now } })
      .sort({ receivedAt: 1, _id: 1 })
      .limit(limit)
      .lean<InboundDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  /** Mails to be dealt with now whose seal cannot be opened with the keys at hand. */
  async unreadable(now: Date, limit: number): Promise<string[]> {
    const found = await this.mails
      .find({ nextTryAt: { $lte: now } })
      .sort({ receivedAt: 1, _id: 1 })
      .limit(limit)
      .lean<InboundDocument[]>();
    return found.flatMap((document) =>
      this.readable(document).length === 0 ? [document._id] : [],
    );
  }

  /**
   * Records what became of a mail; false when it is no longer in the state it had.
   * @param from the state that it had.
   */
  async settle(
    id: string,
    { state, reason, caseId, fromIndexOf, messageId }: InboundSettlement,
    from: InboundState = 'received',
  ): Promise<boolean> {
    const { matchedCount } = await this.mails.updateOne(
      { _id: id, state: from },
      {
        $set: {
          state,
          ...(reason ? { reason } : {}),
          ...(caseId ? { caseId } : {}),
          ...(fromIndexOf ? { sender: this.vault.seal(fromIndexOf, senderPath(id)) } : {}),
          ...(messageId ? { messageId: this.vault.blindIndex(MESSAGE_ID, messageId) } : {}),
        },
        $unset: { nextTryAt: 1, ...(reason ? {} : { reason: 1 }) },
      },
      { runValidators: true },
    );
    return matchedCount === 1;
  }

  /** Puts a mail off after a fault, and counts the fault. */
  async deferUntil(id: string, at: Date): Promise<void> {
    await this.mails.updateOne(
      { _id: id, state: 'received' },
      { $set: { nextTryAt: at }, $inc: { attempts: 1 } },
    );
  }

  /**
   * Lets a mail through that waited for a person: it is dealt with anew, with its first time of receipt.
   * @param as what it is let through as.
   * @returns false when it does not wait for a person.
   */
  async release(id: string, at: Date, as?: string): Promise<boolean> {
    const released = { at, ...(as ? { as: this.vault.seal(as, releasedPath(id)) } : {}) };
    const { matchedCount } = await this.mails.updateOne(
      { _id: id, state: { $in: WAITING_FOR_A_PERSON } },
      {
        $set: { state: 'received', attempts: 0, nextTryAt: at, released },
        $unset: { reason: 1 },
      },
      { runValidators: true },
    );
    return matchedCount === 1;
  }

  /** Mails in these states, the newest first. */
  async list(states: readonly InboundState[], limit: number): Promise<InboundRecord[]> {
    const found = await this.mails
      .find({ state: { $in: states } })
      .sort({ receivedAt: -1, _id: -1 })
      .limit(limit)
      .lean<InboundDocument[]>();
    return found.flatMap((document) => this.readable(document));
  }

  async counts(): Promise<Record<InboundState, number>> {
    const counted = STATES.map(
      async (state) => [state, await this.mails.countDocuments({ state })] as const,
    );
    // One entry for each state.
    return Object.fromEntries(await Promise.all(counted)) as Record<InboundState, number>;
  }

  /** Whether any mail received up to then still waits to be dealt with. */
  async waitingUntil(at: Date): Promise<boolean> {
    const waiting = { nextTryAt: { $gte: LONG_AGO }, receivedAt: { $lte: at } };
    return (await this.mails.exists(waiting)) !== null;
  }

  /**
   * The case that a mail of a thread went to: that of the first Message-ID which leads to one. Where several mails
   * bear it, the one that came first counts, so that nobody can draw a thread to themselves by using its id again.
   */
  async threadOf(messageIds: readonly string[]): Promise<ThreadedCase | undefined> {
    for (const messageId of messageIds) {
      const found = await this.mails
        .findOne({
          messageId: { $in: this.vault.blindIndexes(MESSAGE_ID, messageId) },
          caseId: { $exists: true },
          sender: { $exists: true },
        })
        .sort({ receivedAt: 1, _id: 1 })
        .lean<InboundDocument>();
      if (found?.caseId === undefined || found.sender === undefined) continue;
      const from = this.vault.open(found.sender, senderPath(found._id)) as string;
      return { caseId: found.caseId, from };
    }
    return undefined;
  }

  /** Nothing when the seal cannot be opened: one such mail must not hold up the others. */
  private readable(document: InboundDocument): InboundRecord[] {
    try {
      return [this.opened(document)];
    } catch {
      return [];
    }
  }

  private opened(document: InboundDocument): InboundRecord {
    const { _id: id, door, receivedAt, travel, state, reason, caseId, bytes, attempts } = document;
    const { released } = document;
    // What `insert` sealed under this very id; the vault refuses anything else.
    const travelled = this.vault.open(travel, travelPath(id)) as Pick<
      InboundRecord,
      'envelope' | 'origin'
    >;
    return {
      id,
      door,
      receivedAt,
      ...travelled,
      state,
      ...(reason ? { reason } : {}),
      ...(caseId ? { caseId } : {}),
      bytes,
      attempts,
      ...(released ? { released: this.openedRelease(id, released) } : {}),
    };
  }

  private openedRelease(
    id: string,
    { at, as }: NonNullable<InboundDocument['released']>,
  ): NonNullable<InboundRecord['released']> {
    return { at, ...(as ? { as: this.vault.open(as, releasedPath(id)) as string } : {}) };
  }
}

const MESSAGE_ID = 'inbound/message-id';
const travelPath = (id: string): string => `inbound/${id}/travel`;
const senderPath = (id: string): string => `inbound/${id}/sender`;
const releasedPath = (id: string): string => `inbound/${id}/released`;

/**
 * Not keyed, since a unique index holds one hash per value, and a keyed one would change with the key: a message could
 * then come in twice. Nobody can try out values, for the key of a message takes in a hash of its whole body.
 */
const keyHash = (messageKey: string): string =>
  createHash('sha256').update(messageKey).digest('base64url');

/** Where inbound mails hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'inboundMails', field: 'travel', pathOf: travelPath },
  { collection: 'inboundMails', field: 'sender', pathOf: senderPath },
  { collection: 'inboundMails', field: 'released.as', pathOf: releasedPath },
];
