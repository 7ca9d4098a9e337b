import { CaseRecords, type Case, type DueCase } from '../../models/cases';
import { vaultOf } from '../../models/sealed';
import type { Store } from '../../models/store';
import { parseCalendar } from '../../services/businessDays';
import { clockAfter } from '../../services/promiseClock';
import { CALENDAR, CASE_ID, caseDesk, toOpen, type CaseDesk } from '../support/caseDesk';
import {
  actionsOf,
  CUSTOMER,
  deed,
  DUE,
  ESCALATION,
  kindOf,
  mailOf,
  MANAGER,
  news,
  REPORTED,
  verdictsOf,
} from '../support/caseNews';
import { caseOf, roundWith } from '../support/cases';
import { documentsRead, storeMany } from '../support/manyCases';
import { describeOnStores } from '../support/stores';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const at = (local: string): Date => new Date(`2026-${local}+05:30`);
const later = (instant: Date, milliseconds: number): Date =>
  new Date(instant.getTime() + milliseconds);

/** What the clock does to the case that is due on Monday 30 November, 18:00. */
const WARNING2 = at('11-26T09:00');
const WARNING1 = at('11-27T09:00');
const MISSED = later(DUE, 1);
const APOLOGY = at('12-01T09:00');

const WARNED = [`case.warning to ${MANAGER}`];
const TOLD_MISSED = [`case.missed to ${ESCALATION}`, `case.missed to ${MANAGER}`];
const APOLOGISED = [
  `case.apology to ${CUSTOMER}`,
  expect.stringMatching(
    /^chat: We promised you an answer .* We did not keep our promise/,
  ) as string,
];
const COURSE: readonly [string, Date, readonly string[]][] = [
  ['case.warned', WARNING2, WARNED],
  ['case.warned', WARNING1, WARNED],
  ['case.missed', MISSED, TOLD_MISSED],
  ['case.apologised', APOLOGY, APOLOGISED],
];
const LATE = /It is late because the desk was not running/;

