import { readFileSync } from 'node:fs';
import {
  measure,
  parseLabelledMessages,
  type EvaluatedMessage,
  type LabelledMessage,
  type Measures,
} from '../services/understanding/evaluation';
import type { Understood } from '../services/understanding/types';
import { percentile } from './understandingTables';
import { chanceFrom, mistyped, textsOfLength } from './understandingTexts';

export type Understand = (text: string) => Promise<Understood>;

const SEEDS = [1, 2, 3];
const TEXTS = 200;
/** Before times are taken: code that has not run yet is slower. */
const WARM_UP = 20;

/** The labelled messages of a file. @throws Error naming file and line. */
export function readMessages(file: string, passageIds: ReadonlySet<string>): LabelledMessage[] {
  return parseLabelledMessages(readFileSync(file, 'utf8'), file, passageIds);
}

/** Has all messages understood, one after another. */
export async function measureOn(
  messages: readonly LabelledMessage[],
  understand: Understand,
): Promise<Measures> {
  for (const { text } of messages.slice(0, WARM_UP)) await understand(text);
  const evaluated: EvaluatedMessage[] = [];
  for (const message of messages) {
    const start = performance.now();
    const understood = await understand(message.text);
    evaluated.push({ message, understood, ms: performance.now() - start });
  }
  return measure(evaluated);
}

/** The measures with slips of typing in the messages, one set for each of some seeds. */
export async function measureMistyped(
  messages: readonly LabelledMessage[],
  understand: Understand,
): Promise<Measures[]> {
  const measured: Measures[] = [];
  for (const seed of SEEDS) {
    const chance = chanceFrom(seed);
    const slipped = messages.map((each) => ({ ...each, text: mistyped(each.text, chance) }));
    measured.push(await measureOn(slipped, understand));
  }
  return measured;
}

/** How long texts take that have so many words, drawn from the messages. */
export async function timeLength(
  words: number,
  messages: readonly LabelledMessage[],
  understand: Understand,
): Promise<{ p50: number; p99: number }> {
  const from = messages.map(({ text }) => text);
  const times: number[] = [];
  for (const text of textsOfLength(words, TEXTS, from, chanceFrom(words))) {
    const start = performance.now();
    await understand(text);
    times.push(performance.now() - start);
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}
