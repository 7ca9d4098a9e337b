import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { Page } from 'playwright-core';
import type { Server } from 'restify';
import { mountMailTray } from '../../bot/mailTray';
import { secureEveryAnswer } from '../../bot/pages/securityHeaders';
import { closeServer, createServer, listen } from '../../bot/server';
import type { Deliver, TrayMail } from '../../bot/trayReply';
import { fileMailer } from '../../services/mailer';
import { stripQuote } from '../../services/inbound/quoteStripping';
import {
  facts,
  heading,
  list,
  paragraph,
  quote,
  renderMail,
  replyLine,
} from '../../services/mailText';
import { faultsOf, sidewaysScroll } from '../support/axe';
import { describeInBrowser } from '../support/browser';
import { countedIds, TestClock } from '../support/doubles';
import { keptLog } from '../support/keptLog';

const SUBJECT = '[PD-7KQ4-M2XA] Suspected breach';
const LONG = 'a'.repeat(120);
const BODIES = renderMail(
  [
    replyLine(),
    heading('A case'),
    paragraph(`A customer has opened a case: http://127.0.0.1:3978/console/${LONG}`),
    facts(['Reference', 'PD-7KQ4-M2XA'], ['Name', LONG]),
    quote('What the customer wrote, in their own words', `Somebody read my mail.\n${LONG}`),
    list(['photo.png', `${LONG}.pdf`]),
  ],
  SUBJECT,
);

const LOOKS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
] as const;

describeInBrowser('the mail tray', (open) => {
  let directory: string;
  let server: Server;
  let url: string;
  let delivered: TrayMail[];
  let answered: Awaited<ReturnType<Deliver>>;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tray-'));
    delivered = [];
    answered = { outcome: 'taken' };
    await fileMailer({ directory }).send({
      id: 'case-1',
      from: 'Comantra Privacy Desk <privacy-desk@comantra.net>',
      to: 'privacy.manager@example.com',
      replyTo: 'case+abc@comantra.net',
      subject: SUBJECT,
      messageId: '<case-1@comantra.net>',
      date: new Date('2026-11-22T09:30:00Z'),
      ...BODIES,
    });
    server = createServer(keptLog());
    secureEveryAnswer(server, 'http://127.0.0.1');
    mountMailTray(server, {
      directory,
      mailboxes: ['info@comantra.net', 'enquiry@comantra.net'],
      clock: new TestClock(new Date('2026-11-23T10:00:00Z')),
      ids: countedIds(),
      deliver: async (mail) => {
        delivered.push(mail);
        return answered;
      },
    });
    url = `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  });
  afterEach(async () => {
    await closeServer(server);
    await rm(directory, { recursive: true });
  });

  const openList = async (options?: Parameters<typeof open>[0]): Promise<Page> => {
    const page = await (await open(options)).newPage();
    await page.goto(`${url}/mail`);
    return page;
  };

  test.each(LOOKS)('has no fault for anybody at $width, $colorScheme', async (look) => {
    const { colorScheme, ...size } = look;
    const page = await openList({ ...size, bypassCSP: true });
    await page.emulateMedia({ colorScheme });
    const check = async (): Promise<void> => {
      expect(await faultsOf(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
    };
    await check();
    await page.getByRole('link', { name: SUBJECT }).click();
    await page.getByRole('heading', { name: SUBJECT }).waitFor();
    await check();
    answered = { outcome: 'refused', message: 'There is no such case.' };
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page.getByRole('alert').waitFor();
    await check();
    answered = { outcome: 'taken' };
    await page.getByRole('button', { name: 'Send reply' }).click();
    await page.getByRole('status').waitFor();
    await check();
  });

  test.each(LOOKS)('shows a mail’s HTML without a fault at $width, $colorScheme', async (look) => {
    const { colorScheme, ...size } = look;
    const page = await (await open(size)).newPage();
    await page.emulateMedia({ colorScheme });
    await page.setContent(BODIES.html);
    // A mail is no page of a site, so it needs neither landmarks nor a first heading.
    const faults = await faultsOf(page);
    expect(faults.filter((fault) => !/^(?:region|landmark|page-has)/.test(fault))).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    const label = page.getByText('Reference', { exact: true });
    expect(await label.evaluate((element) => element.getClientRects().length)).toBe(1);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe(colorScheme === 'dark' ? 'rgb(20, 24, 31)' : 'rgb(255, 255, 255)');
  });

  test('a manager answers by keyboard alone, under the page’s own policy and without script', async () => {
    const page = await openList({ javaScriptEnabled: false });
    await page.getByRole('link', { name: SUBJECT }).focus();
    await page.keyboard.press('Enter');
    const words = page.getByLabel('Your reply');
    await words.waitFor();
    await words.focus();
    await page.keyboard.type('We looked into it.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('It was us.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Your reply was handed to the desk.').waitFor();
    expect(await page.title()).toMatch(/^Sent – /);

    const { raw, envelope } = delivered[0]!;
    expect(envelope).toEqual({
      from: 'privacy.manager@example.com',
      to: ['case+abc@comantra.net'],
    });
    const { text = '' } = await simpleParser(raw);
    expect(stripQuote(text).text.trim()).toBe('We looked into it.\nIt was us.');
    await page.reload();
    expect(delivered).toHaveLength(1);
  });

  test('a customer writes a first mail', async () => {
    const page = await openList();
    await page.getByLabel('From').fill('rina@example.org');
    await page.getByLabel('To').selectOption('enquiry@comantra.net');
    await page.getByLabel('Subject').fill('My data');
    await page.getByLabel('Text').fill('Please correct my name.');
    await page.getByRole('button', { name: 'Send mail' }).click();
    await page.getByText('Your mail was handed to the desk.').waitFor();
    expect(delivered[0]!.envelope).toEqual({
      from: 'rina@example.org',
      to: ['enquiry@comantra.net'],
    });
  });

  test('shows the HTML part in a frame, though nobody else may frame anything', async () => {
    const page = await openList();
    await page.getByRole('link', { name: SUBJECT }).click();
    const frame = page.frameLocator('iframe[title="The HTML part of this mail"]');
    await frame.getByText('Somebody read my mail.').waitFor();
  });

  test('a page of another address cannot send the form', async () => {
    const form = `<form method="post" action="${url}/mail/new"><input name="from" value="rina@example.org"><input name="to" value="info@comantra.net"><button>Send</button></form>`;
    const other = createHttpServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html');
      response.end(form);
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    try {
      const page = await (await open()).newPage();
      await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
      await page.getByRole('button').click();
      await page.getByText('NotAllowed').waitFor();
      expect(page.url()).toBe(`${url}/mail/new`);
      expect(delivered).toEqual([]);
    } finally {
      other.close();
      other.closeAllConnections();
    }
  });
});
