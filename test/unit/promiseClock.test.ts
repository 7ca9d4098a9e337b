import { DateTime } from 'luxon';
import { CLOCK_EVENTS, type ClockEventName } from '../../models/caseContent';
import { dueAt, parseCalendar, type Calendar } from '../../services/businessDays';
import { clockAfter, clockAfterEvent, clockEvents, firstClock } from '../../services/promiseClock';
import { roundWith } from '../support/cases';

const KOLKATA = 'Asia/Kolkata';
const BERLIN = 'Europe/Berlin';
const plain = { weekend: [6, 7], opens: '09:00', closes: '18:00' };
const PLAIN = parseCalendar(plain);

/** A promise of so many days for something received then, by the clock on the wall. */
function round(receivedAt: string, calendar: Calendar = PLAIN, zone = KOLKATA, days = 5) {
  const received = DateTime.fromISO(receivedAt, { zone }).toJSDate();
  const due = dueAt(received, calendar, zone, days);
  return roundWith({
    promise: { ...roundWith().promise, receivedAt: received, dueAt: due, zone, days },
  });
}

const shown = (instant: Date, zone = KOLKATA): string =>
  DateTime.fromJSDate(instant, { zone }).toFormat('ccc MM-dd HH:mm:ss.SSS');

/** All that the clock does from the receipt on, if nobody answers. */
function courseOf(promised: ReturnType<typeof round>, calendar: Calendar = PLAIN): string[] {
  const { receivedAt, zone } = promised.promise;
  const course: string[] = [];
  let next = clockAfter(promised, calendar, receivedAt);
  while (next) {
    course.push(`${next.event} ${shown(next.nextAt, zone)}`);
    next = clockAfterEvent(promised, calendar, next.event);
  }
  return course;
}

