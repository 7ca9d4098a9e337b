import { randomUUID } from 'node:crypto';
import type {
  CaseOpenedView,
  CasesView,
  CaseView,
  ClaimedView,
  LiveEvent,
  MailLine,
  MessageView,
} from '../../bot/console/contract';
import type { CaseToOpen } from '../../services/cases';
import { ConsoleDesk, type LivePage, type StaffPage } from '../support/consoleDesk';
import { bytesOf } from '../support/mailer';
import { mailsIn, settled } from '../support/sentMails';
import { until } from '../support/until';

const PIA = 'pia@staff.example';
const ESCALATION = 'escalation@staff.example';

describe('a case about somebody of staff', () => {
  let desk: ConsoleDesk;
  let asha: StaffPage;
  let ravi: StaffPage;
  let vikram: StaffPage;
  let meera: StaffPage;
  let pia: StaffPage;
  let above: StaffPage;
  beforeAll(async () => {
    desk = await ConsoleDesk.start({
      env: { ESCALATION_EMAIL: ESCALATION, PRIVACY_MANAGER_EMAIL: PIA },
    });
    asha = await desk.staff('Asha Rao', 'agent');
    ravi = await desk.staff('Ravi Menon', 'agent');
    vikram = await desk.staff('Vikram Shah', 'supervisor');
    meera = await desk.staff('Meera Iyer', 'supervisor');
    pia = await desk.signIn(await desk.accountAt(PIA, 'Pia Sen', ['privacyManager', 'supervisor']));
    above = await desk.signIn(await desk.accountAt(ESCALATION, 'Above All', ['supervisor']));
  });
  afterAll(() => desk.close());
  const office = () => desk.product.product.office;

  const open = async (whatHappened: string, over: Partial<CaseToOpen> = {}): Promise<string> => {
    const { reference } = await office().cases.open({
      ...{ id: randomUUID(), kind: 'complaint', urgency: 'normal', aboutStaff: 'staff' },
      ...{ confirmed: true, channel: 'chat', receivedAt: desk.clock.now() },
      report: { whatHappened, email: 'rina@example.org' },
      ...over,
    });
    return reference;
  };
  const claim = (page: StaffPage, handoffId: string) =>
    page.did<ClaimedView>(`/handoffs/${handoffId}/claim`);
  const handoffOf = (id: string) => office().records.handoffs.byId(id);
  const messages = (live: LivePage, from: number) =>
    live.heard.slice(from).flatMap((event) => (event.kind === 'message' ? event.message.text : []));
  const name = (by: StaffPage, reference: string, ...named: StaffPage[]) =>
    by.did<{ outcome: string }>(`/cases/${reference}/name`, {
      accountIds: named.map(({ account }) => account.id),
    });

  test('keeps its words out of the transcript of another case of the conversation', async () => {
    const { customer } = await desk.waiting();
    await customer.ask('It was Vikram Shah, he sold my number');
    const { conversationId } = customer;
    const ordinary = await open('They write to me.', { conversationId, aboutStaff: 'no' });
    await open('Vikram Shah sold my number.', { conversationId });
    const transcript = (page: StaffPage) =>
      page.read<MessageView[]>(`/cases/${ordinary}/transcript`);
    expect(await transcript(vikram)).toEqual([]);
    expect((await vikram.read<CaseView>(`/cases/${ordinary}`)).transcript).toBe(false);
    expect(JSON.stringify(await transcript(meera))).toContain('It was Vikram Shah');
    expect((await meera.read<CaseView>(`/cases/${ordinary}`)).transcript).toBe(true);
  });

  test('keeps them from its conversation, which others may take', async () => {
    const { customer, handoffId } = await desk.waiting();
    await open('Asha Rao shouted, and Vikram Shah laughed.', {
      conversationId: customer.conversationId,
    });
    const path = `/handoffs/${handoffId}`;
    expect((await claim(asha, handoffId)).outcome).toBe('gone');
    expect((await claim(vikram, handoffId)).outcome).toBe('gone');
    expect((await claim(ravi, handoffId)).outcome).toBe('claimed');
    const deeds = [
      ['note', { id: randomUUID(), text: 'She lies.' }],
      ['transfer', {}],
      ['return', {}],
      ['close', { disposition: 'abuse' }],
    ] as const;
    for (const [deed, body] of deeds)
      expect([deed, (await vikram.post(`${path}/${deed}`, body)).status]).toEqual([deed, 404]);
    const passed = await ravi.post(`${path}/transfer`, { to: vikram.account.id });
    expect(passed.status).toBe(400);
    expect(JSON.stringify(passed.body)).toContain('cannot take this conversation');
    expect(await handoffOf(handoffId)).toMatchObject({ state: 'held', notes: [] });
    await meera.did(`${path}/note`, { id: randomUUID(), text: 'I look at it.' });
    await ravi.did(`${path}/transfer`, { to: meera.account.id });
  });

  test('about the privacy manager leaves its conversation to those who are not', async () => {
    const { customer, handoffId } = await desk.waiting();
    await open('They sold it.', {
      ...{ conversationId: customer.conversationId, aboutStaff: 'privacy_manager' },
    });
    expect((await claim(pia, handoffId)).outcome).toBe('gone');
    expect((await claim(ravi, handoffId)).outcome).toBe('claimed');
    expect((await vikram.post(`/handoffs/${handoffId}/return`)).status).toBe(404);
  });

  test('goes on with whoever took it down, and with whoever comes after them', async () => {
    const { customer, handoffId } = await desk.waiting();
    await claim(asha, handoffId);
    const reference = await openFrom(asha, handoffId, 'staff', 'Somebody tall was rude to me.');
    expect(await office().records.cases.byReference(reference)).toMatchObject({
      aboutStaff: 'staff',
    });
    await asha.did(`/handoffs/${handoffId}/say`, { id: randomUUID(), text: 'I am sorry.' });
    await asha.did(`/handoffs/${handoffId}/transfer`, {});
    expect((await claim(ravi, handoffId)).outcome).toBe('claimed');
    await customer.say('Thanks');
    expect(await handoffOf(handoffId)).toMatchObject({ holder: { name: 'Ravi Menon' } });
  });

  test('keeps out whoever had talked to the customer before it was told', async () => {
    const { customer, handoffId } = await desk.waiting();
    await claim(asha, handoffId);
    await asha.did(`/handoffs/${handoffId}/transfer`, {});
    await open('The agent was rude to me.', { conversationId: customer.conversationId });
    expect((await claim(asha, handoffId)).outcome).toBe('gone');
    expect((await claim(ravi, handoffId)).outcome).toBe('claimed');
  });

  async function openFrom(
    page: StaffPage,
    handoffId: string,
    aboutStaff: string | undefined,
    words: string,
  ): Promise<string> {
    const said = await page.read<MessageView[]>(`/handoffs/${handoffId}/messages`);
    const { reference } = await page.did<CaseOpenedView>(`/handoffs/${handoffId}/case`, {
      ...{ id: randomUUID(), kind: 'complaint', urgency: 'normal', aboutStaff, words },
      sequence: said.find(({ from }) => from === 'customer')?.sequence,
    });
    return reference;
  }

  test('is taken from its holder the moment that it is opened, and their page hears no more', async () => {
    const { customer, handoffId } = await desk.waiting();
    const live = await asha.live();
    await claim(asha, handoffId);
    await asha.did(`/handoffs/${handoffId}/draft`, { text: 'Liar' });
    const reference = await openFrom(asha, handoffId, 'no', 'Your agent Asha Rao insulted me.');
    const requeued = await until('the conversation to wait again', async () => {
      const found = await handoffOf(handoffId);
      return found?.state === 'waiting' ? found : undefined;
    });
    expect(requeued.draft).toBeUndefined();
    expect(await customer.until(/Somebody else will take care of you/)).not.toContain('Asha');
    await live.caughtUp();
    const from = live.heard.length;
    await customer.say('She really did.');
    expect((await claim(asha, handoffId)).outcome).toBe('gone');
    expect((await claim(ravi, handoffId)).outcome).toBe('claimed');
    await customer.say('Are you somebody else?');
    await live.caughtUp();
    expect(messages(live, from)).toEqual([]);
    // The agent said that it was about nobody.
    const found = await office().records.cases.byReference(reference);
    expect(found?.aboutStaff).toBe('staff');
    live.close();
  });

  test('needs to be said whether it is one, where an agent opens it', async () => {
    const { handoffId } = await desk.waiting();
    await claim(asha, handoffId);
    await expect(openFrom(asha, handoffId, undefined, 'They write to me.')).rejects.toThrow('400');
  });

  test('stops the page of who follows its conversation, when it is opened and when they are named', async () => {
    const { customer, handoffId } = await desk.waiting();
    await claim(ravi, handoffId);
    const [first, second] = [await vikram.live(), await meera.live()];
    for (const live of [first, second]) {
      live.say({ follow: [handoffId] });
      await live.next('conversation', (event) => event.handoffId === handoffId);
    }
    const hears = async (text: string) => {
      const from = [first, second].map(({ heard }) => heard.length);
      const watcher = await ravi.live();
      await customer.say(text);
      await watcher.next('message', ({ message }) => message.text === text);
      await Promise.all([first, second].map((live) => live.caughtUp()));
      watcher.close();
      return [first, second].map((live, index) => messages(live, from[index] ?? 0).length > 0);
    };
    expect(await hears('One')).toEqual([true, true]);
    const { conversationId } = customer;
    const reference = await open('Vikram Shah sold my number.', { conversationId });
    await first.next('conversation', (event) => event.handoffId === handoffId, first.heard.length);
    expect(await hears('Two')).toEqual([false, true]);
    const from = second.heard.length;
    await name(above, reference, meera);
    await second.next('conversation', (event) => event.handoffId === handoffId, from);
    expect(await hears('Three')).toEqual([false, false]);
    for (const live of [first, second]) live.close();
  });

  test('is taken from its holder who is named', async () => {
    const { customer, handoffId } = await desk.waiting();
    const { conversationId } = customer;
    const reference = await open('Somebody was rude.', { conversationId, aboutStaff: 'no' });
    await claim(ravi, handoffId);
    await name(meera, reference, ravi);
    await until('it to wait again', async () => (await handoffOf(handoffId))?.state === 'waiting');
    expect((await claim(ravi, handoffId)).outcome).toBe('gone');
  });

  test('is hinted at to nobody who does not see it', async () => {
    const [first, second] = [await vikram.live(), await meera.live()];
    const changed = (event: LiveEvent) => event.kind === 'changed' && event.what === 'cases';
    await open('Vikram Shah sold my number.');
    await second.next('changed', changed);
    await first.caughtUp();
    expect(first.heard.filter(changed)).toEqual([]);
    await open('They write to me.', { aboutStaff: 'no' });
    await first.next('changed', changed);
    for (const live of [first, second]) live.close();
  });

  test('is mailed to nobody who is named, nor taken from them by mail', async () => {
    const reference = await open('Somebody tall opened my letters', { aboutStaff: 'no' });
    await settled(desk.product);
    const directory = desk.product.product.mailDirectory;
    const sent = async () =>
      (await mailsIn(directory)).filter((mail) => mail.text.includes(reference));
    const notification = (await sent()).find(({ to }) => to.includes(PIA));
    const before = (await sent()).length;
    await name(vikram, reference, pia);
    await vikram.did(`/cases/${reference}/answer`, { id: randomUUID(), text: 'We looked at Pia.' });
    const reason = { id: randomUUID(), reason: 'There is more.' };
    await vikram.did(`/cases/${reference}/reopen`, reason);
    await settled(desk.product);
    const later = (await sent()).slice(before);
    expect(later.filter(({ to }) => to.includes(PIA))).toEqual([]);
    const told = later.filter(({ to }) => to.includes(ESCALATION));
    expect(told.map(({ subject }) => subject).join('\n')).toMatch(/About somebody of staff/);
    expect(
      told.some(({ text }) => text.includes('has named whom this case is about: Pia Sen')),
    ).toBe(true);
    expect(notification).toBeDefined();
    const named = await office().records.cases.byReference(reference);
    expect(named && (await office().staff.mayHandle(PIA, named))).toBe(false);
  });

  test('is seen and changed by the escalation address, whoever is named', async () => {
    const reference = await open('It was Above All, and the rest.', { aboutStaff: 'no' });
    await name(vikram, reference, above, meera, pia);
    const note = { id: randomUUID(), text: 'I look at it.' };
    expect(await above.did(`/cases/${reference}/note`, note)).toMatchObject({ done: true });
    const { cases } = await above.read<CasesView>('/cases');
    expect(cases.map((each) => each.reference)).toContain(reference);
  });

  describe('that waits as a mail', () => {
    async function arrived(subject: string, text: string): Promise<string> {
      const before = await above.read<MailLine[]>('/mails');
      const { raw, envelope } = await bytesOf({
        ...{ from: meera.account.email, to: 'info@comantra.net', subject, text },
      });
      const { product } = desk.product;
      await product.intake.take({ raw, envelope, door: 'smtp', receivedAt: desk.clock.now() });
      await product.sweep();
      const known = before.map(({ id }) => id);
      const mail = (await above.read<MailLine[]>('/mails')).find(({ id }) => !known.includes(id));
      if (!mail) throw new Error('No mail waits.');
      return mail.id;
    }
    const sees = async (page: StaffPage, id: string) => {
      const listed = (await page.read<MailLine[]>('/mails')).some((mail) => mail.id === id);
      const { status } = await page.get(`/mails/${id}`);
      expect(status).toBe(listed ? 200 : 404);
      return listed;
    };

    test.each([
      ['in its subject', 'About Vikram Shah', 'Please look.'],
      ['in its text', 'Complaint', 'Your supervisor, Mr Vikram Shah, sells data.'],
    ])('is not there for whoever is named %s', async (_where, subject, text) => {
      const id = await arrived(subject, text);
      expect(await sees(vikram, id)).toBe(false);
      for (const deed of ['release', 'discard'])
        expect((await vikram.post(`/mails/${id}/${deed}`)).status).toBe(404);
      expect(await sees(pia, id)).toBe(true);
    });

    test('is not there for the privacy managers where it is about them', async () => {
      const id = await arrived('Complaint', 'The privacy manager sold my number.');
      expect(await sees(pia, id)).toBe(false);
      expect((await pia.post(`/mails/${id}/discard`)).status).toBe(404);
      expect(await sees(vikram, id)).toBe(true);
      expect(await sees(above, id)).toBe(true);
    });

    test('is read under audit', async () => {
      const id = await arrived('Hello', 'Please look.');
      await vikram.get(`/mails/${id}`);
      const entries = await office().audit.entriesAbout('mail', id);
      const read = entries.filter(({ action }) => action === 'mail.read');
      expect(read.map(({ by }) => by)).toEqual([office().audit.fingerprint(vikram.account.email)]);
    });
  });
});

