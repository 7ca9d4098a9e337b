import { randomUUID } from 'node:crypto';
import { consoleOf } from '../../bot/console';
import { DeskNews } from '../../services/deskNews';
import { ROLES, type Role } from '../../services/roles';
import { ConsoleDesk, StaffPage } from '../support/consoleDesk';

const AGENTS: readonly Role[] = ['agent', 'supervisor'];
const DECIDERS: readonly Role[] = ['supervisor', 'privacyManager'];

/** Every route that needs a right, and who has it. */
const MAY: Readonly<Record<string, readonly Role[]>> = {
  'GET /queue': AGENTS,
  'GET /people': AGENTS,
  'GET /handoffs/:id': AGENTS,
  'GET /handoffs/:id/messages': AGENTS,
  'POST /handoffs/:id/claim': AGENTS,
  'POST /handoffs/:id/say': AGENTS,
  'POST /handoffs/:id/typing': AGENTS,
  'POST /handoffs/:id/draft': AGENTS,
  'POST /handoffs/:id/note': AGENTS,
  'POST /handoffs/:id/transfer': AGENTS,
  'POST /handoffs/:id/return': AGENTS,
  'POST /handoffs/:id/close': AGENTS,
  'POST /handoffs/:id/called-back': AGENTS,
  'GET /handoffs/:id/record': AGENTS,
  'POST /handoffs/:id/verify': AGENTS,
  'POST /handoffs/:id/propose': AGENTS,
  'POST /handoffs/:id/case': AGENTS,
  'POST /handoffs/:id/consent': AGENTS,
  'POST /handoffs/:id/consent/end': AGENTS,
  'GET /replies': AGENTS,
  'POST /replies': ['supervisor'],
  'POST /replies/:id/remove': ['supervisor'],
  'GET /updates': DECIDERS,
  'GET /updates/:id': DECIDERS,
  'POST /updates/:id/approve': DECIDERS,
  'POST /updates/:id/refuse': DECIDERS,
  'POST /updates/:id/vouch': DECIDERS,
  'POST /updates/:id/done': DECIDERS,
  'GET /cases': DECIDERS,
  'GET /cases/:reference': DECIDERS,
  'GET /cases/:reference/transcript': DECIDERS,
  'GET /cases/:reference/files/:mail/:number': DECIDERS,
  'POST /cases/:reference/answer': DECIDERS,
  'POST /cases/:reference/note': DECIDERS,
  'POST /cases/:reference/extend': DECIDERS,
  'POST /cases/:reference/close': DECIDERS,
  'POST /cases/:reference/reopen': DECIDERS,
  'POST /cases/:reference/name': DECIDERS,
  'GET /promises': DECIDERS,
  'GET /mails': DECIDERS,
  'GET /mails/:id': DECIDERS,
  'GET /mails/:id/files/:number': DECIDERS,
  'POST /mails/:id/release': DECIDERS,
  'POST /mails/:id/discard': DECIDERS,
  'POST /calls': AGENTS,
  'GET /calls/:id': AGENTS,
  'POST /calls/:id/end': AGENTS,
  'POST /calls/:id/question': AGENTS,
  'POST /calls/:id/code': AGENTS,
  'POST /calls/:id/check': AGENTS,
  'POST /calls/:id/change': AGENTS,
  'POST /calls/:id/report': AGENTS,
  'GET /accounts': ['administrator'],
  'POST /accounts/invite': ['administrator'],
  'POST /accounts/:id/roles': ['administrator'],
  'POST /accounts/:id/disable': ['administrator'],
  'POST /accounts/:id/enable': ['administrator'],
  'POST /accounts/:id/invite-again': ['administrator'],
};

/** The routes as the console declares them; nothing behind them is asked. */
function declaredRoutes(): string[] {
  const parts = { news: new DeskNews(), terms: { zone: 'UTC' }, records: { cases: {} } };
  const { live, routes } = consoleOf(parts as never, {} as never);
  void live.close();
  return routes.map(({ method, path }) => `${method} ${path}`);
}

/** A path with something in the place of its parameters that is there nowhere. */
const pathOf = (route: string): string =>
  (route.split(' ')[1] ?? '')
    .replace(':reference', 'PD-AAAA-AAAA')
    .replace(':number', '1')
    .replace(/:\w+/g, () => randomUUID());

const call = (page: StaffPage, route: string) =>
  route.startsWith('GET') ? page.get(pathOf(route)) : page.post(pathOf(route));

test('the console has no route that is not in this table, and none twice', () => {
  expect(declaredRoutes().sort()).toEqual(Object.keys(MAY).sort());
});

describe('the routes of the console', () => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(() => desk.close());

  test.each(ROLES)('are open to somebody who is %s as far as the table says', async (role) => {
    const page = await desk.staff(`Just ${role}`, role);
    const refused: string[] = [];
    for (const route of Object.keys(MAY)) {
      const { status, headers } = await call(page, route);
      expect(headers.get('cache-control')).toBe('no-store');
      expect([route, status]).not.toEqual([route, 401]);
      expect([route, status]).not.toEqual([route, 500]);
      if (status === 403) refused.push(route);
    }
    const forOthers = Object.keys(MAY).filter((route) => !MAY[route]?.includes(role));
    expect(refused).toEqual(forOthers);
  });

  test('are closed to whoever is not signed in', async () => {
    const page = new StaffPage(desk.url, { id: '', email: '', name: '' });
    for (const route of Object.keys(MAY)) expect((await call(page, route)).status).toBe(401);
  });

  test('are closed to whoever needs a second factor and has none', async () => {
    const account = await desk.accountWith('New Supervisor', ['supervisor'], false);
    const page = await desk.signIn(account);
    for (const route of Object.keys(MAY)) expect((await call(page, route)).status).toBe(403);
  });

  test('take no deed from another site, or without the token of the session', async () => {
    const page = await desk.staff('Careful', ...ROLES);
    const bad: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { 'x-csrf-token': '' },
      { 'x-csrf-token': 'a' },
    ];
    for (const route of Object.keys(MAY).filter((each) => each.startsWith('POST')))
      for (const headers of bad) {
        const { status } = await page.post(pathOf(route), {}, headers);
        expect([route, headers, status]).toEqual([route, headers, 403]);
      }
  });

  test('take JSON of at most 64 kB', async () => {
    const page = await desk.staff('Writer', 'agent');
    const path = `/handoffs/${randomUUID()}/say`;
    expect((await page.post(path, { text: 'x'.repeat(70_000) })).status).toBe(413);
    expect((await page.post(path, '{')).status).toBe(400);
    expect((await page.post(path, 'a=1', { 'content-type': 'text/plain' })).status).toBe(400);
  });
});
