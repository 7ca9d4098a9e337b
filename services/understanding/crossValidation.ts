import type { EvaluatedMessage, LabelledMessage } from './evaluation';
import { learn } from './index';
import { OPEN_QUESTION, OUT_OF_SCOPE, type Example } from './knowledge';
import { TUNING } from './tuning';
import type { Understood } from './types';

const FOLDS = 4;

/**
 * Judges the example utterances by each other: every fourth is understood by what the other three teach. It flatters,
 * since one author's sentences resemble each other, but it shows whether a change helps.
 * @param now milliseconds of a running clock.
 */
export function crossValidate(
  examples: readonly Example[],
  passageIds: ReadonlySet<string>,
  now: () => number,
): EvaluatedMessage[] {
  return Array.from({ length: FOLDS }, (_, fold) => fold).flatMap((fold) => {
    const taught = examples.filter((_, at) => at % FOLDS !== fold);
    const understanding = learn(taught, passageIds, TUNING);
    return examples
      .filter((_, at) => at % FOLDS === fold)
      .map((example) => {
        const message = labelled(example, passageIds);
        const start = now();
        const understood = understanding.understand(message.text);
        return { message, understood, ms: now() - start };
      });
  });
}

function labelled({ label, text }: Example, passageIds: ReadonlySet<string>): LabelledMessage {
  if (passageIds.has(label)) return { text: text.raw, intent: 'faq', passage: label };
  const intent = label === OPEN_QUESTION ? OUT_OF_SCOPE : label;
  return { text: text.raw, intent: intent as Understood['intent'] };
}
