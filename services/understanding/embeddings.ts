import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Encoder } from './encoder';

/** Bytes of a sentence's name in the file. */
const KEY_BYTES = 12;
const STEPS = 127;

/**
 * Vectors of sentences that were encoded before, so that a first start takes seconds. In the file: 16 letters of the
 * encoder's version, then for each sentence the beginning of its hash, its scale as a float and its numbers as signed bytes.
 */
export class Embeddings {
  private readonly known = new Map<string, Buffer>();

  constructor(private readonly encoder: Encoder) {}

  /** Takes what a file holds; one of another encoder is left alone. */
  read(file: string): void {
    if (!existsSync(file)) return;
    const content = readFileSync(file);
    if (content.toString('latin1', 0, this.encoder.version.length) !== this.encoder.version) return;
    const width = KEY_BYTES + 4 + this.encoder.size;
    for (let at = this.encoder.version.length; at + width <= content.length; at += width) {
      const key = content.toString('hex', at, at + KEY_BYTES);
      this.known.set(key, content.subarray(at + KEY_BYTES, at + width));
    }
  }

  /** The file's content for these sentences, all of them encoded. */
  async write(sentences: readonly string[]): Promise<Buffer> {
    await this.of(sentences);
    const keys = [...new Set(sentences.map(keyOf))].sort();
    const parts = keys.flatMap((key) => [Buffer.from(key, 'hex'), this.known.get(key) ?? []]);
    return Buffer.concat([Buffer.from(this.encoder.version, 'latin1'), ...parts.flat()]);
  }

  /** One vector per sentence; what is not known yet is encoded, some milliseconds each. */
  async of(sentences: readonly string[]): Promise<Float32Array[]> {
    const missing = [...new Set(sentences)].filter((text) => !this.known.has(keyOf(text)));
    // Together with sentences of the same length nothing is padded.
    missing.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const vectors = await this.encoder.encode(missing);
    missing.forEach((text, at) => {
      const vector = vectors[at];
      if (vector) this.known.set(keyOf(text), packed(vector));
    });
    return sentences.map((text) => unpacked(this.known.get(keyOf(text)), this.encoder.size));
  }
}

const keyOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 2 * KEY_BYTES);

function packed(vector: Float32Array): Buffer {
  const scale = vector.reduce((most, number) => Math.max(most, Math.abs(number)), 0) || 1;
  const bytes = Buffer.alloc(4 + vector.length);
  bytes.writeFloatLE(scale, 0);
  vector.forEach((number, at) => {
    bytes.writeInt8(Math.round((number / scale) * STEPS), 4 + at);
  });
  return bytes;
}

function unpacked(bytes: Buffer | undefined, size: number): Float32Array {
  const vector = new Float32Array(size);
  if (!bytes) return vector;
  const scale = bytes.readFloatLE(0) / STEPS;
  return vector.map((_, at) => scale * bytes.readInt8(4 + at));
}
