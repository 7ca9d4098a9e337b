import type { AboutStaff, CaseChannel, CaseKind, ClosedAs } from '../models/cases';

/** The kinds of case in words, as screens and mails say them. */
export const KIND_WORDS: Readonly<Record<CaseKind, string>> = {
  breach: 'Suspected breach',
  misuse: 'Misuse of an account',
  complaint: 'Privacy complaint',
  question: 'Privacy question',
};

/** How a case came, in words. */
export const CHANNEL_WORDS: Readonly<Record<CaseChannel, string>> = {
  chat: 'chat',
  mail: 'mail',
  link: 'link',
  phone: 'telephone',
};

/** Whether a case is about somebody who works here, in words. */
export const STAFF_WORDS: Readonly<Record<AboutStaff, string>> = {
  no: 'No',
  staff: 'Yes',
  privacy_manager: 'Yes, the privacy manager',
};

/** What a case was filed as, in words. */
export const CLOSED_WORDS: Readonly<Record<ClosedAs, string>> = {
  closed: 'closed without an answer',
  spam: 'filed as spam',
  notPrivacy: 'filed as not about privacy',
};

/** Who reads and answers a case, as the customer is told. */
export const handledBy = (aboutStaff: AboutStaff): string =>
  aboutStaff === 'privacy_manager' ? 'a person above the privacy manager' : 'the privacy manager';

const MANAGER = /\b(?:privacy[\s\p{Pd}]+(?:manager|officer)s?|data protection officers?|dpo)\b/giu;
/** Words right before a mention that say it is somebody else. */
const SOMEBODY_ELSE =
  /\b(?:not|never|except|other than|(?:it|this|that|he|she)\s+(?:is|was)n['’]?t)(?:\s+(?:about|by|from|against|with))?(?:\s+(?:the|your|our|a))?\s+$/i;
/** A mention is read with so many characters before it. */
const BEFORE = 40;

/**
 * Whether words speak of the privacy manager as the one concerned; rather once too often than once too seldom, so that
 * one mention that is not denied will do.
 */
export const namesTheManager = (text: string): boolean =>
  [...text.matchAll(MANAGER)].some(
    ({ index }) => !SOMEBODY_ELSE.test(text.slice(Math.max(0, index - BEFORE), index)),
  );
