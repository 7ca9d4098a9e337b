import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { withPlainDigits } from '../digits';
import { countryShownIn } from './countries';

/** A telephone number in a text. */
export interface FoundPhone {
  /** E.164. */
  readonly value: string;
  /** Offsets in the text; `end` is not included. */
  readonly start: number;
  readonly end: number;
}

interface Digits {
  readonly start: number;
  readonly end: number;
}

/** Groups of digits that may be one number: little but spaces, dots, dashes and brackets between them. */
const RUN = /(?<![\p{L}\p{N}@])\+?\(?\d{1,15}(?:[ .()\u00a0/\p{Pd}]{1,3}\d{1,15}){0,40}/gu;
const DATE =
  /^(?:(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}|\d{1,2}([-./])\d{1,2}\2(?:19|20)?\d\d)(?![-./]?\d)/;
const IS_NO_PHONE =
  /(?:\b(?:order|invoice|(?<!\b(?:on|in|to|for|into|onto|under) (?:my|our|the|this) )account|acct|customer|client|case|ticket|ref(?:erence)?|gst\w{0,2}|vat|serial|policy|contract|bill|transaction|utr|consignment|tracking|awb|imei|a\/c|aadhaar|aadhar|pan|passport|fax|licence|license|model|version)[ .:#-]{0,3}(?:id|no|nos|number|num|nr|code)?[ .:#-]{0,3}(?:is |was )?|[#₹$€£]\s?)$/i;
const LOOK_BACK = 40;
const NEAR = 20;
const LEAST_DIGITS = 8;
const MOST_DIGITS = 15;
const INDIAN_DIGITS = 10;
/** So many readings are tried: a text of nothing but digits has no end of them. */
const MOST_TRIED = 150;

/** As a number is written in North America. */
const NORTH_AMERICAN = /^\(?[2-9]\d\d\)?[ .-]{1,2}\d{3}[ .-]\d{4}$/;
/** With its area in brackets, or as no number of India is written. */
const SURELY_AMERICAN = /^(?:\([2-9]\d\d\)|[2-5]\d\d[ .-]\d{3}[ .-]\d{4}$)/;
const INDIAN_MOBILE = /^[6-9]\d{9}$/;
/** What Ofcom keeps for films and examples; the library does not know them. */
const FOR_EXAMPLES = /^\+447700900\d{3}$/;

/** The first telephone number in a text, as E.164: of India where no other country shows. */
export const readPhone = (text: string): string | undefined => phonesIn(text)[0]?.value;

/**
 * The telephone numbers of a text, in its order: of India where neither a country's code nor the text shows another
 * country; never across a line break or comma, nor numbers said to be of an order, an account or the like.
 */
export function phonesIn(text: string): FoundPhone[] {
  const plain = withPlainDigits(text);
  // A digit of another script may be two units long, and one of `0` to `9` is one.
  if (plain.length !== text.length) return phonesIn(plain);
  const shown = countryShownIn(plain);
  const found: FoundPhone[] = [];
  let tried = 0;
  for (const { 0: run, index } of plain.matchAll(RUN)) {
    const isDate = DATE.test(run);
    if (isDate || IS_NO_PHONE.test(plain.slice(Math.max(0, index - LOOK_BACK), index))) continue;
    for (let from = 0; from < run.length && tried < MOST_TRIED;) {
      const readings = readingsFrom(run, from).map(({ start, end }) => {
        tried += 1;
        const place = { start: index + start, end: index + end };
        const value = numberAt(plain, place, shown);
        return value === undefined ? undefined : { value, ...place };
      });
      const reading = readings.find((each) => each !== undefined);
      if (reading) found.push(reading);
      // What is left of a number with a country's code that is none is no number of India.
      else if (from === 0 && /^(?:\+|00)/.test(run)) break;
      from = reading ? reading.end - index : nextGroup(run, from);
    }
  }
  return found;
}

/** Where the digit group after the one at or behind a place begins, with the plus or bracket before it. */
function nextGroup(run: string, from: number): number {
  const rest = /^[^\d]*\d+[^\d+(]*/.exec(run.slice(from, from + LOOK_BACK));
  return rest ? from + rest[0].length : run.length;
}

/** What a number that begins at a place can be, the longest first. */
function readingsFrom(run: string, from: number): Digits[] {
  const start = from + (/^[^\d+(]*/.exec(run.slice(from, from + LOOK_BACK))?.[0].length ?? 0);
  const ends: Digits[] = [];
  let digits = 0;
  for (let at = start; at < run.length && digits <= MOST_DIGITS; at += 1) {
    const isDigit = /\d/.test(run.charAt(at));
    if (!isDigit) continue;
    digits += 1;
    const endsHere = !/\d/.test(run.charAt(at + 1));
    if (endsHere && digits >= LEAST_DIGITS && digits <= MOST_DIGITS)
      ends.push({ start, end: at + 1 });
  }
  return ends.reverse();
}

function numberAt(text: string, { start, end }: Digits, shown?: CountryCode): string | undefined {
  if (text.charAt(end) === '@') return undefined;
  const written = text.slice(start, end);
  if (written.startsWith('+')) return numberOf(written, 'IN');
  const near =
    countryShownIn(text.slice(end, end + NEAR)) ??
    countryShownIn(text.slice(Math.max(0, start - NEAR), start));
  const isIndian = INDIAN_MOBILE.test(written.replace(/\D/g, '')) && !NORTH_AMERICAN.test(written);
  const american = SURELY_AMERICAN.test(written) ? 'US' : undefined;
  const country = near ?? (isIndian ? undefined : (shown ?? american));
  return (country && numberOf(written, country)) ?? numberOf(written, 'IN');
}

function numberOf(written: string, country: CountryCode): string | undefined {
  const number = parsePhoneNumberFromString(written, { defaultCountry: country, extract: false });
  if (!number) return undefined;
  if (FOR_EXAMPLES.test(number.number)) return number.number;
  const isWhole =
    number.countryCallingCode !== '91' || number.nationalNumber.length === INDIAN_DIGITS;
  return number.isValid() && isWhole ? number.number : undefined;
}
