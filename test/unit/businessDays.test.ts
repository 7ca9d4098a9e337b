import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import {
  calendarHash,
  closesOn,
  dueAt,
  dueInWords,
  isBusinessDay,
  isOpenAt,
  localDate,
  nextOpening,
  opensBefore,
  opensOn,
  parseCalendar,
  readCalendar,
  yearsWithoutHolidays,
  type Calendar,
} from '../../services/businessDays';
import { refusal } from '../support/refusal';

interface WorkedCalendar {
  zone: string;
  weekend: number[];
  closeMinutes: number;
  holidays: string[];
  half: Record<string, number>;
}

interface WorkedCase {
  name: string;
  calendar: string;
  receivedAt: string;
  dueAt: string;
  dueLocal: string;
}

const worked = JSON.parse(readFileSync('test/fixtures/sla-cases.json', 'utf8')) as {
  calendars: Record<string, WorkedCalendar>;
  cases: WorkedCase[];
};

const clockTime = (minutes: number): string =>
  DateTime.fromObject({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toFormat('HH:mm');

const asCalendar = ({ weekend, closeMinutes, holidays, half }: WorkedCalendar): Calendar =>
  parseCalendar({
    weekend,
    opens: '09:00',
    closes: clockTime(closeMinutes),
    holidays: Object.fromEntries(holidays.map((date) => [date, 'Holiday'])),
    shortDays: Object.fromEntries(
      Object.entries(half).map(([date, minutes]) => [date, clockTime(minutes)]),
    ),
    workingDays: [],
  });

const KOLKATA = 'Asia/Kolkata';
const plain = { weekend: [6, 7], opens: '09:00', closes: '18:00' };
const plainCalendar = parseCalendar(plain);
const shipped = readCalendar('knowledge/calendar.json');

/** Due, as local date and time in the zone. */
const dueLocally = (
  receivedAt: string,
  calendar: Calendar = plainCalendar,
  zone: string = KOLKATA,
  days = 5,
): string =>
  DateTime.fromJSDate(dueAt(new Date(receivedAt), calendar, zone, days), { zone })
    .setLocale('en-IN')
    .toFormat('ccc yyyy-MM-dd HH:mm');

describe('the worked cases of the promise', () => {
  test('all are here', () => {
    expect(worked.cases.length).toBeGreaterThanOrEqual(20);
  });

  test.each(worked.cases)('$name ($calendar)', ({ calendar, receivedAt, dueAt: due, dueLocal }) => {
    const rules = worked.calendars[calendar]!;
    const found = dueAt(DateTime.fromISO(receivedAt).toJSDate(), asCalendar(rules), rules.zone, 5);
    expect(found.toISOString()).toBe(new Date(due).toISOString());
    expect(dueLocally(receivedAt, asCalendar(rules), rules.zone)).toBe(dueLocal);
  });
});

describe('faults that others met', () => {
  test('chatwoot#13392: due is counted in business days, not on the wall clock over a weekend', () => {
    expect(dueLocally('2026-06-12T16:30+05:30', plainCalendar, KOLKATA, 1)).toBe(
      'Mon 2026-06-15 18:00',
    );
  });

  test('chatwoot#6467, #10436: holidays and special days count: a holiday, a short day and a working Saturday', () => {
    const calendar = parseCalendar({
      ...plain,
      holidays: { '2026-06-16': 'Holiday' },
      shortDays: { '2026-06-19': '13:00' },
      workingDays: ['2026-06-13'],
    });
    expect(dueLocally('2026-06-11T10:00+05:30', calendar)).toBe('Thu 2026-06-18 18:00');
    expect(dueLocally('2026-06-12T10:00+05:30', calendar)).toBe('Fri 2026-06-19 13:00');
  });

  test.each(['2026-06-08T00:00+05:30', '2026-06-08T23:59:59.999+05:30'])(
    'zammad#3180, chatwoot#15647: no minute of a day falls between two days: %s',
    (receivedAt) => {
      const always = parseCalendar({ ...plain, opens: '00:00', closes: '23:59' });
      expect(dueLocally(receivedAt, always)).toBe('Mon 2026-06-15 23:59');
    },
  );

  test('zammad#3706: a holiday keeps its date in a zone west of UTC', () => {
    const calendar = parseCalendar({ ...plain, holidays: { '2026-07-03': 'Independence Day' } });
    expect(dueLocally('2026-07-01T22:00-07:00', calendar, 'America/Los_Angeles', 2)).toBe(
      'Mon 2026-07-06 18:00',
    );
  });

  test('dbt_zendesk#25: an instant of last winter is placed by the offset of last winter', () => {
    expect(dueAt(new Date('2026-01-05T12:00Z'), plainCalendar, 'Europe/London', 5)).toEqual(
      new Date('2026-01-12T18:00Z'),
    );
  });

  test.each([
    ['spring', '2026-03-26T12:00Z', '2026-04-02T17:00Z'],
    ['autumn', '2026-10-22T12:00Z', '2026-10-29T18:00Z'],
  ])(
    'grafana/oncall#3261: close of business stays at six over the clock change in %s',
    (_season, received, due) => {
      expect(dueAt(new Date(received), plainCalendar, 'Europe/London', 5)).toEqual(new Date(due));
    },
  );
});

describe('isBusinessDay', () => {
  const calendar = parseCalendar({
    ...plain,
    holidays: { '2026-06-17': 'Holiday', '2026-06-20': 'Holiday on a working Saturday' },
    workingDays: ['2026-06-13', '2026-06-20'],
  });
  test.each([
    ['a weekday', '2026-06-15', true],
    ['a Saturday', '2026-06-06', false],
    ['a Sunday', '2026-06-14', false],
    ['a holiday', '2026-06-17', false],
    ['a working Saturday', '2026-06-13', true],
    ['a holiday on a working Saturday', '2026-06-20', false],
  ])('%s', (_name, date, open) => {
    expect(isBusinessDay(date, calendar)).toBe(open);
  });

  test('what is not a date is refused', () => {
    expect(refusal(() => isBusinessDay('2026-02-30', calendar)).code).toBe('BadArgument');
  });
});

describe('the hours of a day', () => {
  const calendar = parseCalendar({
    ...plain,
    opens: '09:30',
    holidays: { '2026-06-17': 'Holiday' },
    shortDays: { '2026-06-19': '13:00' },
    workingDays: ['2026-06-20'],
  });
  const local = (instant: Date | undefined, zone = KOLKATA): string | undefined =>
    instant && DateTime.fromJSDate(instant, { zone }).toFormat('ccc yyyy-MM-dd HH:mm');
  const instant = (text: string, zone = KOLKATA): Date =>
    DateTime.fromISO(text, { zone }).toJSDate();
  const BERLIN = 'Europe/Berlin';

  test.each([
    ['the day before', '2026-06-16T18:00', 1, 'Mon 2026-06-15 09:30'],
    ['a weekend between', '2026-06-15T18:00', 1, 'Fri 2026-06-12 09:30'],
    ['a holiday between', '2026-06-18T18:00', 1, 'Tue 2026-06-16 09:30'],
    ['a holiday and a weekend between', '2026-06-18T18:00', 3, 'Fri 2026-06-12 09:30'],
    ['a short day is a day', '2026-06-20T18:00', 1, 'Fri 2026-06-19 09:30'],
    ['a working Saturday is a day', '2026-06-22T18:00', 1, 'Sat 2026-06-20 09:30'],
    ['from the first minute of a day', '2026-06-16T00:00', 1, 'Mon 2026-06-15 09:30'],
    ['from the last minute of a day', '2026-06-16T23:59', 1, 'Mon 2026-06-15 09:30'],
    ['from a Sunday', '2026-06-14T12:00', 1, 'Fri 2026-06-12 09:30'],
  ])('opensBefore: %s', (_name, from, days, opens) => {
    expect(local(opensBefore(instant(from), calendar, KOLKATA, days))).toBe(opens);
  });

  test.each([
    ['spring', '2026-03-30T18:00', '2026-03-27T08:00Z', '2026-03-30T16:00Z'],
    ['autumn', '2026-10-26T18:00', '2026-10-23T07:00Z', '2026-10-26T17:00Z'],
  ])(
    'opens and closes by the clock on the wall over its change in %s',
    (_name, due, opens, closes) => {
      expect(opensBefore(instant(due, BERLIN), plainCalendar, BERLIN, 1)).toEqual(new Date(opens));
      expect(closesOn(due.slice(0, 10), plainCalendar, BERLIN)).toEqual(new Date(closes));
    },
  );

  test.each([
    ['at close of business', '2026-06-15T18:00', 'Tue 2026-06-16 09:30'],
    ['in the night before', '2026-06-16T03:00', 'Tue 2026-06-16 09:30'],
    ['a minute before it', '2026-06-16T09:29', 'Tue 2026-06-16 09:30'],
    ['at the very opening: the next one', '2026-06-15T09:30', 'Tue 2026-06-16 09:30'],
    ['before a holiday', '2026-06-16T18:00', 'Thu 2026-06-18 09:30'],
    ['on the morning of a holiday', '2026-06-17T07:00', 'Thu 2026-06-18 09:30'],
    ['after a short day', '2026-06-19T13:00', 'Sat 2026-06-20 09:30'],
    ['over a weekend', '2026-06-12T18:00', 'Mon 2026-06-15 09:30'],
    ['on a Sunday morning', '2026-06-14T07:00', 'Mon 2026-06-15 09:30'],
  ])('nextOpening: %s', (_name, from, opens) => {
    expect(local(nextOpening(instant(from), calendar, KOLKATA))).toBe(opens);
  });

  test('nextOpening over the night of the clock change', () => {
    expect(nextOpening(instant('2026-03-27T18:00', BERLIN), plainCalendar, BERLIN)).toEqual(
      new Date('2026-03-30T07:00Z'),
    );
  });

  test.each([
    ['a weekday', '2026-06-15', 'Mon 2026-06-15 18:00'],
    ['a short day', '2026-06-19', 'Fri 2026-06-19 13:00'],
    ['a working Saturday', '2026-06-20', 'Sat 2026-06-20 18:00'],
    ['a holiday', '2026-06-17', undefined],
    ['a Sunday', '2026-06-14', undefined],
  ])('closesOn: %s', (_name, date, closes) => {
    expect(local(closesOn(date, calendar, KOLKATA))).toBe(closes);
  });

  test.each([
    ['a weekday', '2026-06-15', 'Mon 2026-06-15 09:30'],
    ['a Sunday', '2026-06-14', 'Sun 2026-06-14 09:30'],
    ['a holiday', '2026-06-17', 'Wed 2026-06-17 09:30'],
  ])('opensOn: %s', (_name, date, opens) => {
    expect(local(opensOn(date, calendar, KOLKATA))).toBe(opens);
  });

  test.each([
    ['a minute before opening', '2026-06-15T09:29', false],
    ['at opening', '2026-06-15T09:30', true],
    ['a minute before closing', '2026-06-15T17:59', true],
    ['at closing', '2026-06-15T18:00', false],
    ['the afternoon of a short day', '2026-06-19T14:00', false],
    ['noon of a holiday', '2026-06-17T12:00', false],
    ['noon of a Sunday', '2026-06-14T12:00', false],
    ['noon of a working Saturday', '2026-06-20T12:00', true],
  ])('isOpenAt: %s', (_name, at, open) => {
    expect(isOpenAt(instant(at), calendar, KOLKATA)).toBe(open);
  });

  test.each([
    ['before midnight', '2026-06-15T18:29:59Z', '2026-06-15'],
    ['after midnight', '2026-06-15T18:30:00Z', '2026-06-16'],
  ])('localDate: %s', (_name, at, date) => {
    expect(localDate(new Date(at), KOLKATA)).toBe(date);
  });

  test('a date that does not exist is refused', () => {
    expect(refusal(() => closesOn('2026-02-30', calendar, KOLKATA)).code).toBe('BadArgument');
    expect(refusal(() => opensOn('2026-02-30', calendar, KOLKATA)).code).toBe('BadArgument');
  });
});

describe('a promise that cannot be counted is refused', () => {
  const closed = parseCalendar({
    ...plain,
    holidays: Object.fromEntries(
      Array.from({ length: 400 }, (_, index) => [
        DateTime.fromISO('2026-06-01').plus({ days: index }).toFormat('yyyy-MM-dd'),
        'Closed',
      ]),
    ),
  });

  test('more than 370 closed days in a row', () => {
    expect(refusal(() => dueAt(new Date('2026-06-08T10:00Z'), closed, KOLKATA, 5)).code).toBe(
      'CalendarInvalid',
    );
  });

  test.each([
    ['no day', new Date('2026-06-08T10:00Z'), KOLKATA, 0],
    ['half a day', new Date('2026-06-08T10:00Z'), KOLKATA, 2.5],
    ['years of days', new Date('2026-06-08T10:00Z'), KOLKATA, 10_000],
    ['an unknown zone', new Date('2026-06-08T10:00Z'), 'Asia/Atlantis', 5],
    ['no zone', new Date('2026-06-08T10:00Z'), '', 5],
    ["the machine's zone", new Date('2026-06-08T10:00Z'), 'system', 5],
    ['no instant', new Date(Number.NaN), KOLKATA, 5],
    ['the end of time', new Date(8.64e15), KOLKATA, 5],
  ])('%s', (_name, receivedAt, zone, days) => {
    expect(refusal(() => dueAt(receivedAt, plainCalendar, zone, days)).code).toBe('BadArgument');
  });
});

describe('a calendar file that cannot be used is refused in words that name the field', () => {
  test.each<[string, unknown, RegExp]>([
    ['not an object', [], /file/],
    ['nothing', null, /file/],
    ['weekend missing', { opens: '09:00', closes: '18:00' }, /"weekend": must be a list/],
    ['weekend of a Sunday 0', { ...plain, weekend: [0] }, /"weekend.0"/],
    [
      'no weekday open',
      { ...plain, weekend: [1, 2, 3, 4, 5, 6, 7] },
      /"weekend": leaves no weekday/,
    ],
    ['closing at 25:00', { ...plain, closes: '25:00' }, /"closes": is not a time/],
    ['closing as a number', { ...plain, closes: 18 }, /"closes": is not a time/],
    ['closing before opening', { ...plain, closes: '08:00' }, /"closes": must be later/],
    ['30 February', { ...plain, holidays: { '2026-02-30': 'x' } }, /2026-02-30.*does not exist/],
    ['29 February of a common year', { ...plain, workingDays: ['2026-02-29'] }, /workingDays\.0/],
    ['an Indian date', { ...plain, holidays: { '26/01/2026': 'x' } }, /26\/01\/2026.*YYYY-MM-DD/],
    ['a holiday without a name', { ...plain, holidays: { '2026-01-26': ' ' } }, /needs a name/],
    ['holidays as a list', { ...plain, holidays: ['2026-01-26'] }, /"holidays"/],
    [
      'a short day at noonish',
      { ...plain, shortDays: { '2026-12-24': '1pm' } },
      /2026-12-24.*time/,
    ],
    ['a short day before opening', { ...plain, shortDays: { '2026-12-24': '08:00' } }, /shortDays/],
    ['a long short day', { ...plain, shortDays: { '2026-12-24': '20:00' } }, /not be later/],
    ['a field misspelt', { ...plain, holiday: {} }, /"holiday" is not a known field/],
    [
      'a key that is not a date',
      { ...plain, holidays: { constructor: 'x' } },
      /constructor.*not a date/,
    ],
  ])('%s', (_name, json, words) => {
    const refused = refusal(() => parseCalendar(json));
    expect(refused.code).toBe('CalendarInvalid');
    expect(refused.message).toMatch(words);
  });

  test.each([
    ['no such file', 'knowledge/none.json', /none\.json cannot be read/],
    ['not JSON', 'LICENSE', /LICENSE is not JSON/],
  ])('%s', (_name, file, words) => {
    const refused = refusal(() => readCalendar(file));
    expect(refused.code).toBe('CalendarInvalid');
    expect(refused.message).toMatch(words);
  });
});

describe('calendarHash', () => {
  const hash = (json: object) => calendarHash(parseCalendar(json));

  test('does not depend on the order of keys, days or dates', () => {
    expect(
      hash({
        workingDays: ['2026-06-20', '2026-06-13'],
        closes: '18:00',
        opens: '09:00',
        weekend: [7, 6],
        holidays: { '2026-10-02': 'B', '2026-01-26': 'A' },
      }),
    ).toBe(
      hash({
        ...plain,
        holidays: { '2026-01-26': 'A', '2026-10-02': 'B' },
        workingDays: ['2026-06-13', '2026-06-20'],
      }),
    );
  });

  test.each([
    ['closing time', { ...plain, closes: '17:59' }],
    ['weekend', { ...plain, weekend: [7] }],
    ['holiday', { ...plain, holidays: { '2026-01-26': 'A' } }],
    ['short day', { ...plain, shortDays: { '2026-01-26': '13:00' } }],
  ])('changes with the %s', (_name, changed) => {
    expect(hash(changed)).not.toBe(hash(plain));
  });

  test('is sha256 in hexadecimal', () => {
    expect(hash(plain)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('yearsWithoutHolidays', () => {
  const of = (from: string) => yearsWithoutHolidays(shipped, new Date(from), KOLKATA, 5);

  test.each([
    ['all is listed', '2026-06-08T10:00Z', []],
    ['the last listed year, in spring', '2030-06-08T10:00Z', []],
    ['a due date can reach a year that is not listed', '2030-11-20T10:00Z', [2031]],
    ['the present year is not listed', '2031-03-01T10:00Z', [2031]],
    ['neither this year nor the next', '2031-12-20T10:00Z', [2031, 2032]],
    ['the year is that of the zone', '2030-12-31T19:00Z', [2031]],
  ])('%s', (_name, from, years) => {
    expect(of(from)).toEqual(years);
  });
});

describe('dueInWords', () => {
  test.each([
    ['India', '2026-11-30T12:30Z', KOLKATA, 'Monday 30 November 2026, 6:00 pm IST'],
    ['noon is pm', '2026-11-30T06:30Z', KOLKATA, 'Monday 30 November 2026, 12:00 pm IST'],
    [
      'London in winter',
      '2026-01-12T18:00Z',
      'Europe/London',
      'Monday 12 January 2026, 6:00 pm GMT',
    ],
    ['London in summer', '2026-07-13T17:00Z', 'Europe/London', 'Monday 13 July 2026, 6:00 pm BST'],
    ['New York', '2026-01-12T23:00Z', 'America/New_York', 'Monday 12 January 2026, 6:00 pm EST'],
    ['Sydney', '2026-07-13T08:00Z', 'Australia/Sydney', 'Monday 13 July 2026, 6:00 pm AEST'],
    [
      'a zone without a name',
      '2026-07-13T15:00Z',
      'Asia/Riyadh',
      'Monday 13 July 2026, 6:00 pm GMT+3',
    ],
    ['UTC', '2026-07-13T18:00Z', 'UTC', 'Monday 13 July 2026, 6:00 pm UTC'],
  ])('%s', (_name, due, zone, words) => {
    expect(dueInWords(new Date(due), zone)).toBe(words);
  });
});

test('the shipped calendar holds the three national holidays of five years and says who adds the rest', () => {
  expect(Object.keys(shipped.holidays)).toHaveLength(15);
  expect(shipped).toMatchObject({ weekend: [6, 7], opens: '09:00', closes: '18:00' });
  expect(shipped.note).toMatch(/adds its own/);
  for (let year = 2026; year <= 2030; year += 1) {
    expect(shipped.holidays).toMatchObject({
      [`${year}-01-26`]: 'Republic Day',
      [`${year}-08-15`]: 'Independence Day',
      [`${year}-10-02`]: 'Gandhi Jayanti',
    });
  }
});
