import { createHash } from 'node:crypto';
import type { Clock, Ids } from '../../services/ports';

/** A clock that a test sets. */
export class TestClock implements Clock {
  constructor(private instant: Date) {}

  now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date): void {
    this.instant = instant;
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}

/** Identifiers that are the same in every run, and all different within one. */
export function countedIds(seed = 'ids'): Ids {
  let drawn = 0;
  const next = (): Buffer => {
    drawn += 1;
    return createHash('sha256').update(`${seed}${drawn}`).digest();
  };
  return {
    uuid() {
      const hex = next().toString('hex');
      return [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `8${hex.slice(17, 20)}`,
        hex.slice(20, 32),
      ].join('-');
    },
    bytes(length) {
      let bytes = Buffer.alloc(0);
      while (bytes.length < length) bytes = Buffer.concat([bytes, next()]);
      return bytes.subarray(0, length);
    },
    int: (below) => next().readUIntBE(0, 6) % below,
  };
}
