import { CsvError, parse } from 'csv-parse/sync';
import { CHOICE_FIELDS, type Customer } from '../../models/customerContent';
import { lookUpForm } from '../../models/customers';
import { csvLine, guarded, unguarded } from '../csv';
import { CUSTOMER_COLUMNS, readCell, type CustomerColumn } from './customerCells';

export { CUSTOMER_COLUMNS, type CustomerColumn } from './customerCells';

/** Bytes; more is refused before it is read. */
export const LARGEST_FILE = 50_000_000;
/** More are refused; files can be split. */
export const MOST_CUSTOMERS = 200_000;

/** A customer as a file tells of them. */
export type TellingOfCustomer = Pick<Customer, CustomerColumn>;

/** A customer and the line of the file on which they begin. */
export interface CustomerRow {
  readonly line: number;
  readonly customer: TellingOfCustomer;
}

/** What is wrong with a file; it repeats nothing that stands in a cell. */
export interface FileFault {
  /** From 1, counting every line break, those within quotation marks too. */
  readonly line: number;
  readonly column?: CustomerColumn;
  readonly why: string;
}

/** What a file holds, or all that is wrong with it, in the order of its lines. */
export type CustomerFile =
  | { readonly outcome: 'read'; readonly rows: readonly CustomerRow[] }
  | {
      readonly outcome: 'faulty';
      readonly faults: readonly FileFault[];
      /** The lines that are in order, which may have faults of another kind. */
      readonly rows?: readonly CustomerRow[];
    };

/**
 * Reads and checks a file of customers: CSV (RFC 4180) in UTF-8, with or without a byte order mark, whose first line names
 * the columns in any order. Cells may be set apart by semicolons or tabs as well.
 */
export function readCustomerFile(bytes: Buffer): CustomerFile {
  const text = utf8(bytes);
  if (text === undefined) return faulty(1, 'The file is not text in UTF-8. Save it as CSV UTF-8.');
  const parsed = linesOf(text);
  if ('why' in parsed) return { outcome: 'faulty', faults: [parsed] };
  const [head, ...rest] = parsed.lines.filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (!head) return faulty(1, 'The file is empty.');
  if (rest.length > MOST_CUSTOMERS)
    return faulty(1, `The file has more than ${MOST_CUSTOMERS} customers. Split it.`);
  const columns = columnsOf(head);
  if ('faults' in columns) return { outcome: 'faulty', faults: columns.faults };
  const checked = rest.map((line) => rowOf(line, columns.names));
  const rows = checked.flatMap((each) => ('customer' in each ? [each] : []));
  const faults = [
    ...checked.flatMap((each) => ('faults' in each ? each.faults : [])),
    ...repeated(rows, 'userName'),
    ...repeated(rows, 'email'),
  ].sort((a, b) => a.line - b.line);
  return faults.length > 0 ? { outcome: 'faulty', faults, rows } : { outcome: 'read', rows };
}

/** The line that names the columns. */
export const customerHead = (): string => csvLine(CUSTOMER_COLUMNS);

/**
 * A customer as a line that `readCustomerFile` reads again. What a spreadsheet would take for a formula is written with an
 * apostrophe, which reading takes off; telephone numbers are harmless and stay as they are.
 */
export const customerLine = (customer: TellingOfCustomer): string =>
  csvLine(
    CUSTOMER_COLUMNS.map((column) => {
      const cell = String(customer[column] ?? '');
      return column === 'phone' && PHONE.test(cell) ? cell : guarded(cell);
    }),
  );

const PHONE = /^\+\d+$/;

interface Line {
  /** The first of its lines in the file. */
  readonly line: number;
  readonly cells: readonly string[];
}

const faulty = (line: number, why: string): CustomerFile => ({
  outcome: 'faulty',
  faults: [{ line, why }],
});

