import { z } from 'zod';
import { ProductError } from '../../services/errors';
import { CLOSINGS, LONGEST_SAID, type Handoff, type Handoffs } from '../../services/handoffs';
import { may } from '../../services/roles';
import type { StaffAccounts } from '../../services/staffAccounts';
import type {
  ClaimedView,
  HandoffDoneView,
  MessageView,
  PeopleView,
  PersonView,
  QueueView,
  SaidView,
} from './contract';
import { conversationView, type ConversationParts } from './conversationView';
import { countIn, fieldsOf, param, uuid, words } from './fields';
import { messagesOf } from './messages';
import type { Presence } from './presence';
import type { Reading } from './reading';
import { get, post, type Caller, type ConsoleCall, type ConsoleRoutes } from './route';

/** What the routes of conversations need. */
export interface HandoffRouteParts extends ConversationParts {
  readonly handoffs: Handoffs;
  readonly accounts: Pick<StaffAccounts, 'byId'>;
  readonly reading: Reading;
  readonly presence: Presence;
}

/** More than anybody can look over; those that wait longest are among them. */
const MOST_WAITING = 1000;

const SAID = z.object({ id: uuid, text: words });
/** An empty draft takes the last one away. */
const DRAFT = z.object({ text: z.string().max(LONGEST_SAID) });
const TRANSFER = z.object({ to: uuid.optional() });
const CLOSE = z.object({ disposition: z.enum(CLOSINGS) });

const HOLD = 'conversations.hold';

/** Queue and conversations; what is done about one is refused by the service to whoever does not hold it. */
export function handoffRoutes(parts: HandoffRouteParts): ConsoleRoutes {
  const { handoffs, presence, reading, conversations } = parts;
  const done = (did: boolean): HandoffDoneView => ({ outcome: did ? 'done' : 'notHeld' });
  return [
    get('/queue', HOLD, ({ caller }) => queue(parts, caller)),
    get('/people', HOLD, async ({ caller }): Promise<PeopleView> =>
      presence.people().filter(({ accountId }) => accountId !== caller.accountId),
    ),
    get('/handoffs/:id', HOLD, async (call) =>
      conversationView(parts, call.caller, await reading.open(call.caller, param(call, 'id'))),
    ),
    get('/handoffs/:id/messages', HOLD, async (call): Promise<readonly MessageView[]> => {
      const { conversationId } = await reading.open(call.caller, param(call, 'id'));
      const [after, before] = [countIn(call.query, 'after'), countIn(call.query, 'before')];
      return (await messagesOf(conversations, conversationId, { after, before })).messages;
    }),
    post('/handoffs/:id/claim', HOLD, (call) => claim(parts, call)),
    post('/handoffs/:id/say', HOLD, async (call): Promise<SaidView> => {
      const said = fieldsOf(SAID, call.body);
      return { outcome: await handoffs.say(...deedOf(call), said) };
    }),
    post('/handoffs/:id/typing', HOLD, async (call) =>
      done(await handoffs.typing(...deedOf(call))),
    ),
    post('/handoffs/:id/draft', HOLD, async (call) => {
      const { text } = fieldsOf(DRAFT, call.body);
      return done(await handoffs.draft(...deedOf(call), text));
    }),
    post('/handoffs/:id/note', HOLD, async (call) => {
      const said = fieldsOf(SAID, call.body);
      return done(await handoffs.note(...deedOf(call), said, overseenBy(call)));
    }),
    post('/handoffs/:id/transfer', HOLD, async (call) => {
      const { to } = fieldsOf(TRANSFER, call.body);
      const person = to === undefined ? undefined : await takerOf(parts, to);
      return done(await handoffs.transfer(...deedOf(call), person, overseenBy(call)));
    }),
    post('/handoffs/:id/return', HOLD, async (call) =>
      done(await handoffs.giveBack(...deedOf(call), overseenBy(call))),
    ),
    post('/handoffs/:id/close', HOLD, async (call) => {
      const { disposition } = fieldsOf(CLOSE, call.body);
      return done(await handoffs.close(...deedOf(call), disposition, overseenBy(call)));
    }),
    post('/handoffs/:id/called-back', 'calls.take', async (call) =>
      done(await handoffs.calledBack(...deedOf(call))),
    ),
  ];
}

/** Which handoff a call is about, and who does it. */
const deedOf = (call: ConsoleCall): [string, Caller] => [param(call, 'id'), call.caller];

const overseenBy = ({ caller }: ConsoleCall): { readonly oversees: boolean } => ({
  oversees: may(caller.roles, 'conversations.oversee'),
});

async function queue({ handoffs, lines }: HandoffRouteParts, caller: Caller): Promise<QueueView> {
  const oversees = may(caller.roles, 'conversations.oversee');
  const [waiting, held, callBacks] = await Promise.all([
    handoffs.waiting(MOST_WAITING),
    oversees ? handoffs.held(MOST_WAITING) : handoffs.heldBy(caller.accountId),
    handoffs.callBacks(MOST_WAITING),
  ]);
  const linesOf = (some: readonly Handoff[]) => Promise.all(some.map((each) => lines.lineOf(each)));
  return {
    waiting: await linesOf(waiting),
    held: await linesOf(held),
    callBacks: await linesOf(callBacks),
  };
}

async function claim(parts: HandoffRouteParts, call: ConsoleCall): Promise<ClaimedView> {
  const claimed = await parts.handoffs.claim(...deedOf(call));
  if (claimed.outcome === 'claimed') {
    const { handoff } = claimed;
    parts.presence.taken(call.caller.accountId, handoff);
    return {
      outcome: 'claimed',
      conversation: await conversationView(parts, call.caller, handoff),
    };
  }
  return claimed.outcome === 'taken'
    ? { outcome: 'taken', by: claimed.by.name }
    : { outcome: 'gone' };
}

/** @throws ProductError `BadRequest` for somebody who could not take it. */
async function takerOf({ accounts }: HandoffRouteParts, accountId: string): Promise<PersonView> {
  const account = await accounts.byId(accountId);
  if (account?.state !== 'active' || !may(account.roles, HOLD))
    throw new ProductError('BadRequest', 'That person cannot take conversations.');
  return { accountId, name: account.name };
}
