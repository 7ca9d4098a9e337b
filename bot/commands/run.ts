import { ProductError } from '../../services/errors';

/** Lines for the person at the terminal, and whether all is well; 1 is the exit code where it is not. */
export interface CommandReport {
  readonly lines: readonly string[];
  readonly sound?: boolean;
}

/** Runs a command to its end; what can be expected is told in words, without the inside. */
export function runCommand(command: () => Promise<CommandReport>): void {
  command().then(
    ({ lines, sound = true }) => {
      console.log(lines.join('\n'));
      if (!sound) process.exitCode = 1;
    },
    (error: unknown) => {
      console.error(error instanceof ProductError ? error.message : error);
      process.exitCode = 1;
    },
  );
}
