import { OPEN_QUESTION, OUT_OF_SCOPE } from './knowledge';
import type { Probabilities } from './types';

/**
 * What speaks for a message's being the desk's and against it: the logarithm of the odds by the shares, then the highest
 * score inside and outside, and with the encoder the nearest meaning inside and outside.
 */
export type Evidence = readonly number[];

/** Weights of the evidence, the first that of 1: their sum is the logarithm of the odds that a message is the desk's. */
export type Gate = readonly number[];

/** The gate for a careful look, with the encoder, and that for one by n-grams alone. */
export interface Gates {
  readonly full: Gate;
  readonly quick: Gate;
}

/** One that leaves shares as they are. */
export const OPEN_GATES: Gates = { full: [0, 1, 0, 0, 0, 0], quick: [0, 1, 0, 0] };

const LEAST = 1e-6;
const ROUNDS = 1000;
const STEP = 1;
/** How strongly weights are held near zero. */
const RIDGE = 1e-3;

/** @param measures numbers for each of the classes, the higher the likelier. */
export function evidenceOf(
  classes: readonly string[],
  shares: Float64Array,
  measures: readonly Float64Array[],
): Evidence {
  const highest = (numbers: Float64Array, outside: boolean): number => {
    const those = numbers.filter((_, at) => isOutside(classes[at] ?? '') === outside);
    return those.length > 0 ? Math.max(...those) : 0;
  };
  const outside = shares.reduce(
    (sum, share, at) => sum + (isOutside(classes[at] ?? '') ? share : 0),
    0,
  );
  return [
    oddsOf(1 - outside),
    ...measures.flatMap((each) => [highest(each, false), highest(each, true)]),
  ];
}

export const isOutside = (label: string): boolean =>
  label === OUT_OF_SCOPE || label === OPEN_QUESTION;

/** Logarithm of the odds of a probability. */
export const oddsOf = (probability: number): number =>
  Math.log(Math.max(probability, LEAST)) - Math.log(Math.max(1 - probability, LEAST));

const probabilityOf = (odds: number): number => 1 / (1 + Math.exp(-odds));

/** Probability that a message is the desk's. */
export const insideBy = (gate: Gate, evidence: Evidence): number =>
  probabilityOf(evidence.reduce((sum, each, at) => sum + (gate[at + 1] ?? 0) * each, gate[0] ?? 0));

/** The shares, those of the desk's own classes together as much as the gate says. */
export function gated(shares: Probabilities, inside: number): Probabilities {
  let own = 0;
  for (const [label, share] of shares) if (!isOutside(label)) own += share;
  return new Map(
    [...shares].map(([label, share]) => [
      label,
      isOutside(label) ? (share * (1 - inside)) / (1 - own || 1) : (share * inside) / (own || 1),
    ]),
  );
}

/**
 * Chooses the weights by messages that were not learnt from: logistic regression, by gradient descent over evidence
 * made of one scale.
 */
export function fitGate(evidence: readonly Evidence[], inside: readonly boolean[]): Gate {
  const width = evidence[0]?.length ?? 0;
  const scales = Array.from({ length: width }, (_, at) =>
    scaleOf(evidence.map((row) => row[at] ?? 0)),
  );
  const rows = evidence.map((row) => [
    1,
    ...row.map((each, at) => (each - (scales[at]?.mean ?? 0)) / (scales[at]?.spread ?? 1)),
  ]);
  const weights = new Array<number>(width + 1).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const slope = new Array<number>(width + 1).fill(0);
    rows.forEach((row, at) => {
      const sum = row.reduce((total, each, k) => total + each * (weights[k] ?? 0), 0);
      const miss = probabilityOf(sum) - Number(inside[at]);
      row.forEach((each, k) => {
        slope[k] = (slope[k] ?? 0) + (miss * each) / rows.length;
      });
    });
    slope.forEach((each, k) => {
      weights[k] = (weights[k] ?? 0) - STEP * (each + (k > 0 ? RIDGE * (weights[k] ?? 0) : 0));
    });
  }
  const [bias = 0, ...scaled] = weights;
  const own = scaled.map((weight, at) => weight / (scales[at]?.spread ?? 1));
  return [
    bias - own.reduce((sum, weight, at) => sum + weight * (scales[at]?.mean ?? 0), 0),
    ...own,
  ];
}

function scaleOf(numbers: readonly number[]): { mean: number; spread: number } {
  const mean = numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
  const square = numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0) / numbers.length;
  return { mean, spread: Math.sqrt(square) || 1 };
}
