import { digitValue } from '../digits';
import {
  endsWholeAddress,
  findCaseReference,
  findCode,
  isPostcode,
  withoutCaseReferences,
} from '../entities';
import { redact } from '../redact';

/** Who said something in a customer's chat. */
export type Speaker = 'customer' | 'bot' | 'agent';

/** Part of a text, by its places. */
interface Run {
  readonly start: number;
  readonly end: number;
}

/** A text with digits of any script as `0` to `9` and without what is not seen, and where each character stood. */
interface Plain {
  readonly text: string;
  readonly at: readonly number[];
}

const HIDDEN = '••••••';
const SIX = 6;

/** At most two marks between digits, or a dash with a space on either side. */
const NUMBER = /\d(?:(?:[\s._]?\p{Pd}[\s._]?|[\s._\p{Pd}]{0,2})\d)*/gu;
/** "4, 8, 2, 9, 1, 3" */
const ONE_BY_ONE =
  /(?<!\d[\s._,;/|*·\p{Pd}]{0,3})\d(?:[\s._,;/|*·\p{Pd}]{1,3}\d){5}(?![\s._,;/|*·\p{Pd}]{0,3}\d)/gu;
const SPOKEN_DIGIT = '(?:zero|one|two|three|four|five|six|seven|eight|nine)';
/** "four eight two nine one three" */
const SPOKEN = new RegExp(
  String.raw`(?<!${SPOKEN_DIGIT}[\s,.-]{1,3})\b${SPOKEN_DIGIT}(?:[\s,.-]{1,3}${SPOKEN_DIGIT}){5}\b(?![\s,.-]{1,3}${SPOKEN_DIGIT})`,
  'giu',
);

/** What a code is called; not "postcode" and the like. */
const NAME = String.raw`(?<!\p{L})(?<!\b(?:error|sac|hsn|qr|branch|swift|ifsc|post(?:al)?|zip|area|country|std|promo|coupon|discount|voucher|order|product)[ -]?)(?:otps?|codes?|pins?|pass ?codes?|kod)(?!\p{L})`;
const NAMED = new RegExp(String.raw`${NAME}\D{0,20}$`, 'iu');
const NAMED_BEFORE = new RegExp(String.raw`${NAME}[^\d.!?\n]{0,40}$`, 'iu');
const NAMED_BEHIND = new RegExp(String.raw`^[^\d.!?\n]{0,40}${NAME}`, 'iu');
/** As far as a name is looked for. */
const AROUND = 80;

