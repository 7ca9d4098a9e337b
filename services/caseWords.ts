import type { AboutStaff, CaseKind } from '../models/cases';

/** The kinds of case in words, as screens and mails say them. */
export const KIND_WORDS: Readonly<Record<CaseKind, string>> = {
  breach: 'Suspected breach',
  misuse: 'Misuse of an account',
  complaint: 'Privacy complaint',
  question: 'Privacy question',
};

/** Whether a case is about somebody who works here, in words. */
export const STAFF_WORDS: Readonly<Record<AboutStaff, string>> = {
  no: 'No',
  staff: 'Yes',
  privacy_manager: 'Yes, the privacy manager',
};

/** Who reads and answers a case, as the customer is told. */
export const handledBy = (aboutStaff: AboutStaff): string =>
  aboutStaff === 'privacy_manager' ? 'a person above the privacy manager' : 'the privacy manager';

const MANAGER = /\b(?:privacy[\s-]+(?:manager|officer)|data protection officer|dpo)\b/i;
const NOT_THE_MANAGER =
  /\b(?:not|isn'?t|never|except|other than)\b.{0,20}\b(?:privacy[\s-]+(?:manager|officer)|data protection officer|dpo)\b/i;

/** Whether words speak of the privacy manager as the one concerned; rather once too often than once too seldom. */
export const namesTheManager = (text: string): boolean =>
  MANAGER.test(text) && !NOT_THE_MANAGER.test(text.replaceAll('’', "'"));
