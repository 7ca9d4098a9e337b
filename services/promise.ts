import type { CalendarRecords } from '../models/calendars';
import type { CasePromise } from '../models/cases';
import { calendarHash, dueAt, type Calendar } from './businessDays';

const RULE = 'date of receipt not counted; due at close of business';

/** The terms of the promise that are in force: calendar, zone and number of business days. */
export class PromiseTerms {
  private kept: Promise<void> | undefined;
  private readonly hash: string;

  constructor(
    private readonly calendar: Calendar,
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
}
