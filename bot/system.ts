import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { Clock, Ids } from '../services/ports';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** The machine's cryptographic randomness. */
export const systemIds: Ids = {
  uuid: randomUUID,
  bytes: randomBytes,
  int: (below) => randomInt(below),
};
