import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createServer, type Server } from 'restify';
import { mountPages, type PagesOptions } from '../../bot/pages';
import { ROOT } from '../../bot/root';
import { loadPolicy } from '../../services/policy';
import { refusal } from '../support/refusal';

const SCRIPT = `/* ${'a long script '.repeat(200)} */`;
const policy = loadPolicy(readFileSync(path.join(ROOT, 'knowledge/policy.md'), 'utf8'));

let webDirectory: string;
const servers: Server[] = [];

beforeAll(() => {
  webDirectory = mkdtempSync(path.join(tmpdir(), 'privacy-desk-web-'));
  for (const folder of ['chat', 'shared']) mkdirSync(path.join(webDirectory, folder));
  const page = readFileSync(path.join(ROOT, 'web/chat/index.html'), 'utf8');
  writeFileSync(path.join(webDirectory, 'chat/index.html'), page);
  writeFileSync(path.join(webDirectory, 'chat/chat.js'), SCRIPT);
  writeFileSync(path.join(webDirectory, 'shared/base.css'), 'body{}');
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => {
  rmSync(webDirectory, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  readonly text: string;
}

type Get = (target: string, headers?: Record<string, string>, method?: string) => Promise<Answer>;

/** Serves the pages; asks without the comforts of fetch, which decompresses and tidies addresses. */
async function serve(options: Partial<PagesOptions> = {}): Promise<Get> {
  const server = createServer();
  servers.push(server);
  mountPages(server, {
    policy,
    publicUrl: 'http://desk.example:3978',
    privacyMailbox: 'info@comantra.net',
    mailTray: false,
    webDirectory,
    ...options,
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return (target, headers = {}, method = 'GET') =>
    new Promise((resolve, reject) => {
      const asked = request(
        { port, host: '127.0.0.1', path: target, method, headers },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const body = Buffer.concat(chunks);
            const { statusCode = 0, headers: answered } = response;
            resolve({ status: statusCode, headers: answered, body, text: body.toString() });
          });
        },
      );
      asked.on('error', reject);
      asked.end();
    });
}

const directive = (answer: Answer, name: string): string =>
  String(answer.headers['content-security-policy'])
    .split('; ')
    .find((one) => one.startsWith(`${name} `)) ?? '';

describe('security headers', () => {
  test.each(['/', '/policy', '/assets/chat/chat.js', '/assets/none.js', '/nowhere'])(
    'are on the answer to %s',
    async (target) => {
      const { headers } = await (await serve())(target);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
      });
      expect(headers['permissions-policy']).toContain('camera=()');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    },
  );

  test.each([
    ['http://desk.example:3978', 'ws://desk.example:3978'],
    ['https://privacy.example', 'wss://privacy.example'],
  ])('let the chat of %s open a socket to %s alone', async (publicUrl, socket) => {
    const answer = await (await serve({ publicUrl }))('/');
    expect(directive(answer, 'connect-src')).toBe(`connect-src 'self' ${socket} blob:`);
    expect(directive(answer, 'script-src')).toBe("script-src 'self'");
  });

  test('let the policy page run no script and no style but its own', async () => {
    const answer = await (await serve())('/policy');
    expect(directive(answer, 'script-src')).toBe('');
    expect(directive(answer, 'style-src')).toMatch(/^style-src 'self' 'sha256-[^']+'$/);
  });

  test('ask for TLS only where there is TLS', async () => {
    const plain = await (await serve())('/');
    const secure = await (await serve({ publicUrl: 'https://privacy.example' }))('/');
    expect(plain.headers['strict-transport-security']).toBeUndefined();
    expect(secure.headers['strict-transport-security']).toBe('max-age=31536000');
  });
});

