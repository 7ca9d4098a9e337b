import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Server } from 'restify';
import { accountRoutes } from '../../bot/console/accountRoutes';
import { mountRoutes } from '../../bot/console/guard';
import { ConsoleSessions } from '../../bot/console/session';
import { mountSignIn } from '../../bot/console/signInRoutes';
import { createServer } from '../../bot/server';
import type { Store } from '../../models/store';
import type { ErrorBody } from '../../bot/httpErrors';
import type {
  AccountView,
  InvitationView,
  SessionView,
  TotpView,
} from '../../bot/console/contract';
import { SESSION_IDLE_MS, SESSION_LASTS_MS } from '../../services/staffAccounts';
import { accountDesk, PASSWORD, type AccountDesk, type SetUp } from '../support/accountDesk';
import { openMemory } from '../support/directLineDesk';
import { keptLog } from '../support/keptLog';

type SignedIn = Extract<SessionView, { signedIn: true }>;

const PUBLIC_URL = 'https://desk.example.com';
const ASHA = 'asha@example.com';
const STEP_MS = 30_000;

let store: Store;
let desk: AccountDesk;
let first: SetUp;
let base: string;
let sessions: ConsoleSessions;
const servers: Server[] = [];
const log = keptLog();

beforeEach(async () => {
  store = await openMemory();
  desk = await accountDesk(store, PUBLIC_URL);
  first = await desk.firstAdministrator();
  desk.clock.advance(STEP_MS);
  base = await serve(PUBLIC_URL);
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await store.close();
});

async function serve(publicUrl: string): Promise<string> {
  const server = createServer(log);
  servers.push(server);
  const { accounts } = desk;
  sessions = new ConsoleSessions(accounts, publicUrl);
  const clientAddress = (request: IncomingMessage): string =>
    String(request.headers['x-test-address'] ?? '192.0.2.1');
  const company = { zone: 'Asia/Kolkata', privacyMailbox: 'info@comantra.net' };
  mountSignIn(server, { accounts, sessions, clientAddress, log, ...company });
  mountRoutes(server, accountRoutes(accounts), sessions, log);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

/** A browser with one cookie jar, on a page that the desk served. */
class Page {
  cookie = '';
  csrf = '';
  setCookie = '';
  constructor(private readonly headers: Record<string, string> = { origin: PUBLIC_URL }) {}

  get = (path: string, headers: Record<string, string> = {}) => this.ask(path, { headers });

  post = (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
    this.ask(path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        ...{ 'content-type': 'application/json', ...this.headers },
        ...(this.csrf ? { 'x-csrf-token': this.csrf } : {}),
        ...headers,
      },
    });

  async json<View>(answer: Promise<Response>): Promise<View> {
    return (await (await answer).json()) as View;
  }

  session = (): Promise<SessionView> => this.json<SessionView>(this.get('/session'));

  async signIn(email: string, code?: string, password = PASSWORD) {
    const answer = await this.post('/sign-in', { email, password, ...(code ? { code } : {}) });
    const view = (await answer.json()) as Partial<SignedIn> & { outcome?: string };
    if (view.csrf !== undefined) this.csrf = view.csrf;
    return { status: answer.status, view };
  }

  private async ask(
    path: string,
    init: { method?: string; body?: string; headers: Record<string, string> },
  ): Promise<Response> {
    const headers = { ...(this.cookie ? { cookie: this.cookie } : {}), ...init.headers };
    const answer = await fetch(`${base}/console/api${path}`, { ...init, headers });
    const [set] = answer.headers.getSetCookie();
    if (set !== undefined) {
      this.setCookie = set;
      this.cookie = /Max-Age=0/i.test(set) ? '' : (set.split(';')[0] ?? '');
    }
    expect(answer.headers.get('cache-control')).toBe('no-store');
    return answer;
  }
}

