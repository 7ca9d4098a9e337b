import { createHash } from 'node:crypto';
import type { StaffAccount } from '../../models/staffAccounts';
import type { KeptSession } from '../../models/staffSessions';
import { needsSecondFactor, type Role } from '../roles';
import { rolesOf, type AccountParts } from './parts';

const MINUTE_MS = 60 * 1000;

/** Nothing was done for so long: it is over. */
export const SESSION_IDLE_MS = 30 * MINUTE_MS;
/** Whatever is done, it is over then. */
export const SESSION_LASTS_MS = 12 * 60 * MINUTE_MS;
/** What is done is noted no more often, so that it may count as up to so much older. */
const NOTED_EVERY_MS = MINUTE_MS;

const TOKEN_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Who is signed in, and with what. */
export interface StaffSession {
  readonly caller: {
    readonly accountId: string;
    readonly name: string;
    readonly email: string;
    readonly roles: readonly Role[];
    /** SHA-256 of the session's token, in hexadecimal. */
    readonly sessionId: string;
  };
  /** What shows that a call comes from the page that has the session. */
  readonly csrf: string;
  /** Nothing else may be done before. */
  readonly mustSetUpTotp: boolean;
  readonly hasTotp: boolean;
}

/** A session that begins; its token stands nowhere but with whoever signed in. */
export interface BegunSession {
  readonly outcome: 'signedIn';
  /** 256 random bits in base64url. */
  readonly token: string;
  readonly session: StaffSession;
}

/** A token drawn beforehand, so that what follows from signing in can be named by it. */
export function drawToken({ ids }: AccountParts): { readonly token: string; readonly id: string } {
  const token = ids.bytes(TOKEN_BYTES).toString('base64url');
  return { token, id: hashOf(token) };
}

/** Begins a session under a token that was never used: whoever planted one before gets nothing. */
export async function begin(
  { sessions, clock }: AccountParts,
  account: StaffAccount,
  { token, id }: ReturnType<typeof drawToken>,
): Promise<BegunSession> {
  const now = clock.now();
  await sessions.insert({
    ...{ id, accountId: account.id, epoch: account.epoch },
    ...{ createdAt: now, seenAt: now, removeAt: endOf({ createdAt: now, seenAt: now }) },
  });
  return { outcome: 'signedIn', token, session: viewOf(account, token) };
}

/**
 * Whose session a token is; nobody's when it is over, or its account has changed since.
 * @param passive whether it does not count as something done.
 */
export async function sessionOf(
  { sessions, accounts, clock }: AccountParts,
  token: string,
  passive: boolean,
): Promise<StaffSession | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const kept = await sessions.byId(hashOf(token));
  const now = clock.now();
  if (!kept || endOf(kept) <= now) return undefined;
  const account = await accounts.byId(kept.accountId);
  if (account?.state !== 'active' || account.epoch !== kept.epoch) return undefined;
  if (!passive && now.getTime() - kept.seenAt.getTime() >= NOTED_EVERY_MS)
    await sessions.touch({ ...kept, seenAt: now, removeAt: endOf({ ...kept, seenAt: now }) });
  return viewOf(account, token);
}

function endOf({ createdAt, seenAt }: Pick<KeptSession, 'createdAt' | 'seenAt'>): Date {
  const idle = seenAt.getTime() + SESSION_IDLE_MS;
  return new Date(Math.min(idle, createdAt.getTime() + SESSION_LASTS_MS));
}

function viewOf(account: StaffAccount, token: string): StaffSession {
  const { id: accountId, name, email = '', totpConfirmed: hasTotp } = account;
  const roles = rolesOf(account);
  return {
    caller: { accountId, name, email, roles, sessionId: hashOf(token) },
    // Whoever has the token has this, too, and nobody finds the token by it.
    csrf: createHash('sha256').update(`csrf\0${token}`).digest('base64url'),
    mustSetUpTotp: needsSecondFactor(roles) && !hasTotp,
    hasTotp,
  };
}

/** SHA-256 of a session's token, under which it is kept. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
