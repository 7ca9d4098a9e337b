import { FEATURE_KINDS, type FeatureKind, type Features } from './features';

/** A sparse vector: `at[k]` is the place of `value[k]`. */
export interface SparseVector {
  readonly at: Int32Array;
  readonly value: Float32Array;
}

/** What a text is to the models: its n-grams, and its meaning as the encoder gives it, empty without one. */
export interface TextVector extends SparseVector {
  readonly dense: Float32Array;
}

/** Joins both, the meaning weighed. */
export const textVector = (
  sparse: SparseVector,
  meaning: Float32Array | undefined,
  weight: number,
): TextVector => ({
  ...sparse,
  dense: meaning?.map((number) => weight * number) ?? new Float32Array(0),
});

/** Squared length. */
export const squareOf = ({ value, dense }: TextVector): number =>
  sumOfSquares(value) + sumOfSquares(dense);

export function sumOfSquares(numbers: Float32Array): number {
  let sum = 0;
  for (const number of numbers) sum += number * number;
  return sum;
}

/** The vocabulary of the example utterances with its TF-IDF weights, as plain data. */
export interface Vocabulary {
  /** How many places a vector has. */
  readonly size: number;
  readonly places: Readonly<Record<FeatureKind, ReadonlyMap<string, number>>>;
  readonly rarity: readonly number[];
  readonly weights: FeatureWeights;
}

/** How much each kind of feature counts, and in how many utterances a feature must occur to be kept. */
export type FeatureWeights = Readonly<
  Record<FeatureKind, { weight: number; leastUtterances: number }>
>;

/** Collects the features that occur in enough utterances; their order, and so every result, follows the utterances. */
export function vocabularyOf(texts: readonly Features[], weights: FeatureWeights): Vocabulary {
  let size = 0;
  const places = {} as Record<FeatureKind, Map<string, number>>;
  const rarity: number[] = [];
  for (const kind of FEATURE_KINDS) {
    const counts = countTexts(texts, kind);
    const kept = new Map<string, number>();
    for (const [feature, count] of counts) {
      if (count < weights[kind].leastUtterances) continue;
      kept.set(feature, size);
      rarity.push(Math.log((1 + texts.length) / (1 + count)) + 1);
      size += 1;
    }
    places[kind] = kept;
  }
  return { size, places, rarity, weights };
}

/** Weighs features; those not in the vocabulary are left out. */
export function vectorOf(
  { places, rarity, weights }: Vocabulary,
  features: Features,
): SparseVector {
  const at: number[] = [];
  const value: number[] = [];
  for (const kind of FEATURE_KINDS) {
    const found = weigh(features[kind], places[kind], rarity);
    let square = 0;
    for (const weight of found.values()) square += weight * weight;
    const length = Math.sqrt(square);
    for (const [place, weight] of found) {
      at.push(place);
      value.push((weights[kind].weight * weight) / length);
    }
  }
  return { at: Int32Array.from(at), value: Float32Array.from(value) };
}

function countTexts(texts: readonly Features[], kind: FeatureKind): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const feature of new Set(text[kind])) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return counts;
}

function weigh(
  features: readonly string[],
  places: ReadonlyMap<string, number>,
  rarity: readonly number[],
): Map<number, number> {
  const found = new Map<number, number>();
  for (const feature of features) {
    const place = places.get(feature);
    if (place !== undefined) found.set(place, (found.get(place) ?? 0) + 1);
  }
  for (const [place, times] of found)
    found.set(place, (1 + Math.log(times)) * (rarity[place] ?? 0));
  return found;
}
