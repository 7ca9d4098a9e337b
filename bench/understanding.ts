import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { policyOf, understandingPlaces } from '../bot/desk';
import { ROOT } from '../bot/root';
import type { LabelledMessage, Measures } from '../services/understanding/evaluation';
import { readExamples, type Example } from '../services/understanding/knowledge';
import { otherMethods, type Method } from './understandingMethods';
import { startMs, startOurs, tellStart } from './understandingOurs';
import { chooseReading, understoodBy } from './understandingReading';
import {
  measureMistyped,
  measureOn,
  readMessages,
  timeLength,
  type Understand,
} from './understandingRuns';
import { percent, rounded, table } from './understandingTables';

/*
 * `node dist/bench/understanding.js FILE.jsonl [FILE…]`: how well and how fast customers are understood, on files of
 * labelled messages, beside natural's BayesClassifier, the nearest utterance by BM25, and NLP.js, which has two rows: one
 * with its own settings, one with a lower rate of learning, which does it good.
 *
 * All learn the utterances of `knowledge/`, and are then asked the same messages in this run. The others know no
 * rejection, so that theirs is chosen for them: the threshold with the best overall accuracy over the utterances, each
 * half of the voices read by what the other half teaches; and in the same way whether a policy question is as likely as
 * its best passage or as all passages together. They get messages as typed, show the best passage, and offer no choice.
 *
 * Then ours alone: with a slip of typing in every sixth word, on long texts, and started anew from the cache. NLP.js is
 * looked for in the product's own packages, or with `--nlpjs FOLDER` where it was installed:
 * `npm install --prefix FOLDER @nlpjs/nlp@4.27.0 @nlpjs/lang-en-min@4.26.1`.
 */

const USAGE = 'Usage: node dist/bench/understanding.js FILE.jsonl [FILE…] [--nlpjs FOLDER]';
const OURS = 'ours';
const LENGTHS = [30, 1000];
const STARTS = 3;

/** A method that has learnt the utterances. */
interface Candidate {
  readonly name: string;
  readonly understand: Understand;
}

const SHARES = [
  ...(['intentAccuracy', 'overallAccuracy', 'passageTop1', 'passageTop3'] as const),
  ...(['wrongPassageRate', 'oosRecall', 'falseRejectRate', 'oosAnsweredRate'] as const),
];
const SLIP_SHARES = ['intentAccuracy', 'overallAccuracy', 'passageTop1', 'passageTop3'] as const;

async function taught(
  method: Method,
  examples: readonly Example[],
  passageIds: ReadonlySet<string>,
): Promise<Candidate> {
  const reading = await chooseReading(method, examples, passageIds);
  const start = performance.now();
  const classify = await method.learn(examples);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(
    `${method.name}: learnt in ${seconds} s; rejects below ${reading.least.toFixed(3)}; ` +
      `a policy question scores as ${reading.faq === 'sum' ? 'all its passages' : 'its best passage'}`,
  );
  return {
    name: method.name,
    understand: async (text) => understoodBy(await classify(text), reading, passageIds),
  };
}

async function compare(
  candidates: readonly Candidate[],
  messages: readonly LabelledMessage[],
): Promise<Record<string, Measures>> {
  const measured: Record<string, Measures> = {};
  for (const { name, understand } of candidates)
    measured[name] = await measureOn(messages, understand);
  const rows = Object.entries(measured).map(([name, each]) => [
    name,
    ...SHARES.map((share) => percent(each[share])),
    ...[each.p50Ms, each.p99Ms].map((ms) => ms.toFixed(2)),
  ]);
  console.log(table([['', ...SHARES, 'p50 ms', 'p99 ms'], ...rows]));
  return measured;
}

async function slips(
  messages: readonly LabelledMessage[],
  understand: Understand,
  clean: Measures,
): Promise<Record<string, number>> {
  const measured = await measureMistyped(messages, understand);
  const lost = SLIP_SHARES.map((share) => {
    const mean = measured.reduce((sum, each) => sum + each[share], 0) / measured.length;
    return [share, rounded(100 * (clean[share] - mean), 2)] as const;
  });
  console.log(`\nOurs with a slip in every sixth word, points lost (mean of ${measured.length}):`);
  console.log(
    table([
      ['', ...SLIP_SHARES],
      ['', ...lost.map(([, points]) => points.toFixed(1))],
    ]),
  );
  return Object.fromEntries(lost);
}

async function lengths(messages: readonly LabelledMessage[], understand: Understand) {
  const timed: { words: number; p50Ms: number; p99Ms: number }[] = [];
  for (const words of LENGTHS) {
    const { p50, p99 } = await timeLength(words, messages, understand);
    timed.push({ words, p50Ms: rounded(p50, 2), p99Ms: rounded(p99, 2) });
    console.log(`Ours at ${words} words: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  }
  return timed;
}

const shortened = (measures: Measures): Record<string, number> =>
  Object.fromEntries(
    Object.entries(measures).map(([name, value]) => [name, rounded(value as number)]),
  );

async function run(): Promise<void> {
  const { values, positionals: files } = parseArgs({
    allowPositionals: true,
    options: { nlpjs: { type: 'string', default: ROOT } },
  });
  if (files.length === 0) throw new Error(USAGE);
  const places = understandingPlaces(policyOf());
  const passageIds = new Set(places.passages.keys());
  const asked = files.map((file) => ({ file, messages: readMessages(file, passageIds) }));
  const examples = readExamples(places.utterancesDirectory, passageIds);
  const others: Candidate[] = [];
  for (const method of otherMethods(values.nlpjs))
    others.push(await taught(method, examples, passageIds));
  const ours = await startOurs();
  const understand: Understand = (text) => ours.understand(text);

  const results: object[] = [];
  for (const { file, messages } of asked) {
    console.log(`\n${file}: ${messages.length} messages, shares in per cent`);
    const measured = await compare([...others, { name: OURS, understand }], messages);
    const clean = measured[OURS];
    results.push({
      ...{ file, messages: messages.length },
      methods: Object.fromEntries(
        Object.entries(measured).map(([name, each]) => [name, shortened(each)]),
      ),
      slipsCost: clean && (await slips(messages, understand, clean)),
      lengths: await lengths(messages, understand),
    });
  }
  await ours.close?.();
  const start = rounded(await startMs(__filename, STARTS), 0);
  console.log(`\nOurs reads its first message ${start} ms after its process is started.`);
  console.log(
    JSON.stringify({
      ...{ bench: 'understanding', examples: examples.length, startMs: start, files: results },
      ...{ node: process.version, cpus: availableParallelism() },
    }),
  );
}

const work = process.argv[2] === 'start' ? tellStart() : run();
work.catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
