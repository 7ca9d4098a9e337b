import type { Case } from '../models/cases';
import { dueInWords } from './businessDays';
import { caseMail, zoneOf, type CaseMail, type CaseMailKind } from './caseMails';
import { dueOf, roundOf } from './caseRounds';
import { handledBy } from './caseWords';
import { facts, list, paragraph, quote, type MailBlock } from './mailText';

const inWords = (about: Case, instant: Date): string => dueInWords(instant, zoneOf(about));
const due = (about: Case): string => inWords(about, dueOf(roundOf(about)));

/** A mail may have lain so long that its answer is late before anybody has read it. */
const answerBy = (about: Case): [string, string] =>
  about.openedAt > dueOf(roundOf(about))
    ? ['Your message reached us late', `we should have answered by ${due(about)}, and are sorry`]
    : ['You will have an answer by', due(about)];

/** One subject for all mails to a customer about a case, so that mail programs keep them in one thread. */
const subjectOf = ({ reference }: Case): string => `[${reference}] Your message to Comantra`;

const toCustomer = (
  about: Case,
  to: string,
  kind: CaseMailKind,
  blocks: readonly MailBlock[],
  byPerson = false,
): CaseMail =>
  caseMail(
    about,
    { kind, audience: 'customer', to, byPerson },
    kind === 'case.acknowledgement' ? subjectOf(about) : `Re: ${subjectOf(about)}`,
    blocks,
  );

/**
 * Tells the customer's mailbox that a case was opened; never its words, since the mailbox is not proved.
 * @param safetySteps what somebody in danger is to do first.
 */
export const acknowledgement = (
  about: Case,
  to: string,
  chatUrl: string,
  safetySteps: readonly string[] = [],
): CaseMail =>
  toCustomer(about, to, 'case.acknowledgement', [
    ...(safetySteps.length > 0
      ? [
          paragraph(
            'If it is happening now, please do this first. These are safety steps of Comantra, not part of the privacy policy.',
          ),
          list(safetySteps),
        ]
      : []),
    paragraph('We have your message. Thank you.'),
    facts(['Your reference', about.reference], answerBy(about)),
    paragraph(
      `What happens next: a person reads it and answers to this address. You can check the case at any time in the chat at ${chatUrl} with this reference and this e-mail address.`,
    ),
    paragraph('To add something, such as a screenshot, reply to this mail.'),
    paragraph(
      'If you did not write to us, somebody gave us your address by mistake: you need do nothing.',
    ),
  ]);

/** Says that staff look at a case once more, with a new promise. */
export const lookedAtAgainMail = (
  about: Case,
  to: string,
  reason: string,
  chatUrl: string,
): CaseMail =>
  toCustomer(about, to, 'case.reopenedForYou', [
    paragraph('We look at your case once more, so it is open again.'),
    facts(['Your reference', about.reference], ['You will have an answer by', due(about)]),
    quote(`The reason that ${handledBy(about.aboutStaff)} gives`, reason),
    paragraph(
      `You can check the case at any time in the chat at ${chatUrl} with this reference and this e-mail address.`,
    ),
  ]);

/** Says that a case is open again, with a new promise. */
export const openAgainMail = (about: Case, to: string, chatUrl: string): CaseMail =>
  toCustomer(about, to, 'case.again', [
    paragraph('We have your further message. Thank you. Your case is open again.'),
    facts(['Your reference', about.reference], ['You will have an answer by', due(about)]),
    paragraph(
      `You can check the case at any time in the chat at ${chatUrl} with this reference and this e-mail address.`,
    ),
  ]);

/** Says that files that were added to an open case have arrived. */
export const addedMail = (about: Case, to: string, files: number): CaseMail =>
  toCustomer(about, to, 'case.more', [
    paragraph(
      `We have added your message and ${files === 1 ? 'its file' : `its ${files} files`} to your case ${about.reference}. You will have an answer by ${due(about)}.`,
    ),
  ]);

/**
 * Brings the customer the privacy manager's answer.
 * @param late whether it was promised for earlier.
 */
export const answerMail = (
  about: Case,
  to: string,
  text: string,
  late: boolean,
  chatUrl: string,
): CaseMail =>
  toCustomer(
    about,
    to,
    'case.answer',
    [
      paragraph(`This is the answer to your case ${about.reference}.`),
      ...(late
        ? [
            paragraph(
              `We had promised it by ${inWords(about, roundOf(about).promise.dueAt)}. It is late, and we are sorry.`,
            ),
          ]
        : []),
      quote(`From ${handledBy(about.aboutStaff)} of Comantra`, text),
      paragraph(
        `If this does not settle it, reply to this mail. You can read it again in the chat at ${chatUrl} with the reference and this e-mail address.`,
      ),
    ],
    true,
  );

/** Says that the answer will take longer than promised, and why. */
export const extendedMail = (about: Case, to: string, before: Date, reason: string): CaseMail =>
  toCustomer(about, to, 'case.extended', [
    paragraph(
      `Your case ${about.reference} will take longer than we promised. We are sorry. You will have an answer by ${due(about)}, instead of ${inWords(about, before)}.`,
    ),
    quote(`The reason that ${handledBy(about.aboutStaff)} gives`, reason),
    paragraph('If that does not suit you, reply to this mail.'),
  ]);

/** Says that a case was closed without an answer, and why. */
export const closedMail = (about: Case, to: string, reason: string): CaseMail =>
  toCustomer(about, to, 'case.closed', [
    paragraph(`We have closed your case ${about.reference}.`),
    quote(`The reason that ${handledBy(about.aboutStaff)} gives`, reason),
    paragraph('If you do not agree, reply to this mail: that opens it again.'),
  ]);

/** Says honestly that the promise was not kept. */
export const apologyMail = (about: Case, to: string, person: string): CaseMail =>
  toCustomer(about, to, 'case.apology', [
    paragraph(apologyWords(about, person)),
    paragraph('You can also reply to this mail: it reaches them with your case.'),
  ]);

/**
 * The apology for a promise that was not kept, as it is said in mail and chat alike.
 * @param person how to reach one, such as "write to info@example.com".
 */
export const apologyWords = (about: Case, person: string): string =>
  `We promised you an answer to your case ${about.reference} by ${due(about)}, and you do not have it. We did not keep our promise, and we are sorry. ${handledBy(about.aboutStaff).replace(/^[a-z]/, (letter) => letter.toUpperCase())} and the management have been told. If you would rather speak to a person, ${person}.`;
