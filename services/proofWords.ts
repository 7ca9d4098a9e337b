import { DateTime } from 'luxon';
import type { ProofFault, Verdict } from './proof';

/** Verdicts as the report says them. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  kept: 'kept',
  missed: 'missed',
  open: 'still open',
  closedUnanswered: 'closed without an answer',
  notCounted: 'not counted',
};

/** Faults as the report says them. */
export const FAULT_WORDS: Readonly<Record<ProofFault, string>> = {
  calendarMissing: 'the calendar that it was counted by is not there',
  calendarAltered: 'the calendar that it was counted by has been altered',
  calendarUnusable: 'its calendar gives no due date',
  dueDiffers: 'the stored due date is not the one that its calendar gives',
  answeredBeforeReceived: 'it was answered before it was received',
  auditReceivedDiffers: 'the audit log has another moment of receipt',
  auditDueDiffers: 'the audit log has another due date',
  auditAnsweredDiffers:
    'the audit log has another answer, or one where the case has none or the reverse',
};

/** Smaller than any share can be from a tenth of a per cent, and greater than what division leaves behind. */
const SLACK = 1e-9;

/** Such as `92.3 %`, rounded down, so that 100 % is said only of all; `none` without a share. */
export const shareInWords = (share: number | undefined): string =>
  share === undefined ? 'none' : `${(Math.floor(share * 1000 + SLACK) / 10).toFixed(1)} %`;

/** Such as `2026-06-15T18:00:00+05:30`. */
export const isoIn = (instant: Date, zone: string): string =>
  DateTime.fromJSDate(instant, { zone }).toISO({ suppressMilliseconds: true }) ?? '';

/** Such as `15 Jun 2026, 18:00`; it breaks between date and time only. */
export const minuteIn = (instant: Date, zone: string): string =>
  DateTime.fromJSDate(instant, { zone }).setLocale('en-GB').toFormat('d\u00a0LLL\u00a0yyyy, HH:mm');

/** A date `YYYY-MM-DD` such as `15 June 2026`. */
export const dateInWords = (date: string): string =>
  DateTime.fromISO(date, { zone: 'utc' }).setLocale('en-GB').toFormat('d LLLL yyyy');
