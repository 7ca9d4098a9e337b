import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Server } from 'restify';
import { mountPages } from '../../bot/pages';
import { ROOT } from '../../bot/root';
import { createServer } from '../../bot/server';
import type { Store } from '../../models/store';
import type { Calls } from '../../services/calls';
import { DISOWN_LASTS_MS, STOP_CALL_LASTS_MS, type LinkPurpose } from '../../services/links';
import { loadPolicy } from '../../services/policy';
import { callDesk, type CallDesk } from '../support/callDesk';
import { customerOf, storeCustomers } from '../support/customers';
import { openMemory } from '../support/directLineDesk';
import { keptLog } from '../support/keptLog';
import { ACCOUNT_URL, DESK_URL, recordDesk, type RecordDesk } from '../support/recordDesk';

const EMAIL = 'asha.rao@example.com';
const ASHA = customerOf({ userName: 'asha.rao', email: EMAIL, newsletter: true });
const DISOWN: LinkPurpose = {
  ...{ kind: 'disown', customerId: ASHA.id, mailbox: EMAIL, about: 'change' },
};
const FORM = 'application/x-www-form-urlencoded';
const policy = loadPolicy(readFileSync(path.join(ROOT, 'knowledge/policy.md'), 'utf8'));

let webDirectory: string;
let store: Store;
let desk: RecordDesk;
let url: string;
const servers: Server[] = [];
/** Set where a test has calls. */
let stopCall: Calls['stop'] = () => Promise.reject(new Error('There are no calls.'));
const log = keptLog();

beforeAll(() => {
  webDirectory = mkdtempSync(path.join(tmpdir(), 'privacy-desk-web-'));
  for (const folder of ['chat', 'shared']) mkdirSync(path.join(webDirectory, folder));
  writeFileSync(path.join(webDirectory, 'chat/index.html'), '<!doctype html>');
  for (const name of ['base.css', 'plain.css'])
    writeFileSync(path.join(webDirectory, 'shared', name), 'body{}');
});
beforeEach(async () => {
  store = await openMemory();
  desk = await recordDesk(store);
  await storeCustomers(desk.records.customers, ASHA);
  url = await serve(desk);
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await store.close();
});
afterAll(() => {
  rmSync(webDirectory, { recursive: true });
});

