import { createHash } from 'node:crypto';
import { DateTime, IANAZone } from 'luxon';
import type { Calendar } from './calendar';
import { canonicalJson } from './canonicalJson';
import { ProductError } from './errors';

export { parseCalendar, readCalendar, type Calendar } from './calendar';

/** The longest run of closed days that is looked past before a calendar is refused. */
const MAX_CLOSED_DAYS = 370;

/** The greatest number of business days that may be promised. */
const MAX_PROMISED_DAYS = 366;

/** How far ahead a report may come in and still be warned about a year without holidays. */
const LOOK_AHEAD_DAYS = 60;

/** Locales in which a zone may have a name, tried in order; elsewhere the zone prints as an offset from GMT. */
const ZONE_NAME_LOCALES = ['en-IN', 'en-GB', 'en-US', 'en-AU', 'en-NZ', 'en-ZA'];

/**
 * Whether the company is open on a date.
 * @param date a local date, `YYYY-MM-DD`. A holiday closes any day, a working day opens a weekend.
 */
export function isBusinessDay(date: string, calendar: Calendar): boolean {
  if (Object.hasOwn(calendar.holidays, date)) return false;
  const { weekday, isValid } = DateTime.fromISO(date, { zone: 'utc' });
  if (!isValid) throw new ProductError('BadArgument', `"${date}" is not a date.`);
  return !calendar.weekend.includes(weekday) || calendar.workingDays.includes(date);
}

/**
 * When an answer is due: the date of receipt in the zone is not counted, whatever the hour; due is close of
 * business on the `days`-th business day after it.
 *
 * Source: policy `contact.five_days`.
 * @param zone an IANA zone, such as `Asia/Kolkata`.
 * @param days 1 to 366.
 * @throws ProductError `CalendarInvalid` when 370 days in a row are closed; `BadArgument` for an instant, zone or
 * number of days that cannot be.
 */
export function dueAt(receivedAt: Date, calendar: Calendar, zone: string, days: number): Date {
  if (!Number.isInteger(days) || days < 1 || days > MAX_PROMISED_DAYS) {
    throw new ProductError(
      'BadArgument',
      `The number of business days must be a whole number from 1 to ${MAX_PROMISED_DAYS}.`,
    );
  }
  // Dates are counted in UTC, where every day has 24 hours; only the closing time is placed in the zone.
  let day = isoDate(inZone(receivedAt, zone));
  for (let counted = 0; counted < days; counted += 1) day = businessDayFrom(day, 1, calendar);
  return closing(day, calendar, zone);
}

/**
 * When the company opens on the `days`-th business day before that of an instant.
 * @param zone an IANA zone.
 * @param days at least 1.
 */
export function opensBefore(instant: Date, calendar: Calendar, zone: string, days: number): Date {
  let day = isoDate(inZone(instant, zone));
  for (let counted = 0; counted < days; counted += 1) day = businessDayFrom(day, -1, calendar);
  return opensOn(day, calendar, zone);
}

/** The opening hour on a date, `YYYY-MM-DD`, whether or not the company is open on it. */
export const opensOn = (date: string, calendar: Calendar, zone: string): Date =>
  at(date, calendar.opens, zone);

/** When the company opens next after an instant. */
export function nextOpening(instant: Date, calendar: Calendar, zone: string): Date {
  const today = isoDate(inZone(instant, zone));
  const opensToday = opensOn(today, calendar, zone);
  if (isBusinessDay(today, calendar) && instant < opensToday) return opensToday;
  return opensOn(businessDayFrom(today, 1, calendar), calendar, zone);
}

/**
 * Close of business on a date.
 * @param date a local date, `YYYY-MM-DD`.
 * @returns undefined when the company is closed all that day.
 */
export function closesOn(date: string, calendar: Calendar, zone: string): Date | undefined {
  return isBusinessDay(date, calendar) ? closing(date, calendar, zone) : undefined;
}

