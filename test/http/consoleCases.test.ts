import { randomUUID } from 'node:crypto';
import type {
  CasesView,
  CaseView,
  MailLine,
  MailView,
  ProposedView,
  PromisesView,
  UpdateView,
} from '../../bot/console/contract';
import type { CaseToOpen } from '../../services/cases';
import { ConsoleDesk, type StaffPage } from '../support/consoleDesk';
import { customerOf, storeCustomers } from '../support/customers';
import { bytesOf } from '../support/mailer';

const INFO = 'info@comantra.net';
const DAY_MS = 24 * 60 * 60 * 1000;

describe('what privacy managers and supervisors see to in the console', () => {
  let desk: ConsoleDesk;
  let manager: StaffPage;
  let chief: StaffPage;
  beforeAll(async () => {
    const env = { ESCALATION_EMAIL: 'escalation@staff.example' };
    desk = await ConsoleDesk.start({ env });
    manager = await desk.staff('Pia Manager', 'privacyManager');
    chief = await desk.staff('Meera Iyer', 'supervisor');
  });
  afterAll(() => desk.close());
  const office = () => desk.product.product.office;

  async function open(over: Partial<CaseToOpen> = {}): Promise<string> {
    const { reference } = await office().cases.open({
      ...{ id: randomUUID(), kind: 'complaint', urgency: 'normal', aboutStaff: 'no' },
      ...{ confirmed: true, channel: 'chat', receivedAt: desk.clock.now() },
      report: { whatHappened: 'They wrote <b>to me</b>.', email: 'rina@example.org' },
      ...over,
    });
    return reference;
  }
  const referencesOf = async (page: StaffPage, query = ''): Promise<string[]> =>
    (await page.read<CasesView>(`/cases${query}`)).cases.map(({ reference }) => reference);

  test('a case is listed, read and answered, once, and the reading is audited', async () => {
    const reference = await open();
    const { cases } = await manager.read<CasesView>('/cases?kind=complaint&text=wrote');
    expect(cases.find((each) => each.reference === reference)).toMatchObject({
      ...{ state: 'open', left: '5 business days left', kindWords: 'Privacy complaint' },
      due: 'Monday 30 November 2026, 6:00 pm IST',
    });
    const answer = { id: randomUUID(), text: 'We have stopped. Card 4111 1111 1111 1111.' };
    const path = `/cases/${reference}/answer`;
    expect(await manager.did(path, answer)).toMatchObject({ outcome: 'answered', done: true });
    expect(await manager.did(path, answer)).toMatchObject({ outcome: 'known', done: true });
    expect((await manager.post(path, { ...answer, text: '' })).status).toBe(400);
    await desk.product.product.sweep();
    const view = await manager.read<CaseView>(`/cases/${reference.toLowerCase()}`);
    expect(view.entries.map(({ kind }) => kind)).toEqual(['report', 'answer']);
    expect(view.entries[0]?.text).toBe('They wrote <b>to me</b>.');
    expect(view.entries[1]?.text).toBe('We have stopped. Card •••• •••• •••• 1111.');
    expect(view.audit.map(({ words, by }) => [words, by])).toEqual(
      expect.arrayContaining([
        ['case opened', 'the customer'],
        ['case answered', 'Pia Manager'],
        ['case read', 'Pia Manager'],
      ]),
    );
    expect(await referencesOf(manager)).not.toContain(reference);
    expect(await referencesOf(manager, '?state=answered')).toContain(reference);
    expect((await manager.get('/cases?state=odd')).status).toBe(400);
  });

  test('a case can be put off, closed, and opened again', async () => {
    const reference = await open();
    const { extendable } = await chief.read<CaseView>(`/cases/${reference}`);
    expect(extendable?.from).toBe('2026-12-01');
    const deed = (action: string, body: object) =>
      chief.did<{ outcome: string }>(`/cases/${reference}/${action}`, {
        id: randomUUID(),
        ...body,
      });
    const reason = 'We need to ask others.';
    const sunday = { date: '2026-12-06', reason };
    expect(await deed('extend', sunday)).toMatchObject({ outcome: 'closedDay', done: false });
    expect(await deed('extend', { date: '2026-12-07', reason })).toMatchObject({ done: true });
    expect(await deed('close', { as: 'closed', reason: '' })).toMatchObject({
      ...{ outcome: 'needsReason', done: false },
    });
    expect(await deed('close', { as: 'spam', reason: '' })).toMatchObject({ outcome: 'closed' });
    expect(await deed('reopen', { reason })).toMatchObject({ outcome: 'reopened' });
    const { entries } = await chief.read<CaseView>(`/cases/${reference}`);
    expect(entries.map(({ kind }) => kind)).toEqual(['report', 'extension', 'closing', 'reopened']);
  });

  test('a case about the privacy manager is there for the escalation address alone', async () => {
    const escalation = await desk.accountAt('escalation@staff.example', 'Above', [
      'privacyManager',
    ]);
    const above = await desk.signIn(escalation);
    const countOf = async (page: StaffPage) =>
      (await page.read<PromisesView>('/promises')).months.at(-1)?.open ?? 0;
    const [before, beforeAbove] = [await countOf(manager), await countOf(above)];
    const reference = await open({ aboutStaff: 'privacy_manager' });
    for (const page of [manager, chief]) {
      expect(await referencesOf(page)).not.toContain(reference);
      const unknown = await page.get('/cases/PD-ZZZZ-ZZZZ');
      for (const path of ['', '/transcript', `/files/${randomUUID()}/1`]) {
        const { status, body } = await page.get(`/cases/${reference}${path}`);
        expect({ status, body }).toEqual({ status: 404, body: unknown.body });
      }
      const note = { id: randomUUID(), text: 'Mine' };
      expect((await page.post(`/cases/${reference}/note`, note)).status).toBe(404);
    }
    expect(await referencesOf(above)).toContain(reference);
    expect([await countOf(manager), await countOf(above)]).toEqual([before, beforeAbove + 1]);
  });

  test('whoever is named in a case does not see it any more', async () => {
    const reference = await open();
    const view = await chief.read<CaseView>(`/cases/${reference}`);
    expect(view.couldBeNamed).toContainEqual({ accountId: chief.account.id, name: 'Meera Iyer' });
    const name = { accountIds: [chief.account.id] };
    expect(await manager.did(`/cases/${reference}/name`, name)).toMatchObject({ outcome: 'named' });
    expect((await chief.get(`/cases/${reference}`)).status).toBe(404);
    const { named } = await manager.read<CaseView>(`/cases/${reference}`);
    expect(named).toEqual([{ accountId: chief.account.id, name: 'Meera Iyer' }]);
    const nobody = { accountIds: [randomUUID()] };
    expect((await manager.post(`/cases/${reference}/name`, nobody)).status).toBe(400);
  });

  test('a mail that waits is read, its file is a download, and it is decided once', async () => {
    const content = '<script>alert(1)</script>';
    const { raw, envelope } = await bytesOf({
      ...{ from: manager.account.email, to: INFO, subject: '<b>Hi</b>', text: 'Please look.' },
      attachments: [{ filename: 'a"b\r\n<i>.html', content, contentType: 'text/html' }],
    });
    const { product } = desk.product;
    await product.intake.take({ raw, envelope, door: 'smtp', receivedAt: desk.clock.now() });
    await product.sweep();
    const [mail] = await manager.read<MailLine[]>('/mails');
    if (!mail) throw new Error('No mail waits.');
    const view = await manager.read<MailView>(`/mails/${mail.id}`);
    expect(view).toMatchObject({ subject: '<b>Hi</b>', to: [INFO] });
    const file = await manager.get<string>(view.files[0]?.href.replace('/console/api', '') ?? '');
    expect(file.body).toBe(content);
    expect(file.headers.get('content-type')).toBe('application/octet-stream');
    expect(file.headers.get('x-content-type-options')).toBe('nosniff');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w. -]+";/);
    expect((await manager.get(`/mails/${mail.id}/files/2`)).status).toBe(404);
    expect(await manager.did(`/mails/${mail.id}/discard`)).toEqual({ outcome: 'done' });
    expect(await manager.did(`/mails/${mail.id}/discard`)).toEqual({ outcome: 'notWaiting' });
    expect((await manager.get(`/mails/${mail.id}`)).status).toBe(404);
  });

  test('a change that an agent proposes is approved by another person, after a proof in the chat', async () => {
    const record = customerOf({ userName: 'rina', email: 'rina@example.org', name: 'Rina' });
    await storeCustomers(office().records.customers, record);
    const { customer, handoffId } = await desk.waiting();
    await chief.did(`/handoffs/${handoffId}/claim`);
    const propose = (changes: Record<string, string>) =>
      chief.did<ProposedView>(`/handoffs/${handoffId}/propose`, { changes, reason: 'She asked.' });
    expect(await propose({ name: 'Rina Sen' })).toEqual({ outcome: 'notVerified' });
    await office().verifications.proveByLink(
      { conversationId: customer.conversationId },
      'rina@example.org',
    );
    expect(await propose({ shoeSize: '9' })).toMatchObject({
      outcome: 'invalid',
      field: 'shoeSize',
    });
    expect(await propose({ name: 'Rina Sen' })).toMatchObject({ outcome: 'proposed' });
    const [waiting] = await chief.read<UpdateView[]>('/updates');
    expect(waiting).toMatchObject({
      ...{ userName: 'rina', mine: true, state: 'second' },
      changes: [{ label: 'Name', before: 'Rina', after: 'Rina Sen' }],
    });
    const path = `/updates/${waiting?.id ?? ''}/approve`;
    const reason = { reason: 'The name fits the papers.' };
    expect(await chief.did(path, reason)).toMatchObject({ outcome: 'samePerson', done: false });
    expect((await manager.post(path, { reason: '' })).status).toBe(400);
    expect(await manager.did(path, reason)).toMatchObject({ outcome: 'applied', done: true });
    expect(await manager.read<UpdateView[]>('/updates')).toEqual([]);
    expect((await office().customers.byId(record.id))?.name).toBe('Rina Sen');
  });

  test('a session that lasts too long ends', async () => {
    desk.clock.advance(DAY_MS);
    expect((await manager.get('/cases')).status).toBe(401);
  });
});
