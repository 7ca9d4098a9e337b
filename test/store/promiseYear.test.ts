import type { Store } from '../../models/store';
import { parseCalendar, readCalendar } from '../../services/businessDays';
import { caseDesk, type CaseDesk } from '../support/caseDesk';
import { deed } from '../support/caseNews';
import { describeOnStores } from '../support/stores';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Kolkata has kept this distance to UTC all through the year. */
const OFFSET = 5.5 * HOUR;

const SHIPPED = readCalendar('knowledge/calendar.json');
const HOLIDAYS: Readonly<Record<string, string>> = {
  '2026-03-03': 'Holi',
  '2026-03-04': 'The day after Holi',
  '2026-05-01': 'May Day',
  '2026-10-19': 'Durga Puja',
  '2026-10-20': 'Durga Puja',
  '2026-10-21': 'Durga Puja',
  '2026-10-22': 'Durga Puja',
  '2026-10-23': 'Durga Puja',
  '2026-11-09': 'Diwali',
  '2026-12-25': 'Christmas',
};
const CALENDAR = parseCalendar({
  ...SHIPPED,
  holidays: { ...SHIPPED.holidays, ...HOLIDAYS },
  shortDays: { '2026-03-02': '13:00', '2026-12-24': '13:00', '2026-12-31': '09:30' },
  workingDays: ['2026-03-07', '2026-10-31'],
});

/*
 * The promise and its events counted again, knowing nothing of the product's own counting: days are whole numbers, and
 * hours are added to them.
 */

type Day = number;
const dayOf = (instant: number): Day => Math.floor((instant + OFFSET) / DAY);
const dateOf = (day: Day): string => new Date(day * DAY).toISOString().slice(0, 10);
/** 1 January 1970 was a Thursday. */
const isWeekend = (day: Day): boolean => [2, 3].includes(((day % 7) + 7) % 7);
const isOpen = (day: Day): boolean =>
  !(dateOf(day) in CALENDAR.holidays) &&
  (!isWeekend(day) || CALENDAR.workingDays.includes(dateOf(day)));
const instantOf = (day: Day, time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return day * DAY + hours * HOUR + minutes * MINUTE - OFFSET;
};

function openDays(from: Day, count: number, step: 1 | -1): Day {
  let day = from;
  for (let left = count; left > 0; left -= isOpen(day) ? 1 : 0) day += step;
  return day;
}

/** Every event of a promise for something received then, in words. */
function courseOf(received: number): { name: string; at: number }[] {
  const dueDay = openDays(dayOf(received), 5, 1);
  const due = instantOf(dueDay, CALENDAR.shortDays[dateOf(dueDay)] ?? '18:00');
  return [
    { name: 'warning2', at: instantOf(openDays(dueDay, 2, -1), '09:00') },
    { name: 'warning1', at: instantOf(openDays(dueDay, 1, -1), '09:00') },
    { name: 'missed', at: due + 1 },
    { name: 'apology', at: instantOf(openDays(dueDay, 1, 1), '09:00') },
  ];
}

/** Numbers from 0 to 1 that look like chance and are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Planned {
  readonly id: string;
  readonly received: number;
  /** When it is answered, if ever. */
  readonly answered?: number;
}

const CASES = 200;
const chance = seeded(20_260_101);
const START = Date.parse('2026-01-01T00:00:00+05:30');

const PLANNED: readonly Planned[] = Array.from({ length: CASES }, (_, n) => {
  const received = Math.floor(START + chance() * 364 * DAY);
  const due = courseOf(received)[2]!.at - 1;
  // One of three is never answered; one in eight on the very edge; the others up to three days after they are due.
  const kind = n % 8;
  const late = received + Math.floor(chance() * (due + 3 * DAY - received));
  const answered = n % 3 === 0 ? undefined : kind === 1 ? due : kind === 2 ? due + 1 : late;
  return {
    id: `44444444-4444-4444-8444-${String(n).padStart(12, '0')}`,
    received,
    ...(answered === undefined ? {} : { answered }),
  };
});

