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
/** Before an age that is still to come. */
const NOT_YET = new Set(['almost', 'nearly', 'turning']);
/** What may stand after an age; "I am 11 minutes late" is no age. */
const AFTER_AGE = new Set([
  ...['yo', 'old', 'and', 'but', 'so', 'can', 'is', 'do', 'why', 'not'],
  ...['now', 'today', 'yesterday', 'last', 'please', 'sir'],
]);
const YEARS = new Set(['year', 'years', 'yr']);
const AFTER_YEARS = new Set(['old', 'of', ...AFTER_AGE]);
const SAYS_OWN_AGE = new Set(['am', 'turned']);

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
  return tellsOfAnother(text) ? 'other' : undefined;
}

/** The age that a message says plainly its writer has, as in "I am 11" and "im twelve years old". */
function statedAge({ words }: NormalText): number | undefined {
  for (const [at, word] of words.entries()) {
    if (word !== 'i' || !SAYS_OWN_AGE.has(words[at + 1] ?? '')) continue;
    const from = afterFillers(words, at + 2);
    const age = ageOf(words[from] ?? '');
    const after = isTwoWords(words, from) ? from + 2 : from + 1;
    const inYears = YEARS.has(words[after] ?? '');
    const next = words[inYears ? after + 1 : after];
    const isAge = next === undefined || (inYears ? AFTER_YEARS : AFTER_AGE).has(next);
    if (age !== undefined && isAge) return NOT_YET.has(words[from - 1] ?? '') ? age - 1 : age;
  }
  return undefined;
}

/** "My son is 11", "she is only nine", "our daughter, 8, saw it", "my 9 year old"; or no word of the writer at all. */
function tellsOfAnother({ words }: NormalText): boolean {
  const isNoun = words.map((word) => OTHERS.has(word));
  const agedAt = words.some((word, at) => {
    const isAge = isChildsAge(words[afterFillers(words, at + 1)]);
    if (MINE.has(word)) return isAge && YEARS.has(words[at + 2] ?? '');
    if (IS_OR_WAS.has(word)) return isAge && isNoun[at - 1] === true;
    return (
      isAge && isNoun[at] === true && words.slice(Math.max(0, at - 2), at).some((w) => MINE.has(w))
    );
  });
  return agedAt || (isNoun.includes(true) && !words.some((word) => WRITER.has(word)));
}

function afterFillers(words: readonly string[], from: number): number {
  let at = from;
  while (FILLERS.has(words[at] ?? '') || NOT_YET.has(words[at] ?? '')) at += 1;
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
  const digits = /^(\d{1,2})(?:yo|yrs?|years?)?$/.exec(word)?.[1];
  const age = digits === undefined ? NUMBER_WORDS.indexOf(word) : Number(digits);
  return age >= YOUNGEST_WRITER ? age : undefined;
}
