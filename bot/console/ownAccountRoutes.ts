import type { Server } from 'restify';
import { z } from 'zod';
import { ProductError } from '../../services/errors';
import type { PasswordView, TotpConfirmedView, TotpView } from './contract';
import {
  entered,
  mount,
  originOf,
  posted,
  type EntranceCall,
  type EntranceParts,
} from './entrance';
import { totpView } from './totpPicture';

const LONGEST = 1000;
const CODE = z.object({ code: z.string().max(LONGEST) });
const PASSWORDS = z.object({ old: z.string().max(LONGEST), new: z.string().max(LONGEST) });

/**
 * Mounts what somebody does to their own account. The second factor is all that those may set up who need one and have
 * none.
 */
export function mountOwnAccount(server: Server, parts: EntranceParts): void {
  mount(server, 'post', '/me/totp/begin', parts, (call) => beginTotp(parts, call));
  mount(server, 'post', '/me/totp/confirm', parts, (call) => confirmTotp(parts, call));
  mount(server, 'post', '/me/here', parts, async ({ request }) => {
    await parts.sessions.callerOf(request);
    return { outcome: 'done' };
  });
  mount(server, 'post', '/me/password', parts, (call) => changePassword(parts, call));
}

async function beginTotp(
  { sessions, accounts }: EntranceParts,
  { request }: EntranceCall,
): Promise<TotpView> {
  const { caller } = await sessions.callerOf(request);
  const begun = await accounts.beginTotp(caller.accountId);
  if (begun.outcome === 'begun') return totpView(begun.totp);
  throw new ProductError(
    'NotAllowed',
    'Your second factor is set up. To set up another, ask an administrator to invite you again.',
  );
}

async function confirmTotp(parts: EntranceParts, call: EntranceCall): Promise<TotpConfirmedView> {
  const { caller } = await parts.sessions.callerOf(call.request);
  const { code } = await posted(call.request, CODE);
  const answer = await parts.accounts.confirmTotp(caller.accountId, code);
  return answer.outcome === 'signedIn' ? entered(parts, call, answer) : answer;
}

async function changePassword(parts: EntranceParts, call: EntranceCall): Promise<PasswordView> {
  const { request } = call;
  const { caller, mustSetUpTotp } = await parts.sessions.callerOf(request);
  if (mustSetUpTotp) throw new ProductError('NotAllowed', 'Set up the second factor first.');
  const passwords = await posted(request, PASSWORDS);
  const origin = originOf(parts, request);
  const answer = await parts.accounts.changePassword(caller.accountId, passwords, origin);
  return answer.outcome === 'signedIn' ? entered(parts, call, answer) : answer;
}
