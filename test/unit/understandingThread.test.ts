import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startUnderstanding, type ThreadOptions } from '../../services/understanding/thread';

let directory: string;
let ready: number;

/** A thread of a few lines, that dies when it is told to. */
const options = (program: string): ThreadOptions => {
  const workerFile = path.join(directory, 'worker.js');
  writeFileSync(
    workerFile,
    `const { parentPort } = require('node:worker_threads');
    const say = (said) => parentPort.postMessage(said);
    ${program}`,
  );
  return {
    ...{ workerFile, passages: new Map(), utterancesDirectory: '' },
    ...{ thresholdsFile: '', embeddingsFile: '' },
    onReady: () => {
      ready += 1;
    },
  };
};
const OBEDIENT = `
  say({ kind: 'ready', encoder: true, fromCache: true });
  parentPort.on('message', ({ id, text }) => {
    if (text === 'die') process.exit(1);
    if (text === 'throw') throw new Error('a fault');
    say(text === 'fail' ? { kind: 'failed', id } : { kind: 'read', id, understood: { intent: text } });
  });`;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'thread-'));
  ready = 0;
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

test('each message gets its own reading, however many wait', async () => {
  const understanding = await startUnderstanding(options(OBEDIENT));
  const texts = ['yes', 'no', 'thanks', 'cancel'];
  const read = await Promise.all(texts.map((text) => understanding.understand(text)));
  expect(read.map(({ intent }) => intent)).toEqual(texts);
  await understanding.close?.();
});

test.each(['die', 'throw'])(
  'a thread that stops (%s) fails what waits for it, and the next message starts another',
  async (text) => {
    const understanding = await startUnderstanding(options(OBEDIENT));
    const stopped = { code: 'UnderstandingStopped' };
    await expect(understanding.understand(text)).rejects.toMatchObject(stopped);
    await expect(understanding.understand('yes')).resolves.toEqual({ intent: 'yes' });
    expect(ready).toBe(2);
    await understanding.close?.();
  },
);

test('a message that cannot be read fails alone', async () => {
  const understanding = await startUnderstanding(options(OBEDIENT));
  const failed = understanding.understand('fail');
  await expect(failed).rejects.toMatchObject({ code: 'UnderstandingStopped' });
  await expect(understanding.understand('no')).resolves.toEqual({ intent: 'no' });
  expect(ready).toBe(1);
  await understanding.close?.();
});

test('utterances that do not fit are told at the start, in words', async () => {
  const program = `say({ kind: 'invalid', message: 'yes.txt: The file is missing.' });`;
  await expect(startUnderstanding(options(program))).rejects.toMatchObject({
    code: 'KnowledgeInvalid',
    message: 'yes.txt: The file is missing.',
  });
});
