import { calibrated, type Judgement } from './classifier';
import type { Unseen } from './crossValidation';
import { insideOf, leadOf, weigh } from './decision';
import { fitGate, type Gate, type Gates } from './gate';
import { OUT_OF_SCOPE } from './knowledge';
import type { Thresholds } from './tuning';

/** What is promised of messages that were not seen: shares from 0 to 1. */
const AIMS = {
  /** Messages of the desk's own of which nothing is sure enough to be said. */
  unsure: 0.01,
  /** Messages of the desk's own that may be turned away for what lies outside, and questions among them. */
  falseRejects: 0.05,
  unanswered: 0.045,
  /** Questions answered at once whose answer is right. */
  rightAnswers: 0.975,
};
const CHOICE_SHARE = 0.1;

/**
 * Chooses the thresholds by what was thought of unseen examples: as high as the aims allow, so that as little as
 * possible of what lies outside is taken in; and an answer at once only where enough of such answers are right.
 */
export function chooseThresholds(
  unseen: readonly Unseen[],
  passageIds: ReadonlySet<string>,
): Thresholds {
  const gates: Gates = {
    full: chooseGate(unseen, ({ judgement }) => judgement),
    quick: chooseGate(unseen, ({ quick }) => quick),
  };
  const sharpness = chooseSharpness(unseen, gates);
  const weighed = unseen.filter(isInScope).map(({ message, judgement }) => ({
    message,
    weighed: weigh(calibrated(judgement, { sharpness, gates }), passageIds),
  }));
  const insideFor = (isQuestion: boolean): number[] =>
    weighed
      .filter(({ weighed: each }) => (each.bestIntent === 'faq') === isQuestion)
      .map(({ weighed: each }) => insideOf(each));
  const leastInside = quantile(insideFor(false), AIMS.falseRejects);
  const leastAnswer = quantile(insideFor(true), AIMS.unanswered);
  const asked = weighed
    .filter(({ weighed: each, message }) => message.intent === 'faq' && each.bestIntent === 'faq')
    .map(({ weighed: each, message }) => ({
      lead: leadOf(each),
      right: each.ranked[0]?.id === message.passage,
    }));
  const scores = weighed.map(({ weighed: each }) => each.score);
  return {
    ...{ sharpness, gates },
    leastScore: rounded(quantile(scores, AIMS.unsure)),
    ...{ leastInside: rounded(leastInside), leastAnswer: rounded(leastAnswer) },
    ...{ clearLead: rounded(chooseLead(asked)), choiceShare: CHOICE_SHARE },
  };
}

const isInScope = ({ message }: Unseen): boolean => message.intent !== OUT_OF_SCOPE;

function chooseGate(
  unseen: readonly Unseen[],
  judgementOf: (one: Unseen) => Judgement | undefined,
): Gate {
  const judged = unseen.flatMap((one) => {
    const judgement = judgementOf(one);
    return judgement ? [{ evidence: judgement.evidence, inside: isInScope(one) }] : [];
  });
  return fitGate(
    judged.map(({ evidence }) => evidence),
    judged.map(({ inside }) => inside),
  ).map(rounded);
}

/** Where as many are right as their probability says: the least surprise at the right labels. */
function chooseSharpness(unseen: readonly Unseen[], gates: Gates): number {
  const grid = Array.from({ length: 31 }, (_, at) => 0.5 + at / 20);
  const surprise = (sharpness: number): number =>
    unseen.reduce((sum, { message, judgement }) => {
      const probabilities = calibrated(judgement, { sharpness, gates });
      const right = probabilities.get(message.passage ?? message.intent) ?? 0;
      return sum - Math.log(Math.max(right, 1e-6));
    }, 0);
  return grid.reduce((best, next) => (surprise(next) < surprise(best) ? next : best));
}

/** The smallest lead from which on enough first passages are right. */
function chooseLead(asked: readonly { readonly lead: number; readonly right: boolean }[]): number {
  const grid = Array.from({ length: 20 }, (_, at) => at / 20);
  return (
    grid.find((least) => {
      const clear = asked.filter(({ lead }) => lead >= least);
      return clear.filter(({ right }) => right).length >= AIMS.rightAnswers * clear.length;
    }) ?? 1
  );
}

function quantile(numbers: readonly number[], part: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(part * sorted.length)] ?? 0;
}

const rounded = (number: number): number => Math.round(number * 1000) / 1000;
