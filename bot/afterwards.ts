import { AsyncResource } from 'node:async_hooks';
import type { Log } from '../services/ports';

/** Does things once what runs now is over: outside its turn, in whose line they then stand like any other. */
export function afterwards(log: Log): (job: () => Promise<unknown>) => void {
  const outside = new AsyncResource('afterwards');
  return (job) => {
    outside.runInAsyncScope(() =>
      setImmediate(() => {
        job().catch((error: unknown) => {
          log.error('job.failed', { error });
        });
      }),
    );
  };
}
