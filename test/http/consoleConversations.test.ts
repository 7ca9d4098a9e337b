import { randomUUID } from 'node:crypto';
import type {
  CallView,
  CaseOpenedView,
  ClaimedView,
  ConversationView,
  MessageView,
  QueueView,
} from '../../bot/console/contract';
import { ChatCustomer } from '../support/chatCustomer';
import { ConsoleDesk, type StaffPage } from '../support/consoleDesk';
import { until } from '../support/until';

describe('conversations in the console', () => {
  let desk: ConsoleDesk;
  let asha: StaffPage;
  let ravi: StaffPage;
  let chief: StaffPage;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
    asha = await desk.staff('Asha Rao', 'agent');
    ravi = await desk.staff('Ravi Menon', 'agent');
    chief = await desk.staff('Meera Iyer', 'supervisor');
  });
  afterAll(() => desk.close());

  const claimed = async (page: StaffPage, handoffId: string): Promise<ConversationView> => {
    const answer = await page.did<ClaimedView>(`/handoffs/${handoffId}/claim`);
    if (answer.outcome !== 'claimed') throw new Error(answer.outcome);
    return answer.conversation;
  };
  const say = (page: StaffPage, handoffId: string, text: string, id = randomUUID()) =>
    page.did(`/handoffs/${handoffId}/say`, { id, text });

  test('go from the queue to whoever claims first, talk both ways, and end', async () => {
    const { customer, handoffId } = await desk.waiting();
    const queue = await asha.read<QueueView>('/queue');
    expect(queue.waiting).toMatchObject([
      { id: handoffId, state: 'waiting', verified: false, channel: 'Web chat' },
    ]);
    expect(queue.waiting[0]?.customer).toMatch(/^Visitor [0-9A-F]{4}$/);

    const live = await asha.live();
    const conversation = await claimed(asha, handoffId);
    expect(conversation).toMatchObject({ mine: true, open: true, chatEnded: false });
    expect(conversation.messages.map(({ from }) => from)).toContain('customer');
    expect(await ravi.did(`/handoffs/${handoffId}/claim`)).toEqual({
      ...{ outcome: 'taken', by: 'Asha Rao' },
    });

    const id = randomUUID();
    expect(await say(asha, handoffId, 'Hello, this is Asha.', id)).toEqual({ outcome: 'said' });
    expect(await say(asha, handoffId, 'Hello, this is Asha.', id)).toEqual({ outcome: 'said' });
    await customer.until(/Hello, this is Asha\./);
    expect(
      (await customer.history()).filter((text) => text === 'Hello, this is Asha.'),
    ).toHaveLength(1);
    const said = await live.next('message', ({ message }) => message.from === 'agent');
    expect(said).toMatchObject({ handoffId, message: { name: 'Asha Rao' } });

    await customer.say('<img src=x onerror=alert(1)>');
    const answer = await live.next('message', ({ message }) => message.text.includes('onerror'));
    expect(answer.message).toMatchObject({
      from: 'customer',
      text: '<img src=x onerror=alert(1)>',
    });

    expect(await say(ravi, handoffId, 'Me, too')).toEqual({ outcome: 'notHeld' });
    const close = { disposition: 'solved' };
    expect(await ravi.did(`/handoffs/${handoffId}/close`, close)).toEqual({ outcome: 'notHeld' });
    expect(await asha.did(`/handoffs/${handoffId}/close`, close)).toEqual({ outcome: 'done' });
    await live.next('gone', (event) => event.id === handoffId);
    expect((await asha.get(`/handoffs/${handoffId}`)).status).toBe(403);
    expect((await asha.read<QueueView>('/queue')).held).toEqual([]);
    live.close();
  });

  test('are read by whoever holds them and by supervisors, whose reading is audited', async () => {
    const { handoffId } = await desk.waiting();
    expect((await asha.get(`/handoffs/${handoffId}`)).status).toBe(403);
    expect((await asha.get(`/handoffs/${randomUUID()}`)).status).toBe(404);
    await claimed(asha, handoffId);
    expect((await ravi.get(`/handoffs/${handoffId}/messages`)).status).toBe(403);
    await asha.did(`/handoffs/${handoffId}/draft`, { text: 'I think that' });
    expect(await asha.read(`/handoffs/${handoffId}`)).toMatchObject({ draft: 'I think that' });

    const { audit } = desk.product.product.office;
    const readings = async () =>
      (await audit.entriesAbout('handoff', handoffId)).filter(
        ({ action }) => action === 'handoff.read',
      );
    expect(await readings()).toEqual([]);
    expect(await chief.read(`/handoffs/${handoffId}`)).toMatchObject({ mine: false, draft: '' });
    await chief.read(`/handoffs/${handoffId}/messages`);
    expect(await readings()).toMatchObject([{ by: audit.fingerprint(chief.account.email) }]);

    const note = { id: randomUUID(), text: 'Be patient with them <b>' };
    await chief.did(`/handoffs/${handoffId}/note`, note);
    const { notes } = await asha.read<ConversationView>(`/handoffs/${handoffId}`);
    expect(notes).toMatchObject([{ by: 'Meera Iyer', text: 'Be patient with them <b>' }]);
  });

  test('show what was said before, page by page, and after a gap', async () => {
    const { customer, handoffId } = await desk.waiting();
    await claimed(asha, handoffId);
    for (let at = 1; at <= 56; at += 1) await say(asha, handoffId, `Line ${at}`);
    const { messages, earlier } = await asha.read<ConversationView>(`/handoffs/${handoffId}`);
    expect(earlier).toBe(true);
    expect(messages).toHaveLength(50);
    expect(messages.at(-1)?.text).toBe('Line 56');
    const first = messages[0]?.sequence ?? 0;
    const before = await asha.read<MessageView[]>(
      `/handoffs/${handoffId}/messages?before=${first}`,
    );
    expect(before.at(-1)?.text).toBe('Line 6');
    expect(before[0]?.from).toBe('bot');
    const last = messages.at(-1)?.sequence ?? 0;
    await customer.say('Are you there?');
    const after = await until('what came since', async () => {
      const page = await asha.read<MessageView[]>(`/handoffs/${handoffId}/messages?after=${last}`);
      return page.length > 0 ? page : undefined;
    });
    expect(after).toMatchObject([{ from: 'customer', text: 'Are you there?' }]);
    expect((await asha.get(`/handoffs/${handoffId}/messages?after=-1`)).status).toBe(400);
  });

  test('pass to a person, who has to be one that may take them', async () => {
    const { handoffId } = await desk.waiting();
    await claimed(asha, handoffId);
    const to = (accountId: string) =>
      asha.post(`/handoffs/${handoffId}/transfer`, { to: accountId });
    expect((await to(randomUUID())).status).toBe(400);
    const manager = await desk.account('Nobody of the chat', 'privacyManager');
    expect((await to(manager.id)).status).toBe(400);
    expect((await to(ravi.account.id)).body).toEqual({ outcome: 'done' });
    const { waiting } = await ravi.read<QueueView>('/queue');
    expect(waiting.find(({ id }) => id === handoffId)).toMatchObject({
      meantFor: { accountId: ravi.account.id, name: 'Ravi Menon' },
    });
    await claimed(ravi, handoffId);
    // A supervisor may send back what somebody else holds.
    expect(await chief.did(`/handoffs/${handoffId}/return`)).toEqual({ outcome: 'done' });
  });

  test('are not undone by what comes late, or again', async () => {
    const { handoffId } = await desk.waiting();
    const deed = async (page: StaffPage, name: string, body: object = {}) =>
      (await page.did<{ outcome: string }>(`/handoffs/${handoffId}/${name}`, body)).outcome;
    const { waiting } = await asha.read<QueueView>('/queue');
    const since = waiting.find(({ id }) => id === handoffId)?.turn;
    expect(await deed(asha, 'claim', { since })).toBe('claimed');
    // Again, after a lost answer.
    expect(await deed(asha, 'claim', { since })).toBe('claimed');
    const { turn } = await asha.read<ConversationView>(`/handoffs/${handoffId}`);
    expect(await deed(chief, 'transfer', { since })).toBe('notHeld');
    expect(await deed(chief, 'transfer', { since: turn })).toBe('done');
    expect(await deed(asha, 'claim', { since })).toBe('gone');
    expect(await deed(ravi, 'claim', { since: turn + 1 })).toBe('claimed');
    expect(await deed(asha, 'claim', { since })).toBe('taken');
    for (const late of ['transfer', 'return'])
      expect(await deed(chief, late, { since: turn })).toBe('notHeld');
    expect(await deed(chief, 'close', { since: turn, disposition: 'abuse' })).toBe('notHeld');
    const { holder } = await ravi.read<ConversationView>(`/handoffs/${handoffId}`);
    expect(holder?.name).toBe('Ravi Menon');
    expect(await deed(ravi, 'close', { since: turn + 2, disposition: 'solved' })).toBe('done');
    expect(await deed(ravi, 'close', { since: turn + 2, disposition: 'solved' })).toBe('done');
  });

  test('become a call that one agent makes, and nobody gets the number afterwards', async () => {
    const customer = await ChatCustomer.open(desk.url);
    await customer.ask('call me back on 98302 33445', /What is it about/);
    await customer.ask('Skip', /Somebody will call you/);
    const [line] = (await asha.read<QueueView>('/queue')).callBacks;
    const handoffId = line?.id ?? '';
    const begin = (page: StaffPage, id = randomUUID()) =>
      page.post<CallView & { outcome?: string; by?: string }>('/calls', {
        ...{ id, handoffId, startedAt: desk.clock.now().toISOString() },
      });
    const callId = randomUUID();
    expect((await begin(asha, callId)).body.callBack?.phone).toContain('98302');
    expect((await begin(asha, callId)).body.callBack?.phone).toContain('98302');
    expect((await begin(ravi)).body).toEqual({ outcome: 'taken', by: 'Asha Rao' });
    const [taken] = (await ravi.read<QueueView>('/queue')).callBacks;
    expect(taken).toMatchObject({ id: handoffId, takenBy: { name: 'Asha Rao' } });
    expect(await ravi.did(`/handoffs/${handoffId}/called-back`)).toEqual({ outcome: 'notHeld' });

    await asha.did(`/calls/${callId}/end`, { again: true });
    const second = await begin(ravi);
    expect(second.body.callBack?.phone).toContain('98302');
    expect(await asha.read(`/calls/${callId}`)).not.toHaveProperty('callBack');
    await ravi.did(`/calls/${second.body.id}/end`);
    expect(await ravi.read(`/calls/${second.body.id}`)).not.toHaveProperty('callBack');
    expect((await begin(asha)).status).toBe(404);
    expect((await asha.read<QueueView>('/queue')).callBacks).toEqual([]);
  });

  test('become a case, received when the customer first told it, and once', async () => {
    const { customer, handoffId } = await desk.waiting();
    const { messages } = await claimed(asha, handoffId);
    const told = messages.find(({ from }) => from === 'customer');
    const bot = messages.find(({ from }) => from === 'bot');
    desk.clock.advance(3 * 60_000);
    // Their page is there still.
    const { handoffs } = desk.product.product.office.records;
    await handoffs.seen(asha.account.id, desk.clock.now());
    const asked = {
      ...{ id: randomUUID(), kind: 'complaint', urgency: 'normal', sequence: told?.sequence },
      aboutStaff: 'no',
      words: 'They say that nobody answers. 4111 1111 1111 1111',
    };
    const wrong = { ...asked, id: randomUUID(), sequence: bot?.sequence };
    expect((await asha.post(`/handoffs/${handoffId}/case`, wrong)).status).toBe(400);
    const opened = await asha.did<CaseOpenedView>(`/handoffs/${handoffId}/case`, asked);
    expect(opened.outcome).toBe('opened');
    // For the customer alone, once, and hidden from who holds the conversation.
    const pins = customer.until(/PIN is \d{6}/);
    expect(opened).not.toHaveProperty('pin');
    await pins;
    const view = await asha.read<ConversationView>(`/handoffs/${handoffId}`);
    const shown = view.messages.find(({ text }) => text.includes('PIN is'));
    expect(shown?.text).toContain('PIN is ••••••');
    expect(await asha.did(`/handoffs/${handoffId}/case`, asked)).toEqual(opened);
    const { cases } = desk.product.product.office.records;
    const kept = await cases.byReference(opened.reference);
    expect(kept?.rounds[0]?.promise.receivedAt.toISOString()).toBe(told?.at);
    expect(kept?.report.whatHappened).toContain('•••• 1111');
    await desk.product.product.sweep();
    expect(await customer.until(/A case is open for you/)).toContain(opened.reference);
    expect(customer.heard.filter((text) => text.includes('PIN is'))).toHaveLength(1);
    // Gone with their next word.
    await customer.say('thank you');
    const shownPin = async () =>
      (await customer.activities()).find(({ text }) => text.includes('PIN is'))?.text;
    await until('the PIN to be hidden', async () => (await shownPin())?.includes('PIN is ••••••'));
  });
});

