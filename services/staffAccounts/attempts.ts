import { comparable } from '../addresses';
import type { Limit } from '../limits';
import type { AccountParts } from './parts';
import { auditOf } from './parts';

const MINUTE_MS = 60 * 1000;

const OF_ACCOUNT = 'desk/signIn/account';
const OF_ORIGIN = 'desk/signIn/origin';
/** Wrong passwords and codes for one address, whether or not there is an account. */
const PER_ACCOUNT: Limit = { most: 10, windowMs: 15 * MINUTE_MS };
/** And from one household or office. */
const PER_ORIGIN: Limit = { most: 50, windowMs: 60 * MINUTE_MS };

/** An attempt to prove who one is. */
export interface Attempt {
  /** It was right: it counts no more. */
  right(): Promise<void>;
  /** It was wrong: it stays counted, and the last one that may be is told to the audit log. */
  wrong(): Promise<void>;
}

/** Of nobody: an address without an account costs the same. */
const NOBODY = 'nobody';

/**
 * Counts an attempt before it is looked at, so that attempts at once cannot be more than may be.
 * @param origin what tells households and offices apart.
 * @returns undefined when there were as many as may be.
 */
export async function attempt(
  parts: AccountParts,
  email: string,
  origin: string,
): Promise<Attempt | undefined> {
  const { limits, accounts, log } = parts;
  const address = comparable(email);
  if (!(await limits.take(OF_ORIGIN, origin, PER_ORIGIN))) {
    log.warn('account.throttled', { kind: 'origin' });
    return undefined;
  }
  if (!(await limits.take(OF_ACCOUNT, address, PER_ACCOUNT))) {
    log.warn('account.throttled', { kind: 'account' });
    return undefined;
  }
  return {
    async right() {
      await limits.giveBack(OF_ACCOUNT, address);
      await limits.giveBack(OF_ORIGIN, origin);
    },
    async wrong() {
      log.warn('account.wrongSignIn');
      const until = await limits.fullUntil(OF_ACCOUNT, address, PER_ACCOUNT);
      if (!until) return;
      const id = (await accounts.byEmail(email))?.id ?? NOBODY;
      const mark = `guessed-${until.getTime()}`;
      await accounts.addEffects(id, [auditOf(parts, { id }, 'account.guessed', mark, 'desk')]);
      parts.onEffects();
    },
  };
}
