import type { Case, FollowUp } from '../models/cases';
import { caseMail, type CaseMail, type CaseMailKind, type MailAudience } from './caseMails';
import { roundOf } from './caseRounds';
import { CLOSED_WORDS, KIND_WORDS } from './caseWords';
import { facts, paragraph, quote, replyLine, type MailBlock } from './mailText';
import {
  caseFacts,
  customersWords,
  due,
  filesBlock,
  howToReply,
  inWords,
  standing,
  theirWords,
} from './staffMailParts';

/** A case about the privacy manager goes to nobody but the escalation address. */
export const staffAudience = ({ aboutStaff }: Case): 'escalation' | 'managers' =>
  aboutStaff === 'privacy_manager' ? 'escalation' : 'managers';

const everybody = (about: Case): MailAudience =>
  staffAudience(about) === 'managers' ? 'managersAndEscalation' : 'escalation';

/** A mail to whoever handles the case. */
function toStaff(
  about: Case,
  kind: CaseMailKind,
  subject: string,
  blocks: readonly MailBlock[],
  audience: MailAudience = staffAudience(about),
  to?: string,
): CaseMail {
  const whole = [replyLine(), ...blocks];
  return caseMail(about, { kind, audience, ...(to ? { to } : {}) }, subject, whole);
}

/** Tells of a case with all that it says. */
const whole = (about: Case, kind: CaseMailKind, news: string, lead: string): CaseMail =>
  toStaff(
    about,
    kind,
    `${about.urgency === 'now' ? 'URGENT ' : ''}[${about.reference}] ${news}${KIND_WORDS[about.kind]}, answer due ${due(about)}`,
    [paragraph(lead), caseFacts(about), ...customersWords(about), ...howToReply(about)],
  );

/** Tells the privacy manager of a new case. */
export function notification(about: Case): CaseMail {
  if (about.channel === 'link')
    return whole(
      about,
      'case.notification',
      '',
      'Somebody pressed “this wasn’t me” in a mail of ours about a customer record.',
    );
  if (about.channel === 'mail')
    return whole(about, 'case.notification', '', 'A customer has written a mail.');
  if (about.channel === 'phone')
    return whole(
      about,
      'case.notification',
      '',
      'A customer has told this on the telephone, and an agent has taken it down.',
    );
  return about.confirmed
    ? whole(about, 'case.notification', '', 'A customer has opened a case in the chat.')
    : whole(
        about,
        'case.notification',
        'Unconfirmed: ',
        'A customer told this in the chat an hour ago or longer and did not confirm it. It is passed on so that it is not lost; parts may be missing or wrong.',
      );
}

/** Tells the privacy manager that a case passed on unconfirmed has now been confirmed, with what it says now. */
export const confirmedNotification = (about: Case): CaseMail =>
  whole(
    about,
    'case.confirmed',
    'Now confirmed: ',
    'The customer has confirmed a case that was passed on unconfirmed. This is what it says now; the due date has not changed.',
  );

/** Tells the privacy manager that the customer told more of a case passed on unconfirmed, and left it again. */
export const additionNotification = (about: Case): CaseMail =>
  whole(
    about,
    'case.addition',
    'Unconfirmed, more was told: ',
    'The customer has told more of a case that was passed on unconfirmed, and has still not confirmed it. This is what it says now; the due date has not changed.',
  );

/** What had come of the promise before the one in force. */
const before = ({ rounds }: Case): string =>
  (rounds.at(-2)?.answers.length ?? 0) > 0 ? 'answered' : 'closed';

/** Forwards what the customer wrote after the case was opened. */
export function followUpMail(about: Case, followUp: FollowUp, reopened: boolean): CaseMail {
  const { answers, closing } = roundOf(about);
  const lead = reopened
    ? `The customer has written again after the case was ${before(about)}. It is open again, with a new promise: the answer is due by ${due(about)}. If nothing is asked, reply “#close” and why.`
    : answers.length > 0
      ? 'The customer has written again. It asks for nothing, so the case stays answered.'
      : closing
        ? `The customer has written again about a case that was ${CLOSED_WORDS[closing.as]}. Answer it if it should not have been.`
        : `The customer has written again. The answer is still due by ${due(about)}.`;
  return toStaff(
    about,
    reopened ? 'case.reopened' : 'case.followUp',
    reopened ? `Open again, answer due ${due(about)}` : 'The customer has written again',
    [
      paragraph(lead),
      ...(followUp.subject === '' ? [] : [facts(['Subject', followUp.subject])]),
      ...(followUp.unverified
        ? [paragraph('Nothing shows that this mail came from the address that it names.')]
        : []),
      theirWords(followUp),
      ...filesBlock(followUp.attachments, followUp.mailId),
      caseFacts(about),
      ...howToReply(about),
    ],
  );
}

/** Tells whoever handles a case that one of them has opened it again. */
export const reopenedMail = (about: Case, reason: string): CaseMail =>
  toStaff(about, 'case.reopened', `Open again, answer due ${due(about)}`, [
    paragraph(
      `One of you has opened the case again, after it was ${before(about)}. It has a new promise: the answer is due by ${due(about)}. The customer is told so, and the reason: ${reason}`,
    ),
    caseFacts(about),
    ...customersWords(about),
    ...howToReply(about),
  ]);

const lateBy = (about: Case, plannedAt: Date): MailBlock[] => [
  paragraph(
    `This mail should have gone out on ${inWords(about, plannedAt)}. It is late because the desk was not running then, or did not know of the case yet.`,
  ),
];

