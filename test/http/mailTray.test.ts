import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Server } from 'restify';
import { createLog } from '../../bot/log';
import { mountMailTray } from '../../bot/mailTray';
import { createServer } from '../../bot/server';
import type { Deliver, TrayMail } from '../../bot/trayReply';
import { ProductError } from '../../services/errors';
import { REPLY_LINE } from '../../services/inbound/quoteStripping';
import { fileMailer, type OutgoingMail } from '../../services/mailer';
import { countedIds, TestClock } from '../support/doubles';

const HTML = '<h1>Your report</h1><script>fetch("/mail")</script><img src="https://example.org/x">';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

const MAILBOXES = ['info@comantra.net', 'enquiry@comantra.net'];

let directory: string;
let server: Server;
let port: number;
/** What the tray handed over, and what it is told in return. */
let delivered: TrayMail[];
let answered: Awaited<ReturnType<Deliver>> | Error;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tray-'));
  server = createServer(createLog('silent'));
  delivered = [];
  answered = { outcome: 'taken' };
  mountMailTray(server, {
    directory,
    securityHeaders: { 'Permissions-Policy': 'camera=()' },
    mailboxes: MAILBOXES,
    clock: new TestClock(new Date('2026-11-23T10:00:00Z')),
    ids: countedIds(),
    deliver: async (mail) => {
      delivered.push(mail);
      if (answered instanceof Error) throw answered;
      return answered;
    },
  });
  await listen();
});

async function listen(): Promise<void> {
  await new Promise<void>((done) => {
    server.listen(0, '0.0.0.0', done);
  });
  port = (server.server.address() as AddressInfo).port;
}

async function close(): Promise<void> {
  await new Promise<void>((done) => {
    server.close(done);
    server.server.closeAllConnections();
  });
}

afterEach(async () => {
  await close();
  await rm(directory, { recursive: true, force: true });
});

type Headers = Record<string, string>;

const get = (path: string, headers: Headers = {}, host = '127.0.0.1'): Promise<Answer> =>
  ask({ host, path, headers });

/** Sends a form as a browser does from a page of this address. */
const post = (
  path: string,
  fields: Record<string, string>,
  headers: Headers = {},
  host = '127.0.0.1',
): Promise<Answer> =>
  ask({
    method: 'POST',
    host,
    path,
    headers: {
      'Content-Type': 'application/x-www-form-urlencoded',
      Origin: `http://127.0.0.1:${port}`,
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });

function ask(options: {
  method?: string;
  host: string;
  path: string;
  headers: Headers;
  body?: string;
}): Promise<Answer> {
  const { body = '', ...rest } = options;
  return new Promise<Answer>((done, fail) => {
    const call = request({ port, ...rest }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        done({ status, headers: answered, body: Buffer.concat(chunks).toString() });
      });
    });
    call.on('error', fail);
    call.end(body);
  });
}

async function keep(mail: Partial<OutgoingMail> & { id: string }): Promise<string> {
  const date = mail.date ?? new Date('2026-11-22T09:30:00Z');
  await fileMailer({ directory }).send({
    from: 'Desk <desk@comantra.net>',
    to: 'rina@example.org',
    subject: `Mail ${mail.id}`,
    text: 'In text.',
    html: HTML,
    messageId: `<${mail.id}@comantra.net>`,
    date,
    ...mail,
  });
  return `${date.toISOString().replace(/[-:.]/g, '')}-${mail.id}.eml`;
}

