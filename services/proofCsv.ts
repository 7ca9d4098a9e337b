import { csvFile, csvLine, guarded } from './csv';
import type { Proof, ProvedRow } from './proof';
import { isoIn } from './proofWords';

const COLUMNS: readonly (readonly [title: string, cell: (row: ProvedRow) => string | number])[] = [
  ['reference', ({ reference }) => reference],
  ['round', ({ round }) => round],
  ['kind', ({ kind }) => kind],
  ['channel', ({ channel }) => channel],
  ['received', (row) => instant(row, row.promise.receivedAt)],
  ['due', (row) => instant(row, row.promise.dueAt)],
  ['recomputed due', (row) => instant(row, row.recomputedDueAt)],
  ['answered', (row) => instant(row, row.answeredAt)],
  ['business days used', ({ businessDaysUsed }) => businessDaysUsed ?? ''],
  ['calendar version', ({ promise }) => shortHash(promise.calendarHash)],
  ['verdict', ({ verdict }) => verdict],
  ['extended to', (row) => instant(row, row.extendedTo)],
  ['audit entries', ({ auditSeqs }) => auditSeqs.join(' ')],
  ['faults', ({ faults }) => faults.join(' ')],
];

const HASH_SHOWN = 12;

/** How a calendar's version is shown: the first digits of its content hash. */
export const shortHash = (hash: string): string => hash.slice(0, HASH_SHOWN);

/** The promises of a proof as CSV (RFC 4180, UTF-8); instants in ISO 8601, with the offset of the promise's zone. */
export function proofCsv({ rows }: Proof): string {
  const lines = [
    COLUMNS.map(([title]) => title),
    ...rows.map((row) => COLUMNS.map(([, cell]) => String(cell(row)))),
  ];
  return csvFile(lines.map((line) => csvLine(line.map(guarded))));
}

const instant = ({ promise }: ProvedRow, at: Date | undefined): string =>
  at ? isoIn(at, promise.zone) : '';
