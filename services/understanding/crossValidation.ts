import { judgeOf, learnExamples, type Judgement } from './classifier';
import type { Encoder } from './encoder';
import { OPEN_QUESTION, OUT_OF_SCOPE, type Example } from './knowledge';
import type { LabelledMessage } from './evaluation';
import { ruled } from './rules';
import type { Learning } from './tuning';
import type { Understood } from './types';

const FOLDS = 4;

/** An example, and what was thought of it by what had not seen it. */
export interface Unseen {
  readonly message: LabelledMessage;
  readonly judgement: Judgement | undefined;
  /** By its n-grams alone. */
  readonly quick: Judgement | undefined;
  /** Of the careful look. */
  readonly ms: number;
}

export interface Validation {
  readonly passageIds: ReadonlySet<string>;
  readonly tuning: Learning;
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
    const meanings = encoder && ((sentences: readonly string[]) => encoder.encode(sentences));
    const judge = judgeOf(await learnExamples(taught, tuning, meanings), tuning, encoder);
    for (const [at, example] of examples.entries()) {
      if (foldOf(example, at) !== fold || ruled(example.text)) continue;
      const start = now();
      const judgement = await judge(example.text);
      const ms = now() - start;
      const quick = await judge(example.text, 'quick');
      unseen.push({ message: labelled(example, passageIds), judgement, quick, ms });
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