async function serve(of: RecordDesk): Promise<string> {
  const server = createServer(log);
  servers.push(server);
  const { links, freezes, newsletter, passwordLinks } = of;
  mountPages(server, {
    ...{ policy, publicUrl: DESK_URL, privacyMailbox: 'info@comantra.net', mailTray: false },
    webDirectory,
    mailLinks: {
      ...{ links, freezes, newsletter, passwordLinks, log },
      calls: { stop: (purpose) => stopCall(purpose) },
      clientAddress: (request) => String(request.headers['x-test-address'] ?? 'one'),
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

const ask = (target: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${url}${target}`, { redirect: 'manual', ...init });
const press = (target: string, init: RequestInit = {}): Promise<Response> =>
  ask(target, { method: 'POST', headers: { 'content-type': FORM, origin: 'null' }, ...init });
const asha = async () => (await desk.records.customers.byId(ASHA.id))!;
const cases = () => desk.caseRecords.openedSince(new Date(0), 100);
const linkTo = async (purpose: LinkPurpose = DISOWN): Promise<string> =>
  `/link/${(await desk.links.mint(purpose, DISOWN_LASTS_MS)).token}`;
const newsletterPath = (): string => desk.newsletter.linkOf(ASHA.id).slice(DESK_URL.length);

describe('every page behind a link in a mail', () => {
  test.each<[string, () => string | Promise<string>, number]>([
    ['to disown a change', () => linkTo(), 200],
    ['that is not known', () => `/link/${'A'.repeat(43)}`, 404],
    ['to leave the newsletter', newsletterPath, 200],
    ['to leave the newsletter, forged', () => `${newsletterPath()}x`, 404],
  ])('%s: is kept by nobody, runs nothing, and leads nowhere', async (_what, path, status) => {
    const answer = await ask(await path());
    expect(answer.status).toBe(status);
    const { headers } = answer;
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(headers.get('content-security-policy')).not.toContain('script-src');
    expect(headers.get('set-cookie')).toBeNull();
    const text = await answer.text();
    expect(text).toContain('<html lang="en">');
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).toMatch(/<title>[^<]+ – Comantra Privacy Desk<\/title>/);
    expect(text).toContain('mailto:info@comantra.net');
    expect(text).toContain('/assets/shared/plain.css?v=');
    expect(text).not.toMatch(/<script|asha|style="/);
  });
});

describe('a link "this wasn’t me"', () => {
  test('fetched by scanners changes nothing, however often', async () => {
    const link = await linkTo();
    for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS', 'PUT', 'DELETE']) {
      const answer = await ask(link, { method });
      if (method === 'HEAD') expect(await answer.text()).toBe('');
    }
    await desk.settle();
    expect(await asha()).toEqual(ASHA);
    expect(await cases()).toEqual([]);
    expect(desk.mails).toEqual([]);
    expect(await (await ask(link)).text()).toContain('<form method="post"><button');
  });

  test('pressed holds the record still, opens a case and says so; then it is used', async () => {
    const link = await linkTo();
    const answer = await press(link);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<h1>Your record is held still</h1>');
    await desk.settle();
    expect((await asha()).freeze?.by).toBe('link');
    expect((await cases()).map(({ urgency }) => urgency)).toEqual(['now']);
    for (const again of [await ask(link), await press(link)]) {
      expect(again.status).toBe(410);
      expect(await again.text()).toContain('This link has been used');
    }
    expect(await cases()).toHaveLength(1);
  });

  test('pressed five times at once is one freeze and one case', async () => {
    const link = await linkTo();
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => (await press(link)).status),
    );
    expect(statuses).toContain(200);
    await desk.settle();
    expect(await cases()).toHaveLength(1);
    expect((await asha()).revision).toBe(1);
  });

  test('pressed when the desk breaks down in between can be pressed again, and is one case', async () => {
    const link = await linkTo();
    jest.spyOn(desk.links, 'use').mockRejectedValueOnce(new Error('The store is gone.'));
    const broken = await press(link);
    expect(broken.status).toBe(500);
    expect(await broken.text()).not.toContain('The store is gone');
    expect(log.lines.at(-1)?.event).toBe('http.failed');
    expect((await press(link)).status).toBe(200);
    await desk.settle();
    expect(await cases()).toHaveLength(1);
    expect((await press(link)).status).toBe(410);
  });

  test('that is too old does nothing and says so', async () => {
    const link = await linkTo();
    desk.clock.advance(DISOWN_LASTS_MS);
    for (const answer of [await ask(link), await press(link)]) {
      expect(answer.status).toBe(410);
      expect(await answer.text()).toContain('This link is too old');
    }
    expect(await asha()).toEqual(ASHA);
  });

  test.each<[string, () => string | Promise<string>]>([
    ['a made-up token', () => `/link/${'A'.repeat(43)}`],
    ['a token cut short', async () => (await linkTo()).slice(0, -1)],
    ['markup', () => '/link/%3Cscript%3Ealert(1)%3C%2Fscript%3E'],
    [
      'a link that continues a request',
      () => linkTo({ kind: 'continue', updateId: 'u1', email: EMAIL }),
    ],
    ['a link for a new password', () => linkTo({ kind: 'reset', customerId: ASHA.id })],
  ])('is not %s', async (_what, path) => {
    const link = await path();
    for (const answer of [await ask(link), await press(link)]) {
      expect(answer.status).toBe(404);
      const text = await answer.text();
      expect(text).toContain('This link is not known here');
      expect(text).not.toContain('<script');
    }
    expect(await asha()).toEqual(ASHA);
  });

  test('takes no book from whoever posts', async () => {
    const link = await linkTo();
    const answer = await press(link, { body: 'x'.repeat(20_000) });
    expect(answer.status).toBe(413);
    expect(await asha()).toEqual(ASHA);
  });

  test('lets one address ask sixty times a minute, and others go on', async () => {
    const link = `/link/${'A'.repeat(43)}`;
    for (let times = 0; times < 60; times += 1) await ask(link);
    const refused = await ask(link);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.text()).toContain('Please wait a moment');
    expect((await ask(link, { headers: { 'x-test-address': 'two' } })).status).toBe(404);
  });
});

describe('a link "stop: I did not call"', () => {
  const CALL = '55555555-5555-4555-8555-555555555555';
  const STOP: LinkPurpose = {
    ...{ kind: 'stopCall', callId: CALL, customerId: ASHA.id, mailbox: EMAIL },
  };
  let calling: CallDesk;
  beforeEach(async () => {
    calling = await callDesk(store);
    await calling.begin();
    stopCall = (purpose) => calling.calls.stop(purpose);
  });
  const stopLink = async (): Promise<string> =>
    `/link/${(await desk.links.mint(STOP, STOP_CALL_LASTS_MS)).token}`;
  const stoppedAt = async () => (await calling.calls.byId(CALL))?.stoppedAt;

  test('fetched by scanners changes nothing', async () => {
    const link = await stopLink();
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']) await ask(link, { method });
    expect(await stoppedAt()).toBeUndefined();
    const text = await (await ask(link)).text();
    expect(text).toContain('<h1>Did you not call us?</h1>');
    expect(text).toContain('<form method="post"><button');
  });

  test('pressed stops the call, tells staff once and says so; then it is used', async () => {
    const link = await stopLink();
    const answer = await press(link);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<h1>The call is stopped</h1>');
    expect(await stoppedAt()).toEqual(calling.clock.now());
    const again = await press(link);
    expect(again.status).toBe(410);
    expect((await calling.settle()).map(({ to }) => to)).toEqual(['manager@example.com']);
    expect((await asha()).freeze).toBeUndefined();
  });

  test('pressed when the desk breaks down in between can be pressed again', async () => {
    const link = await stopLink();
    jest.spyOn(desk.links, 'use').mockRejectedValueOnce(new Error('The store is gone.'));
    expect((await press(link)).status).toBe(500);
    expect((await press(link)).status).toBe(200);
    expect(await calling.settle()).toHaveLength(1);
  });

  test('that is too old does nothing', async () => {
    const link = await stopLink();
    desk.clock.advance(STOP_CALL_LASTS_MS);
    expect((await press(link)).status).toBe(410);
    expect(await stoppedAt()).toBeUndefined();
  });
});

describe('a link out of the newsletter', () => {
  test.each([
    ['a mail program, with one click', { 'content-type': FORM }, 'List-Unsubscribe=One-Click'],
    ['a form in several parts', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
    ['the button', { 'content-type': FORM, origin: 'null' }, ''],
    ['another site', { 'content-type': 'text/plain', origin: 'https://evil.example' }, 'x'],
  ])('takes the customer off for %s', async (_who, headers, body) => {
    const answer = await press(newsletterPath(), { headers, body });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('You have left the newsletter');
    expect((await asha()).newsletter).toBe(false);
  });

  test('merely fetched changes nothing', async () => {
    expect(await (await ask(newsletterPath())).text()).toContain('<form method="post"><button');
    expect((await ask(newsletterPath(), { method: 'HEAD' })).status).toBe(200);
    expect(await asha()).toEqual(ASHA);
  });

  test('says the same again, and changes nothing', async () => {
    const first = await (await press(newsletterPath())).text();
    expect(await (await press(newsletterPath())).text()).toBe(first);
    expect((await asha()).revision).toBe(1);
  });

  test('that somebody made up is not known', async () => {
    const forged = `/newsletter/${ASHA.id}.${'A'.repeat(43)}`;
    for (const answer of [await ask(forged), await press(forged)]) expect(answer.status).toBe(404);
    expect(await asha()).toEqual(ASHA);
  });
});

describe('the door of the account site', () => {
  const redeem = async (body: unknown, headers: Record<string, string> = {}) => {
    const answer = await ask('/account/redeem', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const { cache } = { cache: answer.headers.get('cache-control') };
    return { status: answer.status, cache, body: (await answer.json()) as unknown };
  };
  const ticket = async (): Promise<string> => {
    await desk.passwordLinks.send({ conversationId: 'c1' }, EMAIL);
    await desk.settle();
    const [, found] = /ticket=(\S+)/.exec(desk.mailsTo(EMAIL).at(-1)?.text ?? '') ?? [];
    return found!;
  };

  test('is told whom a ticket stands for, once', async () => {
    const mailed = await ticket();
    expect(await redeem({ ticket: mailed })).toEqual({
      ...{ status: 200, cache: 'no-store', body: { userName: 'asha.rao' } },
    });
    expect(await redeem({ ticket: mailed })).toMatchObject({
      ...{ status: 410, body: { error: { code: 'TicketInvalid' } } },
    });
  });

  test.each<[string, unknown, number, string]>([
    ['a made-up ticket', { ticket: 'a.1.b' }, 410, 'TicketInvalid'],
    ['no ticket', {}, 400, 'BadArgument'],
    ['a number', { ticket: 7 }, 400, 'BadArgument'],
    ['null', 'null', 400, 'BadArgument'],
    ['no JSON', '{', 400, 'BadRequest'],
    ['a book', { ticket: 'x'.repeat(10_000) }, 413, 'TooLarge'],
  ])('refuses %s', async (_what, body, status, code) => {
    expect(await redeem(body)).toMatchObject({ status, body: { error: { code } } });
  });

  test('changes nothing by GET', async () => {
    const mailed = await ticket();
    expect((await ask(`/account/redeem?ticket=${mailed}`)).status).toBe(404);
    expect(await redeem({ ticket: mailed })).toMatchObject({ status: 200 });
  });

  test('is not there without an account site', async () => {
    const without = await openMemory();
    url = await serve(await recordDesk(without, { accountUrl: undefined }));
    expect(await redeem({ ticket: 'a.1.b' })).toMatchObject({ status: 404 });
    await without.close();
    expect(ACCOUNT_URL).toContain('?');
  });
});
