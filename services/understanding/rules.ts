import { whoseAge } from './children';
import { asksOfOtherFirm } from './firms';
import { instructsMachine } from './instructions';
import { OUT_OF_SCOPE } from './knowledge';
import { otherLanguage } from './languages';
import { lexiconIntent } from './lexicon';
import { isSenseless } from './senseless';
import type { NormalText } from './normalise';
import type { Intent, Understood } from './types';

/** What a rule says of a message, with certainty. */
export interface Ruled {
  readonly intent: Intent | typeof OUT_OF_SCOPE;
  readonly otherLanguage?: true;
}

/**
 * What needs no learning: the lexicon, other languages, other firms, orders to a machine, and a writer who says that
 * they are a child.
 */
export function ruled(text: NormalText): Ruled | undefined {
  const short = lexiconIntent(text);
  if (short) return { intent: short };
  if (otherLanguage(text)) return { intent: OUT_OF_SCOPE, otherLanguage: true };
  if (text.words.length === 0) return { intent: OUT_OF_SCOPE };
  if (whoseAge(text) === 'writing child') return { intent: 'child_user' };
  const foreign = asksOfOtherFirm(text) || instructsMachine(text) || isSenseless(text);
  return foreign ? { intent: OUT_OF_SCOPE } : undefined;
}

/** Whoever is 13 or older, or speaks of another, is no child writing, however much the sentence sounds like one. */
export function withoutChild(
  probabilities: ReadonlyMap<string, number>,
  text: NormalText,
): ReadonlyMap<string, number> {
  return whoseAge(text) === 'other'
    ? new Map([...probabilities, ['child_user', 0]])
    : probabilities;
}

/** An example utterance, repeated to the letter, is what its file says. */
export function withKnown(
  probabilities: ReadonlyMap<string, number>,
  label: string | undefined,
): ReadonlyMap<string, number> {
  if (label === undefined) return probabilities;
  const tenths = [...probabilities].map(([key, value]): [string, number] => [key, value / 10]);
  return new Map([...tenths, [label, 0.9 + (probabilities.get(label) ?? 0) / 10]]);
}

/** The reading of a message that a rule decides. */
export function certain({ intent, otherLanguage }: Ruled): Understood {
  return {
    intent,
    bestIntent: intent === OUT_OF_SCOPE ? 'faq' : intent,
    score: 1,
    passages: [],
    offered: [],
    openQuestion: false,
    ...(otherLanguage ? { otherLanguage } : {}),
  };
}
