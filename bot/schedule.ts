import type { Log } from '../services/ports';

/** Something that is done again and again; several processes may do it at once. */
export interface Sweep {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<unknown>;
}

/** Runs the sweeps: each at its pace, at once when kicked, never twice at a time in this process. */
export class Schedule {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Map<Sweep, Promise<void>>();
  private readonly again = new Set<Sweep>();
  private stopped = false;

  constructor(
    private readonly sweeps: readonly Sweep[],
    private readonly log: Log,
  ) {}

  start(): void {
    for (const sweep of this.sweeps) {
      this.kick(sweep);
      const timer = setInterval(() => {
        this.kick(sweep);
      }, sweep.everyMs);
      this.timers.add(timer);
    }
  }

  /** Runs a sweep now; one that is running runs once more. */
  kick(sweep: Sweep): void {
    if (this.stopped) return;
    if (this.running.has(sweep)) {
      this.again.add(sweep);
      return;
    }
    const run = this.guarded(sweep).finally(() => {
      this.running.delete(sweep);
      if (this.again.delete(sweep)) this.kick(sweep);
    });
    this.running.set(sweep, run);
  }

  /** Runs every sweep once, in their order, each after what is under way. */
  async runAll(): Promise<void> {
    for (const sweep of this.sweeps) {
      this.kick(sweep);
      while (this.running.has(sweep)) await this.running.get(sweep);
    }
  }

  /** Starts no further sweep, and resolves when those that run have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.running.values());
  }

  private async guarded(sweep: Sweep): Promise<void> {
    try {
      await sweep.run();
    } catch (error) {
      this.log.error('sweep.failed', { kind: sweep.name, error });
    }
  }
}
