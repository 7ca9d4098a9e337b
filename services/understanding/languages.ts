import { COMMON_ENGLISH, ROMANISED_INDIAN } from './knownWords';
import { HINDI, LANGUAGES, type LanguageWords } from './languageWords';
import type { NormalText } from './normalise';

/** A word that a language shares with others tells half of what one of its own tells. */
const SHARED_WEIGHT = 0.5;
/** So many different words of its own must a language show, unless every word of the message is known to be its. */
const LEAST_OWN_WORDS = 2;
/** By how much a language must outweigh what is known to be English or Indian. */
const OUTWEIGHS = 1.5;
/** At least such a share of all words must be known to be the language's. */
const LEAST_SHARE = 0.25;

const OURS: ReadonlySet<string> = new Set([...COMMON_ENGLISH, ...ROMANISED_INDIAN]);

const TABLES = LANGUAGES.map(({ plain, shared }: LanguageWords) => {
  const own = new Set(plain.filter((word) => !OURS.has(word)));
  return { own, shared: new Set([...shared, ...plain].filter((word) => !own.has(word))) };
});
type Table = (typeof TABLES)[number];

/**
 * Whether a message is for the most part in a language that the desk does not speak, by its script or its words.
 * Indian languages in Latin letters are not meant: what is learnt may understand them.
 */
export function otherLanguage(text: NormalText): boolean {
  if (text.otherScript) return true;
  const words = lettersOf(text.raw);
  return TABLES.some((table) => isIn(table, words));
}

/** Of a message's words, so many must be known to be Hindi; a word that is English too counts as they do. */
const LEAST_HINDI = 0.5;
const HINDI_TABLE = { own: new Set(HINDI.plain), shared: new Set(HINDI.shared) };

/**
 * Whether a message is for the most part Hindi in Latin letters, by the little words that hold its sentences together.
 * What is learnt may understand it for all that: this is for a message that was not understood.
 */
export function romanisedHindi(text: NormalText): boolean {
  const { own, shared } = HINDI_TABLE;
  const words = lettersOf(text.raw);
  const its = words.filter((word) => own.has(word));
  if (new Set(its).size < LEAST_OWN_WORDS) return false;
  const both = words.filter((word) => shared.has(word)).length;
  return its.length + both >= LEAST_HINDI * words.length;
}

/** Letters that are no letter with an accent. */
const OWN_LETTERS = new Map(
  Object.entries({ ı: 'i', ł: 'l', ß: 'ss', ø: 'o', đ: 'd', æ: 'ae', œ: 'oe' }),
);

/** The words as typed, without what chat spelling makes of them; of “l'ordinateur” the noun. */
function lettersOf(raw: string): string[] {
  return raw
    .replace(/[ıłßøđæœ]/g, (letter) => OWN_LETTERS.get(letter) ?? letter)
    .split(' ')
    .filter((chunk) => !/[@\d/]/.test(chunk))
    .flatMap((chunk) => chunk.split(/[^\p{L}']+/u))
    .map((word) => word.replace(/^(?:l|d|j|n|s|c|m|t|qu)'(?=\p{L}{2})/u, '').replaceAll("'", ''))
    .filter((word) => word !== '');
}

function isIn({ own, shared }: Table, words: readonly string[]): boolean {
  const ownWords = new Set(words.filter((word) => own.has(word))).size;
  if (ownWords === 0) return false;
  const its = words.filter((word) => own.has(word)).length;
  const half = words.filter((word) => shared.has(word)).length;
  const ours = words.filter((word) => OURS.has(word) && !shared.has(word)).length;
  if (ownWords < LEAST_OWN_WORDS) return words.length > 1 && its + half === words.length;
  const weight = its + SHARED_WEIGHT * half;
  return weight > OUTWEIGHS * ours && weight >= LEAST_SHARE * words.length;
}
