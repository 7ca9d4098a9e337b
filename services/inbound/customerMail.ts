import type { CaseRecords } from '../../models/cases';
import type { FollowUps } from '../followUps';
import type { ReplyPurpose } from '../replyTokens';
import type { Enquiries } from './enquiries';
import { isFromMachine, isNewTopic, sameMailbox, type Arrived, type Routed } from './inspection';
import { wordsOfMail } from './mailCase';
import { stripQuote } from './quoteStripping';
import { isBareThanks } from './thanks';

/** Deals with customers' replies. */
export class CustomerMail {
  constructor(
    private readonly caseRecords: CaseRecords,
    private readonly followUps: FollowUps,
    private readonly enquiries: Enquiries,
  ) {}

  /** A mail to a reply address that a customer got: only from that customer is it what it seems. */
  async deal(arrived: Arrived, purpose: ReplyPurpose, sender: string | undefined): Promise<Routed> {
    const { record, mail } = arrived;
    const caseId = purpose.caseId;
    if (isFromMachine(mail))
      return { state: 'done', reason: mail.nature, ...(caseId ? { caseId } : {}) };
    const theirs = sender !== undefined && sameMailbox(sender, purpose.recipient);
    if (!theirs && !record.released) return { state: 'quarantined', reason: 'otherSender' };
    if (purpose.updateId) return this.enquiries.reply(arrived, purpose.updateId);
    return caseId ? this.add(arrived, caseId) : { state: 'quarantined', reason: 'noCase' };
  }

  /** Adds a mail to its case. */
  async add({ record, mail }: Arrived, caseId: string): Promise<Routed> {
    const about = await this.caseRecords.byId(caseId);
    if (!about) return { state: 'quarantined', reason: 'noCase' };
    const { text: own, belowQuote } = stripQuote(mail.text);
    // Words below the quoted part are rather shown with it than lost.
    const text = belowQuote || own === '' ? mail.text : own;
    const asks = mail.attachments.length > 0 || !isBareThanks(own === '' ? mail.text : own);
    await this.followUps.add(
      caseId,
      {
        mailId: record.id,
        at: record.receivedAt,
        subject: isNewTopic(mail, about) ? mail.subject : '',
        text: wordsOfMail({ text, truncated: mail.truncated }),
        attachments: mail.attachments,
      },
      asks,
    );
    return { state: 'done', caseId };
  }
}
