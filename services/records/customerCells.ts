import { CHOICE_FIELDS, TEXT_FIELDS, type TextField } from '../../models/customerContent';
import { checkField, isChoice } from './recordFields';
import { redact } from '../redact';

/** The columns of a file of customers, in the order in which they are written. */
export const CUSTOMER_COLUMNS = [
  'userName',
  ...TEXT_FIELDS,
  ...CHOICE_FIELDS,
  'cardBrand',
  'cardLast4',
] as const;
/** The name of a column. */
export type CustomerColumn = (typeof CUSTOMER_COLUMNS)[number];

/** A value, nothing, or what is wrong with the cell. */
export type ReadCell = { readonly value?: string | boolean } | { readonly why: string };

const CHOICES = new Map([
  ...['true', 'yes', '1', 'on'].map((word) => [word, true] as const),
  ...['false', 'no', '0', 'off', ''].map((word) => [word, false] as const),
]);
const USER_NAME = /^[^\p{C}<>]{1,100}$/u;
const CARD_BRAND = /^\p{L}[\p{L} ]{0,19}$/u;
const LAST_FOUR = /^\d{4}$/;
/** The fewest digits of a number that is masked wherever it stands. */
const MASKED_DIGITS = 12;

/** Reads and checks a cell of a column; an empty one is nothing, or no for a choice. */
export function readCell(column: CustomerColumn, cell: string): ReadCell {
  const secret = secretIn(column, cell);
  if (secret) return { why: secret };
  switch (column) {
    case 'userName':
      if (cell === '') return { why: 'It is missing.' };
      return read(cell, USER_NAME, 'A user name has at most 100 characters, all in sight.');
    case 'cardBrand':
      return read(cell, CARD_BRAND, 'A brand has at most 20 letters.');
    case 'cardLast4':
      return read(cell, LAST_FOUR, 'Give exactly the last four digits.');
    default:
      return isChoice(column) ? readChoice(cell) : readText(column, cell);
  }
}

const read = (cell: string, form: RegExp, why: string): ReadCell => {
  if (cell === '') return {};
  return form.test(cell) ? { value: cell } : { why };
};

function readChoice(cell: string): ReadCell {
  const value = CHOICES.get(cell.toLowerCase());
  return value === undefined
    ? { why: 'Say true or false, yes or no, 1 or 0, on or off.' }
    : { value };
}

function readText(field: TextField, cell: string): ReadCell {
  if (cell === '') return {};
  const checked = checkField(field, cell);
  return checked.outcome === 'ok' ? { value: checked.value } : { why: checked.why };
}

/** No record has room for a whole card number, nor for an Aadhaar number, wherever it stands. */
function secretIn(column: CustomerColumn, cell: string): string | undefined {
  if ((cell.match(/\p{Nd}/gu) ?? []).length < MASKED_DIGITS) return undefined;
  const { masked } = redact(cell);
  if (masked.includes('card'))
    return 'It may hold the whole number of a payment card. Take it out of the file.';
  // A telephone number without its plus sign may read as one.
  return masked.includes('aadhaar') && column !== 'phone'
    ? 'It may hold an Aadhaar number. Take it out of the file.'
    : undefined;
}
