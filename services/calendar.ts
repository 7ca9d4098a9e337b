import { readFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { z } from 'zod';
import { ProductError } from './errors';

/** When the company is open; dates are local, `YYYY-MM-DD`, and times `HH:MM` on a 24-hour clock. */
export interface Calendar {
  /** ISO weekdays (1 Monday to 7 Sunday) on which the company is closed; ascending. */
  readonly weekend: readonly number[];
  readonly opens: string;
  readonly closes: string;
  /** Closed dates and their names. */
  readonly holidays: Readonly<Record<string, string>>;
  /** Dates that close earlier, and when. */
  readonly shortDays: Readonly<Record<string, string>>;
  /** Weekend dates that are open; ascending. A holiday among them stays closed. */
  readonly workingDays: readonly string[];
  readonly version?: string | number;
  /** For the people who keep the file; not read by the product. */
  readonly note?: string;
}

const date = z
  .string()
  .refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text), {
    error: 'is not a date: write YYYY-MM-DD',
    abort: true,
  })
  .refine((text) => DateTime.fromISO(text, { zone: 'utc' }).isValid, {
    error: 'is a date that does not exist',
  });

const time = z
  .string({ error: 'is not a time: write HH:MM, such as "18:00"' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
    error: 'is not a time from 00:00 to 23:59: write HH:MM, such as "18:00"',
  });

const ascending = <T>(values: readonly T[]): T[] =>
  [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));

const calendarSchema = z
  .strictObject({
    weekend: z
      .array(z.int().min(1).max(7), {
        error: 'must be a list of ISO weekdays, 1 (Monday) to 7 (Sunday)',
      })
      .transform(ascending)
      .refine((days) => days.length < 7, {
        error: 'leaves no weekday on which the company is open',
      }),
    opens: time,
    closes: time,
    holidays: z.record(date, z.string().trim().min(1, { error: 'needs a name' })).default({}),
    shortDays: z.record(date, time).default({}),
    workingDays: z.array(date).transform(ascending).default([]),
    version: z.union([z.string(), z.number()]).optional(),
    note: z.string().optional(),
  })
  .superRefine((calendar, context) => {
    const fault = (path: string[], message: string) => {
      context.addIssue({ code: 'custom', path, message });
    };
    if (calendar.closes <= calendar.opens) fault(['closes'], 'must be later than "opens"');
    for (const [day, closes] of Object.entries(calendar.shortDays)) {
      if (closes <= calendar.opens) fault(['shortDays', day], 'must be later than "opens"');
      if (closes > calendar.closes) fault(['shortDays', day], 'must not be later than "closes"');
    }
  });

/**
 * Reads a calendar file's JSON; `weekend`, `opens` and `closes` are required.
 * @throws ProductError `CalendarInvalid`, naming every field at fault.
 */
export function parseCalendar(json: unknown): Calendar {
  const parsed = calendarSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ProductError(
    'CalendarInvalid',
    `The calendar cannot be used. ${parsed.error.issues.map(inWords).join('. ')}.`,
  );
}

/**
 * Reads a calendar file, such as `knowledge/calendar.json`.
 * @throws ProductError `CalendarInvalid`: the file is missing, is not JSON, or is not a calendar.
 */
export function readCalendar(file: string): Calendar {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new ProductError('CalendarInvalid', `The calendar file ${file} cannot be read.`, {
      cause,
    });
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new ProductError('CalendarInvalid', `The calendar file ${file} is not JSON.`, { cause });
  }
  return parseCalendar(json);
}

function inWords(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join('.') || 'the file';
  if (issue.code === 'unrecognized_keys')
    return `"${issue.keys.join('", "')}" is not a known field`;
  const [inner] = issue.code === 'invalid_key' ? issue.issues : [];
  return `"${field}": ${(inner ?? issue).message}`;
}