/** A late warning does not say what was true when it should have gone out. */
function timeLeft(days: 1 | 2, plannedAt: Date | undefined): string {
  if (plannedAt) return 'No answer yet';
  return days === 1 ? 'One business day left' : 'Two business days left';
}

/**
 * Warns that an answer is due soon.
 * @param plannedAt given when the warning is late.
 */
export const warningMail = (about: Case, days: 1 | 2, plannedAt?: Date): CaseMail =>
  toStaff(about, 'case.warning', `${timeLeft(days, plannedAt)}: answer due ${due(about)}`, [
    paragraph(
      `This case has no answer yet. It is due by ${due(about)}${plannedAt ? '' : `: on the ${days === 1 ? 'next business day' : 'business day after next'}`}.`,
    ),
    ...(plannedAt ? lateBy(about, plannedAt) : []),
    caseFacts(about),
    ...customersWords(about),
    ...howToReply(about),
  ]);

/** Says that the promise was not kept. */
export const missedMail = (about: Case, plannedAt?: Date): CaseMail =>
  toStaff(
    about,
    'case.missed',
    `MISSED: the answer was due ${due(about)}`,
    [
      paragraph(
        `The answer to this case was due by ${due(about)}, and there is none. The promise is missed. The customer will be told so, with an apology, when the company next opens, unless they have their answer by then. Please answer now.`,
      ),
      ...(plannedAt ? lateBy(about, plannedAt) : []),
      caseFacts(about),
      ...customersWords(about),
      ...howToReply(about),
    ],
    everybody(about),
  );

/** Shows staff what the customer was sent. */
export const echoMail = (
  about: Case,
  answer: string,
  by: string,
  standing: readonly string[],
): CaseMail =>
  toStaff(about, 'case.echo', 'The answer has gone to the customer', [
    ...standing.map(paragraph),
    paragraph(waysToTell(about)),
    quote(`What the customer was sent, from ${by}`, answer),
    paragraph(
      'If something else has to be said, reply to this mail: it goes to the customer as a further answer.',
    ),
  ]);

function waysToTell({ confirmed, report, conversationReference }: Case): string {
  const chat = conversationReference === undefined ? [] : ['in the chat'];
  const mail = confirmed && report.email ? [`by mail to ${report.email}`] : [];
  const ways = [...chat, ...mail];
  return ways.length === 0
    ? 'The desk knows no way to bring it to the customer: they see it when they check the case.'
    : `It goes to the customer ${ways.join(' and ')}.`;
}

/** Confirms what a word on the first line of a reply has done. */
export const doneMail = (about: Case, subject: string, said: string): CaseMail =>
  toStaff(about, 'case.done', subject, [paragraph(said)]);

/** Tells one member of staff why what they asked for was not done. */
export const notDoneMail = (about: Case, to: string, why: string): CaseMail =>
  toStaff(
    about,
    'case.notDone',
    'Nothing was done with your reply',
    [paragraph(why), facts(['Reference', about.reference], standing(about)), ...howToReply(about)],
    'one',
    to,
  );

/** Alarms staff: a mail to the customer, or to one of them, came back. */
export const undeliveredMail = (
  about: Case,
  what: string,
  why: string,
  of: 'answer' | 'customer' | 'staff',
): CaseMail =>
  toStaff(
    about,
    'case.undelivered',
    `Not delivered: ${what}`,
    [
      paragraph(
        `${what.slice(0, 1).toUpperCase()}${what.slice(1)} came back undelivered (${why}). The mailbox may be full, gone or misspelt.`,
      ),
      ...(of === 'staff'
        ? []
        : [
            paragraph(
              about.conversationReference === undefined
                ? 'The desk knows no other way to reach the customer.'
                : 'The customer can still be reached in the chat that they wrote in.',
            ),
          ]),
      caseFacts(about),
    ],
    of === 'staff' ? everybody(about) : staffAudience(about),
  );

/** Asks the next of the staff to take over from one who is away. */
export const staffAwayMail = (about: Case, away: string, to: string): CaseMail =>
  toStaff(
    about,
    'case.staffAway',
    `${away} seems to be away: answer due ${due(about)}`,
    [
      paragraph(
        `${away} was told of this case, and an automatic reply came back. Please take it: the answer is due by ${due(about)}.`,
      ),
      caseFacts(about),
      ...customersWords(about),
      ...howToReply(about),
    ],
    'one',
    to,
  );

/** Offers an extension where the calendar has changed since the promise. */
export const offerMail = (about: Case, later: Date, laterDate: string): CaseMail =>
  toStaff(about, 'case.offer', 'The business calendar has changed', [
    paragraph(
      `The business calendar now has a closed day that it did not have when this was promised. The promise has not moved: the answer is due by ${due(about)}. By the calendar of today it would be ${inWords(about, later)}.`,
    ),
    paragraph(
      `To move it, reply “#extend ${laterDate}” and the reason; the customer is told both.`,
    ),
    caseFacts(about),
  ]);

/** Tells the escalation address whom of staff a case is said to be about. */
export const namedMail = (about: Case, by: string, names: readonly string[]): CaseMail =>
  toStaff(
    about,
    'case.named',
    names.length === 0 ? 'Nobody is named any more' : 'About somebody of staff',
    [
      paragraph(
        names.length === 0
          ? `${by} has taken back whom this case is about: nobody is kept from it by name any more.`
          : `${by} has named whom this case is about: ${names.join(', ')}. They see it no more, nor its conversation, and get no mail about it.`,
      ),
      caseFacts(about),
      ...customersWords(about),
      ...howToReply(about),
    ],
    'escalation',
  );