/** What has to happen: an event comes before an answer of the same millisecond, as the sweep does below. */
const EXPECTED = PLANNED.flatMap(({ id, received, answered = Infinity }) =>
  courseOf(received)
    .filter(({ at }) => at <= answered)
    .map(({ name, at }) => ({ at, id, name })),
);

describeOnStores('the clock run through the year', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store, { calendar: CALENDAR });
  });

  /** Everything that the log says the clock has done, with the instant at which it was done. */
  const happened = async () => {
    await desk.effects.sweep();
    const names = ['case.warned', 'case.missed', 'case.apologised'];
    const events: { at: number; id: string; name: string; planned: string }[] = [];
    for await (const { action, at, about, facts = {} } of desk.audit.entries())
      if (names.includes(action))
        events.push({
          ...{ at: at.getTime(), id: about.id },
          ...{ name: String(facts.event), planned: String(facts.planned) },
        });
    return events;
  };
  const sorted = <T extends { at: number; id: string; name: string }>(events: readonly T[]) =>
    [...events].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1) || (a.name < b.name ? -1 : 1));

  const opened = ({ id, received }: Planned): Promise<unknown> => {
    const whatHappened = `Report ${id}`;
    return desk.cases.open({
      ...{ id, kind: 'breach', urgency: 'high', aboutStaff: 'no', confirmed: true },
      ...{ channel: 'chat', receivedAt: new Date(received), report: { whatHappened } },
    });
  };
  const answer = ({ id, answered = 0 }: Planned): Promise<unknown> =>
    desk.handling.answer(id, deed(`m-${id}`, new Date(answered)), 'We looked.');

  test('minute by minute around every edge: each event once, at its time, and no other', async () => {
    /** What is done at an instant: sweeps around the edges, then what customers and staff do. */
    const acts = new Map<number, (() => Promise<unknown>)[]>();
    const plan = (at: number, ...act: (() => Promise<unknown>)[]): void => {
      acts.set(at, [...(acts.get(at) ?? []), ...act]);
    };
    for (const each of PLANNED) {
      for (const { at } of courseOf(each.received))
        for (const around of [-MINUTE, -1, 0, 1, MINUTE]) plan(at + around);
      plan(each.received, () => opened(each));
      if (each.answered !== undefined) plan(each.answered, () => answer(each));
    }
    for (const at of [...acts.keys()].sort((a, b) => a - b)) {
      desk.clock.set(new Date(at));
      if ((await desk.promises.sweep()) > 0) await desk.effects.sweep();
      for (const act of acts.get(at) ?? []) await act();
    }

    const events = await happened();
    expect(sorted(events).map(({ planned: _planned, ...each }) => each)).toEqual(sorted(EXPECTED));
    for (const { at, planned } of events) expect(Date.parse(planned)).toBe(at);
    expect(await desk.records.cases.clockDue(new Date('2100-01-01T00:00Z'), 10, 0)).toEqual([]);
    expect(new Set(EXPECTED.map(({ name }) => name)).size).toBe(4);
    expect(EXPECTED.length).toBeGreaterThan(CASES);
  }, 60_000);

  test('by a desk that stands still for days on end: each event once, never early, in order', async () => {
    const unanswered = PLANNED.filter(({ answered }) => answered === undefined)
      .slice(0, 30)
      .sort((one, other) => one.received - other.received);
    const toCome = [...unanswered];
    for (let now = START; now < START + 400 * DAY; now += DAY * (1 + Math.floor(chance() * 12))) {
      while (toCome[0] && toCome[0].received <= now) {
        desk.clock.set(new Date(toCome[0].received));
        await opened(toCome.shift()!);
      }
      desk.clock.set(new Date(now + 11 * HOUR));
      await desk.promises.sweep();
    }
    const events = await happened();
    for (const { at, planned } of events) expect(at).toBeGreaterThanOrEqual(Date.parse(planned));
    for (const { id, received } of unanswered) {
      const course = events.filter((each) => each.id === id).map(({ name }) => name);
      expect(course).toEqual(courseOf(received).map(({ name }) => name));
    }
  });
});