describe('the clock of a promise', () => {
  test('warns twice at opening time, then says that it is missed, then apologises at the next opening', () => {
    expect(courseOf(round('2026-06-08T10:00'))).toEqual([
      'warning2 Thu 06-11 09:00:00.000',
      'warning1 Fri 06-12 09:00:00.000',
      'missed Mon 06-15 18:00:00.001',
      'apology Tue 06-16 09:00:00.000',
    ]);
  });

  test('zammad#4432, #2157, glpi#22678: no warning at midnight, on a holiday or on a weekend', () => {
    const calendar = parseCalendar({
      ...plain,
      opens: '10:30',
      holidays: { '2026-06-11': 'Holiday', '2026-06-16': 'Holiday' },
      shortDays: { '2026-06-12': '13:00' },
      workingDays: ['2026-06-13'],
    });
    expect(courseOf(round('2026-06-08T23:59', calendar), calendar)).toEqual([
      'warning2 Fri 06-12 10:30:00.000',
      'warning1 Sat 06-13 10:30:00.000',
      'missed Mon 06-15 18:00:00.001',
      'apology Wed 06-17 10:30:00.000',
    ]);
  });

  test('is missed at the end of a short day, and apologises when the company opens again', () => {
    const calendar = parseCalendar({ ...plain, shortDays: { '2026-12-24': '13:00' } });
    expect(courseOf(round('2026-12-17T10:00', calendar), calendar).slice(2)).toEqual([
      'missed Thu 12-24 13:00:00.001',
      'apology Fri 12-25 09:00:00.000',
    ]);
  });

  test.each([
    [
      'grafana/oncall#3261: in spring',
      '2026-03-23T10:00',
      ['03-26T08:00Z', '03-27T08:00Z', '03-30T16:00Z', '03-31T07:00Z'],
    ],
    [
      'in autumn',
      '2026-10-19T10:00',
      ['10-22T07:00Z', '10-23T07:00Z', '10-26T17:00Z', '10-27T08:00Z'],
    ],
  ])('%s the opening hour stays that of the clock on the wall', (_name, receivedAt, times) => {
    const promised = round(receivedAt, PLAIN, BERLIN);
    const [warning2, warning1, missed, apology] = times.map((time) => new Date(`2026-${time}`));
    expect(clockEvents(promised, PLAIN).map(({ nextAt }) => nextAt)).toEqual([
      warning2,
      warning1,
      new Date(missed!.getTime() + 1),
      apology,
    ]);
  });

  describe('of one business day', () => {
    test.each<[string, string, ClockEventName[]]>([
      ['received in the afternoon', '2026-06-08T16:00', ['missed', 'apology']],
      ['received at the opening', '2026-06-08T09:00', ['missed', 'apology']],
      ['received before the opening', '2026-06-08T08:59', ['warning1', 'missed', 'apology']],
      ['received on a Saturday', '2026-06-13T10:00', ['missed', 'apology']],
    ])('gives no warning before the receipt: %s', (_name, receivedAt, events) => {
      const course = courseOf(round(receivedAt, PLAIN, KOLKATA, 1));
      expect(course.map((each) => each.split(' ')[0])).toEqual(events);
    });
  });

  test('of two business days gives the first warning only to what came before the opening', () => {
    expect(courseOf(round('2026-06-08T10:00', PLAIN, KOLKATA, 2))[0]).toMatch(/^warning1 Tue/);
    expect(courseOf(round('2026-06-08T08:00', PLAIN, KOLKATA, 2))[0]).toMatch(/^warning2 Mon/);
  });

  test('goes by the later date once the promise is extended', () => {
    const extension = {
      dueAt: new Date('2026-06-24T12:30:00Z'),
      at: new Date('2026-06-12T10:00:00Z'),
      ...{ by: 'operator', reason: 'x' },
    };
    const extended = { ...round('2026-06-08T10:00'), extensions: [extension] };
    const next = clockAfter(extended, PLAIN, extension.at);
    expect(next).toEqual({ event: 'warning2', nextAt: new Date('2026-06-22T03:30:00Z') });
  });

  test('does an event at the instant given no more, and nothing when all is over', () => {
    const promised = round('2026-06-08T10:00');
    const events = clockEvents(promised, PLAIN);
    for (const [index, { nextAt }] of events.entries()) {
      expect(clockAfter(promised, PLAIN, nextAt)).toEqual(events[index + 1]);
      expect(clockAfter(promised, PLAIN, new Date(nextAt.getTime() - 1))).toEqual(events[index]);
    }
    expect(clockAfterEvent(promised, PLAIN, 'apology')).toBeUndefined();
  });

  test.each<[string, string, ClockEventName]>([
    ['at once', '2026-06-08T10:00', 'warning2'],
    ['after the first warning would have been', '2026-06-11T10:00', 'warning1'],
    ['after both', '2026-06-12T10:00', 'missed'],
    ['after it was missed: that is still told', '2026-06-15T20:00', 'missed'],
    ['long after the apology would have been', '2026-09-01T10:00', 'missed'],
  ])('of a promise that the desk learns of %s begins with what is to come', (_name, at, event) => {
    const now = DateTime.fromISO(at, { zone: KOLKATA }).toJSDate();
    expect(firstClock(round('2026-06-08T10:00'), PLAIN, now)?.event).toBe(event);
  });

  test('keeps its order, whatever the calendar', () => {
    const days = Array.from({ length: 365 }, (_, index) =>
      DateTime.fromISO('2026-01-01T11:00', { zone: BERLIN }).plus({ days: index }),
    );
    const calendar = parseCalendar({
      ...plain,
      holidays: { '2026-04-03': 'Good Friday', '2026-04-06': 'Easter Monday', '2026-05-01': 'May' },
      shortDays: { '2026-12-24': '09:01', '2026-12-31': '12:00' },
    });
    for (const day of days) {
      const promised = round(day.toISO() ?? '', calendar, BERLIN);
      const events = clockEvents(promised, calendar);
      expect(events.map(({ event }) => event)).toEqual([...CLOCK_EVENTS]);
      const times = events.map(({ nextAt }) => nextAt.getTime());
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
    }
  });
});
