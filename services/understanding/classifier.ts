import { sentenceOf, type Encoder } from './encoder';
import { featuresOf } from './features';
import { withoutFrame } from './frames';
import { evidenceOf, gated, insideBy, isOutside, type Evidence } from './gate';
import { OUT_OF_SCOPE, type Example } from './knowledge';
import { scoresOf, trainLinearModel, type LinearModel } from './linearModel';
import { neighboursOf } from './neighbours';
import type { NormalText } from './normalise';
import { ruled } from './rules';
import { spellingOf } from './spelling';
import type { Learning, Thresholds, Tuning } from './tuning';
import type { Probabilities } from './types';
import { textVector, vectorOf, vocabularyOf, type TextVector, type Vocabulary } from './vectors';

/** Calibrated probabilities of a text; none when it has nothing in common with any example. */
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
  /** The same without meanings, for a quick look; `linear` itself where there are none. */
  readonly quick: LinearModel;
}

/** The meaning of each of the sentences. */
export type Meanings = (sentences: readonly string[]) => Promise<Float32Array[]>;

/** The sentence whose meaning is learnt of an example. */
export const taughtSentence = (text: NormalText): string =>
  sentenceOf(withoutFrame(text.words), text);

const NO_MEANING = new Float32Array(0);

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
  const words = taught.map(({ text }) => withoutFrame(text.words));
  const meant = await meanings?.(taught.map(({ text }) => taughtSentence(text)));
  const features = words.map(featuresOf);
  const vocabulary = vocabularyOf(features, tuning.features);
  const vectors = features.map((each, at) =>
    textVector(vectorOf(vocabulary, each), meant?.[at], tuning.meaningWeight),
  );
  const { cost, missedFactor, rounds } = tuning;
  const sizes = { classes: classes.length, sparseSize: vocabulary.size };
  const training = { ...sizes, cost, missedFactor, rounds };
  const linear = trainLinearModel(vectors, labels, training);
  const withoutMeaning = vectors.map((vector) => ({ ...vector, dense: NO_MEANING }));
  const quick = meant ? trainLinearModel(withoutMeaning, labels, training) : linear;
  return { classes, labels, words, vocabulary, vectors, linear, quick };
}

/** A text of which no feature of these kinds was ever seen has nothing in common with any example. */
const SPOKEN = ['word', 'characters'] as const;

/** The nearest utterances are looked for among those of so many classes, the likeliest. */
const CLASSES_COMPARED = 12;

/** How likely each class is, not calibrated yet; `care` is `quick` too where there is no encoder. */
export interface Judgement {
  readonly shares: Probabilities;
  readonly evidence: Evidence;
  readonly care: Care;
}

/** Judges a text; undefined when it has nothing in common with any example. */
export type Judge = (text: NormalText, care?: Care) => Promise<Judgement | undefined>;

/** Puts what was learnt to use: linear models for the general, the nearest utterances for the particular. */
export function judgeOf(learnt: Learnt, tuning: Learning, encoder?: Encoder): Judge {
  const { classes, labels, words, vocabulary, vectors, linear, quick } = learnt;
  const spell = spellingOf(words);
  const { nearest, nearestPower: power, nearestShare } = tuning;
  const neighbours = neighboursOf(vectors, labels, { classes: classes.length, nearest, power });
  const outside = classes.flatMap((label, at) => (isOutside(label) ? [at] : []));

  return async (text, care = 'full') => {
    const spelt = spell(withoutFrame(text.words));
    const features = featuresOf(spelt);
    if (!SPOKEN.some((kind) => features[kind].some((each) => vocabulary.places[kind].has(each))))
      return undefined;
    const encoding = care === 'full' ? encoder?.encode([sentenceOf(spelt, text)]) : undefined;
    const [meaning] = (await encoding) ?? [];
    const vector = textVector(vectorOf(vocabulary, features), meaning, tuning.meaningWeight);
    const scores = scoresOf(meaning ? linear : quick, vector);
    const general = shares(scores, tuning.steepness);
    const { votes, meant } = neighbours(vector, new Set([...likeliest(general), ...outside]));
    const both = general.map(
      (share, at) => (1 - nearestShare) * share + nearestShare * (votes[at] ?? 0),
    );
    return {
      shares: new Map(classes.map((label, at) => [label, both[at] ?? 0])),
      evidence: evidenceOf(classes, both, meaning ? [scores, meant] : [scores]),
      care: meaning ? 'full' : 'quick',
    };
  };
}

/** Class probabilities as they are trusted: where as many are right as they say. */
export function calibrated(
  judgement: Judgement | undefined,
  { sharpness, gates }: Pick<Thresholds, 'sharpness' | 'gates'>,
): Probabilities {
  if (!judgement) return new Map();
  const { evidence, care } = judgement;
  return gated(sharpened(judgement.shares, sharpness), insideBy(gates[care], evidence));
}

function sharpened(probabilities: Probabilities, sharpness: number): Probabilities {
  const powers = [...probabilities].map(([label, share]) => [label, share ** sharpness] as const);
  const sum = powers.reduce((total, [, power]) => total + power, 0) || 1;
  return new Map(powers.map(([label, power]) => [label, power / sum]));
}

/** Judges texts, and calibrates. */
export function classifierOf(learnt: Learnt, tuning: Tuning, encoder?: Encoder): Classifier {
  const judge = judgeOf(learnt, tuning, encoder);
  return async (text, care) => calibrated(await judge(text, care), tuning);
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
