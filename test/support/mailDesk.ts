import { simpleParser, type ParsedMail } from 'mailparser';
import type { SendMailOptions } from 'nodemailer';
import type { Case } from '../../models/cases';
import type { InboundRecord } from '../../models/inboundMails';
import { roundOf } from '../../services/caseRounds';
import type { Understanding } from '../../services/understanding/types';
import { TestClock } from './doubles';
import { connectionTo, posted, type Posted } from './mailer';
import { startProduct, type ProductOptions, type RunningProduct } from './product';
import { startSmtpSink, type SmtpSink } from './smtpSink';

export const MANAGER = 'privacy.manager@example.com';
export const ESCALATION = 'escalation@example.com';
export const INFO = 'info@comantra.net';
export const ENQUIRY = 'enquiry@comantra.net';
export const RINA = 'rina@example.org';
/** 10:00 in Kolkata. */
export const MONDAY = new Date('2026-11-23T04:30:00Z');
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** A mail of the desk as its addressee's mail server got it. */
export interface GotMail extends ParsedMail {
  /** Bare addresses of the envelope. */
  readonly sentFrom: string;
  readonly sentTo: string;
}

/** Mail needs no understanding of chat, and learning takes seconds. */
export const understandsNothing: Understanding = {
  understand: () =>
    Promise.resolve({
      ...{ intent: 'out_of_scope', bestIntent: 'faq', score: 0 },
      ...{ passages: [], offered: [], openQuestion: false },
    }),
};

/** The whole product between two mail servers: real mail goes in by its listener, and comes out to a sink. */
export class MailDesk {
  private readonly parsed: GotMail[] = [];
  private transport: ReturnType<typeof transportTo>;

  private constructor(
    /** Starts the product, anew or over what another left. */
    private readonly startAgain: (over?: ProductOptions) => Promise<RunningProduct>,
    public running: RunningProduct,
    readonly sink: SmtpSink,
    readonly clock: TestClock,
    /** The reply code with which the sink refuses a mail to an address; nothing: it takes it. A test may change it. */
    readonly sinkSays: { refusal: (to: string) => number | undefined },
  ) {
    this.transport = transportTo(running);
  }

  static async start({
    env = {},
    now = MONDAY,
    understanding = understandsNothing,
    ...options
  }: ProductOptions & { now?: Date } = {}): Promise<MailDesk> {
    const sinkSays: MailDesk['sinkSays'] = { refusal: () => undefined };
    const sink = await startSmtpSink({
      refuseAt: 'recipient',
      refuse: (_attempt, to) => sinkSays.refusal(to),
    });
    const clock = new TestClock(now);
    const startAgain = (over: ProductOptions = {}): Promise<RunningProduct> =>
      startProduct({
        ...{ clock, understanding, ...options, ...over },
        env: { INBOUND_SMTP_PORT: '0', SMTP_URL: sink.url, ...env },
      });
    try {
      return new MailDesk(startAgain, await startAgain(), sink, clock, sinkSays);
    } catch (error) {
      await sink.close();
      throw error;
    }
  }

  /** A new process over the same store, under the same address. */
  async restart(): Promise<void> {
    const { port, store, directory } = this.running;
    this.transport.close();
    await this.running.close({ keepStore: true });
    this.running = await this.startAgain({ port, store, directory });
    this.transport = transportTo(this.running);
  }

  async close(): Promise<void> {
    this.transport.close();
    await this.running.close();
    await this.sink.close();
  }

  get office() {
    return this.running.product.office;
  }

  /** Gives a mail to the listener; dated now, unless it says otherwise. */
  post(mail: SendMailOptions): Promise<Posted> {
    return posted(this.transport, { date: this.clock.now(), ...mail });
  }

  /** Gives a mail that must be taken to the listener, and waits for all that follows from it. */
  async deliver(mail: SendMailOptions): Promise<void> {
    const { code, reply, rejected } = await this.post(mail);
    if (code !== 250 || rejected.length > 0)
      throw new Error(`The mail was refused: ${reply} ${rejected.join(', ')}`);
    await this.settle();
  }

  /** Runs every sweep until nothing more follows now. */
  async settle(): Promise<void> {
    do await this.running.product.sweep();
    while (await this.isBusy());
  }

