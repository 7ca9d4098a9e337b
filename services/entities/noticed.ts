import { DateTime } from 'luxon';
import { withPlainDigits } from '../digits';
import { spokenDates } from './spokenDates';
import { writtenDates, type DateMention } from './writtenDates';

/** When a customer noticed something: a date that has been, one that does not exist, or one still to come. */
export type Noticed =
  | { readonly outcome: 'found'; readonly date: string; readonly words: string }
  | { readonly outcome: 'impossible'; readonly words: string }
  | { readonly outcome: 'future'; readonly words: string };

/** Dates are looked for in so many characters, since reading them takes long. */
const MOST_READ = 2000;

/** Older dates are dates of birth and the like. */
const MOST_YEARS_AGO = 10;

/**
 * The date that a customer's words tell: dates as written in India (day first) and words such as "last Friday night",
 * "2 days back" or "just now", in the first 2,000 characters.
 *
 * The first date that has been counts, before any that does not exist, before any still to come. A day or month
 * without its year, and a weekday without "next", are the last that has been; a date within the next month is read
 * as still to come. A week, month or year stands for a day in it.
 * @param zone an IANA zone, in which `date` (`YYYY-MM-DD`) is.
 */
export const findNoticed = (text: string, now: Date, zone: string): Noticed | undefined =>
  bestOf(datesIn(text, now, zone).map(({ noticed }) => noticed));

/** A date in a text, and where its words stand. */
export interface DateInText {
  readonly noticed: Noticed;
  readonly index: number;
}

/** All dates in the first 2,000 characters, in their order. */
export function datesIn(text: string, now: Date, zone: string): DateInText[] {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const written = writtenDates(withPlainDigits(text.slice(0, MOST_READ)), today);
  const spoken = spokenDates(written.rest, now, zone);
  return [...written.mentions, ...spoken]
    .sort((a, b) => a.index - b.index)
    .flatMap((mention) => {
      const noticed = outcomeOf(mention, today);
      return noticed ? [{ noticed, index: mention.index }] : [];
    });
}

/** The first that has been, before any that does not exist, before any still to come. */
export const bestOf = (all: readonly Noticed[]): Noticed | undefined =>
  all.find(({ outcome }) => outcome === 'found') ??
  all.find(({ outcome }) => outcome === 'impossible') ??
  all[0];

function outcomeOf({ words, date }: DateMention, today: DateTime): Noticed | undefined {
  const day = date?.toISODate();
  if (!date || !day) return { outcome: 'impossible', words };
  if (date.startOf('day') > today) return { outcome: 'future', words };
  return date < today.minus({ years: MOST_YEARS_AGO })
    ? undefined
    : { outcome: 'found', date: day, words };
}
