import { withPlainDigits } from './digits';
import { findChanges, findEmail, findName, withoutCaseReferences } from './entities';
import { lineOf } from './plainWords';
import { redact } from './redact';

/** In characters: longer words are a story, and no example. */
export const LONGEST_EXAMPLE = 300;
/** Stands where a value stood; to the understanding it is no word. */
const GAP = '…';
const MOST_NAMES = 5;
const FEWEST_WORDS = 2;

const WITH_AT = /\S*@\S*/g;
const LINK = /\b(?:https?:|www\.)\S+/gi;
const MASKED = /•(?:\s?[•\d])*/g;
/** "ravi at gmail dot com", in the middle of other words. */
const SPOKEN_MAILBOX = /\bat\s\S{1,60}\sdot\s\S/i;
/** Digits, with no more than two signs or spaces between them. */
const NUMBER = /\d(?:[\s.,:/()+\p{Pd}]{0,2}\d)*/gu;
/** A year or a count may stay; what begins here is a PIN, a postcode or a part of a number. */
const SHORTEST_MASKED = 4;
const SHORTEST_REFUSED = 6;
const UNSEEN = /\p{Cf}/gu;
const GAPS = /…(?:[\s,.;:…]*…)+/g;
const WORD = /[\p{L}\p{M}][\p{L}\p{M}\p{N}'’-]*/gu;

/**
 * What of a customer's question may be kept as an example: one line, without addresses, numbers, names and links.
 * Undefined when it is too long, when too little is left, or when a value cannot be taken out.
 */
export function exampleWords(text: string): string | undefined {
  if (text.length > LONGEST_EXAMPLE) return undefined;
  const words = tidy(withoutNumbers(withoutNames(withoutTold(plain(redact(text).text)))));
  if ((words.match(WORD)?.length ?? 0) < FEWEST_WORDS) return undefined;
  return holdsValues(words) ? undefined : words;
}

/** Whether words hold what must not become an example: a number of six digits or more, or an address. */
export const holdsValues = (words: string): boolean =>
  (withPlainDigits(words).match(NUMBER) ?? []).some((found) => digits(found) >= SHORTEST_REFUSED) ||
  words.includes('@') ||
  SPOKEN_MAILBOX.test(words) ||
  findEmail(words) !== undefined ||
  told(words).length > 0;

const plain = (text: string): string => withPlainDigits(text.normalize('NFKC').replace(UNSEEN, ''));

/** The values that are told as one's own, but for telephone numbers, which are not given as they are typed. */
const told = (text: string): string[] =>
  findChanges(text).changes.flatMap(({ field, value }) =>
    typeof value === 'string' && field !== 'phone' ? [value] : [],
  );

function withoutTold(text: string): string {
  const lines = told(text).flatMap((value) => value.split('\n').filter((line) => line !== ''));
  const without = lines.reduce((so, line) => so.replaceAll(line, GAP), text);
  return without.replace(WITH_AT, GAP).replace(LINK, GAP);
}

function withoutNames(text: string): string {
  let without = text.replace(/\s+/g, ' ');
  for (let names = 0; names < MOST_NAMES; names += 1) {
    const name = findName(without);
    if (name === undefined) break;
    without = without.replaceAll(name, GAP);
  }
  return without;
}

const withoutNumbers = (text: string): string =>
  withoutCaseReferences(text)
    .replace(MASKED, GAP)
    .replace(NUMBER, (found) => (digits(found) >= SHORTEST_MASKED ? GAP : found));

const digits = (text: string): number => text.replace(/\D/g, '').length;

/** One line that is no comment of the file that it goes to. */
const tidy = (text: string): string =>
  lineOf(text)
    .replace(GAPS, GAP)
    .replace(/^[\s#…,.;:-]+/, '')
    .trim();
