import { OPEN_QUESTION, OUT_OF_SCOPE } from './knowledge';
import type { Tuning } from './tuning';
import { INTENTS, type Intent, type RankedPassage, type Understood } from './types';

/** How many passages are named, and how many of them a choice may show. */
const PASSAGES_RANKED = 5;
const PASSAGES_OFFERED = 3;

/** Makes of class probabilities what the desk does: an intent or a refusal, and for `faq` an answer or a choice. */
export function decide(
  probabilities: ReadonlyMap<string, number>,
  passageIds: ReadonlySet<string>,
  tuning: Tuning,
): Understood {
  const of = (label: string): number => probabilities.get(label) ?? 0;
  const ranked = [...passageIds]
    .map((id): RankedPassage => ({ id, score: of(id) }))
    .sort((a, b) => b.score - a.score);
  const asked = ranked.reduce((sum, { score }) => sum + score, 0);
  const outside = of(OUT_OF_SCOPE) + of(OPEN_QUESTION);
  const intents = INTENTS.map((intent): [Intent, number] => [
    intent,
    intent === 'faq' ? asked : of(intent),
  ]);
  const [bestIntent, score] = intents.reduce((best, next) => (next[1] > best[1] ? next : best));
  const rejected =
    outside > score ||
    score < tuning.leastScore ||
    (bestIntent === 'faq' && outside * tuning.answerCaution > (ranked[0]?.score ?? 0));
  return {
    intent: rejected ? OUT_OF_SCOPE : bestIntent,
    bestIntent,
    score: rejected ? 1 - score : score,
    passages: ranked.slice(0, PASSAGES_RANKED),
    offered: !rejected && bestIntent === 'faq' ? offer(ranked, asked, tuning) : [],
    openQuestion: rejected && isOpenQuestion(of(OPEN_QUESTION), of(OUT_OF_SCOPE), asked),
  };
}

/** A question about the policy that is too unlike any passage to be answered is open too. */
function isOpenQuestion(open: number, outOfScope: number, asked: number): boolean {
  return open > 0 && open + asked > outOfScope;
}

function offer(ranked: readonly RankedPassage[], asked: number, tuning: Tuning): string[] {
  const [first, second] = ranked;
  if (!first) return [];
  const isClear = (first.score - (second?.score ?? 0)) / asked >= tuning.clearLead;
  const choice = isClear
    ? [first]
    : ranked
        .slice(0, PASSAGES_OFFERED)
        .filter(({ score }) => score >= tuning.choiceShare * first.score);
  return choice.map(({ id }) => id);
}
