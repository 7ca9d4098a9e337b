import { isValidPhoneNumber } from 'libphonenumber-js';
import { cardLength, isAadhaar, readsAsDate } from './checks';
import { breaksLine, type DigitGroup } from './groups';

/** What is masked: a payment card's number or an Aadhaar number. */
export type Masked = 'card' | 'aadhaar';

/** A number and the groups of digits that it is written in; at least one. */
export interface FoundNumber {
  readonly kind: Masked;
  readonly groups: readonly DigitGroup[];
}

/** How sure a reading is, surest first: one that overlaps a surer one is dropped. */
const CERTAINTIES = ['usualCard', 'rareCard', 'aadhaar', 'looseCard'] as const;

type Certainty = (typeof CERTAINTIES)[number];

/** Groups `from` to `to` (not included) of a run. */
interface Span {
  readonly from: number;
  readonly to: number;
}

interface Reading extends Span {
  readonly as: Certainty;
}

const LEAST_DIGITS = 12;
const MOST_DIGITS = 19;
const MOST_GROUPS = 6;
const LEAST_OF_A_PHONE = 10;
const MOST_OF_A_PHONE = 15;

/** Ways to group a card's digits that nothing else is written in; the first is not to group them. */
const CARD_GROUPING = /^(?:\d+|4 4 4|4 4 4 4(?: [123])?|4 6 [45])$/;

/** Other groupings that a card may be typed in, such as `5 5 6`; never a row of small numbers. */
const LOOSE_GROUPING = /^(?:8 8|(?:(?:[4-9]|1\d) ){2,4}\d+)$/;

/** As LOOSE_GROUPING, in two parts that a dash or dot joins. */
const JOINED_GROUPING = /^(?:[4-9]|1\d) (?:[4-9]|1\d)$/;

const AADHAAR_GROUPING = /^(?:12|4 4 4|4 8|8 4|6 6)$/;

/**
 * The card and Aadhaar numbers of a run of digit groups, in its order.
 *
 * A number is made of whole groups, so it never takes part of another number; where two readings overlap, the
 * surer one counts, and where they are as sure as each other both are covered. Telephone numbers are none.
 */
export function numbersIn(run: readonly DigitGroup[]): FoundNumber[] {
  if (digitsOf(run).length < LEAST_DIGITS) return [];
  const rest = run.slice(phoneAfterPlus(run));
  const readings = [...readingsByGrouping(rest), ...readingsSpelledOut(rest)];
  let taken: Reading[] = [];
  for (const certainty of CERTAINTIES) {
    const phones = certainty === 'looseCard' ? phonesBeside(rest, taken, readings) : [];
    const free = outside([...taken, ...phones]);
    taken = [...taken, ...joined(readings.filter(({ as }) => as === certainty).filter(free))];
  }
  return taken
    .sort((a, b) => a.from - b.from)
    .map(({ as, from, to }) => ({
      kind: as === 'aadhaar' ? 'aadhaar' : 'card',
      groups: rest.slice(from, to),
    }));
}

/** The digits of groups, one after another. */
export const digitsOf = (groups: readonly DigitGroup[]): string =>
  groups.map(({ digits }) => digits).join('');

function readingsByGrouping(run: readonly DigitGroup[]): Reading[] {
  return spansOf(run, LEAST_DIGITS, MOST_DIGITS).flatMap(({ from, to }) => {
    const groups = run.slice(from, to);
    const as = reading(digitsOf(groups), groups);
    return as ? [{ from, to, as }] : [];
  });
}

function reading(digits: string, groups: readonly DigitGroup[]): Certainty | undefined {
  const grouping = groups.map((group) => group.digits.length).join(' ');
  const length = cardLength(digits);
  if (length && CARD_GROUPING.test(grouping) && !readsAsDate(digits)) {
    if (length === 'usual') return 'usualCard';
    if (!isPhone(digits)) return 'rareCard';
  }
  if (AADHAAR_GROUPING.test(grouping) && isAadhaar(digits)) {
    const asPhone = grouping !== '4 4 4' && isIndianPhone(digits);
    const asDate = grouping !== '4 4 4' && groups.some((group) => readsAsDate(group.digits));
    if (!asPhone && !asDate) return 'aadhaar';
  }
  return length && isLooseCard(grouping, groups) ? 'looseCard' : undefined;
}

