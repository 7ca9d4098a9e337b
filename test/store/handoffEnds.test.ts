import type { Store } from '../../models/store';
import { OUTSIDE_HUB, type HandoffParts, type Handoffs } from '../../services/handoffs';
import { hoursAt, lastClosing } from '../../services/handoffs/hours';
import { CALENDAR, ZONE } from '../support/caseDesk';
import { customerOf, storeCustomers } from '../support/customers';
import {
  ASHA,
  ASHA_SEEN,
  CHAT,
  CLAIMED,
  handoffDesk,
  ID,
  OTHER_ID,
  RAVI,
  said,
  wish,
  type HandoffDesk,
} from '../support/handoffDesk';
import { describeOnStores } from '../support/stores';

const OUTAGE = new Error('The store is away.');
const MINUTE_MS = 60_000;
const AFTER = 'Bot: How was it?';
const RETURNED = 'Bot: Asha has handed you back to me, the bot. What else can I do for you?';
const CLOSED = 'Bot: Asha has ended the talk. I, the bot, am here again if you need anything.';
const PRIYA = customerOf({ userName: 'priya', email: 'priya@example.com', name: 'Priya Das' });

describeOnStores('the end of a handoff', (open) => {
  let store: Store;
  let desk: HandoffDesk;
  let handoffs: Handoffs;
  beforeEach(async () => {
    store = await open();
    desk = await handoffDesk(store);
    handoffs = desk.handoffs;
  });
  const claimed = async (id = ID, person = ASHA): Promise<void> => {
    expect((await handoffs.claim(id, person)).outcome).toBe('claimed');
  };
  const heldByAsha = async (): Promise<void> => {
    await handoffs.request(wish());
    await claimed();
  };
  const state = async (id = ID): Promise<string | undefined> => (await handoffs.byId(id))?.state;
  const prove = async (): Promise<void> => {
    await storeCustomers(desk.records.customers, PRIYA);
    await desk.verifications.proveByLink({ conversationId: CHAT }, PRIYA.email!);
  };

  describe('whose agent’s page is gone', () => {
    beforeEach(heldByAsha);
    const LOST =
      'Bot: I’m sorry, the connection to Asha was lost. You are back in the queue and keep your place; what you wrote is not lost. You can go on with me, the bot, meanwhile.';

    test('waits again after two minutes, in its old place', async () => {
      await prove();
      desk.clock.advance(MINUTE_MS);
      await desk.conversations.begin('c2', 'user-2');
      await handoffs.request(wish({ id: OTHER_ID, conversationId: 'c2' }));
      expect(await handoffs.sweep()).toBe(0);
      desk.clock.advance(MINUTE_MS);
      expect(await handoffs.sweep()).toBe(1);
      expect(await handoffs.sweep()).toBe(0);
      expect((await handoffs.waiting(10)).map(({ id }) => id)).toEqual([ID, OTHER_ID]);
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), LOST]);
      expect(await desk.verifications.proof(CHAT)).toBeUndefined();
      expect(await handoffs.say(ID, ASHA, said('Hello?'))).toBe('notHeld');
      expect((await desk.actions()).at(-1)).toBe('handoff.requeued desk');
    });

    test.each<[string, (of: Handoffs) => Promise<unknown>]>([
      ['the page is there', (of) => of.seen(ASHA.accountId)],
      ['the agent types', (of) => of.draft(ID, ASHA, 'Let me')],
      ['the agent speaks', (of) => of.say(ID, ASHA, said('Hello'))],
    ])('stays while %s', async (_what, sign) => {
      desk.clock.advance(1.5 * MINUTE_MS);
      await sign(handoffs);
      desk.clock.advance(MINUTE_MS);
      expect(await handoffs.sweep()).toBe(0);
      expect(await state()).toBe('held');
      desk.clock.advance(MINUTE_MS);
      expect(await handoffs.sweep()).toBe(1);
    });

    test('stays when the page comes back in the very moment', async () => {
      desk.clock.advance(3 * MINUTE_MS);
      const change = desk.records.handoffs.change.bind(desk.records.handoffs);
      jest.spyOn(desk.records.handoffs, 'change').mockImplementationOnce(async (...args) => {
        await handoffs.seen(ASHA.accountId);
        return change(...args);
      });
      expect(await handoffs.sweep()).toBe(0);
      expect(await state()).toBe('held');
    });

    test('has two minutes to come back when the desk itself was away', async () => {
      desk.clock.advance(10 * MINUTE_MS);
      const restarted = desk.another();
      expect(await restarted.sweep()).toBe(0);
      await restarted.seen(ASHA.accountId);
      desk.clock.advance(2 * MINUTE_MS - 1);
      expect(await restarted.sweep()).toBe(0);
      desk.clock.advance(1);
      expect(await restarted.sweep()).toBe(1);
    });

    test('waits again also after a crash in the midst of it, and is told so once', async () => {
      desk.clock.advance(2 * MINUTE_MS);
      jest.spyOn(desk.records.handoffs, 'change').mockRejectedValueOnce(OUTAGE);
      expect(await handoffs.sweep()).toBe(0);
      jest.spyOn(desk.parts.messenger, 'send').mockRejectedValueOnce(OUTAGE);
      expect(await handoffs.sweep()).toBe(1);
      await desk.settle();
      await desk.settle();
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), LOST]);
    });

    test('is not asked for of another hub, which has no page here, but may be silent for fifteen minutes', async () => {
      await handoffs.giveBack(ID, ASHA);
      const outside = { accountId: OUTSIDE_HUB, name: 'our support team', email: 'desk' };
      await handoffs.request(wish({ id: OTHER_ID }));
      await claimed(OTHER_ID, outside);
      desk.clock.advance(10 * MINUTE_MS);
      await handoffs.sweep();
      expect(await state(OTHER_ID)).toBe('held');
      await handoffs.seenIn(OTHER_ID, OUTSIDE_HUB);
      await handoffs.seenIn(ID, OUTSIDE_HUB);
      desk.clock.advance(14 * MINUTE_MS);
      await handoffs.sweep();
      expect(await state(OTHER_ID)).toBe('held');
      desk.clock.advance(MINUTE_MS);
      const restarted = desk.another();
      await restarted.sweep();
      expect(await state(OTHER_ID)).toBe('held');
      expect(await handoffs.sweep()).toBe(1);
      expect(await state(OTHER_ID)).toBe('waiting');
      expect((await desk.lines()).at(-1)).toMatch(/connection to our support team was lost/);
      expect(await desk.actions(OTHER_ID)).toEqual([
        'handoff.requested customer',
        'handoff.claimed desk',
        'handoff.requeued desk',
      ]);
    });
  });

  describe('that ends', () => {
    beforeEach(heldByAsha);

    test.each<[string, (of: Handoffs) => Promise<boolean>, string, string]>([
      ['given back', (of) => of.giveBack(ID, ASHA), 'returnedToBot', RETURNED],
      ['closed', (of) => of.close(ID, ASHA, 'solved'), 'solved', CLOSED],
    ])('%s, is told, proves nothing more, and is asked about', async (_how, done, as, words) => {
      await prove();
      expect(await done(handoffs)).toBe(true);
      expect(await done(handoffs)).toBe(true);
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), words, AFTER]);
      expect(await handoffs.byId(ID)).toMatchObject({
        ...{ state: 'ended', disposition: as, afterTalk: 'asked', provedCustomerId: PRIYA.id },
        lastHolder: ASHA_SEEN,
      });
      expect(await desk.verifications.proof(CHAT)).toBeUndefined();
      expect(await handoffs.standing(CHAT)).toBeUndefined();
      expect((await desk.actions()).at(-1)).toBe('handoff.ended staff');
    });

    const cuts: [string, (parts: HandoffParts) => Partial<HandoffParts>][] = [
      ['the words', () => ({ messenger: { send: () => Promise.reject(OUTAGE) } })],
      [
        'the proof',
        ({ verifications }) => ({
          verifications: {
            proof: (id) => verifications.proof(id),
            codesOut: (id) => verifications.codesOut(id),
            forget: () => Promise.reject(OUTAGE),
          },
        }),
      ],
      ['the consent', () => ({ consents: { endOfConversation: () => Promise.reject(OUTAGE) } })],
      [
        'the question',
        ({ customerSide }) => ({
          customerSide: { ...customerSide, askAfterTalk: () => Promise.reject(OUTAGE) },
        }),
      ],
    ];
    test.each(cuts)('and is cut short before %s, is finished', async (_what, cut) => {
      await prove();
      await desk.another(cut(desk.parts)).close(ID, ASHA, 'solved');
      expect((await handoffs.byId(ID))?.afterTalk).toBe('due');
      expect(await handoffs.sweep()).toBe(0);
      desk.clock.advance(MINUTE_MS);
      expect(await handoffs.sweep()).toBe(1);
      expect(await handoffs.sweep()).toBe(0);
      await desk.settle();
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), CLOSED, AFTER]);
      expect(await desk.verifications.proof(CHAT)).toBeUndefined();
    });

    test('and was asked about, is not asked about again when only that was not noted', async () => {
      const change = desk.records.handoffs.change.bind(desk.records.handoffs);
      jest
        .spyOn(desk.records.handoffs, 'change')
        .mockImplementationOnce((...args) => change(...args))
        .mockRejectedValueOnce(OUTAGE);
      await handoffs.close(ID, ASHA, 'solved');
      desk.clock.advance(MINUTE_MS);
      expect(await handoffs.sweep()).toBe(1);
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), CLOSED, AFTER]);
    });

    test.each<[string, () => Promise<unknown>]>([
      ['by abuse', () => handoffs.close(ID, ASHA, 'abuse')],
      [
        'and is finished only hours after',
        async () => {
          await desk
            .another({ messenger: { send: () => Promise.reject(OUTAGE) } })
            .close(ID, ASHA, 'solved');
          desk.clock.advance(120 * MINUTE_MS);
          await handoffs.sweep();
        },
      ],
    ])('%s, is not asked about', async (_how, done) => {
      await done();
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), CLOSED]);
      expect((await handoffs.byId(ID))?.afterTalk).toBe('asked');
    });

    test('and is finished late, does not speak into the next talk', async () => {
      await desk
        .another({
          customerSide: { ...desk.customerSide, askAfterTalk: () => Promise.reject(OUTAGE) },
        })
        .close(ID, ASHA, 'solved');
      await handoffs.request(wish({ id: OTHER_ID }));
      await claimed(OTHER_ID, RAVI);
      desk.clock.advance(MINUTE_MS);
      await handoffs.sweep();
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), CLOSED, CLAIMED('Ravi')]);
    });

    test('is rated once, from 1 to 5', async () => {
      expect(await handoffs.rate(ID, 5)).toBe(false);
      await handoffs.close(ID, ASHA, 'solved');
      expect(await handoffs.rate(ID, 6)).toBe(false);
      expect(await handoffs.rate(ID, 4)).toBe(true);
      expect(await handoffs.rate(ID, 1)).toBe(false);
      expect((await handoffs.byId(ID))?.rating).toBe(4);
    });
  });

  describe('that still waits when the desk closes', () => {
    const CLOSING =
      'Bot: Nobody is here any more today: we are back on Tuesday 24 November 2026, 9:00 am IST. You keep your place in the queue until then. If you do not want to wait, say “open a case” or “call me back”.';

    test('is told so once, and each evening again', async () => {
      await handoffs.request(wish());
      desk.clock.set(new Date('2026-11-23T12:29:59Z'));
      expect(await handoffs.sweep()).toBe(0);
      desk.clock.set(new Date('2026-11-23T12:30:00Z'));
      expect(await handoffs.sweep()).toBe(1);
      expect(await handoffs.sweep()).toBe(0);
      expect(await desk.lines()).toEqual([CLOSING]);
      desk.clock.set(new Date('2026-11-24T02:00:00Z'));
      expect(await handoffs.sweep()).toBe(0);
      desk.clock.set(new Date('2026-11-24T12:31:00Z'));
      expect(await handoffs.sweep()).toBe(1);
    });

    test('is not told where it asked after closing, or somebody talks', async () => {
      await heldByAsha();
      desk.clock.set(new Date('2026-11-23T13:00:00Z'));
      await handoffs.seen(ASHA.accountId);
      await handoffs.request(wish({ id: OTHER_ID, conversationId: 'c2' }));
      expect(await handoffs.sweep()).toBe(0);
    });
  });
});

describe('the opening hours', () => {
  test.each([
    [
      'before opening',
      '2026-11-23T03:00:00Z',
      false,
      '2026-11-23T03:30:00Z',
      '2026-11-20T12:30:00Z',
    ],
    ['at opening', '2026-11-23T03:30:00Z', true, '2026-11-24T03:30:00Z', undefined],
    ['at closing', '2026-11-23T12:30:00Z', false, '2026-11-24T03:30:00Z', '2026-11-23T12:30:00Z'],
    ['on a Sunday', '2026-11-22T08:00:00Z', false, '2026-11-23T03:30:00Z', '2026-11-20T12:30:00Z'],
  ])('%s', (_when, now, isOpen, opensAt, closedAt) => {
    const at = new Date(now);
    expect(hoursAt(at, CALENDAR, ZONE)).toEqual({
      ...{ open: isOpen, opensAt: new Date(opensAt) },
      ...(isOpen ? { closesAt: new Date('2026-11-23T12:30:00Z') } : {}),
    });
    if (closedAt) expect(lastClosing(at, CALENDAR, ZONE)).toEqual(new Date(closedAt));
  });
});
