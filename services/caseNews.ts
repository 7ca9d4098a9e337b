import type { Case } from '../models/cases';
import { dueInWords } from './businessDays';
import type { CaseMessage } from './caseEffects';
import { zoneOf } from './caseMails';
import { dueOf, roundOf } from './caseRounds';
import { handledBy } from './caseWords';

/** News of a case as the chat tells it; somebody else may read it there once the customer has been silent for long. */
type News = Pick<CaseMessage, 'text' | 'whenIdle'>;

const by = ({ aboutStaff }: Case): string => handledBy(aboutStaff);

const proofFirst = (news: string): string =>
  `${news} Choose “Check a case” and give the e-mail address or PIN that it was opened with to read it.`;

export const answerNews = (about: Case, answer: string, again: boolean): News => ({
  text: `${again ? 'There is a further answer' : 'Here is the answer'} to your case ${about.reference}, from ${by(about)} of Comantra:\n\n${answer}`,
  whenIdle: proofFirst(
    `${again ? 'A further answer' : 'The answer'} to your case ${about.reference} is here.`,
  ),
});

export const extendedNews = (about: Case, before: Date, reason: string): News => ({
  text: `Your case ${about.reference} will take longer than we promised, and we are sorry. You will have an answer by ${dueInWords(dueOf(roundOf(about)), zoneOf(about))}, instead of ${dueInWords(before, zoneOf(about))}. The reason that ${by(about)} gives: ${reason}`,
  whenIdle: proofFirst(`There is news of your case ${about.reference}.`),
});

export const reopenedNews = (about: Case, reason: string): News => ({
  text: `We look at your case ${about.reference} once more, so it is open again. You will have an answer by ${dueInWords(dueOf(roundOf(about)), zoneOf(about))}. The reason that ${by(about)} gives: ${reason}`,
  whenIdle: proofFirst(`There is news of your case ${about.reference}.`),
});

export const closedNews = (about: Case, reason: string): News => ({
  text: `We have closed your case ${about.reference}. The reason that ${by(about)} gives: ${reason}`,
  whenIdle: proofFirst(`There is news of your case ${about.reference}.`),
});
