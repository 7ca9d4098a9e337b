import type { StaffAccount } from '../../models/staffAccounts';
import { attempt, noteKnown } from './attempts';
import { auditOf, type AccountParts } from './parts';
import { isPassword } from './passwords';
import { stepOfCode } from './secondFactor';
import { begin, drawToken, type BegunSession } from './sessions';

/** What is typed to sign in. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of the second factor. */
  readonly code?: string | undefined;
}

/** What came of it; `wrong` says not what was wrong. */
export type SignedIn =
  BegunSession | { readonly outcome: 'codeNeeded' } | { readonly outcome: 'wrong' | 'throttled' };

/** Signs somebody in: the same, and as slow, whether or not there is such an account. */
export async function signIn(
  parts: AccountParts,
  { email, password, code }: Credentials,
  origin: string,
): Promise<SignedIn> {
  const counted = await attempt(parts, email, origin);
  if (!counted) return { outcome: 'throttled' };
  const account = await parts.accounts.byEmail(email);
  const known = await isPassword(password, account?.passwordHash);
  if (known && account?.state === 'active') {
    if (account.totpConfirmed && code === undefined) {
      await counted.right();
      return { outcome: 'codeNeeded' };
    }
    const begun = await withFactors(parts, account, code);
    if (begun) {
      await counted.right();
      await noteKnown(parts, email, origin);
      return begun;
    }
  }
  await counted.wrong();
  return { outcome: 'wrong' };
}

/** @returns nothing for a wrong code, or one that was taken before. */
async function withFactors(
  parts: AccountParts,
  account: StaffAccount,
  code: string | undefined,
): Promise<BegunSession | undefined> {
  const { totpConfirmed, totpSecret = '' } = account;
  const step = totpConfirmed ? stepOfCode(totpSecret, code ?? '', parts.clock.now()) : undefined;
  if (totpConfirmed && step === undefined) return undefined;
  const drawn = drawToken(parts);
  const mark = `signIn-${drawn.id.slice(0, 16)}`;
  const by = account.email ?? 'desk';
  const audit = auditOf(parts, account, 'account.signedIn', mark, by, {
    secondFactor: totpConfirmed,
  });
  if (!(await parts.accounts.noteSignIn(account, step, [audit]))) return undefined;
  parts.onEffects();
  parts.log.info('account.signedIn');
  return begin(parts, account, drawn);
}