describe('where there is no escalation address', () => {
  let desk: ConsoleDesk;
  let vikram: StaffPage;
  let meera: StaffPage;
  beforeAll(async () => {
    desk = await ConsoleDesk.start({ env: { ESCALATION_EMAIL: '' } });
    vikram = await desk.staff('Vikram Shah', 'supervisor');
    meera = await desk.staff('Meera Iyer', 'supervisor');
  });
  afterAll(() => desk.close());

  test('nobody hides a case from all others by naming them', async () => {
    const { reference } = await desk.product.product.office.cases.open({
      ...{ id: randomUUID(), kind: 'complaint', urgency: 'normal', aboutStaff: 'no' },
      ...{ confirmed: true, channel: 'chat', receivedAt: desk.clock.now() },
      report: { whatHappened: 'Somebody was rude.', email: 'rina@example.org' },
    });
    const path = `/cases/${reference}/name`;
    const named = { accountIds: [meera.account.id] };
    expect(await vikram.did(path, named)).toMatchObject({ outcome: 'nobodyLeft', done: false });
    expect((await meera.get(`/cases/${reference}`)).status).toBe(200);
    await desk.staff('Pia Sen', 'privacyManager');
    expect(await vikram.did(path, named)).toMatchObject({ outcome: 'named', done: true });
    expect((await meera.get(`/cases/${reference}`)).status).toBe(404);
  });
});
