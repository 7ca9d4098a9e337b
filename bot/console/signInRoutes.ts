import type { Server } from 'restify';
import { z } from 'zod';
import type { AcceptedView, InvitationView, SessionView, SignInView } from './contract';
import {
  entered,
  mount,
  originOf,
  posted,
  signedInView,
  type EntranceCall,
  type EntranceParts,
} from './entrance';
import { mountOwnAccount } from './ownAccountRoutes';
import { totpView } from './totpPicture';

/** Far more than can be right; what is right is for the service to say. */
const LONGEST = 1000;
const text = z.string().max(LONGEST);
const CREDENTIALS = z.object({ email: text, password: text, code: text.optional() });
const INVITATION = z.object({ token: text });
const ACCEPTANCE = z.object({
  ...{ token: text, name: text, email: text.optional() },
  ...{ password: text, code: text.optional() },
});
const SIGN_OUT = z.object({ everywhere: z.boolean().optional() });

/** Mounts what leads into the console and out of it; most of it is for those who have no session. */
export function mountSignIn(server: Server, parts: EntranceParts): void {
  mount(server, 'get', '/session', parts, (call) => session(parts, call));
  mount(server, 'post', '/sign-in', parts, (call) => signIn(parts, call));
  mount(server, 'post', '/sign-out', parts, (call) => signOut(parts, call));
  mount(server, 'post', '/invitation', parts, (call) => invitation(parts, call));
  mount(server, 'post', '/invitation/accept', parts, (call) => accept(parts, call));
  mountOwnAccount(server, parts);
}

async function session(parts: EntranceParts, { request }: EntranceCall): Promise<SessionView> {
  const { sessions } = parts;
  const found = await sessions.sessionOf(request, { passive: true });
  return found ? signedInView(found, parts) : { signedIn: false };
}

async function signIn(parts: EntranceParts, call: EntranceCall): Promise<SignInView> {
  const { request } = call;
  parts.sessions.refuseOtherSites(request);
  const credentials = await posted(request, CREDENTIALS);
  const answer = await parts.accounts.signIn(credentials, originOf(parts, request));
  return answer.outcome === 'signedIn' ? entered(parts, call, answer) : answer;
}

async function signOut(
  { sessions, accounts }: EntranceParts,
  { request, response }: EntranceCall,
): Promise<SessionView> {
  const { caller } = await sessions.callerOf(request);
  const { everywhere = false } = await posted(request, SIGN_OUT);
  if (everywhere) await accounts.signOutEverywhere(caller.accountId);
  else await accounts.signOut(caller);
  response.header('Set-Cookie', sessions.clearedCookie());
  return { signedIn: false };
}

async function invitation(
  { sessions, accounts }: EntranceParts,
  { request }: EntranceCall,
): Promise<InvitationView> {
  sessions.refuseOtherSites(request);
  const { token } = await posted(request, INVITATION);
  const looked = await accounts.lookAtInvitation(token);
  return looked.outcome === 'open' ? { ...looked, totp: totpView(looked.totp) } : looked;
}

async function accept(parts: EntranceParts, call: EntranceCall): Promise<AcceptedView> {
  const { request } = call;
  parts.sessions.refuseOtherSites(request);
  const { token, ...acceptance } = await posted(request, ACCEPTANCE);
  const answer = await parts.accounts.accept(token, acceptance, originOf(parts, request));
  return answer.outcome === 'signedIn' ? entered(parts, call, answer) : answer;
}
