import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { due } from '../../bot/commands/due';
import { refusal } from '../support/refusal';

const defaults = {
  calendarFile: 'knowledge/calendar.json',
  zone: 'Asia/Kolkata',
  businessDays: 5,
};

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'due-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const fileWith = (text: string): string => {
  const file = join(directory, `${Buffer.from(text).toString('base64url').slice(0, 40)}.json`);
  writeFileSync(file, text);
  return file;
};

describe('npm run due prints the due instant in UTC', () => {
  test.each([
    ['an offset', '2026-06-08T10:00+05:30'],
    ['UTC', '2026-06-08T04:30Z'],
    ['seconds', '2026-06-08T04:30:15Z'],
    ['an offset without a colon', '2026-06-08T10:00+0530'],
  ])('with %s', (_name, instant) => {
    expect(due([instant], defaults)).toBe('2026-06-15T12:30:00Z');
  });

  test('in the zone that is named', () => {
    expect(due(['2026-06-08T10:00Z', '--zone', 'Europe/London'], defaults)).toBe(
      '2026-06-15T17:00:00Z',
    );
  });

  test('by the calendar that is named', () => {
    const file = fileWith(
      '\uFEFF{"weekend":[5,6],"opens":"09:00","closes":"17:00","holidays":{"2026-06-09":"x"}}',
    );
    expect(due(['--calendar', file, '2026-06-08T10:00+05:30'], defaults)).toBe(
      '2026-06-16T11:30:00Z',
    );
  });

  test('by the number of days in the settings', () => {
    expect(due(['2026-06-08T10:00+05:30'], { ...defaults, businessDays: 1 })).toBe(
      '2026-06-09T12:30:00Z',
    );
  });
});

describe('npm run due says what is wrong', () => {
  test.each<[string, string[], RegExp]>([
    ['no instant', [], /Give one instant.*Usage/],
    ['two instants', ['2026-06-08T10:00Z', '2026-06-09T10:00Z'], /Give one instant/],
    ['a word', ['yesterday'], /"yesterday" is not an instant/],
    ['30 February', ['2026-02-30T10:00Z'], /not an instant/],
    ['no offset', ['2026-06-08T10:00'], /offset.*\+05:30/],
    ['a date only', ['2026-06-08'], /offset/],
    ['an unknown option', ['2026-06-08T10:00Z', '--days', '3'], /--days.*Usage/],
    ['an option without its value', ['2026-06-08T10:00Z', '--zone'], /--zone.*Usage/],
    [
      'an unknown zone',
      ['2026-06-08T10:00Z', '--zone', 'Mars/Base'],
      /"Mars\/Base" is not a time zone/,
    ],
    ['no such calendar', ['2026-06-08T10:00Z', '--calendar', '/none.json'], /cannot be read/],
  ])('%s', (_name, argv, words) => {
    const refused = refusal(() => due(argv, defaults));
    expect(refused.name).toBe('ProductError');
    expect(refused.message).toMatch(words);
  });

  test('a calendar that is not JSON', () => {
    expect(() => due(['2026-06-08T10:00Z', '--calendar', fileWith('{')], defaults)).toThrow(
      /is not JSON/,
    );
  });

  test('a calendar with no business day', () => {
    const file = fileWith('{"weekend":[1,2,3,4,5,6,7],"opens":"09:00","closes":"18:00"}');
    expect(() => due(['2026-06-08T10:00Z', '--calendar', file], defaults)).toThrow(/no weekday/);
  });
});