/** Whether the company is open at an instant. */
export function isOpenAt(instant: Date, calendar: Calendar, zone: string): boolean {
  const today = localDate(instant, zone);
  const closes = closesOn(today, calendar, zone);
  return closes !== undefined && opensOn(today, calendar, zone) <= instant && instant < closes;
}

/** The date of an instant in a zone, `YYYY-MM-DD`. */
export const localDate = (instant: Date, zone: string): string => isoDate(inZone(instant, zone));

/**
 * The years that a due date can reach from now to 60 days on and for which the calendar lists no holiday.
 * @returns ascending; empty when all is well.
 */
export function yearsWithoutHolidays(
  calendar: Calendar,
  from: Date,
  zone: string,
  days: number,
): number[] {
  const start = inZone(from, zone);
  const lastDue = dueAt(start.plus({ days: LOOK_AHEAD_DAYS }).toJSDate(), calendar, zone, days);
  const listed = new Set(Object.keys(calendar.holidays).map((date) => Number(date.slice(0, 4))));
  const lastYear = inZone(lastDue, zone).year;
  const years = Array.from({ length: lastYear - start.year + 1 }, (_, index) => start.year + index);
  return years.filter((year) => !listed.has(year));
}

/** The due date as the customer sees it, such as "Monday 30 November 2026, 6:00 pm IST". */
export function dueInWords(due: Date, zone: string): string {
  const local = inZone(due, zone).setLocale('en-IN');
  return `${local.toFormat('cccc d LLLL yyyy, h:mm a')} ${zoneName(local)}`;
}

/** Names by zone and offset, and zones that are known to be some: to ask for either takes milliseconds. */
const zoneNames = new Map<string, string>();
const knownZones = new Set<string>();

function zoneName(local: DateTime): string {
  const key = `${local.zoneName ?? ''} ${local.offset}`;
  const known = zoneNames.get(key);
  if (known !== undefined) return known;
  const names = ZONE_NAME_LOCALES.map((locale) => local.setLocale(locale).toFormat('ZZZZ'));
  const name = names.find((each) => !/\d/.test(each)) ?? local.toFormat('ZZZZ');
  zoneNames.set(key, name);
  return name;
}

function isZone(name: string): boolean {
  // Asked of IANAZone, since luxon would also take "system" and so depend on the machine.
  if (!knownZones.has(name) && IANAZone.isValidZone(name)) knownZones.add(name);
  return knownZones.has(name);
}

/** A hash of a calendar's content, in hexadecimal; the order in which a file lists things makes no difference. */
export function calendarHash(calendar: Calendar): string {
  return createHash('sha256').update(canonicalJson(calendar)).digest('hex');
}

const closing = (day: string, calendar: Calendar, zone: string): Date =>
  at(day, calendar.shortDays[day] ?? calendar.closes, zone);

function at(day: string, time: string, zone: string): Date {
  const instant = DateTime.fromISO(`${day}T${time}`, { zone });
  if (!instant.isValid) throw new ProductError('BadArgument', 'The date is out of range.');
  return instant.toJSDate();
}

/** @param step 1 for the next one, -1 for the one before. */
function businessDayFrom(date: string, step: 1 | -1, calendar: Calendar): string {
  const start = DateTime.fromISO(date, { zone: 'utc' });
  for (let away = 1; away <= MAX_CLOSED_DAYS; away += 1) {
    const day = isoDate(start.plus({ days: away * step }));
    if (isBusinessDay(day, calendar)) return day;
  }
  throw new ProductError(
    'CalendarInvalid',
    `The calendar has no business day in the ${MAX_CLOSED_DAYS} days ${step > 0 ? 'after' : 'before'} ${date}.`,
  );
}

const isoDate = (date: DateTime): string => date.toISODate() ?? '';

function inZone(instant: Date, zone: string): DateTime {
  if (!isZone(zone)) {
    throw new ProductError(
      'BadArgument',
      `"${zone}" is not a time zone; write one such as Asia/Kolkata.`,
    );
  }
  const local = DateTime.fromJSDate(instant, { zone });
  if (!local.isValid) {
    throw new ProductError('BadArgument', 'The instant is not a date and time.');
  }
  return local;
}
