import type { StaffAccount } from '../../models/staffAccounts';
import type { Role } from '../roles';
import { accept, lookAtInvitation, type Acceptance, type Accepted } from './accepting';
import type { LookedAtInvitation } from './accepting';
import { disable, enable, list, setRoles } from './administering';
import { firstLink, invite, inviteAgain, type Invited, type Invitee } from './inviting';
import { beginTotp, changePassword, confirmTotp } from './ownAccount';
import { altered, rolesOf, type AccountParts, type ByStaff } from './parts';
import { sessionOf, type StaffSession } from './sessions';
import { signIn, type Credentials, type SignedIn } from './signingIn';

export type { Acceptance, Accepted, LookedAtInvitation } from './accepting';
export type { Invited, Invitee } from './inviting';
export type { AccountParts, ByStaff } from './parts';
export type { TotpSetUp } from './secondFactor';
export { SESSION_IDLE_MS, SESSION_LASTS_MS } from './sessions';
export type { BegunSession, StaffSession } from './sessions';
export type { Credentials, SignedIn } from './signingIn';

/** Somebody of staff, as others of staff need to know them. */
export interface ActivePerson {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
}

/** Who of staff may sign in to the console, how they do, and what they may do there. */
export class StaffAccounts {
  constructor(private readonly parts: AccountParts) {}

  /**
   * Address of a one-time link that makes the first administrator; undefined once there is one who can sign in.
   * Those given before do nothing any more.
   */
  firstLink(): Promise<string | undefined> {
    return firstLink(this.parts);
  }

  invite(by: ByStaff, invitee: Invitee): Promise<Invited> {
    return invite(this.parts, by, invitee);
  }

  /** Sends a new link to an account: its password and second factor are void, and are set anew. */
  inviteAgain(by: ByStaff, accountId: string): ReturnType<typeof inviteAgain> {
    return inviteAgain(this.parts, by, accountId);
  }

  /** How an invitation stands; changes nothing. */
  lookAtInvitation(token: string): Promise<LookedAtInvitation> {
    return lookAtInvitation(this.parts, token);
  }

  /**
   * Sets up an account, once, and signs its owner in.
   * @param origin what tells households and offices apart, such as a network.
   * @throws ProductError `TooManyRequests`.
   */
  accept(token: string, acceptance: Acceptance, origin: string): Promise<Accepted> {
    return accept(this.parts, token, acceptance, origin);
  }

  /** @param origin what tells households and offices apart, such as a network. */
  signIn(credentials: Credentials, origin: string): Promise<SignedIn> {
    return signIn(this.parts, credentials, origin);
  }

  /**
   * Whose session a token is; nobody's when it is over, or its account was changed since.
   * @param passive does not count as something done, such as a socket that stands open.
   */
  session(token: string, { passive = false } = {}): Promise<StaffSession | undefined> {
    return sessionOf(this.parts, token, passive);
  }

  async signOut({ sessionId, accountId }: StaffSession['caller']): Promise<void> {
    await this.parts.sessions.remove(sessionId);
    this.parts.news.tell({ kind: 'account', id: accountId });
  }

  async signOutEverywhere(accountId: string): Promise<void> {
    await altered(this.parts, accountId, (account) => ({
      changed: { ...account, epoch: account.epoch + 1 },
      effects: [],
    }));
  }

  beginTotp(accountId: string): ReturnType<typeof beginTotp> {
    return beginTotp(this.parts, accountId);
  }

  /** From then on the code is asked for; all sessions end, and the one who did it gets a new one. */
  confirmTotp(accountId: string, code: string): ReturnType<typeof confirmTotp> {
    return confirmTotp(this.parts, accountId, code);
  }

  /** All sessions end, and the one who did it gets a new one. */
  changePassword(
    accountId: string,
    typed: { readonly old: string; readonly new: string },
    origin: string,
  ): ReturnType<typeof changePassword> {
    return changePassword(this.parts, accountId, typed, origin);
  }

  setRoles(by: ByStaff, accountId: string, roles: readonly string[]): ReturnType<typeof setRoles> {
    return setRoles(this.parts, by, accountId, roles);
  }

  /** Ends somebody's sessions, and lets them sign in no more. */
  disable(by: ByStaff, accountId: string): ReturnType<typeof disable> {
    return disable(this.parts, by, accountId);
  }

  /** Lets somebody sign in again; one who had never set up their account has to be invited again. */
  enable(by: ByStaff, accountId: string): ReturnType<typeof enable> {
    return enable(this.parts, by, accountId);
  }

  /** The accounts of all who were invited, the oldest first. */
  list(): ReturnType<typeof list> {
    return list(this.parts);
  }

  /** Case-blind; nobody who is only invited, or disabled. */
  async activeByEmail(email: string): Promise<ActivePerson | undefined> {
    const account = await this.parts.accounts.byEmail(email);
    return account?.state === 'active' ? personOf(account) : undefined;
  }

  /** Whatever the state of the account; with an empty address before the first administrator has said it. */
  async byId(accountId: string): Promise<(ActivePerson & Pick<StaffAccount, 'state'>) | undefined> {
    const account = await this.parts.accounts.byId(accountId);
    return account && { ...personOf(account), state: account.state };
  }

  /** All who can sign in, the oldest account first. */
  async allActive(): Promise<ActivePerson[]> {
    return (await this.parts.accounts.all('active')).map(personOf);
  }

  /** Forgets the sessions that are over; cheap where there are none. */
  removeOld(): Promise<void> {
    return this.parts.sessions.removeOver(this.parts.clock.now());
  }
}

const personOf = (account: StaffAccount): ActivePerson => ({
  ...{ accountId: account.id, name: account.name, email: account.email ?? '' },
  roles: rolesOf(account),
});
