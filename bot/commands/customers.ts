import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { Audit } from '../../services/audit';
import { csvLine, guarded } from '../../services/csv';
import {
  CUSTOMER_COLUMNS,
  customerHead,
  customerLine,
  LARGEST_FILE,
  readCustomerFile,
  type FileFault,
} from '../../services/records/customerFile';
import { CustomerImport } from '../../services/records/customerImport';
import type { Customer, CustomerRecords } from '../../services/records/customers';
import { ProductError } from '../../services/errors';
import { sizeInWords } from '../../services/sizes';
import { parseConfig } from '../config';
import { composeOffice } from '../office';
import { writePrivately } from '../privateFile';
import { systemClock, systemIds } from '../system';
import { progressBar } from './progress';
import { runCommand, type CommandReport } from './run';

const USAGE = `Usage: npm run -s customers -- import FILE.csv [--dry-run]   adds the customers of a file, all or none; beside a running desk
       npm run -s customers -- export [FILE]                 writes all customers so that they can be imported again
       npm run -s customers -- subscribers [FILE]            email, name and unsubscribeUrl of those who get the newsletter
Columns of a file: ${CUSTOMER_COLUMNS.join(',')}
       in any order; of a missing one everything is empty, or no. CSV in UTF-8, set apart by commas, semicolons or tabs.
The unsubscribeUrl goes into the newsletter's text and into its header, for mail programs with a button of their own (RFC 8058):
       List-Unsubscribe: <unsubscribeUrl>
       List-Unsubscribe-Post: List-Unsubscribe=One-Click`;
const FAULTS_SHOWN = 50;
/** Large, since the embedded store looks through all that is left for each page. */
const PAGE = 5_000;

/** What the command needs of the office. */
export interface CustomersOffice {
  readonly records: { readonly customers: CustomerRecords };
  readonly audit: Audit;
  readonly newsletter: { linkOf(customerId: string): string };
  close(): Promise<void>;
}

/**
 * Customer records from and to files.
 * @param open opens the office once the words and the file are known to be fit.
 */
export async function runCustomers(
  args: readonly string[],
  open: () => Promise<CustomersOffice>,
): Promise<CommandReport> {
  const { positionals, values } = parsed(args);
  const [action, file, ...rest] = positionals;
  const dryRun = values['dry-run'];
  if (rest.length > 0 || (dryRun && action !== 'import')) throw misused();
  const bytes = action === 'import' && file !== undefined ? await contentOf(file) : undefined;
  if (bytes === undefined && action !== 'export' && action !== 'subscribers') throw misused();
  const office = await open();
  try {
    if (bytes) return await imported(office, bytes, dryRun);
    return await written(office, action === 'export' ? 'export' : 'subscribers', file);
  } finally {
    await office.close();
  }
}

/** @throws ProductError `BadArgument` for what is no file, or too large a one. */
async function contentOf(file: string): Promise<Buffer> {
  const refuse = (why: string, cause?: unknown): never => {
    throw new ProductError('BadArgument', `${file} ${why}`, { cause });
  };
  const found = await stat(file).catch((cause: unknown) => refuse('cannot be found.', cause));
  if (found.isDirectory()) refuse('is a folder.');
  if (found.size > LARGEST_FILE) refuse(`is larger than ${sizeInWords(LARGEST_FILE)}. Split it.`);
  return readFile(file).catch((cause: unknown) => refuse('cannot be read.', cause));
}

async function imported(
  { records, audit }: CustomersOffice,
  bytes: Buffer,
  dryRun: boolean,
): Promise<CommandReport> {
  const file = readCustomerFile(bytes);
  const { rows = [] } = file;
  const importing = new CustomerImport(records.customers, audit, systemClock, systemIds);
  const faults = [
    ...(file.outcome === 'faulty' ? file.faults : []),
    ...(await importing.conflicts(rows)),
  ].sort((a, b) => a.line - b.line);
  if (faults.length > 0) return refused(faults);
  if (dryRun)
    return { lines: [`${customersOf(rows.length)} can be imported. Nothing was changed.`] };
  const bar = progressBar('Importing');
  const done = await importing
    .run(rows, (stored) => {
      bar.show(stored, rows.length);
    })
    .finally(bar.end);
  switch (done.outcome) {
    case 'imported':
      return { lines: [`${customersOf(done.count)} imported.`] };
    case 'faulty':
      return refused(done.faults);
    case 'overtaken':
      return {
        lines: [
          'A user name or address of the file was taken while the import ran. Nothing was imported; try again.',
        ],
        sound: false,
      };
  }
}

function refused(faults: readonly FileFault[]): CommandReport {
  const more = faults.length - FAULTS_SHOWN;
  return {
    lines: [
      ...faults
        .slice(0, FAULTS_SHOWN)
        .map(({ line, column, why }) => `line ${line}${column ? `, ${column}` : ''}: ${why}`),
      ...(more > 0 ? [`and ${more} more`] : []),
      'Nothing was imported.',
    ],
    sound: false,
  };
}

async function written(
  office: CustomersOffice,
  what: 'export' | 'subscribers',
  file: string | undefined,
): Promise<CommandReport> {
  let count = 0;
  async function* lines(): AsyncGenerator<string, void> {
    yield what === 'export' ? customerHead() : csvLine(['email', 'name', 'unsubscribeUrl']);
    for await (const customer of everyone(office.records.customers)) {
      const line = what === 'export' ? customerLine(customer) : subscriberLine(customer, office);
      if (line === undefined) continue;
      count += 1;
      yield line;
    }
  }
  const report = file === undefined ? await printed(lines()) : await saved(file, lines());
  const id = systemIds.uuid();
  await office.audit.append({
    ...{ id: `${id}-record.exported`, action: 'record.exported' },
    ...{ at: systemClock.now(), by: 'operator', about: { kind: 'record', id } },
    facts: { count, what },
  });
  return report(count);
}

type Report = (count: number) => CommandReport;

/** On standard output there is the file and nothing else; its last line break comes with the printing. */
async function printed(lines: AsyncIterable<string>): Promise<Report> {
  const all: string[] = [];
  for await (const line of lines) all.push(line);
  return () => ({ lines: [all.join('\r\n')] });
}

async function saved(file: string, lines: AsyncIterable<string>): Promise<Report> {
  async function* withBreaks(): AsyncGenerator<string, void> {
    for await (const line of lines) yield `${line}\r\n`;
  }
  await writePrivately(file, withBreaks());
  return (count) => ({
    lines: [`${customersOf(count)} written to ${file}, which only you can read.`],
  });
}

async function* everyone(records: CustomerRecords): AsyncGenerator<Customer, void> {
  for (let after = ''; ;) {
    const page = await records.page(PAGE, after);
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** Nothing for those who get no newsletter. */
const subscriberLine = (
  { id, email, name, newsletter }: Customer,
  office: CustomersOffice,
): string | undefined =>
  newsletter && email
    ? csvLine([email, name ?? '', office.newsletter.linkOf(id)].map(guarded))
    : undefined;

const customersOf = (count: number): string => `${count} ${count === 1 ? 'customer' : 'customers'}`;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false } },
    });
  } catch (cause) {
    throw misused(cause);
  }
}

const misused = (cause?: unknown): ProductError =>
  new ProductError('BadArgument', USAGE, { cause });

/** `npm run customers`, beside a running desk. */
const main = (): Promise<CommandReport> =>
  runCustomers(process.argv.slice(2), () => composeOffice(parseConfig()));

if (require.main === module) runCommand(main);
