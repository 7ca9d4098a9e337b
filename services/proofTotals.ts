import type { Verdict } from './promiseVerdict';

/** How many promises stand how. */
export type Totals = Readonly<Record<Verdict, number>> & {
  readonly promises: number;
  /** Kept among those kept, missed or closed unanswered, from 0 to 1; absent when there is none. */
  readonly keptShare?: number;
};

/** By nearest rank: so many per cent of the answers took at most so many business days. */
export interface Percentile {
  readonly percent: number;
  readonly businessDays: number;
}

const PERCENTS = [50, 90, 95, 100];

/** Counts verdicts. */
export function totalsOf(rows: readonly { readonly verdict: Verdict }[]): Totals {
  const count = (verdict: Verdict): number => rows.filter((row) => row.verdict === verdict).length;
  const [kept, missed, closedUnanswered] = [
    count('kept'),
    count('missed'),
    count('closedUnanswered'),
  ];
  const settled = kept + missed + closedUnanswered;
  return {
    promises: rows.length,
    kept,
    missed,
    closedUnanswered,
    open: count('open'),
    notCounted: count('notCounted'),
    ...(settled > 0 ? { keptShare: kept / settled } : {}),
  };
}

/** @param used business days, one number for each answer. */
export function percentilesOf(used: readonly number[]): Percentile[] {
  const ascending = [...used].sort((a, b) => a - b);
  return PERCENTS.flatMap((percent) => {
    const businessDays = ascending[Math.ceil((percent / 100) * ascending.length) - 1];
    return businessDays === undefined ? [] : [{ percent, businessDays }];
  });
}
