import { describeInBrowser } from '../support/browser';
import { ChatWindow, GREETING, WELCOME } from '../support/chatWindow';
import { TestClock } from '../support/doubles';
import { startProduct, type RunningProduct } from '../support/product';
import { until } from '../support/until';

const HOUR_MS = 60 * 60 * 1000;
/** Web Chat's Direct Line client looks for a lost desk after 3 to 15 s. */
const RECONNECT_MS = 30_000;
const UNREACHABLE = /can’t be reached/;

describeInBrowser('the chat page, when the connection is troubled', (open) => {
  let desk: RunningProduct;
  let clock: TestClock;
  beforeEach(async () => {
    clock = new TestClock(new Date());
    desk = await startProduct({ clock });
  });
  afterEach(async () => {
    await desk.close();
  });

  // microsoft/BotFramework-WebChat#2026, #3292: with an expired token the chat was dead until the page was reloaded.
  test('sends what was written after the token had expired, without a reload', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.page.evaluate(() => (document.title = 'not reloaded'));
    clock.advance(2 * HOUR_MS);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    await chat.say('Thanks again');
    await chat.hears(WELCOME, 2);
    expect(await chat.counts(GREETING, 'Thank you', 'Thanks again', WELCOME)).toEqual({
      [GREETING]: 1,
      'Thank you': 1,
      'Thanks again': 1,
      [WELCOME]: 2,
    });
    expect(await chat.page.title()).toBe('not reloaded');
    expect(await chat.page.getByText('Send failed').count()).toBe(0);
  });

  // microsoft/BotFramework-WebChat#1876, #5728: a screen reader reads the whole chat again.
  test('announces only what is new after it connected anew', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver((changes) => {
        for (const { addedNodes } of changes)
          for (const node of addedNodes) heard.push(node.textContent ?? '');
      }).observe(document.querySelector('.webchat__live-region-transcript')!, {
        childList: true,
        subtree: true,
      });
    });
    clock.advance(2 * HOUR_MS);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    const heard = async (): Promise<string> =>
      (await chat.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).join('\n');
    await until('the announcement', async () => (await heard()).includes(WELCOME));
    expect(await heard()).not.toContain(GREETING);
  });

  test('goes on after a reload with an expired token', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    clock.advance(7 * HOUR_MS);
    await chat.page.reload();
    await chat.hears(WELCOME);
  });

  test('begins anew after a reload when the token is too old to be renewed', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    clock.advance(24 * HOUR_MS);
    await chat.page.reload();
    await chat.notice.getByText('The last chat has ended.').waitFor();
    await chat.hears(GREETING);
    expect(await chat.counts(WELCOME)).toEqual({ [WELCOME]: 0 });
  });

  test('begins anew, keeping what was being written, when the chat was ended in another tab', async () => {
    const one = await ChatWindow.open(await open(), desk.url);
    const other = await one.duplicate();
    await other.hears(GREETING);
    await one.textBox.fill('One more thing');
    await other.end();
    await one.notice.getByText('The last chat has ended.').waitFor();
    await one.hears(GREETING);
    expect(await one.textBox.inputValue()).toBe('One more thing');
  });

  test('says when the desk cannot be reached, and goes on where it was once it can', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    const { port, store, directory } = desk;
    await desk.close({ keepStore: true });
    await chat.say('Thank you');
    await chat.notice.getByText(UNREACHABLE).waitFor();
    desk = await startProduct({ clock, port, store, directory });
    await chat.page.getByRole('button', { name: 'Try again' }).click();
    await chat.hears(WELCOME);
    expect(await chat.counts(GREETING, 'Thank you', WELCOME)).toEqual({
      [GREETING]: 1,
      'Thank you': 1,
      [WELCOME]: 1,
    });
    await chat.notice.getByText(UNREACHABLE).waitFor({ state: 'detached' });
  });

  test('connects by itself to a desk that was started again after the token had expired', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    const token = () => chat.page.evaluate(() => Object.values(sessionStorage).join());
    const before = await token();
    const { port, store, directory } = desk;
    await desk.close({ keepStore: true });
    clock.advance(2 * HOUR_MS);
    desk = await startProduct({ clock, port, store, directory });
    await until('a new token', async () => (await token()) !== before, RECONNECT_MS);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    expect(await chat.counts(GREETING)).toEqual({ [GREETING]: 1 });
  });

  test('offers to try again when the desk cannot be reached from the start', async () => {
    const page = await (await open()).newPage();
    await page.route('**/webchat/token', (route) => route.abort());
    await page.goto(desk.url);
    const chat = ChatWindow.at(page);
    await chat.notice.getByText(UNREACHABLE).waitFor();
    await page.unroute('**/webchat/token');
    await page.getByRole('button', { name: 'Try again' }).click();
    await chat.hears(GREETING);
  });
});
