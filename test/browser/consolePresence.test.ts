import type { WebSocketRoute } from 'playwright-core';
import { describeInBrowser } from '../support/browser';
import { ConsoleDesk } from '../support/consoleDesk';
import { ConsoleWindow } from '../support/consoleWindow';
import { until } from '../support/until';

const MINUTE_MS = 60_000;
const WARNING = 'You will be signed out in a minute, unless you press a key.';

describeInBrowser('the console, when nobody is at it', (open) => {
  let desk: ConsoleDesk;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(async () => {
    await desk.close();
  });

  /** Somebody's page, whose clock the test puts forward, and how often it has said that they are there. */
  async function watched(name: string) {
    const context = await open();
    await context.clock.install();
    const account = await desk.account(name, 'agent');
    const here: string[] = [];
    context.on('request', (request) => {
      if (request.url().endsWith('/me/here')) here.push(request.method());
    });
    const console = await ConsoleWindow.of(context, desk, account);
    await until('the page to say that it is opened', () => here.length === 1);
    const warning = console.page.getByRole('status').getByText(WARNING);
    /** On the page as at the desk. */
    const pass = async (ms: number): Promise<void> => {
      desk.clock.advance(ms);
      await console.page.clock.fastForward(ms);
    };
    return { console, here, warning, pass };
  }

  test('tells the desk of what somebody does, once a minute at most, and of nothing else', async () => {
    const { console, here, pass } = await watched('Busy Hand');
    await console.page.keyboard.press('Tab');
    await pass(5 * MINUTE_MS);
    expect(here).toHaveLength(1);
    for (const key of ['Tab', 'Tab', 'Tab']) await console.page.keyboard.press(key);
    await until('the key to be told', () => here.length === 2);
    await pass(2 * MINUTE_MS);
    await console.page.mouse.wheel(0, 10);
    await until('the wheel to be told', () => here.length === 3);
    expect(here).toHaveLength(3);
  });

  test('warns a minute before the session ends, and goes on when a key is pressed', async () => {
    const { console, here, warning, pass } = await watched('Warned Hand');
    await pass(28 * MINUTE_MS);
    expect(await warning.count()).toBe(0);
    await pass(MINUTE_MS);
    await warning.waitFor();
    await console.page.keyboard.press('Shift');
    await warning.waitFor({ state: 'detached' });
    expect(here).toHaveLength(2);
    await pass(25 * MINUTE_MS);
    await console.page.reload();
    await console.live();
    expect(await console.heading('Sign in to the console').count()).toBe(0);
  });

  test('is at the entrance once half an hour has gone by', async () => {
    const { console, warning, pass } = await watched('Gone Hand');
    await pass(29 * MINUTE_MS);
    await warning.waitFor();
    await pass(MINUTE_MS + 10_000);
    await console.heading('Sign in to the console').waitFor();
    expect(await warning.count()).toBe(0);
  });

  test('connects anew when its socket stands open and nothing comes any more', async () => {
    const context = await open();
    await context.clock.install();
    const sockets: { silent: boolean }[] = [];
    await context.routeWebSocket('**/console/live', (page: WebSocketRoute) => {
      const state = { silent: false };
      sockets.push(state);
      const server = page.connectToServer();
      server.onMessage((message) => {
        if (!state.silent) page.send(message);
      });
    });
    const account = await desk.account('Half Open', 'agent');
    const console = await ConsoleWindow.of(context, desk, account);
    for (const socket of sockets) socket.silent = true;
    const { handoffId, customer } = await desk.waiting();
    await console.page.clock.fastForward(30_000);
    expect(await console.button(/^Take /).count()).toBe(0);
    expect(sockets).toHaveLength(1);
    await console.page.clock.fastForward(11_000);
    await console.page.getByText('Not connected').waitFor();
    await console.live();
    await console
      .button(/^Take /)
      .first()
      .waitFor();
    expect(sockets).toHaveLength(2);
    expect(handoffId).not.toBe('');
    await customer.say('bye');
  });
});
