import type { FeatureWeights } from './vectors';

/** The numbers of the recogniser; see `TUNING` for how they are chosen. */
export interface Tuning {
  readonly features: FeatureWeights;
  readonly cost: number;
  readonly missedFactor: number;
  readonly rounds: number;
  /** How many nearest utterances vote. */
  readonly nearest: number;
  /** Share of the nearest utterances' vote in a score. */
  readonly nearestShare: number;
  /** How steeply the linear model's scores become probabilities. */
  readonly steepness: number;
  /** How many times more probable the best passage must be than what lies outside the policy, to be answered. */
  readonly answerCaution: number;
  /** Below this confidence a message is out of scope. */
  readonly leastScore: number;
  /** A passage that is so far ahead of the next, as a share of all passages' score, is the answer. */
  readonly clearLead: number;
  /** A passage with less than this share of the best passage's score is not offered in a choice. */
  readonly choiceShare: number;
}

/**
 * Chosen by cross-validation over the product's own utterances (`npm run evaluate -- --own`): each number was moved to both sides until
 * overall accuracy and the share of right first passages stopped rising, and `answerCaution` and `clearLead` further,
 * to where few messages that lie outside the policy are answered and nine direct answers in ten are right.
 */
export const TUNING: Tuning = {
  features: {
    word: { weight: 1, leastUtterances: 1 },
    pair: { weight: 0.7, leastUtterances: 2 },
    group: { weight: 0.7, leastUtterances: 2 },
    characters: { weight: 1, leastUtterances: 3 },
  },
  cost: 0.3,
  missedFactor: 3,
  rounds: 7,
  nearest: 12,
  nearestShare: 0.2,
  steepness: 6,
  answerCaution: 2,
  leastScore: 0.3,
  clearLead: 0.4,
  choiceShare: 0.15,
};
