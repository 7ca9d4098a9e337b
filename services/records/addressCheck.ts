import { UK_POSTCODE } from '../entities/countries';
import { linesOf } from '../plainWords';

const MOST_LINES = 6;
const MOST_OF_A_LINE = 60;
const MOST_READ = MOST_LINES * MOST_OF_A_LINE + 40;
const LEAST_LETTERS_AND_DIGITS = 8;
const LEAST_PARTS = 2;
const LEAST_WORDS_IN_ONE_PART = 4;

type Checked =
  | { readonly outcome: 'ok'; readonly value: string }
  | { readonly outcome: 'invalid'; readonly why: string };

const WHY = {
  long: 'An address can have at most six lines of 60 characters; please shorten it.',
  signs:
    'Please write the address in letters, digits and simple punctuation only, without angle brackets or links.',
  email:
    'That looks like an e-mail address; a postal address has a street or a box number, and a place.',
  hidden: 'Part of that was hidden as a card number; please write the address without it.',
  postcode: 'That is only a postcode; please write the street or box number and the place as well.',
  incomplete:
    'Please write the whole address: the house and street or box number, and the town with its postcode.',
  pin: 'An Indian PIN code has six digits and does not begin with 0; please check it.',
} as const;

const invalid = (why: keyof typeof WHY): Checked => ({ outcome: 'invalid', why: WHY[why] });

const CONTROL = /(?![\n\r\t])\p{Cc}/u;
const LINK = /https?:|www\.|:\/\//i;
const ONLY_POSTCODE =
  /^(?:pin(?: ?code)?|zip|post ?code|postal code)?[ :.-]*[A-Z]{0,2}[\d -]{3,10}[A-Z]{0,3}$/i;

/**
 * An address in the form that is stored: one to six lines of at most 60 characters; longer lines are broken at commas,
 * or at spaces where there are none.
 */
export function checkAddress(text: string): Checked {
  if (text.length > MOST_READ) return invalid('long');
  if (CONTROL.test(text) || /[<>]/.test(text) || LINK.test(text)) return invalid('signs');
  if (text.includes('@')) return invalid('email');
  if (text.includes('••••')) return invalid('hidden');
  const lines = linesOf(text.normalize('NFC'))
    .map((line) =>
      line
        .replace(/\s+/gu, ' ')
        .trim()
        .replace(/[\s,;]+$/u, ''),
    )
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .flatMap(broken);
  const whole = lines.join(', ');
  if (ONLY_POSTCODE.test(whole) || whole === UK_POSTCODE.exec(whole)?.[0])
    return invalid('postcode');
  if (!isComplete(whole)) return invalid('incomplete');
  if (hasWrongPin(whole)) return invalid('pin');
  if (lines.length > MOST_LINES || lines.some((line) => line.length > MOST_OF_A_LINE))
    return invalid('long');
  return { outcome: 'ok', value: lines.join('\n') };
}

/** A line in pieces that fit, broken at commas as far as there are any. */
function broken(line: string): string[] {
  if (line.length <= MOST_OF_A_LINE) return [line];
  const room = line.slice(0, MOST_OF_A_LINE + 1);
  const comma = room.lastIndexOf(',');
  const at = comma > 0 ? comma : room.lastIndexOf(' ');
  if (at <= 0) return [line];
  return [line.slice(0, at).trimEnd(), ...broken(line.slice(at + 1).trim())];
}

/** Whether there is room in it for a street or box, and a place. */
function isComplete(address: string): boolean {
  const words = address.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const named = words.filter((word) => /\p{L}{2}/u.test(word) || /\p{Lo}/u.test(word));
  const parts = address.split(',').filter((part) => /[\p{L}\p{N}]/u.test(part));
  return (
    words.join('').length >= LEAST_LETTERS_AND_DIGITS &&
    named.length >= 2 &&
    (parts.length >= LEAST_PARTS ||
      (words.length >= LEAST_WORDS_IN_ONE_PART && /\p{N}/u.test(address)))
  );
}

const SAYS_PIN = /\bpin(?: ?code)?(?: ?no\.?)?[ :.=-]{0,4}(\d[\d -]*)/i;
const INDIAN_PLACE =
  /\b(?:india|west bengal|maharashtra|karnataka|kerala|tamil nadu|telangana|gujarat|rajasthan|uttar pradesh|madhya pradesh|andhra pradesh|bihar|odisha|assam|kolkata|calcutta|mumbai|new delhi|chennai|bengaluru|bangalore|pune|ahmedabad|lucknow|jaipur|kochi|nagpur|noida|gurugram|gurgaon|howrah)\b/i;
const NUMBER_AFTER_PLACE = /[\p{L}.)][ ,-]{1,4}(\d[\d ]{1,11}\d)(?:[ ,.]*india)?[ ,.]*$/iu;
const SIX_DIGITS = /^[1-9]\d{5}$/;
const LEAST_OF_A_POSTCODE = 4;

/** Whether a PIN code is written, said to be one or standing last in an Indian address, that cannot be one. */
function hasWrongPin(address: string): boolean {
  const said = SAYS_PIN.exec(address)?.[1];
  const last = INDIAN_PLACE.test(address) ? NUMBER_AFTER_PLACE.exec(address)?.[1] : undefined;
  return [said, last].some((written) => {
    const digits = written?.replace(/\D/g, '') ?? '';
    return digits.length >= LEAST_OF_A_POSTCODE && !SIX_DIGITS.test(digits);
  });
}
