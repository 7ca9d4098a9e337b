/** What a spreadsheet takes for the beginning of a formula; behind apostrophes, so that `unguarded` finds its way back. */
const FORMULA = /^'*[=+\-@\t\r]/;
const GUARDED = /^'+[=+\-@\t\r]/;

/** A line of CSV (RFC 4180), without its line break. */
export const csvLine = (cells: readonly string[]): string => cells.map(quoted).join(',');

/** Lines of CSV as a file holds them. */
export const csvFile = (lines: readonly string[]): string =>
  lines.map((line) => `${line}\r\n`).join('');

/** A cell that a spreadsheet shows as text, whatever it begins with: an apostrophe stands before what looks like a formula. */
export const guarded = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** What `guarded` was given. */
export const unguarded = (cell: string): string => (GUARDED.test(cell) ? cell.slice(1) : cell);

const quoted = (cell: string): string =>
  /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