describe('the list', () => {
  test('says so when there is no mail, or not even a folder', async () => {
    expect((await get('/mail')).body).toContain('No mail yet.');
    await rm(directory, { recursive: true });
    const answer = await get('/mail');
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('No mail yet.');
  });

  test('shows from whom, to whom, what and when, the newest first', async () => {
    await keep({ id: 'b-old', date: new Date('2026-11-20T09:30:00Z') });
    const file = await keep({ id: 'a-new', subject: 'Report <received>' });
    const { status, body } = await get('/mail');
    expect(status).toBe(200);
    expect(body.indexOf('Report &lt;received&gt;')).toBeGreaterThan(0);
    expect(body.indexOf('Report &lt;received&gt;')).toBeLessThan(body.indexOf('Mail b-old'));
    expect(body).toContain(`href="/mail/${file}"`);
    expect(body).toContain('From &quot;Desk&quot; &lt;desk@comantra.net&gt; to rina@example.org');
    expect(body).toContain('<time datetime="2026-11-22T09:30:00.000Z">');
    expect(body).toContain('exists only in development');
    expect(body).toContain('not encrypted');
  });

  test('lives with files that are broken, and leaves out those that are no mails', async () => {
    await keep({ id: 'good' });
    await writeFile(join(directory, '20261122T093000000Z-empty.eml'), '');
    await writeFile(
      join(directory, '20261122T093000000Z-noise.eml'),
      Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197) % 256)),
    );
    await writeFile(join(directory, '20261122T093000000Z-huge.eml'), Buffer.alloc(6 * 1024 * 1024));
    await writeFile(join(directory, '.20261122T093000000Z-x.eml.1.1.draft'), 'Subject: A draft');
    await writeFile(join(directory, 'notes.txt'), 'Subject: Notes');
    const { status, body } = await get('/mail');
    expect(status).toBe(200);
    expect(body).toContain('Mail good');
    expect(body).toContain('20261122T093000000Z-huge.eml cannot be read.');
    expect(body).not.toContain('draft');
    expect(body).not.toContain('notes');
  });

  test('stops at the newest two hundred and says so', async () => {
    for (let index = 0; index < 201; index += 1) {
      const name = `20261122T0930${String(index).padStart(5, '0')}Z-m${index}.eml`;
      await writeFile(join(directory, name), `Subject: Number ${index}.\r\n\r\n`);
    }
    const { body } = await get('/mail');
    expect(body).toContain('The newest 200 of 201 mails are shown.');
    expect(body).toContain('Number 200.');
    expect(body).not.toContain('Number 0.');
  });

  test('forbids scripts and leaves no trace in caches', async () => {
    const { headers } = await get('/mail');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'permissions-policy': 'camera=()',
    });
  });
});

describe('one mail', () => {
  test('shows headers and text, as text, and links to try', async () => {
    const text = 'Open <https://desk.example/case?a=1&b=2> now.\n<script>alert(1)</script>';
    const file = await keep({ id: 'one', text });
    const { status, body } = await get(`/mail/${file}`);
    expect(status).toBe(200);
    expect(body).toContain(
      '<dt>From</dt><dd>&quot;Desk&quot; &lt;desk@comantra.net&gt;</dd>\n<dt>To</dt><dd>rina@example.org</dd>',
    );
    expect(body).toContain('Auto-Submitted</th><td>auto-generated');
    expect(body).toContain('&lt;one@comantra.net&gt;');
    expect(body).toContain(
      '&lt;<a href="https://desk.example/case?a=1&amp;b=2" rel="noreferrer">https://desk.example/case?a=1&amp;b=2</a>&gt; now.',
    );
    expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(body).not.toContain('<script>');
    expect(body).toContain(`<iframe sandbox src="/mail/${file}/html"`);
  });

  test('keeps its HTML part behind a policy under which nothing runs or loads', async () => {
    const { status, headers, body } = await get(`/mail/${await keep({ id: 'one' })}/html`);
    expect(status).toBe(200);
    expect(body.trim()).toBe(HTML);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    );
  });

  test('shows a mail without parts', async () => {
    const file = '20261122T093000000Z-bare.eml';
    await writeFile(join(directory, file), 'To: a@example.org\r\n\r\n');
    expect((await get(`/mail/${file}`)).body).toContain('(no subject)');
    expect((await get(`/mail/${file}/html`)).body).toContain('no HTML part');
  });

  test('opens under a name as long as that of a mail with a code', async () => {
    const file = await keep({ id: `v${'x'.repeat(43)}-9d54cddb-d6fd-43b7-8e5b-c1628d01f03f` });
    expect(file.length).toBeGreaterThan(100);
    for (const path of ['', '/html', '/download'])
      expect((await get(`/mail/${file}${path}`)).status).toBe(200);
  });

  test('can be downloaded as it is', async () => {
    const file = await keep({ id: 'one' });
    const { headers, body } = await get(`/mail/${file}/download`);
    expect(headers['content-type']).toBe('message/rfc822');
    expect(headers['content-disposition']).toBe(`attachment; filename="${file}"`);
    expect(body).toContain('Message-ID: <one@comantra.net>');
  });

  test('and looking at it changes nothing', async () => {
    const file = await keep({ id: 'one' });
    const before = await stat(join(directory, file));
    for (const path of ['', '/html', '/download']) await get(`/mail/${file}${path}`);
    expect(await readdir(directory)).toEqual([file]);
    expect((await stat(join(directory, file))).mtimeMs).toBe(before.mtimeMs);
  });
});

