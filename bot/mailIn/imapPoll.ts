import type { ImapFlowError } from 'imapflow';
import {
  LARGEST_INBOUND_BYTES,
  type MailboxPosition,
  type MailboxPositions,
  type MailIntake,
  type UnfetchedMail,
} from '../../services/inbound/intake';
import { HEADER_BYTES } from '../../services/inbound/messageKey';
import type { Clock, Log } from '../../services/ports';
import { imapAddressOf } from './imapAddress';
import { envelopeOf } from './imapEnvelope';
import { ImapMailbox, type ImapPatience, type MailboxState, type MailFacts } from './imapMailbox';

/** What the poll is told. */
export interface ImapPollOptions {
  /** `imaps://user:password@host:993/INBOX`; user, password and folder percent-encoded. */
  readonly url: string;
  readonly records: MailboxPositions;
  readonly intake: MailIntake;
  readonly clock: Clock;
  readonly log: Log;
  /** The desk's own addresses. */
  readonly mailboxes: readonly string[];
  readonly patience?: ImapPatience;
}

const PATIENCE: ImapPatience = { commandMs: 30_000, mailMs: 5 * 60_000 };
/** A mail that cannot be fetched so often, over connections that otherwise work, is noted and left to a person. */
const FETCH_TRIES = 5;
const DAY_MS = 24 * 60 * 60 * 1000;
const OLDEST_ARRIVAL_MS = 365 * DAY_MS;
/** A wrong password is not tried every half minute: many servers shut out whoever does. */
const REFUSED_PAUSE_MS = 10 * 60 * 1000;

/** Reads an IMAP mailbox again and again, and leaves it as it is. */
export class ImapPoll {
  private readonly mailbox: ImapMailbox;
  private readonly name: string;
  private readonly own: ReadonlySet<string>;
  /** How often fetching a mail has failed, by its UID. */
  private readonly failures = new Map<number, number>();
  /** UIDs of mails that were noted instead of fetched. */
  private readonly noted = new Set<number>();
  private current: Promise<void> | undefined;
  private completeStart: Date | undefined;
  private pausedUntil = new Date(0);
  private closing = false;

  constructor(private readonly options: ImapPollOptions) {
    const address = imapAddressOf(options.url);
    this.name = address.name;
    this.mailbox = new ImapMailbox(address, options.patience ?? PATIENCE);
    this.own = new Set(options.mailboxes.map((mailbox) => mailbox.toLowerCase()));
  }

  /** Takes every mail that came since the last look; never rejects. A poll under way is joined. */
  async poll(): Promise<void> {
    if (this.closing) return;
    this.current ??= this.look().finally(() => {
      this.current = undefined;
    });
    await this.current;
  }

  /** When the last poll that read everything began. */
  lastCompleteStart(): Date | undefined {
    return this.completeStart;
  }

  /** Ends a poll under way after the mail it is at, and takes leave of the server. */
  async close(): Promise<void> {
    this.closing = true;
    if (this.current) this.mailbox.drop();
    await this.current;
    await this.mailbox.close();
  }

  private async look(): Promise<void> {
    const { clock, log } = this.options;
    const began = clock.now();
    if (began < this.pausedUntil) return;
    try {
      if (await this.readOn(began)) this.completeStart = began;
    } catch (error) {
      if (this.closing) return;
      if (isRefusal(error)) this.pausedUntil = new Date(began.getTime() + REFUSED_PAUSE_MS);
      log.warn('imap.failed', { code: codeOf(error) });
    }
  }

  /** Whether everything was read. */
  private async readOn(began: Date): Promise<boolean> {
    const { records } = this.options;
    const position = await this.positionIn(await this.mailbox.examine(), began);
    const { uidValidity } = position;
    let complete = true;
    for (const uid of await this.mailbox.uidsAfter(position.lastUid)) {
      if (this.closing) return false;
      if (!(await this.took(uid, position))) complete = false;
      // Behind a mail that has to be tried again the position stands still; those taken after it are known next time.
      else if (complete) await records.moveTo(this.name, uidValidity, uid);
    }
    if (complete) await records.polled(this.name, uidValidity, began);
    return complete;
  }

