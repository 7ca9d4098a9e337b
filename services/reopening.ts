import type { Case, CasePromise, Reopening } from '../models/cases';
import type { Calendar } from './businessDays';
import type { CaseAudit } from './caseEffects';
import { withClock } from './caseChanges';
import { firstClock } from './promiseClock';

/**
 * The case with a new promise, and what the audit log says of it.
 * @param calendar the one in force, by which the promise is counted.
 * @param reopened where staff did it.
 */
export function withNewPromise(
  found: Case,
  promise: CasePromise,
  calendar: Calendar,
  now: Date,
  reopened?: Reopening,
): { readonly changed: Case; readonly facts: NonNullable<CaseAudit['facts']> } {
  const round = { promise, ...(reopened ? { reopened } : {}), answers: [], extensions: [] };
  const clock = firstClock(round, calendar, now);
  return {
    changed: withClock({ ...found, rounds: [...found.rounds, round] }, clock),
    facts: {
      receivedAt: promise.receivedAt.toISOString(),
      dueAt: promise.dueAt.toISOString(),
      calendar: promise.calendarHash,
    },
  };
}
