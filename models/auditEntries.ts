import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import type { Store } from './store';

/** Everything that the audit log speaks of. */
export const AUDIT_ACTIONS = [
  'case.opened',
  'case.confirmed',
  'case.added',
  'case.answered',
  'case.answeredAgain',
  'case.noted',
  'case.extended',
  'case.closed',
  'case.filed',
  'case.reopened',
  'case.messageAdded',
  'case.warned',
  'case.missed',
  'case.apologised',
  'case.extensionOffered',
  'case.undelivered',
  'case.staffAway',
  'mail.received',
  'mail.quarantined',
  'mail.held',
  'mail.released',
  'mail.discarded',
  'mail.read',
  'mail.sent',
  'mail.dead',
  'update.filed',
  'update.proved',
  'update.requested',
  'update.vouched',
  'update.approved',
  'update.refused',
  'update.applied',
  'update.conflict',
  'update.noticeWithheld',
  'record.imported',
  'record.exported',
  'record.verified',
  'record.guessed',
  'record.codeNotSent',
  'record.frozen',
  'record.freezeConfirmed',
  'record.unfrozen',
  'record.disowned',
  'record.unsubscribed',
  'reset.sent',
  'reset.used',
  'child.stopped',
  'keys.rotated',
  'handoff.requested',
  'handoff.claimed',
  'handoff.transferred',
  'handoff.requeued',
  'handoff.ended',
  'handoff.read',
  'consent.asked',
  'consent.given',
  'consent.refused',
  'consent.revoked',
  'consent.ended',
  'call.taken',
  'call.ended',
  'call.codeSent',
  'call.verified',
  'call.stopped',
  'transcript.mailed',
  'case.named',
  'case.read',
  'account.invited',
  'account.activated',
  'account.changed',
  'account.disabled',
  'account.enabled',
  'account.signedIn',
  'account.guessed',
  'deputy.added',
  'deputy.removed',
  'choice.accepted',
  'choice.rejected',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The kinds of things that the audit log tells of. */
const SUBJECTS = [
  ...(['case', 'mail', 'update', 'record', 'conversation', 'staff', 'audit'] as const),
  ...(['handoff', 'call', 'choice'] as const),
] as const;

/** What an entry of the audit log is about. */
export interface AuditSubject {
  readonly kind: (typeof SUBJECTS)[number];
  readonly id: string;
}

/** One link of the audit log's chain. */
export interface AuditEntry {
  /** 1 for the first, then without gaps. */
  readonly seq: number;
  /** Fixed by the cause: the same event twice is one entry. */
  readonly id: string;
  readonly action: AuditAction;
  readonly at: Date;
  readonly about: AuditSubject;
  /** `customer`, `desk`, `operator` (a command), or `staff:` and 16 hexadecimal digits. */
  readonly by: string;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  /** SHA-256, in hexadecimal, over the hash before and this entry. */
  readonly hash: string;
  /** HMAC-SHA-256 of the hash, in hexadecimal. */
  readonly mac: string;
}

/** A signed statement of where the log stood. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
  readonly at: Date;
  /** Ed25519, in base64. */
  readonly signature: string;
  /** SubjectPublicKeyInfo (DER), in base64. */
  readonly publicKey: string;
}

interface EntryDocument extends Omit<AuditEntry, 'seq' | 'id'> {
  _id: number;
  eventId: string;
}

interface HeadDocument extends AuditHead {
  /** The day in UTC, `YYYY-MM-DD`. */
  _id: string;
}

const entrySchema = new Schema<EntryDocument>(
  {
    _id: { type: Number, required: true },
    eventId: { type: String, required: true },
    action: { type: String, required: true, enum: AUDIT_ACTIONS },
    at: { type: Date, required: true },
    about: {
      kind: { type: String, required: true, enum: SUBJECTS },
      id: { type: String, required: true },
    },
    by: { type: String, required: true },
    facts: Schema.Types.Mixed,
    hash: { type: String, required: true },
    mac: { type: String, required: true },
  },
  { versionKey: false, strict: 'throw' },
);
entrySchema.index({ eventId: 1 }, { unique: true });
entrySchema.index({ 'about.kind': 1, 'about.id': 1 });
entrySchema.index({ 'facts.caseId': 1 }, { sparse: true });

const headSchema = new Schema<HeadDocument>(
  {
    _id: { type: String, required: true },
    seq: { type: Number, required: true },
    hash: { type: String, required: true },
    at: { type: Date, required: true },
    signature: { type: String, required: true },
    publicKey: { type: String, required: true },
  },
  { versionKey: false, strict: 'throw' },
);

/** The audit log in the store: entries are added, read, and never changed. */
export class AuditRecords {
  private readonly entries: Model<EntryDocument>;
  private readonly heads: Model<HeadDocument>;

  constructor({ connection }: Store) {
    this.entries = connection.model<EntryDocument>('AuditEntry', entrySchema, 'auditEntries');
    this.heads = connection.model<HeadDocument>('AuditHead', headSchema, 'auditHeads');
  }

  async ensureIndexes(): Promise<void> {
    await this.entries.createIndexes();
  }

  /** Adds an entry. `known`: its event stands in the log already; `seqTaken`: somebody else has its place. */
  async insert({ seq, id, ...rest }: AuditEntry): Promise<'stored' | 'known' | 'seqTaken'> {
    try {
      await this.entries.create({ ...rest, _id: seq, eventId: id });
      return 'stored';
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      return Object.hasOwn(error.keyPattern ?? {}, 'eventId') ? 'known' : 'seqTaken';
    }
  }

  /** The last entry; on the embedded store this looks at all of them. */
  async last(): Promise<AuditEntry | undefined> {
    const found = await this.entries.findOne().sort({ _id: -1 }).lean<EntryDocument>();
    return found ? entryOf(found) : undefined;
  }

  /** The entries after a place, in order, at most so many; none: there is no later one. */
  async after(seq: number, limit: number): Promise<AuditEntry[]> {
    // Bounded on both sides, since the embedded store reads a range to its end before it sorts and cuts it off.
    const bounded = await this.inOrder({ _id: { $gt: seq, $lte: seq + limit } });
    if (bounded.length === limit) return bounded;
    return this.inOrder({ _id: { $gt: seq } }, limit);
  }

  /** All entries about one thing, in order. */
  async about({ kind, id }: AuditSubject): Promise<AuditEntry[]> {
    return this.inOrder({ 'about.kind': kind, 'about.id': id });
  }

  /** All entries, about whatever, whose facts name this case, in order. */
  async naming(caseId: string): Promise<AuditEntry[]> {
    return this.inOrder({ 'facts.caseId': caseId });
  }

  /** Keeps the first head of each day. */
  async keepHead(head: AuditHead): Promise<void> {
    try {
      await this.heads.create({ ...head, _id: head.at.toISOString().slice(0, 10) });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** The heads kept, in the order of their days. */
  async keptHeads(): Promise<AuditHead[]> {
    const found = await this.heads.find().sort({ _id: 1 }).lean<HeadDocument[]>();
    return found.map(({ _id, ...head }) => head);
  }

  private async inOrder(query: Record<string, unknown>, limit = 0): Promise<AuditEntry[]> {
    const found = await this.entries
      .find(query)
      .sort({ _id: 1 })
      .limit(limit)
      .lean<EntryDocument[]>();
    return found.map(entryOf);
  }
}

const entryOf = ({ _id: seq, eventId: id, ...rest }: EntryDocument): AuditEntry => ({
  seq,
  id,
  ...rest,
});
