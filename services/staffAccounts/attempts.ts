import { comparable } from '../addresses';
import type { Limit } from '../limits';
import type { AccountParts } from './parts';
import { auditOf } from './parts';

const MINUTE_MS = 60 * 1000;

const DAY_MS = 24 * 60 * MINUTE_MS;

const OF_ACCOUNT = 'desk/signIn/account';
const OF_ACCOUNT_THERE = 'desk/signIn/accountThere';
const OF_ORIGIN = 'desk/signIn/origin';
/** Where somebody has signed in: who guesses elsewhere does not shut them out there. */
const KNOWN = 'desk/signIn/known';
const KNOWN_FOR_MS = 30 * DAY_MS;
/**
 * Wrong passwords and codes for one address, whether or not there is an account: from all networks together that its owner
 * was not at in the last 30 days, and from each of the others.
 */
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
  const there = placeOf(email, origin);
  const known = await limits.isNoted(KNOWN, there);
  const [counter, counted] = known ? [OF_ACCOUNT_THERE, there] : [OF_ACCOUNT, address];
  if (!(await limits.take(OF_ORIGIN, origin, PER_ORIGIN))) {
    log.warn('account.throttled', { kind: 'origin' });
    return undefined;
  }
  if (!(await limits.take(counter, counted, PER_ACCOUNT))) {
    log.warn('account.throttled', { kind: 'account' });
    return undefined;
  }
  return {
    async right() {
      await limits.giveBack(counter, counted);
      await limits.giveBack(OF_ORIGIN, origin);
    },
    async wrong() {
      log.warn('account.wrongSignIn');
      const until = await limits.fullUntil(counter, counted, PER_ACCOUNT);
      if (!until) return;
      const id = (await accounts.byEmail(email))?.id ?? NOBODY;
      const mark = `guessed-${until.getTime()}${known ? '-there' : ''}`;
      await accounts.addEffects(id, [auditOf(parts, { id }, 'account.guessed', mark, 'desk')]);
      parts.onEffects();
    },
  };
}

/** Notes that somebody has signed in from a network, with all that is asked for. */
export const noteKnown = (
  { limits }: Pick<AccountParts, 'limits'>,
  email: string,
  origin: string,
): Promise<void> => limits.note(KNOWN, placeOf(email, origin), KNOWN_FOR_MS);

const placeOf = (email: string, origin: string): string => `${comparable(email)} ${origin}`;
