import type { Case, CaseRecords } from '../../models/cases';
import { sameMailbox } from '../addresses';
import type { FollowUps } from '../followUps';
import type { ReplyPurpose } from '../replyTokens';
import type { Enquiries } from './enquiries';
import { isFromMachine, isNewTopic, type Arrived, type Routed } from './inspection';
import { wordsOfMail } from './mailCase';
import { stripQuote } from './quoteStripping';
import { isBareThanks } from './thanks';

const LONGEST_FOLLOW_UP = 10_000;
const SHORTEST_FOLLOW_UP = 500;
/** A case is one document: after so many mails only the beginning of each is kept in it. */
const MANY = 50;

const room = ({ followUps }: Case): number =>
  followUps.length < MANY ? LONGEST_FOLLOW_UP : SHORTEST_FOLLOW_UP;

/** Deals with customers' replies. */
export class CustomerMail {
  constructor(
    private readonly caseRecords: CaseRecords,
    private readonly followUps: FollowUps,
    private readonly enquiries: Enquiries,
  ) {}

  /** A mail to a reply address that a customer got: only from that customer is it what it seems. */
  async deal(
    arrived: Arrived,
    purpose: ReplyPurpose,
    sender: string | undefined,
    shown: boolean,
  ): Promise<Routed> {
    const { record, mail } = arrived;
    const caseId = purpose.caseId;
    if (isFromMachine(mail))
      return { state: 'done', reason: mail.nature, ...(caseId ? { caseId } : {}) };
    const theirs = sender !== undefined && sameMailbox(sender, purpose.recipient);
    // A person may let through what somebody else wrote about a case; whose a mailbox is they cannot say.
    if (!theirs && (!record.released || purpose.updateId))
      return { state: 'quarantined', reason: 'otherSender' };
    if (purpose.updateId) return this.enquiries.reply(arrived, purpose.updateId);
    return caseId
      ? this.add(arrived, caseId, shown, theirs ? undefined : sender)
      : { state: 'quarantined', reason: 'noCase' };
  }

  /**
   * Adds a mail to its case.
   * @param shown whether it was shown to come from the address that it names.
   * @param other the sender, where that is not the customer.
   */
  async add(
    { record, mail }: Arrived,
    caseId: string,
    shown: boolean,
    other?: string,
  ): Promise<Routed> {
    const about = await this.caseRecords.byId(caseId);
    if (!about) return { state: 'quarantined', reason: 'noCase' };
    const { text: own, belowQuote } = stripQuote(mail.text);
    // Words below the quoted part are rather shown with it than lost.
    const text = belowQuote || own === '' ? mail.text : own;
    const words = own === '' ? mail.text : own;
    const asks =
      mail.nature === 'person' &&
      !other &&
      (mail.attachments.some(({ inText }) => !inText) || !isBareThanks(words));
    await this.followUps.add(
      caseId,
      {
        mailId: record.id,
        at: record.receivedAt,
        subject: isNewTopic(mail, about) ? mail.subject : '',
        text: wordsOfMail({ text, truncated: mail.truncated }, room(about)),
        attachments: mail.attachments,
        ...(shown ? {} : { unverified: true }),
        ...(other ? { from: other } : {}),
      },
      asks,
    );
    return { state: 'done', caseId };
  }
}