const codeOf = (of: SetUp) => desk.codeOf(of.secret);
const errorOf = async (answer: Promise<Response>) => {
  const response = await answer;
  return [response.status, ((await response.json()) as ErrorBody).error.code];
};
const NOT_ALLOWED = [403, 'NotAllowed'];
const NOT_SIGNED_IN = [401, 'NotSignedIn'];

/** Somebody of staff who has signed in on a page of their own. */
async function agentPage(): Promise<{ readonly page: Page; readonly asha: SetUp }> {
  const asha = await desk.person(first, ASHA, 'agent');
  const page = new Page();
  await page.signIn(ASHA);
  return { page, asha };
}
async function administratorPage(): Promise<Page> {
  const page = new Page();
  await page.signIn(first.email, codeOf(first));
  desk.clock.advance(STEP_MS);
  return page;
}

describe('signing in', () => {
  test('says who is signed in, and what they may', async () => {
    const page = new Page();
    expect(await page.session()).toEqual({ signedIn: false });
    expect(await page.signIn(first.email)).toEqual({
      ...{ status: 200, view: { outcome: 'codeNeeded' } },
    });
    const { view } = await page.signIn(first.email, codeOf(first));
    expect(view).toMatchObject({ signedIn: true, zone: 'Asia/Kolkata' });
    expect(view.me).toEqual({
      ...{ id: first.id, name: 'Meera Iyer', email: first.email, roles: ['administrator'] },
      ...{ rights: ['accounts.manage'], mustSetUpTotp: false, hasTotp: true },
    });
    expect(await page.session()).toEqual(view);
  });

  test.each([
    ['a wrong password', first_, 'not the password'],
    ['an address that nobody has', () => 'nobody@example.com', PASSWORD],
    ['one that is only invited', () => 'invited@example.com', PASSWORD],
    ['one that is disabled', () => 'gone@example.com', PASSWORD],
  ])('with %s says that it is wrong, and no more', async (_what, email, password) => {
    const by = desk.byOf(first);
    const invitee = { name: 'Rina', roles: ['agent'] };
    await desk.accounts.invite(by, { ...invitee, email: 'invited@example.com' });
    const gone = await desk.person(first, 'gone@example.com', 'agent');
    await desk.accounts.disable(by, gone.id);
    const page = new Page();
    const { status, view } = await page.signIn(email(), '000000', password);
    expect({ status, view }).toEqual({ status: 200, view: { outcome: 'wrong' } });
    expect(page.setCookie).toBe('');
  });

  test('does not know by the time it takes whether there is an account', async () => {
    await desk.person(first, ASHA, 'agent');
    const took = async (email: string): Promise<number> => {
      const times: number[] = [];
      for (let tries = 0; tries < 7; tries += 1) {
        const began = performance.now();
        await desk.accounts.signIn({ email, password: 'not the password' }, 'here');
        times.push(performance.now() - began);
      }
      return times.sort((a, b) => a - b)[3] ?? 0;
    };
    const [known, unknown] = [await took(ASHA), await took('nobody@example.com')];
    // Without the hash of nobody's password it would be a tenth or less.
    expect(unknown).toBeGreaterThan(known / 3);
    expect(known).toBeGreaterThan(unknown / 3);
  });

  test('takes a code once, though it is right for a minute and a half', async () => {
    const code = codeOf(first);
    expect((await new Page().signIn(first.email, code)).view.signedIn).toBe(true);
    expect((await new Page().signIn(first.email, code)).view).toEqual({ outcome: 'wrong' });
  });

  test('is throttled by account, and by place', async () => {
    const page = new Page();
    for (let tries = 0; tries < 10; tries += 1) await page.signIn(ASHA);
    expect((await page.signIn(ASHA)).view).toEqual({ outcome: 'throttled' });
    expect((await page.signIn(first.email)).view).toEqual({ outcome: 'codeNeeded' });
    for (let tries = 0; tries < 40; tries += 1)
      await desk.limits.take('desk/signIn/origin', '192.0.2.1', { most: 50, windowMs: 3_600_000 });
    expect((await page.signIn(first.email)).view).toEqual({ outcome: 'throttled' });
    const elsewhere = new Page({ origin: PUBLIC_URL, 'x-test-address': '2001:db8::1' });
    expect((await elsewhere.signIn(first.email)).view).toEqual({ outcome: 'codeNeeded' });
  });

  test('gives a session that nobody could have planted, and ends the one before', async () => {
    await desk.person(first, ASHA, 'agent');
    const page = new Page();
    const planted = 'P'.repeat(43);
    page.cookie = `__Host-desk=${planted}`;
    await page.signIn(ASHA);
    const token = page.cookie;
    expect(token).toMatch(/^__Host-desk=[\w-]{43}$/);
    expect(token).not.toContain(planted);
    await page.signIn(ASHA);
    expect(page.cookie).not.toBe(token);
    const [thief, owner] = [new Page(), page];
    for (const each of [`__Host-desk=${planted}`, token]) {
      thief.cookie = each;
      expect(await thief.session()).toEqual({ signedIn: false });
    }
    expect(await owner.session()).toMatchObject({ signedIn: true });
  });

  test.each([
    ['no JSON', 'text/plain', '{}', 400],
    ['no object', 'application/json', '[]', 400],
    ['a number as password', 'application/json', '{"email":"a","password":1}', 400],
    ['a query as address', 'application/json', '{"email":{"$gt":""},"password":"x"}', 400],
    ['far too much', 'application/json', JSON.stringify({ email: 'x'.repeat(20_000) }), 413],
  ])('refuses %s', async (_what, type, body, status) => {
    const headers = { 'content-type': type, origin: PUBLIC_URL };
    const answer = await fetch(`${base}/console/api/sign-in`, { method: 'POST', headers, body });
    expect(answer.status).toBe(status);
  });
});