describe('files', () => {
  const SCRIPT_PATH = '/assets/chat/chat.js';

  test.each([
    ['br', 'gzip, deflate, br', (body: Buffer) => brotliDecompressSync(body)],
    ['gzip', 'gzip;q=1.0, br;q=0', (body: Buffer) => gunzipSync(body)],
    [undefined, 'identity', (body: Buffer) => body],
    [undefined, '', (body: Buffer) => body],
  ])('come as %s to who accepts "%s"', async (encoding, accepted, decompress) => {
    const answer = await (await serve())(SCRIPT_PATH, { 'accept-encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers.vary).toBe('Accept-Encoding');
    expect(decompress(answer.body).toString()).toBe(SCRIPT);
  });

  test('are not sent again to who has them', async () => {
    const get = await serve();
    const { headers } = await get(SCRIPT_PATH);
    const again = await get(SCRIPT_PATH, { 'if-none-match': `"other", W/${String(headers.etag)}` });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await get(SCRIPT_PATH, { 'if-none-match': '"other"' })).status).toBe(200);
  });

  test('may be kept for good under the address that the page names, and no other', async () => {
    const get = await serve();
    const versioned = /"(\/assets\/chat\/chat\.js\?v=[^"]+)"/.exec((await get('/')).text)?.[1];
    expect((await get(versioned!)).headers['cache-control']).toContain('immutable');
    expect((await get(SCRIPT_PATH)).headers['cache-control']).toBe('no-cache');
    expect((await get(`${SCRIPT_PATH}?v=old`)).headers['cache-control']).toBe('no-cache');
  });

  test('answer HEAD like GET, without the content', async () => {
    const answer = await (await serve())(SCRIPT_PATH, {}, 'HEAD');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-length']).toBe(String(SCRIPT.length));
    expect(answer.body.length).toBe(0);
  });

  test.each([
    '/assets/none.js',
    '/assets/',
    '/assets/chat/index.html',
    '/assets/../package.json',
    '/assets/%2e%2e/package.json',
    '/assets/..%2f..%2fpackage.json',
    '/assets/__proto__',
    '/assets/chat%00.js',
  ])('are not found at %s', async (target) => {
    const answer = await (await serve())(target);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('comantra-privacy-desk');
  });

  test('that were not built are said to be missing', () => {
    const missing = path.join(webDirectory, 'none');
    const faults = [missing, path.join(webDirectory, 'shared')].map((directory) =>
      refusal(() => {
        mountPages(createServer(), {
          policy,
          publicUrl: 'http://desk.example',
          privacyMailbox: 'info@comantra.net',
          mailTray: false,
          webDirectory: directory,
        });
      }),
    );
    for (const { message } of faults) expect(message).toContain('npm run build');
  });
});

describe('the chat page', () => {
  test('offers the telephone when there is one, as text that cannot become markup', async () => {
    const { text } = await (await serve({ companyPhone: '+91 33 "4000" <b>' }))('/');
    expect(text).toContain('href="tel:+91334000"');
    expect(text).toContain('+91 33 &quot;4000&quot; &lt;b&gt;');
    expect((await (await serve())('/')).text).not.toContain('tel:');
  });

  test('links the mail tray where there is one', async () => {
    expect((await (await serve({ mailTray: true }))('/')).text).toContain('href="/mail"');
    expect((await (await serve())('/')).text).not.toContain('href="/mail"');
  });

  test('names the mailbox, and leaves no gap to fill', async () => {
    const { text, headers } = await (await serve())('/');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('href="mailto:info@comantra.net"');
    expect(text).not.toContain('<!-- ');
  });
});

describe('the policy page', () => {
  test('has every passage as an anchor, once', async () => {
    const { text } = await (await serve())('/policy');
    for (const id of policy.passages.keys())
      expect([id, text.split(` id="${id}"`).length - 1]).toEqual([id, 1]);
  });

  test('has every section, and a table of contents that leads to it', async () => {
    const { text } = await (await serve())('/policy');
    for (const { number } of policy.sections) {
      expect(text).toContain(`href="#section-${number}"`);
      expect(text).toContain(`<h2 id="section-${number}">`);
    }
  });

  test('shows words as they are, whatever they look like', async () => {
    const odd = loadPolicy('# P\n\n## 1. A <b>\n\n{#a.b}1 < 2 & "so"{/a.b}\n');
    const { text } = await (await serve({ policy: odd }))('/policy');
    expect(text).toContain('<span class="passage" id="a.b">1 &lt; 2 &amp; &quot;so&quot;</span>');
    expect(text).toContain('A &lt;b&gt;');
  });
});
