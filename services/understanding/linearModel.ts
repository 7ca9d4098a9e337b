import type { SparseVector } from './vectors';

/** One score per class, above zero where the class fits. */
export type LinearModel = (vector: SparseVector) => Float64Array;

export interface LinearTraining {
  readonly classes: number;
  readonly vectorSize: number;
  /** Cost of a wrong example. */
  readonly cost: number;
  /** How many times more a missed example of the class costs than a wrongly claimed one. */
  readonly missedFactor: number;
  /** How often the examples are gone through. */
  readonly rounds: number;
}

interface Sample {
  readonly vector: SparseVector;
  readonly label: number;
  /** Squared length of the vector with its bias. */
  readonly reach: number;
  /** The example's weight in the model of each class. */
  readonly duals: Float64Array;
}

/**
 * Trains one linear support vector machine per class against the rest: squared hinge loss, dual coordinate descent
 * (Hsieh et al. 2008), all classes side by side. The same examples give the same model, always.
 */
export function trainLinearModel(
  vectors: readonly SparseVector[],
  labels: readonly number[],
  training: LinearTraining,
): LinearModel {
  const { classes } = training;
  // One row of class weights per feature, and a last one for the bias: what is read together lies together.
  const weights = new Float32Array((training.vectorSize + 1) * classes);
  const samples = vectors.map((vector, example): Sample => ({
    vector,
    label: labels[example] ?? 0,
    reach: vector.value.reduce((sum, value) => sum + value * value, 1),
    duals: new Float64Array(classes),
  }));
  const shuffle = shuffler(samples.length);
  for (let round = 0; round < training.rounds; round += 1) {
    shuffle(samples);
    for (const sample of samples) learn(weights, sample, training);
  }
  return (vector) => score(weights, vector, classes);
}

function learn(
  weights: Float32Array,
  sample: Sample,
  { classes, cost, missedFactor }: LinearTraining,
): void {
  score(weights, sample.vector, classes).forEach((scored, label) => {
    const own = sample.label === label;
    const sign = own ? 1 : -1;
    const slack = 0.5 / (own ? cost * missedFactor : cost);
    const dual = sample.duals[label] ?? 0;
    const gradient = sign * scored - 1 + slack * dual;
    if (dual === 0 && gradient >= 0) return;
    const next = Math.max(dual - gradient / (sample.reach + slack), 0);
    sample.duals[label] = next;
    addTo(weights, sample.vector, classes, label, (next - dual) * sign);
  });
}

function score(weights: Float32Array, { at, value }: SparseVector, classes: number): Float64Array {
  const scores = Float64Array.from(weights.subarray(weights.length - classes));
  for (let k = 0; k < at.length; k += 1) {
    const row = (at[k] ?? 0) * classes;
    const factor = value[k] ?? 0;
    for (let label = 0; label < classes; label += 1) {
      add(scores, label, factor * (weights[row + label] ?? 0));
    }
  }
  return scores;
}

function addTo(
  weights: Float32Array,
  { at, value }: SparseVector,
  classes: number,
  label: number,
  step: number,
): void {
  for (let k = 0; k < at.length; k += 1) {
    add(weights, (at[k] ?? 0) * classes + label, step * (value[k] ?? 0));
  }
  add(weights, weights.length - classes + label, step);
}

function add(numbers: Float32Array | Float64Array, at: number, amount: number): void {
  numbers[at] = (numbers[at] ?? 0) + amount;
}

/** Fisher-Yates with a linear congruential generator: a fixed order that has no pattern of the files in it. */
function shuffler(seed: number): (samples: Sample[]) => void {
  let state = seed >>> 0;
  return (samples) => {
    for (let left = samples.length; left > 1; left -= 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const drawn = samples.splice(Math.floor((state / 2 ** 32) * left), 1);
      samples.push(...drawn);
    }
  };
}
