import type { Customer } from '../../models/customers';
import type { Store } from '../../models/store';
import { customerOf, storeCustomers } from '../support/customers';
import { commandsOf } from '../support/recordDesk';
import { describeOnStores } from '../support/stores';
import {
  ASHA,
  deedOf,
  EMAIL,
  ESCALATION,
  ID,
  MANAGER,
  NAME,
  NOW,
  PHONE,
  to,
  updateDesk,
  type UpdateDesk,
} from '../support/updateDesk';

const CHANGED = 'Your data at Comantra has been changed';
const REQUEST = 'Your request to change your data at Comantra';
const OLD = ASHA.email!;
const NEW = 'asha.sen@newmail.invalid';
const OUTAGE = new Error('The store is away.');
const FOREVER = { at: NOW, by: 'staff' } as const;

describeOnStores('a change that a customer confirmed', (open) => {
  let store: Store;
  let desk: UpdateDesk;
  beforeEach(async () => {
    store = await open();
    desk = await updateDesk(store);
  });
  const failOnce = <K extends string>(records: Record<K, unknown>, name: K): void => {
    jest.spyOn(records as never, name as never).mockRejectedValueOnce(OUTAGE as never);
  };

  test('is made at once, and told to the mailbox on file', async () => {
    const address = to('mailingAddress', '12 Park Street\nKolkata 700016');
    expect(await desk.request([PHONE, address])).toEqual({
      ...{ outcome: 'done', applied: [PHONE, address], waiting: [] },
    });
    expect(await desk.asha()).toEqual({
      ...{ ...ASHA, phone: '+919831067890', mailingAddress: '12 Park Street\nKolkata 700016' },
      ...{ handled: [ID], revision: 1 },
    });
    expect((await desk.records.updates.byId(ID))?.state).toBe('applied');
    expect(await desk.actionsAbout(ID)).toEqual(['update.requested', 'update.applied']);
    const [mail] = desk.mails;
    expect(mail?.text).toContain('Telephone number: ends in 90 (before: ends in 45)');
    expect(mail?.text).not.toMatch(/67890|12345|Park Street|Lake Terrace/);
    expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
  });

  test('is made once, however often it is asked for', async () => {
    await Promise.all([desk.request([PHONE]), desk.request([PHONE])]);
    const again = await desk.request([PHONE]);
    expect(again).toEqual({ outcome: 'done', applied: [PHONE], waiting: [] });
    expect((await desk.asha()).revision).toBe(1);
    expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
  });

  test('can empty a field', async () => {
    await desk.request([to('phone', null)]);
    expect(await desk.asha()).not.toHaveProperty('phone');
    await desk.settle();
    expect(desk.mails[0]?.text).toContain('Telephone number: none (before: ends in 45)');
  });

  test.each([
    ['the same', [to('phone', ASHA.phone!)]],
    [
      'what is the same but for commas and capitals',
      [to('mailingAddress', '8 lake terrace, Kolkata, 700029')],
    ],
    ['nothing', []],
  ])('to %s changes and stores nothing', async (_what, changes) => {
    expect(await desk.request(changes)).toEqual({ outcome: 'done', applied: [], waiting: [] });
    expect((await desk.asha()).revision).toBe(0);
    expect(await desk.records.updates.byId(ID)).toBeUndefined();
    expect(await desk.news()).toEqual([]);
  });

  describe('when the record was changed meanwhile', () => {
    test('in that field, changes nothing at all', async () => {
      await desk.meanwhile({ phone: '+919830099999' });
      const changes = [PHONE, to('newsletter', false)];
      const conflict = { outcome: 'conflict', fields: ['phone'] };
      expect(await desk.request(changes)).toEqual(conflict);
      expect(await desk.request(changes)).toEqual(conflict);
      expect(await desk.asha()).toMatchObject({ phone: '+919830099999', newsletter: true });
      expect((await desk.records.updates.byId(ID))?.state).toBe('conflict');
      expect(await desk.actionsAbout(ID)).toEqual(['update.requested', 'update.conflict']);
      expect(await desk.news()).toEqual([]);
    });

    test('to what it becomes, is as good as made', async () => {
      await desk.meanwhile({ phone: '+919831067890' });
      expect(await desk.request([PHONE])).toEqual({ outcome: 'done', applied: [], waiting: [] });
    });

    test.each<[string, Partial<Customer>, string]>([
      ['in another field, is made all the same', { newsletter: false }, 'done'],
      ['in that field at the very moment, is not', { phone: '+919830099999' }, 'conflict'],
      ['and frozen at the very moment, is not', { freeze: FOREVER }, 'frozen'],
    ])('%s', async (_how, other, outcome) => {
      const change = desk.records.customers.change.bind(desk.records.customers);
      jest.spyOn(desk.records.customers, 'change').mockImplementationOnce(async (...args) => {
        await change({ ...(await desk.asha()), ...other }, []);
        return change(...args);
      });
      expect(await desk.request([PHONE])).toMatchObject({ outcome });
      const done = outcome === 'done';
      expect(await desk.asha()).toMatchObject({
        ...(done ? { phone: '+919831067890' } : {}),
        ...other,
      });
      const state = { done: 'applied', conflict: 'conflict', frozen: 'withdrawn' }[outcome];
      expect((await desk.records.updates.byId(ID))?.state).toBe(state);
      expect(await desk.news()).toEqual(done ? [`${OLD}: ${CHANGED}`] : []);
    });
  });

  describe('of a frozen record', () => {
    beforeEach(() => desk.meanwhile({ freeze: FOREVER }));

    test('is not made, and nothing is kept of it', async () => {
      expect(await desk.request([PHONE, to('newsletter', false)])).toEqual({ outcome: 'frozen' });
      expect(await desk.records.updates.newest(5)).toEqual([]);
      expect(await desk.news()).toEqual([]);
    });

    test('is made when it only unsubscribes', async () => {
      const leave = to('newsletter', false);
      expect(await desk.request([leave])).toMatchObject({ outcome: 'done', applied: [leave] });
      expect((await desk.asha()).newsletter).toBe(false);
    });

    test('is not made when it subscribes', async () => {
      expect(await desk.request([to('marketingPost', true)])).toEqual({ outcome: 'frozen' });
    });
  });

  describe('of the e-mail address', () => {
    test('is not made before the new mailbox is proved', async () => {
      await storeCustomers(desk.records.customers, customerOf({ email: NEW }));
      expect(await desk.request([EMAIL])).toEqual({ outcome: 'mailboxUnproved' });
      expect(await desk.records.updates.newest(5)).toEqual([]);
    });

    test('tells the new one what changed, and the old one no value, not even in part', async () => {
      expect(await desk.request([EMAIL, PHONE], ID, true)).toMatchObject({ outcome: 'done' });
      expect(await desk.asha()).toMatchObject({
        email: NEW,
        formerEmails: [{ email: OLD, until: new Date(NOW.getTime() + 90 * 86_400_000) }],
      });
      await desk.settle();
      expect(desk.mails.map((mail) => mail.to).sort()).toEqual([OLD, NEW].sort());
      const notice = desk.mails.find((mail) => mail.to === OLD)!;
      const whole = `${notice.subject}\n${notice.text}\n${notice.html}`;
      expect(notice.text).toContain('- E-mail address\n- Telephone number');
      for (const value of [OLD, NEW, ASHA.phone!, '+919831067890', 'Asha Rao'])
        for (const piece of [value, ...value.split(/[@.\s]/), value.slice(-5), value.slice(0, 4)])
          if (piece.length > 3) expect(whole).not.toContain(piece);
      expect(whole).not.toMatch(/•|ends in|before:/);
    });

    test('gives each mail a link of its own, which says whose it is', async () => {
      await desk.request([EMAIL], ID, true);
      await desk.settle();
      const tokens = desk.mails.map(({ text }) => /\/link\/([\w-]{43})/.exec(text)![1]!);
      expect(new Set(tokens).size).toBe(2);
      for (const [index, token] of tokens.entries())
        expect(await desk.links.look(token)).toMatchObject({
          purpose: {
            ...{ kind: 'disown', customerId: ASHA.id, updateId: ID, about: 'change' },
            mailbox: desk.mails[index]!.to,
          },
        });
    });

    test('to that of another record goes to a person, whole', async () => {
      await storeCustomers(
        desk.records.customers,
        customerOf({ email: 'Asha.Sen@newmail.invalid' }),
      );
      expect(await desk.request([EMAIL, PHONE], ID, true)).toEqual({ outcome: 'emailTaken' });
      expect(await desk.asha()).toEqual(ASHA);
      const { id } = await desk.waiting();
      expect(await desk.news()).toEqual([
        `${OLD}: ${REQUEST}`,
        `${MANAGER}: An update request waits for a second person: ${id.slice(0, 8)}`,
      ]);
      expect(await desk.updates.approve(id, deedOf())).toEqual({ outcome: 'emailTaken' });
      expect((await desk.waiting()).id).toBe(id);
    });

    test('that another record gets at the very moment goes to a person, too', async () => {
      const change = desk.records.customers.change.bind(desk.records.customers);
      jest.spyOn(desk.records.customers, 'change').mockImplementationOnce(async (...args) => {
        await storeCustomers(desk.records.customers, customerOf({ email: NEW }));
        return change(...args);
      });
      expect(await desk.request([EMAIL, NAME], ID, true)).toEqual({ outcome: 'emailTaken' });
      expect(await desk.request([EMAIL, NAME], ID, true)).toEqual({ outcome: 'emailTaken' });
      expect((await desk.waiting()).changes).toEqual([EMAIL, NAME]);
      expect(await desk.asha()).toEqual(ASHA);
    });

    test('back again forgets that it was a former one', async () => {
      await desk.request([EMAIL], ID, true);
      const back = { field: 'email', before: NEW, after: OLD } as const;
      await desk.request([back], '55555555-5555-4555-8555-555555555555', true);
      expect((await desk.asha()).formerEmails.map(({ email }) => email)).toEqual([NEW]);
    });
  });

  describe('of the name or the billing address', () => {
    test('waits, and the rest is made', async () => {
      const billing = to('billingAddress', '12 Park Street\nKolkata 700016');
      expect(await desk.request([NAME, PHONE, billing])).toEqual({
        ...{ outcome: 'done', applied: [PHONE], waiting: [NAME, billing] },
      });
      expect(await desk.asha()).toMatchObject({ name: 'Asha Rao', phone: '+919831067890' });
      const waiting = await desk.waiting();
      expect(waiting).toMatchObject({ state: 'second', changes: [NAME, billing] });
      await desk.settle();
      const [told] = desk.mails.filter(({ subject }) => subject === REQUEST);
      expect(told?.text).toContain('- Name\n- Billing address');
      expect(told?.text).toContain('/link/');
      const staff = desk.mails.find((mail) => mail.to === MANAGER)!;
      expect(staff.text).toContain(`npm run -s updates -- approve ${waiting.id} --by`);
      expect(`${staff.subject}${staff.text}${staff.html}`).not.toMatch(/asha|rao|sen\b|park/i);
      expect(desk.mails).toHaveLength(3);
      expect(await desk.actionsAbout(waiting.id)).toEqual(['update.requested']);
    });

    test('is asked for once, however often its turn is played', async () => {
      await desk.request([NAME, PHONE]);
      expect(await desk.request([NAME, PHONE])).toEqual({
        ...{ outcome: 'done', applied: [PHONE], waiting: [NAME] },
      });
      await desk.waiting();
      expect(await desk.news()).toHaveLength(3);
    });
  });

  describe('that a crash cut short', () => {
    test.each([
      ['before the record was changed', 'customers', 'change'],
      ['after the record was changed', 'updates', 'change'],
      ['before a link was made', 'links', 'insert'],
    ] as const)('%s is finished by the sweep, once', async (_when, collection, method) => {
      failOnce(desk.records[collection], method as never);
      await expect(desk.request([PHONE])).rejects.toBe(OUTAGE);
      expect((await desk.records.updates.byId(ID))?.state).toBe('approved');
      expect(await desk.updates.sweep()).toBe(1);
      expect(await desk.updates.sweep()).toBe(0);
      expect(await desk.asha()).toMatchObject({ phone: '+919831067890', revision: 1 });
      expect((await desk.records.updates.byId(ID))?.state).toBe('applied');
      expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
    });

    test('is not made again when somebody has changed it back since', async () => {
      failOnce(desk.records.updates, 'change');
      await expect(desk.request([PHONE])).rejects.toBe(OUTAGE);
      await desk.meanwhile({ phone: ASHA.phone });
      await desk.updates.sweep();
      expect((await desk.asha()).phone).toBe(ASHA.phone);
      expect((await desk.records.updates.byId(ID))?.state).toBe('applied');
      expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
    });

    test('is finished by playing its turn again', async () => {
      failOnce(desk.records.customers, 'change');
      await expect(desk.request([PHONE, NAME])).rejects.toBe(OUTAGE);
      expect(await desk.request([PHONE, NAME])).toEqual({
        ...{ outcome: 'done', applied: [PHONE], waiting: [NAME] },
      });
      expect(await desk.news()).toHaveLength(3);
    });

    test('is not made by the sweep when the record was frozen meanwhile', async () => {
      failOnce(desk.records.customers, 'change');
      await expect(desk.request([PHONE])).rejects.toBe(OUTAGE);
      await desk.meanwhile({ freeze: FOREVER });
      await desk.updates.sweep();
      expect((await desk.records.updates.byId(ID))?.state).toBe('withdrawn');
      expect((await desk.asha()).phone).toBe(ASHA.phone);
    });
  });

  test('is kept under seal', async () => {
    await desk.request([PHONE, NAME]);
    const kept = JSON.stringify([
      await store.connection.collection('updateRequests').find().toArray(),
      await store.connection.collection('customers').find().toArray(),
    ]);
    expect(kept).not.toMatch(/Asha|98310|67890|oldmail/);
  });
});

