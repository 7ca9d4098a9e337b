import { withPlainDigits } from '../digits';
import { withoutCaseReferences } from './references';

const DIGITS_OF_A_CODE = 6;
/** Digits with at most two spaces, dots or dashes between them, with no other digit or letter beside them. */
const SPACED_DIGITS = /(?<![\p{L}\p{N}])\d(?:[\s._\p{Pd}]{0,2}\d)*(?![\p{L}\p{N}])/gu;
const SEPARATORS = /[\s._\p{Pd}]+/gu;

/** Words that people put around a code. */
const BESIDE: ReadonlySet<string> = new Set(
  `a again all and at be code correct email for from get got great had hello here hey hi i in is it its just m mail me
  mine my new no now number of ok okay one only otp please received right s says said see so sorry sure thank thanks
  that the then there think this to try two was what yes you your`.split(/\s+/),
);
const CALLED_CODE = /\bcode\b[^.!?\d]{0,30}$/i;
const CALLED_OTHERWISE =
  /\b(?:post(?:al)?|pin|zip)[ -]?(?:code|number|no)?\b[^.!?\d]{0,30}$|\bpostcode\b/i;

/**
 * The six-digit code of a text, with spaces, dots or dashes in it or not, in the digits of any script, as `0` to `9`;
 * nothing where the text has none, or several different ones, or the number is a postcode or the like.
 */
export function findCode(text: string): string | undefined {
  const plain = withoutCaseReferences(
    withPlainDigits(text.normalize('NFKC').replace(/\p{Cf}/gu, '')),
  );
  const found = Array.from(plain.matchAll(SPACED_DIGITS), ({ 0: written, index }) => ({
    digits: written.replace(SEPARATORS, ''),
    isOne: isCalledOne(plain, index, written.length),
  })).filter(({ digits, isOne }) => digits.length === DIGITS_OF_A_CODE && isOne);
  const codes = new Set(found.map(({ digits }) => digits));
  const [only] = codes;
  return codes.size === 1 ? only : undefined;
}

/** Whether a number of six digits is meant as a code. */
function isCalledOne(text: string, start: number, length: number): boolean {
  const before = text.slice(0, start);
  if (CALLED_OTHERWISE.test(before)) return false;
  if (CALLED_CODE.test(before)) return true;
  const beside = `${before} ${text.slice(start + length)}`.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return beside.every((word) => BESIDE.has(word.toLowerCase()) || /^\d+$/.test(word));
}
