import { DateTime } from 'luxon';
import type { CasePromise } from '../models/cases';
import { isBusinessDay, localDate, type Calendar } from './businessDays';

/** One promise of a case; a reopened case has several. */
export interface PromiseRow {
  readonly reference: string;
  /** 1, and 2 after a reopening. */
  readonly round: number;
  readonly kind: string;
  readonly channel: string;
  readonly promise: CasePromise;
  readonly answeredAt?: Date;
  readonly extendedTo?: Date;
  readonly closedAs?: 'closed' | 'spam' | 'notPrivacy';
  readonly closedAt?: Date;
  /** Places in the audit log. */
  readonly auditSeqs: readonly number[];
  /** What the audit log says of the same promise, where it has entries. */
  readonly audited?: {
    readonly receivedAt?: Date;
    readonly dueAt?: Date;
    readonly answeredAt?: Date;
  };
}

/** How a promise stands; `notCounted`: spam, or not about privacy. */
export type Verdict = 'kept' | 'missed' | 'open' | 'closedUnanswered' | 'notCounted';

/**
 * How a promise stands, by the first promised date: an extension stands beside it, and a case closed without an answer
 * never counts as kept.
 */
export function verdictOf(row: PromiseRow, now: Date): Verdict {
  const { promise, answeredAt, closedAs, closedAt } = row;
  // Before anything else: what was answered, or missed, cannot be filed out of the figures.
  if (answeredAt) return answeredAt <= promise.dueAt ? 'kept' : 'missed';
  if (closedAt && closedAt > promise.dueAt) return 'missed';
  if (closedAs === 'spam' || closedAs === 'notPrivacy') return 'notCounted';
  if (closedAs) return 'closedUnanswered';
  return now > promise.dueAt ? 'missed' : 'open';
}

/**
 * The business days begun after the date of receipt, up to the date of `until`: 0 for an answer on the day of receipt,
 * as many as were promised for one on the due day, whatever the hour.
 */
export function businessDaysUsed(
  receivedAt: Date,
  until: Date,
  calendar: Calendar,
  zone: string,
): number {
  const last = localDate(until, zone);
  let day = DateTime.fromISO(localDate(receivedAt, zone), { zone: 'utc' });
  let used = 0;
  for (;;) {
    day = day.plus({ days: 1 });
    const date = day.toISODate();
    if (date === null || date > last) return used;
    if (isBusinessDay(date, calendar)) used += 1;
  }
}
