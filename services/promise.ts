import type { CalendarRecords } from '../models/calendars';
import type { CasePromise } from '../models/cases';
import { calendarHash, dueAt, parseCalendar, type Calendar } from './businessDays';
import { ProductError } from './errors';

const RULE = 'date of receipt not counted; due at close of business';

/** The terms of the promise that are in force: calendar, zone and number of business days. */
export class PromiseTerms {
  private kept: Promise<void> | undefined;
  /** Content hash of the calendar. */
  readonly hash: string;
  private readonly pinned = new Map<string, Calendar>();

  constructor(
    /** The calendar in force. */
    readonly calendar: Calendar,
    /** IANA name of the company's time zone. */
    readonly zone: string,
    private readonly days: number,
    private readonly records: CalendarRecords,
  ) {
    this.hash = calendarHash(calendar);
  }

  /** The promise for something received at that instant; the calendar that it pins is stored before it is given. */
  async from(receivedAt: Date): Promise<CasePromise> {
    const { calendar, zone, days, hash } = this;
    this.kept ??= this.records.keep(hash, calendar);
    await this.kept.catch((error: unknown) => {
      this.kept = undefined;
      throw error;
    });
    return {
      receivedAt,
      dueAt: dueAt(receivedAt, calendar, zone, days),
      calendarHash: hash,
      zone,
      days,
      rule: RULE,
    };
  }

  /** The calendar that a promise was counted by. */
  async calendarOf({ calendarHash: hash }: CasePromise): Promise<Calendar> {
    if (hash === this.hash) return this.calendar;
    const known = this.pinned.get(hash);
    if (known) return known;
    const kept = await this.records.find(hash);
    if (kept === undefined)
      throw new ProductError('CalendarInvalid', 'A calendar that a promise pins is not there.');
    const calendar = parseCalendar(kept);
    this.pinned.set(hash, calendar);
    return calendar;
  }
}