describe('what staff see of a conversation', () => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(() => desk.close());

  test('shows no code and no PIN, and keeps the rest as it is', async () => {
    const asha = await desk.staff('Asha Rao', 'agent');
    const { customer, handoffId } = await desk.waiting();
    await asha.did(`/handoffs/${handoffId}/claim`);
    await customer.say('my code is 428 913');
    await customer.say('PD-7KQ4-M2XA 771122');
    await customer.say('My postcode is 560001, and I was born in 1980.');
    const shown = await until('the messages', async () => {
      const view = await asha.read<ConversationView>(`/handoffs/${handoffId}`);
      const said = view.messages.filter(({ from }) => from === 'customer');
      return said.length > 3 ? said.slice(-3) : undefined;
    });
    expect(shown.map(({ text }) => text)).toEqual([
      'my code is ••••••',
      'PD-7KQ4-M2XA ••••••',
      'My postcode is 560001, and I was born in 1980.',
    ]);
  });

  test('shows no number of six digits while a code is on its way, but a postcode', async () => {
    const asha = await desk.staff('Asha Rao', 'agent');
    const { customer, handoffId } = await desk.waiting();
    const live = await asha.live();
    await asha.did(`/handoffs/${handoffId}/claim`);
    const said = (number: string) =>
      `Well then I would say that the thing reads ${number} if I am not mistaken`;
    await customer.say(said('482913'));
    await live.next('message', ({ message }) => message.text === said('482913'));
    await asha.did(`/handoffs/${handoffId}/verify`, { claimed: 'nobody@example.org' });
    await customer.say(said('482914'));
    await customer.say('I live at 14 Park Street, Kolkata 700016, as I have always done');
    await live.next('message', ({ message }) => message.text.includes('Kolkata 700016'));
    const texts = live.heard.flatMap((event) =>
      event.kind === 'message' && event.message.from === 'customer' ? [event.message.text] : [],
    );
    const shown = [said('482913'), said('••••••')];
    expect(texts.slice(0, 2)).toEqual(shown);
    const { messages } = await asha.read<ConversationView>(`/handoffs/${handoffId}`);
    expect(messages.map(({ text }) => text)).toEqual(expect.arrayContaining(shown));
    live.close();
  });
});
