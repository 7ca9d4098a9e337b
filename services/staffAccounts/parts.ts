import type { StaffAccount, StaffAccountRecords } from '../../models/staffAccounts';
import type { StaffSessionRecords } from '../../models/staffSessions';
import type { Effect } from '../../models/effects';
import type { AuditAction } from '../audit';
import type { DeskNews } from '../deskNews';
import { ProductError } from '../errors';
import type { Limits } from '../limits';
import type { Links } from '../links';
import type { Clock, Ids, Log } from '../ports';
import { auditEventEffect } from '../recordEffects';
import { ROLES, type Role } from '../roles';

/** What accounts are made with. */
export interface AccountParts {
  readonly accounts: StaffAccountRecords;
  readonly sessions: StaffSessionRecords;
  readonly links: Links;
  readonly limits: Limits;
  readonly news: DeskNews;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The desk's own mailboxes, which are nobody's of staff. */
  readonly deskMailboxes: readonly string[];
  /** Called when an account has new effects. */
  readonly onEffects: () => void;
}

/** Somebody of staff who does something to an account. */
export interface ByStaff {
  readonly accountId: string;
  readonly email: string;
}

/** Fewer than could be in one another's way at once. */
const MOST_TRIES = 10;

/** An account's roles, in the order of the rules. */
export const rolesOf = ({ roles }: StaffAccount): Role[] =>
  ROLES.filter((role) => roles.includes(role));

/** What is to become of an account, and what follows from it. */
export interface Alteration {
  readonly changed: StaffAccount;
  readonly effects: readonly Effect[];
}

/**
 * Changes an account as it is at that moment, however many want to at once.
 * @param alter may be asked again; nothing is done where it gives nothing.
 * @throws ProductError `StoreUnavailable`: others were quicker again and again.
 */
export async function altered(
  parts: AccountParts,
  accountId: string,
  alter: (account: StaffAccount) => Alteration | undefined,
): Promise<StaffAccount | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const account = await parts.accounts.byId(accountId);
    const alteration = account && alter(account);
    if (!alteration) return undefined;
    const { changed, effects } = alteration;
    if ((await parts.accounts.change(changed, effects)) !== 'changed') continue;
    await afterwards(parts, account, changed);
    return changed;
  }
  throw new ProductError('StoreUnavailable', 'The account is being changed by others; try again.');
}

/** Tells those who look at an account that it has changed; its sessions are over already, by their number. */
export async function afterwards(
  { sessions, news, onEffects }: AccountParts,
  before: Pick<StaffAccount, 'id' | 'epoch'>,
  { epoch }: Pick<StaffAccount, 'epoch'>,
): Promise<void> {
  onEffects();
  news.tell({ kind: 'account', id: before.id });
  if (epoch !== before.epoch) await sessions.removeOfAccount(before.id);
}

/** @param mark tells the changes of one account apart. */
export function auditOf(
  { clock }: AccountParts,
  { id }: Pick<StaffAccount, 'id'>,
  action: AuditAction,
  mark: string,
  by: string,
  facts: Readonly<Record<string, string | number | boolean>> = {},
): Effect {
  const about = { kind: 'staff', id } as const;
  return auditEventEffect(id, mark, { action, at: clock.now(), about, by, facts });
}
