import { randomUUID } from 'node:crypto';
import type { LiveEvent } from '../../bot/console/contract';
import { ROLES, type Role } from '../../services/roles';
import { ConsoleDesk, LivePage, refusedLive, type StaffPage } from '../support/consoleDesk';
import { until } from '../support/until';

type Pages = Record<Role | 'other', { page: StaffPage; live: LivePage }>;

describe('the live socket of the console', () => {
  let desk: ConsoleDesk;
  let pages: Pages;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
    const opened = await Promise.all(
      ([...ROLES, 'other'] as const).map(async (name) => {
        const page = await desk.staff(`The ${name}`, name === 'other' ? 'agent' : name);
        return [name, { page, live: await page.live() }] as const;
      }),
    );
    pages = Object.fromEntries(opened) as Pages;
  });
  afterAll(() => desk.close());

  const { stringify } = JSON;
  /** Who hears events of a kind that fit, when something happens; all of it has arrived before it is told. */
  async function hearers(
    happen: () => unknown,
    fits: (event: LiveEvent) => boolean,
  ): Promise<string[]> {
    const before = new Map(
      Object.entries(pages).map(([name, { live }]) => [name, live.heard.length]),
    );
    await happen();
    const heardBy = () =>
      Object.entries(pages)
        .filter(([name, { live }]) => live.heard.slice(before.get(name)).some(fits))
        .map(([name]) => name);
    await until('somebody to hear it', () => heardBy().length > 0);
    await Promise.all(Object.values(pages).map(({ live }) => live.caughtUp()));
    return heardBy().sort();
  }

  const news = () => desk.product.product.office.news;
  const claim = (name: keyof Pages, handoffId: string) =>
    pages[name].page.did(`/handoffs/${handoffId}/claim`);

  test.each([
    ['updates', ['privacyManager', 'supervisor']],
    ['mails', ['privacyManager', 'supervisor']],
    ['replies', ['agent', 'other', 'supervisor']],
  ] as const)('tells that %s have changed to those who see them', async (what, expected) => {
    const heard = await hearers(
      () => {
        news().tell({ kind: 'changed', what });
      },
      (event) => event.kind === 'changed' && event.what === what,
    );
    expect(heard).toEqual(expected);
  });

  test('tells who is there to those who pass conversations on', async () => {
    const heard = await hearers(
      async () => {
        const late = await desk.staff('Late', 'agent');
        (await late.live()).close();
      },
      (event) => event.kind === 'changed' && event.what === 'people',
    );
    expect(heard).toEqual(['agent', 'other', 'supervisor']);
    const people = await pages.agent.page.read<{ name: string }[]>('/people');
    expect(people.map(({ name }) => name)).toContain('The supervisor');
    expect(people.map(({ name }) => name)).not.toContain('The privacyManager');
  });

  test('tells of the queue to those who take conversations, and of what is held to its holder and supervisors', async () => {
    let handoffId = '';
    const ofLine = (kind: 'line' | 'gone') => (event: LiveEvent) =>
      event.kind === kind && (event.kind === 'line' ? event.line.id : event.id) === handoffId;
    const listed = await hearers(async () => {
      ({ handoffId } = await desk.waiting());
    }, ofLine('line'));
    expect(listed).toEqual(['agent', 'other', 'supervisor']);
    await pages.other.live.next('line', ({ line }) => line.id === handoffId);
    expect(await hearers(() => claim('agent', handoffId), ofLine('gone'))).toEqual(['other']);
    const held = pages.supervisor.live.heard.findLast(ofLine('line'));
    expect(held).toMatchObject({ line: { state: 'held', holder: { name: 'The agent' } } });
    const close = () =>
      pages.agent.page.did(`/handoffs/${handoffId}/close`, { disposition: 'solved' });
    expect(await hearers(close, ofLine('gone'))).toEqual(['agent', 'other', 'supervisor']);
  });

  test('passes on what is said, typed and changed to the holder, and to a supervisor who follows', async () => {
    const { customer, handoffId } = await desk.waiting();
    await claim('agent', handoffId);
    const about = (kind: LiveEvent['kind']) => (event: LiveEvent) =>
      event.kind === kind && 'handoffId' in event && event.handoffId === handoffId;
    const said = () => customer.say('Here is what happened.');
    expect(await hearers(said, about('message'))).toEqual(['agent']);

    // Everybody asks for it; it is for one of them.
    for (const { live } of Object.values(pages)) live.say({ follow: [handoffId] });
    await pages.supervisor.live.next('conversation', about('conversation'));
    const { audit } = desk.product.product.office;
    const noted = await audit.entriesAbout('handoff', handoffId);
    expect(noted.filter(({ action }) => action === 'handoff.read')).toHaveLength(1);
    expect(await hearers(said, about('message'))).toEqual(['agent', 'supervisor']);
    const typing = () => {
      news().tell({ kind: 'typing', conversationId: customer.conversationId });
    };
    expect(await hearers(typing, about('typing'))).toEqual(['agent', 'supervisor']);
    const proved = () => {
      news().tell({ kind: 'conversation', conversationId: customer.conversationId });
    };
    expect(await hearers(proved, about('conversation'))).toEqual(['agent', 'supervisor']);

    for (const { live } of Object.values(pages)) live.say({ follow: [] });
    await pages.agent.page.did(`/handoffs/${handoffId}/transfer`, {});
    await claim('other', handoffId);
    expect(await hearers(said, about('message'))).toEqual(['other']);
  });

  test('tells nobody of a conversation from which a case about them came', async () => {
    const { customer, handoffId } = await desk.waiting(
      'The supervisor was rude to me, I want a person',
    );
    await claim('agent', handoffId);
    const { cases } = desk.product.product.office;
    await cases.open({
      ...{ id: randomUUID(), kind: 'complaint', urgency: 'normal', aboutStaff: 'staff' },
      ...{ confirmed: true, channel: 'chat', conversationId: customer.conversationId },
      receivedAt: desk.clock.now(),
      report: { whatHappened: 'The supervisor was rude to me.' },
    });
    expect((await pages.supervisor.page.get(`/handoffs/${handoffId}`)).status).toBe(403);
    pages.supervisor.live.say({ follow: [handoffId] });
    await pages.supervisor.live.caughtUp();
    const heard = await hearers(
      () => customer.say('Are you there?'),
      (event) => event.kind === 'message' && event.handoffId === handoffId,
    );
    expect(heard).toEqual(['agent']);
    const board = await pages.supervisor.page.read('/cases');
    const others = await pages.privacyManager.page.read('/cases');
    expect(stringify(board)).not.toContain('complaint');
    expect(stringify(others)).toContain('complaint');
  });

  test('tells of a call to the agent who took it', async () => {
    const id = randomUUID();
    const begin = () =>
      pages.agent.page.did('/calls', { id, startedAt: desk.clock.now().toISOString() });
    expect(await hearers(begin, (event) => event.kind === 'call' && event.call.id === id)).toEqual([
      'agent',
    ]);
    expect((await pages.other.page.get(`/calls/${id}`)).status).toBe(404);
    expect((await pages.supervisor.page.get(`/calls/${id}`)).status).toBe(404);
  });

  test('tells many changes of one conversation as few', async () => {
    const { handoffId } = await desk.waiting();
    const { live } = pages.other;
    await live.next('line', ({ line }) => line.id === handoffId);
    const before = live.heard.length;
    for (let told = 0; told < 200; told += 1) news().tell({ kind: 'handoff', id: handoffId });
    await live.next('line', ({ line }) => line.id === handoffId, before);
    await live.caughtUp();
    expect(live.heard.length - before).toBeLessThan(10);
  });

  test('closes when the session ends, and says so', async () => {
    const page = await desk.staff('Leaver', 'agent');
    const live = await page.live();
    await page.did('/sign-out', { everywhere: true });
    await until('the socket to close', () => live.closedWith !== undefined);
    expect(live.closedWith).toBe(4401);
    expect(live.heard.at(-1)).toEqual({ kind: 'signedOut' });
  });

  test('is refused to other sites, to strangers, and before a second factor is set up', async () => {
    const { cookie } = pages.agent.page;
    const refused = (headers: Record<string, string>) => refusedLive(desk.url, headers);
    expect(await refused({ cookie, origin: 'https://evil.example' })).toBe(403);
    expect(await refused({ cookie })).toBe(403);
    expect(await refused({ origin: desk.url })).toBe(401);
    const half = await desk.signIn(await desk.accountWith('Half', ['supervisor'], false));
    expect(await refused({ cookie: half.cookie, origin: desk.url })).toBe(403);
  });

  test('takes what a page says, and nothing else', async () => {
    const page = await desk.staff('Odd', 'agent');
    for (const [frame, code] of [
      ['{"follow":[1]}', 1008],
      ['not JSON', 1008],
      [`{"follow":["${'x'.repeat(9000)}"]}`, 1009],
    ] as const) {
      const live = await page.live();
      live.say(frame);
      await until('the socket to close', () => live.closedWith !== undefined);
      expect(live.closedWith).toBe(code);
    }
  });

  test('has at most ten sockets of one person, the newest', async () => {
    const page = await desk.staff('Many tabs', 'agent');
    const first = await page.live();
    const others: LivePage[] = [];
    for (let opened = 0; opened < 10; opened += 1) others.push(await page.live());
    await until('the first to close', () => first.closedWith !== undefined);
    expect(first.closedWith).toBe(1013);
    expect(others.map(({ closedWith }) => closedWith)).toEqual(others.map(() => undefined));
    for (const live of others) live.close();
  });
});
