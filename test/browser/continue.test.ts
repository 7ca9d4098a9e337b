import type { BrowserContext, Page } from 'playwright-core';
import { faultsOf, sidewaysScroll } from '../support/axe';
import { describeInBrowser } from '../support/browser';
import { ChatWindow, GREETING, WELCOME } from '../support/chatWindow';
import { startProduct, type RunningProduct } from '../support/product';

const TOKEN = 'aB3-_'.repeat(8) + 'xyz';
const NEW_CHAT = 'This is a new chat, for the request that you sent by mail.';
const LOOKS = [
  { width: 1280, height: 800, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 360, height: 740, colorScheme: 'dark' },
] as const;

interface Posted {
  readonly type: string;
  readonly name?: string;
  readonly value?: string;
}

describeInBrowser('a link that continues a request', (open) => {
  let desk: RunningProduct;
  beforeAll(async () => {
    desk = await startProduct();
  });
  afterAll(async () => {
    await desk.close();
  });

  /** What the page posts to the desk, and what stands in the addresses that it asks for. */
  function watched(context: BrowserContext): { posted: Posted[]; addresses: string[] } {
    const posted: Posted[] = [];
    const addresses: string[] = [];
    context.on('request', (request) => {
      addresses.push(request.url());
      if (request.method() === 'POST' && request.url().endsWith('/activities'))
        posted.push(request.postDataJSON() as Posted);
    });
    return { posted, addresses };
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const opened = async (context: BrowserContext, hash: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${desk.url}/${hash}`);
    return page;
  };

  test('asks first, keeps the token out of sight, and then begins a chat with it', async () => {
    const context = await open();
    const { posted, addresses } = watched(context);
    const page = await opened(context, `#continue=${TOKEN}`);
    await button(page, 'Continue').waitFor();
    expect(page.url()).toBe(`${desk.url}/`);
    expect(posted).toEqual([]);
    const taken = page.waitForResponse((response) => response.url().endsWith('/activities'));
    await button(page, 'Continue').click();
    expect((await taken).status()).toBe(200);
    await page.locator('#notice').getByText(NEW_CHAT).waitFor();
    await ChatWindow.at(page).hears(GREETING);
    expect(posted).toMatchObject([{ type: 'event', name: 'continueRequest', value: TOKEN }]);
    expect(addresses.filter((address) => address.includes(TOKEN))).toEqual([]);
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(TOKEN);

    const { conversationId, token } = JSON.parse(
      (await page.evaluate(() => sessionStorage.getItem('privacy-desk.session')))!,
    ) as Record<string, string>;
    const log = await fetch(
      `${desk.url}/v3/directline/conversations/${conversationId!}/activities`,
      { headers: { Authorization: `Bearer ${token!}` } },
    );
    expect(await log.text()).not.toContain(TOKEN);
    await page.reload();
    await ChatWindow.at(page).hears(GREETING);
    expect(posted).toHaveLength(1);
  });

  test('is left alone by whoever does not continue now', async () => {
    const context = await open();
    const { posted } = watched(context);
    for (const leave of ['Not now', 'Escape']) {
      const page = await opened(context, `#continue=${TOKEN}`);
      await button(page, 'Continue').waitFor();
      if (leave === 'Escape') await page.keyboard.press('Escape');
      else await button(page, leave).click();
      await ChatWindow.at(page).hears(GREETING);
    }
    expect(posted).toEqual([]);
  });

  test('takes the place of the chat that the tab had, once the customer says so', async () => {
    const context = await open();
    const { posted } = watched(context);
    const chat = await ChatWindow.open(context, desk.url);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    await chat.page.evaluate((hash) => (location.hash = hash), `#continue=${TOKEN}`);
    await button(chat.page, 'Not now').click();
    expect(await chat.counts(WELCOME)).toEqual({ [WELCOME]: 1 });
    await chat.page.evaluate((hash) => (location.hash = hash), `#continue=${TOKEN}`);
    await button(chat.page, 'Continue').click();
    await chat.notice.getByText(NEW_CHAT).waitFor();
    await chat.hears(GREETING);
    expect(await chat.counts(WELCOME)).toEqual({ [WELCOME]: 0 });
    expect(posted.filter(({ type }) => type === 'endOfConversation')).toEqual([]);
    await chat.say('Thank you');
    await chat.hears('Thank you');
  });

  test('that was cut short is said to be, and the chat works', async () => {
    const page = await opened(await open(), `#continue=${TOKEN.slice(1)}`);
    await page.locator('#notice').getByText('is not complete').waitFor();
    expect(page.url()).toBe(`${desk.url}/`);
    await ChatWindow.at(page).hears(GREETING);
    expect(await button(page, 'Continue').isVisible()).toBe(false);
  });

  test('can be continued by keyboard alone', async () => {
    const page = await opened(await open(), `#continue=${TOKEN}`);
    await button(page, 'Continue').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent.trim());
    expect(await focused()).toBe('Not now');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Continue');
    await page.keyboard.press('Enter');
    await page.locator('#notice').getByText(NEW_CHAT).waitFor();
  });

  test.each(LOOKS)(
    'asks without a fault at $width × $height, $colorScheme',
    async ({ colorScheme, ...size }) => {
      const page = await opened(await open({ ...size, bypassCSP: true }), `#continue=${TOKEN}`);
      await page.emulateMedia({ colorScheme });
      await button(page, 'Continue').waitFor();
      expect(await faultsOf(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
    },
  );
});
