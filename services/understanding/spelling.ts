/** Puts right the words that are one slip away from a word of the examples. */
export type Spelling = (words: readonly string[]) => string[];

/** Shorter words have too many neighbours that are words themselves. */
const SHORTEST_CORRECTED = 5;
/** A word that one utterance only has may be a slip itself. */
const LEAST_UTTERANCES = 3;

/**
 * Learns the words of the examples. A slip is one letter left out, put in or changed, or two neighbours swapped; the
 * first letter is taken to be right. Looking up takes time by the length of the word only.
 */
export function spellingOf(texts: readonly (readonly string[])[]): Spelling {
  const counts = new Map<string, number>();
  for (const words of texts) {
    for (const word of new Set(words)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const byShortened = new Map<string, string>();
  const frequentFirst = [...counts].sort((a, b) => b[1] - a[1]);
  for (const [word, count] of frequentFirst) {
    if (count < LEAST_UTTERANCES || word.length < SHORTEST_CORRECTED - 1) continue;
    for (const form of [word, ...shortened(word)]) {
      if (!byShortened.has(form)) byShortened.set(form, word);
    }
  }
  const correct = (word: string): string => {
    if (word.length < SHORTEST_CORRECTED || counts.has(word)) return word;
    const forms = [word, ...shortened(word)];
    return (
      forms
        .map((form) => byShortened.get(form))
        .find((known) => known !== undefined && isOneSlip(word, known)) ?? word
    );
  };
  return (words) => words.map(correct);
}

/** The word without one of its letters, the first letter always kept. */
function shortened(word: string): string[] {
  return Array.from(
    { length: word.length - 1 },
    (_, at) => word.slice(0, at + 1) + word.slice(at + 2),
  );
}

function isOneSlip(typed: string, meant: string): boolean {
  let start = 0;
  while (start < typed.length && typed[start] === meant[start]) start += 1;
  const rest = typed.slice(start);
  const meantRest = meant.slice(start);
  const swapped = rest.charAt(1) + rest.charAt(0) + rest.slice(2);
  return (
    rest.slice(1) === meantRest ||
    rest === meantRest.slice(1) ||
    rest.slice(1) === meantRest.slice(1) ||
    swapped === meantRest
  );
}