describeOnStores('a change that waits for staff', (open) => {
  let desk: UpdateDesk;
  beforeEach(async () => {
    desk = await updateDesk(await open());
  });

  /** Asks for another name, and gives the id of what waits. */
  const renamed = async (): Promise<string> => {
    await desk.request([NAME]);
    await desk.news();
    return (await desk.waiting()).id;
  };

  test('is made when a second person approves it, and told in the chat and by mail', async () => {
    const id = await renamed();
    expect(await desk.updates.approve(id, deedOf())).toMatchObject({ outcome: 'applied' });
    expect((await desk.asha()).name).toBe('Asha Sen');
    expect((await desk.records.updates.byId(id))!).toMatchObject({
      ...{ state: 'applied', decided: deedOf() },
    });
    expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
    expect(desk.said).toMatchObject([
      { whenIdle: 'There is news about your request; we have written to you.' },
    ]);
    expect(JSON.stringify(desk.said)).not.toMatch(/Asha|Sen/);
    expect(await desk.actionsAbout(id)).toEqual([
      'update.requested',
      'update.approved',
      'update.applied',
    ]);
    const entries = await desk.audit.entriesAbout('update', id);
    expect(entries.at(-1)).toMatchObject({ facts: { fields: 'name', recordId: ASHA.id } });
    expect(JSON.stringify(entries)).not.toMatch(/Asha|@/);
  });

  test('is made once when two approve it at once', async () => {
    const id = await renamed();
    const outcomes = await Promise.all([
      desk.updates.approve(id, deedOf()),
      desk.updates.approve(id, deedOf(ESCALATION)),
    ]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['applied', 'notWaiting']);
    expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
    expect(desk.said).toHaveLength(1);
    expect((await desk.asha()).revision).toBe(1);
  });

  test('that a crash cut short after the approval is finished by the sweep', async () => {
    const id = await renamed();
    jest.spyOn(desk.records.customers, 'change').mockRejectedValueOnce(OUTAGE);
    await expect(desk.updates.approve(id, deedOf())).rejects.toBe(OUTAGE);
    expect(await desk.updates.sweep()).toBe(1);
    expect((await desk.asha()).name).toBe('Asha Sen');
    expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
    expect(desk.said).toHaveLength(1);
  });

  test('is over when the record was changed meanwhile, and the customer is told', async () => {
    const id = await renamed();
    await desk.meanwhile({ name: 'Asha Das' });
    const conflict = { outcome: 'conflict', fields: ['name'] };
    expect(await desk.updates.approve(id, deedOf())).toEqual(conflict);
    expect((await desk.asha()).name).toBe('Asha Das');
    expect(await desk.news()).toEqual([`${OLD}: ${REQUEST}`]);
    expect(desk.said).toHaveLength(1);
    expect(await desk.updates.approve(id, deedOf())).toMatchObject({ outcome: 'notWaiting' });
    expect(await desk.actionsAbout(id)).toEqual(['update.requested', 'update.conflict']);
  });

  test('goes on waiting while the record is frozen', async () => {
    const id = await renamed();
    await desk.meanwhile({ freeze: FOREVER });
    expect(await desk.updates.approve(id, deedOf())).toEqual({ outcome: 'frozen' });
    expect(await desk.actionsAbout(id)).toEqual(['update.requested']);
    const { freeze: _freeze, ...thawed } = await desk.asha();
    await desk.records.customers.change(thawed, []);
    expect(await desk.updates.approve(id, deedOf())).toMatchObject({ outcome: 'applied' });
  });

  test('goes back to waiting, undecided, when it is frozen at the very moment', async () => {
    const id = await renamed();
    const change = desk.records.customers.change.bind(desk.records.customers);
    jest.spyOn(desk.records.customers, 'change').mockImplementationOnce(async (...args) => {
      await change({ ...(await desk.asha()), freeze: FOREVER }, []);
      return change(...args);
    });
    expect(await desk.updates.approve(id, deedOf())).toEqual({ outcome: 'frozen' });
    expect((await desk.waiting()).decided).toBeUndefined();
    expect((await desk.asha()).name).toBe('Asha Rao');
  });

  test('is told the reason when it is refused, without a card number in it', async () => {
    const id = await renamed();
    const deed = deedOf(MANAGER, 'It does not fit the card 4111 1111 1111 1111.');
    expect(await desk.updates.refuse(id, deed)).toMatchObject({ outcome: 'refused' });
    await desk.settle();
    const [mail] = desk.mails;
    expect(mail).toMatchObject({ to: OLD });
    expect(mail?.text).toContain('| It does not fit the card ');
    expect(mail?.text).not.toContain('4111');
    expect(mail?.text).toContain('/link/');
    expect(desk.said).toHaveLength(1);
    expect((await desk.asha()).name).toBe('Asha Rao');
    expect(await desk.updates.approve(id, deedOf())).toEqual({
      ...{ outcome: 'notWaiting', state: 'refused' },
    });
  });

  test.each(['approve', 'refuse'] as const)('nobody but staff can %s it', async (deed) => {
    const id = await renamed();
    expect(await desk.updates[deed](id, deedOf('rina@example.org'))).toEqual({
      outcome: 'notStaff',
    });
    expect((await desk.waiting()).id).toBe(id);
  });

  test('its customer cannot approve it, nor hide it from the mailbox that proved them', async () => {
    const mine = customerOf({ email: 'Manager+shop@example.com', name: 'Mina Das' });
    await storeCustomers(desk.records.customers, mine);
    const changes = [{ field: 'name', before: 'Mina Das', after: 'Mina Sen' }] as const;
    await desk.updates.request({
      ...{ id: ID, customerId: mine.id, changes, newMailboxProved: false, door: 'chat' },
      conversationReference: undefined,
    });
    const { id } = await desk.waiting();
    expect(await desk.updates.approve(id, deedOf())).toEqual({ outcome: 'samePerson' });
    expect(await desk.updates.approve(id, deedOf(ESCALATION), { withholdNotice: true })).toEqual({
      outcome: 'noticeDue',
    });
  });
});

