import { whoseAge } from './children';
import { trainClassifier } from './classifier';
import { decide } from './decision';
import { OUT_OF_SCOPE, readExamples, type Example } from './knowledge';
import { lexiconIntent } from './lexicon';
import { normalise, type NormalText } from './normalise';
import { TUNING, type Tuning } from './tuning';
import type { Intent, Understanding, Understood } from './types';

export interface UnderstandingOptions {
  /** Holds `<label>.txt` for every passage, every intent but `faq`, `out_of_scope` and `open_question`. */
  readonly utterancesDirectory: string;
  /** The passages of the policy by id. */
  readonly passages: ReadonlyMap<
    string,
    { readonly text: readonly string[]; readonly sectionTitle: string }
  >;
}

/**
 * Learns the example utterances, which takes seconds, and then understands messages in a few milliseconds each.
 * @throws ProductError KnowledgeInvalid when the utterances do not fit the passages and intents.
 */
export function createUnderstanding(options: UnderstandingOptions): Understanding {
  const passageIds = new Set(options.passages.keys());
  return learn(readExamples(options.utterancesDirectory, passageIds), passageIds, TUNING);
}

/** Learns examples that are already read; for cross-validation. */
export function learn(
  examples: readonly Example[],
  passageIds: ReadonlySet<string>,
  tuning: Tuning,
): Understanding {
  const classify = trainClassifier(examples, tuning);
  const known = new Map(examples.map(({ label, text }) => [text.plain, label]));
  return {
    understand(text) {
      const normal = normalise(text);
      const sure = ruled(normal);
      if (sure) return certain(sure);
      const learnt = classify(normal);
      if (!learnt) return certain(OUT_OF_SCOPE);
      const probabilities = withKnown(withoutChild(learnt, normal), known.get(normal.plain));
      return decide(probabilities, passageIds, tuning);
    },
  };
}

/** What needs no learning: the lexicon, texts without a Latin word, and a writer who says that they are a child. */
function ruled(text: NormalText): Intent | typeof OUT_OF_SCOPE | undefined {
  const short = lexiconIntent(text);
  if (short) return short;
  if (text.words.length === 0 || text.otherScript) return OUT_OF_SCOPE;
  return whoseAge(text) === 'writing child' ? 'child_user' : undefined;
}

/** Whoever is 13 or older, or speaks of another, is no child writing, however much the sentence sounds like one. */
function withoutChild(
  probabilities: ReadonlyMap<string, number>,
  text: NormalText,
): ReadonlyMap<string, number> {
  return whoseAge(text) === 'other'
    ? new Map([...probabilities, ['child_user', 0]])
    : probabilities;
}

/** An example utterance, repeated to the letter, is what its file says. */
function withKnown(
  probabilities: ReadonlyMap<string, number>,
  label: string | undefined,
): ReadonlyMap<string, number> {
  if (label === undefined) return probabilities;
  const tenths = [...probabilities].map(([key, value]): [string, number] => [key, value / 10]);
  return new Map([...tenths, [label, 0.9 + (probabilities.get(label) ?? 0) / 10]]);
}

function certain(intent: Intent | typeof OUT_OF_SCOPE): Understood {
  return {
    intent,
    bestIntent: intent === OUT_OF_SCOPE ? 'faq' : intent,
    score: 1,
    passages: [],
    offered: [],
    openQuestion: false,
  };
}
