import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Embeddings } from '../../services/understanding/embeddings';
import type { Encoder } from '../../services/understanding/encoder';
import type { Example } from '../../services/understanding/knowledge';
import { learnOrRead } from '../../services/understanding/learning';
import { normalise } from '../../services/understanding/normalise';

const EXAMPLES: Example[] = [
  { label: 'yes', text: normalise('that is my address') },
  { label: 'update_data', text: normalise('my telephone number is new') },
];

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'learning-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('what was learnt', () => {
  const learnt = (examples = EXAMPLES) =>
    learnOrRead(examples, undefined, { embeddingsFile: '', cacheDirectory: directory });
  const files = (): string[] => readdirSync(directory);

  test('is read the next time, and is the same', async () => {
    const first = await learnt();
    const second = await learnt();
    expect([first.fromCache, second.fromCache]).toEqual([false, true]);
    expect([...second.learnt.linear.weights]).toEqual([...first.learnt.linear.weights]);
    expect(second.learnt.classes).toEqual(['update_data', 'yes']);
  });

  test('of other examples is learnt anew, and takes the place of the old', async () => {
    await learnt();
    const before = files();
    const other = await learnt(EXAMPLES.slice(0, 1));
    expect(other.fromCache).toBe(false);
    expect(files()).toHaveLength(1);
    expect(files()).not.toEqual(before);
  });

  test('is learnt anew where half of the file is missing', async () => {
    await learnt();
    truncateSync(path.join(directory, files()[0]!), 100);
    expect((await learnt()).fromCache).toBe(false);
    expect((await learnt()).fromCache).toBe(true);
  });

  test('is learnt where nothing can be kept', async () => {
    const cacheDirectory = path.join(directory, 'a file');
    writeFileSync(cacheDirectory, '');
    const { fromCache } = await learnOrRead(EXAMPLES, undefined, {
      ...{ embeddingsFile: '', cacheDirectory },
    });
    expect(fromCache).toBe(false);
  });
});

describe('meanings that were written down', () => {
  let encoded: string[];
  const encoder = (version: string): Encoder => ({
    ...{ size: 3, version },
    encode(sentences) {
      encoded.push(...sentences);
      return Promise.resolve(sentences.map((text) => Float32Array.of(1, -0.5, text.length / 100)));
    },
  });
  const A = 'a'.repeat(16);
  const B = 'b'.repeat(16);
  const file = (): string => path.join(directory, 'embeddings.bin');
  beforeEach(async () => {
    encoded = [];
    writeFileSync(file(), await new Embeddings(encoder(A)).write(['one', 'three', 'one']));
  });

  test('each sentence is encoded once, and only a new one again', async () => {
    expect(encoded).toEqual(['one', 'three']);
    const embeddings = new Embeddings(encoder(A));
    embeddings.read(file());
    const [known, added] = await embeddings.of(['one', 'seven']);
    expect(encoded).toEqual(['one', 'three', 'seven']);
    expect(known![0]).toBeCloseTo(1, 2);
    expect(known![1]).toBeCloseTo(-0.5, 2);
    expect(added![2]).toBeCloseTo(0.05, 2);
  });

  test.each([
    ['of another encoder', B],
    ['cut short', A],
  ])('a file %s is not believed', async (what, version) => {
    if (what === 'cut short') truncateSync(file(), 20);
    const embeddings = new Embeddings(encoder(version));
    embeddings.read(file());
    await embeddings.of(['one']);
    expect(encoded).toEqual(['one', 'three', 'one']);
  });
});
