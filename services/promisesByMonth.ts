import { DateTime } from 'luxon';
import type { CaseRecords } from '../models/cases';
import type { Clock } from './ports';
import { verdictOf } from './promiseVerdict';
import { promiseRows } from './proofRows';
import { totalsOf, type Totals } from './proofTotals';

/** What became of the promises received in a month. */
export interface MonthOfPromises extends Pick<
  Totals,
  'kept' | 'missed' | 'open' | 'closedUnanswered'
> {
  /** `YYYY-MM`, in the company's time zone. */
  readonly month: string;
}

const MONTHS = 12;
const PAGE = 200;

/**
 * What became of the promises of the last twelve months, this one last, by the month of receipt; counted as the proof of
 * promises counts them.
 */
export async function promisesByMonth({
  records,
  zone,
  clock,
}: {
  readonly records: Pick<CaseRecords, 'receivedBetween'>;
  readonly zone: string;
  readonly clock: Clock;
}): Promise<MonthOfPromises[]> {
  const now = clock.now();
  const thisMonth = DateTime.fromJSDate(now, { zone }).startOf('month');
  const months: MonthOfPromises[] = [];
  for (let ago = MONTHS - 1; ago >= 0; ago -= 1) {
    const begins = thisMonth.minus({ months: ago });
    const [from, to] = [begins.toJSDate(), begins.plus({ months: 1 }).toJSDate()];
    const verdicts = [];
    for await (const found of receivedBetween(records, from, to))
      for (const row of promiseRows(found, [])) {
        const { receivedAt } = row.promise;
        // A case that was opened again has a promise in more than one month.
        if (receivedAt >= from && receivedAt < to) verdicts.push({ verdict: verdictOf(row, now) });
      }
    const { kept, missed, open, closedUnanswered } = totalsOf(verdicts);
    months.push({ month: begins.toFormat('yyyy-MM'), kept, missed, open, closedUnanswered });
  }
  return months;
}

async function* receivedBetween(
  records: Pick<CaseRecords, 'receivedBetween'>,
  from: Date,
  to: Date,
) {
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: Awaited<ReturnType<CaseRecords['receivedBetween']>> = await records.receivedBetween(
      from,
      to,
      PAGE,
      after,
    );
    yield* page;
    after = page.at(-1)?.id;
  }
}
