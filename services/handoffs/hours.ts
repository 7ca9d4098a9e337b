import {
  closesOn,
  isOpenAt,
  localDate,
  nextOpening,
  opensBefore,
  type Calendar,
} from '../businessDays';

/** Whether somebody can be there. */
export interface Hours {
  readonly open: boolean;
  /** The next opening. */
  readonly opensAt: Date;
  /** Today's closing, while it is open. */
  readonly closesAt?: Date;
}

/** How the opening hours stand at an instant. */
export function hoursAt(now: Date, calendar: Calendar, zone: string): Hours {
  const opensAt = nextOpening(now, calendar, zone);
  if (!isOpenAt(now, calendar, zone)) return { open: false, opensAt };
  const closesAt = closesOn(localDate(now, zone), calendar, zone);
  return { open: true, opensAt, ...(closesAt ? { closesAt } : {}) };
}

/** When the company last closed, at an instant at which it is closed. */
export function lastClosing(now: Date, calendar: Calendar, zone: string): Date | undefined {
  const today = closesOn(localDate(now, zone), calendar, zone);
  if (today && today <= now) return today;
  const dayBefore = localDate(opensBefore(now, calendar, zone, 1), zone);
  return closesOn(dayBefore, calendar, zone);
}
