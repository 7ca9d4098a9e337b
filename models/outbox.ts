import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import { sealed, type Vault } from './sealed';
import type { SealedPlace } from './sealedPlace';
import type { Store } from './store';

/** The part of a stored mail that is personal; sealed as one value. */
export interface OutboxContent {
  to: string;
  subject: string;
  text: string;
  html: string;
  replyTo?: string;
  references?: readonly string[];
  autoSubmitted?: 'auto-generated' | 'auto-replied' | 'no';
  envelopeFrom?: string;
}

/** A mail to be kept until it is delivered. */
export interface NewOutboxMail extends OutboxContent {
  id: string;
  kind: string;
  caseId?: string;
  createdAt: Date;
  /** At most `perDay` queued mails for one `key` (hashed before it is stored). */
  cap?: { key: string; perDay: number };
}

/** A mail that one worker has taken, until its lease ends. */
export interface ClaimedMail {
  id: string;
  kind: string;
  caseId?: string;
  createdAt: Date;
  /** Attempts begun, this one included. */
  attempts: number;
  firstTriedAt: Date;
  /** Absent when the seal cannot be opened with the keys at hand. */
  content?: OutboxContent;
}

interface OutboxRecord {
  _id: string;
  kind: string;
  /** `suppressed`: kept for the record, over its cap, never to be sent. */
  state: 'queued' | 'sending' | 'sent' | 'dead' | 'suppressed';
  caseId?: string;
  content: string;
  createdAt: Date;
  /** When to try next or, while sending, when the lease ends; absent once nothing is left to do. */
  dueAt?: Date;
  owner?: string;
  attempts: number;
  firstTriedAt?: Date;
  endedAt?: Date;
  /** Why the last attempt failed: an SMTP reply code or an error code. */
  lastCode?: string;
  /** One of the numbered places under a cap; the unique index decides races. */
  capPlace?: string;
}

const schema = new Schema<OutboxRecord>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    state: {
      type: String,
      required: true,
      enum: ['queued', 'sending', 'sent', 'dead', 'suppressed'],
    },
    caseId: String,
    content: sealed(),
    createdAt: { type: Date, required: true },
    dueAt: Date,
    owner: String,
    attempts: { type: Number, required: true },
    firstTriedAt: Date,
    endedAt: Date,
    lastCode: String,
    capPlace: String,
  },
  { versionKey: false, strict: 'throw' },
);
schema.index({ dueAt: 1 }, { sparse: true });
schema.index({ state: 1 });
schema.index({ capPlace: 1 }, { unique: true, sparse: true });

const LONG_AGO = new Date(0);

/** The mails to be delivered; claims and endings are single atomic updates, so any number of processes may sweep. */
export class OutboxRecords {
  private readonly mails: Model<OutboxRecord>;
  private readonly vault: Vault;

  constructor(store: Store) {
    this.mails = store.connection.model<OutboxRecord>('OutboxMail', schema, 'outbox');
    this.vault = store.vault;
  }

  async ensureIndexes(): Promise<void> {
    await this.mails.createIndexes();
  }

  /** Stores a mail once; a second mail with its id changes nothing. */
  async insert(mail: NewOutboxMail, dueAt: Date): Promise<'queued' | 'suppressed' | 'known'> {
    const { id, kind, caseId, createdAt, cap, ...content } = mail;
    const record: OutboxRecord = {
      _id: id,
      kind,
      state: 'queued',
      caseId,
      content: this.vault.seal(content, pathOf(id)),
      createdAt,
      attempts: 0,
    };
    if (!cap) return (await this.create({ ...record, dueAt })) ? 'queued' : 'known';
    if (await this.mails.exists({ _id: id })) return 'known';
    for (let place = 0; place < cap.perDay; place += 1) {
      const capPlace = this.vault.blindIndex('outbox/cap', `${cap.key}\0${place}`);
      if (await this.create({ ...record, dueAt, capPlace })) return 'queued';
    }
    return (await this.create({ ...record, state: 'suppressed', endedAt: dueAt }))
      ? 'suppressed'
      : 'known';
  }

