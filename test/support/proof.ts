import { DateTime } from 'luxon';
import type { CasePromise } from '../../models/cases';
import { calendarHash, dueAt, parseCalendar } from '../../services/businessDays';
import { proofOf, type Proof, type PromiseRow } from '../../services/proof';

export const KOLKATA = 'Asia/Kolkata';
export const YEAR = { from: '2026-01-01', to: '2026-12-31', zone: KOLKATA };
export const CALENDAR = parseCalendar({
  weekend: [6, 7],
  opens: '09:00',
  closes: '18:00',
  holidays: { '2026-01-26': 'Republic Day', '2026-08-15': 'Independence Day' },
  workingDays: ['2026-03-07'],
});
export const HASH = calendarHash(CALENDAR);

/** An instant by the clocks of Kolkata. */
export const at = (local: string): Date => DateTime.fromISO(local, { zone: KOLKATA }).toJSDate();

/** When the proofs of tests are made. */
export const NOW = at('2027-01-01T10:00');

/** The promise for something received then; on Monday 15 June, due on Monday 22 June. */
export function promised(receivedAt = at('2026-06-15T10:00')): CasePromise {
  return {
    receivedAt,
    dueAt: dueAt(receivedAt, CALENDAR, KOLKATA, 5),
    calendarHash: HASH,
    zone: KOLKATA,
    days: 5,
    rule: 'date of receipt not counted; due at close of business',
  };
}

/** A promise of 15 June that nobody has answered. */
export const row = (over: Partial<PromiseRow> = {}): PromiseRow => ({
  reference: 'PD-7K3M-9QXA',
  round: 1,
  kind: 'breach',
  channel: 'chat',
  promise: promised(),
  auditSeqs: [],
  ...over,
});

/** The proof of the year over these. */
export const madeOf = (rows: readonly PromiseRow[]): Proof =>
  proofOf(rows, new Map([[HASH, CALENDAR]]), YEAR, NOW);
