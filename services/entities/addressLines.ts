import {
  FIRST_OF_ANOTHER_LINE,
  KNOWN_PLACE,
  LABEL_IN_AN_ADDRESS,
  STREET_WORD,
} from './addressWords';
import { UK_POSTCODE, US_STATE_AND_ZIP } from './countries';

/** A line of an address has no more characters. */
export const MOST_OF_A_LINE = 70;
/** Names after which "new", "and" and the like go on. */
export const GOES_ON =
  /^\s+(?:delhi|town|alipore|york|market|colony|road|street|mumbai|barrackpore|garia|north|south|castle|nicobar|kashmir|crown|sons|haveli|cross|lane)\b/i;

/** Whether the next line belongs to the address: short, without a label, and no greeting or signature. */
export function lineGoesOn(hidden: string, at: number, space: string, so: string): boolean {
  if (/\n\s*\n/.test(space)) return false;
  const line = /^[^\n]*/.exec(hidden.slice(at, at + 2 * MOST_OF_A_LINE))?.[0] ?? '';
  const first = /^[^\s,.:]*/.exec(line)?.[0].toLowerCase() ?? '';
  const sentence = /^[^.!?;]*/.exec(line)?.[0] ?? '';
  if (sentence.length > MOST_OF_A_LINE || LISTED.test(line)) return false;
  if (FIRST_OF_ANOTHER_LINE.has(first) && !isPlaceName(line)) return false;
  const label = /^([^:]{1,20}):/.exec(line)?.[1]?.toLowerCase().trim();
  if (label !== undefined && !LABEL_IN_AN_ADDRESS.has(label.split(' ').at(-1) ?? '')) return false;
  const isBare = /^[\p{L} .]+$/u.test(line) && !STREET_WORD.test(line) && !KNOWN_PLACE.test(line);
  // A name under a whole address is a signature; a county above the postcode is none.
  return !(isBare && KNOWN_PLACE.test(so)) || isPostcodeLine(hidden, at + line.length);
}

/** The beginning of the next point of a list. */
const LISTED = /^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)] |[-*•>] ?\p{L})/u;
const POSTCODE_LINE = new RegExp(
  String.raw`^\n(?:(?:pin|pin ?code|post ?code|zip)\s?[:-]? ?)?(?:[1-9]\d{2} ?\d{3}|${UK_POSTCODE.source}|${US_STATE_AND_ZIP.source})[.,]?(?:\n|$)`,
  'iu',
);
const isPostcodeLine = (hidden: string, end: number): boolean =>
  POSTCODE_LINE.test(hidden.slice(end, end + MOST_OF_A_LINE));

/** "New York", "Love Lane": not the beginning of something else. */
const isPlaceName = (line: string): boolean =>
  /^\p{Lu}[\p{L}']+ \p{Lu}/u.test(line) &&
  !/:|^\S+ (?:address|flat|house|home|office|place)\b/i.test(line) &&
  (GOES_ON.test(line.slice(line.indexOf(' '))) || STREET_WORD.test(line));
