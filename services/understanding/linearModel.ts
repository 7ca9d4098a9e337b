import { squareOf, type TextVector } from './vectors';

/** One linear model per class, as plain data: a row of class weights per place of a vector, the last for the bias. */
export interface LinearModel {
  readonly classes: number;
  /** Places of the sparse part of a vector; those of the dense part follow them. */
  readonly sparseSize: number;
  readonly weights: Float32Array;
}

export interface LinearTraining {
  readonly classes: number;
  readonly sparseSize: number;
  /** Cost of a wrong example. */
  readonly cost: number;
  /** How many times more a missed example of the class costs than a wrongly claimed one. */
  readonly missedFactor: number;
  /** How often the examples are gone through. */
  readonly rounds: number;
}

/**
 * Trains one linear support vector machine per class against the rest: squared hinge loss, dual coordinate descent
 * (Hsieh et al. 2008), all classes side by side. The same examples give the same model, always.
 */
export function trainLinearModel(
  vectors: readonly TextVector[],
  labels: Int32Array,
  { classes, sparseSize, cost, missedFactor, rounds }: LinearTraining,
): LinearModel {
  const denseSize = vectors[0]?.dense.length ?? 0;
  const model = {
    ...{ classes, sparseSize },
    weights: new Float32Array((sparseSize + denseSize + 1) * classes),
  };
  const reach = vectors.map((vector) => squareOf(vector) + 1);
  const duals = new Float64Array(vectors.length * classes);
  const shuffle = shuffler(vectors.length);
  const learn = (example: number): void => {
    const vector = vectors[example];
    if (!vector) return;
    const scores = scoresOf(model, vector);
    for (let label = 0; label < classes; label += 1) {
      const own = labels[example] === label;
      const sign = own ? 1 : -1;
      const slack = 0.5 / (own ? cost * missedFactor : cost);
      const dual = duals[example * classes + label] ?? 0;
      const gradient = sign * (scores[label] ?? 0) - 1 + slack * dual;
      if (dual === 0 && gradient >= 0) continue;
      const next = Math.max(dual - gradient / ((reach[example] ?? 0) + slack), 0);
      duals[example * classes + label] = next;
      addTo(model, vector, label, (next - dual) * sign);
    }
  };
  for (let round = 0; round < rounds; round += 1) shuffle().forEach(learn);
  return model;
}

/** One score per class, above zero where the class fits. */
export function scoresOf(
  { weights, classes, sparseSize }: LinearModel,
  { at, value, dense }: TextVector,
): Float64Array {
  const scores = Float64Array.from(weights.subarray(weights.length - classes));
  const add = (place: number, factor: number): void => {
    const row = place * classes;
    for (let label = 0; label < classes; label += 1)
      scores[label] = (scores[label] ?? 0) + factor * (weights[row + label] ?? 0);
  };
  for (let k = 0; k < at.length; k += 1) add(at[k] ?? 0, value[k] ?? 0);
  for (let k = 0; k < dense.length; k += 1) add(sparseSize + k, dense[k] ?? 0);
  return scores;
}

function addTo(
  { weights, classes, sparseSize }: LinearModel,
  { at, value, dense }: TextVector,
  label: number,
  step: number,
): void {
  const add = (place: number, amount: number): void => {
    const cell = place * classes + label;
    weights[cell] = (weights[cell] ?? 0) + amount;
  };
  for (let k = 0; k < at.length; k += 1) add(at[k] ?? 0, step * (value[k] ?? 0));
  for (let k = 0; k < dense.length; k += 1) add(sparseSize + k, step * (dense[k] ?? 0));
  add(weights.length / classes - 1, step);
}

/** Fisher-Yates with a linear congruential generator: a fixed order that has no pattern of the files in it. */
function shuffler(count: number): () => Int32Array {
  const order = Int32Array.from({ length: count }, (_, at) => at);
  let state = count >>> 0;
  return () => {
    for (let left = count - 1; left > 0; left -= 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const drawn = Math.floor((state / 2 ** 32) * (left + 1));
      const kept = order[left] ?? 0;
      order[left] = order[drawn] ?? 0;
      order[drawn] = kept;
    }
    return order;
  };
}
