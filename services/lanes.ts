/** Runs jobs one at a time per key, in the order they were given; jobs of different keys run side by side. */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** Resolves or rejects with the job; a job that fails does not hold up the next. */
  run<T>(key: string, job: () => Promise<T>): Promise<T> {
    // Never at once: what the job itself runs under its key must find it in line.
    const result = (this.tails.get(key) ?? Promise.resolve()).then(job);
    const tail = result
      .catch(() => undefined)
      .then(() => {
        if (this.tails.get(key) === tail) this.tails.delete(key);
      });
    this.tails.set(key, tail);
    return result;
  }

  /** Whether a job of this key is running or waiting. */
  busy(key: string): boolean {
    return this.tails.has(key);
  }

  /** Resolves when every lane has run empty. */
  async idle(): Promise<void> {
    while (this.tails.size > 0) await Promise.all(this.tails.values());
  }
}