describe('the Reply form', () => {
  const answerable: Partial<OutgoingMail> = {
    subject: '[PD-7KQ4-M2XA] We have your message',
    replyTo: 'Comantra Privacy Desk <case+abc@comantra.net>',
    references: ['<a@comantra.net>'],
    text: 'We have it.\n',
  };

  test('says from whom to whom it goes, and is labelled', async () => {
    const { body } = await get(`/mail/${await keep({ id: 'one', ...answerable })}`);
    expect(body).toContain('From <b>rina@example.org</b> to <b>case+abc@comantra.net</b>');
    expect(body).toContain('<label for="words">Your reply</label>');
    expect(body).toContain('aria-describedby="hint"');
    expect(body).not.toContain('#note');
  });

  test('explains the words of staff where staff are asked for an answer', async () => {
    const text = `${REPLY_LINE}\n\nA customer has opened a case.`;
    const { body } = await get(`/mail/${await keep({ id: 'one', ...answerable, text })}`);
    expect(body).toContain('<code>#note</code>');
    expect(body).toContain('<code>#extend</code>');
  });

  test('hands over a reply as a mail program makes it, and sends the browser back', async () => {
    const file = await keep({ id: 'one', ...answerable });
    const answer = await post(`/mail/${file}/reply`, { words: 'It was\r\n<us> – দুঃখিত.' });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe(`/mail/${file}?sent=1`);

    expect(delivered).toHaveLength(1);
    const { raw, envelope } = delivered[0]!;
    expect(envelope).toEqual({ from: 'rina@example.org', to: ['case+abc@comantra.net'] });
    const mail = await simpleParser(raw);
    expect(mail.from?.value).toEqual([{ address: 'rina@example.org', name: '' }]);
    expect(mail.to).toMatchObject({ value: [{ address: 'case+abc@comantra.net' }] });
    expect(mail.subject).toBe('Re: [PD-7KQ4-M2XA] We have your message');
    expect(mail.inReplyTo).toBe('<one@comantra.net>');
    expect(mail.references).toEqual(['<a@comantra.net>', '<one@comantra.net>']);
    expect(mail.date).toEqual(new Date('2026-11-23T10:00:00Z'));
    expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@example\.org>$/);
    expect(mail.text).toBe(
      'It was\n<us> – দুঃখিত.\n\nOn Sun, 22 Nov 2026 at 09:30, "Desk" <desk@comantra.net> wrote:\n> We have it.\n',
    );
    expect(mail.headers.has('auto-submitted')).toBe(false);

    const { body } = await get(`/mail/${file}?sent=1`);
    expect(body).toContain('Your reply was handed to the desk.');
    expect(body).toContain('<title>Sent – ');
    expect((await get(`/mail/${file}`)).body).not.toContain('handed to the desk');
    expect(await readdir(directory)).toEqual([file]);
  });

  test('answers the sender where the mail names no other address', async () => {
    const file = await keep({ id: 'one' });
    await post(`/mail/${file}/reply`, { words: 'x' });
    expect(delivered[0]!.envelope.to).toEqual(['desk@comantra.net']);
    const mail = await simpleParser(delivered[0]!.raw);
    expect(mail.references).toBe('<one@comantra.net>');
  });

  test('may be empty, as mails may', async () => {
    expect((await post(`/mail/${await keep({ id: 'one' })}/reply`, {})).status).toBe(303);
  });

  test('is another mail each time', async () => {
    const file = await keep({ id: 'one' });
    for (const words of ['x', 'x']) await post(`/mail/${file}/reply`, { words });
    const ids = await Promise.all(delivered.map(async ({ raw }) => simpleParser(raw)));
    expect(new Set(ids.map(({ messageId }) => messageId)).size).toBe(2);
  });

  test('says why the desk did not take it, and keeps the words', async () => {
    answered = { outcome: 'refused', message: 'There is no <such> case.' };
    const file = await keep({ id: 'one', ...answerable });
    const { status, body } = await post(`/mail/${file}/reply`, { words: '\n</textarea><b>x' });
    expect(status).toBe(422);
    expect(body).toContain('role="alert">It was not sent. There is no &lt;such&gt; case.');
    expect(body).toContain('>\n\n&lt;/textarea&gt;&lt;b&gt;x</textarea>');
    expect(body).toContain('<title>Not sent – ');
  });

  test('says so when the desk cannot take it now', async () => {
    answered = new ProductError('StoreUnavailable', 'The disk is full. Please try again later.');
    const file = await keep({ id: 'one' });
    const { status, body } = await post(`/mail/${file}/reply`, { words: 'My words' });
    expect(status).toBe(503);
    expect(body).toContain('The disk is full.');
    expect(body).toContain('My words</textarea>');
  });

  test('tells nothing of a fault that nobody foresaw', async () => {
    answered = new Error('secret');
    const answer = await post(`/mail/${await keep({ id: 'one' })}/reply`, { words: 'x' });
    expect(answer.status).toBe(500);
  });

  test('is not there for a mail that names no addressee', async () => {
    const file = '20261122T093000000Z-bare.eml';
    await writeFile(join(directory, file), 'From: a@example.org\r\n\r\nx');
    expect((await get(`/mail/${file}`)).body).not.toContain('<form');
    const { status, body } = await post(`/mail/${file}/reply`, { words: 'x' });
    expect(status).toBe(400);
    expect(body).toContain('This mail names nobody to answer.');
    expect(delivered).toEqual([]);
  });

  test.each([
    ['a mail that is not there', '20261122T093000000Z-missing.eml'],
    ['what is no mail', 'notes.txt'],
    ['a path out of the folder', '..%2f..%2fetc%2fpasswd'],
  ])('answers 404 for %s', async (_, file) => {
    expect((await post(`/mail/${file}/reply`, { words: 'x' })).status).toBe(404);
    expect(delivered).toEqual([]);
  });

  test('takes 60 kB, and no more than 64', async () => {
    const file = await keep({ id: 'one' });
    expect((await post(`/mail/${file}/reply`, { words: 'x'.repeat(60_000) })).status).toBe(303);
    const { status, body } = await post(`/mail/${file}/reply`, { words: 'x'.repeat(66_000) });
    expect(status).toBe(413);
    expect(body).toContain('That is longer than the tray takes (64 kB).');
    expect(delivered).toHaveLength(1);
  });

  test('takes nothing but a form', async () => {
    const file = await keep({ id: 'one' });
    const json = { 'Content-Type': 'application/json' };
    expect((await post(`/mail/${file}/reply`, { words: 'x' }, json)).status).toBe(400);
    expect(delivered).toEqual([]);
  });
});

