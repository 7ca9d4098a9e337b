import { CaseRecords, type Case } from '../../models/cases';
import type { Store } from '../../models/store';
import { CaseBoard, type BoardFilter } from '../../services/caseBoard';
import { promisesByMonth } from '../../services/promisesByMonth';
import { CASE_ID, caseDesk, toOpen, ZONE, type CaseDesk } from '../support/caseDesk';
import {
  actionsOf,
  deed,
  DUE,
  ESCALATION,
  mailOf,
  news,
  REPORTED,
  verdictsOf,
} from '../support/caseNews';
import { describeOnStores } from '../support/stores';

const DAY = 24 * 60 * 60 * 1000;
const MONDAY = new Date('2026-11-23T04:00:00Z');
const idOf = (n: number): string => `${String(n).padStart(8, '0')}-1111-4111-8111-111111111111`;
const everything = (cases: readonly Case[]) => Promise.resolve(cases);

describeOnStores('the list of cases', (open) => {
  let store: Store;
  let desk: CaseDesk;
  let board: CaseBoard;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
    board = new CaseBoard({ ...desk, records: desk.records.cases });
  });

  /** Opens a case that was received so many days before Monday. */
  const opened = async (
    n: number,
    daysAgo: number,
    over: Partial<Parameters<typeof toOpen>[0]> = {},
  ) => {
    const receivedAt = new Date(MONDAY.getTime() - daysAgo * DAY);
    const report = { whatHappened: `Number ${n} of them.`, email: `c${n}@example.org` };
    await desk.cases.open(toOpen({ id: idOf(n), receivedAt, report, ...over }));
  };
  const listed = async (filter: BoardFilter = {}, among: typeof everything = everything) =>
    (await board.list(filter, among)).rows.map((row) => Number(row.case.id.slice(0, 8)));

  test('holds the open ones, soonest due first, with the time that is left', async () => {
    await opened(1, 0);
    await opened(2, 10);
    await opened(3, 3);
    const { rows, more } = await board.list({}, everything);
    expect(more).toBe(false);
    expect(rows.map(({ standing, left }) => `${standing}: ${left}`)).toEqual([
      ...['late: 1 business day late', 'open: 4 business days left', 'open: 5 business days left'],
    ]);
    expect(rows.map((row) => row.case.id)).toEqual([idOf(2), idOf(3), idOf(1)]);
  });

  test('goes by state, and by the date that a case was extended to', async () => {
    for (const n of [1, 2, 3, 4]) await opened(n, n);
    await desk.handling.answer(idOf(1), deed('a', desk.clock.now()), 'It is done.');
    await desk.handling.close(idOf(2), deed('c', desk.clock.now()), 'spam', '');
    await desk.handling.extend(idOf(4), deed('e', desk.clock.now()), '2026-12-15', 'Away.');
    expect(await listed()).toEqual([3, 4]);
    expect(await listed({ state: 'answered' })).toEqual([1]);
    expect(await listed({ state: 'closed' })).toEqual([2]);
    expect(await listed({ state: 'all' })).toEqual([4, 1, 2, 3]);
    const [, extended] = (await board.list({}, everything)).rows;
    expect(extended).toMatchObject({ extended: true, dueAt: new Date('2026-12-15T12:30:00Z') });
  });

  test('goes by kind, urgency and words', async () => {
    await opened(1, 0);
    await opened(2, 0, { kind: 'complaint', urgency: 'normal' });
    await opened(3, 0, { kind: 'complaint', report: { whatHappened: 'A ZEBRA read “it”.' } });
    const { reference } = (await desk.records.cases.byId(idOf(2)))!;
    expect(await listed({ kind: 'complaint' })).toEqual([2, 3]);
    expect(await listed({ kind: 'complaint', urgency: 'high' })).toEqual([3]);
    expect(await listed({ text: ' zebra  read ' })).toEqual([3]);
    expect(await listed({ text: 'zebra slept' })).toEqual([]);
    expect(await listed({ text: 'c1@EXAMPLE.org' })).toEqual([1]);
    expect(await listed({ text: reference.toLowerCase() })).toEqual([2]);
  });

  test('shows nobody, and finds for nobody, what they may not see', async () => {
    for (const n of [1, 2, 3]) await opened(n, n);
    const among = (cases: readonly Case[]) =>
      Promise.resolve(cases.filter(({ id }) => id !== idOf(2)));
    expect(await listed({}, among)).toEqual([1, 3]);
    expect(await listed({ text: 'number 2' }, among)).toEqual([]);
  });

  test('says when there are more than it shows', async () => {
    const first = (await desk.cases.open(toOpen()), await desk.records.cases.byId(CASE_ID))!;
    for (let n = 0; n < 250; n += 1)
      await desk.records.cases.insert(
        { ...first, id: idOf(n), reference: `PD-0000-${String(n).padStart(4, '0')}` },
        [],
      );
    const { rows, more } = await board.list({}, everything);
    expect({ rows: rows.length, more }).toEqual({ rows: 200, more: true });
    expect((await board.list({ text: 'PD-0000-0249' }, everything)).rows).toHaveLength(1);
  });

  test('holds cases that were stored before there was a list', async () => {
    await opened(1, 0);
    await opened(2, 0);
    await desk.handling.answer(idOf(2), deed('a', desk.clock.now()), 'It is done.');
    await store.connection.collection('cases').updateMany({}, { $unset: { board: 1 } });
    expect(await listed()).toEqual([]);
    await new CaseRecords(store).ensureIndexes();
    expect(await listed()).toEqual([1]);
    expect(await listed({ state: 'answered' })).toEqual([2]);
  });

  test('a case of a conversation is found by it', async () => {
    await opened(1, 0);
    await opened(2, 0, { conversationId: 'other' });
    const found = await desk.records.cases.ofConversation('other');
    expect(found.map(({ id }) => id)).toEqual([idOf(2)]);
  });

  test('and the promises of twelve months count each promise in its month', async () => {
    await opened(1, 0);
    await opened(2, 40);
    await opened(3, 40);
    await desk.handling.answer(idOf(3), deed('a', new Date('2026-10-15T05:00:00Z')), 'Done.');
    await opened(4, 400);
    const months = await promisesByMonth({
      records: desk.records.cases,
      zone: ZONE,
      clock: desk.clock,
    });
    expect(months).toHaveLength(12);
    expect(months[0]?.month).toBe('2025-12');
    expect(months.slice(-2)).toEqual([
      { month: '2026-10', kept: 1, missed: 1, open: 0, closedUnanswered: 0 },
      { month: '2026-11', kept: 0, missed: 0, open: 1, closedUnanswered: 0 },
    ]);
    expect(months.slice(0, -2).every(({ missed }) => missed === 0)).toBe(true);
  });
});

