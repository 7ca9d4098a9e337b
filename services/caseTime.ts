import { DateTime } from 'luxon';
import type { Case } from '../models/cases';
import { localDate, type Calendar } from './businessDays';
import { dueOf, isOpen, roundOf } from './caseRounds';
import { businessDaysUsed } from './promiseVerdict';

/** How a case stands on a list; `late`: an answer is owed, and the date it is due by has passed. */
export type CaseStanding = 'open' | 'late' | 'answered' | 'closed';

export function standingOf(about: Pick<Case, 'rounds'>, now: Date): CaseStanding {
  const round = roundOf(about);
  if (isOpen(round)) return now > dueOf(round) ? 'late' : 'open';
  return round.closing ? 'closed' : 'answered';
}

/**
 * The time that is left to answer a case, in business terms, such as "2 business days left", "due today at 6:00 pm" or
 * "1 business day late".
 * @param calendar the one that its promise was counted by.
 */
export function leftInWords(about: Pick<Case, 'rounds'>, calendar: Calendar, now: Date): string {
  const round = roundOf(about);
  const due = dueOf(round);
  const { zone } = round.promise;
  const [first] = round.answers;
  switch (standingOf(about, now)) {
    case 'closed':
      return first ? 'closed after an answer' : 'closed without an answer';
    case 'answered':
      return first && first.answeredAt > round.promise.dueAt ? 'answered late' : 'answered in time';
    case 'late': {
      const days = businessDaysUsed(due, now, calendar, zone);
      return days === 0 ? `late since ${timeOf(due, zone)}` : `${counted(days)} late`;
    }
    case 'open': {
      if (localDate(due, zone) === localDate(now, zone)) return `due today at ${timeOf(due, zone)}`;
      const days = businessDaysUsed(now, due, calendar, zone);
      return days === 0 ? 'less than a business day left' : `${counted(days)} left`;
    }
  }
}

const counted = (days: number): string => `${days} business ${days === 1 ? 'day' : 'days'}`;

const timeOf = (instant: Date, zone: string): string =>
  DateTime.fromJSDate(instant, { zone }).setLocale('en-IN').toFormat('h:mm a');