function isLooseCard(grouping: string, groups: readonly DigitGroup[]): boolean {
  const [gap = '', ...gaps] = groups.slice(1).map((group) => group.gap);
  const joinedByOneSign =
    gap.length === 1 && !breaksLine(gap) && gaps.every((each) => each === gap);
  return (
    joinedByOneSign &&
    (LOOSE_GROUPING.test(grouping) || (gap.trim() !== '' && JOINED_GROUPING.test(grouping))) &&
    !groups.some((group) => readsAsDate(group.digits))
  );
}

/** Numbers spelled out digit by digit, which are longer than a span: each stretch of single digits is read whole. */
function readingsSpelledOut(run: readonly DigitGroup[]): Reading[] {
  const readings: Reading[] = [];
  let from = 0;
  run.forEach((group, index) => {
    if (group.digits.length > 1) from = index + 1;
    else if (run[index + 1]?.digits.length !== 1) {
      const digits = run.slice(from, Math.min(index + 1, from + MOST_DIGITS + 1));
      const as = readingOfSpelled(digitsOf(digits));
      if (as) readings.push({ from, to: index + 1, as });
    }
  });
  return readings;
}

function readingOfSpelled(digits: string): Certainty | undefined {
  const length = cardLength(digits);
  if (length === 'usual') return 'usualCard';
  if (length) return isPhone(digits) ? undefined : 'rareCard';
  return isAadhaar(digits) && !isIndianPhone(digits) ? 'aadhaar' : undefined;
}

/** How many groups at the start of a run are a telephone number written with `+`. */
function phoneAfterPlus(run: readonly DigitGroup[]): number {
  if (!run[0]?.plus) return 0;
  for (let count = Math.min(run.length, MOST_OF_A_PHONE); count > 0; count -= 1) {
    if (isPhone(digitsOf(run.slice(0, count)))) return count;
  }
  return 0;
}

/** Indian telephone numbers among the groups that are not taken, wanted only where a loose card could run across one. */
function phonesBeside(
  run: readonly DigitGroup[],
  taken: readonly Span[],
  readings: readonly Reading[],
): Span[] {
  if (!readings.some(({ as }) => as === 'looseCard')) return [];
  return spansOf(run, LEAST_OF_A_PHONE, MOST_OF_A_PHONE)
    .filter(outside(taken))
    .filter(({ from, to }) => isIndianPhone(digitsOf(run.slice(from, to))));
}

/** Whether digits are a telephone number of India: a mobile's, or any with `0`, `91`, `091` or `0091` before it. */
function isIndianPhone(digits: string): boolean {
  const [, national] =
    /^(?:(?:0|0?91|0091)(?=[1-9]\d{9}$)|(?=[6-9]\d{9}$))(\d{10})$/.exec(digits) ?? [];
  return national !== undefined && isPhone(`91${national}`);
}

/** @param international begins with a country's code, without `+`. */
const isPhone = (international: string): boolean => isValidPhoneNumber(`+${international}`);

/** All spans of up to six groups with so many digits. */
function spansOf(run: readonly DigitGroup[], least: number, most: number): Span[] {
  return run.flatMap((_group, from) => {
    const spans: Span[] = [];
    let digits = 0;
    for (let to = from + 1; to <= Math.min(run.length, from + MOST_GROUPS); to += 1) {
      digits += run[to - 1]?.digits.length ?? 0;
      if (digits > most) break;
      if (digits >= least) spans.push({ from, to });
    }
    return spans;
  });
}

/** A test for spans that share no group with any of these. */
function outside(taken: readonly Span[]): (span: Span) => boolean {
  const groups = new Set(
    taken.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index)),
  );
  return ({ from, to }) => {
    for (let group = from; group < to; group += 1) if (groups.has(group)) return false;
    return true;
  };
}

/** Readings of one certainty, given in order, with those that overlap made one. */
function joined(readings: readonly Reading[]): Reading[] {
  const result: Reading[] = [];
  for (const reading of [...readings].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && reading.from < last.to) {
      result[result.length - 1] = { ...last, to: Math.max(last.to, reading.to) };
    } else result.push(reading);
  }
  return result;
}
