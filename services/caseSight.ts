import type { Case } from '../models/cases';
import { comparable } from './addresses';

/** Somebody of staff who wants to see a case; whether their roles let them see cases at all is asked elsewhere. */
export interface CaseViewer {
  readonly accountId: string;
  /** Their full name. */
  readonly name: string;
  readonly email: string;
}

/**
 * Whether somebody sees a case and the conversation that it came from, and hears of it. A case about the privacy manager
 * is for the escalation address alone; one about staff is not for whoever it is about: who was named, who held its
 * conversation, and whose full name or address stands in it.
 * @param heldBy accounts of those who held the case's conversation.
 */
export function seesCase(
  viewer: CaseViewer,
  about: Pick<Case, 'aboutStaff' | 'namedStaff' | 'report' | 'followUps' | 'origin'>,
  isEscalation: boolean,
  heldBy: readonly string[],
): boolean {
  if (about.namedStaff?.includes(viewer.accountId)) return false;
  if (about.aboutStaff === 'no') return true;
  if (about.aboutStaff === 'privacy_manager' && !isEscalation) return false;
  return !heldBy.includes(viewer.accountId) && !standsIn(viewer, wordsOf(about));
}

/** All that the customer wrote. */
const wordsOf = ({ report, followUps, origin }: Parameters<typeof seesCase>[1]): string =>
  [
    report.whatHappened,
    report.noticed?.words ?? '',
    origin?.subject ?? '',
    ...followUps.flatMap(({ subject, text }) => [subject, text]),
  ].join('\n');

function standsIn({ name, email }: CaseViewer, words: string): boolean {
  const plainName = plain(name);
  const parts = plainName.split(' ').filter(Boolean);
  // Lists put the last name first.
  const turned = [parts.at(-1), ...parts.slice(0, -1)].join(' ');
  const text = ` ${plain(words)} `;
  return (
    comparable(words).includes(comparable(email)) ||
    (parts.length > 0 && [parts.join(' '), turned].some((each) => text.includes(` ${each} `)))
  );
}

/** Words alone, each with one space behind it: no case, marks or punctuation; "Rao's" is "rao s". */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
