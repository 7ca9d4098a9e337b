import { createRequire } from 'node:module';
import path from 'node:path';
import BayesClassifier from 'natural/lib/natural/classifiers/bayes_classifier';
import { OUT_OF_SCOPE, type Example } from '../services/understanding/knowledge';
import { rankUtterances } from './understandingBm25';

/** Score of each class, the highest the likeliest; scores of two methods do not compare. */
export type Scores = ReadonlyMap<string, number>;

/** Somebody else's way to tell the classes of messages from examples. */
export interface Method {
  readonly name: string;
  /** Learns examples, as they were typed, with what the method does to text itself. */
  learn(examples: readonly Example[]): Promise<(text: string) => Promise<Scores>>;
}

const bayes: Method = {
  name: 'natural Bayes',
  async learn(examples) {
    const classifier = new BayesClassifier();
    for (const { text, label } of examples) classifier.addDocument(text.raw, label);
    classifier.train();
    return async (text) => {
      const found = classifier.getClassifications(text);
      const sum = found.reduce((total, { value }) => total + value, 0) || 1;
      return new Map(found.map(({ label, value }) => [label, value / sum]));
    };
  },
};

const bm25: Method = {
  name: 'BM25 nearest',
  async learn(examples) {
    const rank = rankUtterances(examples);
    return async (text) => rank(text);
  },
};

/** What is used of NLP.js, whose packages have no types. */
interface Nlp {
  readonly settings: Record<string, unknown>;
  addLanguage(language: string): void;
  addDocument(language: string, text: string, label: string): void;
  train(): Promise<unknown>;
  process(
    language: string,
    text: string,
  ): Promise<{ readonly classifications: { readonly intent: string; readonly score: number }[] }>;
}
interface NlpContainer {
  use(plugin: unknown): void;
  registerConfiguration(tag: string, settings: object, overwrites: boolean): void;
  get(name: 'nlp'): Nlp;
}
interface NlpPackages {
  readonly containerBootstrap: () => Promise<NlpContainer>;
  readonly Nlp: unknown;
  readonly LangEn: unknown;
}

/** NLP.js's own class for what it has no word of; it counts as out of scope, like the class of that name. */
const NLPJS_NONE = 'None';

/** Its defaults, except that it does not tell each round of its training. */
const NLPJS_SETTINGS = {
  ...{ keepStopwords: true, nonefeatureValue: 1, nonedeltaMultiplier: 1.2, useNoneFeature: true },
  ...{ spellCheck: false, spellCheckDistance: 1, filterZeros: true, log: false },
};

/**
 * At its own rate of learning, 0.6, it hardly ever finds what lies outside, a large and mixed class; at this one, chosen
 * by hand, it mostly does. Both are measured.
 */
const NLPJS_SLOW = { learningRate: 0.05 };

/** @param folder where `@nlpjs/nlp` and `@nlpjs/lang-en-min` were installed. @throws where they were not. */
function nlpjs(folder: string): Method[] {
  const load = createRequire(path.resolve(folder, 'package.json'));
  const packages = ['core', 'nlp', 'lang-en-min'].map((name): unknown => load(`@nlpjs/${name}`));
  const { containerBootstrap, Nlp, LangEn } = Object.assign({}, ...packages) as NlpPackages;
  const methodOf = (name: string, settings: object): Method => ({
    name,
    async learn(examples) {
      const container = await containerBootstrap();
      container.use(Nlp);
      container.use(LangEn);
      container.registerConfiguration('nlu-??', { ...NLPJS_SETTINGS, ...settings }, true);
      const nlp = container.get('nlp');
      Object.assign(nlp.settings, { autoSave: false, calculateSentiment: false });
      nlp.addLanguage('en');
      // Of an utterance without a word it complains on the terminal, and learns nothing.
      for (const { text, label } of examples.filter((each) => each.text.words.length > 0))
        nlp.addDocument('en', text.raw, label);
      await nlp.train();
      return async (text) => {
        const { classifications } = await nlp.process('en', text);
        const scores = new Map<string, number>();
        for (const { intent, score } of classifications) {
          const label = intent === NLPJS_NONE ? OUT_OF_SCOPE : intent;
          scores.set(label, Math.max(score, scores.get(label) ?? 0));
        }
        return scores;
      };
    },
  });
  return [methodOf('NLP.js', {}), methodOf('NLP.js, learning slowly', NLPJS_SLOW)];
}

/** The methods that ours is measured against; NLP.js only where it is installed in the folder. */
export function otherMethods(nlpjsFolder: string): Method[] {
  try {
    return [bayes, bm25, ...nlpjs(nlpjsFolder)];
  } catch {
    process.stderr.write(`NLP.js is not installed in ${nlpjsFolder}: its rows are left out.\n`);
    return [bayes, bm25];
  }
}