  private async positionIn(state: MailboxState, now: Date): Promise<MailboxPosition> {
    const { records } = this.options;
    const { uidValidity, lastUid } = state;
    const known = await records.of(this.name);
    // What lay there before the desk was set up was not written to it.
    if (!known) return records.begin(this.name, uidValidity, lastUid, now);
    if (known.uidValidity === uidValidity) return known;
    this.failures.clear();
    this.noted.clear();
    const notBefore = new Date(known.lastPolledAt.getTime() - DAY_MS);
    return records.recount(this.name, known, uidValidity, { untilUid: lastUid, notBefore });
  }

  /** Takes or notes a mail; false when it has to be tried again. Rejects when the poll cannot go on. */
  private async took(uid: number, position: MailboxPosition): Promise<boolean> {
    if (this.noted.has(uid)) return true;
    let facts: MailFacts | undefined;
    let raw: Buffer | undefined;
    try {
      facts = await this.mailbox.facts(uid);
      if (!facts || isOld(uid, facts, position)) return true;
      const tooLarge = facts.bytes > LARGEST_INBOUND_BYTES;
      raw = await this.mailbox.source(uid, tooLarge ? HEADER_BYTES : LARGEST_INBOUND_BYTES + 1);
    } catch (error) {
      return this.failed(uid, position, facts, error);
    }
    if (!raw) return true;
    await this.handIn(raw, facts);
    this.failures.delete(uid);
    return true;
  }

  private async handIn(raw: Buffer, facts: MailFacts): Promise<void> {
    const { intake } = this.options;
    const envelope = await envelopeOf(raw, async (address) =>
      this.own.has(address) ? true : intake.accepts(address),
    );
    const receivedAt = this.receiptOf(facts);
    // Some servers count wrongly: what came counts as well.
    const bytes = Math.max(facts.bytes, raw.length);
    if (bytes > LARGEST_INBOUND_BYTES) {
      const key = `${this.name}\0${bytes}\0${facts.arrivedAt?.toISOString() ?? ''}`;
      await this.note({ key, envelope, receivedAt, bytes, reason: 'tooLarge' });
    } else await intake.take({ raw, envelope, door: 'imap', receivedAt });
  }

  /** Counts a failed fetch; at last the mail is noted, so that it does not stand in the way of others for ever. */
  private async failed(
    uid: number,
    { uidValidity }: MailboxPosition,
    facts: MailFacts | undefined,
    error: unknown,
  ): Promise<boolean> {
    if (this.closing) throw error;
    const attempts = (this.failures.get(uid) ?? 0) + 1;
    this.failures.set(uid, attempts);
    this.options.log.warn('imap.fetchFailed', { attempts, code: codeOf(error) });
    const givenUp = attempts >= FETCH_TRIES;
    if (givenUp) {
      await this.note({
        key: `${this.name}\0${uidValidity}\0${uid}`,
        envelope: { from: '', to: [] },
        receivedAt: this.receiptOf(facts ?? { bytes: 0 }),
        bytes: facts?.bytes ?? 0,
        reason: 'unreadable',
      });
      this.noted.add(uid);
    }
    if (!this.mailbox.connected) throw error;
    return givenUp;
  }

  private async note(mail: UnfetchedMail): Promise<void> {
    await this.options.intake.noteUnfetched(mail);
  }

  /** When the mailbox got it; a clock that is far off is not believed. */
  private receiptOf({ arrivedAt }: MailFacts): Date {
    const now = this.options.clock.now();
    const believed =
      arrivedAt && arrivedAt <= now && now.getTime() - arrivedAt.getTime() <= OLDEST_ARRIVAL_MS;
    return believed ? arrivedAt : now;
  }
}

/** After the server began to count anew: whether a mail was taken under its former number. */
const isOld = (uid: number, { arrivedAt }: MailFacts, { recount }: MailboxPosition): boolean =>
  recount !== undefined &&
  arrivedAt !== undefined &&
  uid <= recount.untilUid &&
  arrivedAt < recount.notBefore;

/** What is thrown by imapflow and by Node, as far as it can be told. */
const detailsOf = (error: unknown): Partial<ImapFlowError> =>
  typeof error === 'object' && error !== null ? error : {};

const isRefusal = (error: unknown): boolean => detailsOf(error).authenticationFailed === true;

/** A code of ours, of Node or of IMAP; the message may hold what the server said. */
function codeOf(error: unknown): string {
  const { code, serverResponseCode, responseStatus, name } = detailsOf(error);
  return code ?? serverResponseCode ?? responseStatus ?? name ?? typeof error;
}