describe('the form for a first mail', () => {
  const FIELDS = {
    from: 'rina@example.org',
    to: 'info@comantra.net',
    subject: 'Somebody reads my mail',
    words: 'Hello.\r\nRina',
  };

  test('offers the desk’s mailboxes', async () => {
    const { body } = await get('/mail');
    for (const mailbox of MAILBOXES) expect(body).toContain(`<option>${mailbox}</option>`);
    for (const field of ['from', 'to', 'subject', 'words'])
      expect(body).toMatch(new RegExp(`<label for="${field}">[^]*id="${field}" name="${field}"`));
  });

  test('hands the mail over, and sends the browser back', async () => {
    const answer = await post('/mail/new', FIELDS);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/mail?sent=1');
    const { raw, envelope } = delivered[0]!;
    expect(envelope).toEqual({ from: 'rina@example.org', to: ['info@comantra.net'] });
    const mail = await simpleParser(raw);
    expect(mail).toMatchObject({ subject: FIELDS.subject, text: 'Hello.\nRina\n' });
    expect(mail.messageId).toMatch(/@example\.org>$/);
    expect((await get('/mail?sent=1')).body).toContain('Your mail was handed to the desk.');
  });

  test('takes a name with the address, and a subject with line breaks as one line', async () => {
    const from = 'Rina Sen <rina@example.org>';
    await post('/mail/new', { ...FIELDS, from, subject: 'Hello\r\nBcc: eve@example.net' });
    expect(delivered[0]!.envelope.from).toBe('rina@example.org');
    const mail = await simpleParser(delivered[0]!.raw);
    expect(mail.from?.text).toBe('"Rina Sen" <rina@example.org>');
    expect(mail.subject).toBe('Hello Bcc: eve@example.net');
    expect(mail.bcc).toBeUndefined();
  });

  test.each([
    ['no sender', { from: '' }, 'A mail needs exactly one valid address.'],
    ['a sender that is none', { from: 'Rina' }, 'A mail needs exactly one valid address.'],
    ['a stranger’s mailbox', { to: 'eve@example.net' }, 'Choose one of the desk’s mailboxes.'],
  ])('is shown again, with what was written, for %s', async (_, wrong, words) => {
    const { status, body } = await post('/mail/new', { ...FIELDS, ...wrong });
    expect(status).toBe(400);
    expect(body).toContain(words);
    expect(body).toContain('value="Somebody reads my mail"');
    expect(body).toContain('Hello.\nRina</textarea>');
    expect(delivered).toEqual([]);
  });

  test('keeps the mailbox that was chosen', async () => {
    answered = { outcome: 'refused', message: 'No.' };
    const { body } = await post('/mail/new', { ...FIELDS, to: 'enquiry@comantra.net' });
    expect(body).toContain('<option selected>enquiry@comantra.net</option>');
  });
});

