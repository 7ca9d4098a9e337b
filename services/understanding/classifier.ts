import { featuresOf } from './features';
import type { Example } from './knowledge';
import { trainLinearModel } from './linearModel';
import { neighboursOf } from './neighbours';
import type { NormalText } from './normalise';
import { spellingOf } from './spelling';
import type { Tuning } from './tuning';
import { vocabularyOf } from './vectors';

/** Probability of each class, in sum 1; undefined when a text has nothing in common with any example. */
export type Classifier = (text: NormalText) => ReadonlyMap<string, number> | undefined;

/** Learns the classes of the examples: linear models for the general, the nearest utterances for the particular. */
export function trainClassifier(examples: readonly Example[], tuning: Tuning): Classifier {
  const classes = [...new Set(examples.map(({ label }) => label))].sort();
  const labels = examples.map(({ label }) => classes.indexOf(label));
  const spell = spellingOf(examples.map(({ text }) => text.words));
  const features = examples.map(({ text }) => featuresOf(text.words));
  const vocabulary = vocabularyOf(features, tuning.features);
  const vectors = features.map((each) => vocabulary.vectorOf(each));
  const linear = trainLinearModel(vectors, labels, {
    classes: classes.length,
    vectorSize: vocabulary.size,
    cost: tuning.cost,
    missedFactor: tuning.missedFactor,
    rounds: tuning.rounds,
  });
  const neighbours = neighboursOf(vectors, labels, classes.length, tuning.nearest);

  return (text) => {
    const vector = vocabulary.vectorOf(featuresOf(spell(text.words)));
    if (vector.at.length === 0) return undefined;
    const general = shares(linear(vector), tuning.steepness);
    const particular = neighbours(vector);
    const voted = particular.reduce((sum, vote) => sum + vote, 0) || 1;
    return new Map(
      classes.map((label, at) => [
        label,
        (1 - tuning.nearestShare) * (general[at] ?? 0) +
          (tuning.nearestShare * (particular[at] ?? 0)) / voted,
      ]),
    );
  };
}

function shares(scores: Float64Array, steepness: number): Float64Array {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(steepness * (score - highest)));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
