import type { Store } from '../../models/store';
import { Digests } from '../../services/digests';
import { TOLD_ONE_BY_ONE } from '../../services/likeness';
import { Notices } from '../../services/notices';
import { dueInWords } from '../../services/businessDays';
import { caseDesk, STAFF, toOpen, ZONE, type CaseDesk } from '../support/caseDesk';
import { deed, ESCALATION, kindOf, MANAGER, news } from '../support/caseNews';
import { documentsRead } from '../support/manyCases';
import { describeOnStores } from '../support/stores';
import { Staff } from '../../services/staff';

const HOUR = 60 * 60_000;
/** The end of the hour, by UTC, in which the reports come in, and a minute. */
const DIGEST_AT = new Date('2026-11-23T05:01:00Z');
const SAME = 'Your newsletter shows my order history to everybody who opens the link in it.';

const idOf = (n: number): string => `55555555-5555-4555-8555-${String(n).padStart(12, '0')}`;

describeOnStores('digests of similar reports', (open) => {
  let store: Store;
  let desk: CaseDesk;
  let digests: Digests;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
    digests = digestsOf(desk);
  });

  const digestsOf = (of: CaseDesk, staff = of.staff): Digests => {
    const notices = new Notices(of.outbox, of.replyTokens, staff, of.clock);
    return new Digests(of.records.cases, of.changes, notices, of.replyTokens, of.clock);
  };
  const withoutEscalation = (of: CaseDesk): Staff =>
    new Staff({ managers: STAFF.managers }, of.records.deputies, of.clock, ZONE);

  /** Opens cases from number to number, a second apart; none has a mailbox unless it is given. */
  const opened = async (
    [from, to]: readonly [number, number],
    changes: Parameters<typeof toOpen>[0] | ((n: number) => Parameters<typeof toOpen>[0]) = {},
  ): Promise<void> => {
    for (let n = from; n <= to; n += 1) {
      desk.clock.advance(1000);
      await desk.cases.open(
        toOpen({
          ...{ id: idOf(n), receivedAt: desk.clock.now(), report: { whatHappened: SAME } },
          ...(typeof changes === 'function' ? changes(n) : changes),
        }),
      );
    }
  };
  const digestAtOf = async (n: number) => (await desk.records.cases.byId(idOf(n)))?.digestAt;
  const notified = async (): Promise<number> =>
    (await news(desk)).filter((each) => each.startsWith('case.notification')).length;

  describe('the eleventh similar report within an hour', () => {
    test('is told in a digest, and those before it one by one', async () => {
      await opened([1, 13]);
      expect(await notified()).toBe(TOLD_ONE_BY_ONE);
      expect(await digestAtOf(10)).toBeUndefined();
      for (const n of [11, 12, 13]) expect(await digestAtOf(n)).toEqual(DIGEST_AT);
    });

    test('has its promise, and its customer an acknowledgement, as any other', async () => {
      await opened([1, 10]);
      await news(desk);
      await opened([11, 11], { report: { whatHappened: SAME, email: 'asha@example.org' } });
      expect(await news(desk)).toEqual(['case.acknowledgement to asha@example.org']);
      const { clock, rounds } = (await desk.records.cases.byId(idOf(11)))!;
      expect(clock?.event).toBe('warning2');
      expect(rounds[0]!.promise.dueAt).toEqual(new Date('2026-11-30T12:30:00Z'));
    });

    test('is told by itself when harm is being done this minute', async () => {
      await opened([1, 10]);
      await opened([11, 11], { urgency: 'now' });
      expect(await digestAtOf(11)).toBeUndefined();
      expect(await notified()).toBe(11);
    });

    test('is told by itself when it says something else', async () => {
      await opened([1, 10]);
      const other = 'A technician read the messages on my telephone while mending it.';
      await opened([11, 11], { report: { whatHappened: other } });
      expect(await digestAtOf(11)).toBeUndefined();
      expect(await notified()).toBe(11);
    });

    test('is told by itself when the others said something else, each another thing', async () => {
      const things = [
        'walrus',
        'zebra',
        'otter',
        'heron',
        'newt',
        'lynx',
        'toad',
        'wren',
        'crab',
        'eel',
      ];
      await opened([1, 10], (n) => ({
        report: { whatHappened: `A ${things[n - 1]} took the ${things[n % 10]} of my ${n}th aunt` },
      }));
      await opened([11, 11]);
      expect(await digestAtOf(11)).toBeUndefined();
    });

    test('is similar by its sender, too, however the address is written', async () => {
      await opened([1, 10], (n) => ({
        report: { whatHappened: `${'abcdefghij'.charAt(n - 1)}${n}`, email: 'rina@example.org' },
      }));
      await opened([11, 11], { report: { whatHappened: 'Else', email: 'RINA@example.org' } });
      expect(await digestAtOf(11)).toEqual(DIGEST_AT);
    });

    test('is similar when a few words differ', async () => {
      await opened([1, 10]);
      await opened([11, 11], { report: { whatHappened: `Hello. ${SAME} Please stop that.` } });
      expect(await digestAtOf(11)).toEqual(DIGEST_AT);
    });

    test('is told by itself when the first came more than an hour ago', async () => {
      await opened([1, 10]);
      desk.clock.advance(HOUR);
      await opened([11, 11]);
      expect(await digestAtOf(11)).toBeUndefined();
    });

    test('waits for the end of the next hour in the last minute of one, so that the digest is whole', async () => {
      await opened([1, 10]);
      desk.clock.set(new Date('2026-11-23T04:59:30Z'));
      await opened([11, 11]);
      expect(await digestAtOf(11)).toEqual(new Date('2026-11-23T06:01:00Z'));
    });
  });

  describe('a digest', () => {
    const digestMails = async () => {
      await desk.outbox.deliverDue();
      return desk.mails.splice(0).filter((mail) => kindOf(mail) !== 'case.notification');
    };
    const due = async (): Promise<void> => {
      await news(desk);
      desk.clock.set(DIGEST_AT);
    };

    test('goes out once, at its time, whoever sweeps and however often', async () => {
      await opened([1, 13]);
      await due();
      desk.clock.set(new Date(DIGEST_AT.getTime() - 1));
      await digests.sweep();
      expect(await digestMails()).toEqual([]);
      desk.clock.set(DIGEST_AT);
      await Promise.all([
        digests.sweep(),
        digestsOf(await caseDesk(store)).sweep(),
        digests.sweep(),
      ]);
      await digests.sweep();
      expect((await digestMails()).map(({ to }) => to)).toEqual([MANAGER]);
      desk.clock.advance(5 * HOUR);
      await digests.sweep();
      expect(await digestMails()).toEqual([]);
      expect(await digestAtOf(11)).toBeUndefined();
    });

    test('names each case with its reference, due date and an address to answer it by', async () => {
      await opened([1, 13]);
      await due();
      await digests.sweep();
      const [mail] = await digestMails();
      expect(mail!.subject).toBe(
        '3 reports much like others within an hour, each with its own promise',
      );
      for (const n of [11, 12, 13]) {
        const { id, reference, rounds } = (await desk.records.cases.byId(idOf(n)))!;
        const line = new RegExp(`${reference}, [^“]*(case\\+[a-z2-7]{26}@comantra\\.net): “`);
        const [, address = ''] = line.exec(mail!.text.replace(/\s+/g, ' ')) ?? [];
        expect(await desk.replyTokens.purposeOf(address)).toEqual({
          ...{ recipient: 'digest', recipientIs: 'staff', caseId: id },
        });
        expect(mail!.text.replace(/\s+/g, ' ')).toContain(
          dueInWords(rounds[0]!.promise.dueAt, ZONE),
        );
      }
      expect(mail!.text).not.toContain((await desk.records.cases.byId(idOf(10)))!.reference);
      expect(await desk.replyTokens.purposeOf(mail!.replyTo!)).toMatchObject({
        ...{ recipient: MANAGER, recipientIs: 'staff' },
        digestOf: [idOf(11), idOf(12), idOf(13)],
      });
    });

    test('says what has become urgent, and that in its subject', async () => {
      await opened([1, 11]);
      await opened([12, 12], { confirmed: false });
      await opened([12, 12], { confirmed: true, urgency: 'now' });
      await due();
      await digests.sweep();
      const [mail] = await digestMails();
      const { reference } = (await desk.records.cases.byId(idOf(12)))!;
      expect(mail!.subject).toMatch(/^URGENT 2 reports /);
      expect(mail!.text).toContain(`URGENT ${reference}`);
      expect(mail!.text.match(/URGENT/g)).toHaveLength(1);
    });

    test('leaves out what was answered or filed away before', async () => {
      await opened([1, 13]);
      await desk.handling.answer(idOf(11), deed('m1', desk.clock.now()), 'We looked.');
      await desk.handling.close(idOf(12), deed('m2', desk.clock.now()), 'spam', '');
      await due();
      await digests.sweep();
      const [mail] = await digestMails();
      expect(mail!.subject).toMatch(/^1 report much/);
      expect(mail!.text).toContain((await desk.records.cases.byId(idOf(13)))!.reference);
    });

    test('of cases about the privacy manager goes to the escalation address alone', async () => {
      await opened([1, 11]);
      await opened([12, 12], { aboutStaff: 'privacy_manager' });
      await due();
      await digests.sweep();
      const mails = await digestMails();
      const references = await Promise.all(
        [11, 12].map(async (n) => (await desk.records.cases.byId(idOf(n)))!.reference),
      );
      const told = mails.map(({ to, text }) => [
        to,
        references.filter((each) => text.includes(each)),
      ]);
      expect(told.sort()).toEqual([
        [ESCALATION, [references[1]]],
        [MANAGER, [references[0]]],
      ]);
    });

    test('tells whoever one is about of the others alone', async () => {
      await opened([1, 11]);
      const whatHappened = `${SAME} ${MANAGER} did it.`;
      await opened([12, 12], { aboutStaff: 'staff', report: { whatHappened } });
      expect(await digestAtOf(12)).toEqual(DIGEST_AT);
      await due();
      await digests.sweep();
      const told = (await digestMails()).map(({ to, text }) => [to, text.includes('did it')]);
      expect(told.sort()).toEqual([
        [ESCALATION, true],
        [MANAGER, false],
      ]);
    });

    test('waits, and leaves no reply addresses behind, while there is nobody to tell', async () => {
      await opened([1, 10]);
      await opened([11, 11], { aboutStaff: 'privacy_manager' });
      await due();
      const tokens = () => store.connection.collection('replyTokens').countDocuments();
      const before = await tokens();
      const waiting = digestsOf(desk, withoutEscalation(desk));
      for (let n = 0; n < 3; n += 1) await waiting.sweep();
      expect(await digestMails()).toEqual([]);
      expect(await tokens()).toBe(before);
      await digests.sweep();
      expect((await digestMails()).map(({ to }) => to)).toEqual([ESCALATION]);
    });

    test('a crash after it was put out and before that was noted leads to one mail', async () => {
      await opened([1, 12]);
      await due();
      const crashing = await caseDesk(store);
      crashing.clock.set(DIGEST_AT);
      crashing.changes.make = () => Promise.reject(new Error('The process ended here.'));
      await expect(digestsOf(crashing).sweep()).rejects.toThrow('ended here');
      expect(await digestAtOf(11)).toEqual(DIGEST_AT);
      await digests.sweep();
      expect(await digestMails()).toHaveLength(1);
      expect(await digestAtOf(11)).toBeUndefined();
    });

    test('shows a long report by its beginning, on one line', async () => {
      await opened([1, 10]);
      await opened([11, 11], { report: { whatHappened: `${SAME}\n\n${SAME} ${'x'.repeat(500)}` } });
      await due();
      await digests.sweep();
      const [mail] = await digestMails();
      expect(mail!.text.replace(/\s+/g, ' ')).toContain(`“${SAME} Your newsletter`);
      expect(mail!.text).toContain('…”');
      expect(mail!.text).not.toContain('xxx');
    });
  });

  test('nothing is read while no digest is due', async () => {
    await opened([1, 11]);
    expect(await documentsRead(store, () => digests.sweep())).toBe(0);
    expect(await digestAtOf(11)).toEqual(DIGEST_AT);
  });
});
