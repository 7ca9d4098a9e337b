import { MENU, report } from '../../dialogs/wording';
import { describeInBrowser } from '../support/browser';
import { ChatWindow, GREETING, WELCOME } from '../support/chatWindow';
import { startProduct, type RunningProduct } from '../support/product';

const SESSION = 'privacy-desk.session';
const NO_SELL = 'Comantra does not sell or rent your personal information to third parties';

describeInBrowser('the chat page', (open) => {
  let desk: RunningProduct;
  beforeAll(async () => {
    desk = await startProduct();
  });
  afterAll(async () => {
    await desk.close();
  });

  test('greets by itself with suggested actions, and answers', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    for (const action of Object.values(MENU)) await chat.suggestion(action).waitFor();
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    expect(await chat.counts('Thank you', WELCOME)).toEqual({ 'Thank you': 1, [WELCOME]: 1 });
  });

  test('shows the report on a card, and the reference once it was sent', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.reportUntilCard();
    await chat.card.getByText('Somebody got into my account').waitFor();
    await chat.suggestion(report.confirmChoices[0]).click();
    await chat.bubble('Your reference is').waitFor();
    expect(await chat.bubble('Your reference is').innerText()).toMatch(
      /PD-[0-9A-Z]{4}-[0-9A-Z]{4}/,
    );
  });

  test('leads from an answer to the passage in the policy', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.say('Do you sell my data?');
    await chat.hears(NO_SELL);
    const opening = chat.page.context().waitForEvent('page');
    await chat.page
      .getByRole('link', { name: /Does Comantra share/ })
      .first()
      .click();
    const policy = await opening;
    const passage = policy.locator('[id="share.no_sell"]');
    await passage.waitFor();
    expect(new URL(policy.url()).hash).toBe('#share.no_sell');
    expect(await passage.evaluate((element) => element.matches(':target'))).toBe(true);
    expect(await passage.innerText()).toContain(NO_SELL);
  });

  test('breaks no content policy and asks no other host for anything', async () => {
    const context = await open();
    const complaints: string[] = [];
    const elsewhere: string[] = [];
    const own = new URL(desk.url).host;
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(error.error().message));
    context.on('request', (request) => {
      const { protocol, host } = new URL(request.url());
      if (protocol.startsWith('http') && host !== own) elsewhere.push(request.url());
    });
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        if (new URL(socket.url()).host !== own) elsewhere.push(socket.url());
      });
    });
    const chat = await ChatWindow.open(context, desk.url);
    await chat.say('Do you sell my data?');
    await chat.hears(NO_SELL);
    await chat.reportUntilCard();
    await chat.end();
    await chat.page.goto(`${desk.url}/policy#share.no_sell`);
    expect(complaints).toEqual([]);
    expect(elsewhere).toEqual([]);
  });

  test('keeps its history over a reload, once', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    await chat.page.reload();
    await chat.hears(WELCOME);
    await chat.say('Thanks again');
    await chat.hears('Thanks again');
    await chat.hears(WELCOME, 2);
    expect(await chat.counts(GREETING, 'Thank you', 'Thanks again', WELCOME)).toEqual({
      [GREETING]: 1,
      'Thank you': 1,
      'Thanks again': 1,
      [WELCOME]: 2,
    });
  });

  test('keeps nothing in the browser beyond the tab', async () => {
    const context = await open();
    const chat = await ChatWindow.open(context, desk.url);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    const kept = await chat.page.evaluate(async () => ({
      local: localStorage.length,
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      session: Object.keys(sessionStorage),
    }));
    expect(kept).toEqual({ local: 0, databases: 0, caches: 0, workers: 0, session: [SESSION] });
    expect(await context.cookies()).toEqual([]);
  });

  test('ends and clears the chat after asking once', async () => {
    const chat = await ChatWindow.open(await open(), desk.url);
    await chat.say('Thank you');
    await chat.hears(WELCOME);
    const session = () => chat.page.evaluate((key) => sessionStorage.getItem(key), SESSION);
    const before = await session();

    await chat.page.getByRole('button', { name: 'End and clear this chat' }).click();
    await chat.page.getByRole('button', { name: 'Keep the chat' }).click();
    expect(await chat.counts(WELCOME)).toEqual({ [WELCOME]: 1 });
    expect(await session()).toBe(before);

    await chat.end();
    await chat.hears(GREETING);
    expect(await chat.counts('Thank you', WELCOME)).toEqual({ 'Thank you': 0, [WELCOME]: 0 });
    const { conversationId, token } = JSON.parse(before!) as Record<string, string>;
    expect(await session()).not.toContain(conversationId);
    const old = await fetch(
      `${desk.url}/v3/directline/conversations/${conversationId!}/activities`,
      {
        headers: { Authorization: `Bearer ${token!}` },
      },
    );
    expect(await old.text()).not.toContain('Thank you');
  });

  test('gives two tabs a conversation each', async () => {
    const context = await open();
    const one = await ChatWindow.open(context, desk.url);
    const other = await ChatWindow.open(context, desk.url);
    await one.say('Thank you');
    await one.hears(WELCOME);
    await other.say('Help');
    await other.bubble('You can ask me').waitFor();
    expect(await one.counts('You can ask me')).toEqual({ 'You can ask me': 0 });
    expect(await other.counts(WELCOME)).toEqual({ [WELCOME]: 0 });
  });

  test('lets a duplicated tab go on with the same conversation', async () => {
    const one = await ChatWindow.open(await open(), desk.url);
    const other = await one.duplicate();
    await other.hears(GREETING);
    await one.say('Thank you');
    await other.hears(WELCOME);
    await other.say('Thanks again');
    await one.hears(WELCOME, 2);
  });
});
