import type { ClaimedMail, OutboxRecords } from '../models/outbox';
import { ProductError } from './errors';
import { mailboxOf, MAILS_AT_ONCE, refuseUnsafeMail, type Delivery, type Mailer } from './mailer';
import type { Clock, Ids, Log, LogFields } from './ports';

/** A mail that must reach somebody. */
export interface Mail {
  /** Fixed by the cause of the mail, so that a repeated effect is one mail: letters, digits, `.`, `_`, `-`; at most 100. */
  id: string;
  /** Such as `case.acknowledged`; counts for the cap and stands in logs. */
  kind: string;
  /** One mailbox, with or without a display name; so is `replyTo`. */
  to: string;
  subject: string;
  text: string;
  html: string;
  replyTo?: string;
  /** Message-IDs with angle brackets, the oldest first. */
  references?: readonly string[];
  /** Whether a person wrote the words: `no` is for a person's; `auto-generated` unless it is said. */
  autoSubmitted?: 'auto-generated' | 'auto-replied' | 'no';
  /** The bare address to which it comes back when it cannot be delivered; that of the sender unless it is said. */
  envelopeFrom?: string;
  caseId?: string;
  /** Becomes the Date header. */
  createdAt: Date;
  /**
   * At most this many mails of this kind to this address in a UTC day of `createdAt`; more are kept as suppressed.
   * `about`: those about something else, say another case, are counted apart.
   */
  cap?: { perDay: number; about?: string };
}

/** A mail whose way has ended, as it is told to those who keep account of it. */
export interface EndedMail {
  readonly id: string;
  readonly kind: string;
  readonly caseId?: string;
  /** Absent when its seal cannot be opened. */
  readonly to?: string;
}

/** Told before an end is stored, and again if that failed: it must do no harm twice. */
export interface MailEnds {
  sent(mail: EndedMail): Promise<void>;
  /** @param code an SMTP reply code or an error code. */
  givenUp(mail: EndedMail, code: string): Promise<void>;
}

const MINUTE_MS = 60_000;
const LEASE_MS = 5 * MINUTE_MS;
const FIRST_DELAY_MS = MINUTE_MS / 2;
const LONGEST_DELAY_MS = 60 * MINUTE_MS;
const TRY_FOR_MS = 3 * 24 * 60 * MINUTE_MS;
/** Holds a mail that waited out a long stop of the desk from being given up after its first retry. */
const FEWEST_ATTEMPTS = 20;

/** Mails on their way out: stored first, then delivered at least once, with the same Message-ID each time. */
export class Outbox {
  private readonly working = new Set<Promise<number>>();
  private closed = false;

  constructor(
    private readonly records: OutboxRecords,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Log,
    private readonly options: { from: string; domain: string; ends?: MailEnds },
  ) {}

  /** The Message-ID of the mail with this id, with its angle brackets. */
  messageIdOf(id: string): string {
    return `<${id}@${this.options.domain}>`;
  }

  /** The id of the mail with this Message-ID, if it is one of ours. */
  idOf(messageId: string): string | undefined {
    const end = `@${this.options.domain.toLowerCase()}>`;
    return messageId.startsWith('<') && messageId.toLowerCase().endsWith(end)
      ? messageId.slice(1, -end.length)
      : undefined;
  }

  /** A mail by its id, whatever has become of it. */
  async find(id: string): Promise<EndedMail | undefined> {
    return this.records.find(id);
  }

  /**
   * Stores a mail for delivery; a second one with the same id changes nothing.
   * Throws BadArgument, and stores nothing, for a line break in a header or an invalid address or id.
   */
  async enqueue(mail: Mail): Promise<void> {
    refuseUnsafeMail(mail);
    const { cap, ...rest } = mail;
    const outcome = await this.records.insert(
      { ...rest, cap: cap && { key: capKey(mail), perDay: cap.perDay } },
      this.clock.now(),
    );
    if (outcome === 'suppressed') this.log.warn('mail.suppressed', fieldsOf(mail));
  }

  /**
   * Sends all that is due, a few at a time, and tells how many were handled.
   * Calls may overlap, in one process or several: a mail has one worker, and a process only so many workers.
   */
  async deliverDue(): Promise<number> {
    const workers: Promise<number>[] = [];
    while (!this.closed && this.working.size < MAILS_AT_ONCE) {
      const worker: Promise<number> = this.work().finally(() => this.working.delete(worker));
      this.working.add(worker);
      workers.push(worker);
    }
    const ends = await Promise.allSettled(workers);
    const fault = ends.find((end) => end.status === 'rejected');
    if (fault) throw fault.reason;
    return ends.reduce((sum, end) => sum + (end.status === 'fulfilled' ? end.value : 0), 0);
  }

