import { en } from 'chrono-node';
import { DateTime } from 'luxon';
import { withPlainDigits } from '../digits';

/** The day to which a promise is to be extended, and what stands after it. */
export interface ExtensionDate {
  /** `YYYY-MM-DD`; missing when no day could be read at the beginning. */
  readonly date?: string;
  readonly rest: string;
}

const LEAD = /^(?:(?:to|till|until|by|on|upto|up to)\s+)?(?:the\s+)?/i;
const ISO = /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?!\d)/;
const DAY_FIRST = /^(?<day>\d{1,2})[-/.](?<month>\d{1,2})(?:[-/.](?<year>\d{4}|\d{2}))?(?![\d/])/;
const MAX_READ = 80;

/**
 * Reads a day at the beginning of a text: as numbers with the day first, or in words.
 * @param zone an IANA zone, in which the words are meant.
 */
export function extensionDate(text: string, now: Date, zone: string): ExtensionDate {
  const plain = withPlainDigits(text);
  const start = LEAD.exec(plain)?.[0].length ?? 0;
  const words = plain.slice(start);
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const numbers = ISO.exec(words) ?? DAY_FIRST.exec(words);
  const found = numbers ? numbered(numbers, today) : spoken(words.slice(0, MAX_READ), now, today);
  if (!found) return { rest: text };
  return { date: found.date, rest: words.slice(found.length) };
}

interface Found {
  readonly date: string;
  readonly length: number;
}

function numbered(match: RegExpExecArray, today: DateTime): Found | undefined {
  const { day, month, year } = match.groups ?? {};
  const on = (inYear: number): DateTime =>
    DateTime.fromObject(
      { year: inYear, month: Number(month), day: Number(day) },
      { zone: today.zone },
    );
  const given = year === undefined ? undefined : Number(year.length === 2 ? `20${year}` : year);
  // Without a year it is the next such day; 29 February may be years away.
  const years = given === undefined ? [0, 1, 2, 3, 4].map((more) => today.year + more) : [given];
  const date = years.map(on).find((each) => each.isValid && (given !== undefined || each >= today));
  return date?.isValid === true ? { date: isoDay(date), length: match[0].length } : undefined;
}

function spoken(words: string, now: Date, today: DateTime): Found | undefined {
  const line = words.split('\n', 1)[0] ?? '';
  const [result] = en.GB.parse(
    line,
    { instant: now, timezone: today.offset },
    { forwardDate: true },
  );
  if (result?.index !== 0 || result.end) return undefined;
  const { start } = result;
  if (!start.isCertain('day') && !start.isCertain('weekday')) return undefined;
  const date = DateTime.fromObject(
    { year: start.get('year') ?? 0, month: start.get('month') ?? 0, day: start.get('day') ?? 0 },
    { zone: today.zone },
  );
  return date.isValid ? { date: isoDay(date), length: result.text.length } : undefined;
}

const isoDay = (date: DateTime): string => date.toFormat('yyyy-MM-dd');
