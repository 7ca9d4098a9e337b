import type { AccountState, StaffAccount } from '../../models/staffAccounts';
import { may, type Role } from '../roles';
import { NO_ROLE, rolesFrom, type Invalid } from './details';
import {
  altered,
  auditOf,
  rolesOf,
  type AccountParts,
  type Alteration,
  type ByStaff,
} from './parts';

/** An account as administrators see it. */
export interface ListedAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly state: AccountState;
  readonly hasTotp: boolean;
}

/** Nothing was changed: nobody else could manage the accounts. */
export interface LastAdministrator {
  readonly outcome: 'lastAdministrator';
}

/** There is no account of that id that it could be done to. */
export interface UnknownAccount {
  readonly outcome: 'unknown';
}

type Outcome<Done extends string> = { readonly outcome: Done } | UnknownAccount | LastAdministrator;

/** The accounts of all who were invited, the oldest first; not the one that waits for the first administrator. */
export async function list({ accounts }: AccountParts): Promise<ListedAccount[]> {
  return (await accounts.all()).flatMap((account) => {
    const { id, name, email, state, totpConfirmed: hasTotp } = account;
    return email === undefined
      ? []
      : [{ id, name, email, roles: rolesOf(account), state, hasTotp }];
  });
}

/** Gives somebody other roles, and ends their sessions. */
export async function setRoles(
  parts: AccountParts,
  by: ByStaff,
  accountId: string,
  given: readonly string[],
): Promise<Outcome<'changed'> | Invalid<'roles'>> {
  const roles = rolesFrom(given);
  if (!roles) return { outcome: 'invalid', field: 'roles', why: NO_ROLE };
  const change = () =>
    altered(parts, accountId, (account) => next(parts, account, { roles }, 'account.changed', by));
  const keeps = may(roles, 'accounts.manage');
  const outcome = keeps
    ? await done(change())
    : await keepingAnAdministrator(parts, accountId, by, change);
  return { outcome: outcome === 'done' ? 'changed' : outcome };
}

/** Ends somebody's sessions, and lets them sign in no more; a link that was sent does nothing. */
export async function disable(
  parts: AccountParts,
  by: ByStaff,
  accountId: string,
): Promise<Outcome<'disabled'>> {
  const outcome = await keepingAnAdministrator(parts, accountId, by, () =>
    altered(parts, accountId, ({ invitation: _void, ...account }) =>
      next(parts, account, { state: 'disabled' }, 'account.disabled', by),
    ),
  );
  return { outcome: outcome === 'done' ? 'disabled' : outcome };
}

/** Lets somebody sign in again; one who had never set up their account has to be invited again. */
export async function enable(
  parts: AccountParts,
  by: ByStaff,
  accountId: string,
): Promise<{ readonly outcome: 'enabled' } | UnknownAccount> {
  const outcome = await done(
    altered(parts, accountId, (account) => {
      if (account.state !== 'disabled') return undefined;
      const state = account.passwordHash === undefined ? 'invited' : 'active';
      return next(parts, account, { state }, 'account.enabled', by);
    }),
  );
  return { outcome: outcome === 'done' ? 'enabled' : outcome };
}

/**
 * Makes a change after which somebody is no active administrator, unless they are the last. Two at once could each take the
 * other for the one that stays; so it is looked at afterwards, too, and taken back.
 */
export async function keepingAnAdministrator(
  parts: AccountParts,
  accountId: string,
  by: ByStaff,
  change: () => Promise<StaffAccount | undefined>,
): Promise<'done' | 'unknown' | 'lastAdministrator'> {
  const before = await parts.accounts.byId(accountId);
  const counts = before?.state === 'active' && may(rolesOf(before), 'accounts.manage');
  const othersStay = () => parts.accounts.hasActive('administrator', accountId);
  if (counts && !(await othersStay())) return 'lastAdministrator';
  if (!(await change())) return 'unknown';
  if (!counts || (await othersStay())) return 'done';
  const { roles, state, passwordHash, totpSecret, totpConfirmed } = before;
  const was = { roles, state, passwordHash, totpSecret, totpConfirmed };
  await altered(parts, accountId, (account) => next(parts, account, was, 'account.enabled', by));
  return 'lastAdministrator';
}

function next(
  parts: AccountParts,
  account: StaffAccount,
  change: Partial<StaffAccount>,
  action: 'account.changed' | 'account.disabled' | 'account.enabled',
  by: ByStaff,
): Alteration {
  const changed = { ...account, ...change, epoch: account.epoch + 1 };
  const mark = `change-${account.revision + 1}`;
  const facts = { roles: rolesOf(changed).join(',') };
  return { changed, effects: [auditOf(parts, account, action, mark, by.email, facts)] };
}

const done = async (change: Promise<StaffAccount | undefined>): Promise<'done' | 'unknown'> =>
  (await change) ? 'done' : 'unknown';
