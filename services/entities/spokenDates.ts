import { en, type ParsedResult } from 'chrono-node';
import { DateTime } from 'luxon';
import { daysGoneBy } from './daysGoneBy';
import type { DateMention } from './writtenDates';

const AHEAD = /\b(?:next|coming|by|till|until|before|upcoming)\s(?:the\s)?$/i;
/** "2 days before": as "ago", where nothing follows that it was before. */
const BEFORE_NOW =
  /(?<=\b(?:minute|min|hour|hr|day|week|month|year)s? )before(?=\s*(?:$|[.,;!?]|(?:i|we|some ?(?:one|body)|there|he|she|they)\b))/gi;
const LOOK_BACK = 20;
const DAYS_OF_A_WEEK = 7;

/**
 * Dates in words ("yesterday", "last Friday", "2 days back", "3 weeks ago"), mostly as chrono-node reads them.
 * @param zone an IANA zone, in which the words are meant.
 */
export function spokenDates(text: string, now: Date, zone: string): DateMention[] {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const { mentions, rest } = daysGoneBy(text, today);
  // Replaced by words of the same length, so that places in the text stay.
  const known = rest
    .replace(/(?<=\b(?:minute|min|hour|hr|day|week|month|year)s? )back\b/gi, 'ago ')
    .replace(BEFORE_NOW, 'ago   ')
    .replace(/\bsome(?= (?:minute|hour|day|week|month)s )/gi, 'few ');
  for (const result of en.GB.parse(known, { instant: now, timezone: today.offset })) {
    const date = dateOf(result, known, now, today);
    let end = result.index + result.text.length;
    while (end < text.length && known[end] !== text[end]) end += 1;
    const words = text.slice(result.index, end).trim();
    if (date) mentions.push({ index: result.index, words, date });
  }
  return mentions;
}

/** The date that chrono found, put right; nothing when the words tell no date. */
function dateOf(
  result: ParsedResult,
  text: string,
  now: Date,
  today: DateTime,
): DateTime | undefined {
  const before = text.slice(Math.max(0, result.index - LOOK_BACK), result.index);
  const words = result.text.toLowerCase();
  const { start } = result;
  const read = DateTime.fromObject(
    { year: start.get('year') ?? 0, month: start.get('month') ?? 0, day: start.get('day') ?? 0 },
    { zone: today.zone },
  );
  if (!read.isValid || (words === 'now' && text.trim().toLowerCase() !== 'now')) return undefined;
  if (words.startsWith('within')) return undefined;
  // "for 3 weeks" is how long it has gone on.
  if (words.startsWith('for ') && read > today) return today.minus(read.diff(today, 'days'));
  if (start.isCertain('day')) return read;
  if (start.isCertain('weekday'))
    return result.end || LONG_AFTER.test(text.slice(result.index + result.text.length))
      ? undefined
      : weekday(read, { words, before, isAhead: isStillAhead(result, text, now, today) }, today);
  if (start.isCertain('month')) return month(read, words, before, today);
  if (start.isCertain('year')) return read;
  if (words.endsWith('week')) return today.startOf('week');
  return /^(?:this|today)\b/.test(words) ? DateTime.min(read, today) : undefined;
}

/** "Monday to Friday" and the like are hours, not a day. */
const LONG_AFTER = /^s\b|^ (?:to|through|thru) (?:mon|tues|wednes|thurs|fri|satur|sun)/i;
const PARTS: readonly (readonly [words: RegExp, begins: number])[] = [
  [/^\W*(?:late )?(?:night|evening|eve)\b/i, 18],
  [/^\W*afternoon\b/i, 12],
];

/** Whether a part of a day that is named has not begun today: "Monday night", said on a Monday morning. */
function isStillAhead(result: ParsedResult, text: string, now: Date, today: DateTime): boolean {
  const behind = result.text.replace(/^.*day/i, '') + text.slice(result.index + result.text.length);
  const { hour } = DateTime.fromJSDate(now, { zone: today.zone });
  return PARTS.some(([words, begins]) => hour < begins && words.test(behind));
}

/** A weekday is the last one, today included, unless "next" or the like stands by it. */
function weekday(
  read: DateTime,
  { words, before, isAhead }: { words: string; before: string; isAhead: boolean },
  today: DateTime,
): DateTime | undefined {
  if (words.includes('week') && !words.includes('weekend')) return read;
  if (/\bi $/i.test(before)) return undefined;
  const back = (today.weekday - read.weekday + DAYS_OF_A_WEEK) % DAYS_OF_A_WEEK;
  if (/\bnext\b/.test(words) || AHEAD.test(before))
    return today.plus({ days: DAYS_OF_A_WEEK - back });
  const isBefore = isAhead || /^last\b/.test(words) || /\b(?:last|previous)\s$/i.test(before);
  return today.minus({ days: back === 0 && isBefore ? DAYS_OF_A_WEEK : back });
}

/** A month is the last one, this included; "may" and "march" alone are verbs. */
function month(
  read: DateTime,
  words: string,
  before: string,
  today: DateTime,
): DateTime | undefined {
  if (/^(?:next|last|this|past)\b/.test(words) || /\d/.test(words)) return read;
  if (!/\b(?:in|since|last|during|early|late|mid|of)\s$/i.test(before)) return undefined;
  return read <= today ? read : read.minus({ years: 1 });
}
