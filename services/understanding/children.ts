import { saysUnderThirteen } from './childWords';
import type { NormalText } from './normalise';

const NUMBER_WORDS = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen'],
  'nineteen',
];
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
/** Policy: children.under13; who is younger is a child to this desk. */
const OLDEST_CHILD = 12;
const YOUNGEST_WRITER = 4;
const FILLERS = new Set([
  ...['a', 'an', 'only', 'just', 'like', 'about', 'actually', 'still', 'age', 'aged'],
]);
/** So many of them in a row are still speech. */
const MOST_FILLERS = 6;
/** Before an age that is still to come. */
const NOT_YET = new Set(['almost', 'nearly', 'turn', 'turning', 'be', 'becoming', 'become']);
/** What may stand after an age; "I am 11 minutes late" is no age. */
const AFTER_AGE = new Set([
  ...['yo', 'old', 'and', 'but', 'so', 'can', 'is', 'do', 'why', 'not', 'only', 'just'],
  ...['now', 'today', 'yesterday', 'last', 'please', 'sir', 'this', 'kindly', 'how', 'what'],
  ...[
    'i',
    'my',
    'me',
    'am',
    'really',
    'btw',
    'lol',
    'ok',
    'change',
    'update',
    'want',
    'need',
    'sorry',
    'hello',
    'hi',
    'thanks',
  ],
]);
/** What may stand after an age that somebody has reached or will reach. */
const AFTER_BIRTHDAY = new Set(['next', 'in', 'on', 'soon', 'tomorrow', 'tonight', ...AFTER_AGE]);
const YEARS = new Set(['year', 'years', 'yr', 'yrs']);
const AFTER_YEARS = new Set(['old', 'of', ...AFTER_AGE]);
/** "I am 10 years with you": how long, not how old. */
const AS_A_CUSTOMER = new Set(['with', 'at', 'as', 'customer', 'member', 'subscriber', 'using']);
/** Before "turned 11" that says no more of whom. */
const OPENERS = new Set(['hi', 'hello', 'hey', 'sir', 'madam', 'please', 'just', 'recently']);
/** "My age is 12 in your records" */
const NOT_MY_AGE = new Set(['in', 'on', 'more', 'less', 'or', 'to', 'wrong', 'digits']);
const IS_A_CHILD =
  /(?<![\p{L}'])(?<!\b(?:like|think|thinks|thought|if|not|though|believe|when|assume|since) )(?:i am|i'?m) (?:(?:just|only|still|actually|a|an|little|small|young) ){0,4}(?:kid|child)(?=\s*(?:[.,!?;:()\u2013\u2014-]|$|(?:and|so|but|can|please|pls|now|change|update|my|i|how|not)(?![\p{L}])))/u;
/** What stands in no name that introduces a writer. */
const NOT_A_NAME = new Set([
  ...['about', 'regarding', 'for', 'of', 'with', 'my', 'our', 'the', 'a', 'an', 'to', 'and', 'his'],
  ...['her', 'their', 'on', 'behalf', 'mother', 'father', 'mum', 'mom', 'dad', 'parent', 'is'],
  ...[
    'parents',
    'guardian',
    'concerning',
    'account',
    'not',
    'average',
    'minimum',
    'asking',
    'from',
  ],
]);

const OTHERS = new Set([
  ...['he', 'she', 'they', 'son', 'daughter', 'boy', 'girl', 'kid', 'child', 'brother'],
  ...['sister', 'nephew', 'niece', 'cousin', 'grandson', 'granddaughter', 'grandchild', 'friend'],
  ...['kids', 'children', 'sons', 'daughters', 'boys', 'girls', 'twins', 'pupils', 'students'],
]);
const IS_OR_WAS = new Set(['is', 'are', 'was', 'were', 'turned']);
const MINE = new Set(['my', 'our', 'his', 'her', 'their', 'the', 'your']);
const WRITER = new Set(['i', 'me', 'we', 'us', 'myself']);

/** Whose age a message tells: a child's own, that of somebody else or of a grown-up, or nobody's. */
export function whoseAge(text: NormalText): 'writing child' | 'other' | undefined {
  const own = statedAge(text);
  if (own !== undefined) return own <= OLDEST_CHILD ? 'writing child' : 'other';
  if (IS_A_CHILD.test(text.raw) || saysUnderThirteen(text.plain)) return 'writing child';
  return tellsOfAnother(text) || isLongACustomer(text) ? 'other' : undefined;
}

/** The age that a message says plainly its writer has, as in "I am 11" and "im twelve years old". */
function statedAge({ words }: NormalText): number | undefined {
  for (const at of words.keys()) {
    const age = ageToldAt(words, at);
    if (age !== undefined) return age;
  }
  return undefined;
}

function ageToldAt(words: readonly string[], at: number): number | undefined {
  const birthday = birthdayFrom(words, at);
  if (birthday !== undefined) return ageFrom(words, birthday, AFTER_BIRTHDAY);
  if (words[at] === 'i' && words[at + 1] === 'am' && words[at - 1] !== 'like')
    return ageFrom(words, at + 2, AFTER_AGE);
  if (words[at] === 'my' && words[at + 1] === 'age' && words[at + 2] === 'is') {
    const from = afterFillers(words, at + 3);
    const { next } = behindAge(words, from);
    return NOT_MY_AGE.has(next ?? '') ? undefined : ageOf(words[from] ?? '');
  }
  return /^aged?$/.test(words[at] ?? '') ? ageOfIntroduced(words, at) : undefined;
}

/** Where the age begins in "I turned", "I will turn", "I am turning" and in "turned" at the beginning. */
function birthdayFrom(words: readonly string[], at: number): number | undefined {
  const isFirst = words.slice(0, at).every((word) => OPENERS.has(word));
  if (words[at] === 'turned' && isFirst) return at + 1;
  if (words[at] === 'turning' && isFirst) return at;
  if (words[at] === 'ill' && /^(?:turn|be)$/.test(words[at + 1] ?? '')) return at + 1;
  if (words[at] !== 'i') return undefined;
  const verb =
    /^(?:(?:have )?(?:just |recently )?turned|(?:am )?turning|turn|(?:will|shall|am going to|am about to) (?:soon )?(?:turn|be|become)) /;
  const said = verb.exec(`${words.slice(at + 1, at + 6).join(' ')} `)?.[0].trim();
  if (said === undefined) return undefined;
  const length = said.split(' ').length;
  return at + 1 + (said.endsWith('turned') ? length : length - 1);
}

function ageFrom(
  words: readonly string[],
  start: number,
  mayFollow: ReadonlySet<string>,
): number | undefined {
  const from = afterFillers(words, start);
  const age = ageOf(words[from] ?? '');
  const { inYears, next } = behindAge(words, from);
  const isAge = next === undefined || (inYears ? AFTER_YEARS : mayFollow).has(next);
  if (age === undefined || !isAge) return undefined;
  return words.slice(start, from).some((word) => NOT_YET.has(word)) ? age - 1 : age;
}

/** "This is Tia, age 10", "I am Tia Sen, aged 10", but not "this is Tia, age 10, my niece". */
function ageOfIntroduced(words: readonly string[], at: number): number | undefined {
  const isNamed = [1, 2].some((length) => {
    const lead = words.slice(Math.max(0, at - length - 2), at - length).join(' ');
    const name = words.slice(at - length, at);
    return /^(?:this is|i am|name is)$/.test(lead) && !name.some((word) => NOT_A_NAME.has(word));
  });
  const from = afterFillers(words, at);
  const rest = words.slice(from + 1, from + 5).filter((word) => !AGE_UNITS.has(word));
  const ofAnother =
    /^(?:s?he|her|his|they|their)$/.test(rest[0] ?? '') ||
    (MINE.has(rest[0] ?? '') && rest.slice(1, 3).some((word) => OTHERS.has(word)));
  return isNamed && !ofAnother ? ageOf(words[from] ?? '') : undefined;
}

const AGE_UNITS = new Set(['old', ...YEARS]);

/** "I am 10 years with you" */
const isLongACustomer = ({ words }: NormalText): boolean =>
  words.some((word, at) => {
    if (word !== 'i' || words[at + 1] !== 'am') return false;
    const from = afterFillers(words, at + 2);
    const { inYears, next } = behindAge(words, from);
    return ageOf(words[from] ?? '') !== undefined && inYears && AS_A_CUSTOMER.has(next ?? '');
  });

/** Whether years stand behind an age, and the first word behind both. */
function behindAge(words: readonly string[], from: number): { inYears: boolean; next?: string } {
  const after = isTwoWords(words, from) ? from + 2 : from + 1;
  const inYears = YEARS.has(words[after] ?? '');
  const next = words[inYears ? after + 1 : after];
  return next === undefined ? { inYears } : { inYears, next };
}

/** "My son is 11", "she is only nine", "our daughter, 8, saw it", "my 9 year old"; or no word of the writer at all. */
function tellsOfAnother({ words }: NormalText): boolean {
  const isNoun = words.map((word) => OTHERS.has(word));
  const agedAt = words.some((word, at) => {
    const isAge = isChildsAge(words[afterFillers(words, at + 1)]);
    if (MINE.has(word)) return isAge && YEARS.has(words[at + 2] ?? '');
    if (IS_OR_WAS.has(word)) return isAge && isOfNoun(words, isNoun, at);
    return (
      isAge && isNoun[at] === true && words.slice(Math.max(0, at - 2), at).some((w) => MINE.has(w))
    );
  });
  return agedAt || (isNoun.includes(true) && !words.some((word) => WRITER.has(word)));
}

/** Whether a verb is of "my daughter", "my daughter Tia", "my daughter just". */
function isOfNoun(words: readonly string[], isNoun: readonly boolean[], verb: number): boolean {
  let at = verb - 1;
  while (at > verb - MOST_FILLERS && FILLERS.has(words[at] ?? '')) at -= 1;
  return isNoun[at] === true || (isNoun[at - 1] === true && !WRITER.has(words[at] ?? ''));
}

function afterFillers(words: readonly string[], from: number): number {
  let at = from;
  const most = from + MOST_FILLERS;
  while (at < most && (FILLERS.has(words[at] ?? '') || NOT_YET.has(words[at] ?? ''))) at += 1;
  return at;
}

/** As in "eighty one", of which the first word tells enough. */
const isTwoWords = (words: readonly string[], at: number): boolean =>
  TENS.includes(words[at] ?? '') && NUMBER_WORDS.slice(1, 10).includes(words[at + 1] ?? '');

function isChildsAge(word = ''): boolean {
  const age = ageOf(word);
  return age !== undefined && age <= OLDEST_CHILD;
}

function ageOf(word: string): number | undefined {
  if (TENS.includes(word)) return 10 * (TENS.indexOf(word) + 2);
  const digits = /^(\d{1,2})(?:y|yo|yrs?|years?)?$/.exec(word)?.[1];
  const age = digits === undefined ? NUMBER_WORDS.indexOf(word) : Number(digits);
  return age >= YOUNGEST_WRITER ? age : undefined;
}
