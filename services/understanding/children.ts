import type { NormalText } from './normalise';

const NUMBER_WORDS = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen'],
];
/** Policy: children.under13; who is younger is a child to this desk. */
export const OLDEST_CHILD = 12;
const YOUNGEST_WRITER = 4;
const FILLERS = new Set([
  'only',
  'just',
  'like',
  'about',
  'almost',
  'nearly',
  'actually',
  'turning',
]);
/** What may stand after an age; "I am 11 minutes late" is no age. */
const AFTER_AGE = new Set(['yo', 'old', 'and', 'but', 'so', 'can', 'is', 'do']);
const YEARS = new Set(['year', 'years', 'yr']);
const AFTER_YEARS = new Set(['old', 'of', ...AFTER_AGE]);

/** The age that a message says plainly its writer has, as in "I am 11" and "im twelve years old". */
export function statedAge({ words }: NormalText): number | undefined {
  for (const [at, word] of words.entries()) {
    if (word !== 'i' || words[at + 1] !== 'am') continue;
    const from = FILLERS.has(words[at + 2] ?? '') ? at + 3 : at + 2;
    const age = ageOf(words[from] ?? '');
    const inYears = YEARS.has(words[from + 1] ?? '');
    const next = words[inYears ? from + 2 : from + 1];
    const isAge = next === undefined || (inYears ? AFTER_YEARS : AFTER_AGE).has(next);
    if (age !== undefined && isAge) return age;
  }
  return undefined;
}

function ageOf(word: string): number | undefined {
  const digits = /^(\d{1,2})(?:yo|yrs?|years?)?$/.exec(word)?.[1];
  const age = digits === undefined ? NUMBER_WORDS.indexOf(word) : Number(digits);
  return age >= YOUNGEST_WRITER ? age : undefined;
}
