import type { Customer } from '../../services/records/customers';
import { ChatCustomer } from '../support/chatCustomer';
import { customerOf, storeCustomers } from '../support/customers';
import { startProduct, type RunningProduct } from '../support/product';
import { lastCode, mailsIn, settled } from '../support/sentMails';

const WHOSE = /which user name, is on your record/;
const CODE = /What is the code/;
const SHOWN = /Shall I change it/;
const PHONE = '+919830055667';
const WISH = 'my new number is 98301 54321';

describe('a change in the chat', () => {
  let running: RunningProduct;
  const email = 'rina@example.org';
  const record = customerOf({ name: 'Rina Das', email, phone: PHONE, newsletter: true });

  // One for each test, since the same place may do only so much at once, and a mailbox gets so many codes and no more.
  beforeEach(async () => {
    running = await startProduct();
    await storeCustomers(running.product.office.records.customers, record);
  });
  afterEach(() => running.close());

  /** Says one thing after the other in a new chat, each time once the bot has asked for it. */
  async function talk(...said: readonly (readonly [string, RegExp])[]): Promise<ChatCustomer> {
    const customer = await ChatCustomer.open(running.url);
    for (const [text, answer] of said) await customer.ask(text, answer);
    return customer;
  }

  /** Somebody who was shown what would be changed. */
  async function shown(wish: string): Promise<ChatCustomer> {
    const customer = await talk([wish, WHOSE], [email, CODE]);
    await customer.ask(await lastCode(running, email), SHOWN);
    return customer;
  }

  async function now(): Promise<Customer> {
    const found = await running.product.office.customers.byId(record.id);
    return found ?? record;
  }

  const heard = ({ heard }: ChatCustomer, words: RegExp): number =>
    heard.filter((text) => words.test(text)).length;

  /** How many mails told this customer of a change. */
  async function confirmations(): Promise<number> {
    await settled(running);
    const mails = await mailsIn(running.product.mailDirectory);
    return mails.filter(({ to, subject }) => to === email && subject.includes('been changed'))
      .length;
  }

  describe('takes a code', () => {
    test('only in the conversation that asked for it', async () => {
      const first = await talk([WISH, WHOSE], [email, CODE]);
      const code = await lastCode(running, email);
      const other = await talk([WISH, WHOSE], [email, CODE]);
      await other.ask(code, /That is not the code/);
      await first.ask(code, SHOWN);
      expect(await now()).toEqual(record);
    });

    test('once, when it is said twice at the same moment', async () => {
      const customer = await talk([WISH, WHOSE], [email, CODE]);
      const code = await lastCode(running, email);
      await Promise.all([customer.say(code), customer.say(code)]);
      await customer.ask('thanks', /Please say “yes, change it”/);
      expect(heard(customer, /shows that the mailbox is yours\. It holds/)).toBe(1);
      const { audit } = running.product.office;
      const entries = await audit.entriesAbout('record', record.id);
      expect(entries.filter(({ action }) => action === 'record.verified')).toHaveLength(1);
      expect(await now()).toEqual(record);
    });

    test('in the digits of another script, with dashes and words around it', async () => {
      const customer = await talk([WISH, WHOSE], [email, CODE]);
      const code = await lastCode(running, email);
      const devanagari = Array.from(code, (digit) => String.fromCodePoint(0x0966 + Number(digit)));
      await customer.ask(`it says ${devanagari.join('-')}, I think`, SHOWN);
    });
  });

  test('is made once, when “yes” is said twice at the same moment', async () => {
    const customer = await shown(WISH);
    await Promise.all([customer.say('yes'), customer.say('yes')]);
    await customer.until(/It is changed/);
    await customer.ask('thanks', /welcome/);
    expect(heard(customer, /It is changed/)).toBe(1);
    expect(await now()).toMatchObject({ phone: '+919830154321', revision: 1 });
    expect(await confirmations()).toBe(1);
  });

  describe('of a record that somebody else changes between the card and the yes', () => {
    async function changedMeanwhile(changes: Partial<Customer>): Promise<void> {
      const changed = { ...(await now()), ...changes };
      expect(await running.product.office.records.customers.change(changed, [])).toBe('changed');
    }

    test('in the same field: is shown, and overwrites nothing before another yes', async () => {
      const customer = await shown(WISH);
      await changedMeanwhile({ phone: '+919830099999' });
      await customer.ask('yes', /Somebody else has changed your record .*: telephone number/);
      await customer.until(SHOWN, customer.heard.length - 1);
      expect((await now()).phone).toBe('+919830099999');
      const cards = (await customer.activities()).flatMap(({ attachments = [] }) => attachments);
      expect(JSON.stringify(cards.at(-1))).toContain('ends in 99');
      await customer.ask('yes', /It is changed: telephone number/);
      expect((await now()).phone).toBe('+919830154321');
    });

    test('in another one: both stand', async () => {
      const customer = await shown(WISH);
      await changedMeanwhile({ name: 'Rina Das Gupta' });
      await customer.ask('yes', /It is changed: telephone number/);
      expect(await now()).toMatchObject({ name: 'Rina Das Gupta', phone: '+919830154321' });
    });
  });

  describe('of an address', () => {
    const LONG = `12 Park Street ${'near the big banyan tree '.repeat(80)}Kolkata 700016`;
    const SEVEN_LINES =
      'Flat 4B\nLake House\n12 Park Street\nNear the lake\nBallygunge\nKolkata 700016\nIndia';

    test.each<[string, string, RegExp]>([
      ['with HTML', '12 <b>Park</b> Street, Kolkata 700016', /without angle brackets/],
      ['with a script', '<script>alert(1)</script>, Kolkata 700016', /without angle brackets/],
      ['with a link', '12 Park Street, http://evil.example, Kolkata', /without angle brackets/],
      ['of 2,000 characters', LONG, /at most six lines of 60 characters/],
      ['of seven lines', SEVEN_LINES, /at most six lines of 60 characters/],
    ])('%s is refused in words and asked for again', async (_what, value, why) => {
      const customer = await talk(
        ['Change my details', /What shall I change/],
        ['my mailing address', /What is your new mailing address/],
      );
      await customer.ask(value, why);
      await customer.ask('cancel', /Nothing was changed/);
      expect(await now()).toEqual(record);
    });

    test('in several lines keeps them', async () => {
      const customer = await talk(
        ['Change my details', /What shall I change/],
        ['my mailing address', /What is your new mailing address/],
        ['Flat 4B\r\n  12 Park Street,\nKolkata 700016', WHOSE],
        [email, CODE],
      );
      await customer.ask(await lastCode(running, email), SHOWN);
      await customer.ask('yes', /It is changed: mailing address/);
      expect((await now()).mailingAddress).toBe('Flat 4B\n12 Park Street\nKolkata 700016');
      expect(await confirmations()).toBe(1);
    });
  });

  test.each([
    ['+44 20 7946 0958', '+442079460958'],
    ['+1 (202) 555-0143', '+12025550143'],
    ['0049 30 901820', '+4930901820'],
  ])('to the foreign number %s stores %s', async (written, kept) => {
    const customer = await shown(`my new number is ${written}`);
    await customer.ask('yes', /It is changed: telephone number/);
    expect((await now()).phone).toBe(kept);
  });

  test.each([
    ['telephone number', 'my number is 098300 55667'],
    ['name', 'change my name to Rina  Das'],
  ])('to what stands there already says so, and changes nothing: %s', async (field, wish) => {
    const customer = await talk([wish, WHOSE], [email, CODE]);
    const code = await lastCode(running, email);
    await customer.ask(code, new RegExp(`That is on your record already: ${field}`));
    await customer.until(/What shall I change/);
    expect(await now()).toEqual(record);
    expect(await confirmations()).toBe(0);
  });

  describe('that is cancelled', () => {
    const another = 'rina.new@example.net';
    const steps = [
      ['please change my email to rina.new@example.net', WHOSE],
      ['{email}', CODE],
      ['{code}', SHOWN],
      ['Correct something', /What should be different/],
      ['my number is 98301 54321 too', SHOWN],
      ['Yes, change it', CODE],
    ] as const;

    test.each(steps.map(([text], index) => [index + 1, text] as const))(
      'after step %i (%s) leaves the record as it was',
      async (count) => {
        const customer = await talk();
        for (const [text, answer] of steps.slice(0, count)) {
          const code = text === '{code}' ? await lastCode(running, email) : '';
          await customer.ask(text.replace('{email}', email).replace('{code}', code), answer);
        }
        await customer.ask('cancel', /Nothing was changed/);
        const last = count === steps.length ? await lastCode(running, another) : '123456';
        await customer.ask(last, /^(?!.*changed:)/);
        expect(await now()).toEqual(record);
      },
    );
  });
});