/** A number that is said to be something else. */
const ANOTHER =
  /(?:\brs\.?\s?|\b(?:inr|usd|paid|booking|serial|ref|utr|txn|order|invoice|bill|ticket|phone|tel(?:ephone)?|mobile|call|ring|landline|customer|account|user)\b[^.!?\d]{0,15}|[₹$€£]\s?|#)$/iu;
const ANOTHER_BEHIND =
  /^\s*(?:rupees|rs\b|\/-|is (?:my|the) (?:order|phone|mobile|landline|customer|invoice|serial|booking)\b)/iu;
/** As a code is written where nothing says that it is one: not as a date or as hours. */
const EVEN =
  /^(?:\d{6}|\d{3}[\s._\p{Pd}]{1,3}\d{3}|\d{2} \d{2} \d{2}|\d(?:[\s._,;/|*·\p{Pd}]{1,3}\d){5})$/u;
const PIN_BEFORE = /\bpins?\b(?:[ -]?codes?)?\D{0,20}$/iu;
const MOST_WORDS_BESIDE = 5;

/**
 * A text with codes and PINs hidden, which are of use to whoever reads them; card numbers, too.
 * @param codeIsOut whether a code was on its way to the customer when this was said.
 */
export function withoutSecrets(text: string, speaker: Speaker, codeIsOut = false): string {
  const clean = redact(text).text;
  const characters = Array.from(clean);
  const plain = plainOf(characters);
  const runs = runsIn(plain.text);
  const secret =
    speaker === 'customer'
      ? secretsOfCustomer(clean, plain.text, runs, codeIsOut)
      : runs.filter((run) => isNamed(plain.text, run) && !isPostcodeAt(plain.text, run));
  const shown = without(characters, plain, secret);
  return speaker === 'customer' ? shown.replace(SPOKEN, HIDDEN) : shown;
}

/** Whether it may depend on what codes were on their way what is hidden of a customer's words. */
export const mayHoldCode = (text: string): boolean =>
  runsIn(plainOf(Array.from(text)).text).length > 0;

function secretsOfCustomer(
  said: string,
  plain: string,
  runs: readonly Run[],
  codeIsOut: boolean,
): readonly Run[] {
  if (runs.length === 0) return [];
  const code = findCode(said);
  // Whoever has a case's reference and PIN can read it.
  const withReference = findCaseReference(said) !== undefined;
  const beside = runs.reduceRight(
    (words, { start, end }) => `${words.slice(0, start)} ${words.slice(end)}`,
    plain,
  );
  const alone = (beside.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’]*/gu) ?? []).length;
  return runs.filter((run) => {
    const written = plain.slice(run.start, run.end);
    const before = plain.slice(Math.max(0, run.start - AROUND), run.start);
    const named = isNamed(plain, run) || NAMED_BEFORE.test(before);
    // In India a postcode is called PIN, too.
    if (withReference || (named && !PIN_BEFORE.test(before))) return true;
    if (codeIsOut) return !endsWholeAddress(plain, run.start, run.end);
    if (isPostcodeAt(plain, run)) return false;
    if (named) return true;
    if (NAMED_BEHIND.test(plain.slice(run.end, run.end + AROUND))) return true;
    if (/\p{L}$/u.test(before)) return false;
    if (written.replace(/\D/g, '') === code) return true;
    const behind = plain.slice(run.end, run.end + AROUND);
    return (
      alone <= MOST_WORDS_BESIDE &&
      EVEN.test(written) &&
      !ANOTHER.test(before) &&
      !ANOTHER_BEHIND.test(behind)
    );
  });
}

const isPostcodeAt = (plain: string, { start, end }: Run): boolean => isPostcode(plain, start, end);

const isNamed = (plain: string, { start }: Run): boolean =>
  NAMED.test(plain.slice(Math.max(0, start - AROUND), start));

/** The numbers of six digits: each alone, or with nothing but others of them beside it. */
function runsIn(plain: string): Run[] {
  const numbers = Array.from(plain.matchAll(NUMBER)).flatMap(({ 0: written, index }) => {
    const groups = Array.from(written.matchAll(/\d+/g));
    if (written.replace(/\D/g, '').length === SIX)
      return [{ start: index, end: index + written.length }];
    return groups.every(([digits]) => digits.length === SIX)
      ? groups.map((group) => ({
          start: index + group.index,
          end: index + group.index + SIX,
        }))
      : [];
  });
  const singles = Array.from(plain.matchAll(ONE_BY_ONE), ({ 0: written, index }) => ({
    ...{ start: index, end: index + written.length },
  })).filter(({ start, end }) => numbers.every((each) => each.end <= start || each.start >= end));
  return [...numbers, ...singles].sort((one, other) => one.start - other.start);
}

function plainOf(characters: readonly string[]): Plain {
  const at: number[] = [];
  let text = '';
  characters.forEach((character, index) => {
    if (isUnseen(character)) return;
    const value = digitValue(character)?.toString();
    text += value ?? (character.length === 1 ? character : '\uFFFD');
    at.push(index);
  });
  return { text: withoutCaseReferences(text), at };
}

/** Zero width, or what makes a key of a digit. */
const isUnseen = (character: string | undefined): boolean =>
  character !== undefined && /^[\p{Cf}\uFE0F\u20E3]$/u.test(character);

function without(characters: readonly string[], { at }: Plain, runs: readonly Run[]): string {
  let shown = '';
  let done = 0;
  for (const { start, end } of runs) {
    shown += characters.slice(done, at[start]).join('') + HIDDEN;
    done = (at[end - 1] ?? 0) + 1;
    while (isUnseen(characters[done])) done += 1;
  }
  return shown + characters.slice(done).join('');
}
