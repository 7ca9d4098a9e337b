import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { learnExamples, type Learnt } from './classifier';
import { Embeddings } from './embeddings';
import type { Encoder } from './encoder';
import type { Example } from './knowledge';
import { LEARNING } from './tuning';

const ENDING = '.learnt';

export interface LearningPlaces {
  /** Vectors of sentences that were encoded before. */
  readonly embeddingsFile: string;
  /** Where what was learnt is kept, so that the next start takes no time; undefined keeps nothing. */
  readonly cacheDirectory?: string | undefined;
}

export interface LearntHow {
  readonly learnt: Learnt;
  readonly fromCache: boolean;
}

/** Learns the examples, or reads what was learnt of just these before. */
export async function learnOrRead(
  examples: readonly Example[],
  encoder: Encoder | undefined,
  { embeddingsFile, cacheDirectory }: LearningPlaces,
): Promise<LearntHow> {
  const file = cacheDirectory && join(cacheDirectory, `${nameOf(examples, encoder)}${ENDING}`);
  const kept = file && read(file);
  if (kept) return { learnt: kept, fromCache: true };
  const meanings = encoder && meaningsFrom(encoder, embeddingsFile);
  const learnt = await learnExamples(examples, LEARNING, meanings);
  if (file) keep(file, learnt);
  return { learnt, fromCache: false };
}

/** Meanings of sentences, those in the file without encoding them again. */
export function meaningsFrom(
  encoder: Encoder,
  embeddingsFile: string,
): (sentences: readonly string[]) => Promise<Float32Array[]> {
  const embeddings = new Embeddings(encoder);
  embeddings.read(embeddingsFile);
  return (sentences) => embeddings.of(sentences);
}

/** By all that what is learnt depends on: the examples, the numbers, the encoder and the code itself. */
function nameOf(examples: readonly Example[], encoder: Encoder | undefined): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(__dirname).sort())
    if (/\.[jt]s$/.test(name)) hash.update(readFileSync(join(__dirname, name)));
  hash.update(JSON.stringify([LEARNING, encoder?.version ?? '']));
  for (const { label, text } of examples) hash.update(`${label}\t${text.raw}\n`);
  return hash.digest('hex').slice(0, 32);
}

function read(file: string): Learnt | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return deserialize(readFileSync(file)) as Learnt;
  } catch {
    // Half a file of a disk that was full: it is learnt again.
    return undefined;
  }
}

/** In place of what was learnt of other examples. A folder that cannot be written costs the next start some seconds, no more. */
function keep(file: string, learnt: Learnt): void {
  try {
    const directory = dirname(file);
    mkdirSync(directory, { recursive: true });
    const unfinished = `${file}.${process.pid}.part`;
    writeFileSync(unfinished, serialize(learnt));
    renameSync(unfinished, file);
    for (const name of readdirSync(directory))
      if (name.endsWith(ENDING) && join(directory, name) !== file) rmSync(join(directory, name));
  } catch {
    return;
  }
}
