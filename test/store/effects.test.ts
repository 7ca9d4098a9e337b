import type { Store } from '../../models/store';
import type { OutgoingMail } from '../../services/mailer';
import { CASE_ID, caseDesk, STAFF, toOpen, type CaseDesk } from '../support/caseDesk';
import { describeOnStores, STORE_KEY } from '../support/stores';
import { vaultOf } from '../../models/sealed';

const idOf = (n: number): string => `33333333-3333-4333-8333-${String(n).padStart(12, '0')}`;
const { escalation: _escalation, ...WITHOUT_ESCALATION } = STAFF;

describeOnStores('effects', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
  });

  const waiting = async (): Promise<number> =>
    (await desk.records.cases.withEffects(500)).flatMap(({ content }) => content?.effects ?? [])
      .length;
  const auditIds = async (): Promise<string[]> => {
    const ids: string[] = [];
    for await (const { id } of desk.audit.entries()) ids.push(id);
    return ids;
  };
  const sentTo = (): string[] => desk.mails.map(({ to }) => to).sort();

  test('the mails of a case go out, its audit entry is written, and nothing is left to do', async () => {
    await desk.cases.open(toOpen());
    expect(await desk.effects.sweep()).toBe(3);
    expect(await auditIds()).toEqual([`${CASE_ID}-audit-case.opened`]);
    await desk.outbox.deliverDue();
    expect(sentTo()).toEqual(['Rina.Sen@example.org', 'manager@example.com']);
    expect(await waiting()).toBe(0);
    expect(await desk.effects.sweep()).toBe(0);
  });

  test('every privacy manager gets the notification', async () => {
    const effects = desk.effectsFor({ managers: ['a@example.com', 'b@example.com'] });
    await desk.cases.open(toOpen({ report: { whatHappened: 'A zebra.' } }));
    await effects.sweep();
    await desk.outbox.deliverDue();
    expect(sentTo()).toEqual(['a@example.com', 'b@example.com']);
  });

  describe('a mail about a case', () => {
    const MANAGERS = { managers: ['a@example.com', 'b@example.com'] };
    const ACKNOWLEDGED = `<${CASE_ID}-case.acknowledgement-1@comantra.net>`;
    const about = async (kind: string, to?: string): Promise<OutgoingMail> => {
      await desk.effectsFor(MANAGERS).sweep();
      await desk.outbox.deliverDue();
      return desk.mails.find((mail) => mail.id.includes(kind) && (!to || mail.to === to))!;
    };
    const answer = () =>
      desk.handling.answer(
        CASE_ID,
        { cause: 'm1', at: desk.clock.now(), by: 'a@example.com' },
        'We looked.',
      );

    test('has a reply address of its own, by which a bounce comes back too, known for its case and addressee', async () => {
      await desk.cases.open(toOpen());
      await about('case.notification');
      expect(desk.mails).toHaveLength(3);
      expect(new Set(desk.mails.map(({ replyTo }) => replyTo)).size).toBe(3);
      for (const { id, to, replyTo = '', envelopeFrom } of desk.mails) {
        expect(replyTo).toMatch(/^case\+[a-z2-7]{26}@comantra\.net$/);
        expect(envelopeFrom).toBe(replyTo);
        expect(await desk.replyTokens.purposeOf(replyTo)).toEqual({
          recipient: to,
          recipientIs: to.endsWith('@example.org') ? 'customer' : 'staff',
          caseId: CASE_ID,
          mailId: id,
        });
      }
    });

    test('has a reply address that nobody reads in the store', async () => {
      await desk.cases.open(toOpen());
      const { replyTo = '' } = await about('case.notification');
      const [, token = ''] = /\+(\w+)@/.exec(replyTo) ?? [];
      const names = (await store.connection.listCollections()).map(({ name }) => name);
      for (const name of names)
        expect(
          JSON.stringify(await store.connection.collection(name).find().toArray()),
        ).not.toContain(token);
    });

    test('follows the first one to the same addressee, so that each sees one thread', async () => {
      await desk.cases.open(toOpen());
      expect((await about('case.notification')).references).toEqual([]);
      await answer();
      expect((await about('case.answer')).references).toEqual([ACKNOWLEDGED]);
      for (const [index, to] of MANAGERS.managers.entries())
        expect((await about('case.echo', to)).references).toEqual([
          `<${CASE_ID}-case.notification-${index + 1}@comantra.net>`,
        ]);
    });

    test('follows the customer’s own mail where the case came by one', async () => {
      const origin = {
        ...{ mailId: 'm0', messageId: '<first@example.org>', subject: 'Hello', attachments: [] },
        ...{ bulk: false, unverified: false },
      };
      await desk.cases.open(toOpen({ channel: 'mail', origin }));
      const first = await about('case.acknowledgement');
      expect(first.references).toEqual(['<first@example.org>']);
      await answer();
      expect((await about('case.answer')).references).toEqual([
        '<first@example.org>',
        ACKNOWLEDGED,
      ]);
    });

    test('is marked as a machine’s, but for the answer that a person wrote', async () => {
      await desk.cases.open(toOpen());
      await answer();
      await about('case.answer');
      const marks = desk.mails.map(({ id, autoSubmitted }) => [
        /case\.[a-z]+/.exec(id)?.[0],
        autoSubmitted,
      ]);
      expect(Object.fromEntries(marks)).toEqual({
        'case.notification': 'auto-generated',
        'case.acknowledgement': 'auto-generated',
        'case.answer': 'no',
        'case.echo': 'auto-generated',
      });
    });
  });

  test('two sweeps at once carry each effect out once', async () => {
    const other = await caseDesk(store);
    for (let n = 0; n < 8; n += 1)
      await desk.cases.open(toOpen({ id: idOf(n), report: { whatHappened: 'x' } }), {
        reference: {},
        text: 'Told.',
      });
    await Promise.all([desk.effects.sweep(), other.effects.sweep(), desk.effects.sweep()]);
    await Promise.all([desk.outbox.deliverDue(), other.outbox.deliverDue()]);
    expect(desk.mails.length + other.mails.length).toBe(8);
    for (const { said } of [desk, other])
      expect(new Set(said.map(({ key }) => key)).size).toBe(said.length);
    expect(await waiting()).toBe(0);
  });

  /** Sweeps in a process that ends after carrying out an effect, before that is noted. */
  const crashAfter = async (effectId: string): Promise<void> => {
    const { cases } = desk.records;
    const crashing = Object.assign(Object.create(cases) as typeof cases, {
      removeEffect: async (caseId: string, id: string) => {
        if (id === effectId) throw new Error('The process ended here.');
        await cases.removeEffect(caseId, id);
      },
    });
    const crashed = await caseDesk(store, { records: { cases: crashing } });
    await expect(crashed.effects.sweep()).rejects.toThrow('The process ended here.');
  };

  test('a crash after a mail was put out and before that was noted leads to one mail', async () => {
    await desk.cases.open(toOpen());
    await crashAfter(`${CASE_ID}-case.notification`);
    expect((await desk.outbox.counts()).queued).toBe(1);
    expect(await waiting()).toBe(2);
    await desk.settle();
    expect(sentTo()).toEqual(['Rina.Sen@example.org', 'manager@example.com']);
  });

  test('a crash after an audit entry was written and before that was noted leads to one entry', async () => {
    await desk.cases.open(toOpen());
    await crashAfter(`${CASE_ID}-audit-case.opened`);
    expect(await auditIds()).toHaveLength(1);
    expect(await waiting()).toBe(3);
    await desk.settle();
    expect(await auditIds()).toEqual([`${CASE_ID}-audit-case.opened`]);
    expect(await waiting()).toBe(0);
  });

  test('also when the mail had been sent by then', async () => {
    await desk.cases.open(toOpen());
    const document = await store.connection.collection('cases').findOne();
    await desk.settle();
    await store.connection.collection('cases').replaceOne({ _id: document!._id }, document!);
    expect(await waiting()).toBe(3);
    await desk.settle();
    expect(desk.mails).toHaveLength(2);
    expect(await auditIds()).toHaveLength(1);
    expect(await waiting()).toBe(0);
  });

  test('one that fails stays, is logged without its words, and holds up no other', async () => {
    const failing = await caseDesk(store, {
      messenger: {
        send: async () => {
          throw new Error('A zebra is in the way.');
        },
      },
    });
    await failing.cases.open(toOpen(), { reference: {}, text: 'Told.' });
    await failing.settle();
    expect(failing.mails).toHaveLength(2);
    expect(failing.log.lines).toContainEqual({
      level: 'error',
      event: 'effect.failed',
      fields: { caseId: CASE_ID, kind: 'message', attempts: 1, error: expect.any(Error) as Error },
    });
    expect(await waiting()).toBe(1);
    desk.clock.advance(5_000);
    await desk.settle();
    expect(desk.said.map(({ text }) => text)).toEqual(['Told.']);
    expect(await waiting()).toBe(0);
  });

  describe('one that fails again and again', () => {
    const SECOND = 1000;
    const HOUR = 3600 * SECOND;
    const DAY = 24 * HOUR;
    let tries: number;
    let failing: CaseDesk;
    beforeEach(async () => {
      tries = 0;
      const send = async (): Promise<void> => {
        tries += 1;
        throw new Error('Nobody is there.');
      };
      failing = await caseDesk(store, { messenger: { send } });
    });

    const withMessage = () =>
      failing.cases.open(toOpen({ report: { whatHappened: 'x' } }), { reference: {}, text: 'T.' });
    const sweepAfter = async (milliseconds: number): Promise<number> => {
      failing.clock.advance(milliseconds);
      await failing.effects.sweep();
      return tries;
    };

    test('is tried later each time, and not at every sweep', async () => {
      await withMessage();
      expect(await sweepAfter(0)).toBe(1);
      const waits = [5, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];
      for (const [index, seconds] of waits.entries()) {
        expect(await sweepAfter(seconds * SECOND - 1)).toBe(index + 1);
        expect(await sweepAfter(1)).toBe(index + 2);
      }
      const failures = failing.log.lines.filter(({ event }) => event === 'effect.failed');
      expect(failures.map(({ fields }) => fields.attempts)).toEqual(
        [0, ...waits].map((_wait, index) => index + 1),
      );
    });

    test('waits also in another process, and after a restart', async () => {
      await withMessage();
      await sweepAfter(0);
      await desk.effects.sweep();
      expect(desk.said).toEqual([]);
      desk.clock.advance(5 * SECOND);
      await desk.effects.sweep();
      expect(desk.said).toHaveLength(1);
    });

    test('is noted where it stands, beside others of its case', async () => {
      const without = failing.effectsFor(WITHOUT_ESCALATION);
      await failing.cases.open(
        toOpen({ aboutStaff: 'privacy_manager', report: { whatHappened: 'x' } }),
        { reference: {}, text: 'T.' },
      );
      await without.sweep();
      const [document] = await store.connection.collection('cases').find().toArray();
      expect(document!.effects).toEqual([
        { id: `${CASE_ID}-case.notification`, kind: 'mail', body: expect.any(String) as string },
        {
          id: `${CASE_ID}-message`,
          kind: 'message',
          body: expect.any(String) as string,
          attempts: 1,
          nextTryAt: new Date(failing.clock.now().getTime() + 5 * SECOND),
        },
      ]);
    });

    test('is given up after three days when it is a message', async () => {
      await withMessage();
      const abandoned = () => failing.log.lines.filter(({ event }) => event === 'effect.abandoned');
      await sweepAfter(0);
      for (let hours = 0; hours < 71; hours += 1) await sweepAfter(HOUR);
      expect(abandoned()).toEqual([]);
      for (let hours = 0; hours < 10; hours += 1) await sweepAfter(HOUR);
      expect(abandoned()).toEqual([
        {
          level: 'error',
          event: 'effect.abandoned',
          fields: {
            ...{ caseId: CASE_ID, kind: 'message', attempts: 81 },
            error: expect.any(Error) as Error,
          },
        },
      ]);
      expect(await waiting()).toBe(0);
      expect(await sweepAfter(DAY)).toBe(81);
    });

    test('is not given up because the desk stood still for days', async () => {
      await withMessage();
      await sweepAfter(0);
      await sweepAfter(30 * DAY);
      desk.clock.advance(31 * DAY);
      await desk.effects.sweep();
      expect(desk.said).toHaveLength(1);
    });

    test('is never given up when it is a mail', async () => {
      const refusing = await caseDesk(store);
      let enqueued = 0;
      refusing.outbox.enqueue = async () => {
        enqueued += 1;
        throw new Error('The store is full.');
      };
      await refusing.cases.open(toOpen({ report: { whatHappened: 'x' } }));
      for (let hours = 0; hours < 120; hours += 1) {
        await refusing.effects.sweep();
        await refusing.effects.sweep();
        refusing.clock.advance(HOUR);
      }
      // The first ten waits are shorter than the hour between these sweeps.
      expect(enqueued).toBe(120);
      desk.clock.set(refusing.clock.now());
      await desk.settle();
      expect(sentTo()).toEqual(['manager@example.com']);
    });
  });

  describe('an unproved address', () => {
    const many = async (email: string, from: number): Promise<void> => {
      for (let n = from; n < from + 7; n += 1)
        await desk.cases.open(toOpen({ id: idOf(n), report: { whatHappened: 'x', email } }));
      await desk.settle();
    };
    const acknowledged = (): number =>
      desk.mails.filter(({ to }) => to !== 'manager@example.com').length;

    test('gets five acknowledgements a day, and the manager every case', async () => {
      await many('rina@example.org', 0);
      expect(acknowledged()).toBe(5);
      expect(desk.mails).toHaveLength(12);
      expect(await waiting()).toBe(0);
    });

    test('gets no more by capitals or a tag, and more on another day', async () => {
      await many('rina@example.org', 0);
      await many('RINA+x@example.org', 10);
      expect(acknowledged()).toBe(5);
      desk.clock.advance(24 * 60 * 60 * 1000);
      await many('rina@example.org', 20);
      expect(acknowledged()).toBe(10);
    });

    test('does not count against another', async () => {
      await many('rina@example.org', 0);
      await many('asha@example.org', 10);
      expect(acknowledged()).toBe(10);
    });
  });

  describe('a case about the privacy manager', () => {
    const ABOUT = toOpen({ aboutStaff: 'privacy_manager', report: { whatHappened: 'A zebra.' } });

    test('goes to the escalation address and not to the managers', async () => {
      await desk.cases.open(ABOUT);
      await desk.settle();
      expect(sentTo()).toEqual(['escalation@example.com']);
    });

    test('waits while there is none, is logged once, and goes out once when there is', async () => {
      const without = desk.effectsFor(WITHOUT_ESCALATION);
      await desk.cases.open(ABOUT);
      // The audit entry waits for nothing.
      expect(await without.sweep()).toBe(1);
      for (let sweeps = 0; sweeps < 2; sweeps += 1) expect(await without.sweep()).toBe(0);
      await desk.outbox.deliverDue();
      expect(desk.mails).toEqual([]);
      expect(desk.log.lines.filter(({ event }) => event === 'effect.unaddressed')).toHaveLength(1);

      await desk.settle();
      await desk.settle();
      expect(sentTo()).toEqual(['escalation@example.com']);
      expect(await waiting()).toBe(0);
    });

    test('is acknowledged to its customer meanwhile', async () => {
      const without = desk.effectsFor(WITHOUT_ESCALATION);
      await desk.cases.open({ ...ABOUT, report: { whatHappened: 'x', email: 'rina@example.org' } });
      await without.sweep();
      await desk.outbox.deliverDue();
      expect(sentTo()).toEqual(['rina@example.org']);
    });
  });

  test('a hundred cases that have to wait do not stand in the way of one that need not', async () => {
    const without = desk.effectsFor(WITHOUT_ESCALATION);
    for (let n = 0; n < 100; n += 1)
      await desk.cases.open(
        toOpen({
          id: idOf(n),
          aboutStaff: 'privacy_manager',
          // All different, or staff would be told of them in a digest.
          report: { whatHappened: `zebra${n}` },
        }),
      );
    expect(await without.sweep()).toBe(100);
    expect(await waiting()).toBe(100);
    await desk.cases.open(
      toOpen({ id: 'ffffffff-ffff-4fff-8fff-ffffffffffff', report: { whatHappened: 'x' } }),
    );
    expect(await without.sweep()).toBe(2);
    await desk.outbox.deliverDue();
    expect(sentTo()).toEqual(['manager@example.com']);
  });

  test('nor does one whose seal cannot be opened', async () => {
    const lost = { id: 'lost', secret: Buffer.alloc(32, 5) };
    const elsewhere = await caseDesk({ ...store, vault: vaultOf([lost]) });
    await elsewhere.cases.open(toOpen({ id: idOf(1) }));
    await desk.cases.open(toOpen());
    await desk.settle();
    await desk.settle();
    expect(desk.mails).toHaveLength(2);
    expect(desk.log.lines.filter(({ event }) => event === 'effect.failed')).toEqual([
      {
        level: 'error',
        event: 'effect.failed',
        fields: { caseId: idOf(1), code: 'SealBroken' },
      },
    ]);
    // The key is put back into the ring: nothing was lost.
    const whole = await caseDesk({ ...store, vault: vaultOf([STORE_KEY, lost]) });
    await whole.settle();
    expect(whole.mails).toHaveLength(2);
  });
});
