import type { CaseHandling } from '../caseHandling';
import type { EndedMail, Outbox } from '../outbox';
import { sentences, type Notices } from '../notices';
import type { ReplyPurpose } from '../replyTokens';
import type { Arrived, Routed } from './inspection';

/** Mails whose loss alarms nobody again, or two full mailboxes would alarm each other for ever. */
const ALARMS: ReadonlySet<string> = new Set([
  'case.undelivered',
  'case.staffAway',
  'case.notDone',
  'mail.notDone',
  'desk.undelivered',
]);

const LONGEST_ID = 90;

const TO_CUSTOMER: Readonly<Record<string, string>> = {
  'case.answer': 'the answer to the customer',
  'case.acknowledgement': 'the acknowledgement to the customer',
  'case.again': 'the acknowledgement to the customer',
  'case.more': 'the acknowledgement to the customer',
  'case.extended': 'the news of a later date to the customer',
  'case.closed': 'the news of the closing to the customer',
  'case.apology': 'the apology to the customer',
};

/** Marks and alarms where a mail of ours could not be delivered. */
export class CameBack {
  constructor(
    private readonly outbox: Outbox,
    private readonly handling: CaseHandling,
    private readonly notices: Notices,
  ) {}

  /** Deals with a bounce: it names our mail by its Message-ID, or by the reply address that it comes to. */
  async deal({ mail }: Arrived, purpose: ReplyPurpose | undefined): Promise<Routed> {
    const { mailId } = purpose ?? {};
    const returned =
      (await this.returnedMail(mail.bounce?.messageIds ?? [])) ??
      (mailId ? await this.outbox.find(mailId) : undefined);
    const { caseId } = returned ?? purpose ?? {};
    if (!returned && !caseId) return { state: 'quarantined', reason: 'bounce' };
    const ofCase = caseId ? { caseId } : {};
    if (mail.bounce && !mail.bounce.failed) return { state: 'done', reason: 'delayed', ...ofCase };
    const ended: EndedMail = returned ?? {
      ...{ id: `${caseId ?? ''}-unknown`, kind: 'unknown', ...ofCase },
      ...(purpose ? { to: purpose.recipient } : {}),
    };
    await this.mark(ended, mail.bounce?.status ?? 'no reason given');
    return { state: 'done', reason: 'bounce', ...ofCase };
  }

  /** @param why an SMTP reply, or what a bounce says. */
  async mark({ id, kind, caseId, to }: EndedMail, why: string): Promise<void> {
    if (ALARMS.has(kind)) return;
    if (!caseId) {
      await this.markNotice(id, kind, to);
      return;
    }
    const toCustomer = TO_CUSTOMER[kind];
    const of = kind === 'case.answer' ? 'answer' : toCustomer ? 'customer' : 'staff';
    const what = toCustomer ?? `a mail to ${to ?? 'one of the staff'}`;
    await this.handling.undelivered(caseId, `back-${id}`, what, why, of);
  }

  /** A mail to staff that no case carries, such as a digest, may be the only one that tells of something. */
  private async markNotice(id: string, kind: string, to = 'one of the staff'): Promise<void> {
    if (!/^(?:desk|mail)\./.test(kind)) return;
    await this.notices.toStaff('managersAndEscalation', {
      id: `back-${id}`.slice(0, LONGEST_ID),
      kind: 'desk.undelivered',
      subject: `Not delivered: a mail of the desk to ${to}`,
      blocks: sentences(
        `A mail of the desk to ${to} came back undelivered. Please have that mailbox looked at. What waits for a person at the desk: npm run inbound -- list, and the cases that are open: npm run proof`,
      ),
    });
  }

  private async returnedMail(messageIds: readonly string[]): Promise<EndedMail | undefined> {
    for (const messageId of messageIds) {
      const id = this.outbox.idOf(messageId);
      const found = id ? await this.outbox.find(id) : undefined;
      if (found) return found;
    }
    return undefined;
  }
}
