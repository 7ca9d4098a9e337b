import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DateTime } from 'luxon';
import { dueAt, readCalendar } from '../../services/businessDays';
import { ProductError } from '../../services/errors';
import { parseConfig } from '../config';
import { ROOT } from '../root';

/** What `npm run due` takes when the command line does not say otherwise. */
export interface DueDefaults {
  readonly calendarFile: string;
  /** An IANA zone. */
  readonly zone: string;
  readonly businessDays: number;
}

const USAGE = 'Usage: npm run -s due -- INSTANT [--calendar FILE] [--zone ZONE]';

const ENDS_IN_OFFSET = /T.*(?:Z|[+-]\d{2}(?::?\d{2})?)$/i;

/**
 * The due instant of a case received at INSTANT, in UTC, such as `2026-06-15T12:30:00Z`.
 * @param argv INSTANT (ISO 8601 with an offset from UTC), `--calendar FILE`, `--zone ZONE`.
 * @throws ProductError `BadArgument` or `CalendarInvalid`, in words for the person at the terminal.
 */
export function due(argv: readonly string[], defaults: DueDefaults): string {
  const { instant, calendarFile, zone } = readArguments(argv, defaults);
  const dueInstant = dueAt(instant, readCalendar(calendarFile), zone, defaults.businessDays);
  return dueInstant.toISOString().replace('.000Z', 'Z');
}

function readArguments(argv: readonly string[], defaults: DueDefaults) {
  const { values, positionals } = parse(argv);
  const [text, ...rest] = positionals;
  if (text === undefined || rest.length > 0) {
    throw new ProductError('BadArgument', `Give one instant. ${USAGE}`);
  }
  return {
    instant: readInstant(text),
    calendarFile: values.calendar ?? defaults.calendarFile,
    zone: values.zone ?? defaults.zone,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { calendar: { type: 'string' }, zone: { type: 'string' } },
    });
  } catch (cause) {
    const [reason] = (cause as Error).message.split(/[.\n]/);
    throw new ProductError('BadArgument', `${reason ?? ''}. ${USAGE}`, { cause });
  }
}

function readInstant(text: string): Date {
  const instant = DateTime.fromISO(text, { zone: 'utc' });
  if (!instant.isValid) {
    throw new ProductError(
      'BadArgument',
      `"${text}" is not an instant; write one such as 2026-06-08T10:00+05:30.`,
    );
  }
  if (!ENDS_IN_OFFSET.test(text)) {
    throw new ProductError(
      'BadArgument',
      `"${text}" does not say its offset from UTC; write one such as 2026-06-08T10:00+05:30 or 2026-06-08T04:30Z.`,
    );
  }
  return instant.toJSDate();
}

/** Prints the due instant, or what is wrong on stderr with exit code 1. */
function main(): void {
  try {
    const {
      CALENDAR_FILE,
      COMPANY_TIME_ZONE: zone,
      SLA_BUSINESS_DAYS: businessDays,
    } = parseConfig();
    const calendarFile = resolve(ROOT, CALENDAR_FILE);
    console.log(due(process.argv.slice(2), { calendarFile, zone, businessDays }));
  } catch (error) {
    if (!(error instanceof ProductError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

if (require.main === module) main();
