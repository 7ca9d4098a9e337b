import { randomUUID } from 'node:crypto';
import type { ClaimedView } from '../../bot/console/contract';
import type { ChatCustomer } from '../support/chatCustomer';
import { ConsoleDesk, type StaffPage } from '../support/consoleDesk';
import { keptLog } from '../support/keptLog';
import { until } from '../support/until';

/** What broke in comparable products while a person took a chat over, played against the whole product. */
describe('what broke elsewhere', () => {
  let desk: ConsoleDesk;
  let asha: StaffPage;
  const log = keptLog();

  beforeAll(async () => {
    desk = await ConsoleDesk.start({ log });
    asha = await desk.staff('Asha', 'agent');
  });
  afterAll(async () => {
    await desk.close();
  });

  const settled = (): Promise<unknown> =>
    until('the turns to end', async () => {
      const activities = desk.product.store.connection.collection('activities');
      return (await activities.countDocuments({ pending: true })) === 0;
    });
  const said = async (customer: ChatCustomer) =>
    (await customer.activities())
      .filter(({ type }) => type === 'message')
      .map(({ text, from }) => ({ text, by: from.name }));

  test('bot and human talk over each other (chatwoot 13673): not a word of the bot after the claim', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { customer, handoffId } = await desk.waiting();
      const words = Array.from({ length: 6 }, (_each, index) => `do you sell my data? ${index}`);
      const posting = Promise.all(words.map((text) => customer.say(text)));
      const claimed = await asha.did<ClaimedView>(`/handoffs/${handoffId}/claim`);
      expect(claimed.outcome).toBe('claimed');
      await asha.did(`/handoffs/${handoffId}/say`, { id: randomUUID(), text: 'Asha here.' });
      await posting;
      await settled();
      const log = await said(customer);
      const from = log.findIndex(({ text }) => text.startsWith('You are talking to Asha'));
      const bot = log.slice(from + 1).filter(({ by }) => by === 'Comantra Privacy Desk');
      expect(bot).toEqual([]);
      for (const text of words) expect(log.filter((each) => each.text === text)).toHaveLength(1);
      await asha.did(`/handoffs/${handoffId}/close`, { disposition: 'solved' });
    }
  });

  test('two quick messages ask for a person twice (chatwoot 14855): one handoff', async () => {
    const { customer, handoffId } = await desk.waiting();
    await Promise.all([customer.say('agent'), customer.say('human please')]);
    await settled();
    const { handoffs } = desk.product.product.office.records;
    const found = await handoffs.ofConversation(customer.conversationId);
    expect(found.map(({ id }) => id)).toEqual([handoffId]);
  });

  test('bursts of typing break the state (botbuilder-js 4360): every message stands once, in order', async () => {
    const { customer, handoffId } = await desk.waiting();
    await asha.did(`/handoffs/${handoffId}/claim`);
    // Eight posts, of the ten that a conversation has a second.
    const words = ['word 0', 'word 1'];
    for (const text of words) {
      await Promise.all([
        ...Array.from({ length: 3 }, () => customer.post({ type: 'typing' })),
        asha.did(`/handoffs/${handoffId}/typing`),
        customer.say(text),
      ]);
      await settled();
    }
    const kept = (await said(customer))
      .map(({ text }) => text)
      .filter((text) => text.startsWith('word'));
    expect(kept).toEqual(words);
    await asha.did(`/handoffs/${handoffId}/return`);
    await customer.until(/How was the talk/);
    const from = customer.heard.length;
    await customer.say('skip');
    await customer.until(/Is there anything else/, from);
    expect(log.lines.map(({ event }) => event)).not.toContain('turn.failed');
  });

  test('messages at once are lost to a conflict of state (botbuilder-python 1909): each stands once', async () => {
    const { customer, handoffId } = await desk.waiting();
    await asha.did(`/handoffs/${handoffId}/claim`);
    const agents = Array.from({ length: 8 }, (_each, index) => `agent ${index}`);
    const customers = Array.from({ length: 8 }, (_each, index) => `customer ${index}`);
    await Promise.all([
      ...agents.map((text) => asha.did(`/handoffs/${handoffId}/say`, { id: randomUUID(), text })),
      ...customers.map((text) => customer.say(text)),
    ]);
    await settled();
    const kept = (await said(customer)).map(({ text }) => text);
    for (const text of [...agents, ...customers])
      expect(kept.filter((each) => each === text)).toHaveLength(1);
  });

  test('a message of one customer shows in another’s handoff (botpress 4692): each in its own', async () => {
    const first = await desk.waiting();
    const second = await desk.waiting();
    for (const { handoffId } of [first, second]) await asha.did(`/handoffs/${handoffId}/claim`);
    await Promise.all([first.customer.say('only mine'), second.customer.say('only ours')]);
    await settled();
    const of = async (handoffId: string) =>
      JSON.stringify((await asha.get(`/handoffs/${handoffId}`)).body);
    expect(await of(first.handoffId)).toContain('only mine');
    expect(await of(first.handoffId)).not.toContain('only ours');
    expect(await of(second.handoffId)).not.toContain('only mine');
  });
});
