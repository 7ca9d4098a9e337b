import type {
  InboundDoor,
  InboundEnvelope,
  InboundMailRecords,
  InboundOrigin,
} from '../../models/inboundMails';
import type { RawMails } from '../../models/rawMails';
import { ProductError } from '../errors';
import type { Ids, Log } from '../ports';
import { identityOf } from './messageKey';

export type { InboundDoor, InboundEnvelope, InboundOrigin } from '../../models/inboundMails';
export type { MailboxPosition, MailboxPositions } from '../../models/mailboxPositions';

/** A mail at a door. */
export interface IncomingMail {
  readonly raw: Buffer;
  readonly envelope: InboundEnvelope;
  readonly door: InboundDoor;
  readonly receivedAt: Date;
  readonly origin?: InboundOrigin;
}

/** A mail of a mailbox that cannot be taken: only that it came can be recorded. */
export interface UnfetchedMail {
  /** Names the mail, the same at every try. */
  readonly key: string;
  /** As far as the header could be read. */
  readonly envelope: InboundEnvelope;
  readonly receivedAt: Date;
  readonly bytes: number;
  readonly reason: 'tooLarge' | 'unreadable';
}

/** The largest mail that is taken, as it travels. */
export const LARGEST_INBOUND_BYTES = 25 * 1024 * 1024;

/** Takes mails from the doors: a mail is kept for good before it is acknowledged. */
export class MailIntake {
  /** Times of receipt of the mails that are being taken. */
  private readonly underWay = new Set<{ readonly receivedAt: Date }>();

  constructor(
    private readonly records: InboundMailRecords,
    private readonly rawMails: RawMails,
    private readonly ids: Ids,
    private readonly log: Log,
    private readonly options: {
      /** Whether an address is one of the desk's. */
      readonly accepts: (address: string) => Promise<boolean>;
      /** Called when a mail waits to be dealt with. */
      readonly onMail: () => void;
      /** Called for a mail that could not be fetched, at least once; the key names it. */
      readonly onUnfetched?: (key: string, reason: UnfetchedMail['reason']) => Promise<void>;
    },
  ) {}

  /** Whether the desk takes mail for an address. */
  accepts(address: string): Promise<boolean> {
    return this.options.accepts(address);
  }

  /** Whether a mail received up to then is still being taken by this process. */
  takingUntil(at: Date): boolean {
    return [...this.underWay].some(({ receivedAt }) => receivedAt <= at);
  }

  /**
   * Takes a mail; it is kept for good once this resolves. `known`: this very message came before.
   * @throws ProductError `StoreUnavailable` when it cannot be kept now and should be sent again; `TooLarge`.
   */
  async take(mail: IncomingMail): Promise<'taken' | 'known'> {
    if (mail.raw.length > LARGEST_INBOUND_BYTES)
      throw new ProductError('TooLarge', 'A mail may have at most 25 MB.');
    this.underWay.add(mail);
    try {
      return await this.keep(mail);
    } catch (error) {
      throw new ProductError('StoreUnavailable', 'The mail cannot be kept now.', { cause: error });
    } finally {
      this.underWay.delete(mail);
    }
  }

  /**
   * Records, for a person to look at, that a mail came which could not be fetched from its mailbox.
   * @throws ProductError `StoreUnavailable`.
   */
  async noteUnfetched({ key, ...mail }: UnfetchedMail): Promise<'taken' | 'known'> {
    const { envelope, receivedAt, bytes, reason: quarantineReason } = mail;
    const id = this.ids.uuid();
    try {
      // Staff first: a mail that is only noted must not lie unseen after a crash.
      await this.options.onUnfetched?.(key, quarantineReason);
      const stored = await this.records.insert({
        ...{ id, door: 'imap', envelope, receivedAt, bytes, quarantineReason },
        messageKey: `unfetched\0${key}`,
      });
      if (stored === 'known') return 'known';
    } catch (error) {
      throw new ProductError('StoreUnavailable', 'The mail cannot be noted now.', { cause: error });
    }
    this.log.warn('mail.unfetched', { mailId: id, code: quarantineReason });
    this.options.onMail();
    return 'taken';
  }

  /**
   * Removes files that a crash left behind without a record; their senders were never told that they were taken.
   * @param before what was written later stays.
   */
  async dropLeftovers(before: Date): Promise<void> {
    const count = await this.rawMails.prune(before, (ids) => this.records.known(ids));
    if (count > 0) this.log.info('mail.leftoversDropped', { count });
  }

  /** First the file, then the record: a record always has its mail. */
  private async keep(mail: IncomingMail): Promise<'taken' | 'known'> {
    const { raw, envelope, door, receivedAt, origin } = mail;
    const { key: messageKey, messageId } = identityOf(raw);
    if (await this.records.knows(messageKey)) return 'known';
    const id = this.ids.uuid();
    await this.rawMails.keep(id, raw);
    const stored = await this.insert({
      ...{ id, door, receivedAt, envelope, messageKey, bytes: raw.length },
      ...(origin ? { origin } : {}),
      ...(messageId ? { messageId } : {}),
    });
    if (stored === 'known') {
      await this.rawMails.remove(id);
      return 'known';
    }
    this.log.info('mail.taken', { mailId: id, kind: door });
    this.options.onMail();
    return 'taken';
  }

  private async insert(
    record: Parameters<InboundMailRecords['insert']>[0],
  ): Promise<'stored' | 'known'> {
    try {
      return await this.records.insert(record);
    } catch (error) {
      // It may be stored and only the reply lost: the file goes only when it certainly is not.
      const found = await this.records.known([record.id]).catch(() => undefined);
      if (found?.size === 0) await this.rawMails.remove(record.id).catch(() => undefined);
      throw error;
    }
  }
}
