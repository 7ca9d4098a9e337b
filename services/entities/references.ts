import { withPlainDigits } from '../digits';

const BETWEEN = String.raw`[\s\p{Pd}\u2212_.:#/\\]{0,3}`;
const SPOKEN_BETWEEN = String.raw`${BETWEEN}(?:(?:dash|hyphen|minus|slash)${BETWEEN})?`;
const DIGIT_WORDS = 'zero one two three four five six seven eight nine'.split(' ');
/** Characters told one by one: "9 J three W dash 6 B X Z". */
const ONE = String.raw`(?:[0-9a-tv-z]|${DIGIT_WORDS.join('|')})`;
const BY_ONE = String.raw`(?:[\s,.\p{Pd}]{1,3}(?:(?:dash|hyphen|minus|slash)[\s,.]{1,2})?)`;
const FOUR = String.raw`${ONE}(?:${BY_ONE}${ONE}){3}`;

/** `PD` and eight characters of Crockford base32, with O, I and L as people mistake them for 0 and 1. */
const CASE_REFERENCE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])p(?:ee)?${BETWEEN}d(?:ee)?(?:${SPOKEN_BETWEEN}([0-9a-tv-z]{4})${SPOKEN_BETWEEN}([0-9a-tv-z]{4})|${BY_ONE}(${FOUR})${BY_ONE}(${FOUR}))(?![\p{L}\p{N}])`,
  'giu',
);

const PIN_DIGITS = 6;
/** Digits with at most one space or dash between them, with no other number beside them. */
const SPACED_DIGITS = /(?<![\d.,/:])\d(?:[ \u00a0\p{Pd}]?\d)*(?![.,/:]?\d)/gu;

const LED = String.raw`(?: (?:the|my|a|case|complaint|reference|ref|ticket|number|no|one|is|was|about|for|with|id))*\W*$`;
const OTHERS = String.raw`(?:some(?:body|one) else|(?:wife|husband|friend|brother|sister|mother|father|son|daughter|neighbou?r))'?s?`;
/** Words by which a reference is not the one that is meant. */
const NEVER: readonly [before: RegExp, behind: RegExp] = [
  new RegExp(String.raw`(?:\bnot|n't)${LED}`, 'i'),
  new RegExp(
    String.raw`^\W{0,3}(?:is|was|which is|that is|that's) (?:not (?:mine|ours|my|the|about me)\b|(?:my )?${OTHERS})`,
    'i',
  ),
];
/** Words by which another reference, where there is one, is meant rather. */
const RATHER_NOT: readonly [before: RegExp, behind: RegExp] = [
  new RegExp(
    String.raw`\b(?:old(?:er)?|previous|earlier|former|first|closed|his|her|their|${OTHERS})${LED}`,
    'i',
  ),
  /^\W{0,3}(?:is|was|has been|that is|that's)? ?(?:closed|done|old|wrong|settled|the old)\b/i,
];
const BESIDE = 60;

/**
 * The first case reference in a text, however it is typed or spelt out, as `PD-7KQ4-M2XA`; none that is said not to be
 * the one, and an old one or another's only where there is no other.
 */
export function findCaseReference(text: string): string | undefined {
  const plain = plainText(text).replace(/[\u2018\u2019]/g, "'");
  const found = Array.from(plain.matchAll(CASE_REFERENCE)).filter(([typed]) =>
    isMeantAsReference(typed),
  );
  const isSaid =
    ([before, behind]: readonly [RegExp, RegExp]) =>
    ({ 0: typed, index }: RegExpExecArray): boolean =>
      before.test(plain.slice(Math.max(0, index - BESIDE), index)) ||
      behind.test(plain.slice(index + typed.length, index + typed.length + BESIDE));
  const meant = found.filter((each) => !isSaid(NEVER)(each));
  const best = meant.find((each) => !isSaid(RATHER_NOT)(each)) ?? meant[0];
  const [first, second] = best?.slice(1).filter(Boolean) ?? [];
  return first && second ? `PD-${readCrockford(first)}-${readCrockford(second)}` : undefined;
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

const GROUP = 4;

/** Reads four characters, also with words, signs and spaces between them. */
const readCrockford = (told: string): string =>
  (told.length === GROUP ? told : withoutWords(told))
    .toUpperCase()
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');

const withoutWords = (told: string): string =>
  DIGIT_WORDS.reduce(
    (so, word, digit) => so.replace(new RegExp(word, 'gi'), String(digit)),
    told,
  ).replace(/dash|hyphen|minus|slash|[\s,.\p{Pd}]/giu, '');
