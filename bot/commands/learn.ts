import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createUnderstanding } from '../../services/understanding';
import { taughtSentence } from '../../services/understanding/classifier';
import { Embeddings } from '../../services/understanding/embeddings';
import { loadEncoder } from '../../services/understanding/encoder';
import { readExamples } from '../../services/understanding/knowledge';
import { policyOf, understandingPlaces } from '../desk';

/** Learns the example utterances ahead of the first start; with `--encode` it writes their meanings down as well. */
async function run(): Promise<void> {
  const { values } = parseArgs({ options: { encode: { type: 'boolean', default: false } } });
  const places = understandingPlaces(policyOf());
  if (values.encode) await encode(places);
  else await createUnderstanding(places);
}

async function encode(places: ReturnType<typeof understandingPlaces>): Promise<void> {
  const encoder = await loadEncoder();
  if (!encoder) throw new Error('The sentence encoder is missing: run npm ci.');
  const embeddings = new Embeddings(encoder);
  embeddings.read(places.embeddingsFile);
  const examples = readExamples(places.utterancesDirectory, places.passages.keys());
  const sentences = examples.map(({ text }) => taughtSentence(text));
  writeFileSync(places.embeddingsFile, await embeddings.write(sentences));
  process.stdout.write(`${sentences.length} utterances are encoded.\n`);
}

void run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