  /** Takes the mail that has been due longest: one waiting, or one whose worker has let its lease run out. */
  async claim(owner: string, now: Date, leaseEndsAt: Date): Promise<ClaimedMail | undefined> {
    const taken = await this.mails
      .findOneAndUpdate(
        { dueAt: { $lte: now } },
        {
          $set: { state: 'sending', owner, dueAt: leaseEndsAt },
          $min: { firstTriedAt: now },
          $inc: { attempts: 1 },
        },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      )
      .lean();
    if (!taken) return undefined;
    return {
      id: taken._id,
      kind: taken.kind,
      caseId: taken.caseId,
      createdAt: taken.createdAt,
      attempts: taken.attempts,
      firstTriedAt: taken.firstTriedAt ?? now,
      content: this.contentOf(taken),
    };
  }

  /** Puts a claimed mail back; false when the claim is no longer the owner's. So do the two below. */
  async defer(id: string, owner: string, dueAt: Date, code: string): Promise<boolean> {
    return this.release(id, owner, { $set: { state: 'queued', dueAt, lastCode: code } });
  }

  async markSent(id: string, owner: string, now: Date): Promise<boolean> {
    return this.release(id, owner, {
      $set: { state: 'sent', endedAt: now },
      $unset: { dueAt: 1, lastCode: 1 },
    });
  }

  async markDead(id: string, owner: string, now: Date, code: string): Promise<boolean> {
    return this.release(id, owner, {
      $set: { state: 'dead', endedAt: now, lastCode: code },
      $unset: { dueAt: 1 },
    });
  }

  /** A mail by its id, whatever has become of it. */
  async find(
    id: string,
  ): Promise<{ id: string; kind: string; caseId?: string; to?: string } | undefined> {
    const found = await this.mails.findById(id).lean();
    if (!found) return undefined;
    const { kind, caseId } = found;
    const to = this.contentOf(found)?.to;
    return { id, kind, ...(caseId ? { caseId } : {}), ...(to ? { to } : {}) };
  }

  /** When there is next something to do, be it in the past; undefined when nothing waits. */
  async nextDueAt(): Promise<Date | undefined> {
    const next = await this.mails
      .findOne({ dueAt: { $gte: LONG_AGO } }, { dueAt: 1 })
      .sort({ dueAt: 1 })
      .lean();
    return next?.dueAt;
  }

  /** Mails not yet delivered (those being sent included), and those given up. */
  async counts(): Promise<{ queued: number; dead: number }> {
    const [queued, dead] = await Promise.all([
      this.mails.countDocuments({ dueAt: { $gte: LONG_AGO } }),
      this.mails.countDocuments({ state: 'dead' }),
    ]);
    return { queued, dead };
  }

  private async create(record: OutboxRecord): Promise<boolean> {
    try {
      await this.mails.create(record);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private async release(
    id: string,
    owner: string,
    change: { $set: Partial<OutboxRecord>; $unset?: Record<string, 1> },
  ): Promise<boolean> {
    const { matchedCount } = await this.mails.updateOne(
      { _id: id, state: 'sending', owner },
      { ...change, $unset: { ...change.$unset, owner: 1 } },
    );
    return matchedCount === 1;
  }

  private contentOf(record: OutboxRecord): OutboxContent | undefined {
    try {
      // What `insert` sealed under this very id; the vault refuses anything else.
      return this.vault.open(record.content, pathOf(record._id)) as OutboxContent;
    } catch {
      return undefined;
    }
  }
}

const pathOf = (id: string): string => `outbox/${id}`;

/** Where mails of the outbox hold something sealed. */
export const sealedFields: readonly SealedPlace[] = [
  { collection: 'outbox', field: 'content', pathOf },
];
