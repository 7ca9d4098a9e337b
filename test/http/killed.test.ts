import { existsSync } from 'node:fs';
import { CustomerRecords, type Customer } from '../../models/customers';
import { openStore } from '../../models/store';
import { ChatCustomer } from '../support/chatCustomer';
import { KillableDesk, START_MS } from '../support/killableDesk';
import { TEST_KEY } from '../support/product';
import { codeIn, mailsIn, type SentMail } from '../support/sentMails';
import { until } from '../support/until';

describe('kill -9', () => {
  let desk: KillableDesk;
  let customer: ChatCustomer;

  beforeEach(async () => {
    desk = new KillableDesk();
    await desk.start();
    customer = await ChatCustomer.open(desk.url);
  }, 2 * START_MS);
  afterEach(() => desk.remove());

  const sent = async (subject: RegExp): Promise<SentMail[]> =>
    existsSync(desk.mailDirectory)
      ? (await mailsIn(desk.mailDirectory)).filter((mail) => subject.test(mail.subject))
      : [];

  test(
    'right after a confirmed report loses neither the case nor a mail, and right after a question the answer comes',
    async () => {
      await customer.ask(
        'someone logged into my account yesterday and changed my address',
        /hold your record still/,
      );
      await customer.ask('No, go on', /Which e-mail address/);
      await customer.ask('rina@example.org', /I have read/);
      await customer.ask('No, only me', /works here/);
      await customer.ask('No', /optional/);
      await customer.ask('Skip', /check it/);
      const reply = await customer.ask('Send it', /PD-\w{4}-\w{4}/);
      await desk.kill();
      const [reference = ''] = /PD-\w{4}-\w{4}/.exec(reply) ?? [];
      expect(reference).not.toBe('');

      await desk.start();
      const about = new RegExp(reference);
      await until('both mails', async () => (await sent(about)).length === 2);
      await customer.ask(`status of ${reference} rina@example.org`, /with the privacy manager/);

      await customer.say('do you sell my data?');
      await desk.kill();
      await desk.start();
      await customer.until(/does not sell or rent/);
      expect(customer.heard.filter((text) => text.includes('does not sell or rent'))).toHaveLength(
        1,
      );
      expect(await sent(about)).toHaveLength(2);
    },
    4 * START_MS,
  );

  test.each([
    ['as soon as a change was agreed to', false],
    ['as soon as the customer was told that it is changed', true],
  ])(
    '%s: it is made once and told once, in the chat and by mail',
    async (_when, told) => {
      await customer.ask('my new number is 98301 54321', /on your record/);
      await customer.ask('asha.rao@example.com', /What is the code/);
      const [mail] = await until('the code', async () => {
        const mails = await sent(/Your code/);
        return mails.length > 0 ? mails : undefined;
      });
      await customer.ask(codeIn(mail!) ?? '', /Shall I change it/);
      if (told) await customer.ask('yes', /It is changed/);
      else await customer.say('yes');
      await desk.kill();

      await desk.start();
      await customer.until(/It is changed: telephone number/);
      await until('the mail', async () => (await sent(/has been changed/)).length > 0);
      await customer.ask('thanks', /welcome/);
      await desk.kill();
      expect(customer.heard.filter((text) => text.includes('It is changed'))).toHaveLength(1);
      expect(await sent(/has been changed/)).toHaveLength(1);
      expect(await stored(desk, 'asha.rao')).toMatchObject({
        ...{ phone: '+919830154321', revision: 1 },
      });
    },
    4 * START_MS,
  );
});

/** A record as it lies in the files of a desk that does not run. */
async function stored({ directory }: KillableDesk, userName: string): Promise<Customer> {
  const store = await openStore({ directory, keys: [TEST_KEY] });
  try {
    const found = await new CustomerRecords(store).byUserName(userName);
    if (!found) throw new Error(`There is no record of ${userName}.`);
    return found;
  } finally {
    await store.close();
  }
}
