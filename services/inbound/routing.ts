import type { CaseRecords } from '../../models/cases';
import type { InboundDoor, InboundMailRecords } from '../../models/inboundMails';
import { mailboxKey, sameMailbox } from '../addresses';
import type { Cases } from '../cases';
import type { Guidance } from '../guidance';
import type { Outbox } from '../outbox';
import type { ReplyPurpose, ReplyTokens } from '../replyTokens';
import type { Staff } from '../staff';
import { reportedKind, triage } from '../triage';
import type { Aligned, SenderAuthentication } from './authentication';
import type { CameBack } from './cameBack';
import type { CustomerMail } from './customerMail';
import type { Enquiries } from './enquiries';
import { isFromMachine, isNewTopic, senderOf, type Arrived, type Routed } from './inspection';
import { caseOfMail } from './mailCase';
import type { StaffMail } from './staffMail';

/** The desk's own mailboxes. */
export interface OwnMailboxes {
  readonly privacy: string;
  readonly enquiry: string;
  /** Sender of every mail. */
  readonly from: string;
  /** Domain of the reply addresses. */
  readonly domain: string;
}

export interface RoutingParts {
  /** How the sender of a mail is shown, by the door that it came in by. */
  readonly authentication: (door: InboundDoor) => SenderAuthentication;
  readonly cameBack: CameBack;
  readonly caseRecords: CaseRecords;
  readonly cases: Cases;
  readonly customerMail: CustomerMail;
  readonly enquiries: Enquiries;
  readonly guidance: Guidance;
  readonly inbound: InboundMailRecords;
  readonly outbox: Outbox;
  readonly replyTokens: ReplyTokens;
  readonly staff: Staff;
  readonly staffMail: StaffMail;
}

/** Looks for DNS to answer so often; then the mail goes on as one whose sender is not shown. */
const DNS_TRIES = 5;

/** A mail with many signatures may ask many name servers; all of it may take so long. */
const LONGEST_CHECK_MS = 15_000;

async function inTime(check: Promise<Aligned>): Promise<Aligned> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Aligned>((resolve) => {
    timer = setTimeout(() => {
      resolve('unavailable');
    }, LONGEST_CHECK_MS);
  });
  return Promise.race([check, late]).finally(() => {
    clearTimeout(timer);
  });
}

/** Decides what a mail that came in is, and gives it to whoever deals with it; the same mail twice is dealt with once. */
export class Routing {
  constructor(
    private readonly parts: RoutingParts,
    private readonly own: OwnMailboxes,
  ) {}

  /** Whether the desk takes mail for an address. */
  async accepts(address: string): Promise<boolean> {
    const { privacy, enquiry, from } = this.own;
    if ([privacy, enquiry, from].some((each) => each.toLowerCase() === address.toLowerCase()))
      return true;
    return (await this.parts.replyTokens.purposeOf(address)) !== undefined;
  }

  async route(arrived: Arrived, raw: Buffer): Promise<Routed> {
    const { record, mail } = arrived;
    const { parts } = this;
    // A person has said what it is: nothing else is asked any more, and nothing more is known of its sender.
    if (record.released?.as === 'case') return this.open(arrived, true);
    const [purpose, ...further] = await this.purposesOf(arrived);
    if (mail.nature === 'bounce') return parts.cameBack.deal(arrived, purpose);
    const sender = senderOf(mail);
    if (sender && this.isOwn(sender)) return { state: 'quarantined', reason: 'ownMail' };
    const aligned = await this.authenticate(arrived, raw);
    if (aligned === 'unavailable') return { state: 'later' };
    const shown = aligned === 'pass';
    if (purpose?.recipientIs === 'staff')
      return parts.staffMail.deal(arrived, purpose, sender, {
        shown,
        many: further.some(({ caseId }) => caseId !== purpose.caseId),
      });
    if (purpose) {
      // "Reply to all" of a manager, in a thread of the customer's.
      const ofStaff =
        sender !== undefined &&
        !sameMailbox(sender, purpose.recipient) &&
        (await parts.staff.isStaff(sender, record.receivedAt));
      return ofStaff
        ? parts.staffMail.dealWithoutToken(arrived, sender, shown, purpose.caseId)
        : parts.customerMail.deal(arrived, purpose, sender, shown);
    }
    if (!sender) return { state: 'quarantined', reason: 'noSender' };
    if (await parts.staff.isStaff(sender, record.receivedAt))
      return parts.staffMail.dealWithoutToken(arrived, sender, shown);
    return this.fromOutside(arrived, sender, shown);
  }