function utf8(bytes: Buffer): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function linesOf(text: string): { readonly lines: readonly Line[] } | FileFault {
  // The parser counts a line break of two characters twice within quotation marks.
  const plain = text.replace(/\r\n?/g, '\n');
  try {
    const records = parse(plain, {
      info: true,
      delimiter: delimiterOf(plain),
      relax_column_count: true,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    let last = 0;
    const lines = records.map(({ info, record }) => {
      const line = last + 1;
      last = info.lines;
      return { line, cells: record.map((cell) => unguarded(cell.trim())) };
    });
    return { lines };
  } catch (error) {
    // Its message quotes the cell.
    if (error instanceof CsvError) return { line: Number(error.lines), why: wordsOf(error) };
    throw error;
  }
}

const wordsOf = ({ code }: CsvError): string =>
  code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'The file ends within quotation marks that were opened on this line or before.'
    : 'A quotation mark stands where none may: write it twice, and the whole cell in quotation marks.';

const DELIMITERS = [',', ';', '\t'] as const;

/** The one that makes the most known columns of the first line. */
function delimiterOf(text: string): string {
  const [first = ''] = /[^\n]+/.exec(text) ?? [];
  const known = (delimiter: string): number =>
    first.split(delimiter).filter((cell) => columnOf(cell.replaceAll('"', ''))).length;
  const [best = ','] = [...DELIMITERS].sort((a, b) => known(b) - known(a));
  return best;
}

const nameForm = (cell: string): string => cell.toLowerCase().replace(/[\s_-]/g, '');
const BY_FORM = new Map<string, CustomerColumn>(
  CUSTOMER_COLUMNS.map((column) => [nameForm(column), column]),
);
const columnOf = (cell: string): CustomerColumn | undefined => BY_FORM.get(nameForm(cell));

const HEADER_WORD = /^\p{L}[\p{L} _-]{0,29}$/u;
const KNOWN = `The columns are ${CUSTOMER_COLUMNS.join(', ')}.`;

function columnsOf({
  line,
  cells,
}: Line):
  { readonly names: readonly CustomerColumn[] } | { readonly faults: readonly FileFault[] } {
  const names = cells.flatMap((cell) => columnOf(cell) ?? []);
  // A first line without any of the columns may be a customer, of whom nothing is to be repeated.
  if (names.length === 0)
    return { faults: [{ line, why: `The first line does not name the columns. ${KNOWN}` }] };
  const unknown = cells.flatMap((cell, at) => (columnOf(cell) ? [] : [{ cell, at }]));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const faults = [
    ...unknown.map(({ cell, at }) => ({
      line,
      why: `There is no column ${HEADER_WORD.test(cell) ? `“${cell}”` : `such as the one in place ${at + 1}`}. ${KNOWN}`,
    })),
    ...twice.map((column) => ({ line, column, why: 'The column is named twice.' })),
    ...(names.includes('userName')
      ? []
      : [{ line, column: 'userName' as const, why: 'The column is missing.' }]),
  ];
  return faults.length > 0 ? { faults } : { names };
}

function rowOf(
  { line, cells }: Line,
  names: readonly CustomerColumn[],
): CustomerRow | { readonly faults: readonly FileFault[] } {
  if (cells.length !== names.length)
    return {
      faults: [
        {
          line,
          why: `It has ${cells.length} cells; the first line names ${names.length} columns.`,
        },
      ],
    };
  const values: Partial<Record<CustomerColumn, string | boolean>> = {};
  const faults: FileFault[] = [];
  for (const [at, column] of names.entries()) {
    const read = readCell(column, cells[at] ?? '');
    if ('why' in read) faults.push({ line, column, why: read.why });
    else if (read.value !== undefined) values[column] = read.value;
  }
  if (faults.length > 0) return { faults };
  const choices = Object.fromEntries(CHOICE_FIELDS.map((field) => [field, false]));
  // Each value is what `readCell` gives for its column, and there is a user name, without which there was a fault.
  return { line, customer: { ...choices, ...values } as unknown as TellingOfCustomer };
}

function repeated(rows: readonly CustomerRow[], column: 'userName' | 'email'): FileFault[] {
  const first = new Map<string, number>();
  return rows.flatMap(({ line, customer }) => {
    const value = customer[column];
    if (value === undefined) return [];
    const form = lookUpForm(value);
    const before = first.get(form);
    if (before !== undefined)
      return [{ line, column, why: `It is the same as on line ${before}.` }];
    first.set(form, line);
    return [];
  });
}
