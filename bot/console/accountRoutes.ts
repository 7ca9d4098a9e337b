import { z } from 'zod';
import { ProductError } from '../../services/errors';
import type { StaffAccounts } from '../../services/staffAccounts';
import type { AccountChangedView, AccountView, InvitedView } from './contract';
import { fieldsOf, param } from './fields';
import type { ConsoleCall, ConsoleRoutes } from './route';

/** Far more than can be right; what is right is for the service to say. */
const LONGEST = 1000;
const MOST_ROLES = 20;
const text = z.string().max(LONGEST);
const ROLES = z.array(text).max(MOST_ROLES);
const INVITEE = z.object({ email: text, name: text, roles: ROLES });
const NEW_ROLES = z.object({ roles: ROLES });

/** What administrators do to the accounts of staff. */
export function accountRoutes(accounts: StaffAccounts): ConsoleRoutes {
  const change = (path: string, handle: (call: ConsoleCall) => Promise<AccountChangedView>) =>
    ({ method: 'POST', path, may: 'accounts.manage', handle }) as const;
  return [
    {
      ...{ method: 'GET', path: '/accounts', may: 'accounts.manage' },
      handle: (): Promise<AccountView[]> => accounts.list(),
    },
    {
      ...{ method: 'POST', path: '/accounts/invite', may: 'accounts.manage' },
      async handle({ caller, body }): Promise<InvitedView> {
        const invited = await accounts.invite(caller, fieldsOf(INVITEE, body));
        return invited.outcome === 'invited' ? { outcome: 'invited' } : invited;
      },
    },
    change('/accounts/:id/roles', async (call) =>
      known(
        await accounts.setRoles(
          call.caller,
          param(call, 'id'),
          fieldsOf(NEW_ROLES, call.body).roles,
        ),
      ),
    ),
    change('/accounts/:id/disable', async (call) =>
      known(await accounts.disable(call.caller, param(call, 'id'))),
    ),
    change('/accounts/:id/enable', async (call) =>
      known(await accounts.enable(call.caller, param(call, 'id'))),
    ),
    change('/accounts/:id/invite-again', async (call) =>
      known(await accounts.inviteAgain(call.caller, param(call, 'id'))),
    ),
  ];
}

/** @throws ProductError `NotFound`. */
function known<Answer extends { readonly outcome: string }>(
  answer: Answer,
): Exclude<Answer, { readonly outcome: 'unknown' }> {
  if (answer.outcome === 'unknown') throw new ProductError('NotFound', 'There is no such account.');
  return answer as Exclude<Answer, { readonly outcome: 'unknown' }>;
}
