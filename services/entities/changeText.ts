import { withPlainDigits } from '../digits';
import { findEmail } from './contact';
import { phonesIn } from './phones';
import { withSpokenWritten } from './spoken';
import { withoutWraps } from './wrappedLines';

/** A value in a text, such as an e-mail address. */
export interface Span {
  readonly value: string;
  /** Offsets in the text; `end` is not included. */
  readonly start: number;
  readonly end: number;
}

/** What a customer wrote, ready to be read for changes. */
export interface ChangeText {
  /** The words with plain digits, apostrophes and spaces; line breaks stay that were typed. */
  readonly text: string;
  /** As long as `text`, with signs of nobody's alphabet in place of e-mail addresses, telephone numbers and masks. */
  readonly hidden: string;
  readonly emails: readonly Span[];
  readonly phones: readonly Span[];
  /** A payment card's number was written, and masked before it came here. */
  readonly hasCardMask: boolean;
}

const MOST_READ = 4000;
/** What stands in `hidden` for a value that was read. */
export const HIDDEN_SIGN = '\uE000';
const ROUGH_EMAIL = /[^\s@,;:<>"()[\]=]{1,64}@[^\s@,;:<>"()[\]=]{3,190}/gu;
const CARD_MASK = /•••• •••• •••• \d{4}/g;
const AADHAAR_MASK = /•••• •••• \d{4}/g;

const hide = (words: string): string => HIDDEN_SIGN.repeat(words.length);

/** Reads the first 4,000 characters. */
export function changeText(typed: string): ChangeText {
  const text = withSpokenWritten(plain(typed)).slice(0, MOST_READ);
  let hidden = text.replace(CARD_MASK, hide);
  const hasCardMask = hidden !== text;
  hidden = hidden.replace(AADHAAR_MASK, hide);
  const emails = emailsIn(hidden);
  hidden = without(hidden, emails);
  const phones = phonesIn(hidden);
  return { text, hidden: without(hidden, phones), emails, phones, hasCardMask };
}

const plain = (typed: string): string =>
  withoutWraps(
    withPlainDigits(typed.slice(0, MOST_READ).normalize('NFKC').slice(0, MOST_READ))
      .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
      .replace(/(?!\u200c|\u200d)\p{Cf}|(?!\n|\t)\p{Cc}|\uE000/gu, '')
      .replace(/[\u2018\u2019\u201b\u02bc\u00b4`\u2032]/g, "'")
      .replace(/[\u201c\u201d\u201e]/g, '"')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n ?/g, '\n')
      .trim(),
  );

function emailsIn(text: string): Span[] {
  return Array.from(text.matchAll(ROUGH_EMAIL)).flatMap(({ 0: rough, index }) => {
    const value = findEmail(rough);
    if (value === undefined) return [];
    const start = index + rough.indexOf(value);
    return [{ value, start, end: start + value.length }];
  });
}

function without(text: string, spans: readonly Span[]): string {
  let result = '';
  let done = 0;
  for (const { start, end } of spans) {
    result += text.slice(done, start) + HIDDEN_SIGN.repeat(end - start);
    done = end;
  }
  return result + text.slice(done);
}

/** Where a sentence ends; a dot after "no" or "St" ends none. */
const SENTENCE_END =
  /[!?;](?=\s|$)|(?<!\b(?:no|nos|ph|mob|tel|st|rd|mr|mrs|ms|dr|apt|nr|opp|ave|addr|vs|p\.o|\p{L}))\.(?=\s|$)|\n/giu;

/** A sentence of a text. */
export interface Sentence {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function sentencesOf(text: string): Sentence[] {
  const ends = [...Array.from(text.matchAll(SENTENCE_END), ({ index }) => index + 1), text.length];
  return ends.map((end, place) => {
    const start = ends[place - 1] ?? 0;
    return { text: text.slice(start, end), start, end };
  });
}

/** The sentence that a place is in. */
export const sentenceAt = (sentences: readonly Sentence[], place: number): string =>
  sentences.find(({ end }) => end > place)?.text ?? '';

const MOST_CONTEXT = 160;

/**
 * The words that lead to a value: of its sentence, behind the value before it; the sentence before where there are none.
 * @param from where the value before it ends.
 */
export function wordsBefore(
  text: string,
  sentences: readonly Sentence[],
  start: number,
  from: number,
): string {
  const place = sentences.findIndex(({ end }) => end > start);
  for (let at = place; at >= Math.max(0, place - 2); at -= 1) {
    const begin = Math.max(sentences[at]?.start ?? 0, from, start - MOST_CONTEXT);
    const words = text.slice(begin, start);
    if (/[\p{L}]/u.test(words)) return words;
  }
  return text.slice(Math.max(from, start - 1), start);
}

/** The words that follow a value in its sentence, up to the sign that stands for the next value. */
export function wordsAfter(text: string, sentences: readonly Sentence[], end: number): string {
  const until = sentences.find((sentence) => sentence.end >= end)?.end ?? end;
  const words = text.slice(end, Math.min(until, end + MOST_CONTEXT));
  const next = words.indexOf(HIDDEN_SIGN);
  return next < 0 ? words : words.slice(0, next + 1);
}
