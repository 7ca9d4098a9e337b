import type { StaffAccount } from '../../models/staffAccounts';
import type { Effect } from '../../models/effects';
import { INVITE_LASTS_MS, type MintedLink } from '../links';
import { noticeEffect } from '../recordEffects';
import type { Role } from '../roles';
import { nameOf, NO_ROLE, rolesFrom, whyNotEmail, whyNotName, type Invalid } from './details';
import {
  keepingAnAdministrator,
  type LastAdministrator,
  type UnknownAccount,
} from './administering';
import { invitationMail } from './mails';
import { afterwards, altered, auditOf, rolesOf, type AccountParts, type ByStaff } from './parts';
import { newTotpSecret } from './secondFactor';

/** Whom an administrator invites. */
export interface Invitee {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly string[];
}

export type Invited =
  | { readonly outcome: 'invited'; readonly id: string }
  | { readonly outcome: 'emailTaken' }
  | Invalid<'email' | 'name' | 'roles'>;

/** Makes an account and mails the link that sets it up. */
export async function invite(parts: AccountParts, by: ByStaff, invitee: Invitee): Promise<Invited> {
  const email = invitee.email.trim();
  const name = nameOf(invitee.name);
  const roles = rolesFrom(invitee.roles);
  const invalid = (field: 'email' | 'name' | 'roles', why: string) =>
    ({ outcome: 'invalid', field, why }) as const;
  const noEmail = whyNotEmail(email, parts.deskMailboxes);
  if (noEmail !== undefined) return invalid('email', noEmail);
  const noName = whyNotName(name);
  if (noName !== undefined) return invalid('name', noName);
  if (!roles) return invalid('roles', NO_ROLE);
  const { account, link } = await drafted(parts, { email, name, roles });
  if (!(await parts.accounts.insert(account, following(parts, account, link, by))))
    return { outcome: 'emailTaken' };
  await afterwards(parts, account, account);
  return { outcome: 'invited', id: account.id };
}

/** Sends a new link to an account: its password and second factor are void, and are set anew. */
export async function inviteAgain(
  parts: AccountParts,
  by: ByStaff,
  accountId: string,
): Promise<{ readonly outcome: 'invited' | 'disabled' } | UnknownAccount | LastAdministrator> {
  const account = await parts.accounts.byId(accountId);
  if (account?.email === undefined) return { outcome: 'unknown' };
  if (account.state === 'disabled') return { outcome: 'disabled' };
  const link = await linkFor(parts, accountId);
  const renew = () =>
    altered(parts, accountId, (read) =>
      read.state === 'disabled'
        ? undefined
        : { changed: renewed(parts, read, link), effects: following(parts, read, link, by) },
    );
  const outcome = await keepingAnAdministrator(parts, accountId, by, renew);
  return outcome === 'done' ? { outcome: 'invited' } : { outcome };
}

/** The link that makes the first administrator; the one before does nothing any more. */
export async function firstLink(parts: AccountParts): Promise<string | undefined> {
  if (await parts.accounts.hasActive('administrator')) return undefined;
  const waiting = (await parts.accounts.all('invited')).find(({ email }) => email === undefined);
  if (!waiting) {
    const { account, link } = await drafted(parts, { name: '', roles: ['administrator'] });
    await parts.accounts.insert(account, []);
    return link.url;
  }
  const link = await linkFor(parts, waiting.id);
  const changed = await altered(parts, waiting.id, (read) =>
    read.state === 'invited' ? { changed: renewed(parts, read, link), effects: [] } : undefined,
  );
  return changed && link.url;
}

/** The link first: one that no account names does nothing. */
async function drafted(
  parts: AccountParts,
  given: { readonly email?: string; readonly name: string; readonly roles: readonly Role[] },
): Promise<{ readonly account: StaffAccount; readonly link: MintedLink }> {
  const { ids, clock } = parts;
  const id = ids.uuid();
  const link = await linkFor(parts, id);
  const account: StaffAccount = {
    ...{ ...given, id, state: 'invited', invitation: link.id, createdAt: clock.now() },
    ...{ totpSecret: newTotpSecret(ids), totpConfirmed: false, lastTotpStep: 0 },
    ...{ epoch: 0, revision: 0 },
  };
  return { account, link };
}

const linkFor = ({ links }: AccountParts, accountId: string): Promise<MintedLink> =>
  links.mint({ kind: 'invite', accountId }, INVITE_LASTS_MS);

const renewed = (
  { ids }: AccountParts,
  { passwordHash: _void, ...account }: StaffAccount,
  link: MintedLink,
): StaffAccount => ({
  ...account,
  ...{ state: 'invited', invitation: link.id, epoch: account.epoch + 1 },
  ...{ totpSecret: newTotpSecret(ids), totpConfirmed: false },
});

function following(
  parts: AccountParts,
  account: StaffAccount,
  link: MintedLink,
  by: ByStaff,
): Effect[] {
  const { id, email, name } = account;
  const mark = `invited-${link.id.slice(0, 16)}`;
  const roles = rolesOf(account);
  const audit = auditOf(parts, account, 'account.invited', mark, by.email, {
    roles: roles.join(','),
  });
  if (email === undefined) return [audit];
  return [
    noticeEffect(id, mark, { oneOfStaff: email }, invitationMail(name, roles, link.url)),
    audit,
  ];
}