test('without a desk to deliver to, there are no forms', async () => {
  await close();
  server = createServer(createLog('silent'));
  mountMailTray(server, { directory, mailboxes: MAILBOXES });
  await listen();
  const file = await keep({ id: 'one' });
  for (const path of ['/mail', `/mail/${file}`]) {
    const { body, headers } = await get(path);
    expect(body).not.toContain('<form');
    expect(headers['content-security-policy']).toContain("form-action 'none'");
  }
  for (const path of ['/mail/new', `/mail/${file}/reply`])
    expect([404, 405]).toContain((await post(path, { words: 'x' })).status);
});

describe('who may send a form', () => {
  const ownAddress = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === 'IPv4' && !found.internal)?.address;
  const everyForm = async (headers: Headers, host?: string): Promise<Answer[]> => {
    const file = await keep({ id: 'one' });
    const fields = { from: 'rina@example.org', to: 'info@comantra.net', words: 'x' };
    const answers: Answer[] = [];
    for (const path of [`/mail/${file}/reply`, '/mail/new'])
      answers.push(await post(path, fields, headers, host));
    return answers;
  };

  test.each([
    ['localhost', 'localhost:3978'],
    ['the IPv6 loopback', '[::1]:3978'],
    ['the default port', '127.0.0.1'],
  ])('a page of this address, under %s', async (_, host) => {
    const answers = await everyForm({ Host: host, Origin: `http://${host}` });
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(delivered).toHaveLength(2);
  });

  test.each<[string, Headers]>([
    ['another site', { Origin: 'https://evil.example' }],
    ['another port of this machine', { Origin: 'http://127.0.0.1:1' }],
    ['a page that hides where it is from', { Origin: 'null' }],
    ['a name that leads here', { Host: 'evil.example', Origin: 'http://evil.example' }],
    ['what begins like this address', { Origin: 'http://127.0.0.1.evil.example' }],
    ['a proxy', { 'X-Forwarded-For': '203.0.113.7' }],
    ['a proxy by the standard', { Forwarded: 'for=203.0.113.7' }],
  ])('not %s', async (_, headers) => {
    for (const { status, body } of await everyForm(headers)) {
      expect(status).toBe(403);
      expect(JSON.parse(body)).toMatchObject({ error: { code: 'NotAllowed' } });
    }
    expect(delivered).toEqual([]);
  });

  test('not whoever names no page at all', async () => {
    const path = `/mail/${await keep({ id: 'one' })}/reply`;
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const answer = await ask({ method: 'POST', host: '127.0.0.1', path, headers: type });
    expect(answer.status).toBe(403);
    expect(delivered).toEqual([]);
  });

  (ownAddress ? test : test.skip)('not another machine on the network', async () => {
    const host = { Host: 'localhost', Origin: 'http://localhost' };
    const answers = await everyForm(host, ownAddress);
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });
});

