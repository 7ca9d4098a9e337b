import { squareOf, sumOfSquares, type TextVector } from './vectors';

/** Looks at the examples of some classes: to look at the likely ones only saves most of the time. */
export type Neighbours = (vector: TextVector, among: ReadonlySet<number>) => Nearby;

/** What stands near a text. */
export interface Nearby {
  /** One vote per class from the nearest examples, from 0 to 1, in sum 1 where any example is near. */
  readonly votes: Float64Array;
  /** Per class the cosine of the example that means most nearly the same; 0 without meanings. */
  readonly meant: Float64Array;
}

export interface Nearness {
  readonly classes: number;
  /** How many nearest examples vote. */
  readonly nearest: number;
  /** How much more the nearest of them count: their cosine is raised to it. */
  readonly power: number;
}

/** Finds the nearest examples by cosine, over an inverted index of the n-grams, and lets each vote with its nearness. */
export function neighboursOf(
  vectors: readonly TextVector[],
  labels: Int32Array,
  { classes, nearest, power }: Nearness,
): Neighbours {
  const postings = invert(vectors);
  const lengths = Float64Array.from(vectors, (vector) => Math.sqrt(squareOf(vector)));
  const dense = sideBySide(vectors);
  const ofClass = Array.from({ length: classes }, (): number[] => []);
  labels.forEach((label, example) => ofClass[label]?.push(example));
  return (vector, among) => {
    const voters = [...among].flatMap((label) => ofClass[label] ?? []);
    const products = denseProducts(dense, vector.dense, vectors.length, voters);
    const meant = new Float64Array(classes);
    // Meanings are of one length, all of them.
    const square = sumOfSquares(vector.dense) || 1;
    for (const example of voters) {
      const label = labels[example] ?? 0;
      meant[label] = Math.max(meant[label] ?? 0, (products[example] ?? 0) / square);
    }
    for (let k = 0; k < vector.at.length; k += 1) {
      const posting = postings.get(vector.at[k] ?? 0);
      if (posting) addProducts(products, posting, vector.value[k] ?? 0);
    }
    const length = Math.sqrt(squareOf(vector));
    const nearness = Float64Array.from(
      voters,
      (example) => (products[example] ?? 0) / (length * (lengths[example] ?? 0) || 1),
    );
    const votes = new Float64Array(classes);
    let sum = 0;
    for (const voter of nearestOf(nearness, nearest)) {
      const vote = Math.max(0, nearness[voter] ?? 0) ** power;
      const label = labels[voters[voter] ?? 0] ?? 0;
      votes[label] = (votes[label] ?? 0) + vote;
      sum += vote;
    }
    return { votes: sum === 0 ? votes : votes.map((vote) => vote / sum), meant };
  };
}

interface Posting {
  readonly at: Int32Array;
  readonly value: Float32Array;
}

function addProducts(products: Float64Array, { at, value }: Posting, factor: number): void {
  for (let k = 0; k < at.length; k += 1) {
    const example = at[k] ?? 0;
    products[example] = (products[example] ?? 0) + factor * (value[k] ?? 0);
  }
}

function sideBySide(vectors: readonly TextVector[]): Float32Array {
  const size = vectors[0]?.dense.length ?? 0;
  const all = new Float32Array(size * vectors.length);
  vectors.forEach(({ dense }, at) => {
    all.set(dense, at * size);
  });
  return all;
}

function denseProducts(
  all: Float32Array,
  one: Float32Array,
  count: number,
  examples: readonly number[],
): Float64Array {
  const products = new Float64Array(count);
  const size = one.length;
  if (size === 0) return products;
  for (const example of examples) {
    products[example] = productAt(all, example * size, one);
  }
  return products;
}

/** Four sums side by side, since an addition that waits for the last one takes most of a message's time. */
function productAt(all: Float32Array, from: number, one: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let k = 0; k < one.length; k += 4) {
    a += (all[from + k] ?? 0) * (one[k] ?? 0);
    b += (all[from + k + 1] ?? 0) * (one[k + 1] ?? 0);
    c += (all[from + k + 2] ?? 0) * (one[k + 2] ?? 0);
    d += (all[from + k + 3] ?? 0) * (one[k + 3] ?? 0);
  }
  return a + b + c + d;
}

function nearestOf(nearness: Float64Array, nearest: number): number[] {
  const threshold = nearness.toSorted().at(-nearest) ?? 0;
  const found: number[] = [];
  for (let example = 0; example < nearness.length && found.length < nearest; example += 1)
    if ((nearness[example] ?? 0) >= threshold) found.push(example);
  return found;
}

function invert(vectors: readonly TextVector[]): Map<number, Posting> {
  const lists = new Map<number, { at: number[]; value: number[] }>();
  vectors.forEach((vector, example) => {
    vector.at.forEach((place, k) => {
      const list = lists.get(place) ?? { at: [], value: [] };
      list.at.push(example);
      list.value.push(vector.value[k] ?? 0);
      lists.set(place, list);
    });
  });
  return new Map(
    [...lists].map(([place, list]) => [
      place,
      { at: Int32Array.from(list.at), value: Float32Array.from(list.value) },
    ]),
  );
}
