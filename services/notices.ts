import type { CaseSubject } from './caseSight';
import { paragraph, renderMail, replyLine, type MailBlock } from './mailText';
import type { Mail, Outbox } from './outbox';
import type { Clock } from './ports';
import type { ReplyPurpose, ReplyTokens } from './replyTokens';
import type { CaseRecipient, Staff, StaffAudience } from './staff';

/** A mail of the desk that no case carries: to staff about an inbound mail, or to whoever wrote to a mailbox. */
export interface Notice {
  /** Fixed by its cause, so that it goes out once; at most 90 characters. */
  readonly id: string;
  readonly kind: `mail.${string}` | `update.${string}` | `desk.${string}` | `record.${string}`;
  readonly subject: string;
  readonly blocks: readonly MailBlock[];
  /** What a reply to it is about. */
  readonly about?: Pick<ReplyPurpose, 'caseId' | 'heldMailId' | 'updateId' | 'digestOf'>;
  readonly references?: readonly string[];
  /** How many of the kind a customer's address gets a day, where it is not as usual. */
  readonly perDay?: number;
}

/** An address that wrote to us gets no more automatic mails of a kind than this a day. */
const PER_DAY = 5;
/** Those of staff get more, since they may do much in a day; for ever a mailbox that answers by itself would go on. */
const REPLIES_PER_DAY = 20;
/** Mails that go out because a mail of staff, or what seems to be one, came in. */
const REPLIES: ReadonlySet<Notice['kind']> = new Set(['mail.alarm', 'mail.notDone']);

/** Sends the desk's own notices, each once. */
export class Notices {
  constructor(
    private readonly outbox: Outbox,
    private readonly tokens: ReplyTokens,
    private readonly staff: Staff,
    private readonly clock: Clock,
  ) {}

  /** @returns how many addresses it goes to. */
  async toStaff(audience: StaffAudience, notice: Notice): Promise<number> {
    const addresses = await this.staff.addressesOf(audience);
    return this.toRecipients(
      addresses.map((address, index) => ({ address, place: index + 1 })),
      notice,
    );
  }

  /** To those of an audience who may hear of a case. @returns how many addresses it goes to. */
  async toHandlers(about: CaseSubject, audience: StaffAudience, notice: Notice): Promise<number> {
    return this.toRecipients(await this.handlersOf(about, audience), notice);
  }

  /** Those of an audience who may hear of a case. */
  handlersOf(about: CaseSubject, audience: StaffAudience): Promise<readonly CaseRecipient[]> {
    return this.staff.recipientsOf(audience, about);
  }

  /** @returns how many they are. */
  async toRecipients(recipients: readonly CaseRecipient[], notice: Notice): Promise<number> {
    const blocks = withReplyLine(notice);
    for (const { address, place } of recipients)
      await this.send({ ...notice, id: `${notice.id}-${place}`, blocks }, address, 'staff');
    return recipients.length;
  }

  async toOneOfStaff(to: string, notice: Notice): Promise<void> {
    await this.send({ ...notice, blocks: withReplyLine(notice) }, to, 'staff');
  }

  /** To an address that nobody has proved; capped. */
  async toCustomer(to: string, notice: Notice): Promise<void> {
    await this.send(notice, to, 'customer');
  }

  private async send(
    notice: Notice,
    to: string,
    recipientIs: ReplyPurpose['recipientIs'],
  ): Promise<void> {
    const { id, kind, subject, blocks, about = {}, references = [] } = notice;
    const replyTo = await this.tokens.mint({ ...about, recipient: to, recipientIs, mailId: id });
    await this.outbox.enqueue({
      ...{ id, kind, to, subject, replyTo, references },
      ...renderMail(blocks, subject),
      envelopeFrom: replyTo,
      createdAt: this.clock.now(),
      ...(about.caseId ? { caseId: about.caseId } : {}),
      ...capOf(notice, recipientIs),
    });
  }
}

/** Only where a reply does something. */
const withReplyLine = ({ blocks, about }: Notice): MailBlock[] =>
  about?.caseId || about?.heldMailId || about?.digestOf ? [replyLine(), ...blocks] : [...blocks];

function capOf(
  { kind, about, perDay = PER_DAY }: Notice,
  recipientIs: ReplyPurpose['recipientIs'],
): Pick<Mail, 'cap'> {
  if (recipientIs === 'customer') return { cap: { perDay } };
  if (!REPLIES.has(kind)) return {};
  return { cap: { perDay: REPLIES_PER_DAY, about: about?.caseId ?? '' } };
}

/** A notice of a few sentences. */
export const sentences = (...texts: readonly string[]): MailBlock[] => texts.map(paragraph);
