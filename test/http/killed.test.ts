import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { ClaimedView, ConversationView, QueueView } from '../../bot/console/contract';
import { CustomerRecords, type Customer } from '../../models/customers';
import { openStore } from '../../models/store';
import { ChatCustomer } from '../support/chatCustomer';
import type { StaffPage } from '../support/consoleDesk';
import { accepted, invite, inviteTokenIn } from '../support/invitations';
import { KillableDesk, START_MS } from '../support/killableDesk';
import { openNow } from '../support/openHours';
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

describe('kill -9, where people wait for a person,', () => {
  let desk: KillableDesk;
  let first: ChatCustomer;
  let second: ChatCustomer;
  let asha: StaffPage;

  beforeEach(async () => {
    desk = new KillableDesk(openNow);
    await desk.start();
    asha = await agentOf(desk);
    first = await waiting(desk, /You are \*\*first\*\* in the queue/);
    second = await waiting(desk, /You are \*\*number 2\*\* in the queue/);
  }, 3 * START_MS);
  afterEach(() => desk.remove());

  /** Claims whoever waits longest. */
  const claim = async (): Promise<string> => {
    const [longest] = (await asha.read<QueueView>('/queue')).waiting;
    const { outcome } = await asha.did<ClaimedView>(`/handoffs/${longest!.id}/claim`);
    expect(outcome).toBe('claimed');
    return longest!.id;
  };
  const messagesOf = async (handoffId: string): Promise<string[]> =>
    (await asha.read<ConversationView>(`/handoffs/${handoffId}`)).messages.map(({ text }) => text);

  test(
    'leaves them at their places, and whoever signs in then can claim them',
    async () => {
      const { waiting: before } = await asha.read<QueueView>('/queue');
      expect(before).toHaveLength(2);
      await desk.kill();

      await desk.start();
      await asha.signIn();
      expect((await asha.read<QueueView>('/queue')).waiting).toEqual(before);
      await second.ask('Where am I in the queue?', /You are \*\*number 2\*\*/);
      expect(await claim()).toBe(before[0]!.id);
      await first.until(/You are talking to Asha Rao now/);
      await second.ask('Where am I in the queue?', /You are \*\*first\*\*/);
      expect((await asha.read<QueueView>('/queue')).waiting).toHaveLength(1);
      const heard = (words: RegExp) => first.heard.filter((text) => words.test(text));
      expect(heard(/I have asked for a person/)).toHaveLength(1);
      expect(heard(/You are talking to/)).toHaveLength(1);
    },
    4 * START_MS,
  );

  test(
    'right after an agent’s message was taken, or a customer’s, has each of them once, and in order',
    async () => {
      const handoffId = await claim();
      const said = { id: randomUUID(), text: 'Which order is it about?' };
      expect(await asha.did(`/handoffs/${handoffId}/say`, said)).toEqual({ outcome: 'said' });
      await desk.kill();

      await desk.start();
      await first.until(/Which order is it about/);
      // The page tries again what was not acknowledged, as far as it knows, in the session that it had.
      expect(await asha.did(`/handoffs/${handoffId}/say`, said)).toEqual({ outcome: 'said' });
      await first.say('The blue one');
      await desk.kill();

      await desk.start();
      const answer = { id: randomUUID(), text: 'I see it' };
      expect(await asha.did(`/handoffs/${handoffId}/say`, answer)).toEqual({ outcome: 'said' });
      const inOrder = ['Which order is it about?', 'The blue one', 'I see it'];
      const only = (texts: string[]) => texts.filter((text) => inOrder.includes(text));
      expect(only(await first.history())).toEqual(inOrder);
      expect(only(await messagesOf(handoffId))).toEqual(inOrder);
      expect((await first.history()).slice(-1)).toEqual(['I see it']);
    },
    5 * START_MS,
  );
});

/** The page of an agent whom the first administrator invited. */
async function agentOf(desk: KillableDesk): Promise<StaffPage> {
  const chief = { name: 'Meera Iyer', email: 'meera@staff.example' };
  const { page } = await accepted(desk.url, inviteTokenIn(desk.said), chief);
  const asha = { name: 'Asha Rao', email: 'asha@staff.example' };
  await invite(page, asha, 'agent');
  const mail = await until('the invitation', async () =>
    existsSync(desk.mailDirectory)
      ? (await mailsIn(desk.mailDirectory)).find(({ to }) => to === asha.email)
      : undefined,
  );
  return (await accepted(desk.url, inviteTokenIn(mail.text), asha)).page;
}

/** A customer who has asked for a person, and heard where they stand. */
async function waiting({ url }: KillableDesk, told: RegExp): Promise<ChatCustomer> {
  const customer = await ChatCustomer.open(url);
  await customer.ask('I want to talk to a person', told);
  return customer;
}

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
