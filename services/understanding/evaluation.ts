import { INTENTS, type Understood } from './types';

/** One line of an evaluation file. */
export interface LabelledMessage {
  readonly text: string;
  readonly intent: Understood['intent'];
  /** For `faq`: the passage that answers best. */
  readonly passage?: string;
  /** Passages that count as right too. */
  readonly also?: readonly string[];
}

/** A labelled message, what was understood, and how long it took. */
export interface EvaluatedMessage {
  readonly message: LabelledMessage;
  readonly understood: Understood;
  readonly ms: number;
}

/** The measures of an evaluation; shares from 0 to 1, and 0 where there is no message to take the share of. */
export interface Measures {
  readonly n: number;
  /** In-scope messages whose best intent is right, rejection left aside. */
  readonly intentAccuracy: number;
  /** All messages whose intent is right, rejection included. */
  readonly overallAccuracy: number;
  /** `faq` messages whose first passage is right. */
  readonly passageTop1: number;
  /** `faq` messages with a right passage among the first three. */
  readonly passageTop3: number;
  /** `faq` messages that were shown passages of which none is right. */
  readonly wrongPassageRate: number;
  /** Out-of-scope messages that were rejected. */
  readonly oosRecall: number;
  /** Rejected messages that are out of scope. */
  readonly oosPrecision: number;
  /** In-scope messages that were rejected. */
  readonly falseRejectRate: number;
  /** Out-of-scope messages that were answered with a passage. */
  readonly oosAnsweredRate: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** A wrong intent and how often it was taken for the right one. */
export interface Confusion {
  readonly expected: string;
  readonly understood: string;
  readonly count: number;
}

const INTENT_LABELS = new Set<string>([...INTENTS, 'out_of_scope']);

/**
 * Reads one line of an evaluation file.
 * @throws Error saying what is wrong with the line.
 */
export function parseLabelledMessage(
  line: string,
  passageIds: ReadonlySet<string>,
): LabelledMessage {
  const value = parseObject(line);
  const { text, intent, passage, also = [] } = value;
  if (typeof text !== 'string') throw new Error('"text" is not a text.');
  if (!isIntentLabel(intent)) throw new Error(`The intent ${JSON.stringify(intent)} is unknown.`);
  if (!Array.isArray(also)) throw new Error('"also" is not a list.');
  if (intent === 'faq' && passage === undefined) throw new Error('A faq line needs a "passage".');
  const ids: unknown[] = passage === undefined ? also : [passage, ...(also as unknown[])];
  for (const id of ids) {
    if (typeof id !== 'string' || !passageIds.has(id)) {
      throw new Error(`The passage ${JSON.stringify(id)} is unknown.`);
    }
  }
  return { text, intent, passage: passage as string | undefined, also: also as string[] };
}

/**
 * Reads an evaluation file.
 * @param name of the file, for faults.
 * @throws Error naming the line that is none of its form.
 */
export function parseLabelledMessages(
  fileText: string,
  name: string,
  passageIds: ReadonlySet<string>,
): LabelledMessage[] {
  return fileText
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, at) => {
      if (line.trim() === '') return [];
      try {
        return [parseLabelledMessage(line, passageIds)];
      } catch (cause) {
        throw new Error(`${name}, line ${at + 1}: ${(cause as Error).message}`, { cause });
      }
    });
}

function parseObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error('This is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('This is not a JSON object.');
  }
  return value as Record<string, unknown>;
}

function isIntentLabel(value: unknown): value is LabelledMessage['intent'] {
  return typeof value === 'string' && INTENT_LABELS.has(value);
}

/** Takes the measures of evaluated messages. */
export function measure(evaluated: readonly EvaluatedMessage[]): Measures {
  const inScope = evaluated.filter(({ message }) => message.intent !== 'out_of_scope');
  const outOfScope = evaluated.filter(({ message }) => message.intent === 'out_of_scope');
  const faq = evaluated.filter(({ message }) => message.intent === 'faq');
  const rejected = evaluated.filter(isRejected);
  const times = evaluated.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    n: evaluated.length,
    intentAccuracy: share(inScope, (e) => e.understood.bestIntent === e.message.intent),
    overallAccuracy: share(evaluated, (e) => e.understood.intent === e.message.intent),
    passageTop1: share(faq, (e) => someRight(e, rankedIds(e).slice(0, 1))),
    passageTop3: share(faq, (e) => someRight(e, rankedIds(e).slice(0, 3))),
    wrongPassageRate: share(faq, (e) => isAnswered(e) && !someRight(e, e.understood.offered)),
    oosRecall: share(outOfScope, isRejected),
    oosPrecision: share(rejected, (e) => e.message.intent === 'out_of_scope'),
    falseRejectRate: share(inScope, isRejected),
    oosAnsweredRate: share(outOfScope, isAnswered),
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
  };
}

/** The intents taken for others, most frequent first. */
export const confusions = (evaluated: readonly EvaluatedMessage[]): Confusion[] =>
  counted(evaluated, ({ message, understood }) =>
    message.intent === understood.intent ? undefined : [message.intent, understood.intent],
  );

/** The passages in whose place only others were shown, most frequent first. */
export const passageConfusions = (evaluated: readonly EvaluatedMessage[]): Confusion[] =>
  counted(evaluated, (each) => {
    const { message, understood } = each;
    if (message.passage === undefined || !isAnswered(each)) return undefined;
    return someRight(each, understood.offered)
      ? undefined
      : [message.passage, understood.offered.join('/')];
  });

function counted(
  evaluated: readonly EvaluatedMessage[],
  confused: (one: EvaluatedMessage) => readonly [string, string] | undefined,
): Confusion[] {
  const found = new Map<string, Confusion>();
  for (const one of evaluated) {
    const pair = confused(one);
    if (!pair) continue;
    const [expected, understood] = pair;
    const count = (found.get(pair.join(' '))?.count ?? 0) + 1;
    found.set(pair.join(' '), { expected, understood, count });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

function isRejected({ understood }: EvaluatedMessage): boolean {
  return understood.intent === 'out_of_scope';
}

function isAnswered({ understood }: EvaluatedMessage): boolean {
  return understood.offered.length > 0;
}

function rankedIds({ understood }: EvaluatedMessage): string[] {
  return understood.passages.map(({ id }) => id);
}

function someRight({ message }: EvaluatedMessage, ids: readonly string[]): boolean {
  return ids.some((id) => id === message.passage || message.also?.includes(id) === true);
}

function share<T>(all: readonly T[], holds: (one: T) => boolean): number {
  return all.length === 0 ? 0 : all.filter(holds).length / all.length;
}

/** Nearest rank. */
function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