describe('who may look', () => {
  const ownAddress = Object.values(networkInterfaces())
    .flat()
    .find((found) => found?.family === 'IPv4' && !found.internal)?.address;

  test.each([['localhost'], ['LOCALHOST:3978'], ['127.0.0.1:80'], ['[::1]:3978']])(
    'a browser that asks for %s',
    async (host) => {
      expect((await get('/mail', { Host: host })).status).toBe(200);
    },
  );

  test.each<[string, Record<string, string>]>([
    ['a page of another site whose name leads here', { Host: 'evil.example' }],
    ['a name that begins like this machine', { Host: '127.0.0.1.evil.example' }],
    ['a name that ends like this machine', { Host: 'evil.localhost.example' }],
    ['a proxy that says whom it forwards', { 'X-Forwarded-For': '203.0.113.7' }],
    ['a proxy that says the host it stands for', { 'X-Forwarded-Host': 'desk.example' }],
    ['a proxy by the standard', { Forwarded: 'for=203.0.113.7' }],
    ['a proxy that says its own name', { Via: '1.1 proxy' }],
    ['a proxy of nginx', { 'X-Real-IP': '203.0.113.7' }],
  ])('not %s', async (_, headers) => {
    const file = await keep({ id: 'one' });
    for (const path of ['/mail', `/mail/${file}`, `/mail/${file}/html`, `/mail/${file}/download`]) {
      const answer = await get(path, headers);
      expect(answer.status).toBe(404);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'NotFound' } });
    }
  });

  (ownAddress ? test : test.skip)('not another machine on the network', async () => {
    expect((await get('/mail', { Host: 'localhost' }, ownAddress)).status).toBe(404);
  });
});

describe('nothing outside the folder', () => {
  test.each([
    ['/mail/..%2f..%2fetc%2fpasswd'],
    ['/mail/../package.json'],
    ['/mail/%2e%2e'],
    ['/mail/20261122T093000000Z-..%2f..%2fx.eml'],
    ['/mail/20261122T093000000Z-x%00.eml'],
    ['/mail/%ff%fe'],
    ['/mail/constructor'],
    ['/mail/20261122T093000000Z-missing.eml'],
    ['/mail/20261122T093000000Z-missing.eml/download'],
  ])('%s is not served', async (path) => {
    const { status } = await get(path);
    expect([400, 404]).toContain(status);
  });

  test('nor is a link that leads out, or a folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'outside-'));
    await writeFile(join(outside, 'secret'), 'Subject: Secret\r\n\r\n');
    const link = '20261122T093000000Z-link.eml';
    await symlink(join(outside, 'secret'), join(directory, link));
    const folder = '20261122T093000000Z-folder.eml';
    await mkdir(join(directory, folder));
    for (const file of [link, folder]) {
      expect((await get(`/mail/${file}`)).status).toBe(404);
      expect((await get(`/mail/${file}/download`)).status).toBe(404);
    }
    const list = await get('/mail');
    expect(list.status).toBe(200);
    expect(list.body).toContain(`${link} cannot be read.`);
    expect(list.body).not.toContain('Secret');
    await rm(outside, { recursive: true });
  });
});
