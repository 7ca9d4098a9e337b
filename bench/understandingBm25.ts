import stemmer from 'natural/lib/natural/stemmers/porter_stemmer';
import type { Example } from '../services/understanding/knowledge';

const SATURATION = 1.2;
const LENGTH_SHARE = 0.75;

interface Posting {
  readonly utterance: number;
  readonly times: number;
}

/**
 * Ranks utterances by BM25 over stemmed words.
 * @returns for a text the score of each class: that of its best utterance, as a share of what an utterance could reach.
 */
export function rankUtterances(
  examples: readonly Example[],
): (text: string) => Map<string, number> {
  const documents = examples.map(({ text }) => stemsOf(text.raw));
  const average = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
  const postings = invert(documents);
  const rarityOf = (stem: string): number => {
    const holding = postings.get(stem)?.length ?? 0;
    return Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5));
  };
  return (text) => {
    const stems = new Set(stemsOf(text));
    const scores = new Float64Array(documents.length);
    let most = 0;
    for (const stem of stems) {
      const rarity = rarityOf(stem);
      most += rarity * (SATURATION + 1);
      for (const { utterance, times } of postings.get(stem) ?? []) {
        const length = (documents[utterance]?.length ?? 0) / average;
        const damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length);
        scores[utterance] =
          (scores[utterance] ?? 0) + (rarity * times * (SATURATION + 1)) / (times + damping);
      }
    }
    return bestByClass(examples, scores, most || 1);
  };
}

const stemsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => stemmer.stem(word));

function invert(documents: readonly (readonly string[])[]): Map<string, Posting[]> {
  const postings = new Map<string, Posting[]>();
  documents.forEach((stems, utterance) => {
    for (const stem of new Set(stems)) {
      const times = stems.filter((each) => each === stem).length;
      const list = postings.get(stem);
      if (list) list.push({ utterance, times });
      else postings.set(stem, [{ utterance, times }]);
    }
  });
  return postings;
}

function bestByClass(
  examples: readonly Example[],
  scores: Float64Array,
  most: number,
): Map<string, number> {
  const best = new Map<string, number>();
  examples.forEach(({ label }, utterance) => {
    best.set(label, Math.max(best.get(label) ?? 0, (scores[utterance] ?? 0) / most));
  });
  return best;
}
