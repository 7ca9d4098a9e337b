import path from 'node:path';
import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import type { Audit, Verification } from '../../services/audit';
import { verificationInWords } from '../../services/auditWords';
import { parseCalendar, type Calendar } from '../../services/businessDays';
import type { Case } from '../../services/cases';
import { ProductError } from '../../services/errors';
import { proofOf, type PromiseRow, type Proof, type ProofPeriod } from '../../services/proof';
import { proofCsv, proofPage } from '../../services/proofPage';
import { promiseRows } from '../../services/proofRows';
import { shareInWords } from '../../services/proofWords';
import { composeOffice } from '../office';
import { runCommand } from './run';
import { parseConfig } from '../config';
import { writePrivately } from '../privateFile';

/** What `npm run proof` reads. */
export interface ProofOffice {
  readonly audit: Pick<Audit, 'entriesAbout' | 'verify'>;
  readonly cases: {
    /** Cases with a promise received from `from` (included) to `to` (excluded), in order of their ids, page by page. */
    receivedBetween(from: Date, to: Date, limit: number, after?: string): Promise<Case[]>;
  };
  readonly calendars: {
    /** The calendar with this content hash, as parsed from JSON. */
    find(hash: string): Promise<unknown>;
  };
}

const USAGE = 'Usage: npm run -s proof -- --from YYYY-MM-DD --to YYYY-MM-DD --out DIRECTORY';
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const PAGE = 200;

/**
 * Reads the words of the command line.
 * @throws ProductError `BadArgument`, in words for the person at the terminal.
 */
export function readProofRequest(argv: readonly string[]): {
  readonly from: string;
  readonly to: string;
  readonly out: string;
} {
  const { from, to, out } = parse(argv);
  if (from === undefined || to === undefined || out === undefined)
    throw misused('Say --from, --to and --out.');
  for (const date of [from, to])
    if (!DATE.test(date) || !DateTime.fromISO(date, { zone: 'utc' }).isValid)
      throw misused(`"${date}" is not a date.`);
  if (to < from) throw misused('The period ends before it begins.');
  return { from, to, out };
}

/** Gathers the promises of a period, and checks them and the audit log. */
export async function gatherProof(
  office: ProofOffice,
  period: ProofPeriod,
  now: Date,
): Promise<{ readonly proof: Proof; readonly audit: Verification }> {
  const rows: PromiseRow[] = [];
  for await (const found of casesOf(office, period))
    rows.push(...promiseRows(found, await office.audit.entriesAbout('case', found.id)));
  const calendars = new Map<string, Calendar>();
  for (const hash of new Set(rows.map(({ promise }) => promise.calendarHash))) {
    const calendar = await calendarOf(office, hash);
    if (calendar) calendars.set(hash, calendar);
  }
  return { proof: proofOf(rows, calendars, period, now), audit: await office.audit.verify() };
}

/** Writes `proof.html` and `proof.csv` (0600); returns lines for the person at the terminal, and whether all is well. */
export async function writeProof(
  { proof, audit }: { readonly proof: Proof; readonly audit: Verification },
  directory: string,
): Promise<{ readonly lines: readonly string[]; readonly sound: boolean }> {
  const files = { 'proof.html': proofPage(proof, audit), 'proof.csv': proofCsv(proof) };
  for (const [name, content] of Object.entries(files))
    await writePrivately(path.join(directory, name), content);
  const { sound, words } = verificationInWords(audit);
  const written = Object.keys(files).map((name) => path.join(directory, name));
  return {
    lines: [...totalLines(proof), words, `Written: ${written.join(', ')}`],
    sound: sound && proof.faulty === 0,
  };
}

function totalLines({ period, totals, percentiles, extended, faulty }: Proof): string[] {
  const { promises, kept, missed, closedUnanswered, open, notCounted, keptShare } = totals;
  const within = percentiles.map(
    ({ percent, businessDays }) => `${percent} % within ${businessDays}`,
  );
  return [
    `Promises received from ${period.from} to ${period.to}: ${promises}`,
    `Kept ${kept}, missed ${missed}, closed without an answer ${closedUnanswered}, still open ${open}, not counted ${notCounted}; extended ${extended}`,
    `Share kept: ${shareInWords(keptShare)}`,
    ...(within.length > 0 ? [`Business days to the answer: ${within.join(', ')}`] : []),
    faulty > 0
      ? `${faulty} of ${promises} promises do not check out; proof.html says which and why.`
      : 'Every due date was computed again and agrees with the stored one.',
  ];
}

async function* casesOf(
  { cases }: ProofOffice,
  { from, to, zone }: ProofPeriod,
): AsyncGenerator<Case, void> {
  const begins = DateTime.fromISO(from, { zone }).startOf('day').toJSDate();
  const ends = DateTime.fromISO(to, { zone }).plus({ days: 1 }).startOf('day').toJSDate();
  let after: string | undefined = '';
  while (after !== undefined) {
    const page: Case[] = await cases.receivedBetween(begins, ends, PAGE, after);
    yield* page;
    after = page.at(-1)?.id;
  }
}

/** Undefined for one that is not there, or that can no longer be read as a calendar. */
async function calendarOf({ calendars }: ProofOffice, hash: string): Promise<Calendar | undefined> {
  try {
    const kept = await calendars.find(hash);
    return kept === undefined ? undefined : parseCalendar(kept);
  } catch (error) {
    if (error instanceof ProductError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function parse(argv: readonly string[]) {
  const string = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...argv], options: { from: string, to: string, out: string } })
      .values;
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/[.\n]/);
    throw misused(`${reason ?? ''}.`, cause);
  }
}

const misused = (what: string, cause?: unknown): ProductError =>
  new ProductError('BadArgument', `${what} ${USAGE}`, { cause });

/** `npm run proof`: what became of the promises of a period, for an auditor. */
async function main(): Promise<{ readonly lines: readonly string[]; readonly sound: boolean }> {
  const { from, to, out } = readProofRequest(process.argv.slice(2));
  const config = parseConfig();
  const office = await composeOffice(config);
  try {
    const period = { from, to, zone: config.COMPANY_TIME_ZONE };
    const { cases, calendars } = office.records;
    const parts = { audit: office.audit, cases, calendars };
    return await writeProof(await gatherProof(parts, period, new Date()), out);
  } finally {
    await office.close();
  }
}

if (require.main === module) runCommand(main);
