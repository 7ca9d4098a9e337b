/** Chance between 0 and 1; the same seed gives the same row of numbers. */
export type Chance = () => number;

const WORDS_PER_SLIP = 6;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Mulberry32. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const below = (chance: Chance, end: number): number => Math.floor(chance() * end);

/** The text with one slip of typing per six words: two letters swapped, or one dropped, doubled or replaced. */
export function mistyped(text: string, chance: Chance): string {
  const words = text.split(/(\s+)/);
  const places = [...words.keys()].filter((at) => /\p{L}\P{L}*\p{L}/u.test(words[at] ?? ''));
  const due = places.length / WORDS_PER_SLIP;
  const slips = Math.floor(due) + (chance() < due % 1 ? 1 : 0);
  for (let slip = 0; slip < slips; slip += 1) {
    const [at] = places.splice(below(chance, places.length), 1);
    if (at !== undefined) words[at] = slipIn(words[at] ?? '', chance);
  }
  return words.join('');
}

function slipIn(word: string, chance: Chance): string {
  const letters = Array.from(word);
  const at = below(chance, letters.length - 1);
  const [one = '', other = ''] = letters.slice(at);
  const kinds = [
    () => letters.splice(at, 2, other, one),
    () => letters.splice(at, 1),
    () => letters.splice(at, 1, one, one),
    () => letters.splice(at, 1, LETTERS[below(chance, LETTERS.length)] ?? ''),
  ];
  kinds[below(chance, kinds.length)]?.();
  return letters.join('');
}

/** Texts of so many words each, drawn from the words of the given texts. */
export function textsOfLength(
  length: number,
  count: number,
  from: readonly string[],
  chance: Chance,
): string[] {
  const words = from.flatMap((text) => text.split(/\s+/));
  const text = () => Array.from({ length }, () => words[below(chance, words.length)]).join(' ');
  return Array.from({ length: count }, text);
}
