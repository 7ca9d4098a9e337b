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
import type { Recusal } from './recusal';
import { get, post, type Caller, type ConsoleCall, type ConsoleRoutes } from './route';
import type { Sight } from './sight';

/** What the routes of conversations need. */
export interface HandoffRouteParts extends ConversationParts {
  readonly handoffs: Handoffs;
  readonly accounts: Pick<StaffAccounts, 'byId'>;
  readonly reading: Reading;
  readonly presence: Presence;
  readonly recusal: Pick<Recusal, 'check'>;
  readonly sight: Sight;
}

/** More than anybody can look over; those that wait longest are among them. */
const MOST_WAITING = 1000;

const SAID = z.object({ id: uuid, text: words });
/** An empty draft takes the last one away. */
const DRAFT = z.object({ text: z.string().max(LONGEST_SAID) });
/** As which turn the page showed it. */
const SINCE = z.object({ since: z.int().min(0).optional() });
const TRANSFER = SINCE.extend({ to: uuid.optional() });
const CLOSE = SINCE.extend({ disposition: z.enum(CLOSINGS) });

const HOLD = 'conversations.hold';

/** Queue and conversations; what is done about one is refused by the service to whoever does not hold it. */
export function handoffRoutes(parts: HandoffRouteParts): ConsoleRoutes {
  const { handoffs, presence, reading } = parts;
  const done = (did: boolean): HandoffDoneView => ({ outcome: did ? 'done' : 'notHeld' });
  /** Which handoff a call is about, and who does it. @throws ProductError `NotFound`. */
  const deedOf = async (call: ConsoleCall): Promise<[string, Caller]> => {
    await reading.refuseConcerned(call.caller, param(call, 'id'));
    return [param(call, 'id'), call.caller];
  };
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
      return (await messagesOf(parts, conversationId, { after, before })).messages;
    }),
    post('/handoffs/:id/claim', HOLD, (call) => claim(parts, call)),
    post('/handoffs/:id/say', HOLD, async (call): Promise<SaidView> => {
      const said = fieldsOf(SAID, call.body);
      return { outcome: await handoffs.say(...(await deedOf(call)), said) };
    }),
    post('/handoffs/:id/typing', HOLD, async (call) =>
      done(await handoffs.typing(...(await deedOf(call)))),
    ),
    post('/handoffs/:id/draft', HOLD, async (call) => {
      const { text } = fieldsOf(DRAFT, call.body);
      return done(await handoffs.draft(...(await deedOf(call)), text));
    }),
    post('/handoffs/:id/note', HOLD, async (call) => {
      const said = fieldsOf(SAID, call.body);
      return done(await handoffs.note(...(await deedOf(call)), said, overseenBy(call)));
    }),
    post('/handoffs/:id/transfer', HOLD, async (call) => {
      const { to, since } = fieldsOf(TRANSFER, call.body);
      const [id, caller] = await deedOf(call);
      const person = to === undefined ? undefined : await takerOf(parts, to, id);
      return done(await handoffs.transfer(id, caller, person, { ...overseenBy(call), since }));
    }),
    post('/handoffs/:id/return', HOLD, async (call) => {
      const { since } = fieldsOf(SINCE, call.body);
      return done(await handoffs.giveBack(...(await deedOf(call)), { ...overseenBy(call), since }));
    }),
    post('/handoffs/:id/close', HOLD, async (call) => {
      const { disposition, since } = fieldsOf(CLOSE, call.body);
      const overseeing = { ...overseenBy(call), since };
      return done(await handoffs.close(...(await deedOf(call)), disposition, overseeing));
    }),
    post('/handoffs/:id/called-back', 'calls.take', async (call) =>
      done(await handoffs.calledBack(...(await deedOf(call)))),
    ),
  ];
}

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
  const { handoffs, presence, recusal, sight } = parts;
  const { caller } = call;
  const id = param(call, 'id');
  const since = fieldsOf(SINCE, call.body);
  const asked = await handoffs.byId(id);
  if (asked && !(await sight.mayTalk(caller, asked.conversationId))) return { outcome: 'gone' };
  const claimed = await handoffs.claim(id, caller, since);
  switch (claimed.outcome) {
    case 'claimed': {
      const { handoff } = claimed;
      // A case about them may have been opened in this very moment.
      if (await recusal.check(handoff)) return { outcome: 'gone' };
      presence.taken(caller.accountId, handoff);
      return { outcome: 'claimed', conversation: await conversationView(parts, caller, handoff) };
    }
    case 'taken':
      return { outcome: 'taken', by: claimed.by.name };
    case 'gone':
      return { outcome: 'gone' };
  }
}

/** @throws ProductError `BadRequest` for somebody who could not take it. */
async function takerOf(
  { accounts, handoffs, sight }: HandoffRouteParts,
  accountId: string,
  handoffId: string,
): Promise<PersonView> {
  const account = await accounts.byId(accountId);
  if (account?.state !== 'active' || !may(account.roles, HOLD))
    throw new ProductError('BadRequest', 'That person cannot take conversations.');
  const handoff = await handoffs.byId(handoffId);
  if (handoff && !(await sight.mayTalk(account, handoff.conversationId)))
    throw new ProductError('BadRequest', 'That person cannot take this conversation.');
  return { accountId, name: account.name };
}
