import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'restify';
import { mountMailTray } from '../../bot/mailTray';
import { fileMailer, type OutgoingMail } from '../../services/mailer';

const HTML = '<h1>Your report</h1><script>fetch("/mail")</script><img src="https://example.org/x">';

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

let directory: string;
let server: Server;
let port: number;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tray-'));
  server = createServer();
  mountMailTray(server, { directory, securityHeaders: { 'Permissions-Policy': 'camera=()' } });
  await new Promise<void>((done) => {
    server.listen(0, '0.0.0.0', done);
  });
  port = (server.server.address() as AddressInfo).port;
});

afterEach(async () => {
  await new Promise<void>((done) => {
    server.close(done);
    server.server.closeAllConnections();
  });
  await rm(directory, { recursive: true, force: true });
});

function get(path: string, headers: Record<string, string> = {}, host = '127.0.0.1') {
  return new Promise<Answer>((done, fail) => {
    const call = request({ host, port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status = 0, headers: answered } = response;
        done({ status, headers: answered, body: Buffer.concat(chunks).toString() });
      });
    });
    call.on('error', fail);
    call.end();
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

  test('shows to whom, what and when, the newest first', async () => {
    await keep({ id: 'b-old', date: new Date('2026-11-20T09:30:00Z') });
    const file = await keep({ id: 'a-new', subject: 'Report <received>' });
    const { status, body } = await get('/mail');
    expect(status).toBe(200);
    expect(body.indexOf('Report &lt;received&gt;')).toBeGreaterThan(0);
    expect(body.indexOf('Report &lt;received&gt;')).toBeLessThan(body.indexOf('Mail b-old'));
    expect(body).toContain(`href="/mail/${file}"`);
    expect(body).toContain('rina@example.org');
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
      /^default-src 'none'; style-src 'sha256-[^']+'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    );
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
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
