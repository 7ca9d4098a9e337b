import { parentPort, workerData } from 'node:worker_threads';
import { ProductError } from '../errors';
import { createUnderstanding, type UnderstandingOptions } from './index';
import type { Asked, Understood } from './types';

/** What the thread is asked. */
export interface Question {
  readonly id: number;
  readonly text: string;
  readonly before?: Asked | undefined;
}

/** What the thread says: once how it came about or why it did not, then a reading for each question. */
export type Said =
  | { readonly kind: 'ready'; readonly encoder: boolean; readonly fromCache: boolean }
  | { readonly kind: 'invalid'; readonly message: string }
  | { readonly kind: 'read'; readonly id: number; readonly understood: Understood }
  | { readonly kind: 'failed'; readonly id: number };

/** The understanding in a thread of its own: learning and encoding never hold up the chat of others. */
async function run(port: NonNullable<typeof parentPort>): Promise<void> {
  const say = (said: Said): void => {
    port.postMessage(said);
  };
  try {
    const created = await createUnderstanding(workerData as UnderstandingOptions);
    const { understanding, encoder, fromCache } = created;
    // One after another: the encoder works on one text at a time anyway.
    let last: Promise<void> = Promise.resolve();
    port.on('message', ({ id, text, before }: Question) => {
      last = last.then(async () => {
        try {
          say({ kind: 'read', id, understood: await understanding.understand(text, before) });
        } catch {
          say({ kind: 'failed', id });
        }
      });
    });
    await understanding.understand('do you sell my data');
    say({ kind: 'ready', encoder, fromCache });
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    say({ kind: 'invalid', message: error.message });
  }
}

if (parentPort) void run(parentPort);
