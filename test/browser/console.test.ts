import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { afterTalk } from '../../dialogs/wording/handoff';
import { words } from '../../services/handoffs/words';
import { faultsOf, sidewaysScroll } from '../support/axe';
import { describeInBrowser } from '../support/browser';
import { ConsoleDesk } from '../support/consoleDesk';
import { ConsoleWindow } from '../support/consoleWindow';
import { customerOf, storeCustomers } from '../support/customers';
import { lastCode } from '../support/sentMails';
import { talking } from '../support/talking';
import { until } from '../support/until';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 640, height: 400 },
  { width: 360, height: 740 },
] as const;

describeInBrowser('the console’s entrance', (open) => {
  const desk = freshDesk();

  test('lets the first administrator in, by a link that works once and leaves no trace', async () => {
    const link = desk().product.product.firstLink();
    expect(link).toContain('/console#invite=');
    const context = await open();
    const first = await ConsoleWindow.open(context, desk().url, link?.replace(/^[^#]*/, ''));
    await first.heading('Welcome to the console').waitFor();
    expect(first.page.url()).toBe(`${desk().url}/console`);
    await first.page.getByLabel('E-mail address').fill('first@staff.example');
    await first.page.getByLabel('Name').fill('Meera Das');
    await first.page.getByLabel('Password').fill('a long row of plain words');
    const secret = (await first.page.locator('.secret').innerText()).replaceAll(' ', '');
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    await first.page
      .getByLabel('Code')
      .fill(totp.generate({ timestamp: desk().clock.now().getTime() }));
    await first.button('Begin').click();
    await first.heading('Accounts').waitFor();

    const again = await ConsoleWindow.open(context, desk().url, link?.replace(/^[^#]*/, ''));
    await again.page.getByText('This invitation has been used').waitFor();
  });

  test('asks for the code after the password, and says neither which of them was wrong', async () => {
    const account = await desk().account('Ravi Menon', 'supervisor');
    const entrance = await ConsoleWindow.open(await open(), desk().url);
    await entrance.signIn(account);
    await entrance.page.getByLabel('Code').fill('000000');
    await entrance.button('Sign in').click();
    await entrance.page.getByText('do not belong together').waitFor();
    await entrance.page.getByLabel('Code').fill(desk().codeOf(account) ?? '');
    await entrance.button('Sign in').click();
    await entrance.live();
    await entrance.button('Sign out').click();
    await entrance.heading('Sign in to the console').waitFor();
  });
});

describeInBrowser('a conversation at the console', (open) => {
  const desk = freshDesk();

  test('is taken with a key, goes both ways, and is closed', async () => {
    const { console, chat } = await talking(open, desk(), 'Asha Rao');
    expect(await isFocused(console)).toBe(true);
    await chat.hears(words.claimed('Asha Rao'));
    await console.message('customer', 'I want to talk to a person').waitFor();
    await console.message('bot', words.claimed('Asha Rao')).waitFor();

    await console.say('Good afternoon, how can I help?');
    await chat.hears('Good afternoon, how can I help?');
    await chat.say('My address is wrong, <img src=x onerror="document.title=1">');
    await console.message('customer', 'My address is wrong, <img src=x').waitFor();
    await console.say('Line one');
    await console.say('Line two');
    await chat.hears('Line two');
    const spoken = await console.page.locator('.message.agent .message-text').allInnerTexts();
    expect(spoken).toEqual(['Good afternoon, how can I help?', 'Line one', 'Line two']);

    await console.button('Close…').click();
    await console.dialog.getByLabel('Solved').check();
    await console.button('Close it').click();
    await console.heading('Queue').first().waitFor();
    await chat.hears(afterTalk.rate);
  });

  test('says a message once whose acknowledgement was lost, and keeps the order of what follows', async () => {
    const { console, chat } = await talking(open, desk(), 'Lost Answer');
    let lost = 0;
    await console.page.route('**/say', async (route) => {
      if (lost === 2) return route.continue();
      lost += 1;
      await route.fetch();
      return route.abort();
    });
    await console.say('This answer is lost twice');
    await console.say('This one waits behind it');
    await chat.hears('This one waits behind it');
    await until(
      'nothing to be on its way',
      async () => (await console.page.locator('.outgoing').count()) === 0,
    );
    const spoken = await console.page.locator('.message.agent .message-text').allInnerTexts();
    expect(spoken).toEqual(['This answer is lost twice', 'This one waits behind it']);
    expect(await chat.counts('This answer is lost twice')).toEqual({
      'This answer is lost twice': 1,
    });
  });

  test('misses nothing and doubles nothing when the network drops in mid-sentence', async () => {
    const { console, chat } = await talking(open, desk(), 'Dropped Line');
    await console.say('Before the gap');
    await chat.hears('Before the gap');
    await console.page.context().setOffline(true);
    await console.page.getByText('Not connected').waitFor();
    await chat.say('Said in the gap');
    await console.say('Written in the gap');
    await chat.bubble('Said in the gap').first().waitFor();
    await console.page.context().setOffline(false);
    await chat.hears('Written in the gap');
    await console.message('customer', 'Said in the gap').waitFor();
    await until(
      'nothing to be on its way',
      async () => (await console.page.locator('.outgoing').count()) === 0,
    );
    const words = await console.page.locator('.message .message-text').allInnerTexts();
    expect(words.filter((text) => text.includes('gap'))).toEqual([
      'Before the gap',
      'Said in the gap',
      'Written in the gap',
    ]);
  });

  test('proves the customer by a code that the agent never sees, and proposes a change', async () => {
    const email = `priya.${randomUUID().slice(0, 8)}@example.com`;
    const { customers, updateRequests } = desk().product.product.office.records;
    await storeCustomers(
      customers,
      customerOf({ email, name: 'Priya Sen', phone: '+913324196000' }),
    );
    const { console, chat } = await talking(open, desk(), 'Careful Hand');
    await console.button('Ask for a code…').click();
    await console.dialog.getByLabel('E-mail address or user name').fill(email);
    await console.button('Send the code').click();
    await console.dialog.waitFor({ state: 'detached' });
    const code = await lastCode(desk().product, email);
    await chat.say(code);
    await console.heading(/verified/).waitFor();
    await console.message('customer', '••••••').waitFor();
    expect(await console.log.innerText()).not.toContain(code);

    await console.button('Propose a change…').click();
    const phone = console.dialog.locator('.record-field').filter({ hasText: 'Telephone number' });
    await phone.getByText('Now: ends in 00.').waitFor();
    expect(await console.dialog.getByText('Now: Priya Sen').count()).toBe(0);
    await console.dialog.getByLabel('Telephone number', { exact: true }).fill('not a number');
    await console.dialog.getByLabel('Reason').fill('Asked for in this chat');
    await console.button('Propose').click();
    await console.dialog.getByText('I could not read a telephone number').waitFor();
    await console.dialog.getByLabel('Telephone number', { exact: true }).fill('033 2419 6001');
    await console.button('Propose').click();
    await console.dialog.waitFor({ state: 'detached' });
    expect((await updateRequests.waiting(10)).map(({ changes }) => changes[0]?.after)).toEqual([
      '+913324196001',
    ]);
  });

  test('has what was being typed, and what came meanwhile, after the page is opened anew', async () => {
    const { console, chat } = await talking(open, desk(), 'Half Sentence');
    await console.composer.fill('I was in mid-sen');
    await until('the draft to be kept', async () => {
      const { handoffs } = desk().product.product.office.records;
      const id = console.page.url().split('/').at(-1) ?? '';
      return (await handoffs.byId(id))?.draft === 'I was in mid-sen';
    });
    await console.page.goto('about:blank');
    await chat.say('Are you still there?');
    await console.page.goBack();
    await console.message('customer', 'Are you still there?').waitFor();
    expect(await console.composer.inputValue()).toBe('I was in mid-sen');
    await console.page.evaluate(() => {
      history.replaceState(null, '', '#/queue');
    });
  });

  test('is somebody else’s when they were faster, and it says whose', async () => {
    const agent = await desk().account('Slow Hand', 'agent');
    const faster = await desk().staff('Quick Hand', 'agent');
    const console = await ConsoleWindow.of(await open(), desk(), agent);
    const { handoffId } = await desk().waiting();
    await console.page.route('**/claim', async (route) => {
      await faster.did(`/handoffs/${handoffId}/claim`);
      await route.continue();
    });
    await console.button(/^Take /).click();
    await console.page.getByText('Quick Hand was faster').first().waitFor();
    await console.page.getByText('Nobody is waiting.').waitFor();
  });

  test('shouts at once that the customer has taken back the consent to remote help', async () => {
    const { console, chat } = await talking(open, desk(), 'Remote Hand');
    await console.button('Ask for consent…').click();
    await console.dialog.getByLabel('What you want to do').fill('look at your privacy settings');
    await console.button('Ask').click();
    await chat.suggestion('I agree').first().click();
    await console.page.getByText('The customer agrees').waitFor();
    await chat.say('stop');
    await console.page.getByRole('alert').getByText('Stop the remote help now.').waitFor();
  });

  test('opens a case that counts from what the customer said first', async () => {
    const { console, chat } = await talking(open, desk(), 'Case Opener');
    await console.button('Open a case…').click();
    await console.dialog
      .getByLabel('What it is about')
      .fill('The newsletter comes although it was stopped.');
    await console.dialog.getByLabel('No', { exact: true }).check();
    await console.button('Open the case').click();
    await console.heading('The case is open').waitFor();
    const reference = await console.dialog.locator('.large').first().innerText();
    expect(reference).toMatch(/^PD-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    await chat.hears(reference);
    await chat.hears('Your PIN is');
    const pin = /PIN is (\d+)/.exec(await chat.bubble('Your PIN is').innerText())?.[1] ?? '';
    expect(pin).not.toBe('');
    await console.dialog.getByText('The customer is shown a PIN in the chat').waitFor();
    await console.button('Done').click();
    await console.message('bot', 'Your PIN is').waitFor();
    expect(await console.page.locator('body').innerText()).not.toContain(pin);

    await console.composer.fill('/case now');
    await console.composer.press('Enter');
    const written = await console.composer.inputValue();
    expect(written).toContain(`Your case is ${reference}, and you will have an answer by `);
    expect(written).toMatch(/You can also write to \S+@\S+\.$/);
  });

  test('stays where the agent reads, and says that something new has come', async () => {
    const { console, chat } = await talking(open, desk(), 'Far Reader', {
      agent: { width: 1280, height: 420 },
    });
    for (const line of ['One', 'Two', 'Three', 'Four']) await console.say(`${line}\n\n\n\nmore`);
    await chat.bubble('Four').first().waitFor();
    await until(
      'all to be said',
      async () => (await console.page.locator('.outgoing').count()) === 0,
    );
    const scroller = console.log;
    await scroller.evaluate((element) => {
      element.scrollTop = 0;
    });
    await chat.say('A new thing');
    await console.button(/new message/).waitFor();
    expect(await scroller.evaluate((element) => element.scrollTop)).toBe(0);
    await console.button(/new message/).click();
    await console.message('customer', 'A new thing').waitFor();
    expect(await console.button(/new message/).count()).toBe(0);
  });
});

describeInBrowser('the console, for everybody', (open) => {
  const desk = freshDesk();

  test.each(SIZES)('has no fault that axe finds at %j', async (size) => {
    const supervisor = await desk().account(`Axe ${randomUUID()}`, 'supervisor');
    const entrance = await ConsoleWindow.open(await open({ ...size, bypassCSP: true }), desk().url);
    await entrance.heading('Sign in to the console').waitFor();
    await expectSound(entrance);

    const context = await open({ ...size, bypassCSP: true });
    const waiting = await desk().waiting();
    const console = await ConsoleWindow.of(context, desk(), supervisor);
    await console
      .button(/^Take /)
      .first()
      .waitFor();
    await expectSound(console);
    await console.takeLongest();
    await expectSound(console);
    await console.page.emulateMedia({ colorScheme: 'dark' });
    await expectSound(console);
    const details = console.button('Details');
    if (await details.isVisible()) await details.click();
    for (const name of ['Ask for a code…', 'Open a case…', 'Ask for consent…']) {
      await console.button(name).click();
      await expectSound(console);
      await console.page.keyboard.press('Escape');
      await console.dialog.waitFor({ state: 'detached' });
    }
    await waiting.customer.say('bye');
  });

  test('shows its keys, and does without them where that is wished', async () => {
    const agent = await desk().account('Key Hand', 'agent');
    const console = await ConsoleWindow.of(await open(), desk(), agent);
    await console.page.keyboard.press('?');
    await console.dialog.getByLabel('Use single keys').uncheck();
    await console.page.keyboard.press('Escape');
    await console.dialog.waitFor({ state: 'detached' });
    await console.page.keyboard.press('?');
    expect(await console.dialog.count()).toBe(0);
  });

  test('breaks no content policy, and asks no other host for anything', async () => {
    const context = await open();
    const complaints: string[] = [];
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    context.on('request', (request) => {
      if (new URL(request.url()).host !== new URL(desk().url).host) complaints.push(request.url());
    });
    const agent = await desk().account('Strict Hand', 'agent');
    await desk().waiting();
    const console = await ConsoleWindow.of(context, desk(), agent);
    await console.takeLongest();
    await console.say('Hello');
    await console.message('agent', 'Hello').waitFor();
    expect(complaints).toEqual([]);
  });
});

/** A desk of its own for each group of tests. */
function freshDesk(): () => ConsoleDesk {
  let desk: ConsoleDesk | undefined;
  beforeAll(async () => {
    desk = await ConsoleDesk.start();
  });
  afterAll(async () => {
    await desk?.close();
  });
  return () => {
    if (!desk) throw new Error('The desk does not run yet.');
    return desk;
  };
}

const isFocused = ({ composer }: ConsoleWindow): Promise<boolean> =>
  composer.evaluate((element) => element === document.activeElement);

async function expectSound({ page }: ConsoleWindow): Promise<void> {
  expect(await faultsOf(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
}
