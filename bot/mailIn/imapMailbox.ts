import { ImapFlow, type FetchQueryObject, type MailboxObject } from 'imapflow';
import { LARGEST_INBOUND_BYTES } from '../../services/inbound/intake';
import type { ImapAddress } from './imapAddress';

/** How long an IMAP server may take, in milliseconds. */
export interface ImapPatience {
  /** To let us in, and for one short command. */
  readonly commandMs: number;
  /** For a whole mail. */
  readonly mailMs: number;
}

/** What is known of a mail before it is fetched. */
export interface MailFacts {
  readonly bytes: number;
  /** INTERNALDATE; absent where it cannot be read. */
  readonly arrivedAt?: Date;
}

/** How a mailbox stands. */
export interface MailboxState {
  readonly uidValidity: string;
  /** The highest UID so far, or more. */
  readonly lastUid: number;
}

/** Room for what stands around a mail in a response. */
const FRAMING_BYTES = 64 * 1024;
/** A list of a million UIDs fits. */
const LONGEST_LINE_BYTES = 8 * 1024 * 1024;

/** An IMAP mailbox that is looked into and left as it is; it connects when it is needed, and again when it has to. */
export class ImapMailbox {
  private client: ImapFlow | undefined;

  constructor(
    private readonly address: ImapAddress,
    private readonly patience: ImapPatience,
  ) {}

  /** Whether there is a connection that can be used on. */
  get connected(): boolean {
    return this.client?.usable ?? false;
  }

  /** Looks at the mailbox anew; read-only, so that nothing in it changes. */
  async examine(): Promise<MailboxState> {
    const client = await this.connection();
    const { folder } = this.address;
    // uidNext is missing where a server does not send it.
    const mailbox: Omit<MailboxObject, 'uidNext'> & { uidNext?: number } = await this.within(
      this.patience.commandMs,
      client.mailboxOpen(folder, { readOnly: true }),
    );
    const lastUid =
      mailbox.uidNext === undefined ? ((await this.uidsAfter(0)).at(-1) ?? 0) : mailbox.uidNext - 1;
    return { uidValidity: String(mailbox.uidValidity), lastUid };
  }

  /** The mails after a UID, read or not, in their order. */
  async uidsAfter(uid: number): Promise<number[]> {
    const client = await this.connection();
    const found = await this.within(
      this.patience.commandMs,
      client.search({ uid: `${uid + 1}:*` }, { uid: true }),
    );
    if (!found) throw imapFault('SearchFailed');
    // `n:*` names the last mail even where its UID is below n (RFC 9051, section 9).
    return found.filter((each) => each > uid).sort((a, b) => a - b);
  }

  /** Undefined when the mail is gone. */
  async facts(uid: number): Promise<MailFacts | undefined> {
    const query = { uid: true, size: true, internalDate: true };
    const found = await this.fetch(uid, query, this.patience.commandMs);
    if (!found) return undefined;
    const { size, internalDate } = found;
    if (size === undefined) throw imapFault('FetchIncomplete');
    const arrivedAt = new Date(internalDate ?? NaN);
    return { bytes: size, ...(isNaN(arrivedAt.getTime()) ? {} : { arrivedAt }) };
  }

  /** The mail as it came, or its beginning; undefined when it is gone. It does not become read (BODY.PEEK). */
  async source(uid: number, maxLength: number): Promise<Buffer | undefined> {
    const query = { uid: true, source: { start: 0, maxLength } };
    const found = await this.fetch(uid, query, this.patience.mailMs);
    if (!found) return undefined;
    if (!found.source) throw imapFault('FetchIncomplete');
    return found.source;
  }

  /** Breaks the connection off. */
  drop(): void {
    this.client?.close();
    this.client = undefined;
  }

  /** Takes leave of the server. */
  async close(): Promise<void> {
    const { client } = this;
    if (client?.usable)
      await this.within(this.patience.commandMs, client.logout()).catch(() => undefined);
    this.drop();
  }

  private async fetch(uid: number, query: FetchQueryObject, patienceMs: number) {
    const client = await this.connection();
    return this.within(patienceMs, client.fetchOne(String(uid), query, { uid: true }));
  }

  private async connection(): Promise<ImapFlow> {
    if (this.client?.usable) return this.client;
    this.drop();
    const client = new ImapFlow({
      ...this.address.connection,
      logger: false,
      disableAutoIdle: true,
      disableCompression: true,
      connectionTimeout: this.patience.commandMs,
      greetingTimeout: this.patience.commandMs,
      maxLineLength: LONGEST_LINE_BYTES,
      maxLiteralSize: LARGEST_INBOUND_BYTES + FRAMING_BYTES,
      maxResponseSize: LARGEST_INBOUND_BYTES + LONGEST_LINE_BYTES,
    });
    // Whatever was asked of it rejects too; without a listener the event would end the process.
    client.on('error', () => {
      client.close();
    });
    this.client = client;
    await this.within(this.patience.commandMs, client.connect());
    return client;
  }

  /** A server that does not answer, or answers a byte a minute, must not hold anything up. */
  private async within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(imapFault('TimedOut'));
        this.drop();
      }, milliseconds);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What the server did not do, by a code for the log. */
const imapFault = (code: string): Error =>
  Object.assign(new Error('The IMAP server did not do what it was asked.'), { code });
