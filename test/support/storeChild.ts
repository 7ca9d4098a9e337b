import { once } from 'node:events';
import { createConnection } from 'mongoose';
import { startEmbeddedStore } from '../../models/embedded';

/**
 * A process of its own around the embedded store, for tests that kill it: `storeChild DIRECTORY hold|write|race [START]`.
 * `race` prints `ready` and waits for its input before it starts. Prints a line `uri URI` once it has started; `write` then prints `ack N` for each acknowledged insert, from START on, and
 * `refused MESSAGE` for a refused one, then `then MESSAGE` for what a find says, and `closed` once it has closed.
 */
async function main(directory: string, mode: string, start: number): Promise<void> {
  if (mode === 'race') {
    process.stdout.write('ready\n');
    await once(process.stdin, 'data');
  }
  const store = await startEmbeddedStore({ directory });
  process.stdout.write(`uri ${store.uri}\n`);
  if (mode !== 'write') {
    setInterval(() => undefined, 1000);
    return;
  }
  await writeOn(store.uri, start);
  await store.close();
  process.stdout.write('closed\n');
}

const WRITERS = 8;

async function writeOn(uri: string, start: number): Promise<void> {
  const connection = await createConnection(uri, { maxPoolSize: WRITERS }).asPromise();
  const kept = connection.collection<{ _id: number; text: string }>('kept');
  const counters = connection.collection<{ _id: string; n: number }>('counters');
  let next = start;
  const say = (error: unknown): string => (error instanceof Error ? error.message : 'unknown');
  const write = async (): Promise<void> => {
    for (;;) {
      const n = next++;
      await kept.insertOne({ _id: n, text: 'x'.repeat(500) });
      await counters.updateOne({ _id: 'all' }, { $inc: { n: 1 } }, { upsert: true });
      process.stdout.write(`ack ${n}\n`);
    }
  };
  try {
    await Promise.all(Array.from({ length: WRITERS }, write));
  } catch (error) {
    process.stdout.write(`refused ${say(error)}\n`);
    const outcome = await kept.findOne({ _id: start }).then(() => 'answered', say);
    process.stdout.write(`then ${outcome}\n`);
  }
  await connection.close();
}

const [, , directory = '', mode = 'hold', start = '0'] = process.argv;
main(directory, mode, Number(start)).catch((error: unknown) => {
  process.stdout.write(`failed ${error instanceof Error ? error.message : 'unknown'}\n`);
  process.exit(1);
});
