import type { Sentence } from './changeText';

export type AddressField = 'mailingAddress' | 'shippingAddress' | 'billingAddress';

const KINDS: readonly (readonly [AddressField, RegExp])[] = [
  [
    'billingAddress',
    /\b(?:bill(?:s|ed|ing)?|biling|invoic(?:e|es|ed|ing)|accounts department)\b/giu,
  ],
  [
    'shippingAddress',
    /\b(?:ship(?:s|ped|ping|ment|ments)?|shiping|deliver(?:y|ies|ed|s|ing)?|delivry|delivary|parcels?|packages?|orders?|couriers?|dispatch\w*|(?:send|return|courier)(?: (?:my|the|our))? (?:laptop|computer|device|machine|printer|parcel|pc|phone|tablet|repair|it)(?: back)?|consignments?|drop ?off|goods)\b/giu,
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

const TO_THEIRS =
  /^(?: (?!and\b)[\p{L}]{1,12}){0,2} (?:to|at)(?: my| our| the| new)* (?:home|residence)$/iu;

/** The kinds that the last mention names, with those joined to it. */
export function lastKinds(words: string): AddressField[] {
  const mentions = kindsIn(words);
  const named = mentions.pop();
  const to = mentions.at(-1);
  // "bill to home" tells where to, and for what.
  const last =
    named && to && TO_THEIRS.test(words.slice(to.end, named.end)) ? mentions.pop() : named;
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

/** What an address is said to be for behind it. */
export const kindsBehind = (after: string): string => BEHIND.exec(after)?.[0] ?? '';

/** The kinds that an address is for: by what leads to it, by what follows it, else the one that was asked for. */
export function kindsOf(before: string, after: string, asked: AddressField): AddressField[] {
  if (EVERY_KIND.test(before) || EVERY_KIND.test(after.slice(0, 60)))
    return ['mailingAddress', 'shippingAddress', 'billingAddress'];
  const behind = kindsIn(kindsBehind(after)).map(({ field }) => field);
  const led = lastKinds(before);
  const explicit = led.filter((each) => each !== 'mailingAddress');
  if (behind.length > 0 && explicit.length === 0) return [...new Set(behind)];
  return led.length > 0 ? [...new Set(led)] : [asked];
}

/** After these the kind is told in the sentence before: "Change my billing address. The new one is …" */
const REFERS =
  /^[\s"'-]*(?:and |so )?(?:it|this|that|from|to|old|(?:the )?(?:new|correct|right)(?: one| address)?|the one|the address|should be|now)\b(?! (?:is|are)? ?moved)/i;

/** The words that lead to an address, with the sentence before them where they refer to it. */
export function aboutOf(
  hidden: string,
  sentences: readonly Sentence[],
  { start, from, before }: { start: number; from: number; before: string },
): string {
  if (lastKinds(before).length > 0 || !REFERS.test(before)) return before;
  const begin = start - before.length;
  const place = sentences.findIndex(({ end }) => end > begin);
  const last = sentences
    .slice(Math.max(0, place - 3), place)
    .findLast(({ text }) => /\p{L}/u.test(text));
  const isAbout = last && last.start >= from && /\b(?:address|addr|adrs)\b/i.test(last.text);
  return isAbout ? last.text + before : before;
}
