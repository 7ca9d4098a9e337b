import { Worker } from 'node:worker_threads';
import { ProductError } from '../errors';
import type { UnderstandingOptions } from './index';
import type { Asked, Understanding, Understood } from './types';
import type { Question, Said } from './worker';

/** How the understanding came about. */
type Ready = Pick<Extract<Said, { kind: 'ready' }>, 'encoder' | 'fromCache'>;

export interface ThreadOptions extends UnderstandingOptions {
  /** The compiled `worker`. */
  readonly workerFile: string;
  /** Called each time the thread is ready, which it is again after a fault. */
  readonly onReady?: (ready: Ready) => void;
}

/** No message takes so long, unless the thread hangs: it is started anew. */
const PATIENCE_MS = 15_000;

interface Waiting {
  readonly resolve: (understood: Understood) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/**
 * Starts the understanding in a thread of its own.
 * @throws ProductError KnowledgeInvalid when the utterances do not fit the passages and intents.
 */
export async function startUnderstanding(options: ThreadOptions): Promise<Understanding> {
  const thread = new UnderstandingThread(options);
  await thread.ready();
  return thread;
}

class UnderstandingThread implements Understanding {
  private running: Promise<Worker> | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private lastId = 0;

  constructor(private readonly options: ThreadOptions) {}

  ready(): Promise<Worker> {
    this.running ??= this.start();
    return this.running;
  }

  async understand(text: string, before?: Asked): Promise<Understood> {
    const worker = await this.ready();
    this.lastId += 1;
    const question: Question = { id: this.lastId, text, before };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => void worker.terminate(), PATIENCE_MS);
      this.waiting.set(question.id, { resolve, reject, timer });
      // Only while it is asked something does it keep the process alive.
      worker.ref();
      worker.postMessage(question);
    });
  }

  async close(): Promise<void> {
    const running = this.running;
    this.running = undefined;
    await (await running)?.terminate();
  }

  private start(): Promise<Worker> {
    const { workerFile, onReady, ...options } = this.options;
    const worker = new Worker(workerFile, { workerData: options });
    return new Promise((resolve, reject) => {
      let isOver = false;
      const over = (error: Error): void => {
        // An error is followed by an exit, when the next thread may be at work already.
        if (isOver) return;
        isOver = true;
        this.running = undefined;
        this.failAll();
        reject(error);
      };
      worker.on('error', over);
      worker.on('exit', () => {
        over(new ProductError('UnderstandingStopped', 'The understanding has stopped.'));
      });
      worker.on('message', (said: Said) => {
        if (said.kind === 'ready') {
          worker.unref();
          onReady?.(said);
          resolve(worker);
        } else if (said.kind === 'invalid')
          over(new ProductError('KnowledgeInvalid', said.message));
        else this.settle(said, worker);
      });
    });
  }

  private settle(said: Extract<Said, { id: number }>, worker: Worker): void {
    const waiting = this.waiting.get(said.id);
    if (!waiting) return;
    this.waiting.delete(said.id);
    clearTimeout(waiting.timer);
    if (this.waiting.size === 0) worker.unref();
    if (said.kind === 'read') waiting.resolve(said.understood);
    else waiting.reject(failure());
  }

  private failAll(): void {
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(failure());
    }
    this.waiting.clear();
  }
}

const failure = (): ProductError =>
  new ProductError('UnderstandingStopped', 'A message could not be understood.');
