import { OPEN_QUESTION, OUT_OF_SCOPE, type Example } from '../services/understanding/knowledge';
import { INTENTS, type Intent, type Understood } from '../services/understanding/types';
import type { Method, Scores } from './understandingMethods';

/** How a method's class scores become an intent or a refusal. */
export interface Reading {
  /** Whether a policy question is as likely as its best passage, or as all of them together. */
  readonly faq: 'best' | 'sum';
  /** A message whose best intent has a lower score is out of scope. */
  readonly least: number;
}

/** Of each fold, no more are judged: it is enough for one number, and some methods take milliseconds for each. */
const MOST_JUDGED = 1500;
const PASSAGES_RANKED = 5;

interface BestIntent {
  readonly intent: Intent;
  readonly score: number;
  /** Whether what lies outside is no less likely; so it is where nothing is known of a message. */
  readonly outside: boolean;
}

/** What the desk would have understood by a method's scores; it shows the best passage and offers no choice. */
export function understoodBy(
  scores: Scores,
  reading: Reading,
  passageIds: ReadonlySet<string>,
): Understood {
  const best = bestIntent(scores, reading.faq, passageIds);
  const rejected = best.outside || best.score < reading.least;
  const passages = rankedPassages(scores, passageIds);
  const shown = !rejected && best.intent === 'faq' ? passages.slice(0, 1) : [];
  return {
    intent: rejected ? OUT_OF_SCOPE : best.intent,
    bestIntent: best.intent,
    score: best.score,
    passages: passages.slice(0, PASSAGES_RANKED),
    offered: shown.map(({ id }) => id),
    openQuestion: false,
  };
}

const rankedPassages = (scores: Scores, passageIds: ReadonlySet<string>) =>
  [...passageIds]
    .map((id) => ({ id, score: scores.get(id) ?? 0 }))
    .sort((a, b) => b.score - a.score);

function bestIntent(
  scores: Scores,
  faq: Reading['faq'],
  passageIds: ReadonlySet<string>,
): BestIntent {
  const joined = (labels: Iterable<string>): number => {
    const all = [...labels].map((label) => scores.get(label) ?? 0);
    return faq === 'sum' ? all.reduce((sum, score) => sum + score, 0) : Math.max(0, ...all);
  };
  const outside = joined([OUT_OF_SCOPE, OPEN_QUESTION]);
  return INTENTS.map((intent): BestIntent => {
    const score = intent === 'faq' ? joined(passageIds) : (scores.get(intent) ?? 0);
    return { intent, score, outside: outside >= score };
  }).reduce((best, next) => (next.score > best.score ? next : best));
}

/**
 * The reading with the best overall accuracy over the utterances, each half of the voices read by what the
 * other half teaches; utterances without a voice are dealt out in turn.
 */
export async function chooseReading(
  method: Method,
  examples: readonly Example[],
  passageIds: ReadonlySet<string>,
): Promise<Reading> {
  const judged = await judgeByHalves(method, examples);
  const readings = (['best', 'sum'] as const).map((faq) => {
    const read = judged.map(({ label, scores }) => ({
      best: bestIntent(scores, faq, passageIds),
      expected: intentOf(label, passageIds),
    }));
    return { faq, ...bestThreshold(read) };
  });
  return readings.reduce((best, next) => (next.right > best.right ? next : best));
}

async function judgeByHalves(
  method: Method,
  examples: readonly Example[],
): Promise<{ label: string; scores: Scores }[]> {
  const voices = [...new Set(examples.map(({ voice = '' }) => voice))].sort();
  const halfOf = ({ voice = '' }: Example, at: number): number =>
    (voice === '' ? at : voices.indexOf(voice)) % 2;
  const judged: { label: string; scores: Scores }[] = [];
  for (const half of [0, 1]) {
    const classify = await method.learn(examples.filter((each, at) => halfOf(each, at) !== half));
    const asked = examples.filter((each, at) => halfOf(each, at) === half);
    const step = Math.ceil(asked.length / MOST_JUDGED);
    for (const { text, label } of asked.filter((_, at) => at % step === 0))
      judged.push({ label, scores: await classify(text.raw) });
  }
  return judged;
}

function intentOf(label: string, passageIds: ReadonlySet<string>): string {
  if (passageIds.has(label)) return 'faq';
  return label === OPEN_QUESTION ? OUT_OF_SCOPE : label;
}

/** Lets the threshold rise through all scores: each message on its way is right before it, or after it, or never. */
function bestThreshold(read: readonly { best: BestIntent; expected: string }[]): {
  least: number;
  right: number;
} {
  const within = read.filter(({ best }) => !best.outside);
  within.sort((a, b) => a.best.score - b.best.score);
  const refused = read.filter(({ best, expected }) => best.outside && expected === OUT_OF_SCOPE);
  let right =
    refused.length + within.filter(({ best, expected }) => best.intent === expected).length;
  let found = { least: 0, right };
  within.forEach(({ best, expected }, at) => {
    if (best.intent === expected) right -= 1;
    if (expected === OUT_OF_SCOPE) right += 1;
    const next = within[at + 1]?.best.score ?? Infinity;
    if (right > found.right && next > best.score) found = { least: next, right };
  });
  return found;
}
