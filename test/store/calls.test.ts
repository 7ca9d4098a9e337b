import type { Store } from '../../models/store';
import type { PhoneReport } from '../../services/calls';
import type { LinkPurpose } from '../../services/links';
import { ASHA, CALL, callDesk, MEERA, STARTED, TOM, type CallDesk } from '../support/callDesk';
import { customerOf } from '../support/customers';
import { describeOnStores } from '../support/stores';

const CHANGE = '66666666-6666-4666-8666-666666666666';
const REPORT = '77777777-7777-4777-8777-777777777777';
const MINUTE = 60_000;
const STOP: Extract<LinkPurpose, { kind: 'stopCall' }> = {
  ...{ kind: 'stopCall', callId: CALL, customerId: ASHA.id, mailbox: 'asha.rao@example.com' },
};
const REPORTED: PhoneReport = {
  ...{ id: REPORT, kind: 'breach', urgency: 'high', aboutStaff: 'no' },
  whatHappened: 'Somebody read my letters.',
};

describeOnStores('a telephone call', (open) => {
  let store: Store;
  let desk: CallDesk;
  beforeEach(async () => {
    store = await open();
    desk = await callDesk(store);
  });
  const change = (changes: Record<string, string>, id = CHANGE) =>
    desk.calls.change(CALL, MEERA, { id, changes });

  describe('is taken down', () => {
    test('once, by one agent, with the time at which the customer called', async () => {
      const call = await desk.begin();
      expect(call).toEqual({
        ...{ id: CALL, startedAt: STARTED, deeds: [], revision: 0 },
        agent: { accountId: 'meera', name: 'Meera Nair' },
      });
      expect(await desk.begin()).toEqual(call);
      expect(desk.heard).toContainEqual({ kind: 'call', id: CALL });
      expect((await desk.audited()).map(({ action, by }) => ({ action, by }))).toEqual([
        { action: 'call.taken', by: desk.audit.fingerprint('meera@comantra.net') },
      ]);
    });

    test('not from the future, nor from long ago', async () => {
      const begin = (startedAt: Date) => desk.calls.begin({ id: CALL, agent: MEERA, startedAt });
      await expect(begin(new Date(NaN))).rejects.toMatchObject({ code: 'BadArgument' });
      await expect(begin(new Date('2026-10-01T00:00:00Z'))).rejects.toMatchObject({
        code: 'BadArgument',
      });
      const now = desk.clock.now();
      expect((await begin(new Date(now.getTime() + MINUTE))).startedAt).toEqual(now);
    });

    test('and nobody but its agent does anything in it', async () => {
      await desk.begin();
      for (const deed of [
        () => desk.begin(CALL, TOM),
        () => desk.calls.question(CALL, TOM, 'share.no_sell'),
        () => desk.calls.sendCode(CALL, TOM, { claimed: 'asha.rao', purpose: 'change' }),
        () => desk.calls.check(CALL, TOM, '123456'),
        () => desk.calls.change(CALL, TOM, { id: CHANGE, changes: {} }),
        () => desk.calls.report(CALL, TOM, REPORTED),
        () => desk.calls.end(CALL, TOM),
      ])
        await expect(deed()).rejects.toMatchObject({ code: 'NotFound' });
      expect((await desk.calls.byId(CALL))?.revision).toBe(0);
    });

    test('so that who called and who took it stand in no clear text of the store', async () => {
      await desk.begin();
      await desk.verify();
      const kept = JSON.stringify(await store.connection.collection('calls').find().toArray());
      expect(kept).not.toMatch(new RegExp(`Meera|meera|${ASHA.id}`));
    });
  });

  test.each([
    ['one passage to read out', 'share.no_sell', 'answer', ['share.no_sell']],
    ['a choice', 'share.no_sell share.legal', 'choices', ['share.no_sell', 'share.legal']],
    ['nothing, where the policy does not say it', 'weather', 'none', []],
  ])('gives the agent %s', async (_what, text, outcome, ids) => {
    await desk.begin();
    const answer = await desk.calls.question(CALL, MEERA, text);
    expect({ outcome: answer.outcome, ids: answer.passages.map(({ id }) => id) }).toEqual({
      ...{ outcome, ids },
    });
    expect((await desk.calls.byId(CALL))?.deeds.map(({ what }) => what)).toEqual(['question']);
  });

  describe('changes data', () => {
    beforeEach(() => desk.begin());

    test('of whoever proved the mailbox: at once, or with a second person', async () => {
      await desk.verify();
      expect(await change({ phone: '98310 67890', name: 'Asha Sen' })).toEqual({
        ...{ outcome: 'done', applied: ['telephone number'], waiting: ['name'] },
      });
      expect(await desk.asha()).toMatchObject({ phone: '+919831067890', name: 'Asha Rao' });
      const [waiting] = await desk.records.updates.waiting(10);
      expect(waiting).toMatchObject({ door: 'phone', state: 'second' });
      const mails = await desk.settle();
      const staff = mails.find(({ to }) => to === 'manager@example.com');
      expect(staff?.text).toContain('Came: by telephone');
      const theirs = mails.filter(({ to }) => to === ASHA.email).map(({ text }) => text);
      expect(theirs.join('\n')).toContain('If this was not you');
      expect(desk.heard).toContainEqual({ kind: 'changed', what: 'updates' });
    });

    test('once, when it is sent twice', async () => {
      await desk.verify();
      const first = await change({ phone: '98310 67890' });
      expect(await change({ phone: '98310 67890' })).toEqual(first);
      expect((await desk.asha()).revision).toBe(1);
      const { deeds = [] } = (await desk.calls.byId(CALL)) ?? {};
      expect(deeds.filter(({ what }) => what === 'changed')).toHaveLength(1);
    });

    test.each([
      ['a telephone number without digits', { phone: 'none' }, 'phone'],
      [
        'a card number',
        { mailingAddress: '4111 1111 1111 1111 Lake Road, Kolkata' },
        'mailingAddress',
      ],
      ['a field that is none', { password: 'x' }, 'password'],
      ['no name', { name: ' ' }, 'name'],
    ])('but not to %s', async (_what, changes, field) => {
      await desk.verify();
      expect(await change(changes)).toMatchObject({ outcome: 'invalid', field });
      expect(await desk.asha()).toEqual(ASHA);
    });

    test('not to a new mailbox, which only the chat proves', async () => {
      await desk.verify();
      expect(await change({ email: 'new@example.com' })).toEqual({ outcome: 'mailboxUnproved' });
    });

    test('not where it says nothing new', async () => {
      await desk.verify();
      expect(await change({ newsletter: 'on' })).toEqual({ outcome: 'nothing' });
    });

    test('not while the record is held still', async () => {
      await desk.verify();
      const found = await desk.asha();
      const freeze = { at: desk.clock.now(), by: 'link' } as const;
      await desk.records.customers.change({ ...found, freeze }, []);
      expect(await change({ phone: '98310 67890' })).toEqual({ outcome: 'frozen' });
    });

    test.each([
      ['nobody proved anything', () => Promise.resolve()],
      ['a code was read out for a report', () => desk.verify('report')],
      [
        'the proof is over',
        async () => {
          await desk.verify();
          desk.clock.advance(15 * MINUTE);
        },
      ],
      [
        'the call is over',
        async () => {
          await desk.verify();
          await desk.calls.end(CALL, MEERA);
        },
      ],
      [
        'the record has got another mailbox',
        async () => {
          await desk.verify();
          const found = await desk.asha();
          await desk.records.customers.change({ ...found, email: 'new@example.com' }, []);
        },
      ],
    ])('not when %s', async (_when, before) => {
      await before();
      expect(await change({ phone: '98310 67890' })).toEqual({ outcome: 'notVerified' });
      expect((await desk.asha()).phone).toBe(ASHA.phone);
    });

    test('also after ten minutes of talking', async () => {
      await desk.verify();
      desk.clock.advance(10 * MINUTE);
      expect((await desk.calls.byId(CALL))?.verified?.customerId).toBe(ASHA.id);
      expect(await change({ phone: '98310 67890' })).toMatchObject({ outcome: 'done' });
    });
  });

  describe('ends in a case', () => {
    beforeEach(() => desk.begin());
    const opened = async () => (await desk.cases.byId(REPORT))!;

    test('that came by telephone, received when the customer called', async () => {
      desk.clock.set(new Date('2026-11-24T05:00:00Z'));
      const { reference, dueAt, pin } = await desk.calls.report(CALL, MEERA, {
        ...{ ...REPORTED, name: ' Asha Rao ', phone: '98300 12345', noticed: '20 November 2026' },
        whatHappened: 'My card 4111 1111 1111 1111 was charged.',
      });
      expect(dueAt).toEqual(new Date('2026-11-30T12:30:00Z'));
      expect(pin).toMatch(/^\d{6}$/);
      expect(await opened()).toMatchObject({
        ...{
          reference,
          channel: 'phone',
          confirmed: true,
          rounds: [{ promise: { receivedAt: STARTED } }],
        },
        report: {
          ...{ name: 'Asha Rao', phone: '+919830012345' },
          whatHappened: 'My card •••• •••• •••• 1111 was charged.',
          noticed: { words: '20 November 2026', date: '2026-11-20' },
        },
      });
      const [mail] = await desk.settle();
      expect(mail?.text).toContain('told this on the telephone');
      expect(mail?.text).toMatch(/Received: .*23 November 2026, 9:30 am IST, by telephone/);
      expect(mail?.text).toContain('What the customer said, as the agent took it down:');
      expect(mail?.text).toContain('About someone who works here: No');
    });

    test('which is acknowledged by mail where an address was given, and is one when told twice', async () => {
      const told = { ...REPORTED, email: 'caller@example.org' };
      const first = await desk.calls.report(CALL, MEERA, told);
      expect(await desk.calls.report(CALL, MEERA, told)).toEqual(first);
      expect(first.pin).toBeUndefined();
      expect((await desk.settle()).map(({ to }) => to).sort()).toEqual([
        ...['caller@example.org', 'manager@example.com'],
      ]);
      const { deeds = [] } = (await desk.calls.byId(CALL)) ?? {};
      expect(deeds).toEqual([{ at: desk.clock.now(), what: 'reported', detail: first.reference }]);
    });

    test('that names the record whose mailbox was proved', async () => {
      await desk.verify('report');
      await desk.calls.report(CALL, MEERA, REPORTED);
      expect((await opened()).report.record).toEqual({ userName: 'asha.rao', frozen: false });
    });

    test('also when the call is over; with an address that is one', async () => {
      await desk.calls.end(CALL, MEERA);
      await expect(
        desk.calls.report(CALL, MEERA, { ...REPORTED, email: 'x' }),
      ).rejects.toMatchObject({ code: 'BadArgument' });
      await desk.calls.report(CALL, MEERA, REPORTED);
      expect(await opened()).toBeDefined();
    });
  });

  describe('is stopped by the owner of the mailbox', () => {
    beforeEach(() => desk.begin());

    test('who had a link in the mail with the code', async () => {
      await desk.verify();
      const looked = await desk.links.look(await desk.stopToken());
      expect(desk.mails.at(-1)?.text).toContain('Meera of Comantra is on the telephone');
      expect(looked).toMatchObject({ outcome: 'open', purpose: STOP });
    });

    test('and then nothing more is done in it, and staff are told', async () => {
      await desk.verify();
      await change({ phone: '98310 67890' });
      await desk.settle();
      desk.heard.splice(0);
      await desk.calls.stop(STOP);
      expect(desk.heard).toContainEqual({ kind: 'call', id: CALL });
      expect(await change({ phone: '98310 00000' })).toEqual({ outcome: 'stopped' });
      expect(await desk.calls.check(CALL, MEERA, '123456')).toEqual({ outcome: 'stopped' });
      const wanted = { claimed: 'asha.rao', purpose: 'change' } as const;
      expect(await desk.calls.sendCode(CALL, MEERA, wanted)).toBe('stopped');
      expect(await desk.verifications.callProof(CALL)).toBeUndefined();
      const call = await desk.calls.byId(CALL);
      expect(call).toMatchObject({ stoppedAt: desk.clock.now() });
      expect(call?.verified).toBeUndefined();
      const [mail, ...others] = await desk.settle();
      expect(others).toEqual([]);
      expect(mail?.to).toBe('manager@example.com');
      expect(mail?.text).toContain('Taken by: Meera Nair');
      expect(mail?.text).toContain('The record was changed');
      expect((await desk.audited()).map(({ action }) => action)).toEqual([
        ...['call.taken', 'call.codeSent', 'call.verified', 'call.stopped'],
      ]);
    });

    test('once, however often they press', async () => {
      await desk.calls.stop(STOP);
      const before = await desk.calls.byId(CALL);
      await Promise.all([desk.calls.stop(STOP), desk.calls.stop(STOP)]);
      expect(await desk.calls.byId(CALL)).toEqual(before);
      expect(await desk.settle()).toHaveLength(1);
    });

    test('while the code is being checked: it is of no use', async () => {
      await desk.calls.sendCode(CALL, MEERA, { claimed: 'asha.rao', purpose: 'change' });
      const code = await desk.code();
      const [checked] = await Promise.all([
        desk.calls.check(CALL, MEERA, code),
        desk.calls.stop(STOP),
      ]);
      // Whichever came first, nothing is proved in the end.
      expect(['verified', 'stopped', 'none']).toContain(checked.outcome);
      expect(await desk.verifications.callProof(CALL)).toBeUndefined();
      expect((await desk.calls.byId(CALL))?.verified).toBeUndefined();
    });

    test('who has nothing to do with another call', async () => {
      const other = CALL.replace(/^5/, '6');
      await desk.begin(other);
      await desk.verify('change', other);
      await desk.calls.stop(STOP);
      expect((await desk.calls.byId(other))?.verified).toMatchObject({ customerId: ASHA.id });
    });
  });

  test('that nobody took is none', async () => {
    await desk.know(customerOf({ userName: 'ravi' }));
    expect(await desk.calls.byId(CALL)).toBeUndefined();
    await desk.calls.stop(STOP);
    expect(await desk.settle()).toEqual([]);
  });
});
