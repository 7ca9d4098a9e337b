import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { ProductError } from '../../services/errors';

/** So many points in so many seconds. */
export interface Rate {
  readonly points: number;
  readonly seconds: number;
}

/** How much of the channel one client can take; a person at a keyboard meets none of these. */
export interface DirectLineLimits {
  /** Activities that one conversation may post at once. */
  readonly burst: Rate;
  /** Activities that one conversation may post over a while. */
  readonly steady: Rate;
  /** Calls from one address by callers who do not hold the secret; generous, since an office shares an address. */
  readonly calls: Rate;
  /** Tokens for the page from one address. */
  readonly pageTokens: Rate;
  /** Bytes of a request body. */
  readonly bodyBytes: number;
  /** Sockets open on one conversation, so that several tabs work; one more closes the oldest. */
  readonly socketsPerConversation: number;
  /** How often sockets are pinged, and caught up with what other processes appended, in milliseconds. */
  readonly keepAliveMs: number;
}

/** The limits of the product. */
export const LIMITS: DirectLineLimits = {
  burst: { points: 10, seconds: 1 },
  steady: { points: 60, seconds: 60 },
  calls: { points: 1200, seconds: 60 },
  pageTokens: { points: 60, seconds: 60 },
  bodyBytes: 256 * 1024,
  socketsPerConversation: 4,
  keepAliveMs: 15_000,
};

/** A limit was met: the caller may try again after some whole seconds. */
export class TooManyRequests extends ProductError {
  constructor(readonly retryAfterSeconds: number) {
    super('TooManyRequests', 'That was a lot at once. Please wait a moment and try again.');
  }
}

/** Counts what each client takes, in this process. */
export class Throttle {
  private readonly limiters: readonly RateLimiterMemory[];

  constructor(...rates: readonly Rate[]) {
    this.limiters = rates.map(
      ({ points, seconds }) => new RateLimiterMemory({ points, duration: seconds }),
    );
  }

  /** Takes one point of every rate; throws TooManyRequests when one is used up. */
  async take(client: string): Promise<void> {
    for (const limiter of this.limiters) {
      try {
        await limiter.consume(client);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new TooManyRequests(Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)));
      }
    }
  }
}
