import { parseArgs } from 'node:util';
import {
  calibrated,
  judgeOf,
  learnExamples,
  type Judgement,
} from '../services/understanding/classifier';
import { loadEncoder } from '../services/understanding/encoder';
import { fitGate, OPEN_GATES, type Gates } from '../services/understanding/gate';
import { OUT_OF_SCOPE, type Example } from '../services/understanding/knowledge';
import { meaningsFrom } from '../services/understanding/learning';
import { LEARNING } from '../services/understanding/tuning';
import { readBanking77, readClinc150, type PublicSet } from './publicSetFiles';
import { percent, percentile, rounded, table } from './understandingTables';

/*
 * `node dist/bench/publicSets.js --clinc150 data_full.json` or `--banking77 train.csv test.csv`: the product's engine on
 * public sets of messages, trained on their training split with the product's own numbers: features, encoder, linear
 * models, neighbours and what lies outside as a class; without the rules, the lexicon and everything else that is of the
 * desk. It takes some minutes.
 *
 * The gate is fitted to the validation messages, as the product's is to utterances that were left out, and the threshold
 * of rejection turns away 5 % of those in scope; the test is not looked at before. Beside it stand figures that were published (Larson et al. 2019), which chose their thresholds otherwise.
 */

const USAGE =
  'Usage: node dist/bench/publicSets.js --clinc150 data_full.json | --banking77 train.csv test.csv';
const FALSE_REJECTS = 0.05;
const TOLD_EVERY = 1000;
/** Classes keep the shares that they have: nothing here asks how far they are trusted. */
const SHARPNESS = 1;

const PUBLISHED = [
  ['SVM', '91.0', '14.5', ''],
  ['Rasa', '91.5', '45.3', ''],
  ['DialogFlow', '91.7', '14.0', ''],
  ['USE-MLP', '93.5', '47.4', ''],
  ['BERT', '96.9', '40.3', ''],
];

/** A message, and what the engine made of it. */
interface Judged {
  readonly label: string;
  readonly judgement: Judgement | undefined;
  readonly ms: number;
}

/** The same, calibrated. */
interface Decided {
  readonly label: string;
  /** The best class in scope. */
  readonly best: string;
  /** Its share of itself and what lies outside: by this the product rejects. */
  readonly inside: number;
}

type JudgeAll = (messages: readonly Example[]) => Promise<Judged[]>;

async function learnt(
  examples: readonly Example[],
): Promise<{ judgeAll: JudgeAll; seconds: number }> {
  const start = performance.now();
  const encoder = await loadEncoder();
  if (!encoder) console.log('WITHOUT the sentence encoder.');
  // No file has the meanings of these sentences.
  const meanings = encoder && meaningsFrom(encoder, '');
  const judge = judgeOf(await learnExamples(examples, LEARNING, meanings), LEARNING, encoder);
  const judgeAll: JudgeAll = async (messages) => {
    const judged: Judged[] = [];
    for (const { label, text } of messages) {
      const asked = performance.now();
      const judgement = await judge(text);
      judged.push({ label, judgement, ms: performance.now() - asked });
      if (judged.length % TOLD_EVERY === 0)
        process.stderr.write(`${judged.length} of ${messages.length} messages are judged\n`);
    }
    return judged;
  };
  return { judgeAll, seconds: rounded((performance.now() - start) / 1000, 1) };
}

function decided({ label, judgement }: Judged, gates: Gates): Decided {
  const probabilities = calibrated(judgement, { sharpness: SHARPNESS, gates });
  const outside = probabilities.get(OUT_OF_SCOPE) ?? 0;
  let best = { label: '', share: 0 };
  for (const [each, share] of probabilities)
    if (each !== OUT_OF_SCOPE && share > best.share) best = { label: each, share };
  return { label, best: best.label, inside: best.share / (best.share + outside || 1) };
}

function gatesBy(judged: readonly Judged[]): Gates {
  const known = judged.flatMap((each) =>
    each.judgement ? [{ ...each.judgement, inside: isInScope(each) }] : [],
  );
  const full = fitGate(
    known.map(({ evidence }) => evidence),
    known.map(({ inside }) => inside),
  );
  return { ...OPEN_GATES, full };
}

const share = (all: readonly Decided[], holds: (one: Decided) => boolean): number =>
  all.filter(holds).length / all.length;
const isInScope = ({ label }: { readonly label: string }): boolean => label !== OUT_OF_SCOPE;
const isRight = ({ label, best }: Decided): boolean => label === best;
const p99 = (judged: readonly Judged[]): number =>
  percentile(
    judged.map(({ ms }) => ms),
    0.99,
  );

async function clinc150({ train, validation, test }: PublicSet): Promise<object> {
  const { judgeAll, seconds } = await learnt(train);
  const validated = await judgeAll(validation);
  const gates = gatesBy(validated);
  const known = validated.filter(isInScope).map((each) => decided(each, gates).inside);
  const least = percentile(known, FALSE_REJECTS);
  const judged = await judgeAll(test);
  const tested = judged.map((each) => decided(each, gates));
  const inScope = tested.filter(isInScope);
  const isRejected = ({ inside }: Decided): boolean => inside < least;
  const accuracy = share(inScope, isRight);
  const recall = share(
    tested.filter((each) => !isInScope(each)),
    isRejected,
  );
  const falseRejects = share(inScope, isRejected);
  const ours = ['ours', ...[accuracy, recall, falseRejects].map(percent)];
  const heading = ['', 'in-scope accuracy', 'out-of-scope recall', 'false rejects'];
  console.log(table([heading, ...PUBLISHED, ours]));
  return {
    ...{ set: 'clinc150', accuracy: rounded(accuracy), oosRecall: rounded(recall) },
    ...{ falseRejects: rounded(falseRejects), threshold: rounded(least) },
    ...{ trainSeconds: seconds, p99Ms: rounded(p99(judged), 1) },
  };
}

async function banking77({ train, test }: PublicSet): Promise<object> {
  const { judgeAll, seconds } = await learnt(train);
  const judged = await judgeAll(test);
  const tested = judged.map((each) => decided(each, OPEN_GATES));
  const accuracy = share(tested, isRight);
  console.log(
    table([
      ['', 'accuracy'],
      ['ours', percent(accuracy)],
    ]),
  );
  return {
    ...{ set: 'banking77', accuracy: rounded(accuracy) },
    ...{ trainSeconds: seconds, p99Ms: rounded(p99(judged), 1) },
  };
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { clinc150: { type: 'string' }, banking77: { type: 'string' } },
  });
  const [testFile] = positionals;
  if (values.clinc150 === undefined && (values.banking77 === undefined || testFile === undefined))
    throw new Error(USAGE);
  const results: object[] = [];
  if (values.clinc150 !== undefined) results.push(await clinc150(readClinc150(values.clinc150)));
  if (values.banking77 !== undefined && testFile !== undefined)
    results.push(await banking77(readBanking77(values.banking77, testFile)));
  console.log(JSON.stringify({ bench: 'publicSets', results, node: process.version }));
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
