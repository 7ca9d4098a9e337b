import type { Store } from '../../models/store';
import type { Handoffs } from '../../services/handoffs';
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
  VERA,
  wish,
  type HandoffDesk,
} from '../support/handoffDesk';
import { describeOnStores } from '../support/stores';

const OUTAGE = new Error('The store is away.');
const MINUTE_MS = 60_000;
const PRIYA = customerOf({ userName: 'priya', email: 'priya@example.com', name: 'Priya Das' });

describeOnStores('a handoff', (open) => {
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

  describe('that is asked for', () => {
    test('waits behind those that asked before, and is asked for once', async () => {
      expect(await handoffs.request(wish())).toEqual({ outcome: 'waiting', id: ID, ahead: 0 });
      desk.clock.advance(1000);
      const second = wish({ id: OTHER_ID, conversationId: 'c2' });
      expect(await handoffs.request(second)).toEqual({
        outcome: 'waiting',
        id: OTHER_ID,
        ahead: 1,
      });
      expect(await handoffs.request(second)).toEqual({
        outcome: 'waiting',
        id: OTHER_ID,
        ahead: 1,
      });
      expect((await handoffs.waiting(10)).map(({ id }) => id)).toEqual([ID, OTHER_ID]);
      expect(await handoffs.standing('c2')).toMatchObject({
        state: 'waiting',
        id: OTHER_ID,
        ahead: 1,
      });
      expect(await handoffs.standing('c3')).toBeUndefined();
      expect(await desk.actions(OTHER_ID)).toEqual(['handoff.requested customer']);
    });

    test('by two turns at once is one (chatwoot#13359, #6128: duplicates; failure 37)', async () => {
      const both = await Promise.all([
        handoffs.request(wish()),
        desk.another().request(wish({ id: OTHER_ID })),
      ]);
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(['known', 'waiting']);
      expect(await handoffs.waiting(10)).toHaveLength(1);
    });

    test('again by a turn that is run again, is told as over once it has ended', async () => {
      await heldByAsha();
      expect(await handoffs.request(wish())).toMatchObject({ outcome: 'known' });
      await handoffs.giveBack(ID, ASHA);
      expect(await handoffs.request(wish())).toEqual({ outcome: 'over' });
    });

    test('can be left, but not once somebody talks', async () => {
      await handoffs.request(wish());
      expect(await handoffs.leave(CHAT)).toBe(true);
      expect(await handoffs.leave(CHAT)).toBe(false);
      expect(await handoffs.byId(ID)).toMatchObject({
        state: 'ended',
        disposition: 'customerLeft',
      });
      expect(await handoffs.claim(ID, ASHA)).toEqual({ outcome: 'gone' });
      await handoffs.request(wish({ id: OTHER_ID }));
      await claimed(OTHER_ID);
      expect(await handoffs.leave(CHAT)).toBe(false);
      expect(await state(OTHER_ID)).toBe('held');
      expect(await desk.actions()).toEqual([
        'handoff.requested customer',
        'handoff.ended customer',
      ]);
    });

    test('becomes a call-back, also by a turn that is run again', async () => {
      await handoffs.request(wish());
      const callBack = { ...wish({ id: OTHER_ID }), phone: '+919830012345', words: 'after six' };
      await handoffs.askCallBack(callBack);
      await handoffs.askCallBack(callBack);
      expect(await handoffs.standing(CHAT)).toBeUndefined();
      const [waits, ...more] = await handoffs.callBacks(10);
      expect(more).toEqual([]);
      expect(waits).toMatchObject({
        id: OTHER_ID,
        callBack: { phone: '+919830012345', words: 'after six' },
      });
      expect(await handoffs.calledBack(OTHER_ID, ASHA)).toBe(true);
      expect(await handoffs.calledBack(OTHER_ID, ASHA)).toBe(true);
      expect(await handoffs.calledBack(ID, ASHA)).toBe(false);
      expect(await handoffs.callBacks(10)).toEqual([]);
      expect(await desk.actions(OTHER_ID)).toEqual([
        'handoff.requested customer',
        'handoff.ended staff',
      ]);
    });

    test('becomes a call-back under its own id', async () => {
      await handoffs.request(wish());
      await handoffs.askCallBack({ ...wish(), phone: '+919830012345' });
      expect(await state()).toBe('callBack');
      expect(await handoffs.standing(CHAT)).toBeUndefined();
    });

    test('becomes one call-back, however often the customer names another number', async () => {
      const ask = (phone: string, id: string) =>
        handoffs.askCallBack({ ...wish({ id }), phone, words: phone });
      expect(await ask('+919830000001', ID)).toBe('asked');
      desk.clock.advance(MINUTE_MS);
      expect(await ask('+919830000002', OTHER_ID)).toBe('asked');
      expect(await ask('+919830000002', OTHER_ID)).toBe('asked');
      const [open, ...more] = await handoffs.callBacks(10);
      expect(more).toEqual([]);
      expect(open).toMatchObject({ id: ID, callBack: { phone: '+919830000002' } });
      expect(await handoffs.calledBack(ID, ASHA)).toBe(true);
      expect(await ask('+919830000003', said('', 5).id)).toBe('asked');
      expect(await handoffs.callBacks(10)).toHaveLength(1);
    });

    test('becomes no call-back where there were three in an hour from the same network', async () => {
      const from = async (chat: number, origin: string) => {
        const conversationId = `chat ${chat}`;
        await desk.conversations.begin(conversationId, `user-${chat}`, origin);
        const asked = wish({ id: said('', chat).id, conversationId });
        await handoffs.request({ ...asked, id: said('', 100 + chat).id });
        return handoffs.askCallBack({ ...asked, phone: `+91983000000${chat}` });
      };
      for (const chat of [1, 2, 3]) expect(await from(chat, 'home')).toBe('asked');
      expect(await from(4, 'home')).toBe('tooMany');
      // They wait on where they waited, and others are called.
      expect((await handoffs.standing('chat 4'))?.state).toBe('waiting');
      expect(await from(5, 'elsewhere')).toBe('asked');
      desk.clock.advance(60 * MINUTE_MS);
      expect(await from(6, 'home')).toBe('asked');
      expect(await handoffs.callBacks(10)).toHaveLength(5);
    });

    test('as a call-back is taken by one, for an hour, unless they leave it', async () => {
      await handoffs.askCallBack({ ...wish(), phone: '+919830012345' });
      const both = await Promise.all([
        handoffs.takeCallBack(ID, ASHA),
        desk.another().takeCallBack(ID, RAVI),
      ]);
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(['taken', 'takenBefore']);
      const first = both[0].outcome === 'taken' ? ASHA : RAVI;
      const second = first === ASHA ? RAVI : ASHA;
      expect(both).toContainEqual({
        ...{ outcome: 'takenBefore', by: { accountId: first.accountId, name: first.name } },
      });
      expect(await handoffs.takeCallBack(ID, first)).toEqual({ outcome: 'taken' });
      expect(await handoffs.calledBack(ID, second)).toBe(false);
      expect(await handoffs.leaveCallBack(ID, second)).toBe(false);
      expect(await handoffs.leaveCallBack(ID, first)).toBe(true);
      expect(await handoffs.takeCallBack(ID, second)).toEqual({ outcome: 'taken' });
      desk.clock.advance(60 * MINUTE_MS);
      expect(await handoffs.takeCallBack(ID, first)).toEqual({ outcome: 'taken' });
      expect(await handoffs.calledBack(ID, first)).toBe(true);
      expect(await handoffs.takeCallBack(ID, first)).toEqual({ outcome: 'gone' });
      expect(await handoffs.takeCallBack(OTHER_ID, first)).toEqual({ outcome: 'gone' });
    });

    test('is kept sealed but for what queries need', async () => {
      await handoffs.askCallBack({ ...wish(), phone: '+919830012345', name: 'Zebra Zola' });
      const stored = JSON.stringify(await store.connection.collection('handoffs').findOne());
      expect(stored).not.toMatch(/98300|Zebra/);
    });
  });

  describe('that is claimed', () => {
    test('is told to the customer before anything that the agent says', async () => {
      await handoffs.request(wish());
      await desk.writes('Is anybody there?');
      await claimed();
      expect(await handoffs.say(ID, ASHA, said('Yes, here.'))).toBe('said');
      await desk.settle();
      expect(await desk.lines()).toEqual([
        'Customer: Is anybody there?',
        CLAIMED('Asha'),
        'Asha: Yes, here.',
      ]);
      expect(await handoffs.standing(CHAT)).toEqual({
        ...{ state: 'held', id: ID },
        holder: ASHA_SEEN,
      });
      expect(await desk.actions()).toEqual(['handoff.requested customer', 'handoff.claimed staff']);
    });

    test('is told first even where a crash came between', async () => {
      await handoffs.request(wish());
      const cut = desk.another({ messenger: { send: () => Promise.reject(OUTAGE) } });
      expect((await cut.claim(ID, ASHA)).outcome).toBe('claimed');
      await handoffs.say(ID, ASHA, said('Yes, here.'));
      await desk.settle();
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), 'Asha: Yes, here.']);
    });

    test('names the winner to whoever comes second, and is theirs again after a lost answer (botpress#1289; failure 40)', async () => {
      await heldByAsha();
      expect(await handoffs.claim(ID, RAVI)).toEqual({ outcome: 'taken', by: ASHA_SEEN });
      expect((await handoffs.claim(ID, ASHA)).outcome).toBe('claimed');
      expect((await desk.lines()).length).toBe(1);
      expect((await handoffs.heldBy(ASHA.accountId)).map(({ id }) => id)).toEqual([ID]);
      expect(await handoffs.heldBy(RAVI.accountId)).toEqual([]);
    });

    test('is gone when its chat has ended, whatever a crash left undone', async () => {
      await handoffs.request(wish());
      await desk.conversations.end(CHAT);
      expect(await handoffs.claim(ID, ASHA)).toEqual({ outcome: 'gone' });
      expect(await handoffs.byId(ID)).toMatchObject({ state: 'ended', disposition: 'chatEnded' });
    });

    test('tells the pages of staff, and nothing of another conversation (botpress#4692; failure 41)', async () => {
      await desk.conversations.begin('c2', 'user-2');
      await handoffs.request(wish({ id: OTHER_ID, conversationId: 'c2' }));
      await heldByAsha();
      await claimed(OTHER_ID, RAVI);
      expect(desk.told.filter(({ kind }) => kind === 'handoff')).toHaveLength(4);
      await handoffs.say(ID, ASHA, said('For the first.'));
      await handoffs.say(OTHER_ID, RAVI, said('For the second.', 2));
      expect(await handoffs.say(OTHER_ID, ASHA, said('Not for the second.', 3))).toBe('notHeld');
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), 'Asha: For the first.']);
      expect(await desk.lines('c2')).toEqual([CLAIMED('Ravi'), 'Ravi: For the second.']);
    });
  });

  describe('that is held', () => {
    beforeEach(heldByAsha);

    test('says the same once (chatwoot#11901: sent twice; failure 38)', async () => {
      await Promise.all([
        handoffs.say(ID, ASHA, said('Hello')),
        desk.another().say(ID, ASHA, said('Hello')),
      ]);
      await handoffs.say(ID, ASHA, said('Hello'));
      await handoffs.say(ID, ASHA, said('Hello', 2));
      expect(await desk.lines()).toEqual([CLAIMED('Asha'), 'Asha: Hello', 'Asha: Hello']);
    });

    test('says things in the order in which they were given', async () => {
      const words = ['one', 'two', 'three', 'four', 'five'];
      await Promise.all(words.map((text, n) => handoffs.say(ID, ASHA, said(text, n))));
      expect(await desk.lines()).toEqual([
        CLAIMED('Asha'),
        ...words.map((word) => `Asha: ${word}`),
      ]);
    });

    test('hides card numbers, cuts what is too long, and refuses what is nothing', async () => {
      await handoffs.say(ID, ASHA, said('Your card 4111 1111 1111 1111?'));
      await handoffs.say(ID, ASHA, said('x'.repeat(5000), 2));
      await expect(handoffs.say(ID, ASHA, said('  ', 3))).rejects.toMatchObject({
        code: 'BadArgument',
      });
      const [, card, long] = await desk.lines();
      expect(card).toBe('Asha: Your card •••• •••• •••• 1111?');
      expect(long).toHaveLength('Asha: '.length + 4000);
    });

    test('says nothing more once it was passed on in the same moment', async () => {
      const [, late] = await Promise.all([
        handoffs.transfer(ID, ASHA),
        handoffs.say(ID, ASHA, said('Too late.')),
      ]);
      expect(late).toBe('notHeld');
      expect(await desk.lines()).not.toContain('Asha: Too late.');
    });

    test('keeps a draft for whoever comes next, and forgets what was said', async () => {
      expect(await handoffs.draft(ID, ASHA, 'I am loo')).toBe(true);
      expect(await handoffs.draft(ID, RAVI, 'Mine')).toBe(false);
      await handoffs.transfer(ID, ASHA);
      await claimed(ID, RAVI);
      expect((await handoffs.byId(ID))?.draft).toBe('I am loo');
      await handoffs.say(ID, RAVI, said('Another thing.'));
      expect((await handoffs.byId(ID))?.draft).toBe('I am loo');
      await handoffs.say(ID, RAVI, said('I am loo', 2));
      expect((await handoffs.byId(ID))?.draft).toBeUndefined();
    });

    test('keeps notes, each once, for its holder, its last one and supervisors', async () => {
      expect(await handoffs.note(ID, ASHA, said('She is upset.'))).toBe(true);
      expect(await handoffs.note(ID, ASHA, said('She is upset.'))).toBe(true);
      expect(await handoffs.note(ID, RAVI, said('Me too.', 2))).toBe(false);
      expect(await handoffs.note(ID, VERA, said('I read this.', 3), { oversees: true })).toBe(true);
      await handoffs.close(ID, ASHA, 'solved');
      expect(await handoffs.note(ID, ASHA, said('Done.', 4))).toBe(true);
      const { notes = [] } = (await handoffs.byId(ID)) ?? {};
      expect(notes.map(({ by, text }) => `${by.name}: ${text}`)).toEqual([
        'Asha: She is upset.',
        'Vera: I read this.',
        'Asha: Done.',
      ]);
      expect(notes[0]?.at).toEqual(desk.clock.now());
      expect((await desk.lines()).join()).not.toMatch(/upset/);
    });

    test('shows the customer that the agent is typing', async () => {
      const passing: unknown[] = [];
      desk.conversations.listen(CHAT, (event) => passing.push(event.kind));
      expect(await handoffs.typing(ID, ASHA)).toBe(true);
      expect(await handoffs.typing(ID, RAVI)).toBe(false);
      expect(passing).toEqual(['passing']);
    });

    test('is passed on to a person, and keeps its place', async () => {
      desk.clock.advance(MINUTE_MS);
      await desk.conversations.begin('c2', 'user-2');
      await handoffs.request(wish({ id: OTHER_ID, conversationId: 'c2' }));
      expect(await handoffs.transfer(ID, RAVI, VERA)).toBe(false);
      expect(await handoffs.transfer(ID, ASHA, RAVI)).toBe(true);
      const [first] = await handoffs.waiting(10);
      expect(first).toMatchObject({ id: ID, meantFor: { name: 'Ravi' }, lastHolder: ASHA_SEEN });
      expect(await handoffs.standing(CHAT)).toMatchObject({ state: 'waiting', ahead: 0 });
      await claimed(ID, RAVI);
      expect(await handoffs.byId(ID)).not.toHaveProperty('meantFor');
      expect(await desk.lines()).toEqual([
        CLAIMED('Asha'),
        'Bot: Asha is passing you on to Ravi. You keep your place while you wait for them, and can go on with me, the bot, meanwhile.',
        CLAIMED('Ravi'),
      ]);
      expect(await desk.actions()).toEqual([
        ...['handoff.requested customer', 'handoff.claimed staff'],
        ...['handoff.transferred staff', 'handoff.claimed staff'],
      ]);
    });

    test.each([
      ['passed on', () => handoffs.transfer(ID, VERA, VERA, { oversees: true }), 'waiting'],
      ['given back', () => handoffs.giveBack(ID, VERA, { oversees: true }), 'ended'],
      ['closed', () => handoffs.close(ID, VERA, 'solved', { oversees: true }), 'ended'],
    ])('can be %s by a supervisor, and by no other agent', async (_what, done, becomes) => {
      expect(await handoffs.transfer(ID, RAVI)).toBe(false);
      expect(await handoffs.giveBack(ID, RAVI)).toBe(false);
      expect(await handoffs.close(ID, RAVI, 'solved')).toBe(false);
      expect(await done()).toBe(true);
      expect(await state()).toBe(becomes);
    });

    test('ends with the chat', async () => {
      await desk.conversations.end(CHAT);
      expect(await handoffs.say(ID, ASHA, said('Hello?'))).toBe('chatEnded');
      expect(await handoffs.byId(ID)).toMatchObject({ state: 'ended', disposition: 'chatEnded' });
      expect(await handoffs.standing(CHAT)).toBeUndefined();
    });

    test('ends when the desk is told that the chat has ended; a proof with it', async () => {
      await prove();
      await handoffs.chatEnded(CHAT);
      expect(await state()).toBe('ended');
      expect(await desk.verifications.proof(CHAT)).toBeUndefined();
      expect(await handoffs.say(ID, ASHA, said('Hello?'))).toBe('notHeld');
    });
  });

  test('that cannot be opened does not hold up the others', async () => {
    await handoffs.request(wish());
    await handoffs.request(wish({ id: OTHER_ID, conversationId: 'c2' }));
    await store.connection
      .collection<{ _id: string }>('handoffs')
      .updateOne({ _id: ID }, { $set: { content: 'lost.AAAA' } });
    expect((await handoffs.waiting(10)).map(({ id }) => id)).toEqual([OTHER_ID]);
  });

  test('is found by its conversation, the newest first', async () => {
    await heldByAsha();
    await handoffs.giveBack(ID, ASHA);
    desk.clock.advance(MINUTE_MS);
    await handoffs.request(wish({ id: OTHER_ID }));
    expect((await handoffs.newestOf(CHAT))?.id).toBe(OTHER_ID);
    expect((await handoffs.ofConversation(CHAT)).map(({ id }) => id)).toEqual([ID, OTHER_ID]);
  });
});