  /** A mail to one of the public mailboxes. */
  private async fromOutside(arrived: Arrived, sender: string, shown: boolean): Promise<Routed> {
    const { record, mail } = arrived;
    if (isFromMachine(mail)) return { state: 'quarantined', reason: 'automatic' };
    const threaded = await this.threadOf(arrived, sender);
    if (threaded) return this.parts.customerMail.add(arrived, threaded, shown);
    // Also where the header names it: a mail to both mailboxes may come in twice, and counts once.
    const addressees = [...record.envelope.to, ...mail.to, ...mail.cc];
    const to = (mailbox: string): boolean =>
      addressees.some((address) => sameMailbox(address, mailbox));
    if (!to(this.own.enquiry)) {
      // Our sender address is the one that everybody sees.
      const known = to(this.own.privacy) || to(this.own.from);
      return known ? this.open(arrived, !shown) : { state: 'quarantined', reason: 'noRecipient' };
    }
    // Whoever reports something has a promise, at whichever door they knock.
    const said = `${mail.subject}\n${mail.text}`;
    const reports = reportedKind(said) !== undefined || triage(said).urgency !== 'normal';
    if (reports || to(this.own.privacy)) return this.open(arrived, !shown);
    return this.parts.enquiries.file(arrived, sender);
  }

  private async open(arrived: Arrived, unverified: boolean): Promise<Routed> {
    const toOpen = caseOfMail(arrived, unverified, this.parts.guidance);
    if (!toOpen.report.email) return { state: 'quarantined', reason: 'noSender' };
    await this.parts.cases.open(toOpen);
    return { state: 'done', caseId: toOpen.id };
  }

  /**
   * The case of the thread that a mail belongs to: its sender must be the case's customer, and the one whom our mail went
   * to or who wrote the earlier mail, since two people are never put into one case.
   */
  private async threadOf({ mail }: Arrived, sender: string): Promise<string | undefined> {
    const { outbox, inbound, caseRecords } = this.parts;
    for (const reference of [...mail.references].reverse()) {
      const id = outbox.idOf(reference);
      const sent = id ? await outbox.find(id) : undefined;
      const earlier = await inbound.threadOf([reference]);
      const [caseId, person] = sent ? [sent.caseId, sent.to] : [earlier?.caseId, earlier?.from];
      if (!caseId || !person || !sameMailbox(person, sender)) continue;
      const about = await caseRecords.byId(caseId);
      const theirs = about?.report.email && sameMailbox(about.report.email, sender);
      if (about && theirs && !isNewTopic(mail, about)) return caseId;
    }
    return undefined;
  }

  private async authenticate({ record, mail }: Arrived, raw: Buffer): Promise<Aligned> {
    const { door, envelope, origin, attempts, released } = record;
    if (released || isFromMachine(mail)) return 'pass';
    const aligned = await inTime(this.parts.authentication(door).check(raw, envelope.from, origin));
    return aligned === 'unavailable' && attempts >= DNS_TRIES ? 'fail' : aligned;
  }

  /** What the reply addresses that a mail went to were made for. */
  private async purposesOf({ record, mail }: Arrived): Promise<ReplyPurpose[]> {
    const addresses = new Set(
      [...record.envelope.to, ...mail.to, ...mail.cc].map((address) => address.toLowerCase()),
    );
    const found = await Promise.all(
      [...addresses].map((address) => this.parts.replyTokens.purposeOf(address)),
    );
    return found.filter((purpose) => purpose !== undefined);
  }

  /** Whether an address is one of the desk's own. */
  isOwn(address: string): boolean {
    const { privacy, enquiry, from, domain } = this.own;
    const key = mailboxKey(address);
    return (
      [privacy, enquiry, from].some((each) => mailboxKey(each) === key) ||
      key === `case@${domain.toLowerCase()}`
    );
  }
}
