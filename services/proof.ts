import type { CasePromise } from '../models/cases';
import { calendarHash, dueAt, localDate, type Calendar } from './businessDays';
import { businessDaysUsed, verdictOf, type PromiseRow, type Verdict } from './promiseVerdict';
import { percentilesOf, totalsOf, type Percentile, type Totals } from './proofTotals';

export { businessDaysUsed, verdictOf, type PromiseRow, type Verdict } from './promiseVerdict';
export type { Percentile, Totals } from './proofTotals';

/** What a check of a promise against its calendar and the audit log can find. */
export type ProofFault =
  | 'calendarMissing'
  | 'calendarAltered'
  | 'calendarUnusable'
  | 'dueDiffers'
  | 'answeredBeforeReceived'
  | 'auditReceivedDiffers'
  | 'auditDueDiffers'
  | 'auditAnsweredDiffers';

/** Dates of receipt, both included. */
export interface ProofPeriod {
  /** `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  /** IANA name of the company's time zone, in which dates are meant. */
  readonly zone: string;
}

/** A promise and what came of checking it. */
export interface ProvedRow extends PromiseRow {
  /** Absent where there is no calendar, or none that gives a date. */
  readonly recomputedDueAt?: Date;
  /** By the recomputed due date, where there is one. */
  readonly verdict: Verdict;
  /** Of answered promises with a recomputed due date. */
  readonly businessDaysUsed?: number;
  readonly faults: readonly ProofFault[];
}

/** What can be said of the promises of a period. */
export interface Proof {
  readonly period: ProofPeriod;
  readonly madeAt: Date;
  /** In order of receipt. */
  readonly rows: readonly ProvedRow[];
  readonly totals: Totals;
  /** In order of the kinds' names. */
  readonly byKind: readonly { readonly kind: string; readonly totals: Totals }[];
  /** Of 50, 90, 95 and 100 per cent of the counted answers; empty without any. */
  readonly percentiles: readonly Percentile[];
  /** How many counted promises were extended; an extension changes no verdict. */
  readonly extended: number;
  readonly faulty: number;
}

/**
 * Checks the promises received in a period: computes every due date again from its pinned calendar, and compares it with
 * the stored one and with the audit log.
 * @param rows in any order; those received outside the period are left out.
 * @param calendars by content hash.
 */
export function proofOf(
  rows: readonly PromiseRow[],
  calendars: ReadonlyMap<string, Calendar>,
  period: ProofPeriod,
  now: Date,
): Proof {
  const altered = new Set(
    [...calendars]
      .filter(([hash, calendar]) => calendarHash(calendar) !== hash)
      .map(([hash]) => hash),
  );
  const proved = rows
    .filter((row) => isWithin(localDate(row.promise.receivedAt, period.zone), period))
    .sort(inOrderOfReceipt)
    .map((row) => {
      const { calendarHash: hash } = row.promise;
      return provedRow(row, calendars.get(hash), altered.has(hash), now);
    });
  const counted = proved.filter(({ verdict }) => verdict !== 'notCounted');
  const kinds = [...new Set(proved.map(({ kind }) => kind))].sort();
  return {
    period,
    madeAt: now,
    rows: proved,
    totals: totalsOf(proved),
    byKind: kinds.map((kind) => ({
      kind,
      totals: totalsOf(proved.filter((row) => row.kind === kind)),
    })),
    percentiles: percentilesOf(counted.flatMap(({ businessDaysUsed: used }) => used ?? [])),
    extended: counted.filter(({ extendedTo }) => extendedTo).length,
    faulty: proved.filter(({ faults }) => faults.length > 0).length,
  };
}

function provedRow(
  row: PromiseRow,
  calendar: Calendar | undefined,
  isAltered: boolean,
  now: Date,
): ProvedRow {
  const { promise, answeredAt } = row;
  const recomputed = calendar && recomputedDue(promise, calendar);
  const checked = recomputed ? { ...row, promise: { ...promise, dueAt: recomputed } } : row;
  return {
    ...row,
    ...(recomputed ? { recomputedDueAt: recomputed } : {}),
    verdict: verdictOf(checked, now),
    ...(calendar && recomputed && answeredAt
      ? {
          businessDaysUsed: businessDaysUsed(
            promise.receivedAt,
            answeredAt,
            calendar,
            promise.zone,
          ),
        }
      : {}),
    faults: [
      ...(calendar ? [] : (['calendarMissing'] as const)),
      ...(isAltered ? (['calendarAltered'] as const) : []),
      ...(calendar && !recomputed ? (['calendarUnusable'] as const) : []),
      ...dateFaults(row, recomputed),
      ...auditFaults(row),
    ],
  };
}

/** Undefined for a promise that cannot be computed, as one with a calendar that has no business day. */
function recomputedDue(promise: CasePromise, calendar: Calendar): Date | undefined {
  try {
    return dueAt(promise.receivedAt, calendar, promise.zone, promise.days);
  } catch {
    return undefined;
  }
}

function dateFaults(
  { promise, answeredAt }: PromiseRow,
  recomputed: Date | undefined,
): ProofFault[] {
  const faults: ProofFault[] = [];
  if (recomputed && differs(recomputed, promise.dueAt)) faults.push('dueDiffers');
  if (answeredAt && answeredAt < promise.receivedAt) faults.push('answeredBeforeReceived');
  return faults;
}

function auditFaults({ promise, answeredAt, audited }: PromiseRow): ProofFault[] {
  if (!audited) return [];
  const faults: ProofFault[] = [];
  if (audited.receivedAt && differs(audited.receivedAt, promise.receivedAt))
    faults.push('auditReceivedDiffers');
  if (audited.dueAt && differs(audited.dueAt, promise.dueAt)) faults.push('auditDueDiffers');
  // Also when only one of the two knows of an answer.
  if (differs(audited.answeredAt, answeredAt)) faults.push('auditAnsweredDiffers');
  return faults;
}

const differs = (one: Date | undefined, other: Date | undefined): boolean =>
  one?.getTime() !== other?.getTime();

const inOrderOfReceipt = (a: PromiseRow, b: PromiseRow): number =>
  a.promise.receivedAt.getTime() - b.promise.receivedAt.getTime() ||
  (a.reference < b.reference ? -1 : 1);

const isWithin = (date: string, { from, to }: ProofPeriod): boolean => from <= date && date <= to;