describeOnStores('a case of which staff', (open) => {
  let desk: CaseDesk;
  const found = async () => (await desk.records.cases.byId(CASE_ID))!;
  const LATER = '2026-12-01T05:00:00Z';
  beforeEach(async () => {
    desk = await caseDesk(await open());
    await desk.cases.open(REPORTED);
    await news(desk);
  });
  const answered = async () => {
    await desk.handling.answer(CASE_ID, deed('a', '2026-11-24T05:00:00Z'), 'It is done.');
    await news(desk);
    desk.clock.set(new Date(LATER));
  };

  test('open an answered one again has a new promise, and the customer is told why', async () => {
    await answered();
    const reopened = await desk.handling.reopen(CASE_ID, deed('r', LATER), 'The audit says more.');
    expect(reopened.outcome).toBe('reopened');
    const [first, second, ...more] = (await found()).rounds;
    expect(more).toEqual([]);
    expect(first?.promise.dueAt).toEqual(DUE);
    expect(second).toMatchObject({
      promise: { receivedAt: new Date(LATER), dueAt: new Date('2026-12-08T12:30:00Z') },
      reopened: { at: new Date(LATER), by: 'manager@example.com', reason: 'The audit says more.' },
    });
    expect((await found()).clock?.event).toBe('warning2');
    expect(await verdictsOf(desk)).toEqual(['kept', 'open']);
    expect((await mailOf(desk, 'case.reopened')).text).toContain(
      'Received: Opened again by staff on',
    );
    expect((await mailOf(desk, 'case.reopenedForYou')).text).toContain('The audit says more.');
    expect(await news(desk)).toEqual([
      ...['case.reopened to manager@example.com', 'case.reopenedForYou to Rina.Sen@example.org'],
      expect.stringMatching(/^chat: We look at your case PD-.* once more/),
    ]);
    expect(await actionsOf(desk)).toEqual(['case.answered', 'case.reopened']);
  });

  test('open again by one cause is opened once', async () => {
    await answered();
    await Promise.all([1, 2].map(() => desk.handling.reopen(CASE_ID, deed('r', LATER), 'More.')));
    expect((await found()).rounds).toHaveLength(2);
  });

  test.each([
    ['that is open stays as it is', false, 'More.', 'stillOpen'],
    ['opened again without a reason stays as it is', true, '  ', 'needsReason'],
  ])('%s', async (_what, isAnswered, reason, outcome) => {
    if (isAnswered) await answered();
    const { revision } = await found();
    const handled = await desk.handling.reopen(CASE_ID, deed('r', LATER), reason);
    expect(handled.outcome).toBe(outcome);
    expect((await found()).revision).toBe(revision);
    expect(await news(desk)).toEqual([]);
  });

  test('say whom it is about keeps that, is about staff from then on, and tells the escalation address alone', async () => {
    const name = (cause: string, ids: string[]) =>
      desk.handling.name(
        CASE_ID,
        deed(cause, desk.clock.now()),
        ids.map((accountId) => ({ accountId, name: accountId })),
      );
    expect((await name('n1', ['tom', 'neha', 'tom'])).outcome).toBe('named');
    expect(await found()).toMatchObject({ namedStaff: ['neha', 'tom'], aboutStaff: 'staff' });
    expect((await mailOf(desk, 'case.named')).text).toContain(
      'manager@example.com has named whom this case is about: tom, neha.',
    );
    expect((await name('n1', [])).outcome).toBe('known');
    expect((await name('n2', ['tom', 'neha'])).outcome).toBe('unchanged');
    expect((await name('n3', [])).outcome).toBe('named');
    expect(await found()).toMatchObject({ namedStaff: [], aboutStaff: 'staff' });
    expect(
      (
        await name(
          'n4',
          Array.from({ length: 17 }, (_, n) => `a${n}`),
        )
      ).outcome,
    ).toBe('tooMany');
    expect(await news(desk)).toEqual([
      `case.named to ${ESCALATION}`,
      `case.named to ${ESCALATION}`,
    ]);

    const entries = await desk.audit.entriesAbout('case', CASE_ID);
    const naming = entries.filter(({ action }) => action === 'case.named');
    expect(naming.map(({ facts }) => facts)).toEqual([
      { count: 2, account1: 'neha', account2: 'tom' },
      { count: 0 },
    ]);
  });
});
