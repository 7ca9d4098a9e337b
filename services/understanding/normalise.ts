import { WordTokenizer } from 'natural/lib/natural/tokenizers/regexp_tokenizer';
import { CHAT_WORDS } from './chatWords';

/** Only so many characters of a message are looked at. */
export const LOOKED_AT = 1000;
/** Longer words are cut, since stemming takes time by the square of a word's length. */
const WORD_LENGTH = 24;

/** Accents and stacked marks, but not the vowel signs that belong to a script. */
const COMBINING = /[\p{Script=Inherited}\p{Me}]/gu;
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;
const APOSTROPHE = /['\u2018\u2019\u201b\u02bc\u00b4`\u2032]/g;
const LONG_RUN = /(\p{L})\1{2,}/gu;
const REFERENCE = /^\W*pd-[0-9a-z]{4}-[0-9a-z]{4}\W*$/;
const DIGITS = /\d/g;
/** From this many digits on, a number is a telephone, account or card number rather than a count. */
const LONG_NUMBER = 6;

const tokenizer = new WordTokenizer();

/** A message made ready to be compared. */
export interface NormalText {
  /** Lower-case words; addresses, references and long numbers stand as `xemail`, `xurl`, `xreference`, `xnumber`. */
  readonly words: readonly string[];
  /** The words with single spaces between them. */
  readonly plain: string;
  /** The text after normalisation of characters only, for scripts that have no `words`. */
  readonly raw: string;
  /** Whether most letters are of another script than Latin. */
  readonly otherScript: boolean;
}

/** Makes one text of the many ways to type it: width, case, accents, apostrophes, invisible characters, chat spelling. */
export function normalise(text: string): NormalText {
  const raw = text
    .slice(0, LOOKED_AT)
    .normalize('NFKD')
    .slice(0, 4 * LOOKED_AT)
    .replace(/\s+/g, ' ')
    .replace(COMBINING, '')
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(APOSTROPHE, "'")
    .replace(LONG_RUN, '$1$1')
    .slice(0, LOOKED_AT)
    .trim();
  const words = raw.split(' ').flatMap(wordsOf);
  return { words, plain: words.join(' '), raw, otherScript: isOtherScript(raw) };
}

function wordsOf(chunk: string): string[] {
  if (chunk.includes('@') && chunk.indexOf('@') < chunk.lastIndexOf('.')) return ['xemail'];
  // Drawn-out letters are two by now.
  if (chunk.startsWith('http') || chunk.startsWith('ww.')) return ['xurl'];
  if (REFERENCE.test(chunk)) return ['xreference'];
  return tokenizer.tokenize(chunk.replaceAll("'", '')).flatMap((word) => {
    if ((word.match(DIGITS)?.length ?? 0) >= LONG_NUMBER) return ['xnumber'];
    return CHAT_WORDS.get(word)?.split(' ') ?? [word.slice(0, WORD_LENGTH)];
  });
}

function isOtherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  return letters > 0 && latin * 2 < letters;
}
