import { fork } from 'node:child_process';
import { once } from 'node:events';
import { policyOf, understandingOf } from '../bot/desk';
import { createLog } from '../bot/log';
import type { Understanding } from '../services/understanding/types';

/** The product's own understanding, in its thread; what it has learnt is in the cache afterwards. */
export const startOurs = (): Promise<Understanding> =>
  understandingOf(policyOf(), createLog('info'));

/** In a process of its own: reads one message, and says how old the process is by then. */
export async function tellStart(): Promise<void> {
  const understanding = await startOurs();
  await understanding.understand('who can see my data?');
  process.send?.(performance.now());
  await understanding.close?.();
  process.disconnect();
}

/**
 * Milliseconds from the start of a process until it has read its first message, by the median of some processes.
 * @param program answers to the argument `start` with `tellStart`.
 */
export async function startMs(program: string, processes: number): Promise<number> {
  const times: number[] = [];
  for (let number = 0; number < processes; number += 1) {
    const child = fork(program, ['start'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const exited = once(child, 'exit');
    const [ms] = (await Promise.race([once(child, 'message'), exited])) as [number];
    await exited;
    times.push(ms);
  }
  return times.sort((a, b) => a - b)[Math.floor(processes / 2)] ?? 0;
}
