import { Secret, TOTP } from 'otpauth';
import type { AcceptedView, InvitationView, InvitedView } from '../../bot/console/contract';
import type { Role } from '../../services/roles';
import { STAFF_PASSWORD, StaffPage } from './consoleDesk';

/** Somebody who is to have an account. */
export interface Invitee {
  readonly name: string;
  readonly email: string;
}

/** The token in a link to the console; throws where there is none. */
export function inviteTokenIn(text: string): string {
  const [, token] = /#invite=([\w-]{43})/.exec(text) ?? [];
  if (token === undefined) throw new Error('There is no invitation.');
  return token;
}

/** Has somebody invited, who is mailed a link. */
export async function invite(by: StaffPage, invitee: Invitee, ...roles: Role[]): Promise<void> {
  const { outcome } = await by.did<InvitedView>('/accounts/invite', { ...invitee, roles });
  if (outcome !== 'invited') throw new Error(`The invitation is ${outcome}.`);
}

/** Sets an account up by the token of its link; gives its owner's page, signed in, and what their app would hold. */
export async function accepted(
  url: string,
  token: string,
  { name, email }: Invitee,
): Promise<{ readonly page: StaffPage; readonly totpSecret: string }> {
  const stranger = new StaffPage(url, { id: '', name, email });
  const looked = await stranger.did<InvitationView>('/invitation', { token });
  if (looked.outcome !== 'open') throw new Error(`The invitation is ${looked.outcome}.`);
  const { totpNeeded, totp } = looked;
  const code = new TOTP({ secret: Secret.fromBase32(totp.secret) }).generate();
  const { headers, body } = await stranger.post<AcceptedView>('/invitation/accept', {
    ...{ token, name, password: STAFF_PASSWORD },
    ...(looked.email === undefined ? { email } : {}),
    ...(totpNeeded ? { code } : {}),
  });
  if (!('signedIn' in body)) throw new Error(`It was not taken: ${JSON.stringify(body)}`);
  const page = new StaffPage(url, { id: body.me.id, name, email });
  page.csrf = body.csrf;
  page.cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  return { page, totpSecret: totp.secret };
}
