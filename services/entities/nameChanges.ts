import { KNOWN_PLACE, STREET_WORD } from './addressWords';
import { RELATION } from './cues';
import type { ChangeText } from './changeText';

/** A name that is to stand on the record; without `value` where the full name has still to be asked for. */
export interface ToldName {
  readonly value?: string;
  readonly at: number;
}

const NAME = String.raw`(?<![\p{L}])(?<!(?:user|log ?in|login|street|file|domain|bank|card|billing|screen|host|bot|brand|product|city|nick|pet|is) ?-?)names?(?![\p{L}])`;
const PART = String.raw`(?:sur ?name|last ?name|first ?name|family ?name|middle ?name|maiden ?name|given ?name|initials?|title)`;
const SHORT = String.raw`[^.!?\n;]{0,40}?`;
const CHANGE = String.raw`(?:chang\w*|chng\w*|chnag\w*|update?|correct|amend|edit|modify|fix|set|make|rename|put|switch|alter|rectify|spell?|write|have)`;
const BE = String.raw`(?:should (?:be|read)|shud be|must be|ought to be|has to be|it(?:'s| is)|its|correct(?: one| name| spelling)? ?(?:is|:))`;

/** "You have my name as …" tells what is wrong, "could you put …" what is wanted. */
const NOT_YOURS = String.raw`(?<!(?<!\b(?:can|could|would|will|should|may|if|please|pls|that|let) )\b(?:you|they|it|records?|account|system|file) (?:still |now |currently |just |always )?)`;

/** After these a new name stands. */
const LEADS: readonly RegExp[] = [
  String.raw`${NAME}(?:'s)?(?: (?:is|has|have|been|was|will|had|got|legally|officially|since|also|just|on your records?|in your records?))*(?: (?:now|changed (?:\p{L}+ )?(?:to|into)|changing to|to be|should be|should read|shud be|must be|becomes?|now becomes|is now))+(?: (?:is|legally|officially))?\s?[:-]?\s`,
  String.raw`(?:new|married|correct|legal|real|proper|right) (?:full )?${NAME}\s?(?:is now|is|now|will be|should be|:|-|=)?\s?`,
  String.raw`(?<![\p{L}])${NOT_YOURS}${CHANGE}\s${SHORT}${NAME}(?: (?:on|in|of) ${SHORT})?(?: from ${SHORT})?(?:\s(?:to|as|into)(?![\p{L}])|\s?(?:->|=>|→|:|-(?=\s)))\s?:?\s?`,
  String.raw`${NAME}[^\n]{0,40}?(?<![\p{L}])(?:wrong|wrongly|incorrect|incorrectly|mis-?spel\w+|spel\w+|spelt|typo|mistake|correctly|properly)(?![\p{L}])[^\n]{0,60}?(?<![\p{L}])${BE}\s`,
  String.raw`${NAME}[^\n]{0,70}?[.,;!]\s?(?:(?:but|and|so) )?(?:the )?(?:correct|right|proper|exact|actual) (?:spelling|version|one|form)?\s?(?:is|should be|:|=)\s?`,
  String.raw`(?<![\p{L}])(?:spel\w+|mis-?spel\w+|misspelt|wrote|written|put|got|have|entered|recorded|printed|typed) (?:my|our) ${NAME}[^\n]{0,60}?,\s(?:(?:but|and) )?${BE}\s`,
  String.raw`${NAME}(?: \p{L}+){0,2} (?:as|is|was|wrong\w*)(?![\p{L}])[^\n]{0,50}?[.,;!]\s(?:(?:but|and) )?(?:it|this|that) (?:should|must|has to|ought to) (?:be|read|say)\s`,
  String.raw`${NAME}\s?[,;.:-]\s(?:it|this) (?:should|must|has to|ought to) (?:be|read|say)\s`,
  String.raw`(?:like|want|wish|need|prefer|please)[^.!?\n]{0,30}${NAME}(?: to be)? (?:shown|written|recorded|printed|spelt|spelled|listed|entered|displayed|to be|to read)\s(?:as\s|to\s)?`,
  String.raw`${NAME} (?:is|was) (?:no longer|not)(?: any ?more)? [^\n,.]{2,40}?,? (?:but|it's|it is)(?: now)?\s`,
  String.raw`${NAME} (?:(?:has|is|was|got) )?changed,? (?:(?:it's|it is|i'm|i am) )?now\s`,
  String.raw`(?:and|,|&) (?:my )?${NAME} to\s`,
  String.raw`${NAME} (?:change|correction)\s?[:-]\s?`,
  String.raw`${NAME} is\s(?=(?:(?!(?:and|but|i|am)\s)[\p{L}.'-]+,?\s){1,5}(?:(?:and )?not \p{L}|now(?![\p{L}])))`,
  String.raw`(?<![\p{L}])rename me (?:to|as)\s`,
  String.raw`(?<![\p{L}])(?:i'm|i am|we're|we are) now (?:called |known as )?(?=\p{Lu})`,
  String.raw`(?<![\p{L}])(?:now (?:called|known as)|go by|(?:married|divorced|wed)[^\n]{0,30} (?:i'm|i am|now))\s(?=\p{Lu})`,
  String.raw`(?:have|got|put|listed|registered|recorded|call|calls|called|calling|address|addressed) me (?:down )?(?:as )?[^\n,.]{2,40}?[,.;] (?:(?:but|and) )?(?:it's|its|it is|it should be|i'm|i am|that should be|the correct (?:one|name|spelling) is)\s`,
  String.raw`(?<![\p{L}])rename [^.!?\n]{0,30} to\s`,
  String.raw`(?:from ${SHORT}) (?:to|into)\s(?=\p{Lu}\p{L}+ \p{Lu})`,
].map((source) => new RegExp(source, 'giu'));