  /** When the next mail is due, be it in the past; undefined when none waits. */
  async nextDueAt(): Promise<Date | undefined> {
    return this.records.nextDueAt();
  }

  /** Mails not yet delivered, and mails given up. */
  async counts(): Promise<{ queued: number; dead: number }> {
    return this.records.counts();
  }

  /** Takes no further mail, and resolves when those being sent are done; close the mailer after it. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.working);
  }

  private async work(): Promise<number> {
    for (let handled = 0; ; handled += 1) {
      if (this.closed) return handled;
      const now = this.clock.now();
      const owner = this.ids.uuid();
      const mail = await this.records.claim(owner, now, new Date(now.getTime() + LEASE_MS));
      if (!mail) return handled;
      await this.complete(mail, owner, await this.attempt(mail));
    }
  }

  private async attempt(mail: ClaimedMail): Promise<Delivery> {
    const { id, content, createdAt } = mail;
    // The key may be missing for an hour only, by a slip in the settings.
    if (!content) return { outcome: 'refused', permanent: false, code: 'SealBroken' };
    try {
      return await this.mailer.send({
        ...content,
        id,
        from: this.options.from,
        messageId: this.messageIdOf(id),
        date: createdAt,
      });
    } catch (error) {
      // The addressee passed enqueue, so what cannot be built is a fault of the settings or the program.
      const code = error instanceof ProductError ? error.code : 'EUNKNOWN';
      this.log.error('mail.unbuildable', { ...fieldsOf(mail), code, error });
      return { outcome: 'refused', permanent: false, code };
    }
  }

  private async complete(mail: ClaimedMail, owner: string, delivery: Delivery): Promise<void> {
    const now = this.clock.now();
    const fields = { ...fieldsOf(mail), attempts: mail.attempts };
    const ended: EndedMail = { ...{ id: mail.id, kind: mail.kind }, ...optional(mail) };
    if (delivery.outcome === 'accepted') {
      await this.options.ends?.sent(ended);
      const mine = await this.records.markSent(mail.id, owner, now);
      if (mine) this.log.info('mail.sent', fields);
      else this.log.warn('mail.leaseLost', fields);
      return;
    }
    const { code, permanent } = delivery;
    if (permanent || isTooLate(mail, now)) {
      await this.options.ends?.givenUp(ended, code);
      const mine = await this.records.markDead(mail.id, owner, now, code);
      if (mine) this.log.error('mail.dead', { ...fields, code });
      return;
    }
    const dueAt = new Date(now.getTime() + this.delayAfter(mail.attempts));
    const mine = await this.records.defer(mail.id, owner, dueAt, code);
    if (mine) this.log.warn('mail.deferred', { ...fields, code });
  }

  /** Doubles from half a minute to an hour; the random half keeps many mails from coming back in one burst. */
  private delayAfter(attempts: number): number {
    const full = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
    return full / 2 + this.ids.int(full / 2);
  }
}

const optional = ({ caseId, content }: ClaimedMail): Pick<EndedMail, 'caseId' | 'to'> => ({
  ...(caseId ? { caseId } : {}),
  ...(content ? { to: content.to } : {}),
});

function isTooLate(mail: ClaimedMail, now: Date): boolean {
  const triedFor = now.getTime() - mail.firstTriedAt.getTime();
  return triedFor >= TRY_FOR_MS && mail.attempts >= FEWEST_ATTEMPTS;
}

/** Tags after `+` and capitals reach the same mailbox nearly everywhere, so they do not get round the cap. */
function capKey(mail: Mail): string {
  const [local = '', domain = ''] = mailboxOf(mail.to).toLowerCase().split('@');
  const day = mail.createdAt.toISOString().slice(0, 10);
  const about = mail.cap?.about === undefined ? [] : [mail.cap.about];
  return [mail.kind, `${local.replace(/\+.*$/, '')}@${domain}`, day, ...about].join('\0');
}

function fieldsOf(mail: Mail | ClaimedMail): LogFields {
  return { mailId: mail.id, kind: mail.kind, caseId: mail.caseId };
}
