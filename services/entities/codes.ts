import { withPlainDigits } from '../digits';
import { withoutCaseReferences } from './references';

const DIGITS_OF_A_CODE = 6;
/** Digits with at most two spaces, dots or dashes between them, with no other digit or letter beside them. */
const SPACED_DIGITS = /(?<![\p{L}\p{N}])\d(?:[\s._\p{Pd}]{0,2}\d)*(?![\p{L}\p{N}])/gu;
const SEPARATORS = /[\s._\p{Pd}]+/gu;

/**
 * The six-digit code of a text, with spaces, dots or dashes in it or not, in the digits of any script, as `0` to `9`;
 * nothing where the text has none, or several different ones.
 */
export function findCode(text: string): string | undefined {
  const plain = withoutCaseReferences(
    withPlainDigits(text.normalize('NFKC').replace(/\p{Cf}/gu, '')),
  );
  const numbers = Array.from(plain.matchAll(SPACED_DIGITS), ([found]) =>
    found.replace(SEPARATORS, ''),
  );
  const codes = new Set(numbers.filter((digits) => digits.length === DIGITS_OF_A_CODE));
  const [only] = codes;
  return codes.size === 1 ? only : undefined;
}
