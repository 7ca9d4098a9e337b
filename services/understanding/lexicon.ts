import { CHAT_WORDS } from './chatWords';
import type { NormalText } from './normalise';
import { ALONE, FILLERS, PHRASES, THANKED_FOR, type Saying } from './phrases';
import type { Intent } from './types';

/** A longer message has more to say than its civilities. */
const LONGEST_LOOKED_UP = 90;

/** A letter twice or oftener in a row. */
const DOUBLED = /(.)\1+/gu;
/** What `CHAT_WORDS` does not spell out, or spells out otherwise than in an answer. */
const OWN_SPELLINGS = new Map([
  ...['y', 'n', 'k', 'da'].map((word) => [word, word] as const),
  ...([
    ['its', 'it is'],
    ['id', 'i would'],
    ['morn', 'morning'],
    ['mrng', 'morning'],
    ['mng', 'morning'],
    ['eve', 'evening'],
    ['v', 'very'],
    ['ths', 'thanks'],
  ] as const),
]);

const LEXICON: ReadonlyMap<string, Saying> = new Map(
  (Object.entries(PHRASES) as [Saying, readonly string[]][]).flatMap(([saying, lines]) =>
    keysOf(lines).map((key): [string, Saying] => [key, saying]),
  ),
);
const ONLY_ALONE: ReadonlySet<string> = new Set(keysOf(ALONE));
const PASSED_OVER: ReadonlySet<string> = new Set(keysOf([...FILLERS]));
const MOST_WORDS = Math.max(...[...LEXICON.keys()].map((key) => key.split(' ').length));
const BEFORE_MATTER: ReadonlySet<string> = new Set(keysOf([THANKED_FOR.before]));
const MATTER: ReadonlySet<string> = new Set(keysOf([THANKED_FOR.matter]));
const AFTER_MATTER: ReadonlySet<string> = new Set(keysOf([THANKED_FOR.after]));

/**
 * The intent of a message that is made of phrases of the lexicon and of nothing else; punctuation, emoji beside words,
 * forms of address and drawn-out letters do not count. Of several phrases the one that decides most is the message's.
 */
export function lexiconIntent({ raw }: NormalText): Intent | undefined {
  if (raw.length > LONGEST_LOOKED_UP) return undefined;
  const bare = keyOf(raw.replace(/\p{Extended_Pictographic}/gu, ' '));
  const said = sayingsOf(
    (bare || keyOf(raw.replace(/\p{Extended_Pictographic}/gu, ' $& '))).split(' '),
  );
  return said && decisive(said);
}

/** A phrase that was said, by its key. */
interface Said {
  readonly key: string;
  readonly saying: Saying;
}

/** The phrases of a message in their order; undefined when it says anything else. */
function sayingsOf(words: readonly string[]): Said[] | undefined {
  const said: Said[] = [];
  let at = 0;
  while (at < words.length) {
    const found = longestFrom(words, at);
    if (found && found.key !== said.at(-1)?.key) said.push(found);
    const length = found
      ? found.key.split(' ').length
      : Number(PASSED_OVER.has(words[at] ?? '')) || matterFrom(words, at, said.at(-1));
    if (length === 0) return undefined;
    at += length;
  }
  return said;
}

function longestFrom(words: readonly string[], at: number): Said | undefined {
  for (let length = Math.min(MOST_WORDS, words.length - at); length > 0; length -= 1) {
    const key = words.slice(at, at + length).join(' ');
    const saying = LEXICON.get(key);
    if (saying) return { key, saying };
  }
  return undefined;
}

/** How many words say what thanks are for; 0 when none do. */
function matterFrom(words: readonly string[], at: number, last: Said | undefined): number {
  if (last?.saying !== 'thanks' || words[at] !== 'for') return 0;
  let end = at + 1;
  while (BEFORE_MATTER.has(words[end] ?? '') && !isMatterLast(words, end)) end += 1;
  if (!MATTER.has(words[end] ?? '')) return 0;
  end += 1;
  while (AFTER_MATTER.has(words[end] ?? '')) end += 1;
  return end - at;
}

/** “for that” ends with what may also stand before a matter. */
const isMatterLast = (words: readonly string[], at: number): boolean =>
  MATTER.has(words[at] ?? '') &&
  !MATTER.has(words[at + 1] ?? '') &&
  !BEFORE_MATTER.has(words[at + 1] ?? '');

/** Which phrase decides: the first of these that was said. */
const MOST_DECISIVE_FIRST = [
  'cancel',
  'yes',
  'goodbye',
  'no',
  'thanks',
  'greeting',
  'assent',
] as const;

function decisive(said: readonly Said[]): Intent | undefined {
  const refuses = said.some(({ saying }) => saying === 'no');
  // “No, don't send it” answers; “don't send it” alone breaks off.
  const sayings = new Set(
    said.map(({ key, saying }) => (refuses && key.startsWith('do not ') ? 'no' : saying)),
  );
  if (sayings.has('yes') && sayings.has('no')) return undefined;
  if (said.some((one, at) => ONLY_ALONE.has(one.key) && !standsAlone(said, at))) return undefined;
  const best = MOST_DECISIVE_FIRST.find((saying) => sayings.has(saying));
  return best === 'assent' ? 'yes' : best;
}

/** Whether nothing of weight stands beside a phrase: “ok nothing, thanks”, but not “nothing wrong”. */
function standsAlone(said: readonly Said[], at: number): boolean {
  const own = said[at]?.saying;
  const before = said.slice(0, at).every(({ saying }) => LIGHT.has(saying) || saying === own);
  return (
    before && said.slice(at + 1).every(({ saying }) => saying === 'thanks' || saying === 'goodbye')
  );
}
const LIGHT: ReadonlySet<Saying> = new Set<Saying>(['assent', 'heard', 'greeting', 'thanks']);

function keysOf(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split(', ')).map(keyOf);
}

/** A text as the lexicon spells it: words with single spaces between them and no letter twice in a row. */
function keyOf(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll("'", '')
    .replace(/[^\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+/gu, ' ')
    .trim()
    .split(' ')
    .map((word) => spelledOut(word).replace(DOUBLED, '$1'))
    .join(' ');
}

function spelledOut(word: string): string {
  const single = word.replace(DOUBLED, '$1');
  const known = [word, single].map((form) => OWN_SPELLINGS.get(form) ?? CHAT_WORDS.get(form));
  return known.find((form) => form !== undefined) ?? word;
}
