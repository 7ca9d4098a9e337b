import { sentenceOf, type Encoder } from './encoder';
import { featuresOf } from './features';
import { OUT_OF_SCOPE, type Example } from './knowledge';
import { scoresOf, trainLinearModel, type LinearModel } from './linearModel';
import { neighboursOf } from './neighbours';
import type { NormalText } from './normalise';
import { ruled } from './rules';
import { spellingOf } from './spelling';
import type { Learning, Tuning } from './tuning';
import type { Probabilities } from './types';
import { textVector, vectorOf, vocabularyOf, type TextVector, type Vocabulary } from './vectors';

/** Class probabilities of a text; none when it has nothing in common with any example. */
export type Classifier = (text: NormalText, care?: Care) => Promise<Probabilities>;

/** `quick` leaves the encoder out, which takes most of the time: enough to see whether a message asks two things. */
export type Care = 'full' | 'quick';

/** All that was learnt, as plain data: what a start from the cache reads. */
export interface Learnt {
  readonly classes: readonly string[];
  /** The class of each example, by its place. */
  readonly labels: Int32Array;
  readonly words: readonly (readonly string[])[];
  readonly vocabulary: Vocabulary;
  readonly vectors: readonly TextVector[];
  readonly linear: LinearModel;
}

/** The meaning of each of the sentences. */
export type Meanings = (sentences: readonly string[]) => Promise<Float32Array[]>;

/** Learns the classes of the examples; without `meanings` from their n-grams alone. */
export async function learnExamples(
  examples: readonly Example[],
  tuning: Learning,
  meanings?: Meanings,
): Promise<Learnt> {
  // What a rule decides never comes here, and would only teach that "do you sell" is asked of others.
  const taught = examples.filter(({ label, text }) => label !== OUT_OF_SCOPE || !ruled(text));
  const classes = [...new Set(taught.map(({ label }) => label))].sort();
  const labels = Int32Array.from(taught, ({ label }) => classes.indexOf(label));
  const words = taught.map(({ text }) => text.words);
  const meant = await meanings?.(taught.map(({ text }) => sentenceOf(text.words, text)));
  const features = words.map(featuresOf);
  const vocabulary = vocabularyOf(features, tuning.features);
  const vectors = features.map((each, at) =>
    textVector(vectorOf(vocabulary, each), meant?.[at], tuning.meaningWeight),
  );
  const { cost, missedFactor, rounds } = tuning;
  const linear = trainLinearModel(vectors, labels, {
    ...{ classes: classes.length, sparseSize: vocabulary.size, cost, missedFactor, rounds },
  });
  return { classes, labels, words, vocabulary, vectors, linear };
}

/** A text of which no feature of these kinds was ever seen has nothing in common with any example. */
const SPOKEN = ['word', 'characters'] as const;

/** The nearest utterances are looked for among those of so many classes, the likeliest. */
const CLASSES_COMPARED = 12;

/** Puts what was learnt to use: linear models for the general, the nearest utterances for the particular. */
export function classifierOf(learnt: Learnt, tuning: Tuning, encoder?: Encoder): Classifier {
  const { classes, labels, words, vocabulary, vectors, linear } = learnt;
  const spell = spellingOf(words);
  const { nearest, nearestPower: power, nearestShare } = tuning;
  const neighbours = neighboursOf(vectors, labels, { classes: classes.length, nearest, power });

  return async (text, care = 'full') => {
    const spelt = spell(text.words);
    const features = featuresOf(spelt);
    if (!SPOKEN.some((kind) => features[kind].some((each) => vocabulary.places[kind].has(each))))
      return new Map();
    const encoding = care === 'full' ? encoder?.encode([sentenceOf(spelt, text)]) : undefined;
    const [meaning] = (await encoding) ?? [];
    const vector = textVector(vectorOf(vocabulary, features), meaning, tuning.meaningWeight);
    const general = shares(scoresOf(linear, vector), tuning.steepness);
    const particular = neighbours(vector, likeliest(general));
    const both = general.map(
      (share, at) => (1 - nearestShare) * share + nearestShare * (particular[at] ?? 0),
    );
    const calibrated = inSumOne(both.map((share) => share ** tuning.sharpness));
    return new Map(classes.map((label, at) => [label, calibrated[at] ?? 0]));
  };
}

/** Learns examples and puts them to use at once. */
export async function trainClassifier(
  examples: readonly Example[],
  tuning: Tuning,
  encoder?: Encoder,
): Promise<Classifier> {
  const meanings = encoder && ((sentences: readonly string[]) => encoder.encode(sentences));
  return classifierOf(await learnExamples(examples, tuning, meanings), tuning, encoder);
}

function likeliest(general: Float64Array): Set<number> {
  const least = general.toSorted().at(-CLASSES_COMPARED) ?? 0;
  const found = new Set<number>();
  general.forEach((share, at) => {
    if (share >= least) found.add(at);
  });
  return found;
}

function shares(scores: Float64Array, steepness: number): Float64Array {
  const highest = Math.max(...scores);
  return inSumOne(scores.map((score) => Math.exp(steepness * (score - highest))));
}

function inSumOne(powers: Float64Array): Float64Array {
  const sum = powers.reduce((total, power) => total + power, 0) || 1;
  return powers.map((power) => power / sum);
}
