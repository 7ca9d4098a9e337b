import type { Gates } from './gate';
import type { FeatureWeights } from './vectors';

/** How the examples are learnt, and how far what was learnt is trusted. */
export interface Tuning extends Learning, Thresholds {}

/** The numbers of the recogniser; see `LEARNING` for how they are chosen. */
export interface Learning {
  readonly features: FeatureWeights;
  /** How much the meaning that the encoder gives counts beside the n-grams. */
  readonly meaningWeight: number;
  readonly cost: number;
  readonly missedFactor: number;
  readonly rounds: number;
  /** How many nearest utterances vote. */
  readonly nearest: number;
  /** How much more the nearest of them count. */
  readonly nearestPower: number;
  /** Share of the nearest utterances' vote in a score. */
  readonly nearestShare: number;
  /** How steeply the linear model's scores become shares. */
  readonly steepness: number;
}

/** How far what was learnt is trusted; `knowledge/thresholds.json`, chosen by `npm run evaluate -- --own --choose`. */
export interface Thresholds {
  /** Shares are raised to it, so that as many messages are right as their probability says. */
  readonly sharpness: number;
  /** What tells the desk's own messages from what lies outside. */
  readonly gates: Gates;
  /** Below this probability of its best intent a message is out of scope. */
  readonly leastScore: number;
  /** A message whose best intent has less than this share of it and what lies outside is out of scope. */
  readonly leastInside: number;
  /** The same for questions, which are answered with passages. */
  readonly leastAnswer: number;
  /** A passage that is so far ahead of the next, as a share of all passages' score, is the answer. */
  readonly clearLead: number;
  /** A passage with less than this share of the best passage's score is not offered in a choice. */
  readonly choiceShare: number;
}

/**
 * Chosen by cross-validation over the product's own utterances, voices left out whole (`npm run evaluate -- --own`):
 * each number was moved to both sides until accuracy and the share of right first passages stopped rising.
 */
export const LEARNING: Learning = {
  features: {
    word: { weight: 1, leastUtterances: 1 },
    pair: { weight: 0.7, leastUtterances: 2 },
    group: { weight: 0.7, leastUtterances: 2 },
    characters: { weight: 1, leastUtterances: 3 },
  },
  meaningWeight: 0.8,
  cost: 0.3,
  missedFactor: 3,
  rounds: 7,
  nearest: 20,
  nearestPower: 6,
  nearestShare: 0.25,
  steepness: 6,
};
