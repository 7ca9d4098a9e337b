import type { StaffAccount } from '../../models/staffAccounts';
import { attempt } from './attempts';
import type { Invalid } from './details';
import { altered, auditOf, type AccountParts } from './parts';
import { hashPassword, isPassword, whyNotPassword } from './passwords';
import { newTotpSecret, stepOfCode, totpSetUp, type TotpSetUp } from './secondFactor';
import { begin, drawToken, type BegunSession } from './sessions';

/**
 * Begins to set up a second factor with a new secret. One that is set up cannot be replaced so, or a page left open would
 * be enough to take an account over: an administrator invites its owner again.
 */
export async function beginTotp(
  parts: AccountParts,
  accountId: string,
): Promise<{ readonly outcome: 'begun'; readonly totp: TotpSetUp } | { outcome: 'setUpBefore' }> {
  const totpSecret = newTotpSecret(parts.ids);
  const changed = await altered(parts, accountId, (account) =>
    account.state === 'active' && !account.totpConfirmed
      ? { changed: { ...account, totpSecret }, effects: [] }
      : undefined,
  );
  if (changed?.totpSecret === undefined) return { outcome: 'setUpBefore' };
  return { outcome: 'begun', totp: totpSetUp(changed.totpSecret, changed.email ?? '') };
}

/** From now on the code is asked for; all sessions end, and the one who did it gets a new one. */
export async function confirmTotp(
  parts: AccountParts,
  accountId: string,
  code: string,
): Promise<BegunSession | { readonly outcome: 'wrongCode' }> {
  const changed = await altered(parts, accountId, (account) => {
    if (account.state !== 'active' || account.totpConfirmed || !account.totpSecret)
      return undefined;
    const step = stepOfCode(account.totpSecret, code, parts.clock.now());
    if (step === undefined || step <= account.lastTotpStep) return undefined;
    return withAudit(
      parts,
      { ...account, totpConfirmed: true, lastTotpStep: step, epoch: account.epoch + 1 },
      'secondFactor',
    );
  });
  return changed ? begin(parts, changed, drawToken(parts)) : { outcome: 'wrongCode' };
}

/** What came of changing a password: all sessions end, and the one who did it gets a new one. */
export type PasswordChanged =
  BegunSession | { readonly outcome: 'wrong' | 'throttled' } | Invalid<'password'>;

/** @param origin as for signing in, whose limits hold here, too. */
export async function changePassword(
  parts: AccountParts,
  accountId: string,
  typed: { readonly old: string; readonly new: string },
  origin: string,
): Promise<PasswordChanged> {
  const account = await parts.accounts.byId(accountId);
  const { name = '', email = '' } = account ?? {};
  const why = whyNotPassword(typed.new, { name, email });
  if (why !== undefined) return { outcome: 'invalid', field: 'password', why };
  const counted = await attempt(parts, email, origin);
  if (!counted) return { outcome: 'throttled' };
  if (!(await isPassword(typed.old, account?.passwordHash))) {
    await counted.wrong();
    return { outcome: 'wrong' };
  }
  await counted.right();
  const passwordHash = await hashPassword(typed.new);
  const changed = await altered(parts, accountId, (read) =>
    // Somebody else may have changed it in the meantime: then the old one was not right any more.
    read.state === 'active' && read.passwordHash === account?.passwordHash
      ? withAudit(parts, { ...read, passwordHash, epoch: read.epoch + 1 }, 'password')
      : undefined,
  );
  return changed ? begin(parts, changed, drawToken(parts)) : { outcome: 'wrong' };
}

function withAudit(parts: AccountParts, changed: StaffAccount, what: string) {
  const mark = `change-${changed.revision + 1}`;
  const by = changed.email ?? 'desk';
  return { changed, effects: [auditOf(parts, changed, 'account.changed', mark, by, { what })] };
}
