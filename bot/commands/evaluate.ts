import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readThresholds } from '../../services/understanding';
import { calibrated } from '../../services/understanding/classifier';
import { evaluateContexts } from '../../services/understanding/contextsEvaluation';
import { crossValidate, type Unseen } from '../../services/understanding/crossValidation';
import { decide } from '../../services/understanding/decision';
import { loadEncoder } from '../../services/understanding/encoder';
import {
  confusions,
  measure,
  parseLabelledMessages,
  passageConfusions,
  type Confusion,
  type EvaluatedMessage,
  type LabelledMessage,
} from '../../services/understanding/evaluation';
import { readExamples } from '../../services/understanding/knowledge';
import { meaningsFrom } from '../../services/understanding/learning';
import { chooseThresholds } from '../../services/understanding/thresholds';
import { LEARNING, type Thresholds } from '../../services/understanding/tuning';
import type { Understanding } from '../../services/understanding/types';
import { evaluateValues } from '../../services/understanding/valuesEvaluation';
import { policyOf, understandingOf, understandingPlaces } from '../desk';
import { createLog } from '../log';

const USAGE = `Usage: npm run evaluate -- FILE.jsonl [--out FILE]   labelled messages
       npm run evaluate -- --contexts FILE.jsonl      conversations
       npm run evaluate -- --values FILE.jsonl        values in messages
       npm run evaluate -- --own [--choose]           the utterances by each other, voices left out whole;
                                                      --choose writes knowledge/thresholds.json by them`;
const CONFUSIONS_SHOWN = 15;

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      own: { type: 'boolean', default: false },
      choose: { type: 'boolean', default: false },
      contexts: { type: 'string' },
      values: { type: 'string' },
    },
  });
  const asked = [...positionals, values.contexts, values.values, values.own || undefined];
  if (asked.filter(Boolean).length !== 1) throw new Error(USAGE);
  if (values.values !== undefined) report(evaluateValues(readText(values.values)));
  else if (values.contexts !== undefined) report(await contexts(readText(values.contexts)));
  else {
    const [file] = positionals;
    const evaluated = file === undefined ? await own(values.choose) : await messages(file);
    if (values.out !== undefined) writeFileSync(values.out, evaluated.map(outputLine).join(''));
    report({
      lines: [...byLabel(evaluated), ...mistakes(evaluated)],
      measures: measure(evaluated),
    });
  }
}

function report({ lines, measures }: { lines: readonly string[]; measures: object }): void {
  process.stdout.write([...lines, JSON.stringify(measures), ''].join('\n'));
}

const readText = (file: string): string => readFileSync(file, 'utf8').replace(/^\uFEFF/, '');

/** The product's own understanding; on standard error it says when it is worse than it should be. */
const started = (): Promise<Understanding> =>
  understandingOf(
    policyOf(),
    createLog('warn', () => undefined),
  );

const contexts = async (fileText: string): ReturnType<typeof evaluateContexts> =>
  evaluateContexts(fileText, new Set(policyOf().passages.keys()), await started());

/** The example utterances, each understood by what the other voices teach. */
async function own(choose: boolean): Promise<EvaluatedMessage[]> {
  const places = understandingPlaces(policyOf());
  const passageIds = new Set(places.passages.keys());
  const encoder = await loadEncoder();
  if (choose && !encoder) throw new Error('Without the encoder no thresholds can be chosen.');
  const unseen = await crossValidate(readExamples(places.utterancesDirectory, passageIds), {
    ...{ passageIds, now: () => performance.now() },
    tuning: LEARNING,
    encoder: encoder && { ...encoder, encode: meaningsFrom(encoder, places.embeddingsFile) },
  });
  const thresholds = choose
    ? chooseThresholds(unseen, passageIds)
    : readThresholds(places.thresholdsFile);
  if (choose) writeFileSync(places.thresholdsFile, `${JSON.stringify(thresholds, undefined, 2)}\n`);
  return unseen.map((each) => decided(each, passageIds, thresholds));
}

const decided = (
  { message, judgement, ms }: Unseen,
  passageIds: ReadonlySet<string>,
  thresholds: Thresholds,
): EvaluatedMessage => ({
  ...{ message, ms },
  understood: decide(calibrated(judgement, thresholds), passageIds, thresholds),
});

async function messages(file: string): Promise<EvaluatedMessage[]> {
  const read = readMessages(file, new Set(policyOf().passages.keys()));
  const understanding = await started();
  const evaluated: EvaluatedMessage[] = [];
  for (const message of read) {
    const start = performance.now();
    const understood = await understanding.understand(message.text);
    evaluated.push({ message, understood, ms: performance.now() - start });
  }
  return evaluated;
}

function readMessages(file: string, passageIds: ReadonlySet<string>): LabelledMessage[] {
  const read = parseLabelledMessages(readText(file), file, passageIds);
  if (read.length === 0) throw new Error(`${file} holds no message.`);
  return read;
}

/** The best intent stands beside `rejected`, so that both accuracies can be taken from the file. */
function outputLine({ message, understood, ms }: EvaluatedMessage): string {
  const line = {
    text: message.text,
    intent: understood.bestIntent,
    passages: understood.passages.map(({ id }) => id),
    rejected: understood.intent === 'out_of_scope',
    offered: understood.offered,
    ms,
  };
  return `${JSON.stringify(line)}\n`;
}

/** How many of each label were understood: of a passage, that it was shown. */
function byLabel(evaluated: readonly EvaluatedMessage[]): string[] {
  const labelOf = ({ message }: EvaluatedMessage): string => message.passage ?? message.intent;
  const labels = [...new Set(evaluated.map(labelOf))].sort();
  return [
    `${'label'.padEnd(28)} messages   right`,
    ...labels.map((label) => {
      const those = evaluated.filter((each) => labelOf(each) === label);
      const right = those.filter(
        ({ message, understood }) =>
          understood.intent === message.intent &&
          (message.intent !== 'faq' ||
            understood.offered.some((id) => id === label || message.also?.includes(id) === true)),
      ).length;
      const percent = `${((100 * right) / those.length).toFixed(1)} %`;
      return `${label.padEnd(28)} ${String(those.length).padStart(8)} ${percent.padStart(7)}`;
    }),
    '',
  ];
}

function mistakes(evaluated: readonly EvaluatedMessage[]): string[] {
  return [
    ...listed('taken for another intent, most frequent first', confusions(evaluated)),
    ...listed('another passage shown, most frequent first', passageConfusions(evaluated)),
  ];
}

const listed = (title: string, found: readonly Confusion[]): string[] =>
  found.length === 0
    ? []
    : [
        title,
        ...found
          .slice(0, CONFUSIONS_SHOWN)
          .map(
            ({ expected, understood, count }) =>
              `${String(count).padStart(4)}  ${expected} as ${understood}`,
          ),
        '',
      ];

void run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
