import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Server } from 'restify';
import { mountPage } from '../../bot/console/page';
import { mountPages } from '../../bot/pages';
import { ROOT } from '../../bot/root';
import { closeServer, createServer, listen } from '../../bot/server';
import { loadPolicy } from '../../services/policy';

const HTML = '<!doctype html><script type="module" src="/assets/console/console.js"></script>';
const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the page of the console', () => {
  const webDirectory = mkdtempSync(join(tmpdir(), 'console-page-'));
  let server: Server;
  let url: string;
  beforeAll(async () => {
    for (const folder of ['console', 'chat']) mkdirSync(join(webDirectory, folder));
    writeFileSync(join(webDirectory, 'chat/index.html'), '<!doctype html>');
    writeFileSync(join(webDirectory, 'console/index.html'), HTML);
    writeFileSync(join(webDirectory, 'console/console.js'), 'export {};');
    server = createServer(SILENT);
    const publicUrl = 'https://desk.example';
    const policy = loadPolicy(readFileSync(join(ROOT, 'knowledge/policy.md'), 'utf8'));
    mountPages(server, {
      ...{ policy, publicUrl, webDirectory, mailTray: false },
      privacyMailbox: 'info@comantra.net',
    });
    mountPage(server, { publicUrl, webDirectory, log: SILENT });
    url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  });
  afterAll(async () => {
    await closeServer(server);
    rmSync(webDirectory, { recursive: true });
  });

  test('allows nothing inline and nothing from elsewhere, and is kept by nobody', async () => {
    const page = await fetch(`${url}/console`);
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' wss://desk.example; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const html = await page.text();
    const [, script = ''] = /src="([^"]+)"/.exec(html) ?? [];
    expect(script).toMatch(/^\/assets\/console\/console\.js\?v=/);
    const asset = await fetch(`${url}${script}`);
    expect(asset.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  });
});
