import { KNOWN_PLACE, NOT_IN_AN_ADDRESS } from './addressWords';

/** As Indian postcodes are written: "700016", "700 016", "700-016". */
const WRITTEN = /^[1-9]\d{2}[ -]?\d{3}$/;
/** As far as an address is looked at around a number. */
const BEFORE = 120;
const AFTER = 30;
/** "my postcode is", "postal code:", "zip". */
const CALLED = /\b(?:post(?:al)?[ -]?code|pin[ -]?code|zip(?:[ -]?code)?)\b[^.!?\d]{0,15}$/iu;
const CALLED_BEHIND = /^\W{0,3}(?:is (?:my|the|our) )?(?:post(?:al)?[ -]?code|zip)\b/iu;
const LIVES = /\b(?:live|living|moved|shifted|address is)(?: in| to| at)?\s*:?\s*$/iu;
/** What may stand between a place or street and its postcode: "Kolkata, PIN code: 700016". */
const LABEL = /[\s,.:()\p{Pd}]*(?:\b(?:pin|zip)(?:[ -]?code)?\b(?:[ -]?no\.?)?[\s.:\p{Pd}]*)?$/iu;
const STREET =
  /(?<![\p{L}])(?:no\.?\s?)?\d{1,5}\s?\p{L}?[\s,/-]+(?:[\p{L}'.]+[\s,]+){0,4}?(?:street|str?|roads?|rd|lane|ln|avenue|ave?|marg|nagar|gall?i|sarani|colony|sector|sec|baz+a+r|chowk|apartments?|enclave|layout|vihar|puram|pally|para|flat|block|blk|phase|plot|floor|society|residency|towers?|main|cross|gardens?|terrace|place|row|path|bagh)(?![\p{L}])/giu;
const MOST_WORDS_BETWEEN = 5;

/**
 * Whether a number of six digits is the postcode of an address: it is called one, or a place or a street is beside it.
 * @param text with its digits as `0` to `9`.
 * @param start where the number begins in it.
 */
export function isPostcode(text: string, start: number, end: number): boolean {
  if (!WRITTEN.test(text.slice(start, end))) return false;
  const before = text.slice(Math.max(0, start - BEFORE), start);
  const after = text.slice(end, end + AFTER);
  if (CALLED.test(before) || CALLED_BEHIND.test(after) || LIVES.test(before)) return true;
  const unlabelled = before.replace(LABEL, '');
  return endsWithPlace(unlabelled) || beginsWithPlace(after) || endsWithStreet(unlabelled);
}

/** Whether it ends an address with a street and its number, and a place: that much is said of no code. */
export function endsWholeAddress(text: string, start: number, end: number): boolean {
  if (!WRITTEN.test(text.slice(start, end))) return false;
  const before = text.slice(Math.max(0, start - BEFORE), start).replace(LABEL, '');
  return endsWithPlace(before) && Array.from(before.matchAll(STREET)).length > 0;
}

/** "Dist. Cachar", "PO Sonari". */
const IN_A_DISTRICT = /\b(?:dist(?:rict)?|p\.?o|village|town|city)\.? +\p{L}+[\s,\p{Pd}]*$/iu;

const endsWithPlace = (words: string): boolean =>
  IN_A_DISTRICT.test(words) ||
  Array.from(words.matchAll(EVERY_PLACE)).some(
    ({ 0: place, index }) => index + place.length === words.length,
  );
const EVERY_PLACE = new RegExp(KNOWN_PLACE.source, 'giu');

function beginsWithPlace(words: string): boolean {
  const place = KNOWN_PLACE.exec(words);
  return place !== null && /^[\s,.(\p{Pd}]*$/u.test(words.slice(0, place.index));
}

/** "14 Park Street, Barasat": a street with its number, and few words behind it, all of which may stand in an address. */
function endsWithStreet(words: string): boolean {
  const last = Array.from(words.matchAll(STREET)).at(-1);
  if (!last) return false;
  const behind = words.slice(last.index + last[0].length);
  const between = behind.toLowerCase().match(/[\p{L}\p{M}'-]+/gu) ?? [];
  return (
    !/[!?;]|\.\s/.test(behind) &&
    between.length <= MOST_WORDS_BETWEEN &&
    between.every((word) => !NOT_IN_AN_ADDRESS.has(word) && !/^(?:otps?|codes?|pins?)$/.test(word))
  );
}
