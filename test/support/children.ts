import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process of a test, read line by line. */
export interface Child {
  readonly process: ChildProcess;
  /** The lines that it printed so far. */
  readonly lines: string[];
  /** The rest of the first line that begins so; rejects when the process ends without printing one. */
  line(prefix: string): Promise<string>;
  /** Resolves when at least so many lines begin so. */
  count(prefix: string, least: number): Promise<void>;
  /** Resolves when the process is gone and all that it printed was read. */
  readonly ended: Promise<void>;
  /** SIGKILL; resolves when the process is gone and all that it printed was read. */
  kill(): Promise<void>;
}

const REGISTER = require.resolve('./swcRegister.cjs');

/** Starts a TypeScript file as a process of its own. @param limit a file-size limit for it, in KiB. */
export function startChild(file: string, args: readonly string[], limit?: number): Child {
  const command = [process.execPath, '-r', REGISTER, file, ...args];
  const child =
    limit === undefined
      ? spawn(command[0]!, command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] })
      : spawn('bash', ['-c', `ulimit -f ${limit}; exec "$@"`, 'bash', ...command], {
          stdio: ['pipe', 'pipe', 'ignore'],
        });
  const lines: string[] = [];
  const watchers = new Set<() => void>();
  let ended = false;
  const look = (): void => {
    for (const watcher of [...watchers]) watcher();
  };
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    look();
  });
  const gone = new Promise<void>((resolve) => {
    reader.on('close', () => {
      ended = true;
      look();
      resolve();
    });
  });
  const until = (done: () => boolean, wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const watcher = (): void => {
        if (!done() && !ended) return;
        watchers.delete(watcher);
        if (done()) resolve();
        else
          reject(
            new Error(
              `The process ended before it printed ${wanted}; it printed: ${lines.slice(-3).join(' | ')}`,
            ),
          );
      };
      watchers.add(watcher);
      watcher();
    });
  const starting = (prefix: string): string[] => lines.filter((line) => line.startsWith(prefix));
  return {
    process: child,
    lines,
    ended: gone,
    line: async (prefix) => {
      await until(() => starting(prefix).length > 0, prefix);
      return starting(prefix)[0]!.slice(prefix.length).trim();
    },
    count: (prefix, least) => until(() => starting(prefix).length >= least, `${least} x ${prefix}`),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
