import { withPlainDigits } from '../digits';

const BETWEEN = String.raw`[\s\p{Pd}\u2212_.:#]{0,3}`;

/** `PD` and eight characters of Crockford base32, with O, I and L as people mistake them for 0 and 1. */
const CASE_REFERENCE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])p${BETWEEN}d${BETWEEN}([0-9a-tv-z]{4})${BETWEEN}([0-9a-tv-z]{4})(?![\p{L}\p{N}])`,
  'giu',
);

const PIN_DIGITS = 6;
/** Digits with at most one space or dash between them, with no other number beside them. */
const SPACED_DIGITS = /(?<![\d.,/:])\d(?:[ \u00a0\p{Pd}]?\d)*(?![.,/:]?\d)/gu;

/** The first case reference in a text, however it is typed, as `PD-7KQ4-M2XA`. */
export function findCaseReference(text: string): string | undefined {
  const found = Array.from(plainText(text).matchAll(CASE_REFERENCE)).find(([typed]) =>
    isMeantAsReference(typed),
  );
  if (!found) return undefined;
  const [first = '', second = ''] = found.slice(1).map(readCrockford);
  return `PD-${first}-${second}`;
}

/** "pd" and two words of four letters are no reference; with a digit, a dash or capitals they are. */
const isMeantAsReference = (typed: string): boolean => /[\d\p{Pd}:#]|^P/u.test(typed);

/** The text, as long as before, with spaces in place of every case reference. */
export const withoutCaseReferences = (text: string): string =>
  text.replace(CASE_REFERENCE, (typed) => ' '.repeat(typed.length));

/** The first number of exactly six digits in a text, in the digits of any script, as `0` to `9`. */
export function findPin(text: string): string | undefined {
  const numbers = Array.from(
    withoutCaseReferences(plainText(text)).matchAll(SPACED_DIGITS),
    ([found]) => found.replace(/\D/g, ''),
  );
  return numbers.find((digits) => digits.length === PIN_DIGITS);
}

/** Digits of any script made plain, fullwidth letters too, and zero-width characters left out. */
const plainText = (text: string): string =>
  withPlainDigits(text.normalize('NFKC').replace(/\p{Cf}/gu, ''));

const readCrockford = (typed: string): string =>
  typed.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1');
