import { readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { MENU, report } from '../../dialogs/wording';
import { describeInBrowser } from '../support/browser';
import { ChatWindow, GREETING, WELCOME } from '../support/chatWindow';
import { startProduct, type RunningProduct } from '../support/product';

const SIZES = [
  [1280, 800],
  [360, 740],
] as const;
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** The serious and critical faults that axe finds, each with the elements that have it. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe });
  const { violations } = await page.evaluate(() =>
    (window as unknown as { axe: { run: (root: Document) => Promise<AxeResults> } }).axe.run(
      document,
    ),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describeInBrowser('the pages, for everybody', (open) => {
  let desk: RunningProduct;
  beforeAll(async () => {
    desk = await startProduct({ env: { COMPANY_PHONE: '+91 33 4000 1234' } });
  });
  afterAll(async () => {
    await desk.close();
  });

  test.each(SIZES)('the chat has no serious fault at %i × %i', async (width, height) => {
    const chat = await ChatWindow.open(await open({ width, height, bypassCSP: true }), desk.url);
    expect(await seriousFaults(chat.page)).toEqual([]);
    await chat.say('Do you sell my data?');
    await chat.bubble('does not sell or rent').first().waitFor();
    await chat.reportUntilCard();
    expect(await seriousFaults(chat.page)).toEqual([]);
    expect(await sidewaysScroll(chat.page)).toBe(0);
    await chat.page.getByRole('button', { name: 'End and clear this chat' }).click();
    expect(await seriousFaults(chat.page)).toEqual([]);
  });

  test.each(SIZES)('the policy has no serious fault at %i × %i', async (width, height) => {
    const page = await (await open({ width, height, bypassCSP: true })).newPage();
    await page.goto(`${desk.url}/policy#contact.privacy_manager`);
    expect(await seriousFaults(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test('the policy can be read without script, and shows every piece of a passage', async () => {
    const page = await (await open({ javaScriptEnabled: false })).newPage();
    await page.goto(`${desk.url}/policy#contact.privacy_manager`);
    const background = (selector: string) =>
      page.locator(selector).evaluate((element) => getComputedStyle(element).backgroundColor);
    const highlighted = await background('[id="contact.privacy_manager"]');
    expect(highlighted).not.toBe('rgba(0, 0, 0, 0)');
    expect(await background('[data-continues="contact.privacy_manager"]')).toBe(highlighted);
    expect(await background('[id="contact.five_days"]')).not.toBe(highlighted);
  });

  test('the chat says what to do without script', async () => {
    const page = await (await open({ javaScriptEnabled: false })).newPage();
    await page.goto(desk.url);
    await page.getByText('The chat has not started').waitFor();
    expect(await page.getByRole('link', { name: 'info@comantra.net' }).count()).toBe(1);
  });

  test('the chat works by keyboard alone', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    const { page } = chat;
    const focused = (): Promise<string> =>
      page.evaluate(() => {
        const { activeElement: element } = document;
        return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
      });
    const tabTo = async (words: string, key = 'Tab'): Promise<void> => {
      for (let presses = 0; presses < 25; presses += 1) {
        await page.keyboard.press(key);
        if ((await focused()).includes(words)) return;
      }
      throw new Error(`"${words}" was not reached by ${key}.`);
    };

    await tabTo('Skip to the chat');
    await tabTo('Privacy policy');
    await tabTo('End and clear this chat');
    await page.locator('#chat').focus();
    await tabTo(MENU.policy);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).toContain(MENU.report);
    await page.keyboard.press('Enter');
    await chat.hears(report.whatHappened);

    await page.locator('#chat').focus();
    await tabTo('Message input box');
    await page.keyboard.type('cancel');
    await page.keyboard.press('Enter');
    await chat.hears(report.cancelled);
    await page.keyboard.type('Thank you');
    await page.keyboard.press('Enter');
    await chat.hears(WELCOME);

    await tabTo('End and clear this chat', 'Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await focused()).toContain('Keep the chat');
    await page.keyboard.press('Escape');
    expect(await focused()).toContain('End and clear this chat');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('End and clear');
    await page.keyboard.press('Enter');
    await chat.notice.getByText('The chat was ended and cleared.').waitFor();
    await chat.hears(GREETING);
    expect(await chat.counts(WELCOME)).toEqual({ [WELCOME]: 0 });
  });
});
