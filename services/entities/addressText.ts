import {
  AFTER_POSTCODE,
  KNOWN_PLACE,
  LABEL_IN_AN_ADDRESS,
  NOT_IN_AN_ADDRESS,
  SHORTENED,
  STREET_WORD,
} from './addressWords';
import { GOES_ON, lineGoesOn, MOST_OF_A_LINE } from './addressLines';
import { HIDDEN_SIGN, type Span } from './changeText';
import { UK_POSTCODE, US_STATE_AND_ZIP } from './countries';

const MOST_OF_AN_ADDRESS = 420;
const MOST_LINES = 6;
/** A text of nothing but numbers begins an address everywhere. */
const MOST_TRIED = 30;
const PIN = /^[1-9]\d{5}$/;
const PIN_IN_TWO = /^[1-9]\d{2} \d{3}(?!\d)/;
const ZIP_AT_END = new RegExp(`(?:${US_STATE_AND_ZIP.source}|${UK_POSTCODE.source})$`, 'iu');
const HAS_POSTCODE = new RegExp(
  String.raw`(?<![\p{L}\p{N}])[1-9]\d{2} ?\d{3}(?!\d)|${US_STATE_AND_ZIP.source}|${UK_POSTCODE.source}`,
  'u',
);
/** A whole word of an address and what stands before it. */
const WORD = /(\s*)(\S+)/uy;
/** After these, words that end an address stand in it: "Bus Stop", "Post Office", "Bill Mill". */
const KEPT: ReadonlyMap<string, RegExp> = new Map([
  ['stop', /\b(?:bus|tram|metro)\s*$/i],
  ['all', /\b(?:town|city)\s*$/i],
  ['number', /\b(?:house|flat|plot|door|unit|box|apartment|room|building)\s*$/i],
  ['new', /$/],
  ['for', /\b(?:centre|institute|school|home)\s*$/i],
  ['to', /\bnext\s*$/i],
  ['and', /\p{Lu}[\p{L}'.]*\s*$/u],
  ['&', /\p{L}\s*$/u],
  ['last', /$/],
  ['may', /$/],
  ['old', /$/],
  ['from', /\bmins?\s*$/i],
]);
const STREET_BEHIND =
  /^ (?:street|st|road|rd|lane|ln|avenue|ave|close|court|crescent|drive|dr|terrace|grove|gardens?|square|way|row|marg|nagar|vihar|colony|layout|enclave|towers?|apartments?|chambers|lodge)\b/i;
/** "OR 97210" is Oregon. */
const isState = (hidden: string, at: number): boolean =>
  US_STATE_AND_ZIP.exec(hidden.slice(at, at + LENGTH_OF_STATE_AND_ZIP))?.index === 0;
const LENGTH_OF_STATE_AND_ZIP = 14;
const LABEL_BEHIND = /^ (?:ph|mob|tel|cell|contact|e-?mail|my|number|bill|ship|deliver)/i;
const A_TIME =
  /^(?:on|in|at|by)\s+(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the (?:file|record|system|account|database|\d|first|end)|your|my|our|file|record|future|all|\d|this|next|once|a |an )/i;

/**
 * Reads an address from a place on, as far as it goes: over commas and lines, to its postcode or to words that stand in
 * no address. Empty where none begins there.
 */
export function addressAt(hidden: string, start: number): Span {
  let end = start;
  let lines = 1;
  let postcode = false;
  WORD.lastIndex = start;
  for (let found = WORD.exec(hidden); found; found = WORD.exec(hidden)) {
    const [whole, space = '', word = ''] = found;
    const at = found.index + space.length;
    const so = hidden.slice(start, end);
    if (at + word.length - start > MOST_OF_AN_ADDRESS || word.includes(HIDDEN_SIGN)) break;
    if (space.includes('\n') && end > start) {
      lines += 1;
      if (lines > MOST_LINES || !lineGoesOn(hidden, at, space, so)) break;
    }
    if (isOver(hidden, so, word, at)) break;
    end = found.index + whole.length;
    postcode = closesWithPostcode(hidden.slice(start, end), hidden.slice(end));
    if (postcode || /["!?;]/.test(word.slice(-1)) || endsSentence(word)) break;
    if (word.endsWith(')') && !hidden.slice(start, end).includes('(')) break;
    WORD.lastIndex = end;
  }
  if (postcode)
    end += AFTER_POSTCODE.exec(hidden.slice(end, end + MOST_OF_A_LINE))?.[0].length ?? 0;
  const value = trimmed(hidden.slice(start, end));
  return { value, start, end: start + Math.max(value.length, 0) };
}

/** Whether a word belongs to something else than the address so far. */
function isOver(hidden: string, so: string, word: string, at: number): boolean {
  const bare = word.toLowerCase().replace(/^[("'-]+|[,.:;)"'!?-]+$/g, '');
  if (word.endsWith(':') && so !== '' && !LABEL_IN_AN_ADDRESS.has(bare)) return true;
  if (/^(?:->|=>|→|=|--|—|\|)$/.test(word)) return true;
  if (so !== '' && !so.includes('(') && /^(?:\d{1,2}|[a-e])\)$/.test(word)) return true;
  if (/^(?:on|in|at|by)$/.test(bare) && A_TIME.test(hidden.slice(at, at + MOST_OF_A_LINE)))
    return true;
  if (!NOT_IN_AN_ADDRESS.has(bare) || isState(hidden, at)) return false;
  // "W.", "S." and the like are letters of a name or a quarter.
  if (word.length <= 2 && /^\p{Lu}\.?$/u.test(word) && bare !== 'i') return false;
  const kept = KEPT.get(bare);
  const rest = hidden.slice(at + word.length, at + word.length + MOST_OF_A_LINE);
  // "3 Hope Street"
  if (/^\p{Lu}\p{Ll}+$/u.test(word) && STREET_BEHIND.test(rest)) return false;
  if (!kept?.test(so)) return true;
  // "Harrow & Finch Ltd"
  if (bare === '&' && /^ \p{Lu}\p{Ll}/u.test(rest) && !LABEL_BEHIND.test(rest)) return false;
  return ['new', 'and', '&', 'last', 'may', 'old'].includes(bare) && !GOES_ON.test(rest);
}

const endsSentence = (word: string): boolean => {
  if (!word.endsWith('.')) return false;
  const bare = word.toLowerCase().replace(/^[("']+|\.+$/g, '');
  return !(SHORTENED.has(bare) || bare.length === 1 || /^\p{L}\./u.test(bare));
};

function closesWithPostcode(so: string, rest: string): boolean {
  const last = /[^\s,(-]+$/.exec(so.replace(/[.,;)]+$/, ''))?.[0] ?? '';
  if (so.trim().length > last.length && PIN.test(last)) return true;
  if (/(?:^|[\s-])\d{3}$/.test(so) && /^ \d{3}(?!\d)/.test(rest)) return false;
  if (/\p{L}[\s,.-]{1,4}[1-9]\d{2} \d{3}[.,;)]*$/u.test(so))
    return PIN_IN_TWO.test(
      so
        .slice(-8)
        .trim()
        .replace(/[.,;)]+$/, ''),
    );
  const end = so.replace(/[.,;)]+$/, '');
  return ZIP_AT_END.test(end);
}

const trimmed = (value: string): string =>
  (value.includes('(') ? value : value.replace(/[)\]]+/g, ''))
    .replace(/[\s,;:."'!?=>-]+$/u, '')
    .replace(/\(([^()]*)$/, (rest, inside: string) => (value.includes(')') ? rest : inside))
    .trimEnd();

/** A house, flat, plot or box with its number. */
const UNIT = String.raw`(?:flat|apartment|appartment|apt|house|plot|unit|suite|shop|room|door|block|blk|tower|villa|bungalow|building|bldg|floor|sector|survey|ward|qtr|quarter|p\.? ?o\.? ?box|post ?box|box|gali|h\.? ?no|d\.? ?no|c\/o)\.? ?(?:no\.?|number|num|#)? ?[:.#-]? ?(?:[A-Za-z]{0,2}[-/]?\d{1,5}[A-Za-z]?|[A-Z])(?![\p{L}])`;
const NUMBER = String.raw`(?:no\.? ?)?#?\d{1,5}(?: ?[A-Za-z](?![\p{L}]))?(?:[/-]\d{0,4}[A-Za-z]?(?![\p{L}]))*(?=,?\s+[\p{L}\p{N}'])(?!\s*(?:days?|months?|years?|times?|weeks?|hours?|hrs?|minutes?|mins?|am|pm|of|ago|more|digits?|calls?|mails?|emails?|and|st|nd|rd|th|or|to|x|addresses|numbers|people|rupees|rs|letters|things|changes|ones?)(?![\p{L}]))`;
const LETTERED = String.raw`[A-Z]{1,3}[-/]?\d{1,4}[A-Za-z]?(?:[/-]\d{1,4})?(?=,?\s+\p{L})`;
const ORDINAL = String.raw`\d{1,3}(?:st|nd|rd|th) (?=(?:floor|cross|main|block|lane|street|st|avenue|ave|phase|sector|road)(?![\p{L}]))`;
/** A floor, not an address. */
const ORDINAL_ALONE = /^\d{1,3}(?:st|nd|rd|th)[^,\n]*$/i;
const STARTS = new RegExp(
  String.raw`(?<![\p{L}\p{N}@#/.-])(?:${UNIT}|${NUMBER}|${ORDINAL}|${LETTERED}|c\/o (?=\p{Lu})|care of (?=\p{Lu}))`,
  'giu',
);
const STARTS_HERE = new RegExp(`^(?:${UNIT}|${NUMBER}|${ORDINAL}|${LETTERED}|c/o )`, 'iu');
const WHOLE_PART = /^[^,\n]*/;

/** Whether words begin as an address does, with a house, flat or box. */
export const beginsAsAddress = (words: string): boolean => STARTS_HERE.test(words);

/** Whether words hold what only an address has: a postcode, or the number and name of a street. */
export function readsAsAddress(words: string): boolean {
  if (!/\p{L}{2}/u.test(words)) return false;
  if (HAS_POSTCODE.test(words) && /\p{L}{3}/u.test(words)) return true;
  const named = (words.match(/\p{L}[\p{L}\p{M}'.]+/gu) ?? []).length >= 2;
  return beginsAsAddress(words) && named && (STREET_WORD.test(words) || KNOWN_PLACE.test(words));
}

/** The addresses that show by themselves, in the order of the text. */
export function addressesIn(hidden: string): Span[] {
  const found: Span[] = [];
  let done = 0;
  let tried = 0;
  STARTS.lastIndex = 0;
  for (let start = STARTS.exec(hidden); start; start = STARTS.exec(hidden)) {
    const { index } = start;
    if (index < done) continue;
    tried += 1;
    if (tried > MOST_TRIED) break;
    // Of "my old flat. 2/1 Elm Road" the number alone begins one.
    STARTS.lastIndex = index + (/^\p{L}+\. /u.exec(start[0])?.[0].length ?? start[0].length);
    const address = addressAt(hidden, index);
    const first = WHOLE_PART.exec(address.value)?.[0] ?? '';
    const isOne =
      readsAsAddress(address.value) &&
      !ORDINAL_ALONE.test(address.value) &&
      (STREET_WORD.test(first) || HAS_POSTCODE.test(address.value) || /[,\n]/.test(address.value));
    if (!isOne) continue;
    found.push(address);
    done = address.end;
  }
  return found;
}
