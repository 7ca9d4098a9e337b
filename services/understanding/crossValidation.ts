import { trainClassifier } from './classifier';
import type { Encoder } from './encoder';
import { OPEN_QUESTION, OUT_OF_SCOPE, type Example } from './knowledge';
import type { LabelledMessage } from './evaluation';
import { ruled } from './rules';
import type { Tuning } from './tuning';
import type { Probabilities, Understood } from './types';

const FOLDS = 4;

/** An example, and what was thought of it by what had not seen it. */
export interface Unseen {
  readonly message: LabelledMessage;
  readonly probabilities: Probabilities;
  readonly ms: number;
}

export interface Validation {
  readonly passageIds: ReadonlySet<string>;
  readonly tuning: Tuning;
  /** One that remembers what it has encoded saves minutes. */
  readonly encoder?: Encoder | undefined;
  /** Milliseconds of a running clock. */
  readonly now: () => number;
}

/**
 * Judges the example utterances by each other: every fourth voice is understood by what the others teach. Examples
 * without a voice are dealt out one by one, which flatters; what a rule decides is left out.
 */
export async function crossValidate(
  examples: readonly Example[],
  { passageIds, tuning, encoder, now }: Validation,
): Promise<Unseen[]> {
  const foldOf = foldsOf(examples);
  const unseen: Unseen[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const taught = examples.filter((example, at) => foldOf(example, at) !== fold);
    const judge = await trainClassifier(taught, tuning, encoder);
    for (const [at, example] of examples.entries()) {
      if (foldOf(example, at) !== fold || ruled(example.text)) continue;
      const start = now();
      const probabilities = await judge(example.text);
      unseen.push({ message: labelled(example, passageIds), probabilities, ms: now() - start });
    }
  }
  return unseen;
}

function foldsOf(examples: readonly Example[]): (example: Example, at: number) => number {
  const voices = [...new Set(examples.map(({ voice = '' }) => voice))].filter(Boolean).sort();
  return ({ voice = '' }, at) => (voice === '' ? at : voices.indexOf(voice)) % FOLDS;
}

function labelled({ label, text }: Example, passageIds: ReadonlySet<string>): LabelledMessage {
  if (passageIds.has(label)) return { text: text.raw, intent: 'faq', passage: label };
  const intent = label === OPEN_QUESTION ? OUT_OF_SCOPE : label;
  return { text: text.raw, intent: intent as Understood['intent'] };
}