  /** Whether anything waits that could be done now, or is being done. */
  private async isBusy(): Promise<boolean> {
    const now = this.clock.now();
    const { connection } = this.running.store;
    const inbound = connection.collection('inboundMails');
    if (await inbound.findOne({ nextTryAt: { $lte: now } })) return true;
    const outbox = connection.collection('outbox');
    if (await outbox.findOne({ dueAt: { $lte: now } })) return true;
    if (await outbox.findOne({ state: 'sending' })) return true;
    const waiting = connection.collection<{ effects: { nextTryAt?: Date }[] }>('cases');
    const cases = await waiting.find({ 'effects.id': { $gt: '' } }).toArray();
    return cases.some(({ effects }) =>
      effects.some(({ nextTryAt }) => !nextTryAt || nextTryAt <= now),
    );
  }

  count(collection: string): Promise<number> {
    return this.running.store.connection.collection(collection).countDocuments();
  }

  /** Lets time pass, and everything happen that is due then. */
  async later(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds);
    await this.settle();
  }

  /** Every mail that went out, in the order in which the sink got it, or those to one address. */
  async mails(to?: string): Promise<GotMail[]> {
    for (const { raw, from, to: recipients } of this.sink.taken.slice(this.parsed.length)) {
      const mail = await simpleParser(Buffer.from(raw, 'latin1'));
      this.parsed.push({ ...mail, sentFrom: from, sentTo: recipients[0] ?? '' });
    }
    return to === undefined ? [...this.parsed] : this.parsed.filter(({ sentTo }) => sentTo === to);
  }

  /** The last mail to an address, or the last whose subject fits. */
  async last(to: string, subject = /^/): Promise<GotMail> {
    const found = (await this.mails(to)).findLast((mail) => subject.test(mail.subject ?? ''));
    if (!found) throw new Error(`No mail to ${to} has a subject like ${String(subject)}.`);
    return found;
  }

  /** Subjects of all mails to an address. */
  async subjects(to: string): Promise<string[]> {
    return (await this.mails(to)).map(({ subject = '' }) => subject);
  }

  /** Opens a case by a mail; gives its reference and the first mails about it. */
  async openByMail(
    changes: SendMailOptions & { from?: string } = {},
    staff = MANAGER,
  ): Promise<{ id: string; reference: string; acknowledgement: GotMail; notification: GotMail }> {
    const from = changes.from ?? RINA;
    await this.deliver({
      ...{ from, to: INFO, subject: 'About cookies' },
      text: 'How long do you keep what your cookies collect?',
      ...changes,
    });
    const acknowledgement = await this.last(from, /Your message to Comantra/);
    const reference = referenceIn(acknowledgement);
    const { id } = await this.caseOf(reference);
    const notification = await this.last(staff, new RegExp(reference));
    return { id, reference, acknowledgement, notification };
  }

  async caseOf(reference: string): Promise<Case> {
    const found = await this.office.records.cases.byReference(reference);
    if (!found) throw new Error(`There is no case ${reference}.`);
    return found;
  }

  /** All cases, the newest first. */
  cases(): Promise<Case[]> {
    return this.office.records.cases.openedSince(new Date(0), 1000);
  }

  /** The texts of the answers that a case's last promise got. */
  async answers(reference: string): Promise<string[]> {
    return roundOf(await this.caseOf(reference)).answers.map(({ text }) => text);
  }

  /** How many mails to an address have such a subject. */
  async countOf(to: string, subject: RegExp): Promise<number> {
    return (await this.subjects(to)).filter((each) => subject.test(each)).length;
  }

  /** States and reasons of the mails that wait for a person, such as `quarantined: otherSender`. */
  async whyWaiting(): Promise<string[]> {
    return (await this.waiting()).map(({ state, reason }) => `${state}: ${reason ?? ''}`);
  }

  /** Mails that wait for a person, the newest first. */
  waiting(): Promise<InboundRecord[]> {
    return this.office.records.inbound.list(['quarantined', 'held'], 1000);
  }

  /** What the audit log says of a case, in order. */
  async audited(id: string): Promise<string[]> {
    return (await this.office.audit.entriesOfCase(id)).map(({ action }) => action);
  }
}

/** Kept open between mails: a new connection waits a tenth of a second for its greeting. */
const transportTo = ({ product }: RunningProduct) => connectionTo(product.smtpPort() ?? 0, true);

/** The case reference in a mail's subject. */
export function referenceIn({ subject = '' }: ParsedMail): string {
  const [reference = ''] = /PD-\w{4}-\w{4}/.exec(subject) ?? [];
  return reference;
}

/** The bare address that a reply to a mail goes to. */
export const replyAddressOf = ({ replyTo }: ParsedMail): string => replyTo?.value[0]?.address ?? '';
