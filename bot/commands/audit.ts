import { open } from 'node:fs/promises';
import { DateTime } from 'luxon';
import { isSignedBy } from '../../services/auditChain';
import { checkExport, exportLine, readPublicKey } from '../../services/auditExport';
import { actionInWords, verificationInWords } from '../../services/auditWords';
import type { Audit, AuditEntry } from '../../services/audit';
import { ProductError } from '../../services/errors';
import { composeOffice } from '../office';
import { runCommand } from './run';
import { readAuditRequest, type AuditCheck, type AuditRequest } from '../auditRequest';
import { parseConfig } from '../config';
import { writePrivately } from '../privateFile';

/** What `npm run audit` reads. */
export interface AuditOffice {
  readonly audit: Audit;
  readonly cases: { byReference(reference: string): Promise<{ readonly id: string } | undefined> };
  /** The company's time zone. */
  readonly zone: string;
  /** The addresses that a fingerprint may stand for. */
  readonly staff: readonly string[];
}

/** Lines for the person at the terminal, and whether all is well. */
export interface AuditReport {
  readonly lines: readonly string[];
  readonly sound: boolean;
}

/** Does what was asked with the desk's log. */
export async function runAudit(
  request: Exclude<AuditRequest, AuditCheck>,
  office: AuditOffice,
): Promise<AuditReport> {
  const { audit } = office;
  switch (request.action) {
    case 'verify': {
      const { sound, words } = verificationInWords(await audit.verify(request.expected));
      return { lines: [words], sound };
    }
    case 'list':
      return well(await listed(request.reference, office));
    case 'head':
      return well(await headLines(audit));
    case 'export':
      await writePrivately(request.out, linesOf(audit.entries()));
      return well([`The audit log was written to ${request.out}.`, ...(await headLines(audit))]);
  }
}

/** Follows an exported log to the head, and checks the head's signature where one is given. */
export async function checkFile({ file, expected, signed }: AuditCheck): Promise<AuditReport> {
  const copy = await open(file).catch((cause: unknown) => {
    throw new ProductError('NotFound', `${file} cannot be read.`, { cause });
  });
  const found = await checkExport(copy.readLines(), expected).finally(() => copy.close());
  const { sound, words } = verificationInWords(found);
  if (!signed) return { lines: [words], sound };
  const key = readPublicKey(signed.publicKey);
  const genuine = isSignedBy({ ...expected, at: signed.at, signature: signed.signature }, [key]);
  const said = genuine ? 'The signature fits the head.' : 'The signature does not fit the head.';
  return { lines: [words, said], sound: sound && genuine };
}

const well = (lines: readonly string[]): AuditReport => ({ lines, sound: true });

async function headLines(audit: Audit): Promise<string[]> {
  const head = await audit.head();
  if (!head) return ['The audit log is empty.'];
  const { seq, hash, at, signature, publicKey } = head;
  return [
    `Head: ${seq}:${hash}`,
    `Signed at: ${at.toISOString()}`,
    `Signature: ${signature}`,
    `Public key: ${publicKey}`,
  ];
}

async function listed(
  reference: string,
  { audit, cases, zone, staff }: AuditOffice,
): Promise<string[]> {
  const found = await cases.byReference(reference);
  if (!found) throw new ProductError('NotFound', `There is no case ${reference}.`);
  const entries = await audit.entriesOfCase(found.id);
  if (entries.length === 0) return [`The audit log says nothing of ${reference}.`];
  const known = new Map(
    staff.flatMap((address) => audit.fingerprints(address).map((print) => [print, address])),
  );
  return [reference, ...entries.map((entry) => lineOf(entry, zone, known))];
}

/** Such as `#12  15 Jun 2026, 10:02:31  case answered  by anita@example.com  (late false)`. */
function lineOf(entry: AuditEntry, zone: string, known: ReadonlyMap<string, string>): string {
  const { seq, at, by, facts = {} } = entry;
  const time = DateTime.fromJSDate(at, { zone })
    .setLocale('en-GB')
    .toFormat('d LLL yyyy, HH:mm:ss');
  const told = Object.entries(facts).map(([name, value]) => `${name} ${value}`);
  return [
    `#${seq}`,
    time,
    actionInWords(entry),
    `by ${known.get(by) ?? by}`,
    ...(told.length > 0 ? [`(${told.join(', ')})`] : []),
  ].join('  ');
}

async function* linesOf(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string, void> {
  for await (const entry of entries) yield `${exportLine(entry)}\n`;
}

/** `npm run audit`: whether the log of who did what is whole, and what it says. */
async function main(): Promise<AuditReport> {
  const request = readAuditRequest(process.argv.slice(2));
  if (request.action === 'check') return checkFile(request);
  const config = parseConfig();
  const office = await composeOffice(config);
  try {
    return await runAudit(request, {
      ...{ audit: office.audit, cases: office.records.cases, zone: config.COMPANY_TIME_ZONE },
      staff: await office.staff.everybody(),
    });
  } finally {
    await office.close();
  }
}

if (require.main === module) runCommand(main);
