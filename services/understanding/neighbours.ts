import type { SparseVector } from './vectors';

/** One vote per class from the nearest examples, from 0 to 1; the votes of a vector do not exceed 1 in sum. */
export type Neighbours = (vector: SparseVector) => Float64Array;

/** Finds the nearest examples by cosine over an inverted index, and lets each vote with its nearness. */
export function neighboursOf(
  vectors: readonly SparseVector[],
  labels: readonly number[],
  classes: number,
  nearest: number,
): Neighbours {
  const postings = invert(vectors);
  const lengths = Float64Array.from(vectors, lengthOf);
  return (vector) => {
    const products = new Float64Array(vectors.length);
    vector.at.forEach((place, k) => {
      const posting = postings.get(place);
      if (posting) addProducts(products, posting, vector.value[k] ?? 0);
    });
    const length = lengthOf(vector);
    const nearness = products.map((product, e) => product / (length * (lengths[e] ?? 0) || 1));
    return votes(nearness, labels, classes, nearest);
  };
}

function addProducts(products: Float64Array, { at, value }: SparseVector, factor: number): void {
  for (let k = 0; k < at.length; k += 1) {
    const example = at[k] ?? 0;
    products[example] = (products[example] ?? 0) + factor * (value[k] ?? 0);
  }
}

function votes(
  nearness: Float64Array,
  labels: readonly number[],
  classes: number,
  nearest: number,
): Float64Array {
  const threshold = nearness.toSorted().at(-nearest) ?? 0;
  const result = new Float64Array(classes);
  nearness.forEach((near, example) => {
    const label = labels[example] ?? 0;
    if (near >= threshold && near > 0) result[label] = (result[label] ?? 0) + near ** 2 / nearest;
  });
  return result;
}

function lengthOf({ value }: SparseVector): number {
  return Math.sqrt(value.reduce((sum, part) => sum + part * part, 0));
}

function invert(vectors: readonly SparseVector[]): Map<number, SparseVector> {
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
