import { addressAt, addressesIn, beginsAsAddress, readsAsAddress } from './addressText';
import { sentencesOf, wordsAfter, wordsBefore, type ChangeText, type Span } from './changeText';
import { OTHERS_DID, RELATION, roleAfter, roleBefore, type Role } from './cues';
import type { ToldValue } from './contactChanges';

export type AddressField = 'mailingAddress' | 'shippingAddress' | 'billingAddress';

const ADDRESS = String.raw`(?:address(?:es)?|adress|addres|adres|adrs|addrs?|adr|residence|premises|location)`;
const LINKS = String.raw`(?:(?:is|are|was|has|have|been|will|would|be|should|must|shud|changed?|moved?|updated?|now|to|as|at|read|reads|follows|below|the following|this|from now on|please|pls|henceforth|instead|both|of mine|for me|on file|on record|in your (?:records|system|file))(?![\p{L}])|->|=>|→|[:=,-])`;

/** After these nearly anything is meant as an address. */
const STRONG = new RegExp(
  String.raw`(?<![\p{L}@])(?:(?<!e-?mail )(?<!mail id )(?<!ip )(?<!web )${ADDRESS}(?: for (?:billing|shipping|delivery|invoices|bills|post|mail|letters|everything))?|(?:new|current) (?:flat|house|home|place|apartment|office|premises))(?:\s{0,2}${LINKS}){0,6}\s{0,2}`,
  'giu',
);
/** After these, what reads as one; or what begins with a capital and goes on behind a comma. */
const WEAK =
  /(?<![\p{L}])(?:(?:moved|moving|shifted|shifting|relocated|relocating)(?: (?:house|home|back|out|over|recently|now))*(?: in)?to|(?:live|living|stay|staying|reside|residing|based|located)(?: now)? (?:at|in)(?: now)?|(?:i'?m|i am|we'?re|we are|now) (?:at|in)|(?:ship|send|sent|deliver|delivered|deliveries|post|mail|bill|bills|invoices?|forward|courier|dispatch|dispatched|parcels?|packages?|orders?|letters|everything|goes?|going|come|direct(?:ed)?)(?: [\p{L}'-]{1,14}){0,4} (?:to|at)|(?:billing|shipping|delivery|mailing|postal|residential|ship|bill) ?(?:to|is|:|=|->|-|at|should be)(?: now)?|(?:my|our|the)(?: new)? (?:office|house|home|flat|place|shop|work|workplace|factory|warehouse|store|building)(?= ?:))\s{0,2}[:-]?\s{0,2}/giu;

const NOT_ITS_BEGINNING =
  /^(?:the|my|our|a|an|his|her|your|ur|their|this|that|these|it|wrong|incorrect|different|outdated|out|old|not|no|mine|correct|right|in|on|at|to|of|for|and|is|was|has|u|you|i|we|which|new|another|below|same|also|change|changed|id|please|pls|details|info\w*|both|book|only|too|here|there|somewhere|with|from|proof|line|field|change\w*|update\w*|correction|can|could|how|what|where|when|so|but|as|by|phone|email|mobile|mistake|spelt|misspel\w+|missing|incomplete|won't|doesn't|didn't|isn't|hasn't|can't|does|did|do|will|would|could|should|can|had|just|any|some|every|if|because|since|from|like|got|get|needs?|entered|written|temporary|invalid|gone|yet|now|again|soon)(?![\p{L}'])/iu;
const MOST_CANDIDATES = 40;

interface Candidate extends Span {
  readonly strong: boolean;
}

/** Addresses that the words before them lead to, in the order of the text. */
function ledTo(hidden: string): Candidate[] {
  const cues = [
    ...Array.from(hidden.matchAll(STRONG), (found) => ({ found, strong: true })),
    ...Array.from(hidden.matchAll(WEAK), (found) => ({ found, strong: false })),
  ].slice(0, MOST_CANDIDATES);
  return cues.flatMap(({ found, strong }) => {
    const start = found.index + found[0].length;
    const begin = start + (/^[\s"'(:-]*/.exec(hidden.slice(start, start + 9))?.[0].length ?? 0);
    if (NOT_ITS_BEGINNING.test(hidden.slice(begin, begin + 20))) return [];
    const address = addressAt(hidden, begin);
    return isMeant(address.value, strong) ? [{ ...address, strong }] : [];
  });
}

/** Whether words behind a cue are an address rather than a town, or a remark. */
function isMeant(words: string, strong: boolean): boolean {
  const named = words.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  if (named.length < 2 || !/\p{L}{3}/u.test(words)) return false;
  if (readsAsAddress(words)) return true;
  if (beginsAsAddress(words)) return named.length >= 3 || strong;
  const isListed = /\p{L},\s*[\p{L}\p{N}]/u.test(words) && /^[\p{Lu}\p{Lo}\d]/u.test(words);
  if (isListed) return named.length >= 3 && /\d|,.*,/u.test(words);
  return strong && (named.length >= 4 || /\d/.test(words)) && !/^\d+$/.test(words);
}

const KINDS: readonly (readonly [AddressField, RegExp])[] = [
  [
    'billingAddress',
    /\b(?:bill(?:s|ed|ing)?|biling|invoic(?:e|es|ed|ing)|accounts department)\b/giu,
  ],
  [
    'shippingAddress',
    /\b(?:ship(?:s|ped|ping|ment|ments)?|shiping|deliver(?:y|ies|ed|s|ing)?|delivry|delivary|parcels?|packages?|orders?|courier|dispatch\w*|consignments?|drop ?off|goods)\b/giu,
  ],
  [
    'mailingAddress',
    /(?<!e-?)\b(?:mailing|postal|post|letters?|correspondence|residential|residence|home|permanent|communication|contact address|moved|shifted|relocated|live|living)\b/giu,
  ],
];
/** Between two kinds that share an address: "billing and shipping". */
const JOINED =
  /^\s*(?:address\w*|addr|adrs)?\s*(?:,|&|\/|\+|=|and|as well as|n|nd|plus)\s*(?:my |the |also |for |our )*$/iu;
const EVERY_KIND =
  /\b(?:all (?:my |the |our |three |of my )*(?:address\w*|adrs|addr)|(?:address\w*) (?:all|everywhere)|for everything|every address)\b/i;
const KEPT_BEHIND =
  /^\s*(?:address\w*)?\s*(?:,|:)?\s*(?:stays?|remains?|unchanged|is (?:still )?(?:fine|ok|correct|right|unchanged)|as (?:it is|before|is)|no change|should (?:stay|remain))/i;
const KEPT_BEFORE =
  /(?:\b(?:not|keep|leave|except|without|don't|do not)\s(?:change |touch |the |my |for |to |as |in )*)$/i;

interface KindMention {
  readonly field: AddressField;
  readonly start: number;
  readonly end: number;
  /** "We moved, ship it to …" tells one address, not two. */
  readonly moves: boolean;
}

/** Kinds of address that words name and do not set aside, in their order. */
export function kindsIn(words: string): KindMention[] {
  return KINDS.flatMap(([field, pattern]) =>
    Array.from(words.matchAll(pattern), ({ 0: found, index }) => ({
      field,
      start: index,
      end: index + found.length,
      moves: /^(?:moved|shifted|relocated|live|living|home)$/i.test(found),
    })),
  )
    .filter(
      ({ start, end }) =>
        !KEPT_BEHIND.test(words.slice(end, end + 40)) &&
        !KEPT_BEFORE.test(words.slice(Math.max(0, start - 30), start)),
    )
    .sort((a, b) => a.start - b.start);
}

/** The kinds that the last mention names, with those joined to it. */
function lastKinds(words: string): AddressField[] {
  const mentions = kindsIn(words);
  const last = mentions.pop();
  if (!last) return [];
  const kinds = [last.field];
  for (let next = last, before = mentions.pop(); before; before = mentions.pop()) {
    if (!JOINED.test(words.slice(before.end, next.start)) || before.moves) break;
    kinds.unshift(before.field);
    next = before;
  }
  return kinds;
}

/** "… is my new billing address", "… for shipping", "… (billing)"; also the length of those words. */
const BEHIND =
  /^[\s"',;-]{0,3}(?:(?:is|will be|as|for|are|=|->|to be|should be|both|our|my|the|new|\()\s*){1,6}(?:(?:billing|bills?|invoices?|shipping|deliver(?:y|ies)|mailing|postal|post|letters|home|correspondence|orders|parcels)(?:\s*(?:address\w*|addr))?\s*(?:,|&|and|\/|as well as)?\s*(?:for |my |the )?){1,3}/i;

function kindsOf(before: string, after: string, asked: AddressField): AddressField[] {
  if (EVERY_KIND.test(before) || EVERY_KIND.test(after.slice(0, 60)))
    return ['mailingAddress', 'shippingAddress', 'billingAddress'];
  const behind = kindsIn(BEHIND.exec(after)?.[0] ?? '').map(({ field }) => field);
  const led = lastKinds(before);
  const explicit = led.filter((each) => each !== 'mailingAddress');
  if (behind.length > 0 && explicit.length === 0) return [...new Set(behind)];
  return led.length > 0 ? [...new Set(led)] : [asked];
}

const MOVED = String.raw`(?:has |have |is |are )?(?:just |recently |now )?(?:moved|moving|shifted|lives?|living|stays?|relocated)`;
/** Only their own addresses are somebody else's: things can be sent to anybody. */
const OTHERS = new RegExp(
  String.raw`\b(?:(?:${RELATION})'s? (?:new |home |current |postal )?(?:address|house|flat|home|place|apartment|residence)|(?:${RELATION}|he|she|they) ${MOVED}|(?:his|her|their|your) (?:new |home |current |postal |office )?(?:address|house|flat|home|place|office|shop))\b(?!.*\b(?:mine|my own|my new|my address|we|i)\b)`,
  'iu',
);

/** "keep billing at …", "are still sent to …" */
const KEPT =
  /\b(?:keep|leave|stays?|remains?|still)\b(?![^.!?]*\b(?:but|change|new|now)\b)[^,.!?]*$/i;

function roleOf(before: string, after: string): Role {
  if (OTHERS_DID.test(before) || KEPT.test(before)) return 'old';
  if (/\b(?:ship|send|deliver|forward|post|courier)\w*\b/i.test(before)) {
    const role = roleBefore(before);
    return role === 'other' || role === 'yours' ? 'new' : role;
  }
  if (OTHERS.test(before)) return 'other';
  const behind = roleAfter(after);
  const role = behind === 'plain' ? roleBefore(before) : behind;
  return role === 'other' || role === 'known' || role === 'yours' ? 'plain' : role;
}

/** All addresses of a text, whosesoever they are, in its order. */
export function addressSpans({ hidden }: ChangeText): Span[] {
  const shown = addressesIn(hidden);
  const led = ledTo(hidden);
  // What leads to an address also tells where it begins, unless a house number does so behind it.
  return [
    ...led,
    ...shown.filter((each) => !led.some(({ start, end }) => each.start < end && start < each.end)),
  ].sort((a, b) => a.start - b.start);
}

/**
 * The addresses that are to stand on the record, with line breaks as typed, and the kinds that they are for.
 * @param spans where addresses are.
 * @param asked the kind of one that is told without its kind.
 */
export function addressChanges(
  { hidden }: ChangeText,
  spans: readonly Span[],
  asked: AddressField = 'mailingAddress',
): ToldValue<AddressField>[] {
  const sentences = sentencesOf(hidden);
  let from = 0;
  return spans.flatMap(({ value, start, end }) => {
    if (start < from) return [];
    const before = wordsBefore(hidden, sentences, start, from);
    const after = wordsAfter(hidden, sentences, end);
    from = end + (BEHIND.exec(after)?.[0].length ?? 0);
    const role = roleOf(before, after);
    if (role !== 'new' && role !== 'plain') return [];
    return kindsOf(before, after, asked).map((field) => ({ field, value, at: start, role }));
  });
}