describeOnStores('the sweep of promises', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
    await desk.cases.open(REPORTED);
    await news(desk);
  });

  const found = async (): Promise<Case> => (await desk.records.cases.byId(CASE_ID))!;
  const newsAt = async (instant: Date): Promise<string[]> => {
    desk.clock.set(instant);
    await desk.promises.sweep();
    return news(desk);
  };
  const answered = (cause: string, instant: Date) =>
    desk.handling.answer(CASE_ID, deed(cause, instant), 'We looked.');
  const extendedTo = (date: string) =>
    desk.handling.extend(CASE_ID, deed(date, desk.clock.now()), date, 'The bank is slow.');

  describe('lets each event happen once, in its order and at its moment', () => {
    test('when nobody answers', async () => {
      for (const [, instant, told] of COURSE) {
        expect(await newsAt(later(instant, -1))).toEqual([]);
        expect(await newsAt(instant)).toEqual(told);
        expect(await newsAt(later(instant, MINUTE))).toEqual([]);
      }
      expect(await newsAt(at('12-31T12:00'))).toEqual([]);
      expect(await actionsOf(desk)).toEqual(COURSE.map(([action]) => action));
      expect((await found()).clock).toBeUndefined();
      expect(await verdictsOf(desk)).toEqual(['missed']);
    });

    test('when several processes sweep at the same time', async () => {
      const other = await caseDesk(store);
      for (const [, instant, told] of COURSE) {
        for (const each of [desk, other]) each.clock.set(instant);
        const happened = await Promise.all(
          [desk, other, desk, other].map((each) => each.promises.sweep()),
        );
        expect(happened.reduce((sum, each) => sum + each, 0)).toBe(1);
        await Promise.all([desk.effects.sweep(), other.effects.sweep()]);
        const mails = (await Promise.all([news(desk), news(other)]))
          .flat()
          .filter((each) => !each.startsWith('chat:'));
        expect(mails.sort()).toEqual(told.filter((each) => typeof each === 'string'));
      }
      expect(await actionsOf(desk)).toEqual(COURSE.map(([action]) => action));
    });

    test('when it is run again before what followed was carried out, and by another process then', async () => {
      desk.clock.set(WARNING2);
      await desk.promises.sweep();
      await desk.promises.sweep();
      const restarted = await caseDesk(store);
      restarted.clock.set(later(WARNING2, MINUTE));
      expect(await restarted.promises.sweep()).toBe(0);
      expect(await news(restarted)).toEqual(WARNED);
      expect(await news(desk)).toEqual([]);
    });
  });

  describe('says that it is late after the desk stood still', () => {
    test.each<[string, Date, number]>([
      ['over one event', at('11-26T15:00'), 1],
      ['over both warnings', at('11-27T15:00'), 2],
      ['over the moment it was due', at('11-30T22:00'), 3],
      ['over all of them', at('12-01T12:00'), 4],
      ['over all of them and a week', at('12-08T12:00'), 4],
    ])('%s', async (_name, back, events) => {
      desk.clock.set(back);
      expect(await desk.promises.sweep()).toBe(events);
      await desk.settle();
      const toStaff = desk.mails.filter(({ to }) => to !== CUSTOMER);
      for (const { text } of toStaff) expect(text).toMatch(LATE);
      const told = COURSE.slice(0, events).flatMap(([, , each]) => each);
      const heard = await news(desk);
      expect(heard).toEqual(expect.arrayContaining(told) as string[]);
      expect(heard).toHaveLength(told.length);
      expect(await actionsOf(desk)).toEqual(COURSE.slice(0, events).map(([action]) => action));
      expect(await desk.promises.sweep()).toBe(0);
      expect(await news(desk)).toEqual([]);
    });

    test('and names the time that was meant', async () => {
      desk.clock.set(at('11-26T15:00'));
      await desk.promises.sweep();
      const { text } = await mailOf(desk, 'case.warning');
      expect(text).toMatch(/should have gone out on Thursday 26 November 2026, 9:00 am IST/);
    });

    test('but not for the minutes that a sweep may take', async () => {
      desk.clock.set(later(WARNING2, 59 * MINUTE));
      await desk.promises.sweep();
      expect((await mailOf(desk, 'case.warning')).text).not.toMatch(LATE);
    });

    test('zammad#4432: the apology that it slept through waits for opening hours, too', async () => {
      expect(await newsAt(at('12-02T03:00'))).toHaveLength(4);
      expect(await newsAt(at('12-02T08:59'))).toEqual([]);
      expect(await newsAt(at('12-02T09:00'))).toEqual(APOLOGISED);
    });
  });

  describe('leaves in peace who has answered', () => {
    test.each<[string, Date, number]>([
      ['zammad#2082: the first answer ends the warnings, not the second', at('11-24T10:00'), 0],
      ['after a warning', later(WARNING2, HOUR), 1],
      ['osTicket#1684: a minute before it is due', later(DUE, -MINUTE), 2],
      ['at the very moment it is due', DUE, 2],
    ])('%s', async (_name, instant, events) => {
      const before = COURSE.slice(0, events);
      for (const [, each] of before) await newsAt(each);
      desk.clock.set(instant);
      await answered('m1', instant);
      await news(desk);
      for (const [, each] of COURSE.slice(events)) expect(await newsAt(each)).toEqual([]);
      expect(await verdictsOf(desk)).toEqual(['kept']);
      expect(await actionsOf(desk)).toEqual([...before.map(([action]) => action), 'case.answered']);
    });

    test('between the moment it was missed and the apology: the answer is sorry instead', async () => {
      await newsAt(MISSED);
      await answered('m1', later(MISSED, HOUR));
      expect((await mailOf(desk, 'case.answer')).text).toMatch(/It is late, and we are sorry/);
      await news(desk);
      expect(await newsAt(APOLOGY)).toEqual([]);
      expect(await verdictsOf(desk)).toEqual(['missed']);
    });

    test('zammad#3140: in time, though it was dealt with after it was called missed', async () => {
      await newsAt(MISSED);
      desk.clock.set(later(DUE, 3 * HOUR));
      await answered('m1', later(DUE, -HOUR));
      expect((await mailOf(desk, 'case.answer')).text).not.toMatch(/late/);
      await news(desk);
      expect(await newsAt(APOLOGY)).toEqual([]);
      expect(await verdictsOf(desk)).toEqual(['kept']);
    });

    test('a note is no answer', async () => {
      await desk.handling.note(CASE_ID, deed('m1', at('11-24T10:00')), 'I am on it.');
      await news(desk);
      expect(await newsAt(WARNING2)).toEqual(WARNED);
    });
  });

  describe('calls nothing missed before all mail received by then is in', () => {
    test('waits, asking up to the moment it was due, and says it then', async () => {
      const asked: Date[] = [];
      let isIn = false;
      const promises = desk.promisesFor((upTo) => {
        asked.push(upTo);
        return isIn;
      });
      desk.clock.set(later(MISSED, MINUTE));
      expect(await promises.sweep()).toBe(2);
      expect(await news(desk)).toEqual([...WARNED, ...WARNED]);
      expect(await promises.sweep()).toBe(0);
      expect(asked).not.toEqual([]);
      for (const upTo of asked) expect(upTo).toEqual(DUE);
      isIn = true;
      expect(await promises.sweep()).toBe(1);
      expect(await news(desk)).toEqual(TOLD_MISSED);
    });

    test('an answer that is taken in meanwhile is in time, and nobody hears of a miss', async () => {
      let isIn = false;
      const promises = desk.promisesFor(() => isIn);
      desk.clock.set(later(MISSED, MINUTE));
      await promises.sweep();
      await answered('m1', later(DUE, -1));
      isIn = true;
      expect(await promises.sweep()).toBe(0);
      expect(await verdictsOf(desk)).toEqual(['kept']);
      expect(await actionsOf(desk)).toEqual(['case.warned', 'case.warned', 'case.answered']);
    });

    test('the apology does not overtake it', async () => {
      const promises = desk.promisesFor(() => false);
      desk.clock.set(later(APOLOGY, HOUR));
      expect(await promises.sweep()).toBe(2);
      await desk.promises.sweep();
      expect(await news(desk)).toEqual(
        expect.arrayContaining([...TOLD_MISSED, ...APOLOGISED]) as string[],
      );
    });
  });

  describe('with many cases', () => {
    const idOf = (n: number): string => `33333333-3333-4333-8333-${String(n).padStart(12, '0')}`;
    /** Cases that were received then, with their clocks. */
    const receivedAt = async (instants: readonly Date[], from = 0): Promise<Case[]> =>
      Promise.all(
        instants.map(async (receivedAt, index) => {
          const promise = await desk.terms.from(receivedAt);
          const clock = clockAfter(roundWith({ promise }), CALENDAR, receivedAt)!;
          return caseOf({
            ...{ id: idOf(from + index), openedAt: receivedAt, clock },
            reference: `PD-AAAA-${String(from + index).padStart(4, '0')}`,
            rounds: [roundWith({ promise })],
          });
        }),
      );
    const eventOf = async (n: number) => (await desk.records.cases.byId(idOf(n)))?.clock?.event;

    test('those that wait for mail do not hold up the others', async () => {
      const waiting = await receivedAt(Array.from({ length: 105 }, () => at('11-02T10:00')));
      const other = await receivedAt([at('11-02T10:00')], 105);
      const clocks: [Case[], Case['clock']][] = [
        [waiting, { event: 'missed', nextAt: later(at('11-09T18:00'), 1) }],
        [other, { event: 'warning1', nextAt: at('11-09T18:30') }],
      ];
      const cases = clocks.flatMap(([of, clock]) => of.map((each) => ({ ...each, clock: clock! })));
      await storeMany(store, desk.records.cases, cases);
      desk.clock.set(at('11-09T19:00'));
      const promises = desk.promisesFor(() => false);
      expect(await promises.sweep()).toBe(1);
      expect(await eventOf(105)).toBe('missed');
      expect(await eventOf(0)).toBe('missed');
      expect(await promises.sweep()).toBe(0);
      expect(await desk.promises.sweep()).toBe(106);
    });

    test('all that was slept through is made up for in one sweep, whatever waits among it', async () => {
      const instants = Array.from({ length: 130 }, (_, n) => later(at('11-03T10:00'), n * HOUR));
      await storeMany(store, desk.records.cases, await receivedAt(instants));
      desk.clock.set(at('11-17T12:00'));
      const promises = desk.promisesFor((upTo) => upTo.getTime() % (2 * 24 * HOUR) < 24 * HOUR);
      await promises.sweep();
      expect(await promises.sweep()).toBe(0);
      const left = await desk.records.cases.clockDue(desk.clock.now(), 1000, 0);
      expect(left.length).toBeGreaterThan(20);
      for (const { case: each } of left) expect(each?.clock?.event).toBe('missed');
    });

    test('those whose seal cannot be opened hold up no other, and are logged once', async () => {
      const lost = await caseDesk({
        ...store,
        vault: vaultOf([{ id: 'lost', secret: Buffer.alloc(32, 5) }]),
      });
      const sealed = await receivedAt(Array.from({ length: 120 }, () => at('11-02T10:00')));
      await storeMany(
        { ...store, vault: vaultOf([{ id: 'lost', secret: Buffer.alloc(32, 5) }]) },
        lost.records.cases,
        sealed,
      );
      desk.clock.set(WARNING2);
      expect(await desk.promises.sweep()).toBe(1);
      expect(await desk.promises.sweep()).toBe(0);
      const failed = desk.log.lines.filter(({ event }) => event === 'promise.failed');
      expect(failed).toHaveLength(120);
      expect(failed[0]!.fields).toEqual({
        caseId: expect.any(String) as string,
        code: 'SealBroken',
      });
    });

    test('one that cannot be dealt with holds up no other', async () => {
      const [broken] = await receivedAt([at('11-02T10:00')]);
      const { promise } = broken!.rounds[0]!;
      const rounds = [roundWith({ promise: { ...promise, calendarHash: 'gone' } })];
      await desk.records.cases.insert({ ...broken!, rounds }, []);
      desk.clock.set(WARNING2);
      expect(await desk.promises.sweep()).toBe(1);
      expect(desk.log.lines).toContainEqual({
        level: 'error',
        event: 'promise.failed',
        fields: { caseId: idOf(0), error: expect.any(Error) as Error },
      });
    });

    test('10,000 of a year: a sweep reads those that are due and no other', async () => {
      const days = Array.from({ length: 365 }, (_, n) => later(at('01-01T10:00'), n * 24 * HOUR));
      const monday = at('11-02T09:00');
      const ofDays = (await receivedAt(days)).map(({ clock: _clock, ...each }) => {
        const clock = clockAfter(each.rounds[0]!, CALENDAR, later(monday, -1));
        return { ...each, ...(clock ? { clock } : {}) };
      });
      const cases = Array.from({ length: 10_000 }, (_, n) => ({
        ...ofDays[n % ofDays.length]!,
        ...{ id: idOf(n), reference: `PD-AAAA-${n}` },
      }));
      await storeMany(store, desk.records.cases, cases);
      desk.clock.set(monday);
      const due = await desk.records.cases.clockDue(desk.clock.now(), 10_000, 0);
      let happened = 0;
      const read = await documentsRead(store, async () => {
        happened = await desk.promises.sweep();
      });
      expect(happened).toBe(due.length);
      expect(happened).toBeGreaterThan(20);
      expect(happened).toBeLessThan(200);
      // Each that is due: once or twice as one of a page, then by its id when it is read afresh and when it is written.
      expect(read).toBeLessThanOrEqual(4 * happened);
      desk.clock.advance(MINUTE);
      expect(await documentsRead(store, () => desk.promises.sweep())).toBe(0);
    });
  });

  describe('an extension', () => {
    test('warns again before the later date, and is missed then, each once', async () => {
      await newsAt(WARNING2);
      await newsAt(WARNING1);
      await extendedTo('2026-12-04');
      await news(desk);
      expect(await newsAt(MISSED)).toEqual([]);
      expect(await newsAt(APOLOGY)).toEqual([]);
      expect(await newsAt(at('12-02T09:00'))).toEqual(WARNED);
      expect(await newsAt(at('12-03T09:00'))).toEqual(WARNED);
      expect(await newsAt(at('12-04T18:00'))).toEqual([]);
      desk.clock.set(later(at('12-04T18:00'), 1));
      await desk.promises.sweep();
      await desk.settle();
      for (const { subject } of desk.mails) expect(subject).toMatch(/Friday 4 December 2026/);
      expect(await news(desk)).toEqual(TOLD_MISSED);
      expect(await newsAt(at('12-07T09:00'))).toEqual(APOLOGISED);
      expect(await verdictsOf(desk)).toEqual(['missed']);
    });

    test('that comes while a sweep has read the case is not warned of before its time', async () => {
      const { cases } = desk.records;
      let extend = async (): Promise<unknown> => undefined;
      const overtaken = Object.assign(Object.create(cases) as CaseRecords, {
        async clockDue(...given: Parameters<CaseRecords['clockDue']>): Promise<DueCase[]> {
          const due = await cases.clockDue(...given);
          await extend();
          return due;
        },
      });
      const sweeping = await caseDesk(store, { records: { cases: overtaken } });
      for (const each of [desk, sweeping]) each.clock.set(WARNING2);
      extend = () => extendedTo('2026-12-04');
      expect(await sweeping.promises.sweep()).toBe(0);
      expect((await found()).clock).toEqual({ event: 'warning2', nextAt: at('12-02T09:00') });
      expect(await news(desk)).not.toContainEqual(expect.stringContaining('case.warning'));
    });
  });

  describe('who is told', () => {
    const id = '22222222-2222-4222-8222-222222222222';
    const courseOf = async (changes: Parameters<typeof toOpen>[0]): Promise<string[]> => {
      await answered('m1', at('11-24T10:00'));
      await desk.cases.open({ ...toOpen(changes), id });
      await news(desk);
      desk.clock.set(APOLOGY);
      await desk.promises.sweep();
      return news(desk);
    };

    test('of a case about the privacy manager: the escalation address alone', async () => {
      expect(await courseOf({ aboutStaff: 'privacy_manager' })).toEqual([
        `case.apology to ${CUSTOMER}`,
        `case.missed to ${ESCALATION}`,
        `case.warning to ${ESCALATION}`,
        `case.warning to ${ESCALATION}`,
      ]);
    });

    test.each([
      [
        'a customer without an address and without a chat: nobody',
        { report: { whatHappened: 'x' } },
      ],
      ['an address that was not confirmed: nobody', { confirmed: false }],
    ])('of a miss, %s', async (_name, changes) => {
      expect((await courseOf(changes)).filter((each) => !each.startsWith('case.warning'))).toEqual(
        TOLD_MISSED,
      );
    });
  });

  describe('when the calendar has changed since the promise', () => {
    const plain = { weekend: [6, 7], opens: '09:00', closes: '18:00' };
    const WITH_HOLIDAY = parseCalendar({ ...plain, holidays: { '2026-11-25': 'Declared since' } });
    const offered = [`case.offer to ${MANAGER}`];
    const startedWith = (calendar: typeof CALENDAR, by = desk) =>
      by.promisesFor(undefined, by.termsOf(calendar)).offerExtensions();

    test('zammad#390: a holiday declared later moves nothing, and the extension is offered', async () => {
      const before = await found();
      await startedWith(WITH_HOLIDAY);
      const { text } = await mailOf(desk, 'case.offer');
      expect(text).toMatch(/has not moved: the answer is due by Monday 30 November/);
      expect(text).toMatch(/would be Tuesday 1 December 2026, 6:00 pm IST/);
      expect(text).toMatch(/#extend 2026-12-01/);
      expect(await news(desk)).toEqual(offered);
      const { rounds, clock } = await found();
      expect({ rounds, clock }).toEqual({ rounds: before.rounds, clock: before.clock });
      expect(await actionsOf(desk)).toEqual(['case.extensionOffered']);
    });

    test('once, however often the desk is started, and by how many processes', async () => {
      const other = await caseDesk(store);
      await Promise.all([
        startedWith(WITH_HOLIDAY),
        startedWith(WITH_HOLIDAY, other),
        startedWith(WITH_HOLIDAY),
      ]);
      await startedWith(WITH_HOLIDAY);
      expect([...(await news(desk)), ...(await news(other))]).toEqual(offered);
    });

    test('again when another one is declared', async () => {
      await startedWith(WITH_HOLIDAY);
      await news(desk);
      const holidays = { '2026-11-25': 'Declared since', '2026-11-26': 'Another' };
      await startedWith(parseCalendar({ ...plain, holidays }));
      expect(await news(desk)).toEqual(offered);
    });

    test('glpi#6902: warns, and judges, by the calendar that was promised by', async () => {
      const promises = desk.promisesFor(undefined, desk.termsOf(WITH_HOLIDAY));
      for (const [, instant, told] of COURSE) {
        desk.clock.set(instant);
        expect(await promises.sweep()).toBe(1);
        expect(await news(desk)).toEqual(told);
      }
    });

    test('a holiday withdrawn never shortens, and offers nothing', async () => {
      const since = await caseDesk(store, { calendar: WITH_HOLIDAY });
      const id = '22222222-2222-4222-8222-222222222222';
      await since.cases.open({ ...REPORTED, id });
      await news(since);
      await startedWith(CALENDAR);
      expect(await news(desk)).toEqual([]);
      const { rounds } = (await desk.records.cases.byId(id))!;
      expect(rounds[0]!.promise.dueAt).toEqual(at('12-01T18:00'));
    });

    test.each<[string, () => Promise<unknown>]>([
      ['is answered', () => answered('m1', at('11-24T10:00'))],
      ['is filed away', () => desk.handling.close(CASE_ID, deed('m1', DUE), 'spam', '')],
      ['has a later date already', () => extendedTo('2026-12-01')],
    ])('offers nothing for a case that %s', async (_name, act) => {
      await act();
      await news(desk);
      await startedWith(WITH_HOLIDAY);
      expect(await news(desk)).toEqual([]);
    });

    test('offers nothing for a case that is answered at that moment', async () => {
      const { cases } = desk.records;
      const overtaken = Object.assign(Object.create(cases) as CaseRecords, {
        async countedByAnotherCalendar(hash: string): Promise<Case[]> {
          const open = await cases.countedByAnotherCalendar(hash);
          await answered('m1', at('11-24T10:00'));
          return open;
        },
      });
      await startedWith(WITH_HOLIDAY, await caseDesk(store, { records: { cases: overtaken } }));
      expect(await news(desk)).not.toContainEqual(expect.stringContaining('case.offer'));
    });

    test('a new promise is counted by the calendar in force, and the first keeps its own', async () => {
      await answered('m1', at('11-24T10:00'));
      const since = await caseDesk(store, { calendar: WITH_HOLIDAY });
      const more = { mailId: 'f1', at: at('11-24T11:00'), subject: '', text: 'And who?' };
      await since.followUps.add(CASE_ID, { ...more, attachments: [] }, true);
      const { rounds } = await found();
      expect(rounds.map(({ promise }) => promise.dueAt)).toEqual([DUE, at('12-02T18:00')]);
      expect(new Set(rounds.map(({ promise }) => promise.calendarHash)).size).toBe(2);
    });
  });

  test('a late mail of the clock says in its subject only what is still true', async () => {
    desk.clock.set(APOLOGY);
    await desk.promises.sweep();
    await desk.settle();
    const subjects = desk.mails
      .filter(({ to }) => to === MANAGER)
      .map((mail) => [kindOf(mail), mail.subject.replace(/^\[.{12}\] /, '')]);
    const due = 'Monday 30 November 2026, 6:00 pm IST';
    expect(subjects.sort()).toEqual([
      ['case.missed', `MISSED: the answer was due ${due}`],
      ['case.warning', `No answer yet: answer due ${due}`],
      ['case.warning', `No answer yet: answer due ${due}`],
    ]);
  });
});
