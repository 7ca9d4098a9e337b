import type { Case, Urgency } from '../models/cases';
import { dueInWords } from './businessDays';
import { handledBy, KIND_WORDS, STAFF_WORDS } from './caseWords';
import { facts, paragraph, quote, renderMail, type MailBlock } from './mailText';

/** Who a mail about a case is for; the addresses are looked up when it is sent. */
export type MailAudience = 'managers' | 'escalation' | 'customer';

/** A mail about a case, before it is addressed. */
export interface CaseMail {
  readonly kind:
    | 'case.notification'
    | 'case.addition'
    | 'case.confirmed'
    | 'case.acknowledgement'
    | 'case.answer';
  readonly audience: MailAudience;
  /** The customer's address, where the audience is the customer. */
  readonly to?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const URGENCY_WORDS: Readonly<Record<Urgency, string>> = {
  now: 'URGENT: the customer says it is happening now',
  high: 'High',
  normal: 'Normal',
};

const due = ({ promise }: Case): string => dueInWords(promise.dueAt, promise.zone);

/** A case about the privacy manager goes to nobody but the escalation address. */
const staffAudience = ({ aboutStaff }: Case): MailAudience =>
  aboutStaff === 'privacy_manager' ? 'escalation' : 'managers';

function reach(opened: Case): string {
  const { email, phone, emailUnconfirmed, mailboxShared } = opened.report;
  const address = email && emailUnconfirmed ? `${email} (${UNCONFIRMED})` : email;
  const call = phone && mailboxShared ? `${phone} (${SHARED})` : phone;
  const ways = [address, call].filter((way) => way !== undefined);
  return ways.length > 0 ? ways.join(', ') : withoutAddress(opened);
}

const UNCONFIRMED =
  'not confirmed, and the customer has not said who else can read it: do not write there unasked';

const SHARED = 'somebody else can read their mailbox: write to no address in the text below';

function withoutAddress({ report, opensByPin, confirmed }: Case): string {
  if (report.mailboxShared) return `Only in the chat (${SHARED})`;
  return opensByPin && confirmed
    ? 'Only in the chat, with the reference and a PIN: the customer gave no address.'
    : 'Not told yet.';
}

function caseFacts(opened: Case): MailBlock {
  const { report, promise } = opened;
  return facts(
    ['Reference', opened.reference],
    ['Kind', KIND_WORDS[opened.kind]],
    ['Urgency', URGENCY_WORDS[opened.urgency]],
    ['Answer due', due(opened)],
    ['Received', dueInWords(promise.receivedAt, promise.zone)],
    [
      'Noticed',
      report.noticed
        ? report.noticed.date
          ? `${report.noticed.words} (${report.noticed.date})`
          : report.noticed.words
        : 'Not told',
    ],
    ['About someone who works here', STAFF_WORDS[opened.aboutStaff]],
    ['Name', report.name ?? 'Not told'],
    ['How to reach the customer', reach(opened)],
  );
}

/** A mail to whoever handles the case, with all that it says. */
function toStaff(opened: Case, kind: CaseMail['kind'], news: string, lead: string): CaseMail {
  return {
    kind,
    audience: staffAudience(opened),
    subject: `${opened.urgency === 'now' ? 'URGENT ' : ''}[${opened.reference}] ${news}${KIND_WORDS[opened.kind]}, answer due ${due(opened)}`,
    ...renderMail([
      paragraph(lead),
      caseFacts(opened),
      quote('What the customer wrote, in their own words', opened.report.whatHappened),
      paragraph(
        `The answer is due by ${due(opened)}. It is entered at the desk with “npm run cases -- answer ${opened.reference}”; that stops the clock and brings it to the customer.`,
      ),
    ]),
  };
}

/** Tells the privacy manager of a new case. */
export const notification = (opened: Case): CaseMail =>
  opened.confirmed
    ? toStaff(opened, 'case.notification', '', 'A customer has opened a case in the chat.')
    : toStaff(
        opened,
        'case.notification',
        'Unconfirmed: ',
        'A customer told this in the chat an hour ago or longer and did not confirm it. It is passed on so that it is not lost; parts may be missing or wrong.',
      );

/** Tells the privacy manager that a case passed on unconfirmed has now been confirmed, with what it says now. */
export const confirmedNotification = (opened: Case): CaseMail =>
  toStaff(
    opened,
    'case.confirmed',
    'Now confirmed: ',
    'The customer has confirmed a case that was passed on unconfirmed. This is what it says now; the due date has not changed.',
  );

/** Tells the privacy manager that the customer told more of a case passed on unconfirmed, and left it again. */
export const additionNotification = (opened: Case): CaseMail =>
  toStaff(
    opened,
    'case.addition',
    'Unconfirmed, more was told: ',
    'The customer has told more of a case that was passed on unconfirmed, and has still not confirmed it. This is what it says now; the due date has not changed.',
  );

/** Tells the customer's mailbox that a case was opened; never its words, since the mailbox is not proved. */
export function acknowledgement(opened: Case, to: string, chatUrl: string): CaseMail {
  return {
    kind: 'case.acknowledgement',
    audience: 'customer',
    to,
    subject: `[${opened.reference}] We have your message`,
    ...renderMail([
      paragraph('We have your message. Thank you.'),
      facts(['Your reference', opened.reference], ['You will have an answer by', due(opened)]),
      paragraph(
        `What happens next: a person reads it and answers to this address. You can check the case at any time in the chat at ${chatUrl} with this reference and this e-mail address.`,
      ),
      paragraph(
        'If you did not write to us, somebody gave us your address by mistake: you need do nothing.',
      ),
    ]),
  };
}

/** Brings the customer the privacy manager's answer. */
export function answerMail(opened: Case, to: string, text: string, chatUrl: string): CaseMail {
  return {
    kind: 'case.answer',
    audience: 'customer',
    to,
    subject: `[${opened.reference}] The answer to your message`,
    ...renderMail([
      paragraph(`This is the answer to your case ${opened.reference}.`),
      quote(`From ${handledBy(opened.aboutStaff)} of Comantra`, text),
      paragraph(
        `You can read it again in the chat at ${chatUrl} with the reference and this e-mail address.`,
      ),
    ]),
  };
}