const FROM_TO = LEADS.length - 1;
/** After the last of these only a full name in capitals is one: "I am now living in Pune". */
const ONLY_WHOLE = 5;
const IN_CAPITALS = /^(?:(?:\p{Lu}|d['’]|de |van |von )[^ ]* ?)+$/u;
const OTHERS = new RegExp(
  String.raw`(?:\b(?:${RELATION})'?s? (?:\p{L}+ )?|\b(?:his|her|their|your|company'?s|firm'?s) (?:new |full )?)$`,
  'iu',
);
const LOOK_BACK = 30;
const MOST_READ = 100;
const MOST_WORDS = 6;
/** Not the first of a label, such as "Mobile:". */
const WORD = /^ ?([\p{L}][\p{L}\p{M}'’-]{0,39})(?![\p{L}\p{M}])(\.?)(?! ?[:=])/u;
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'shri', 'smt', 'kumari', 'sri']);

const ENDS_A_NAME = new Set(
  `a also am an and as at because but by can could do due effective email for from has have he hence i if in instead is it its it's
  kindly like mail my not now number of on or our per phone please pls plz rather she since sir so thank thanks thx that
  the then this to update was we were when which while who will with without would you your ur address mobile both too
  only again after before here wrong correct incorrect right misspelled misspelt spelled spelt different changed change
  new old mine married company's something someone same be been asap regards with legally officially w.e.f wef name
  surname madam also n nd plus instead ok okay yet still customer account dob very going getting able unable happy sorry sure`.split(
    /\s+/,
  ),
);

/** A full name of two words or more, read from a place on; undefined for less. */
export function fullNameAt(text: string, start: number): string | undefined {
  const words: string[] = [];
  let at = start + (text[start] === '\n' ? 1 : 0);
  while (words.length < MOST_WORDS) {
    const [whole = '', word = '', dot = ''] = WORD.exec(text.slice(at, at + MOST_READ)) ?? [];
    const lower = word.toLowerCase();
    const isInitial =
      word.length === 1 && (dot === '.' || /\p{Lu}/u.test(word)) && words.length > 0;
    if (!word || (ENDS_A_NAME.has(lower) && !isInitial)) break;
    const isShort = word.length === 1 || TITLES.has(lower) || /^\p{Lu}{2}$/u.test(word);
    words.push(word + (isShort ? dot : ''));
    at += whole.length;
    if (dot && !isShort) break;
  }
  const named = words.filter((word) => !TITLES.has(word.toLowerCase().replace('.', '')));
  return named.length >= 2 && named.some((word) => word.length > 2) ? words.join(' ') : undefined;
}

/**
 * The new name that a text tells. Only a full name is one: of a changed surname or first name the rest is not known,
 * and the desk asks for it.
 */
export function nameChange({ hidden }: ChangeText): ToldName | undefined {
  let told: ToldName | undefined;
  LEADS.forEach((lead, place) => {
    if (told?.value !== undefined) return;
    if (place === FROM_TO && !new RegExp(NAME, 'iu').test(hidden)) return;
    const onlyWhole = place >= LEADS.length - ONLY_WHOLE;
    for (const { 0: cue, index } of hidden.matchAll(lead)) {
      const before = hidden.slice(Math.max(0, index - LOOK_BACK), index);
      if (OTHERS.test(before) || OTHERS.test(before + cue.replace(/names?[^\n]*$/i, ''))) continue;
      const value = fullNameAt(hidden, index + cue.length);
      if (onlyWhole && !(value && IN_CAPITALS.test(value))) continue;
      told ??= { at: index };
      if (value !== undefined && !new RegExp(PART, 'iu').test(cue)) {
        told = { value, at: index };
        return;
      }
    }
  });
  return told?.value === undefined ? (renamed(hidden) ?? told ?? named(hidden)) : told;
}

const FULL_NAME = String.raw`\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*){1,4}`;
const RENAMED = new RegExp(
  String.raw`\b(?:[Cc]hange|[Rr]eplace|[Cc]orrect|[Uu]pdate|[Aa]mend|[Ee]dit|[Ff]rom|[Rr]ename) (${FULL_NAME}) (?:to|by|with|as|into) (${FULL_NAME})`,
  'u',
);

/** "Change Anita Roy to Anita Sharma": one person's two names share a word. */
function renamed(hidden: string): ToldName | undefined {
  const found = RENAMED.exec(hidden);
  if (!found) return undefined;
  const [, before = '', after = ''] = found;
  const parts = before.toLowerCase().split(' ');
  const value = fullNameAt(after, 0);
  const isShared = after
    .toLowerCase()
    .split(' ')
    .some((part) => parts.includes(part));
  const isPlace = STREET_WORD.test(after) || KNOWN_PLACE.test(after);
  return value !== undefined && isShared && !isPlace ? { value, at: found.index } : undefined;
}

const WANTED = new RegExp(
  String.raw`(?:${NAME}|(?<![\p{L}])(?<!(?:user|log ?in) )${PART}(?![\p{L}]))`,
  'giu',
);
const WANTS =
  /\b(?:chang\w*|chng\w*|chnag\w*|cange|updat\w*|updt\w*|edit\w*|modif\w*|amend\w*|correct\w*|fix|rectif\w*|replac\w*|alter\w*|set|new|wrong\w*|incorrect\w*|mistake|error|typo|mis-?spel\w*|spel\w*|spelt|differ\w*|missing|prefer\w*|married|divorc\w*|rename\w*|should|not|is now)\b/i;

/** A name that is said to be wrong or to be changed, and not to what. */
function named(hidden: string): ToldName | undefined {
  for (const { index } of hidden.matchAll(WANTED)) {
    const before = hidden.slice(Math.max(0, index - 2 * LOOK_BACK), index);
    if (OTHERS.test(before)) continue;
    const sentence =
      (before.split(/[.!?\n;]/).at(-1) ?? '') +
      (/^[^.!?\n;]*/.exec(hidden.slice(index, index + MOST_READ))?.[0] ?? '');
    if (WANTS.test(sentence) && !INTRODUCES.test(hidden.slice(index, index + MOST_READ)))
      return { at: index };
  }
  return undefined;
}

/** "my name is Asha and I want to change …": it tells who is writing. */
const INTRODUCES =
  /^names? ?(?:is|:) ?(?!now|wrong|incorrect|mis|spel|not|changed|missing|different|also wrong|written|in\b)\p{L}+/iu;
