import { dueInWords } from '../services/businessDays';
import type { Customer } from '../services/records/customers';
import { isFrozen } from '../services/records/freezes';
import { lineOf } from '../services/plainWords';
import { FIELD_WORDS, shown } from '../services/records/recordFields';
import {
  fieldsInWords,
  noticeToSettle,
  TROUBLE_WORDS,
  whyItWaits,
  type StaffDeed,
  type UpdateRequest,
  type UpdateState,
} from '../services/updates';

const STATE_WORDS: Readonly<Record<UpdateState, string>> = {
  filed: 'came by mail; nothing is done before its mailbox is proved',
  person: 'waits for a person',
  second: 'waits for a second person',
  approved: 'approved; being applied',
  applied: 'done',
  refused: 'refused',
  conflict: 'not done: the record was changed meanwhile',
  withdrawn: 'not done: it was stopped',
  continued: 'went on in the chat',
};

const aboutOf = ({ kind, door, changes }: UpdateRequest): string => {
  if (kind === 'password') return 'forgotten password';
  if (changes.length > 0) return fieldsInWords(changes.map(({ field }) => field));
  return door === 'mail' ? 'a mail' : 'what was told is not kept';
};

/** One line for each request: its id, when it came, what it waits for, and what it is about. */
export const listedUpdates = (requests: readonly UpdateRequest[], zone: string): string[] =>
  requests.map(
    (request) =>
      `${request.id}  ${dueInWords(request.receivedAt, zone)}  ${STATE_WORDS[request.state]}: ${aboutOf(request)}`,
  );

const deedLines = (who: string, deed: StaffDeed | undefined, zone: string): string[] =>
  deed
    ? [`${who}: ${deed.by}, ${dueInWords(deed.at, zone)}`, `  Reason: ${lineOf(deed.reason)}`]
    : [];

/** A customer’s words must not write to the terminal what the terminal obeys. */
const fact = (label: string, value: string | undefined): string[] =>
  value === undefined ? [] : [`${label}: ${lineOf(value)}`];

const toSettle = (request: UpdateRequest): string[] => {
  const words = noticeToSettle(request);
  return words === undefined ? [] : [words];
};

/** All that a request says, with its values. @param customer the record, where it is known whose it is. */
export function shownUpdate(
  request: UpdateRequest,
  customer: Customer | undefined,
  now: Date,
  zone: string,
): string[] {
  const { id, state, receivedAt, door, trouble, claimed, email, provedAt } = request;
  const waits = state === 'person' || state === 'second';
  return [
    `Request: ${id}`,
    `State: ${STATE_WORDS[state]}`,
    ...(waits ? [whyItWaits(request), ...toSettle(request)] : []),
    `Received: ${dueInWords(receivedAt, zone)}, ${door === 'staff' ? 'by a member of staff' : `by ${door}`}`,
    ...fact('They gave', claimed),
    ...fact(
      'They can be written to at',
      email && `${email}${provedAt ? ' (proved)' : ' (not proved)'}`,
    ),
    ...fact('Mailbox on file', trouble && TROUBLE_WORDS[trouble]),
    ...recordLines(request, customer, now),
    ...fact('Subject', request.subject),
    ...fact('Text', request.text),
    ...changeLines(request, customer),
    ...deedLines('First person', request.vouched, zone),
    ...deedLines(state === 'refused' ? 'Refused by' : 'Decided by', request.decided, zone),
    ...(request.withholdNotice ? ['The mailbox on file until then was not told.'] : []),
  ];
}

function recordLines(
  { customerId }: UpdateRequest,
  customer: Customer | undefined,
  now: Date,
): string[] {
  if (!customer) return [customerId ? 'Record: it is not there any more' : 'Record: not known yet'];
  return [
    `Record: ${customer.id}, user name ${lineOf(customer.userName)}`,
    ...(isFrozen(customer, now)
      ? ['The record is held still: nothing can be approved (npm run freezes -- list).']
      : []),
  ];
}

const changeLines = ({ changes }: UpdateRequest, customer: Customer | undefined): string[] =>
  changes.flatMap(({ field, before, after }) => [
    `${FIELD_WORDS[field]}:`,
    `  was, when it was asked for: ${lineOf(shown(field, before))}`,
    ...(customer ? [`  is now: ${lineOf(shown(field, customer[field]))}`] : []),
    `  is to become: ${lineOf(shown(field, after))}`,
  ]);
