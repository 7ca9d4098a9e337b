import type { AttemptRecords } from '../models/attempts';
import type { Clock } from './ports';

/** How many there may be in a window of time, which begins with the first. */
export interface Limit {
  readonly most: number;
  readonly windowMs: number;
}

/** Counts attempts against limits; the counts are stored, so that a restart forgives nothing. */
export class Limits {
  constructor(
    private readonly records: AttemptRecords,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt, atomically; false, and nothing counted, when there were as many as may be.
   * @param name a fixed name of the limit, such as `case/reference`; each limit has its own.
   * @param value whose attempts are counted; kept as a keyed hash only.
   */
  take(name: string, value: string, limit: Limit): Promise<boolean> {
    const now = this.clock.now();
    const windowEndsAt = new Date(now.getTime() + limit.windowMs);
    return this.records.take(name, value, limit.most, now, windowEndsAt);
  }

  /** Until when there are as many as may be, undefined when there are not; counts nothing. */
  fullUntil(name: string, value: string, { most }: Limit): Promise<Date | undefined> {
    return this.records.fullUntil(name, value, most, this.clock.now());
  }

  /** Forgets the counts that are over. */
  removeOld(): Promise<void> {
    return this.records.removeOver(this.clock.now());
  }

  /** Notes something for a while from now on, such as where somebody was; kept as a keyed hash only. */
  note(name: string, value: string, lastsMs: number): Promise<void> {
    return this.records.note(name, value, new Date(this.clock.now().getTime() + lastsMs));
  }

  /** Whether it was noted, and the while is not over. */
  async isNoted(name: string, value: string): Promise<boolean> {
    return (await this.fullUntil(name, value, { most: 1, windowMs: 0 })) !== undefined;
  }

  /** Takes a counted attempt back, as when it turned out to be right. */
  giveBack(name: string, value: string): Promise<void> {
    return this.records.giveBack(name, value);
  }
}