describeOnStores('somebody who cannot use the mailbox on file', (open) => {
  let store: Store;
  let desk: UpdateDesk;
  beforeEach(async () => {
    store = await open();
    desk = await updateDesk(store);
  });

  const asked = (
    claimed: string = ASHA.userName,
    id = ID,
    changes = [EMAIL],
    email: string = NEW,
  ) =>
    desk.updates.askPerson({
      ...{ id, claimed, trouble: 'shared', email },
      changes: changes.map((change) => ({ ...change, before: null })),
      conversationReference: { conversation: { id: 'c1' } },
    });
  const approved = (withholdNotice: boolean) =>
    desk.updates.approve(ID, deedOf(ESCALATION), { withholdNotice });

  describe('because somebody else reads it', () => {
    const mailsToOld = () => desk.mails.filter(({ to: address }) => address.includes('oldmail'));

    test.each([
      ['the e-mail address', EMAIL],
      ['the telephone number', PHONE],
      ['the name', NAME],
    ])('gets %s changed only once it is said what that mailbox is told', async (_what, change) => {
      await asked(ASHA.userName, ID, [change]);
      await desk.updates.vouch(ID, deedOf());
      expect(await desk.updates.approve(ID, deedOf(ESCALATION))).toEqual({
        outcome: 'noticeUndecided',
      });
      expect((await desk.asha()).revision).toBe(0);
      expect((await desk.waiting()).decided).toBeUndefined();
      expect(await approved(true)).toMatchObject({ outcome: 'applied' });
      expect((await desk.asha())[change.field]).toBe(change.after);
      expect(await desk.actionsAbout(ID)).toContain('update.noticeWithheld');
      expect(mailsToOld()).toEqual([]);
      const [toStaff] = desk.mails.filter(({ subject }) => subject.includes('a second person'));
      expect(toStaff?.text).toContain('somebody else reads it: write nothing there');
      for (const option of ['--withhold-notice', '--notice'])
        expect(toStaff?.text).toContain(`approve ${ID} ${option} --by`);
    });

    test('is written to at no other spelling of it, whatever comes of the request', async () => {
      const tagged = 'Asha.Rao+home@oldmail.invalid';
      await asked(OLD, ID, [PHONE], tagged);
      await desk.updates.vouch(ID, deedOf());
      await approved(true);
      await asked(ASHA.userName, '66666666-6666-4666-8666-666666666666', [NAME], OLD);
      await desk.settle();
      // At that moment it is not known that this is the mailbox of that record.
      expect(mailsToOld().map(({ subject }) => subject)).toEqual([REQUEST]);
      desk.mails.splice(0);
      const { id } = await desk.waiting();
      await desk.updates.vouch(id, deedOf());
      await desk.updates.refuse(id, deedOf(ESCALATION));
      await desk.settle();
      expect(mailsToOld()).toEqual([]);
    });
  });

  test('reaches a person, and is as much work for a record that is none', async () => {
    const known = await commandsOf(store, () => asked());
    const unknown = await commandsOf(store, () =>
      asked('nobody', '66666666-6666-4666-8666-666666666666'),
    );
    expect(known).toEqual(unknown);
    expect(known.join()).not.toContain('customers');
  });

  test('is told what happens at the address they gave, and nothing goes to the old one', async () => {
    await asked();
    expect(await desk.news()).toEqual([
      `${NEW}: ${REQUEST}`,
      `${MANAGER}: An update request waits for a person: 44444444`,
    ]);
    expect(await desk.waiting()).toMatchObject({ state: 'person', claimed: ASHA.userName });
    expect(await desk.updates.approve(ID, deedOf())).toEqual({ outcome: 'notVouched' });
  });

  test('gets the change once one has vouched and another approved', async () => {
    await asked();
    await desk.news();
    expect(await desk.updates.vouch(ID, deedOf())).toMatchObject({ outcome: 'vouched' });
    const staffOnly = [`${MANAGER}: An update request waits for a second person: 44444444`];
    expect(await desk.news()).toEqual(staffOnly);
    expect(await desk.waiting()).toMatchObject({
      ...{ state: 'second', customerId: ASHA.id, changes: [EMAIL] },
    });
    const same = await desk.updates.approve(ID, deedOf('Manager+x@Example.com'));
    expect(same.outcome).toBe('notStaff');
    expect(await desk.updates.approve(ID, deedOf())).toEqual({ outcome: 'samePerson' });
    expect((await desk.asha()).email).toBe(OLD);
    expect(await approved(false)).toMatchObject({ outcome: 'applied' });
    expect((await desk.asha()).email).toBe(NEW);
    expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`, `${NEW}: ${CHANGED}`].sort());
    expect(desk.said).toHaveLength(1);
    expect(await desk.actionsAbout(ID)).toEqual([
      ...['update.requested', 'update.vouched', 'update.approved', 'update.applied'],
    ]);
  });

  test('can have the old mailbox left out, for a recorded reason, then and later', async () => {
    await asked();
    await desk.updates.vouch(ID, deedOf());
    await desk.news();
    const deed = deedOf(ESCALATION, 'He reads that mailbox, and threatens her.');
    await desk.updates.approve(ID, deed, { withholdNotice: true });
    expect(await desk.news()).toEqual([`${NEW}: ${CHANGED}`]);
    expect((await desk.asha()).formerEmails).toEqual([]);
    expect((await desk.records.updates.byId(ID))?.decided).toEqual(deed);
    expect(await desk.actionsAbout(ID)).toContain('update.noticeWithheld');
  });

  test('who keeps that mailbox gets the mail, and the mailbox the names of the fields', async () => {
    await desk.updates.askPerson({
      ...{ id: ID, claimed: OLD, trouble: 'lost', email: NEW, changes: [PHONE] },
      conversationReference: undefined,
    });
    await desk.updates.vouch(ID, deedOf());
    await desk.news();
    await desk.updates.approve(ID, deedOf(ESCALATION));
    await desk.settle();
    const mailTo = (address: string) => desk.mails.find((mail) => mail.to === address)!.text;
    expect(mailTo(NEW)).toContain('ends in 90');
    expect(mailTo(NEW)).not.toContain('/link/');
    expect(mailTo(OLD)).toContain('- Telephone number');
    expect(mailTo(OLD)).not.toMatch(/ends in|•/);
    expect(mailTo(OLD)).toContain('/link/');
  });

  test('can be vouched for under another user name than they gave, and not under none', async () => {
    await asked('asha whoever');
    expect(await desk.updates.vouch(ID, deedOf())).toEqual({ outcome: 'noRecord' });
    expect(await desk.updates.vouch(ID, deedOf(), 'nobody')).toEqual({ outcome: 'noRecord' });
    expect(await desk.updates.vouch(ID, deedOf(), 'ASHA.RAO')).toMatchObject({
      outcome: 'vouched',
    });
    expect(await desk.updates.vouch(ID, deedOf())).toMatchObject({ outcome: 'notWaiting' });
  });

  test('can be refused, and is told so at the address they gave alone', async () => {
    await asked();
    await desk.news();
    expect(await desk.updates.refuse(ID, deedOf())).toMatchObject({ outcome: 'refused' });
    expect(await desk.news()).toEqual([`${NEW}: ${REQUEST}`]);
  });
});

describeOnStores('a forgotten password without a page for a new one', (open) => {
  let store: Store;
  let desk: UpdateDesk;
  beforeEach(async () => {
    store = await open();
    desk = await updateDesk(store);
  });
  let count = 0;
  const asked = (claimed: string, conversationId = 'c1') => {
    count += 1;
    const id = `77777777-7777-4777-8777-${String(count).padStart(12, '0')}`;
    return desk.updates.askPassword(
      { conversationId },
      { id, claimed, conversationReference: { conversation: { id: conversationId } } },
    );
  };

  test('reaches a person and warns the mailbox on file', async () => {
    expect(await asked('Asha.Rao')).toEqual({ outcome: 'taken' });
    const { id, kind, state } = await desk.waiting();
    expect({ kind, state }).toEqual({ kind: 'password', state: 'person' });
    await desk.settle();
    const warning = desk.mails.find((mail) => mail.to === OLD)!;
    expect(warning.text).toMatch(/never send a password by mail[^]*If this was not you: https/);
    expect(desk.mails.map((mail) => mail.to).sort()).toEqual([OLD, MANAGER].sort());
    expect(await desk.updates.vouch(id, deedOf())).toMatchObject({ outcome: 'notWaiting' });
    expect(await desk.updates.done(id, deedOf())).toMatchObject({ outcome: 'done' });
    expect(await desk.updates.done(id, deedOf())).toMatchObject({ outcome: 'notWaiting' });
    expect(await desk.actionsAbout(id)).toEqual(['update.requested', 'update.applied']);
    expect(desk.said).toHaveLength(1);
  });

  test('is as much work and said the same for a record that is none', async () => {
    await asked('somebody', 'c0');
    const known = await commandsOf(store, async () => {
      expect(await asked(OLD, 'c1')).toEqual({ outcome: 'taken' });
    });
    const unknown = await commandsOf(store, async () => {
      expect(await asked('nobody@example.org', 'c2')).toEqual({ outcome: 'taken' });
    });
    expect(unknown).toEqual(known);
    await desk.settle();
    expect(
      desk.mails.filter(({ to: address }) => address !== MANAGER).map((mail) => mail.to),
    ).toEqual([OLD]);
  });

  test('tells staff once, while one waits that came in the same hour', async () => {
    const toStaff = async () => {
      await desk.settle();
      return desk.mails.splice(0).filter((mail) => mail.to === MANAGER);
    };
    await asked('a', 'c1');
    const [first, ...more] = await toStaff();
    expect(more).toEqual([]);
    expect(first?.text).toContain('npm run -s updates -- list');
    await asked('b', 'c2');
    await asked(OLD, 'c3');
    expect(await toStaff()).toEqual([]);
    desk.clock.advance(60 * 60 * 1000);
    await asked('c', 'c4');
    expect(await toStaff()).toHaveLength(1);
    for (const { id } of await desk.records.updates.waiting(10))
      await desk.updates.done(id, deedOf());
    await asked('d', 'c5');
    expect(await toStaff()).toHaveLength(1);
  });

  test('is asked for ten times an hour from one place', async () => {
    const from = (conversationId: string, n: number) =>
      desk.updates.askPassword(
        { conversationId, origin: 'place' },
        {
          ...{ id: `88888888-8888-4888-8888-${String(n).padStart(12, '0')}` },
          ...{ claimed: `user${n}`, conversationReference: undefined },
        },
      );
    for (let n = 0; n < 10; n += 1) expect((await from(`p${n}`, n)).outcome).toBe('taken');
    expect(await from('p10', 10)).toEqual({ outcome: 'throttled', by: 'origin' });
    expect((await from('p9', 9)).outcome).toBe('taken');
    desk.clock.advance(60 * 60 * 1000);
    expect((await from('p10', 10)).outcome).toBe('taken');
  });

  test('is asked for three times an hour in a conversation', async () => {
    for (const name of ['a', 'b', 'c']) expect((await asked(name)).outcome).toBe('taken');
    expect(await asked('d')).toEqual({ outcome: 'throttled', by: 'conversation' });
    desk.clock.advance(60 * 60 * 1000);
    expect((await asked('d')).outcome).toBe('taken');
  });

  test.each([OLD, 'nobody@example.org'])('is asked for three times a day for %s', async (typed) => {
    for (const conversation of ['a', 'b', 'c'])
      expect((await asked(typed, conversation)).outcome).toBe('taken');
    const fourth = await asked(typed.toUpperCase(), 'd');
    expect(fourth).toEqual({ outcome: 'throttled', by: 'mailbox' });
  });

  test('mails a record three times a day, by whatever name it is asked for, and tells nobody', async () => {
    for (const conversation of ['a', 'b', 'c']) await asked(OLD, conversation);
    expect(await asked(ASHA.userName, 'd')).toEqual({ outcome: 'taken' });
    await desk.settle();
    expect(desk.mails.filter((mail) => mail.to === OLD)).toHaveLength(3);
  });
});

describeOnStores('a change that staff take down', (open) => {
  let desk: UpdateDesk;
  beforeEach(async () => {
    desk = await updateDesk(await open());
  });
  const proposed = (changes: Record<string, string>, by = MANAGER, userName = 'asha.rao') =>
    desk.updates.propose({ userName, changes, deed: deedOf(by) });

  test('waits for another of them', async () => {
    expect(await proposed({ phone: '98310 67890', newsletter: 'off' })).toMatchObject({
      outcome: 'proposed',
    });
    const { id, changes } = await desk.waiting();
    expect(changes).toEqual([PHONE, to('newsletter', false)]);
    expect(await desk.news()).toEqual([
      `${OLD}: ${REQUEST}`,
      `${MANAGER}: An update request waits for a second person: ${id.slice(0, 8)}`,
    ]);
    expect(await desk.updates.approve(id, deedOf())).toEqual({ outcome: 'samePerson' });
    expect(await desk.updates.approve(id, deedOf(ESCALATION))).toMatchObject({
      outcome: 'applied',
    });
    expect(await desk.asha()).toMatchObject({ phone: '+919831067890', newsletter: false });
    expect(await desk.news()).toEqual([`${OLD}: ${CHANGED}`]);
  });

  test('of the e-mail address is not told to the old mailbox before it is approved', async () => {
    await proposed({ email: NEW });
    expect(await desk.news()).toEqual([
      expect.stringContaining('waits for a second person') as string,
    ]);
  });

  test.each<[string, Record<string, string>, object, { by?: string; userName?: string }]>([
    ['by a stranger', { phone: '9831067890' }, { outcome: 'notStaff' }, { by: 'rina@example.org' }],
    ['of nobody', { phone: '9831067890' }, { outcome: 'noRecord' }, { userName: 'nobody' }],
    ['of no field', { shoeSize: '9' }, { outcome: 'noField', field: 'shoeSize' }, {}],
    ['of what every object has', { toString: 'x' }, { outcome: 'noField', field: 'toString' }, {}],
    ['to no number', { phone: 'soon' }, { outcome: 'invalid', field: 'phone' }, {}],
    ['to no choice', { newsletter: 'toString' }, { outcome: 'invalid', field: 'newsletter' }, {}],
    ['to no name', { name: ' ' }, { outcome: 'invalid', field: 'name' }, {}],
    ['to what it is', { name: 'Asha Rao' }, { outcome: 'nothing' }, {}],
  ])('%s is refused, and nothing is kept', async (_what, changes, outcome, { by, userName }) => {
    expect(await proposed(changes, by, userName)).toMatchObject(outcome);
    expect(await desk.records.updates.newest(5)).toEqual([]);
  });

  test('can empty an address', async () => {
    await proposed({ mailingAddress: '' });
    await desk.updates.approve((await desk.waiting()).id, deedOf(ESCALATION));
    expect(await desk.asha()).not.toHaveProperty('mailingAddress');
  });
});

describeOnStores('a request that came by mail', (open) => {
  test('is filed once, and its mailbox proved once', async () => {
    const desk = await updateDesk(await open());
    const mail = {
      id: ID,
      receivedAt: NOW,
      email: OLD,
      subject: 'New number',
      text: '98310 67890',
    };
    await desk.updates.file(mail);
    await desk.updates.file({ ...mail, text: 'another' });
    expect(await desk.updates.prove(ID, NOW)).toBe(true);
    expect(await desk.updates.prove(ID, NOW)).toBe(false);
    expect(await desk.records.updates.byId(ID)).toMatchObject({
      ...mail,
      state: 'filed',
      provedAt: NOW,
    });
    expect(await desk.records.updates.waiting(5)).toEqual([]);
    expect(await desk.actionsAbout(ID)).toEqual(['update.filed']);
  });

  test('is over once it went on in the chat', async () => {
    const desk = await updateDesk(await open());
    const mail = { id: ID, receivedAt: NOW, email: OLD, subject: 'New number', text: 'My number' };
    await desk.updates.file(mail);
    await desk.updates.continuedAs(ID, 'c1');
    await desk.updates.continuedAs(ID, 'c2');
    const found = await desk.records.updates.byId(ID);
    expect(found).toMatchObject({ ...mail, state: 'continued', conversationId: 'c1', revision: 1 });
    await desk.updates.continuedAs('77777777-7777-4777-8777-777777777777');
    await desk.request([PHONE], '99999999-9999-4999-8999-999999999999');
    await desk.updates.continuedAs('99999999-9999-4999-8999-999999999999');
    expect((await desk.records.updates.newest(5)).map(({ state }) => state).sort()).toEqual([
      ...['applied', 'continued'],
    ]);
  });
});

describeOnStores('what a conversation asked for, whose customer is a child', (open) => {
  test('is withdrawn, or what is over blanked, and nobody else’s', async () => {
    const desk = await updateDesk(await open());
    const ids = [1, 2, 3, 4].map((n) => `9999999${n}-9999-4999-8999-999999999999`);
    await desk.request([PHONE, NAME], ids[0]);
    await desk.updates.file({
      ...{ id: ids[1]!, receivedAt: NOW, email: OLD, subject: 'Number', text: 'My new number' },
    });
    await desk.updates.continuedAs(ids[1]!, 'c1');
    const ask = { trouble: 'lost', email: NEW, changes: [PHONE], claimed: 'asha' } as const;
    const inChat = (id: string) => ({ conversationReference: { conversation: { id } } });
    await desk.updates.askPerson({ ...ask, id: ids[2]!, ...inChat('c1') });
    await desk.updates.askPerson({ ...ask, id: ids[3]!, ...inChat('c2') });
    await desk.settle();

    await desk.updates.withdrawOf('c1');
    await desk.updates.withdrawOf('c1');
    const states = new Map<string, number>();
    for (const { conversationId, state, ...rest } of await desk.records.updates.newest(10)) {
      if (conversationId !== 'c1') continue;
      states.set(state, (states.get(state) ?? 0) + 1);
      expect(JSON.stringify(rest)).not.toMatch(/Asha|9831|newmail|oldmail|number|"asha"/);
    }
    expect(Object.fromEntries(states)).toEqual({ applied: 1, withdrawn: 2, continued: 1 });
    const waiting = await desk.waiting();
    expect(waiting).toMatchObject({ id: ids[3], email: NEW, changes: [{ field: 'phone' }] });
    expect(await desk.actionsAbout(ids[2]!)).toEqual(['update.requested', 'update.refused']);
    expect((await desk.asha()).phone).toBe('+919831067890');
  });
});
