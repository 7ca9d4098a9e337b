import type { Case } from '../models/cases';
import { comparable, sameMailbox } from './addresses';

/** Somebody of staff who wants to see a case; whether their roles let them see cases at all is asked elsewhere. */
export interface CaseViewer {
  readonly accountId: string;
  /** Their full name. */
  readonly name: string;
  readonly email: string;
}

/** What of a case says whom it is about. */
export type CaseSubject = Pick<
  Case,
  'aboutStaff' | 'namedStaff' | 'report' | 'followUps' | 'origin'
>;

/**
 * Whether somebody sees a case and the conversation that it came from, and hears of it. The escalation address sees every
 * case, and it alone one about the privacy manager; nobody else sees one that is about them.
 * @param heldBy accounts of those who held the case's conversation.
 */
export function seesCase(
  viewer: CaseViewer,
  about: CaseSubject,
  isEscalation: boolean,
  heldBy: readonly string[],
): boolean {
  if (isEscalation) return true;
  return about.aboutStaff !== 'privacy_manager' && !isMeant(viewer, about, heldBy);
}

/**
 * Whether a case is about somebody, as far as it says so: whoever was named; and where it is about staff, also who held
 * its conversation, and whose full name or address stands in it.
 */
export function isMeant(
  person: CaseViewer,
  about: CaseSubject,
  heldBy: readonly string[],
): boolean {
  if (about.namedStaff?.includes(person.accountId)) return true;
  if (about.aboutStaff === 'no') return false;
  return heldBy.includes(person.accountId) || standsIn(person, wordsOf(about));
}

/**
 * As `isMeant`, for an address to which mails about cases go, whether or not there is an account with it.
 * @param named addresses of the accounts that were named.
 * @param account the one with this address.
 */
export function isMeantAt(
  address: string,
  about: CaseSubject,
  named: readonly string[],
  account: Pick<CaseViewer, 'name' | 'email'> | undefined,
): boolean {
  if (named.some((each) => sameMailbox(each, address))) return true;
  if (about.aboutStaff === 'no') return false;
  const words = wordsOf(about);
  return account ? standsIn(account, words) : nameStandsIn(address, words);
}

/** Whether somebody's full name or address stands in words. */
export function standsIn(
  { name, email }: Pick<CaseViewer, 'name' | 'email'>,
  words: string,
): boolean {
  const parts = plain(name).split(' ').filter(Boolean);
  // Lists put the last name first.
  const turned = [parts.at(-1), ...parts.slice(0, -1)].join(' ');
  const text = ` ${plain(words)} `;
  return (
    (email !== '' && comparable(words).includes(comparable(email))) ||
    (parts.length > 0 && [parts.join(' '), turned].some((each) => text.includes(` ${each} `)))
  );
}

/** What stands before the `@` of mailboxes that several people read; it is nobody's name. */
const OF_AN_OFFICE =
  /^(?:privacy|data|protection|manager|officer|dpo|grievance|compliance|legal|support|team|office|desk|info|contact)$/;
const LEAST_LETTERS = 2;

/** Of an address such as `pia.sen@…` the name is known, although no account says it. */
function nameStandsIn(address: string, words: string): boolean {
  const [local = ''] = comparable(address).split('@');
  const parts = local.split('.').filter((part) => part.length >= LEAST_LETTERS);
  const text = ` ${plain(words)} `;
  return (
    comparable(words).includes(comparable(address)) ||
    (parts.length > 1 &&
      !parts.every((part) => OF_AN_OFFICE.test(part)) &&
      parts.every((part) => text.includes(` ${plain(part)} `)))
  );
}

/** All that the customer wrote. */
const wordsOf = ({ report, followUps, origin }: CaseSubject): string =>
  [
    report.whatHappened,
    report.noticed?.words ?? '',
    origin?.subject ?? '',
    ...followUps.flatMap(({ subject, text }) => [subject, text]),
  ].join('\n');

/** Words alone, each with one space behind it: no case, marks or punctuation; "Rao's" is "rao s". */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
