import type { Case, FollowUp, Report, Urgency } from '../models/cases';
import { dueInWords, localDate } from './businessDays';
import { zoneOf } from './caseMails';
import { dueOf, isOpen, roundOf } from './caseRounds';
import { CHANNEL_WORDS, CLOSED_WORDS, KIND_WORDS, STAFF_WORDS } from './caseWords';
import { facts, list, paragraph, quote, type MailBlock } from './mailText';
import { sizeInWords } from './sizes';

/** What staff are told, and when it happened. */
const URGENCY_WORDS: Readonly<Record<Urgency, string>> = {
  now: 'URGENT: the customer says it is happening now',
  high: 'High',
  normal: 'Normal',
};

/** An instant as everybody is told it who has to do with a case. */
export const inWords = (about: Case, instant: Date): string => dueInWords(instant, zoneOf(about));
/** When the answer to a case is due, in words. */
export const due = (about: Case): string => inWords(about, dueOf(roundOf(about)));

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day after the due one, to show how a date is written: `YYYY-MM-DD`. */
export const laterDay = (about: Case): string =>
  localDate(new Date(dueOf(roundOf(about)).getTime() + 10 * DAY_MS), zoneOf(about));

/** How a member of staff deals with a case from their mail program. */
export const howToReply = (about: Case): MailBlock[] =>
  isOpen(roundOf(about))
    ? waysToReply(about)
    : [
        paragraph(
          'To say something more, reply to this mail: what you write above the line at the top goes to the customer.',
        ),
      ];

const waysToReply = (about: Case): MailBlock[] => [
  paragraph(
    'To answer, reply to this mail. What you write above the line at the top goes to the customer as you wrote it, and stops the clock.',
  ),
  paragraph('To do something else, begin the first line of your reply with one of these:'),
  list([
    '#note: keeps your reply internal',
    `#extend ${laterDay(about)} and a reason: promises a later day; the customer is told both`,
    '#close and a reason: closes the case without an answer; the customer is told the reason',
    '#spam or #not-privacy: files the case away without a word to anybody',
  ]),
];

const UNCONFIRMED =
  'not confirmed, and the customer has not said who else can read it: do not write there unasked';

const SHARED = 'somebody else can read their mailbox: write to no address in the text below';

const MAILBOX_TROUBLE = {
  lost: 'they have lost the mailbox on it',
  shared: 'somebody else reads the mailbox on it, so write nothing there',
  none: 'it has no mailbox that they know of',
} as const;

function reach(about: Case): string {
  const { email, phone, emailUnconfirmed, mailboxShared } = about.report;
  const address = email && emailUnconfirmed ? `${email} (${UNCONFIRMED})` : email;
  const call = phone && mailboxShared ? `${phone} (${SHARED})` : phone;
  const ways = [address, call].filter((way) => way !== undefined);
  return ways.length > 0 ? ways.join(', ') : withoutAddress(about);
}

function withoutAddress({ report, opensByPin, confirmed }: Case): string {
  if (report.mailboxShared) return `Only in the chat (${SHARED})`;
  return opensByPin && confirmed
    ? 'Only in the chat, with the reference and a PIN: the customer gave no address.'
    : 'Not told yet.';
}

function noticedIn({ noticed }: Report): string {
  if (!noticed) return 'Not told';
  return noticed.date ? `${noticed.words} (${noticed.date})` : noticed.words;
}

/** How the promise stands, as one fact. */
export function standing(about: Case): [string, string] {
  const { promise, answers, extensions, closing } = roundOf(about);
  const [first] = answers;
  if (first) return ['Answered', inWords(about, first.answeredAt)];
  if (closing) return [`Was ${CLOSED_WORDS[closing.as]}`, inWords(about, closing.at)];
  const promised = inWords(about, promise.dueAt);
  return [
    'Answer due',
    extensions.length > 0 ? `${due(about)} (promised first: ${promised})` : promised,
  ];
}

/** What opens a case again comes by mail, unless staff did it. */
function receipt(about: Case): string {
  const { promise, reopened } = roundOf(about);
  const received = inWords(about, promise.receivedAt);
  if (reopened) return `Opened again by staff on ${received}`;
  return `${received}, by ${about.rounds.length > 1 ? 'mail' : CHANNEL_WORDS[about.channel]}`;
}

/** Whoever writes a mail is not asked. */
const aboutStaffIn = ({ channel, aboutStaff }: Case): string =>
  (channel === 'mail' || channel === 'link') && aboutStaff === 'no'
    ? 'Not asked'
    : STAFF_WORDS[aboutStaff];

/** All that is known of a case, as facts. */
export function caseFacts(about: Case): MailBlock {
  const { report, origin } = about;
  const rows: [string, string][] = [
    ['Reference', about.reference],
    ['Kind', KIND_WORDS[about.kind]],
    ['Urgency', URGENCY_WORDS[about.urgency]],
    standing(about),
    ['Received', receipt(about)],
  ];
  if (origin) rows.push(['Subject', origin.subject === '' ? '(none)' : origin.subject]);
  else rows.push(['Noticed', noticedIn(report)]);
  rows.push(
    ['About someone who works here', aboutStaffIn(about)],
    ['Name', report.name ?? 'Not told'],
    ['How to reach the customer', reach(about)],
  );
  if (report.record)
    rows.push([
      'Customer record',
      `User name ${report.record.userName}. A code proved its mailbox ${about.channel === 'phone' ? 'on the telephone' : 'in the chat'}: a mailbox, not a person, so send no copy on the strength of that alone.${report.record.frozen ? ' The record is held still: send no copy at all before that is settled.' : ''}`,
    ]);
  if (report.claimed)
    rows.push([
      'Customer record',
      `They mean ${report.claimed.name}, and proved nothing: ${MAILBOX_TROUBLE[report.claimed.trouble]}.`,
    ]);
  if (report.held)
    rows.push([
      'Held still',
      'They had their record held still without proof, which ends by itself after 72 hours: npm run freezes -- list',
    ]);
  if (origin?.unverified)
    rows.push(['Sender', 'Nothing shows that the mail came from the address that it names.']);
  return facts(...rows);
}

/** Of what the customer has added, the latest. */
const SHOWN_FOLLOW_UPS = 3;

/** The files that came with a mail, and how to get them. */
export const filesBlock = (files: FollowUp['attachments'], mailId: string): MailBlock[] =>
  files.length === 0
    ? []
    : [
        paragraph('Files came with it. They were stored and not opened:'),
        list(files.map(({ name, type, bytes }) => `${name} (${type}, ${sizeInWords(bytes)})`)),
        paragraph(`To get them: npm run inbound -- save ${mailId} --out FOLDER`),
      ];

/** What the customer wrote, the first and the latest of it. */
export const customersWords = (about: Case): MailBlock[] => [
  quote(
    about.channel === 'link'
      ? 'What the desk knows of it'
      : about.channel === 'phone'
        ? 'What the customer said, as the agent took it down'
        : 'What the customer wrote, in their own words',
    about.report.whatHappened,
  ),
  ...(about.origin ? filesBlock(about.origin.attachments, about.origin.mailId) : []),
  ...about.followUps.slice(-SHOWN_FOLLOW_UPS).map((followUp) => theirWords(followUp, 'wrote then')),
];

/** Somebody else's words are never passed off as the customer's. */
export const theirWords = ({ from, text }: FollowUp, when = 'wrote'): MailBlock =>
  quote(
    from
      ? `What ${from} ${when}, who is not the customer`
      : `What the customer ${when}, in their own words`,
    text,
  );
