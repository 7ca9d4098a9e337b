import type { Locator } from 'playwright-core';
import { afterTalk, RATINGS } from '../../dialogs/wording/handoff';
import { words } from '../../services/handoffs/words';
import { faultsOf, sidewaysScroll } from '../support/axe';
import { describeInBrowser } from '../support/browser';
import { ChatWindow, GREETING } from '../support/chatWindow';
import { ConsoleDesk } from '../support/consoleDesk';
import type { ConsoleWindow } from '../support/consoleWindow';
import { talking } from '../support/talking';
import { until } from '../support/until';

/** Web Chat's Direct Line client looks for a lost desk after 3 to 15 s. */
const RECONNECT_MS = 30_000;

describeInBrowser('a talk with a person, on both pages', (open) => {
  let desk: ConsoleDesk;
  beforeEach(async () => {
    desk = await ConsoleDesk.start();
  });
  afterEach(async () => {
    await desk.close();
  });

  test('shows the customer who talks to them in every tab, also after a reload, until it is over', async () => {
    const { console, chat } = await talking(open, desk, 'Asha Rao');
    const handoffId = handoffOf(console);
    const line = 'You are talking to Asha Rao, a person at Comantra.';
    await talkingIn(chat).getByText(line).waitFor();
    const other = await chat.duplicate();
    await talkingIn(other).getByText(line).waitFor();
    await chat.page.reload();
    await talkingIn(chat).getByText(line).waitFor();

    await console.say('I see it in both tabs.');
    for (const tab of [chat, other]) await tab.hears('I see it in both tabs.');
    await close(console, 'Solved');
    for (const tab of [chat, other]) {
      await tab.hears(words.closed('Asha Rao'));
      await talkingIn(tab).waitFor({ state: 'hidden' });
    }
    await chat.suggestion(RATINGS[0]!).click();
    await chat.hears(afterTalk.thanks);
    await chat.page.reload();
    await chat.hears(afterTalk.thanks);
    expect(await talkingIn(chat).isVisible()).toBe(false);
    expect(await rating(desk, handoffId)).toBe(5);
  });

  test('shows each of them that the other one types', async () => {
    const { console, chat } = await talking(open, desk, 'Type Setter');
    await talkingIn(chat).waitFor();
    await chat.textBox.pressSequentially('My addr');
    await console.page.getByText('The customer is typing…').waitFor();
    await console.composer.pressSequentially('Let me');
    await chat.page.locator('.webchat__typing-indicator').first().waitFor();
  });

  test('does not tell the bot that the customer types', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    const posted: string[] = [];
    chat.page.on('request', (request) => posted.push(request.postData() ?? ''));
    await chat.textBox.pressSequentially('Thank you');
    await chat.textBox.press('Enter');
    await until('it to be posted', () => posted.some((body) => body.includes('Thank you')));
    expect(posted.filter((body) => body.includes('"typing"'))).toEqual([]);
  });

  test('goes on in order on both pages when the desk is started again, without a reload', async () => {
    const { console, chat } = await talking(open, desk, 'Same Person');
    const handoffId = handoffOf(console);
    for (const { page } of [console, chat])
      await page.evaluate(() => Object.assign(window, { notLoadedAnew: true }));
    await console.say('Agent one');
    await chat.hears('Agent one');
    await chat.say('Customer one');
    await console.message('customer', 'Customer one').waitFor();

    desk = await desk.restarted();
    await chat.say('Customer two');
    await console.message('customer', 'Customer two').waitFor({ timeout: RECONNECT_MS });
    await console.say('Agent two');
    await chat.bubble('Agent two').first().waitFor({ timeout: RECONNECT_MS });
    await chat.say('Customer three');
    await console.message('customer', 'Customer three').waitFor();
    await console.say('Agent three');
    await chat.hears('Agent three');

    const spoken = ['one', 'two', 'three'];
    const expected = [
      ...['Agent one', 'Customer one', 'Customer two', 'Agent two', 'Customer three'],
      'Agent three',
    ];
    const ours = new RegExp(`^(Agent|Customer) (${spoken.join('|')})$`);
    expect(await said(console.page.locator('.message .message-text'), ours)).toEqual(expected);
    expect(await said(chat.page.locator('.webchat__bubble'), ours)).toEqual(expected);
    expect(await chat.counts(GREETING, words.claimed('Same Person'))).toEqual({
      [GREETING]: 1,
      [words.claimed('Same Person')]: 1,
    });
    for (const { page } of [console, chat])
      expect(await page.evaluate(() => 'notLoadedAnew' in window)).toBe(true);
    await talkingIn(chat).getByText('You are talking to Same Person').waitFor();

    await close(console, 'Solved');
    await chat.suggestion(RATINGS[1]!).click();
    await chat.hears(afterTalk.thanks);
    await talkingIn(chat).waitFor({ state: 'hidden' });
    expect(await rating(desk, handoffId)).toBe(4);
  });

  test.each([
    { width: 1280, height: 800 },
    { width: 360, height: 640 },
  ])('has no fault that axe finds on the customer’s page at %j', async (size) => {
    const { console, chat } = await talking(open, desk, 'Axe Holder', {
      customer: { ...size, bypassCSP: true },
    });
    await console.say('Good afternoon');
    await chat.hears('Good afternoon');
    await talkingIn(chat).waitFor();
    expect(await faultsOf(chat.page)).toEqual([]);
    expect(await sidewaysScroll(chat.page)).toBe(0);
  });
});

/** The line that says who talks to the customer. */
const talkingIn = ({ page }: ChatWindow): Locator => page.locator('#talking');

async function close(console: ConsoleWindow, disposition: string): Promise<void> {
  await console.button('Close…').click();
  await console.dialog.getByLabel(disposition).check();
  await console.button('Close it').click();
  await console.heading('Queue').first().waitFor();
}

/** The texts that fit, in the order in which they stand. */
async function said(all: Locator, fits: RegExp): Promise<string[]> {
  return (await all.allInnerTexts()).map((text) => text.trim()).filter((text) => fits.test(text));
}

const handoffOf = ({ page }: ConsoleWindow): string => page.url().split('/').at(-1) ?? '';

/** How the customer rated a talk, once it is kept. */
function rating({ product }: ConsoleDesk, handoffId: string): Promise<number> {
  const { handoffs } = product.product.office.records;
  return until('the rating', async () => (await handoffs.byId(handoffId))?.rating);
}
