import type { StaffAccount } from '../../models/staffAccounts';
import { ProductError } from '../errors';
import type { Limit } from '../limits';
import { needsSecondFactor, type Role } from '../roles';
import { noteKnown } from './attempts';
import { nameOf, whyNotEmail, whyNotName, type Invalid } from './details';
import { afterwards, auditOf, rolesOf, type AccountParts } from './parts';
import { hashPassword, whyNotPassword } from './passwords';
import { stepOfCode, totpSetUp, type TotpSetUp } from './secondFactor';
import { begin, drawToken, type BegunSession } from './sessions';

/** An invitation that is of no use. */
interface Closed {
  readonly outcome: 'used' | 'expired' | 'unknown';
}

/** An invitation as whoever has its link sees it. */
export type LookedAtInvitation =
  | {
      readonly outcome: 'open';
      /** Absent for the first administrator, who says it. */
      readonly email?: string;
      readonly name: string;
      readonly roles: readonly Role[];
      readonly totpNeeded: boolean;
      readonly totp: TotpSetUp;
    }
  | Closed;

/** What is typed to set up an account. */
export interface Acceptance {
  readonly name: string;
  /** Counts only where the account has none. */
  readonly email?: string | undefined;
  readonly password: string;
  /** Of the second factor. */
  readonly code?: string | undefined;
}

export type Accepted =
  | BegunSession
  | Closed
  | { readonly outcome: 'wrongCode' | 'codeNeeded' | 'emailTaken' }
  | Invalid<'name' | 'email' | 'password'>;

const LIMIT = 'desk/invitation/origin';
/** A password takes a while to hash. */
const PER_ORIGIN: Limit = { most: 100, windowMs: 60 * 60 * 1000 };

/** How an invitation stands; changes nothing. */
export async function lookAtInvitation(
  parts: AccountParts,
  token: string,
): Promise<LookedAtInvitation> {
  const found = await opened(parts, token);
  if ('outcome' in found) return found;
  const { email, name, totpSecret = '' } = found;
  const roles = rolesOf(found);
  return {
    ...{ outcome: 'open', name, roles, totpNeeded: needsSecondFactor(roles) },
    ...(email === undefined ? {} : { email }),
    totp: totpSetUp(totpSecret, email ?? 'administrator'),
  };
}

/**
 * Sets up an account, once, and signs its owner in.
 * @throws ProductError `TooManyRequests`.
 */
export async function accept(
  parts: AccountParts,
  token: string,
  acceptance: Acceptance,
  origin: string,
): Promise<Accepted> {
  if (!(await parts.limits.take(LIMIT, origin, PER_ORIGIN)))
    throw new ProductError('TooManyRequests', 'That was too often. Please try again in an hour.');
  const account = await opened(parts, token);
  if ('outcome' in account) return account;
  const email = account.email ?? acceptance.email?.trim() ?? '';
  const name = nameOf(acceptance.name);
  const invalid = whatIsInvalid(parts, { ...acceptance, email, name });
  if (invalid) return invalid;
  const factor = factorOf(parts, account, acceptance.code);
  if ('outcome' in factor) return factor;
  const { invitation: _used, ...rest } = account;
  const changed: StaffAccount = {
    ...{ ...rest, ...factor, email, name, state: 'active', epoch: account.epoch + 1 },
    passwordHash: await hashPassword(acceptance.password),
  };
  const accepted = await activated(parts, account, changed, token);
  if (accepted.outcome === 'signedIn') await noteKnown(parts, email, origin);
  return accepted;
}

async function activated(
  parts: AccountParts,
  account: StaffAccount,
  changed: StaffAccount,
  token: string,
): Promise<Accepted> {
  const drawn = drawToken(parts);
  const { email = '', totpConfirmed } = changed;
  const mark = `activated-${drawn.id.slice(0, 16)}`;
  const facts = { roles: rolesOf(changed).join(','), secondFactor: totpConfirmed };
  const audit = auditOf(parts, account, 'account.activated', mark, email, facts);
  const outcome = await parts.accounts.change(changed, [audit]);
  if (outcome !== 'changed') return { outcome: outcome === 'stale' ? 'used' : 'emailTaken' };
  // Only to be told that it is used: the account has decided it.
  await parts.links.use(token, account.id);
  await afterwards(parts, account, changed);
  return begin(parts, changed, drawn);
}

/** The account that an open invitation sets up. */
async function opened(parts: AccountParts, token: string): Promise<StaffAccount | Closed> {
  const looked = await parts.links.look(token);
  if (looked.outcome !== 'open') return { outcome: looked.outcome };
  if (looked.purpose.kind !== 'invite') return { outcome: 'unknown' };
  const account = await parts.accounts.byId(looked.purpose.accountId);
  if (!account) return { outcome: 'unknown' };
  // A newer one was sent, or the account was disabled.
  if (account.state !== 'invited' || account.invitation !== looked.id)
    return { outcome: 'expired' };
  // Where two processes printed a link, the first to be used makes the administrator.
  if (account.email === undefined && (await parts.accounts.hasActive('administrator')))
    return { outcome: 'used' };
  return account;
}

function whatIsInvalid(
  { deskMailboxes }: AccountParts,
  typed: { readonly name: string; readonly email: string; readonly password: string },
): Invalid<'name' | 'email' | 'password'> | undefined {
  const whys = {
    email: whyNotEmail(typed.email, deskMailboxes),
    name: whyNotName(typed.name),
    password: whyNotPassword(typed.password, typed),
  };
  for (const field of ['email', 'name', 'password'] as const) {
    const why = whys[field];
    if (why !== undefined) return { outcome: 'invalid', field, why };
  }
  return undefined;
}

/** Who needs a second factor shows that it works; others may. */
function factorOf(
  { clock }: AccountParts,
  account: StaffAccount,
  code: string | undefined,
):
  | Pick<StaffAccount, 'totpConfirmed' | 'lastTotpStep'>
  | { readonly outcome: 'wrongCode' | 'codeNeeded' } {
  const { totpSecret = '', lastTotpStep } = account;
  if (code === undefined)
    return needsSecondFactor(rolesOf(account))
      ? { outcome: 'codeNeeded' }
      : { totpConfirmed: false, lastTotpStep };
  const step = stepOfCode(totpSecret, code, clock.now());
  return step === undefined
    ? { outcome: 'wrongCode' }
    : { totpConfirmed: true, lastTotpStep: step };
}
