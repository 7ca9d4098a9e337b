import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import type { Server } from 'restify';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mountPages } from '../../bot/pages';
import { ROOT } from '../../bot/root';
import { closeServer, createServer } from '../../bot/server';
import type { Store } from '../../models/store';
import { DISOWN_LASTS_MS } from '../../services/links';
import { loadPolicy } from '../../services/policy';
import { faultsOf, sidewaysScroll } from '../support/axe';
import { describeInBrowser } from '../support/browser';
import { customerOf, storeCustomers } from '../support/customers';
import { openMemory } from '../support/directLineDesk';
import { keptLog } from '../support/keptLog';
import { DESK_URL, recordDesk, type RecordDesk } from '../support/recordDesk';

const ASHA = customerOf({ userName: 'asha.rao', email: 'asha.rao@example.com', newsletter: true });
const LOOKS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
] as const;

describeInBrowser('the pages behind links in mails', (open) => {
  let store: Store;
  let desk: RecordDesk;
  let server: Server;
  let url: string;
  beforeEach(async () => {
    store = await openMemory();
    desk = await recordDesk(store);
    await storeCustomers(desk.records.customers, ASHA);
    server = createServer(keptLog());
    const { links, freezes, newsletter, passwordLinks, log } = desk;
    mountPages(server, {
      policy: loadPolicy(readFileSync(path.join(ROOT, 'knowledge/policy.md'), 'utf8')),
      ...{ publicUrl: DESK_URL, privacyMailbox: 'info@comantra.net', mailTray: false },
      mailLinks: {
        ...{ links, freezes, newsletter, passwordLinks, log },
        calls: { stop: () => Promise.reject(new Error('There are no calls.')) },
        clientAddress: () => 'one',
      },
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    await closeServer(server);
    await store.close();
  });
  const disownPath = async (): Promise<string> => {
    const purpose = { kind: 'disown', customerId: ASHA.id, about: 'change' } as const;
    const link = await desk.links.mint({ ...purpose, mailbox: 'a@example.com' }, DISOWN_LASTS_MS);
    return `/link/${link.token}`;
  };
  const sound = async (page: Page): Promise<void> => {
    expect(await faultsOf(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  };

  test.each(LOOKS)(
    'have no fault at $width × $height, $colorScheme',
    async ({ colorScheme, ...size }) => {
      const page = await (await open({ ...size, bypassCSP: true })).newPage();
      await page.emulateMedia({ colorScheme });
      const link = await disownPath();
      await page.goto(url + link);
      await sound(page);
      await page.getByRole('button').click();
      await page.getByRole('heading', { name: 'Your record is held still' }).waitFor();
      await sound(page);
      await page.goto(url + link);
      await sound(page);
      await page.goto(desk.newsletter.linkOf(ASHA.id).replace(DESK_URL, url));
      await sound(page);
    },
  );

  test('work by keyboard alone, without script, and break no content policy', async () => {
    const context = await open({ javaScriptEnabled: false });
    const page = await context.newPage();
    const complaints: string[] = [];
    context.on('console', (message) => complaints.push(message.text()));
    await page.goto(url + (await disownPath()));
    const button = page.getByRole('button');
    for (let presses = 0; presses < 5; presses += 1) {
      await page.keyboard.press('Tab');
      if (await button.evaluate((element) => element === document.activeElement)) break;
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Your record is held still' }).waitFor();
    expect((await desk.records.customers.byId(ASHA.id))?.freeze?.by).toBe('link');
    await page.goto(desk.newsletter.linkOf(ASHA.id).replace(DESK_URL, url));
    await page.getByRole('button', { name: 'Leave the newsletter' }).click();
    await page.getByRole('heading', { name: 'You have left the newsletter' }).waitFor();
    expect((await desk.records.customers.byId(ASHA.id))?.newsletter).toBe(false);
    expect(complaints).toEqual([]);
  });
});