function first_(): string {
  return first.email;
}

describe('the cookie', () => {
  test('over TLS is for this host alone, and for no script', async () => {
    const { page } = await agentPage();
    expect(page.setCookie).toMatch(
      /^__Host-desk=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('without TLS has a name of its own, and is all but Secure', async () => {
    const local = 'http://localhost:3978';
    base = await serve(local);
    await desk.person(first, ASHA, 'agent');
    const page = new Page({ origin: local });
    await page.signIn(ASHA);
    expect(page.setCookie).toMatch(/^desk-console=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(await page.session()).toMatchObject({ signedIn: true });
  });

  test.each(['', 'x', '%', '%22', 'A'.repeat(43), '"', 'a; __Host-desk=b'])(
    'of the value “%s” is nobody’s',
    async (value) => {
      const page = new Page();
      page.cookie = `__Host-desk=${value}`;
      expect(await page.session()).toEqual({ signedIn: false });
      expect(await errorOf(page.get('/accounts'))).toEqual(NOT_SIGNED_IN);
    },
  );
});

describe('a call that is not from the page', () => {
  const ELSEWHERE = [
    ['another site', { origin: 'https://evil.example' }],
    ['a subdomain', { origin: 'https://x.desk.example.com' }],
    ['the same host without TLS', { origin: 'http://desk.example.com' }],
    ['a sandbox', { origin: 'null' }],
    ['nowhere', { origin: '' }],
    ['no page that says so', {}],
  ] as const;

  test.each(ELSEWHERE)('but from %s changes nothing', async (_what, headers) => {
    const { page: own } = await agentPage();
    const page = new Page(headers);
    Object.assign(page, { cookie: own.cookie, csrf: own.csrf });
    for (const [path, body] of [
      ['/sign-in', { email: ASHA, password: PASSWORD }],
      ['/sign-out', {}],
      ['/invitation', { token: 'x' }],
      ['/invitation/accept', { token: 'x', name: 'x', password: 'x' }],
      ['/me/totp/begin', {}],
      ['/me/totp/confirm', { code: '123456' }],
      ['/me/password', { old: PASSWORD, new: 'a whole new one' }],
      ['/accounts/invite', { email: 'b@example.com', name: 'B', roles: ['agent'] }],
    ] as const)
      expect(await errorOf(page.post(path, body))).toEqual(NOT_ALLOWED);
    expect(await own.session()).toMatchObject({ signedIn: true });
  });

  test.each([
    ['without the token', {}],
    ['with an empty one', { 'x-csrf-token': '' }],
    ['with a wrong one', { 'x-csrf-token': 'A'.repeat(43) }],
  ])('is known by coming %s', async (_what, headers) => {
    const { page } = await agentPage();
    page.csrf = '';
    for (const path of ['/sign-out', '/me/totp/begin', '/me/password', '/accounts/invite'])
      expect(await errorOf(page.post(path, {}, headers))).toEqual(NOT_ALLOWED);
    expect(await page.session()).toMatchObject({ signedIn: true });
  });

  test('cannot use the token of another session', async () => {
    const { page } = await agentPage();
    const other = new Page();
    await other.signIn(ASHA);
    expect(other.csrf).not.toBe(page.csrf);
    page.csrf = other.csrf;
    expect(await errorOf(page.post('/sign-out'))).toEqual(NOT_ALLOWED);
  });

  test('opens no socket, nor does one that is not signed in', async () => {
    const { page } = await agentPage();
    const ask = (origin: string | undefined, cookie: string) =>
      sessions.callerOfSocket({
        headers: { cookie, ...(origin ? { origin } : {}) },
      } as IncomingMessage);
    expect(await ask(PUBLIC_URL, page.cookie)).toMatchObject({ caller: { email: ASHA } });
    for (const origin of ['https://evil.example', undefined])
      await expect(ask(origin, page.cookie)).rejects.toMatchObject({ code: 'NotAllowed' });
    await expect(ask(PUBLIC_URL, '')).rejects.toMatchObject({ code: 'NotSignedIn' });
  });
});

describe('a session', () => {
  const isOver = async (page: Page): Promise<void> => {
    expect(await page.session()).toEqual({ signedIn: false });
    expect(await errorOf(page.get('/accounts'))).toEqual(NOT_SIGNED_IN);
    expect(await errorOf(page.post('/sign-out'))).toEqual(NOT_SIGNED_IN);
  };

  test('is over after half an hour in which nothing is done, whatever the page reads by itself', async () => {
    const { page } = await agentPage();
    desk.clock.advance(SESSION_IDLE_MS - 1);
    expect(await page.session()).toMatchObject({ signedIn: true });
    desk.clock.advance(1);
    await isOver(page);
  });

  test('goes on while somebody is there, and is over after twelve hours', async () => {
    const { page } = await agentPage();
    const everyMs = 20 * 60_000;
    for (let time = 1; time < SESSION_LASTS_MS / everyMs; time += 1) {
      desk.clock.advance(everyMs);
      expect(await page.json(page.post('/me/here'))).toEqual({ outcome: 'done' });
    }
    desk.clock.advance(everyMs);
    await isOver(page);
  });

  test('of an account that is disabled is over at once', async () => {
    const { page, asha } = await agentPage();
    const administrator = await administratorPage();
    const answer = await administrator.post(`/accounts/${asha.id}/disable`);
    expect(await answer.json()).toEqual({ outcome: 'disabled' });
    expect(await page.session()).toEqual({ signedIn: false });
    expect((await page.signIn(ASHA)).view).toEqual({ outcome: 'wrong' });
  });

  test('is signed out of, and takes its cookie along', async () => {
    const { page } = await agentPage();
    const other = new Page();
    await other.signIn(ASHA);
    const kept = page.cookie;
    expect(await page.json(page.post('/sign-out'))).toEqual({ signedIn: false });
    expect(page.setCookie).toMatch(/^__Host-desk=; Max-Age=0; Path=\/; HttpOnly; Secure/);
    page.cookie = kept;
    expect(await page.session()).toEqual({ signedIn: false });
    expect(await other.session()).toMatchObject({ signedIn: true });
  });

  test('is signed out of everywhere', async () => {
    const { page } = await agentPage();
    const other = new Page();
    await other.signIn(ASHA);
    await page.post('/sign-out', { everywhere: true });
    for (const each of [page, other]) expect(await each.session()).toEqual({ signedIn: false });
  });
});

describe('an invitation', () => {
  const invited = async (...roles: string[]): Promise<string> => {
    const page = await administratorPage();
    const invitee = { email: ASHA, name: 'Asha Rao', roles };
    const answer = await page.post('/accounts/invite', invitee);
    expect(await answer.json()).toEqual({ outcome: 'invited' });
    return desk.invitationOf(ASHA);
  };
  const look = (token: string) => {
    const page = new Page();
    return page.json<InvitationView>(page.post('/invitation', { token }));
  };

  test('shows what it is for, with a picture for the app', async () => {
    const view = await look(await invited('supervisor'));
    expect(view).toMatchObject({
      ...{ outcome: 'open', email: ASHA, name: 'Asha Rao', roles: ['supervisor'] },
      totpNeeded: true,
    });
    const { totp } = view as { totp: TotpView };
    expect(totp.uri).toContain(`secret=${totp.secret}`);
    expect(totp.uri).toMatch(/^otpauth:\/\/totp\/Comantra%20Privacy%20Desk:asha%40example\.com\?/);
    const [, picture = ''] = totp.picture.split('data:image/svg+xml;base64,');
    expect(Buffer.from(picture, 'base64').toString()).toMatch(/^<svg [^]+<\/svg>$/);
  });

  test('sets up an account once, and signs its owner in', async () => {
    const token = await invited('supervisor');
    const view = (await look(token)) as { totp: TotpView };
    const page = new Page();
    const accept = (change: object) =>
      page.json<SignedIn & { outcome?: string }>(
        page.post('/invitation/accept', { token, name: 'Asha', password: PASSWORD, ...change }),
      );
    expect(await accept({})).toEqual({ outcome: 'codeNeeded' });
    expect(await accept({ code: '1' })).toEqual({ outcome: 'wrongCode' });
    expect(await accept({ password: 'short' })).toMatchObject({ field: 'password' });
    const code = desk.codeOf(view.totp.secret);
    const { me } = await accept({ code });
    expect(me).toMatchObject({ name: 'Asha', email: ASHA, hasTotp: true });
    expect(await page.session()).toMatchObject({ signedIn: true });
    expect(await accept({ code })).toEqual({ outcome: 'used' });
    expect(await look(token)).toEqual({ outcome: 'used' });
    expect((await new Page().signIn(ASHA, code)).view).toEqual({ outcome: 'wrong' });
  });

  test.each(['', 'x', 'A'.repeat(43)])('of the token “%s” is unknown', async (token) => {
    expect(await look(token)).toEqual({ outcome: 'unknown' });
  });

  test('of another kind is none', async () => {
    const disown = { kind: 'reset', customerId: 'c' } as const;
    const { token } = await desk.links.mint(disown, 60_000);
    expect(await look(token)).toEqual({ outcome: 'unknown' });
  });

  test('is not tried without end', async () => {
    const page = new Page();
    for (let tries = 0; tries < 100; tries += 1)
      await desk.limits.take('desk/invitation/origin', '192.0.2.1', {
        ...{ most: 100, windowMs: 3_600_000 },
      });
    const body = { token: 'A'.repeat(43), name: 'x', password: 'x' };
    expect(await errorOf(page.post('/invitation/accept', body))).toEqual([429, 'TooManyRequests']);
  });
});

describe('one’s own account', () => {
  test('gets a new password and goes on, while other pages have to sign in again', async () => {
    const { page } = await agentPage();
    const other = new Page();
    await other.signIn(ASHA);
    const change = { old: PASSWORD, new: 'a whole new one' };
    expect(await page.json(page.post('/me/password', { ...change, old: 'x' }))).toEqual({
      outcome: 'wrong',
    });
    const before = page.cookie;
    const view = await page.json<SignedIn>(page.post('/me/password', change));
    expect(view).toMatchObject({ signedIn: true, me: { email: ASHA } });
    expect(page.cookie).not.toBe(before);
    expect(await page.session()).toEqual(view);
    expect(await other.session()).toEqual({ signedIn: false });
  });

  test('that needs a second factor may do nothing before it is set up', async () => {
    const { asha } = await agentPage();
    await desk.accounts.setRoles(desk.byOf(first), asha.id, ['agent', 'administrator']);
    const page = new Page();
    const { view } = await page.signIn(ASHA);
    expect(view.me).toMatchObject({ mustSetUpTotp: true });
    expect(await errorOf(page.get('/accounts'))).toEqual(NOT_ALLOWED);
    expect(await errorOf(page.post('/accounts/invite'))).toEqual(NOT_ALLOWED);
    expect(await errorOf(page.post('/me/password'))).toEqual(NOT_ALLOWED);
    const { secret } = await page.json<TotpView>(page.post('/me/totp/begin'));
    expect(await page.json(page.post('/me/totp/confirm', { code: '1' }))).toEqual({
      outcome: 'wrongCode',
    });
    const code = desk.codeOf(secret);
    const done = await page.json<SignedIn>(page.post('/me/totp/confirm', { code }));
    expect(done.me).toMatchObject({ mustSetUpTotp: false, hasTotp: true });
    expect((await page.get('/accounts')).status).toBe(200);
    page.csrf = done.csrf;
    expect(await errorOf(page.post('/me/totp/begin'))).toEqual(NOT_ALLOWED);
  });
});

describe('the accounts', () => {
  test('are for administrators alone', async () => {
    const { page } = await agentPage();
    expect(await errorOf(page.get('/accounts'))).toEqual(NOT_ALLOWED);
    for (const what of ['roles', 'disable', 'enable', 'invite-again'])
      expect(await errorOf(page.post(`/accounts/${first.id}/${what}`))).toEqual(NOT_ALLOWED);
  });

  test('are invited, given roles, disabled, enabled and invited again', async () => {
    const { asha } = await agentPage();
    const page = await administratorPage();
    const does = (what: string, body = {}) =>
      page.json(page.post(`/accounts/${asha.id}/${what}`, body));
    expect(await does('roles', { roles: [] })).toMatchObject({ outcome: 'invalid' });
    expect(await does('roles', { roles: ['supervisor'] })).toEqual({ outcome: 'changed' });
    expect(await does('disable')).toEqual({ outcome: 'disabled' });
    expect(await does('enable')).toEqual({ outcome: 'enabled' });
    expect(await does('invite-again')).toEqual({ outcome: 'invited' });
    const list = await page.json<AccountView[]>(page.get('/accounts'));
    expect(list.map(({ email, roles, state }) => [email, roles, state])).toEqual([
      [first.email, ['administrator'], 'active'],
      [ASHA, ['supervisor'], 'invited'],
    ]);
    expect(JSON.stringify(list)).not.toMatch(/argon|secret/i);
    const self = page.post(`/accounts/${first.id}/disable`);
    expect(await page.json(self)).toEqual({ outcome: 'lastAdministrator' });
  });

  test.each(['x', '%00', '99999999-9999-4999-8999-999999999999'])(
    'have none of the id “%s”',
    async (id) => {
      const page = await administratorPage();
      for (const what of ['disable', 'enable', 'invite-again'])
        expect(await errorOf(page.post(`/accounts/${id}/${what}`))).toEqual([404, 'NotFound']);
    },
  );

  test('leave nothing of anybody in the log', async () => {
    await agentPage();
    await new Page().signIn(ASHA, undefined, 'a wrong password');
    const lines = JSON.stringify([log.lines, desk.log]);
    expect(lines).not.toMatch(/asha|first@|password|__Host/i);
  });
});
