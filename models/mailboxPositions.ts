import { createHash } from 'node:crypto';
import { Schema, type Model } from 'mongoose';
import { isDuplicateKey } from './duplicateKey';
import type { Store } from './store';

/** How far an IMAP mailbox has been read. */
export interface MailboxPosition {
  /** Under another value, the server counts its mails anew (RFC 9051, 2.3.1.1). */
  readonly uidValidity: string;
  /** Every mail up to this UID was taken. */
  readonly lastUid: number;
  readonly firstLookAt: Date;
  /** When the last look began that took everything there was. */
  readonly lastPolledAt: Date;
  /** After the server began to count anew: mails up to a UID that are older than this were taken before. */
  readonly recount?: { readonly untilUid: number; readonly notBefore: Date };
}

interface PositionDocument extends MailboxPosition {
  _id: string;
}

const schema = new Schema<PositionDocument>(
  {
    _id: { type: String, required: true },
    uidValidity: { type: String, required: true },
    lastUid: { type: Number, required: true },
    firstLookAt: { type: Date, required: true },
    lastPolledAt: { type: Date, required: true },
    recount: new Schema<NonNullable<MailboxPosition['recount']>>(
      { untilUid: { type: Number, required: true }, notBefore: { type: Date, required: true } },
      { _id: false },
    ),
  },
  { versionKey: false, strict: 'throw' },
);

/** Positions in IMAP mailboxes; a mailbox is named `user@host/folder`, and only a hash of that is stored. */
export class MailboxPositions {
  private readonly model: Model<PositionDocument>;

  constructor(store: Store) {
    this.model = store.connection.model<PositionDocument>(
      'MailboxPosition',
      schema,
      'mailboxPositions',
    );
  }

  async of(mailbox: string): Promise<MailboxPosition | undefined> {
    const found = await this.model.findById(hashOf(mailbox)).lean<PositionDocument>();
    if (!found) return undefined;
    const { _id, ...position } = found;
    return position;
  }

  /** Notes the first look; gives what was noted before, if anything was. */
  async begin(
    mailbox: string,
    uidValidity: string,
    lastUid: number,
    at: Date,
  ): Promise<MailboxPosition> {
    const position = { uidValidity, lastUid, firstLookAt: at, lastPolledAt: at };
    try {
      await this.model.create({ _id: hashOf(mailbox), ...position });
      return position;
    } catch (error) {
      const known = isDuplicateKey(error) ? await this.of(mailbox) : undefined;
      if (!known) throw error;
      return known;
    }
  }

  /** Begins to count anew, from the mailbox's first mail. */
  async recount(
    mailbox: string,
    from: MailboxPosition,
    uidValidity: string,
    recount: NonNullable<MailboxPosition['recount']>,
  ): Promise<MailboxPosition> {
    await this.model.updateOne(
      { _id: hashOf(mailbox), uidValidity: from.uidValidity },
      { $set: { uidValidity, lastUid: 0, recount } },
    );
    // Another process may have done it before, and be further.
    return (await this.of(mailbox)) ?? { ...from, uidValidity, lastUid: 0, recount };
  }

  /** Moves on to a mail that was taken; never back. */
  async moveTo(mailbox: string, uidValidity: string, lastUid: number): Promise<void> {
    await this.model.updateOne(
      { _id: hashOf(mailbox), uidValidity, lastUid: { $lt: lastUid } },
      { $set: { lastUid } },
    );
  }

  /** Notes that a look took everything there was. */
  async polled(mailbox: string, uidValidity: string, at: Date): Promise<void> {
    await this.model.updateOne(
      { _id: hashOf(mailbox), uidValidity, lastPolledAt: { $lt: at } },
      { $set: { lastPolledAt: at } },
    );
  }
}

const hashOf = (mailbox: string): string =>
  createHash('sha256').update(mailbox).digest('base64url');
