import { addressAt, addressesIn, beginsAsAddress, readsAsAddress } from './addressText';
import {
  sentenceAt,
  sentencesOf,
  wordsAfter,
  wordsBefore,
  type ChangeText,
  type Span,
} from './changeText';
import { asksOf, madeTo, OTHERS_DID, RELATION, roleAfter, roleBefore, type Role } from './cues';
import { OF_THE_LAST, type ToldValue } from './contactChanges';
import { isOfOthers, isOfStory } from './owning';
import { aboutOf, kindsBehind, kindsOf, lastKinds, type AddressField } from './addressKinds';

const ADDRESS = String.raw`(?:address(?:es)?|adress|addres|adres|adrs|addrs?|adr|pata(?= )|residence|premises|location)`;
const LINKS = String.raw`(?:(?:is|are|was|has|have|been|will|would|be|should|must|shud|changed?|moved?|updated?|now|to|as|at|read|reads|follows|hai|hain|ka|ho gaya|below|the following|this|from now on|please|pls|henceforth|instead|both|of mine|for me|on file|on record|in your (?:records|system|file))(?![\p{L}])|->|=>|→|[:=,-])`;

/** After these nearly anything is meant as an address. */
const STRONG = new RegExp(
  String.raw`(?<![\p{L}@])(?:(?<!e-?mail )(?<!mail id )(?<!ip )(?<!web )${ADDRESS}(?: for (?:billing|shipping|delivery|invoices|bills|post|mail|letters|everything))?|(?:new|current) (?:flat|house|home|place|apartment|office|premises)(?! ?${ADDRESS}))(?:\s{0,2}${LINKS}){0,6}\s{0,2}`,
  'giu',
);
/** After these, what reads as one; or what begins with a capital and goes on behind a comma. */
const WEAK =
  /(?<![\p{L}])(?:(?:moved|moving|shifted|shifting|relocated|relocating)(?: (?:house|home|back|out|over|recently|now))* (?:in)?to|(?:live|living|stay|staying|reside|residing|based|located)(?: now)? (?:at|in)(?: now)?|(?:i'?m|i am|we'?re|we are|now) (?:at|in)|(?:ship|send|sent|deliver|delivered|deliveries|post|mail|bill|bills|invoices?|forward|courier|dispatch|dispatched|parcels?|packages?|orders?|letters|everything|goes?|going|come|direct(?:ed)?)(?: [\p{L}'-]{1,14}){0,4} (?:to|at)|(?:billing|shipping|delivery|mailing|postal|residential|ship|bill) ?(?:to|is|:|=|->|-|at|should be)(?: now)?|(?:my|our|the)(?: new)? (?:office|house|home|flat|place|shop|work|workplace|factory|warehouse|store|building)(?= ?:))\s{0,2}[:-]?\s{0,2}/giu;
/** "We have moved:" and the like, above lines of their own. */
const ABOVE =
  /(?<![\p{L}])(?:moved|shifted|relocated|liv(?:e|ing)|stay(?:ing)?|resid(?:e|ing)|address|home|house|flat|office|deliver\w*|ship\w*|send|sent|bill\w*|invoices?|parcels?|it should be|it is now|here|here it is|following|below|as follows|as under)(?:[^.!?:\n]{0,40}:| ?-)\n{1,2}/giu;

const NOT_ITS_BEGINNING =
  /^(?:the|my|our|a|an|his|her|your|ur|their|this|that|these|it|wrong|incorrect|different|outdated|out|old|not|no|mine|correct|right|in|on|at|to|of|for|and|is|was|has|u|you|i|we|which|new|another|below|same|also|change|changed|id|please|pls|details|info\w*|both|book|only|too|here|there|somewhere|with|from|proof|line|field|change\w*|update\w*|correction|can|could|how|what|where|when|so|but|as|by|phone|email|mobile|mistake|spelt|misspel\w+|missing|incomplete|won't|doesn't|didn't|isn't|hasn't|can't|does|did|do|will|would|could|should|can|had|just|any|some|every|if|because|since|from|like|got|get|needs?|entered|written|temporary|invalid|gone|yet|now|again|soon)(?![\p{L}'])/iu;
/** "The Old Rectory,", "A. Rao" */
const NAMED_ONE = /^(?:The(?: \p{Lu}[\p{L}']+){1,3}(?:,|\n)|\p{Lu}\. ?\p{Lu})/u;
const MOST_CANDIDATES = 40;

interface Candidate extends Span {
  readonly strong: boolean;
}

/** Addresses that the words before them lead to, in the order of the text. */
function ledTo(hidden: string): Candidate[] {
  const cues = [
    ...Array.from(hidden.matchAll(STRONG), (found) => ({ found, strong: true })),
    ...Array.from(hidden.matchAll(WEAK), (found) => ({ found, strong: false })),
    ...Array.from(hidden.matchAll(ABOVE), (found) => ({ found, strong: false })),
  ].slice(0, MOST_CANDIDATES);
  return cues.flatMap(({ found, strong }) => {
    const start = found.index + found[0].length;
    const begin = beginningFrom(hidden, start);
    const first = hidden.slice(begin, begin + MOST_BEFORE);
    if (NOT_ITS_BEGINNING.test(first) && !NAMED_ONE.test(first)) return [];
    const address = addressAt(hidden, begin);
    return isMeant(address.value, strong) ? [{ ...address, strong }] : [];
  });
}

/** "home 8 Lake Terrace": which of their addresses it is, no part of it. */
const WHICH =
  /^(?:(?:new|head|home|work|office|residence|residential|factory|warehouse|godown|workplace)(?: (?:home|office|address|residence))?\s?(?:at|in|is|[:,-])?\s)(?=\S*\d)/i;

function beginningFrom(hidden: string, start: number): number {
  const begin = start + (/^[\s"'(:-]*/.exec(hidden.slice(start, start + 9))?.[0].length ?? 0);
  const which = WHICH.exec(hidden.slice(begin, begin + MOST_BEFORE))?.[0] ?? '';
  const behind = hidden.slice(begin + which.length, begin + which.length + MOST_BEFORE);
  // "Office 12, Regent House" is one.
  const isUnit = /^office \S+,/i.test(hidden.slice(begin, begin + MOST_BEFORE));
  return which !== '' && beginsAsAddress(behind) && !isUnit ? begin + which.length : begin;
}

const MOST_BEFORE = 60;

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

const MOVED = String.raw`(?:has |have |is |are )?(?:just |recently |now )?(?:moved|moving|shifted|lives?|living|stays?|resid(?:es?|ing)|relocated)`;
/** Only their own addresses are somebody else's: things can be sent to anybody. */
const OTHERS = new RegExp(
  String.raw`\b(?:(?:${RELATION})'s? (?:new |home |current |postal )?(?:address|house|flat|home|place|apartment|residence)|(?:${RELATION}|he|she|they) ${MOVED}|(?:his|her|their|your) (?:new |home |current |postal |office )?(?:address|house|flat|home|place|office|shop))\b(?!.*\b(?:mine|my own|my new|my address|we|i)\b)`,
  'iu',
);

/** "keep billing at …", "are still sent to …" */
const KEPT =
  /\b(?:keep|leave|stays?(?! (?:at|in|with)\b)|remains?|still(?! stay))\b(?![^.!?]*\b(?:but|change|new|now)\b)[^,.!?]*$/i;

/** "You sent my bill to …" */
const SENT =
  /(?<!\b(?:can|could|would|will|should|may|if|please|that|where|which|to|do) )\byou (?:have |had |always |only |just )?(?:sent|mailed|posted|delivered|shipped|wrote|(?:keep|kept|are|were) (?:on )?(?:send|writ|mail|post|deliver|shipp)ing)\b(?!.*\b(?:should|now|new|chang\w*|instead)\b)[^.!?]*$/i;

const WISHED = String.raw`\b(?:should|now|new|must|chang\w*|moved|shifted|want|need|please|pls|instead|correct)\b`;
/** What came or went somewhere: "my parcel went to …", "letters still go to …". */
const WENT = new RegExp(
  String.raw`\b(?:ship\w*|sen[dt]\w*|deliver\w*|parcels?|orders?|packages?|letters?|bills?|invoices?|mails?|post)\b[^.!?]{0,40}\b(?:was|were|been|got|went|came|gone|ended up|keeps? (?:on )?(?:going|coming|being sent)|still (?:go|goes|going|come|comes|coming|sent|delivered|being))\b(?!.*${WISHED})[^.!?]*$`,
  'i',
);
/** What was done by thieves and the like, or never ordered. */
const BY_OTHERS =
  /\b(?:thie(?:f|ves)|scammers?|fraudsters?|hackers?|strangers?|some ?(?:one|body)(?: else)?|unknown (?:person|man|people))\b(?!.*\b(?:please|should|change|my new|i want|so)\b)[^.!?]*\b(?:sen[dt]|had|has|got|order\w*|deliver\w*|ship\w*|live[sd]?|us(?:ed|ing)|put|add\w*|set|enter\w*)\b[^.!?]*$|\b(?:never|not|n't) (?:order\w*|ask\w*|bought|buy|place\w*)\b(?!.*\b(?:please|should|change|my new|i want|so)\b)[^.!?]*$/i;

/** "My neighbour at …" */
const AT_OTHERS = new RegExp(
  String.raw`\b(?:${RELATION})(?: (?:who )?(?:\p{L}+ )?(?:is|lives?|stays?))?,? (?:at|of|from|in)\W*$`,
  'iu',
);

/** "A technician came to …" */
const CAME =
  /\b(?:came|visited|arrived|broke in|entered|turned up)(?: \p{L}+)?(?: (?:to|at|in|into))?\W*$/iu;

function roleOf(before: string, after: string): Role {
  if (AT_OTHERS.test(before) || madeTo(before) || isOfStory(before, after)) return 'other';
  if (CAME.test(before)) return 'old';
  if (OTHERS_DID.test(before) || KEPT.test(before) || SENT.test(before)) return 'old';
  if (WENT.test(before) || BY_OTHERS.test(before)) return 'old';
  if (/\b(?:ship|send|deliver|forward|post|courier)\w*\b/i.test(before)) {
    const role = roleAfter(after) === 'old' ? 'old' : roleBefore(before);
    return role === 'other' || role === 'yours' ? 'new' : role;
  }
  if (OTHERS.test(before)) return 'other';
  const behind = roleAfter(after);
  const role = behind === 'plain' ? roleBefore(before) : behind;
  return role === 'other' || role === 'known' || role === 'yours' ? 'plain' : role;
}

/** "From: … To: …": the second is of the kind of the first. */
const PAIRED =
  /^[\s"'.,;:-]*(?:any ?more|any longer|now|no longer|currently)?[\s"'.,;:-]*(?:(?:and|but) )?(?:(?:please |pls )?(?:change|update|make|correct) (?:it|that|this) )?(?:to|now|new|it'?s|it is|it should be|it must be|it has changed|its|that is|this is|(?:the )?(?:new|correct|right|current|actual) (?:one|address)|(?:(?:they|it|these|those|that|everything|all) )?(?:should|must|need to|ought to) (?:go|come|be|be sent|be delivered)|but|use|rather|instead)(?: (?:is|now|to|at|be))*[\s:=-]*$/i;

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
  let pair: readonly AddressField[] = [];
  return spans.flatMap(({ value, start, end }) => {
    if (start < from) return [];
    const before = wordsBefore(hidden, sentences, start, from);
    const after = wordsAfter(hidden, sentences, end);
    const about = aboutOf(hidden, sentences, { start, from, before });
    const led = lastKinds(about);
    from = end + kindsBehind(after).length;
    const role = asksOf(sentenceAt(sentences, start))
      ? 'other'
      : roleOf(from > 0 ? before.replace(OF_THE_LAST, '') : before, after);
    if (role !== 'new' && role !== 'plain') {
      pair = led;
      return [];
    }
    const kinds = pair.length > 0 && PAIRED.test(before) ? pair : kindsOf(about, after, asked);
    pair = [];
    const own = !isOfOthers(before);
    return kinds.map((field) => ({ field, value, at: start, role, own }));
  });
}
