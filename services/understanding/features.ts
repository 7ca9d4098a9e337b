import stemmer from 'natural/lib/natural/stemmers/porter_stemmer';
import { SYNONYMS } from './synonyms';

/** The kinds of feature; each kind is weighed and brought to length one on its own. */
export const FEATURE_KINDS = ['word', 'pair', 'group', 'characters'] as const;
export type FeatureKind = (typeof FEATURE_KINDS)[number];

/** Features of a text by kind, repeated as often as they occur; bounded by the length of the normal text. */
export type Features = Record<FeatureKind, readonly string[]>;

const SHORTEST_PIECE = 3;
const LONGEST_PIECE = 5;
/** In steps of doubling. */
const LONGEST_LENGTH = 5;

const stems = new Map<string, string>();
const STEMS_REMEMBERED = 20_000;

function stemOf(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const stem = stemmer.stem(word);
  if (stems.size < STEMS_REMEMBERED) stems.set(word, stem);
  return stem;
}

const GROUPS: ReadonlyMap<string, readonly string[]> = groupsByStem();

function groupsByStem(): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const line of SYNONYMS) {
    const words = line.split(' ');
    for (const stem of new Set(words.map(stemOf))) {
      groups.set(stem, [...(groups.get(stem) ?? []), `${words[0] ?? ''}*`]);
    }
  }
  return groups;
}

/** What the linear model and the nearest utterances look at. */
export function featuresOf(words: readonly string[]): Features {
  const stemmed = words.map(stemOf);
  return {
    word: stemmed,
    pair: pairs(['^', ...stemmed, '$']),
    group: groupFeatures(stemmed),
    characters: words.flatMap(pieces),
  };
}

function pairs(words: readonly string[]): string[] {
  return words.slice(1).map((word, at) => `${words[at] ?? ''} ${word}`);
}

/** The groups of synonyms, each two of them together, and how long the text is: a bare noun asks less than a sentence. */
function groupFeatures(stemmed: readonly string[]): string[] {
  const groups = [...new Set(stemmed.flatMap((stem) => GROUPS.get(stem) ?? []))].sort();
  const together = groups.flatMap((one, at) => groups.slice(at + 1).map((other) => one + other));
  const length = Math.min(LONGEST_LENGTH, Math.floor(Math.log2(stemmed.length + 1)));
  return [...groups, ...together, `length ${length}`];
}

function pieces(word: string): string[] {
  const padded = `_${word}_`;
  const found: string[] = [];
  for (let size = SHORTEST_PIECE; size <= LONGEST_PIECE; size += 1) {
    for (let at = 0; at + size <= padded.length; at += 1) found.push(padded.slice(at, at + size));
  }
  return found;
}
