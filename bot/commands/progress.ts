import { SingleBar } from 'cli-progress';

/** A progress bar on standard error; where that is no terminal, nothing is shown. */
export function progressBar(what: string): {
  readonly show: (done: number, of: number) => void;
  readonly end: () => void;
} {
  const bar = new SingleBar({
    format: `${what} {bar} {value}/{total}`,
    hideCursor: true,
    clearOnComplete: true,
    stopOnComplete: false,
    stream: process.stderr,
  });
  let begun = false;
  return {
    show: (done, of) => {
      if (!begun) bar.start(of, done);
      else bar.setTotal(of);
      begun = true;
      bar.update(done);
    },
    end: () => {
      if (begun) bar.stop();
    },
  };
}
