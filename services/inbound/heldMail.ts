import type { Case } from '../../models/cases';
import type { InboundMailRecords } from '../../models/inboundMails';
import type { Audit } from '../audit';
import type { Deed } from '../caseHandling';
import { facts, paragraph, quote, type MailBlock } from '../mailText';
import type { Notice, Notices } from '../notices';
import { redact } from '../redact';
import type { Staff } from '../staff';
import { standing } from '../staffMailParts';
import { staffAudience } from '../staffMails';
import { senderOf, type Arrived } from './inspection';
import { wordsOfMail } from './mailCase';

/** Why a mail of staff was not dealt with at once, in words. */
const WHY: Readonly<Record<string, string>> = {
  untrustedSender:
    'it came to a reply address of the desk, but from an address that is none of those who handle this case',
  unauthenticated:
    'nothing shows that it really came from the address that it names (no aligned DKIM signature, no SPF)',
  noReplyAddress:
    'it did not come to the reply address of one of the desk’s mails, so that anybody who knows the sender’s name could have written it',
  noCase: 'the desk could not find the case that it is about',
};

const LOOKED_AT = 500;

/** Asks staff about mails that a person should look at before anything is done, and does what they say. */
export class HeldMail {
  constructor(
    private readonly records: InboundMailRecords,
    private readonly notices: Notices,
    private readonly audit: Audit,
    private readonly staff: Staff,
  ) {}

  /** Asks whether an answer that looks odd is to go out. */
  async askWhetherToSend(arrived: Arrived, about: Case, why: string, text: string): Promise<void> {
    const { record } = arrived;
    await this.notices.toHandlers(about, staffAudience(about), {
      id: `${record.id}-mail.held`,
      kind: 'mail.held',
      subject: `[${about.reference}] Send or discard? Your reply is held`,
      blocks: [
        paragraph(
          `Your reply has not gone to the customer yet. ${why} Reply to this mail with #send to send it, or with #discard to throw it away.`,
        ),
        standingOf(about),
        quote('What the customer would get', text),
      ],
      about: { caseId: about.id, heldMailId: record.id },
    });
  }

  /** Whoever was asked said something else: asks them again, and sends nothing. */
  async askAgain(about: Case, mailId: string, { cause, by }: Deed): Promise<void> {
    await this.notices.toOneOfStaff(by, {
      id: `${cause}-mail.notDone`,
      kind: 'mail.notDone',
      subject: `[${about.reference}] Send or discard? Please say which`,
      blocks: [
        paragraph(
          'The mail that you answered asks whether a held mail is to be sent. Reply with #send or #discard alone on the first line. Nothing has gone to the customer.',
        ),
        standingOf(about),
      ],
      about: { caseId: about.id, heldMailId: mailId },
    });
  }

  /** Confirms that a mail was thrown away. */
  async sayDiscarded(about: Case | undefined, { cause, by }: Deed): Promise<void> {
    await this.notices.toOneOfStaff(by, {
      id: `${cause}-mail.discarded`,
      kind: 'mail.discarded',
      subject: `${about ? `[${about.reference}] ` : ''}The held mail is discarded`,
      blocks: [
        paragraph('Nothing has gone to the customer, and nothing will.'),
        ...(about ? [standingOf(about)] : []),
      ],
      ...(about ? { about: { caseId: about.id } } : {}),
    });
  }

  /** The mail about a case that waits for a word, where it is the only one. */
  async onlyOneOf({ id }: Case): Promise<string | undefined> {
    const waiting = await this.records.list(['held', 'quarantined'], LOOKED_AT);
    const [first, ...others] = waiting.filter(({ caseId }) => caseId === id);
    return others.length === 0 ? first?.id : undefined;
  }

  /** Alarms staff at once: what looks like one of their mails lies in quarantine. */
  async alarm({ record, mail }: Arrived, about: Case | undefined, reason: string): Promise<void> {
    const sender = senderOf(mail) ?? 'an unreadable address';
    // What the escalation address writes may be about the managers.
    const audience = this.staff.isEscalation(sender) ? 'escalation' : 'managersAndEscalation';
    const notice: Notice = {
      id: `${record.id}-mail.alarm`,
      kind: 'mail.alarm',
      subject: `${about ? `[${about.reference}] ` : ''}A mail to the desk is held: was it you?`,
      blocks: [
        paragraph(
          `A mail from ${sender} was not dealt with, because ${WHY[reason] ?? reason}. It waits, with the time at which it was received.`,
        ),
        paragraph(
          about
            ? 'If it is yours, reply to this mail with #send, and it is dealt with as if it had come properly. If it is not, reply with #discard.'
            : `If it is yours, answer the case from the desk’s own mail about it. A person at the desk can look at it: npm run inbound -- show ${record.id}`,
        ),
        // Without a case nobody knows who may read it.
        ...(about
          ? [
              standingOf(about),
              quote('What it says', redact(`${mail.subject}\n\n${wordsOfMail(mail)}`).text),
            ]
          : []),
      ],
      about: { heldMailId: record.id, ...(about ? { caseId: about.id } : {}) },
    };
    if (about) await this.notices.toHandlers(about, staffAudience(about), notice);
    else await this.notices.toStaff(audience, notice);
  }

  /** Lets a held mail through, with its own time of receipt, or throws it away; false when it does not wait. */
  async decide(mailId: string, word: 'send' | 'discard', { at, by }: Deed): Promise<boolean> {
    const held = await this.records.byId(mailId);
    // Let through before a crash kept that from being noted.
    if (word === 'send' && held?.released?.at.getTime() === at.getTime()) return true;
    if (held?.state !== 'held' && held?.state !== 'quarantined') return false;
    await this.audit.append({
      id: `${mailId}-${word}`,
      action: word === 'send' ? 'mail.released' : 'mail.discarded',
      at,
      about: { kind: 'mail', id: mailId },
      by: by.includes('@') ? this.audit.fingerprint(by) : by,
      ...(held.caseId ? { facts: { caseId: held.caseId } } : {}),
    });
    return word === 'send'
      ? this.records.release(mailId, at)
      : this.records.settle(mailId, { state: 'discarded' }, held.state);
  }
}

const standingOf = (about: Case): MailBlock =>
  facts(['Reference', about.reference], standing(about));
