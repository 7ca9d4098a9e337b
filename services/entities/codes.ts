import { withPlainDigits } from '../digits';
import { isPostcode } from './postcodes';
import { withoutCaseReferences } from './references';

const DIGITS_OF_A_CODE = 6;
/**
 * Digits with at most two spaces, dots or dashes between them, or a dash with spaces, and no other digit or letter beside
 * them.
 */
const SPACED_DIGITS =
  /(?<![\p{L}\p{N}])\d(?:(?:[\s._]?\p{Pd}[\s._]?|[\s._\p{Pd}]{0,2})\d)*(?![\p{L}\p{N}])/gu;
const SEPARATORS = /[\s._\p{Pd}]+/gu;

/** Words that people put around a code. */
const BESIDE: ReadonlySet<string> = new Set(
  `a aaya aayi again all and arrived at aya be bhai came code comantra correct email finally for from get got great had
  hai hello here hey hi i in is it its just ka kod m madam mail me mera meri mila mili mine my new no now number of ok
  okay one only otp please received right s says said see sir sms so sorry sure thank thanks that the then there think
  this to try two was what ye yeh yes you your are go u six digit digits enter entered typed use check sent much very`.split(
    /\s+/,
  ),
);
/** What numbers are called; only that by which the first group is filled is a code of ours. */
const NAMES =
  /(\b(?:code|otp)\b)|\b(?:post(?:al)?|pin|zip|area|country|std|promo|coupon|error|sac|hsn|qr|branch|swift|ifsc|orders?|invoice|bill|account|ticket|reference|ref|case|phone|tel(?:ephone)?|mobile)[ -]?(?:codes?|numbers?|no|id)?\b/gi;
const NUMBERED = /(?:codes?|numbers?|no|id)$/i;
/** As a code is written where nothing says that it is one: not as a date or as hours. */
const EVEN =
  /^(?:\d{6}|\d{3}[\s._\p{Pd}]{1,3}\d{3}|\d{2} \d{2} \d{2}|\d(?:[\s._\p{Pd}]{1,3}\d){5})$/u;
/** What a number is called stands no farther before it, and in its sentence. */
const LEADS_TO = /[^.!?\d]{0,40}$/;

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
    isOne: isCalledOne(plain, index, index + written.length),
  })).filter(({ digits, isOne }) => digits.length === DIGITS_OF_A_CODE && isOne);
  const codes = new Set(found.map(({ digits }) => digits));
  const [only] = codes;
  return codes.size === 1 ? only : undefined;
}

/** Whether a number of six digits is meant as a code. */
function isCalledOne(text: string, start: number, end: number): boolean {
  const before = text.slice(0, start);
  const called = callingOf(LEADS_TO.exec(before)?.[0] ?? '');
  if (called?.[1] !== undefined) return true;
  if (called || isPostcode(text, start, end)) return false;
  if (!EVEN.test(text.slice(start, end))) return false;
  const beside = `${before} ${text.slice(end)}`.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return beside.every((word) => BESIDE.has(word.toLowerCase()) || /^\d+$/.test(word));
}

/** What a number is called by the words that lead to it: the last of the names that can. */
function callingOf(words: string): RegExpExecArray | undefined {
  const names = Array.from(words.matchAll(NAMES));
  // "The code for my account is …": a bare noun takes no number from the code, unless it stands right before it.
  return (
    names
      .filter(
        ({ 0: name, 1: code, index }) =>
          code !== undefined ||
          NUMBERED.test(name) ||
          words.slice(index + name.length).trim() === '',
      )
      .at(-1) ?? names.at(-1)
  );
}
