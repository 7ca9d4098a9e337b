import { readFileSync } from 'node:fs';
import { ProductError } from '../errors';
import { classifierOf, learnExamples, type Classifier } from './classifier';
import { loadEncoder } from './encoder';
import { OPEN_GATES, type Gates } from './gate';
import { readExamples, type Example } from './knowledge';
import { learnOrRead, type LearningPlaces } from './learning';
import { readInContext } from './reading';
import { LEARNING, type Thresholds, type Tuning } from './tuning';
import type { Understanding } from './types';

/** The passages of the policy by id, in its order. */
export type Passages = ReadonlyMap<string, { readonly sectionTitle: string }>;

export interface UnderstandingOptions extends LearningPlaces {
  /** Holds `<label>.txt` for every passage, every intent but `faq`, `out_of_scope` and `open_question`. */
  readonly utterancesDirectory: string;
  /** How far what was learnt is trusted. */
  readonly thresholdsFile: string;
  readonly passages: Passages;
}

/** An understanding, and how it came about. */
export interface Created {
  readonly understanding: Understanding;
  /** Whether there is an encoder; without one the desk understands worse. */
  readonly encoder: boolean;
  /** Whether it was learnt before. */
  readonly fromCache: boolean;
}

/**
 * Learns the example utterances, in seconds or at once from the cache, and then understands messages in milliseconds,
 * in this very thread.
 * @throws ProductError KnowledgeInvalid when the utterances do not fit the passages and intents.
 */
export async function createUnderstanding(options: UnderstandingOptions): Promise<Created> {
  const { utterancesDirectory, thresholdsFile, passages } = options;
  const examples = readExamples(utterancesDirectory, passages.keys());
  const thresholds = readThresholds(thresholdsFile);
  const encoder = await loadEncoder();
  const { learnt, fromCache } = await learnOrRead(examples, encoder, options);
  const tuning = { ...LEARNING, ...thresholds };
  const judge = classifierOf(learnt, tuning, encoder);
  return {
    understanding: understandingOf(judge, examples, passages, tuning),
    ...{ encoder: encoder !== undefined, fromCache },
  };
}

/** Learns examples that are already read, by their n-grams alone. */
export async function learn(
  examples: readonly Example[],
  passages: Passages,
  tuning: Tuning,
): Promise<Understanding> {
  const judge = classifierOf(await learnExamples(examples, tuning), tuning);
  return understandingOf(judge, examples, passages, tuning);
}

function understandingOf(
  judge: Classifier,
  examples: readonly Example[],
  passages: Passages,
  tuning: Tuning,
): Understanding {
  const known = new Map(examples.map(({ label, text }) => [text.plain, label]));
  const reader = { judge, passages, known, tuning };
  return { understand: (text, before) => readInContext(reader, text, before) };
}

const THRESHOLDS = [
  ...([
    'sharpness',
    'leastScore',
    'leastInside',
    'leastAnswer',
    'clearLead',
    'choiceShare',
  ] as const),
];

/**
 * Reads how far what was learnt is trusted.
 * @throws ProductError KnowledgeInvalid: the file is missing, or a number in it is.
 */
export function readThresholds(file: string): Thresholds {
  try {
    const thresholds = JSON.parse(readFileSync(file, 'utf8')) as Thresholds;
    for (const name of THRESHOLDS)
      if (!Number.isFinite(thresholds[name])) throw new Error(`"${name}" is no number.`);
    for (const care of ['full', 'quick'] as const)
      if (!isGate(thresholds, care)) throw new Error(`"gates.${care}" is no list of numbers.`);
    return thresholds;
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new ProductError('KnowledgeInvalid', `${file}: ${what}`, { cause });
  }
}

function isGate({ gates }: { readonly gates?: Partial<Gates> }, care: keyof Gates): boolean {
  const gate: unknown = gates?.[care];
  return (
    Array.isArray(gate) && gate.length === OPEN_GATES[care].length && gate.every(Number.isFinite)
  );
}
