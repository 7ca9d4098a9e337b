import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadPolicy, type Policy } from '../../services/policy';
import { createUnderstanding } from '../../services/understanding';
import { crossValidate } from '../../services/understanding/crossValidation';
import {
  confusions,
  measure,
  parseLabelledMessage,
  type EvaluatedMessage,
  type LabelledMessage,
} from '../../services/understanding/evaluation';
import { readExamples } from '../../services/understanding/knowledge';
import type { Understanding } from '../../services/understanding/types';
import { ROOT } from '../root';

const USAGE =
  'Usage: npm run evaluate -- FILE.jsonl [--out FILE], or --own for the utterances by each other';
const UTTERANCES = path.join(ROOT, 'knowledge', 'utterances');
const CONFUSIONS_SHOWN = 15;

try {
  run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function run(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, own: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  if (positionals.length !== (values.own ? 0 : 1)) throw new Error(USAGE);
  const { passages } = loadPolicy(readFileSync(path.join(ROOT, 'knowledge', 'policy.md'), 'utf8'));
  const evaluated = file === undefined ? evaluateOwn(passages) : evaluateFile(file, passages);
  if (values.out !== undefined) writeFileSync(values.out, evaluated.map(outputLine).join(''));
  process.stdout.write(`${[...byIntent(evaluated), ...mistakes(evaluated)].join('\n')}\n`);
  process.stdout.write(`${JSON.stringify(measure(evaluated))}\n`);
}

function evaluateOwn(passages: Policy['passages']): EvaluatedMessage[] {
  const passageIds = new Set(passages.keys());
  const examples = readExamples(UTTERANCES, passageIds);
  return crossValidate(examples, passageIds, () => performance.now());
}

function evaluateFile(file: string, passages: Policy['passages']): EvaluatedMessage[] {
  const messages = readMessages(file, new Set(passages.keys()));
  const understanding = createUnderstanding({ utterancesDirectory: UTTERANCES, passages });
  return messages.map((message) => evaluate(understanding, message));
}

function readMessages(file: string, passageIds: ReadonlySet<string>): LabelledMessage[] {
  const messages = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      if (line.trim() === '') return [];
      try {
        return [parseLabelledMessage(line, passageIds)];
      } catch (error) {
        throw new Error(`${file}, line ${index + 1}: ${(error as Error).message}`, {
          cause: error,
        });
      }
    });
  if (messages.length === 0) throw new Error(`${file} holds no message.`);
  return messages;
}

function evaluate(understanding: Understanding, message: LabelledMessage): EvaluatedMessage {
  const start = performance.now();
  const understood = understanding.understand(message.text);
  return { message, understood, ms: performance.now() - start };
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

function byIntent(evaluated: readonly EvaluatedMessage[]): string[] {
  const intents = [...new Set(evaluated.map(({ message }) => message.intent))].sort();
  return [
    `${'intent'.padEnd(24)} messages   right`,
    ...intents.map((intent) => {
      const own = evaluated.filter(({ message }) => message.intent === intent);
      const right = own.filter(({ understood }) => understood.intent === intent).length;
      const percent = `${((100 * right) / own.length).toFixed(1)} %`;
      return `${intent.padEnd(24)} ${String(own.length).padStart(8)} ${percent.padStart(7)}`;
    }),
    '',
  ];
}

function mistakes(evaluated: readonly EvaluatedMessage[]): string[] {
  const found = confusions(evaluated);
  if (found.length === 0) return ['No message was taken for another.'];
  return [
    'taken for another, most frequent first',
    ...found
      .slice(0, CONFUSIONS_SHOWN)
      .map(
        ({ expected, understood, count }) =>
          `${String(count).padStart(4)}  ${expected} as ${understood}`,
      ),
  ];
}
