import type { DateTime } from 'luxon';
import type { DateMention } from './writtenDates';

/** A form of words for a day gone by, and the day that its words mean. */
interface Form {
  readonly words: RegExp;
  readonly date: (groups: Readonly<Record<string, string>>, today: DateTime) => DateTime;
}

const words = (source: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{M}\p{N}])(?:${source})(?![\p{L}\p{M}\p{N}])`, 'giu');

const COUNTS: readonly (readonly [words: RegExp, count: number])[] = [
  [/^(?:a|an|one|ek|एक)$/i, 1],
  [/^(?:two|do|couple|a couple(?: of)?|दो)$/i, 2],
  [/^(?:three|teen|few|a few|several|some|तीन)$/i, 3],
  [/^(?:four|char|chaar|चार)$/i, 4],
  [/^(?:five|paanch|panch|पांच)$/i, 5],
  [/^(?:six|chhe|che|chah)$/i, 6],
  [/^(?:seven|saat)$/i, 7],
  [/^(?:eight|aath)$/i, 8],
  [/^(?:nine|nau)$/i, 9],
  [/^(?:ten|das)$/i, 10],
];
const ENGLISH_COUNT =
  '(?<count>\\d{1,2}|a few|few|several|a couple(?: of)?|couple|an?|one|two|three|four|five|six|seven|eight|nine|ten)';
const HINDI_COUNT =
  '(?<count>\\d{1,2}|ek|do|teen|chaa?r|paa?nch|chhe|che|chah|saat|aath|nau|das|एक|दो|तीन|चार|पांच)';

const countOf = (told: string): number =>
  /^\d+$/.test(told) ? Number(told) : (COUNTS.find(([each]) => each.test(told))?.[1] ?? 1);

const UNITS: readonly (readonly [words: RegExp, days: number])[] = [
  [/^(?:fortnight)/i, 14],
  [/^(?:week|hafte|hafta|हफ्ते)/i, 7],
  [/^(?:month|mahin|महीने)/i, 30],
];
const daysOf = (unit: string): number => UNITS.find(([each]) => each.test(unit))?.[1] ?? 1;

const counted: Form['date'] = ({ count = '1', unit = 'day' }, today) =>
  /^(?:month|mahin|महीने)/i.test(unit)
    ? today.minus({ months: countOf(count) })
    : today.minus({ days: countOf(count) * daysOf(unit) });

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const ENGLISH_DAY =
  '(?<day>mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?(?: (?:night|evening|morning|afternoon))?';
const HINDI_DAYS: readonly (readonly [words: RegExp, day: string])[] = [
  [/^som/i, 'mon'],
  [/^man/i, 'tue'],
  [/^bud/i, 'wed'],
  [/^(?:guru|brihas|veer|bir)/i, 'thu'],
  [/^shuk/i, 'fri'],
  [/^shani/i, 'sat'],
  [/^(?:ravi|itw|eet)/i, 'sun'],
];
const HINDI_DAY =
  '(?<day>som(?:wa|va)a?r|mangal(?:(?:wa|va)a?r)?|budh(?:(?:wa|va)a?r)?|guru(?:wa|va)a?r|b[ri]+haspati(?:(?:wa|va)a?r)?|shukra?(?:wa|va)a?r|shani(?:wa|va)a?r|ravi(?:wa|va)a?r|itwa?a?r)';

/** The last such day before today. */
function lastDay(told: string, today: DateTime): DateTime {
  const name = HINDI_DAYS.find(([each]) => each.test(told))?.[1] ?? told.slice(0, 3).toLowerCase();
  const back = (today.weekday - (WEEKDAYS.indexOf(name) + 1) + 7) % 7;
  return today.minus({ days: back === 0 ? 7 : back });
}

/** Words that the library of dates does not know or reads otherwise; the most telling first. */
const FORMS: readonly Form[] = [
  {
    words: words(
      `(?:the |on )?${ENGLISH_DAY} before last|last to last ${ENGLISH_DAY.replace('<day>', '<other>')}`,
    ),
    date: ({ day, other }, today) => lastDay(day ?? other ?? '', today).minus({ weeks: 1 }),
  },
  {
    words: words('(?:the )?weekend before last|last to last weekend'),
    date: (_groups, today) => lastDay('sat', today).minus({ weeks: 1 }),
  },
  {
    words: words('(?:the )?week before last|last to last week'),
    date: (_groups, today) => today.minus({ weeks: 2 }),
  },
  {
    words: words(
      '(?:the )?day before yesterday(?: night| evening| morning| afternoon)?|night before last|parso[nm]?|परसों',
    ),
    date: (_groups, today) => today.minus({ days: 2 }),
  },
  {
    words: words(
      '(?:last|yesterday) (?:night|nite|evening|eve)|y(?:es)?t?erda?y|yest(?:arday|erdy|rday)?|ystrday|yday|kal(?: raat| shaam| subah)?|कल',
    ),
    date: (_groups, today) => today.minus({ days: 1 }),
  },
  {
    words: words(
      '(?:just|right) now|(?:a few |few )?moments? ago|a moment ago|abhi|aaj|अभी|आज|earlier today|(?:a (?:little )?|some )?(?:while|time) ago today|2day|todays? morning',
    ),
    date: (_groups, today) => today,
  },
  {
    words: words(
      `${ENGLISH_COUNT} (?<unit>nights?|mornings?|evenings?|fortnights?) (?:ago|back|before)|(?:last|past) (?<unit2>fortnight)`,
    ),
    date: ({ count, unit, unit2 }, today) =>
      counted({ count: count ?? '1', unit: unit ?? unit2 ?? 'day' }, today),
  },
  {
    words: words(
      `(?:since|from|for)(?: the)?(?: last| past)? ${ENGLISH_COUNT} (?<unit>days?|nights?|weeks?|months?|fortnights?)(?! (?:ago|back|before|later|after|from))`,
    ),
    date: counted,
  },
  {
    words: words(`${ENGLISH_COUNT} (?<unit>days?|weeks?|months?) or (?:so|two|more) (?:ago|back)`),
    date: counted,
  },
  {
    words: words(
      `${HINDI_COUNT} (?<unit>din|dino|hafte|hafta|mahine|mahina|हफ्ते|महीने|दिन) (?:pehle|pahle|pahale|phle|se|पहले|से)`,
    ),
    date: counted,
  },
  {
    words: words(`(?:pichh?le|pichh?la|last|gaye) (?:hafte|hafta|haftey)`),
    date: (_groups, today) => today.minus({ weeks: 1 }),
  },
  {
    words: words(`(?:(?:pichh?le|is|gaye) )?${HINDI_DAY}`),
    date: ({ day = '' }, today) => lastDay(day, today),
  },
];

/** Days gone by in such words, and what is left of the text, as long as before. */
export function daysGoneBy(
  text: string,
  today: DateTime,
): { readonly mentions: DateMention[]; readonly rest: string } {
  const mentions: DateMention[] = [];
  let rest = text;
  for (const form of FORMS) {
    rest = rest.replace(form.words, (found: string, ...details: unknown[]) => {
      const index = details.findLast((detail) => typeof detail === 'number') ?? 0;
      const groups = details.find((detail) => typeof detail === 'object' && detail !== null) ?? {};
      mentions.push({
        index,
        words: found,
        date: form.date(groups as Readonly<Record<string, string>>, today),
      });
      return '#'.repeat(found.length);
    });
  }
  return { mentions, rest };
}
