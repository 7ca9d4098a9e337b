import type { Case } from '../../models/cases';
import type { Store } from '../../models/store';
import { parseCalendar } from '../../services/businessDays';
import { roundOf } from '../../services/caseRounds';
import type { Verdict } from '../../services/promiseVerdict';
import { CASE_ID, caseDesk, toOpen, type CaseDesk } from '../support/caseDesk';
import {
  actionsOf,
  CUSTOMER,
  deed,
  DUE,
  ESCALATION,
  mailOf,
  MANAGER,
  news,
  REPORTED,
  verdictsOf,
} from '../support/caseNews';
import { describeOnStores } from '../support/stores';

const MINUTE = 60_000;
const TUESDAY = '2026-11-24T05:00:00Z';
const LATER = (instant: Date, milliseconds: number): Date =>
  new Date(instant.getTime() + milliseconds);

describeOnStores('what staff do to a case', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
    await desk.cases.open(REPORTED);
    await news(desk);
  });

  const found = async (): Promise<Case> => (await desk.records.cases.byId(CASE_ID))!;
  const answered = (cause: string, at: Date | string, text = 'We looked.') =>
    desk.handling.answer(CASE_ID, deed(cause, at), text);

  describe('an answer', () => {
    test('stops the clock, and reaches the customer in chat and by mail, and staff as an echo', async () => {
      const handled = await answered('m1', TUESDAY, 'We looked.\nAll is well.');
      expect(handled.outcome).toBe('answered');
      expect(await news(desk)).toEqual([
        `case.answer to ${CUSTOMER}`,
        `case.echo to ${MANAGER}`,
        expect.stringMatching(
          /^chat: Here is the answer .*\n\nWe looked\.\nAll is well\.$/,
        ) as string,
      ]);
      const { clock, rounds } = await found();
      expect(clock).toBeUndefined();
      expect(rounds[0]!.answers).toEqual([
        { id: 'm1', answeredAt: new Date(TUESDAY), by: MANAGER, text: 'We looked.\nAll is well.' },
      ]);
      expect(await actionsOf(desk)).toEqual(['case.answered']);
    });

    test('is not shown in a chat that has been idle, which says only that it is there', async () => {
      await desk.handling.answer(CASE_ID, deed('m1', TUESDAY), 'A walrus did it.');
      await desk.settle();
      expect(desk.said).toEqual([
        expect.objectContaining({ text: expect.stringContaining('walrus') as string }),
      ]);
      expect(desk.said[0]!.whenIdle).toMatch(/is here/);
      expect(desk.said[0]!.whenIdle).not.toMatch(/walrus/);
    });

    test.each<[string, number, Verdict, boolean]>([
      ['a minute before it is due', -MINUTE, 'kept', false],
      ['at the very moment it is due', 0, 'kept', false],
      ['a millisecond after', 1, 'missed', true],
      ['a day after', 24 * 60 * MINUTE, 'missed', true],
    ])(
      'is judged by the moment of its receipt, whenever it is dealt with: %s',
      async (_name, after, verdict, sorry) => {
        desk.clock.set(LATER(DUE, 72 * 60 * MINUTE));
        await answered('m1', LATER(DUE, after));
        expect(await verdictsOf(desk)).toEqual([verdict]);
        const { text } = await mailOf(desk, 'case.answer');
        expect(text.includes('It is late, and we are sorry')).toBe(sorry);
        const echo = await mailOf(desk, 'case.echo');
        expect(echo.text).toMatch(sorry ? /the promise was missed/ : /the promise is kept/);
        const [, entry] = await desk.audit.entriesAbout('case', CASE_ID);
        expect(entry!.facts).toMatchObject({ kept: !sorry });
      },
    );

    test('after another goes out as a further one, and changes no verdict', async () => {
      await answered('m1', LATER(DUE, -MINUTE));
      await news(desk);
      const again = await answered('m2', LATER(DUE, 10 * MINUTE), 'One thing more.');
      expect(again.outcome).toBe('answeredAgain');
      expect((await mailOf(desk, 'case.answer')).text).not.toMatch(/late/);
      expect(await news(desk)).toEqual([
        `case.answer to ${CUSTOMER}`,
        `case.echo to ${MANAGER}`,
        expect.stringMatching(/^chat: There is a further answer .*One thing more\.$/s) as string,
      ]);
      expect(await verdictsOf(desk)).toEqual(['kept']);
      expect(await actionsOf(desk)).toEqual(['case.answered', 'case.answeredAgain']);
    });

    test('and another of the same second both go out, and one of them stopped the clock', async () => {
      const both = await Promise.all([
        answered('m1', TUESDAY, 'From one manager.'),
        answered('m2', TUESDAY, 'From the other.'),
      ]);
      expect(both.map(({ outcome }) => outcome).sort()).toEqual(['answered', 'answeredAgain']);
      const told = await news(desk);
      expect(told.filter((each) => each.startsWith('case.answer '))).toHaveLength(2);
      expect(told.filter((each) => each.startsWith('chat:'))).toHaveLength(2);
      expect(await actionsOf(desk)).toEqual(['case.answered', 'case.answeredAgain']);
      expect(roundOf(await found()).answers).toHaveLength(2);
    });

    test('twice is one, also at once and in two processes', async () => {
      const other = await caseDesk(store);
      const handled = await Promise.all([
        answered('m1', TUESDAY),
        answered('m1', TUESDAY),
        other.handling.answer(CASE_ID, deed('m1', TUESDAY), 'We looked.'),
      ]);
      expect((await answered('m1', TUESDAY)).outcome).toBe('known');
      expect(handled.map(({ outcome }) => outcome).sort()).toEqual(['answered', 'known', 'known']);
      expect(await news(desk)).toHaveLength(3);
      expect(roundOf(await found()).answers).toHaveLength(1);
    });

    test('received earlier and let through later is the one that the verdict goes by', async () => {
      await answered('late', LATER(DUE, MINUTE));
      await answered('early', LATER(DUE, -MINUTE));
      expect(await verdictsOf(desk)).toEqual(['kept']);
      expect(roundOf(await found()).answers.map(({ id }) => id)).toEqual(['early', 'late']);
    });

    test('by whoever it was, of many at once, none is lost', async () => {
      const causes = Array.from({ length: 12 }, (_, n) => `m${n}`);
      await Promise.all(causes.map((cause) => answered(cause, TUESDAY, cause)));
      const { answers } = roundOf(await found());
      expect(answers.map(({ id }) => id).sort()).toEqual([...causes].sort());
      expect((await news(desk)).filter((each) => each.startsWith('case.answer '))).toHaveLength(12);
    });

    test('says to staff that files were not passed on', async () => {
      await desk.handling.answer(CASE_ID, deed('m1', TUESDAY), 'See the file.', 1);
      expect((await mailOf(desk, 'case.echo')).text).toMatch(/not passed on/);
      expect((await mailOf(desk, 'case.answer')).text).not.toMatch(/not passed on/);
    });

    test('of a case that was filed away by mistake still goes out', async () => {
      await desk.handling.close(CASE_ID, deed('m1', TUESDAY), 'spam', '');
      await news(desk);
      expect((await answered('m2', TUESDAY)).outcome).toBe('answered');
      expect(await news(desk)).toContain(`case.answer to ${CUSTOMER}`);
    });

    test('to no such case changes nothing', async () => {
      const handled = await desk.handling.answer('none', deed('m1', TUESDAY), 'x');
      expect(handled).toEqual({ outcome: 'unknown' });
    });
  });

  describe('an answer after the case was opened again', () => {
    const FRIDAY = new Date('2026-11-27T05:00:00Z');
    beforeEach(async () => {
      await answered('m1', TUESDAY);
      const more = { mailId: 'f1', at: FRIDAY, subject: '', text: 'And who?', attachments: [] };
      await desk.followUps.add(CASE_ID, more, true);
      await news(desk);
    });

    test('stops the clock of the new promise, and leaves the first as it was', async () => {
      desk.clock.set(new Date('2026-12-20T05:00:00Z'));
      await answered('m2', new Date('2026-12-18T05:00:00Z'));
      expect((await found()).clock).toBeUndefined();
      expect(await verdictsOf(desk)).toEqual(['kept', 'missed']);
      expect((await mailOf(desk, 'case.answer')).text).toMatch(/Friday 4 December 2026.*late/s);
    });

    test('and received before that belongs to the first promise, and the clock runs on', async () => {
      const { clock } = await found();
      const handled = await answered('m2', LATER(FRIDAY, -MINUTE), 'One thing more.');
      expect(handled.outcome).toBe('answeredAgain');
      const { rounds, clock: after } = await found();
      expect(rounds.map(({ answers }) => answers.length)).toEqual([2, 0]);
      expect(after).toEqual(clock);
      expect(await news(desk)).toContain(`case.answer to ${CUSTOMER}`);
      expect(await verdictsOf(desk)).toEqual(['kept', 'open']);
    });
  });

  describe('a customer who', () => {
    test('gave no address is told in the chat alone', async () => {
      const id = '22222222-2222-4222-8222-222222222222';
      await desk.cases.open({ ...REPORTED, id, report: { whatHappened: 'x' } });
      await news(desk);
      await desk.handling.answer(id, deed('m1', TUESDAY), 'We looked.');
      expect(await news(desk)).toEqual([
        `case.echo to ${MANAGER}`,
        expect.stringContaining('chat:') as string,
      ]);
    });

    test('did not confirm their address is not written to', async () => {
      const id = '22222222-2222-4222-8222-222222222222';
      await desk.cases.open(toOpen({ id, confirmed: false }));
      await news(desk);
      await desk.handling.answer(id, deed('m1', TUESDAY), 'We looked.');
      await desk.handling.extend(id, deed('m2', TUESDAY), '2026-12-10', 'We wait.');
      expect(await news(desk)).toEqual([`case.echo to ${MANAGER}`]);
    });
  });

  test('a case about the privacy manager is answered, extended and closed past the managers', async () => {
    const id = '22222222-2222-4222-8222-222222222222';
    await desk.cases.open({ ...toOpen({ aboutStaff: 'privacy_manager' }), id });
    await news(desk);
    await desk.handling.note(id, deed('m1', TUESDAY, ESCALATION), 'x');
    await desk.handling.extend(id, deed('m2', TUESDAY, ESCALATION), '2026-12-10', 'We wait.');
    await desk.handling.answer(id, deed('m3', TUESDAY, ESCALATION), 'We looked.');
    await desk.handling.undelivered(id, 'back-1', 'the answer', '550', 'staff');
    await desk.handling.close(id, deed('m4', TUESDAY, ESCALATION), 'closed', '');
    const told = await news(desk);
    expect(told).not.toContainEqual(expect.stringContaining(MANAGER));
    expect(told.filter((each) => each.endsWith(ESCALATION))).toHaveLength(5);
  });

  describe('a note', () => {
    test('is kept, confirmed to staff, and neither told nor an answer', async () => {
      const { clock } = await found();
      const handled = await desk.handling.note(CASE_ID, deed('m1', TUESDAY), 'A walrus.');
      expect(handled.outcome).toBe('noted');
      expect(await news(desk)).toEqual([`case.done to ${MANAGER}`]);
      const noted = await found();
      expect(noted.notes).toEqual([{ at: new Date(TUESDAY), by: MANAGER, text: 'A walrus.' }]);
      expect(noted.clock).toEqual(clock);
      expect(noted.rounds[0]!.answers).toEqual([]);
    });

    test('twice is one', async () => {
      for (let n = 0; n < 2; n += 1) await desk.handling.note(CASE_ID, deed('m1', TUESDAY), 'x');
      expect((await found()).notes).toHaveLength(1);
      expect(await news(desk)).toHaveLength(1);
    });
  });

  describe('an extension', () => {
    const extended = (cause: string, date: string, at: Date | string = TUESDAY) =>
      desk.handling.extend(CASE_ID, deed(cause, at), date, 'The bank has not written back.');

    test('is told to the customer in chat and mail with its reason, and confirmed to staff', async () => {
      expect((await extended('m1', '2026-12-04')).outcome).toBe('extended');
      const { text } = await mailOf(desk, 'case.extended');
      expect(text).toMatch(/Friday 4 December 2026, 6:00 pm IST/);
      expect(text).toMatch(/instead of Monday 30 November 2026/);
      expect(text).toMatch(/The bank has not written back\./);
      expect(await news(desk)).toEqual([
        `case.done to ${MANAGER}`,
        `case.extended to ${CUSTOMER}`,
        expect.stringMatching(/^chat: .*4 December.*The bank has not written back\./) as string,
      ]);
      expect(await actionsOf(desk)).toEqual(['case.extended']);
    });

    test('stands beside the promise: warnings go by the later date, the verdict by the first', async () => {
      await extended('m1', '2026-12-04');
      const { clock, rounds } = await found();
      expect(clock).toEqual({ event: 'warning2', nextAt: new Date('2026-12-02T03:30:00Z') });
      expect(rounds[0]!.promise.dueAt).toEqual(DUE);
      await answered('m2', LATER(DUE, MINUTE));
      expect(await verdictsOf(desk)).toEqual(['missed']);
      expect((await mailOf(desk, 'case.answer')).text).toMatch(/promised it by Monday 30 Nov/);
    });

    test.each<[string, string, string]>([
      ['the date that is promised', '2026-11-30', 'notLater'],
      ['an earlier one', '2026-11-27', 'notLater'],
      ['one long ago', '2020-01-06', 'notLater'],
      ['a Sunday', '2026-12-06', 'closedDay'],
      ['a Saturday', '2026-12-05', 'closedDay'],
      ['63 days after it', '2027-02-01', 'tooFar'],
      ['a day of the next year by a slip', '2027-12-07', 'tooFar'],
    ])('to %s is not made, and nobody is told', async (_name, date, outcome) => {
      const { clock } = await found();
      expect((await extended('m1', date)).outcome).toBe(outcome);
      expect(await news(desk)).toEqual([]);
      expect((await found()).rounds[0]!.extensions).toEqual([]);
      expect((await found()).clock).toEqual(clock);
    });

    test('to 62 days after the date that is promised, and so far again after that', async () => {
      const calendar = parseCalendar({
        ...{ weekend: [6, 7], opens: '09:00', closes: '18:00' },
        workingDays: ['2027-01-31', '2027-04-03'],
      });
      const working = await caseDesk(store, { calendar });
      const to = async (date: string) =>
        (await working.handling.extend(CASE_ID, deed(date, TUESDAY), date, 'x')).outcome;
      expect(await to('2027-02-01')).toBe('tooFar');
      expect(await to('2027-01-31')).toBe('extended');
      expect(await to('2027-04-05')).toBe('tooFar');
      expect(await to('2027-04-03')).toBe('extended');
    });

    test('to a date that is over when it is asked for is not made', async () => {
      expect((await extended('m1', '2026-12-04', '2026-12-07T05:00:00Z')).outcome).toBe('notLater');
    });

    test('to a later date still, but not back again', async () => {
      await extended('m1', '2026-12-04');
      expect((await extended('m2', '2026-12-03')).outcome).toBe('notLater');
      expect((await extended('m3', '2026-12-08')).outcome).toBe('extended');
      expect((await found()).rounds[0]!.extensions.map(({ dueAt }) => dueAt)).toEqual([
        new Date('2026-12-04T12:30:00Z'),
        new Date('2026-12-08T12:30:00Z'),
      ]);
    });

    test('of a promise that was missed promises again, and the verdict stays', async () => {
      desk.clock.set(LATER(DUE, 60 * MINUTE));
      await desk.promises.sweep();
      await extended('m1', '2026-12-04', desk.clock.now());
      expect((await found()).clock?.event).toBe('warning2');
      expect(await verdictsOf(desk)).toEqual(['missed']);
    });

    test('ends at the close of a short day, and not on a holiday', async () => {
      const calendar = parseCalendar({
        ...{ weekend: [6, 7], opens: '09:00', closes: '18:00' },
        holidays: { '2026-12-25': 'Christmas' },
        shortDays: { '2026-12-24': '13:00' },
      });
      const id = '22222222-2222-4222-8222-222222222222';
      const other = await caseDesk(store, { calendar });
      await other.cases.open({ ...REPORTED, id });
      const to = (date: string) => other.handling.extend(id, deed(date, TUESDAY), date, 'x');
      expect((await to('2026-12-25')).outcome).toBe('closedDay');
      expect((await to('2026-12-24')).outcome).toBe('extended');
      const { extensions } = roundOf((await other.records.cases.byId(id))!);
      expect(extensions[0]!.dueAt).toEqual(new Date('2026-12-24T07:30:00Z'));
    });

    test('goes by the calendar in force, also where the promise was counted by another', async () => {
      const calendar = parseCalendar({
        ...{ weekend: [6, 7], opens: '09:00', closes: '18:00' },
        holidays: { '2026-12-03': 'Declared since' },
        workingDays: ['2026-12-05'],
      });
      const since = await caseDesk(store, { calendar });
      const to = (date: string) => since.handling.extend(CASE_ID, deed(date, TUESDAY), date, 'x');
      expect((await to('2026-12-03')).outcome).toBe('closedDay');
      expect((await to('2026-12-05')).outcome).toBe('extended');
    });

    test('of a case that is answered or closed is not made', async () => {
      await answered('m1', TUESDAY);
      expect((await extended('m2', '2026-12-04')).outcome).toBe('notOpen');
      await desk.handling.close(CASE_ID, deed('m3', TUESDAY), 'closed', 'Done.');
      expect((await extended('m4', '2026-12-04')).outcome).toBe('notOpen');
    });

    test('twice for the same cause is one, also at once', async () => {
      await Promise.all([extended('m1', '2026-12-04'), extended('m1', '2026-12-04')]);
      expect((await found()).rounds[0]!.extensions).toHaveLength(1);
      expect(await news(desk)).toHaveLength(3);
    });
  });

  describe('closing', () => {
    const closed = (cause: string, as: 'closed' | 'spam' | 'notPrivacy', reason = '') =>
      desk.handling.close(CASE_ID, deed(cause, TUESDAY), as, reason);

    test('without an answer needs a reason', async () => {
      const before = await found();
      expect((await closed('m1', 'closed')).outcome).toBe('needsReason');
      expect(await found()).toEqual(before);
      expect(await news(desk)).toEqual([]);
    });

    test('with a reason tells the customer in chat and mail, and never counts as kept', async () => {
      expect((await closed('m1', 'closed', 'It was a test.')).outcome).toBe('closed');
      expect((await mailOf(desk, 'case.closed')).text).toMatch(/It was a test\./);
      expect(await news(desk)).toEqual([
        `case.closed to ${CUSTOMER}`,
        `case.done to ${MANAGER}`,
        expect.stringMatching(/^chat: We have closed your case .*It was a test\./) as string,
      ]);
      expect((await found()).clock).toBeUndefined();
      expect(await verdictsOf(desk)).toEqual(['closedUnanswered']);
      expect(await actionsOf(desk)).toEqual(['case.closed']);
    });

    test('after an answer needs no reason and tells nobody but staff', async () => {
      await answered('m1', TUESDAY);
      await news(desk);
      expect((await closed('m2', 'closed')).outcome).toBe('closed');
      expect(await news(desk)).toEqual([`case.done to ${MANAGER}`]);
      expect(await verdictsOf(desk)).toEqual(['kept']);
    });

    test.each<['spam' | 'notPrivacy']>([['spam'], ['notPrivacy']])(
      'zammad#4353: as %s stops the clock, is counted apart and tells nobody but staff',
      async (as) => {
        expect((await closed('m1', as)).outcome).toBe('closed');
        expect(await news(desk)).toEqual([`case.done to ${MANAGER}`]);
        expect((await found()).clock).toBeUndefined();
        expect(await verdictsOf(desk)).toEqual(['notCounted']);
        expect(await actionsOf(desk)).toEqual(['case.filed']);
        desk.clock.set(new Date('2026-12-20T05:00:00Z'));
        expect(await desk.promises.sweep()).toBe(0);
      },
    );

    test('twice is said to be so, and is one for the same cause', async () => {
      await closed('m1', 'closed', 'A test.');
      await news(desk);
      expect((await closed('m1', 'closed', 'A test.')).outcome).toBe('known');
      expect((await closed('m2', 'spam')).outcome).toBe('closedBefore');
      expect(await news(desk)).toEqual([]);
      expect((await found()).rounds[0]!.closing).toMatchObject({ as: 'closed', reason: 'A test.' });
    });
  });

  describe('a mail that came back', () => {
    const marks = async () =>
      (await found()).rounds.map(({ answers }) => answers.map(({ undelivered }) => undelivered));

    test('is marked once, and alarms staff once', async () => {
      await answered('m1', TUESDAY);
      const carrying = await mailOf(desk, 'case.answer');
      await answered('m2', LATER(new Date(TUESDAY), MINUTE));
      await news(desk);
      const back = () =>
        desk.handling.undelivered(CASE_ID, `back-${carrying.id}`, 'the answer', '550', 'answer');
      const twice = await Promise.all([back(), back()]);
      expect(twice.map(({ outcome }) => outcome).sort()).toEqual(['known', 'marked']);
      const { text } = await mailOf(desk, 'case.undelivered');
      expect(text).toMatch(/The answer came back undelivered \(550\)/);
      expect(text).toMatch(/can still be reached in the chat/);
      expect(await news(desk)).toEqual([`case.undelivered to ${MANAGER}`]);
      expect(await marks()).toEqual([[true, undefined]]);
      expect(await verdictsOf(desk)).toEqual(['kept']);
    });

    test('with the answer of an earlier promise marks that answer', async () => {
      await answered('m1', TUESDAY);
      const carrying = await mailOf(desk, 'case.answer');
      const more = { mailId: 'f1', subject: '', text: 'And who?', attachments: [] };
      await desk.followUps.add(CASE_ID, { ...more, at: new Date('2026-11-27T05:00:00Z') }, true);
      await answered('m2', '2026-11-27T06:00:00Z');
      await desk.handling.undelivered(CASE_ID, `back-${carrying.id}`, 'x', '550', 'answer');
      expect(await marks()).toEqual([[true], [undefined]]);
    });

    test('to one of the staff alarms all of them, and marks no answer', async () => {
      await answered('m1', TUESDAY);
      await news(desk);
      await desk.handling.undelivered(CASE_ID, 'back-1', `a mail to ${MANAGER}`, '550', 'staff');
      expect(await news(desk)).toEqual([
        `case.undelivered to ${ESCALATION}`,
        `case.undelivered to ${MANAGER}`,
      ]);
      expect(roundOf(await found()).answers[0]!.undelivered).toBeUndefined();
    });
  });

  describe('when one of the staff is away', () => {
    const away = (who = MANAGER) => desk.handling.staffAway(CASE_ID, who, 'deputy@example.com');

    test('the next one is asked once, however often and however it is written', async () => {
      await Promise.all([away(), away()]);
      await away('Manager@Example.com');
      expect(await news(desk)).toEqual(['case.staffAway to deputy@example.com']);
      await away('second@example.com');
      expect(await news(desk)).toEqual(['case.staffAway to deputy@example.com']);
      expect((await found()).clock?.event).toBe('warning2');
    });

    test('and again for another promise, but not while none is owed', async () => {
      await away();
      await answered('m1', TUESDAY);
      await news(desk);
      expect((await away('second@example.com')).outcome).toBe('answered');
      const more = { ...{ mailId: 'f1', subject: '', text: 'And who?' }, attachments: [] };
      await desk.followUps.add(CASE_ID, { ...more, at: new Date('2026-11-27T05:00:00Z') }, true);
      await news(desk);
      expect((await away()).outcome).toBe('passedOn');
      expect(await news(desk)).toEqual(['case.staffAway to deputy@example.com']);
    });
  });

  test('whoever asked for what was not done is told alone, once', async () => {
    for (let n = 0; n < 2; n += 1)
      await desk.handling.notDone(CASE_ID, deed('m1', TUESDAY, 'deputy@example.com'), 'Why.');
    expect(await news(desk)).toEqual(['case.notDone to deputy@example.com']);
  });

  test('a crash after a change and before what follows from it loses nothing', async () => {
    await answered('m1', TUESDAY);
    const restarted = await caseDesk(store);
    expect(await news(restarted)).toHaveLength(3);
    expect(await news(desk)).toEqual([]);
  });

  test('the log of who did what names nobody, and tells one of the staff from another', async () => {
    await desk.handling.note(CASE_ID, deed('m1', TUESDAY), 'x');
    await desk.handling.note(CASE_ID, deed('m2', TUESDAY, ESCALATION), 'x');
    await desk.handling.note(CASE_ID, deed('m3', TUESDAY, 'operator'), 'x');
    await desk.effects.sweep();
    const [, ...entries] = await desk.audit.entriesAbout('case', CASE_ID);
    expect(entries.map(({ by }) => by)).toEqual([
      desk.audit.fingerprint(MANAGER),
      desk.audit.fingerprint(ESCALATION),
      'operator',
    ]);
  });

  test('at rest there is no word of answers, notes, reasons and addresses in clear', async () => {
    await desk.handling.note(CASE_ID, deed('m1', TUESDAY), 'A walrus.');
    await desk.handling.extend(CASE_ID, deed('m2', TUESDAY), '2026-12-04', 'A walrus.');
    await answered('m3', TUESDAY, 'A walrus.');
    await desk.handling.close(CASE_ID, deed('m4', TUESDAY), 'closed', 'A walrus.');
    const dump = async (): Promise<string> => {
      const names = (await store.connection.listCollections()).map(({ name }) => name);
      const all = names.map((name) => store.connection.collection(name).find().toArray());
      return JSON.stringify(await Promise.all(all));
    };
    expect(await dump()).not.toMatch(/walrus|example\.|@example/i);
    await news(desk);
    expect(await dump()).not.toMatch(/walrus|example\.|@example/i);
  });
});
