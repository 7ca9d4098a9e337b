import { OPEN_QUESTION, OUT_OF_SCOPE } from './knowledge';
import type { Thresholds } from './tuning';
import { INTENTS, type Intent, type RankedPassage, type Understood } from './types';

/** How many passages are named, and how many of them a choice may show. */
const PASSAGES_RANKED = 5;
const PASSAGES_OFFERED = 3;

/** Class probabilities as they bear on what the desk does. */
export interface Weighed {
  readonly bestIntent: Intent;
  readonly score: number;
  /** All passages, best first. */
  readonly ranked: readonly RankedPassage[];
  /** Probability of all passages together. */
  readonly asked: number;
  /** Of all that lies outside the policy and the other intents. */
  readonly outside: number;
  readonly open: number;
}

/** Sums class probabilities up to intents, passages and what lies outside. */
export function weigh(
  probabilities: ReadonlyMap<string, number>,
  passageIds: ReadonlySet<string>,
): Weighed {
  const of = (label: string): number => probabilities.get(label) ?? 0;
  const ranked = [...passageIds]
    .map((id): RankedPassage => ({ id, score: of(id) }))
    .sort((a, b) => b.score - a.score);
  const asked = ranked.reduce((sum, { score }) => sum + score, 0);
  const intents = INTENTS.map((intent): [Intent, number] => [
    intent,
    intent === 'faq' ? asked : of(intent),
  ]);
  const [bestIntent, score] = intents.reduce((best, next) => (next[1] > best[1] ? next : best));
  const open = of(OPEN_QUESTION);
  return { bestIntent, score, ranked, asked, outside: of(OUT_OF_SCOPE) + open, open };
}

/** Share of the best intent in it and what lies outside: how much a message is the desk's. */
export const insideOf = ({ score, outside }: Weighed): number => score / (score + outside || 1);

/** How far the best passage is ahead of the next, as a share of all passages. */
export const leadOf = ({ ranked: [first, second], asked }: Weighed): number =>
  ((first?.score ?? 0) - (second?.score ?? 0)) / (asked || 1);

/** Makes of class probabilities what the desk does: an intent or a refusal, and for `faq` an answer or a choice. */
export function decide(
  probabilities: ReadonlyMap<string, number>,
  passageIds: ReadonlySet<string>,
  thresholds: Thresholds,
): Understood {
  const weighed = weigh(probabilities, passageIds);
  const { bestIntent, score, ranked, asked, outside, open } = weighed;
  const least = bestIntent === 'faq' ? thresholds.leastAnswer : thresholds.leastInside;
  const rejected = score < thresholds.leastScore || insideOf(weighed) < least;
  return {
    intent: rejected ? OUT_OF_SCOPE : bestIntent,
    bestIntent,
    score: rejected ? 1 - score : score,
    passages: ranked.slice(0, PASSAGES_RANKED),
    offered: !rejected && bestIntent === 'faq' ? offer(weighed, thresholds) : [],
    // A question about the policy that is too unlike any passage to be answered is open too.
    openQuestion: rejected && open > 0 && open + asked > outside - open,
  };
}

function offer(weighed: Weighed, { clearLead, choiceShare }: Thresholds): string[] {
  const { ranked } = weighed;
  const [first] = ranked;
  if (!first) return [];
  const choice =
    leadOf(weighed) >= clearLead
      ? [first]
      : ranked.slice(0, PASSAGES_OFFERED).filter(({ score }) => score >= choiceShare * first.score);
  return choice.map(({ id }) => id);
}
