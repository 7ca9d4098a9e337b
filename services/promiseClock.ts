import { CLOCK_EVENTS, type NextClockEvent, type Round } from '../models/caseContent';
import { nextOpening, opensBefore, type Calendar } from './businessDays';
import { dueOf } from './caseRounds';

/**
 * What the clock of an open promise does, and when: a warning at opening time two business days before it is due and
 * another one before, then the moment it is missed, then the apology at the next opening hour.
 */
export function clockEvents(round: Round, calendar: Calendar): NextClockEvent[] {
  const due = dueOf(round);
  const { zone } = round.promise;
  const times = {
    warning2: () => opensBefore(due, calendar, zone, 2),
    warning1: () => opensBefore(due, calendar, zone, 1),
    // A millisecond on: what is received at the very moment is in time.
    missed: () => new Date(due.getTime() + 1),
    apology: () => nextOpening(due, calendar, zone),
  };
  return CLOCK_EVENTS.map((event) => ({ event, nextAt: times[event]() }));
}

/** What the clock does first after an instant; undefined when all of it is over. */
export const clockAfter = (
  round: Round,
  calendar: Calendar,
  instant: Date,
): NextClockEvent | undefined =>
  clockEvents(round, calendar).find(({ nextAt }) => nextAt > instant);

/**
 * What the clock of a promise that the desk learns of now does first: what lies before is over, but a promise that is
 * missed already is still told as missed.
 */
export function firstClock(
  round: Round,
  calendar: Calendar,
  now: Date,
): NextClockEvent | undefined {
  const due = dueOf(round);
  return clockAfter(round, calendar, now > due ? due : now);
}

/** What the clock does after one of its events. */
export function clockAfterEvent(
  round: Round,
  calendar: Calendar,
  event: NextClockEvent['event'],
): NextClockEvent | undefined {
  return clockEvents(round, calendar)[CLOCK_EVENTS.indexOf(event) + 1];
}
