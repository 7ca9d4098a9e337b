import { DateTime } from 'luxon';

/** A date in a text. */
export interface DateMention {
  /** Where the words begin. */
  readonly index: number;
  readonly words: string;
  /** A local date; missing when there is no such date. */
  readonly date?: DateTime;
}

/** Dates that are written as numbers or with a month's name, and what is left of the text. */
export interface WrittenDates {
  readonly mentions: readonly DateMention[];
  /** The text, as long as before, without the dates. */
  readonly rest: string;
}

/** A year missing means the last such date, unless the next is nearer than this. */
const NEAR_DAYS = 31;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const BEFORE = String.raw`(?<![\p{L}\p{N}]|[\p{L}\p{N}][-/.])`;
const AFTER = String.raw`(?![\p{L}\p{N}]|[-/.]\d)`;
const DAY = String.raw`(?<day>\d{1,2})`;

const form = (source: string): RegExp => new RegExp(`${BEFORE}${source}${AFTER}`, 'giu');

/** Forms in which dates are written, the most telling first. */
const FORMS: readonly RegExp[] = [
  form(String.raw`(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>${DAY}(?:t[\d:.]{4,12}z?)?`),
  form(String.raw`${DAY}(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<year>\d{4}|\d{2})`),
  form(
    String.raw`${DAY}(?:st|nd|rd|th)?[\s\-./]{0,2}(?:of )?${MONTH}(?:(?:[\s,.\-/]{1,2}|\s?['’])(?<year>\d{4}|(?<=['’/-])\d{2}))?(?<verb>\s(?:have|be|not|also)\b)?`,
  ),
  form(String.raw`${MONTH}\.?\s?${DAY}(?<ordinal>st|nd|rd|th)?(?:,?\s(?<year>\d{4}))?`),
  form(String.raw`${DAY}\/(?<month>\d{1,2})`),
  form(
    String.raw`(?<=\b(?:on|since|from|is|was|around|about|morning of|evening of|night of|say) (?:the )?)${DAY}(?<ordinal>st|nd|rd|th)(?! (?:of(?! (?:this|the (?:current|same)) month\b)|floor|time|birthday|cross|main|block|avenue|street|lane|phase|sector|road|person|customer|one|attempt|day\b(?! of))\b)(?! of last month)`,
  ),
  form(
    String.raw`(?<=\bthe )${DAY}(?<ordinal>st|nd|rd|th)(?=\s?(?:$|[.,;!?]|(?:i|we|at|night|morning|evening|afternoon)\b))`,
  ),
  form(
    String.raw`${DAY}(?<ordinal>st|nd|rd|th) (?:of )?(?:(?<ago>last|previous)|this|(?:the )?current) month`,
  ),
];

/** @param today the start of the day, in the company's zone. */
export function writtenDates(text: string, today: DateTime): WrittenDates {
  const mentions: DateMention[] = [];
  let rest = text;
  for (const each of FORMS) {
    rest = rest.replace(each, (words: string, ...details: unknown[]) => {
      const groups = details.at(-1) as Record<string, string | undefined>;
      if (!isMeantAsDate(words, groups)) return '#'.repeat(words.length);
      const index = details.findLast((detail) => typeof detail === 'number') ?? 0;
      const date = dateOf(groups, today);
      mentions.push({ index, words, ...(date ? { date } : {}) });
      return '#'.repeat(words.length);
    });
  }
  return { mentions, rest };
}

/** Numbers are also scores, opening hours and codes, and "may" is also a verb. */
function isMeantAsDate(words: string, groups: Record<string, string | undefined>): boolean {
  const { day, month, year, sign, ordinal, verb } = groups;
  if (words === '24/7' || words === '1/2' || verb !== undefined) return false;
  if (month === 'may' && words.startsWith('may'))
    return ordinal !== undefined || year !== undefined;
  const isBare = sign === undefined && words.includes('/') && year === undefined;
  if (isBare) return Number(day) < 40 && Number(month) < 40 && Number(day) > 0 && Number(month) > 0;
  return (
    year?.length !== 2 || sign === '/' || Number(month ?? 1) <= 12 || Number.isNaN(Number(month))
  );
}

/** The date of the groups, or nothing when there is none. */
function dateOf(groups: Record<string, string | undefined>, today: DateTime): DateTime | undefined {
  const day = Number(groups.day);
  const month = monthOf(groups.month);
  if (groups.ago !== undefined) return dayOfLastMonth(day, today);
  if (month === undefined) return lastDayOfMonth(day, today);
  const year = groups.year === undefined ? undefined : fullYear(groups.year);
  if (year !== undefined) return existing({ year, month, day }, today);
  const thisYear = existing({ year: today.year, month, day }, today);
  if (thisYear && thisYear <= today.plus({ days: NEAR_DAYS })) return thisYear;
  return existing({ year: today.year - 1, month, day }, today);
}

function monthOf(month: string | undefined): number | undefined {
  if (month === undefined) return undefined;
  const named = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  return named > 0 ? named : Number(month);
}

const fullYear = (year: string): number => (year.length === 2 ? 2000 + Number(year) : Number(year));

/** "on the 3rd": the last day so numbered, which in some months there is not. */
function lastDayOfMonth(day: number, today: DateTime): DateTime | undefined {
  const months = [0, 1, 2].map((back) => today.startOf('month').minus({ months: back }));
  return months
    .map(({ year, month }) => existing({ year, month, day }, today))
    .find((date) => date !== undefined && date <= today);
}

function dayOfLastMonth(day: number, today: DateTime): DateTime | undefined {
  const { year, month } = today.startOf('month').minus({ months: 1 });
  return existing({ year, month, day }, today);
}

function existing(
  date: { year: number; month: number; day: number },
  today: DateTime,
): DateTime | undefined {
  const found = DateTime.fromObject(date, { zone: today.zone });
  return found.isValid ? found : undefined;
}
