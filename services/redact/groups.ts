import { digitValue } from '../digits';

/** Digits of a text that stand together; zero-width characters between them do not part them. */
export interface DigitGroup {
  /** Offsets in the text, in UTF-16 units; `end` is not included. */
  readonly start: number;
  readonly end: number;
  /** `0` to `9`, whatever script the text uses. */
  readonly digits: string;
  /** What stands between this group and the one before it, without zero-width characters; empty for the first. */
  readonly gap: string;
  /** A plus sign stands before it. */
  readonly plus: boolean;
}

/** More separators than this, or a blank line, part two numbers. */
const MOST_SEPARATORS = 8;

const LINE_BREAK = /[\n\v\f\r\u0085\u2028\u2029]/;
const BLANK_LINE =
  /(?:\r\n|[\n\v\f\u0085\u2028\u2029]|\r(?!\n))[^\S\n\r]*[\n\v\f\r\u0085\u2028\u2029]/;
const SEPARATOR = /^[\s.\u00b7\u2024\u2027\u2219\u2212\u0085\p{Pd}]$/u;
const ZERO_WIDTH = /^\p{Cf}$/u;
const MARK = /^\p{M}$/u;

type Part = 'digit' | 'zeroWidth' | 'mark' | 'separator' | 'plus' | 'other';

function partOf(character: string): Part {
  if (character >= '0' && character <= '9') return 'digit';
  if (character >= 'A' && character <= 'z') return 'other';
  if (digitValue(character) !== undefined) return 'digit';
  if (ZERO_WIDTH.test(character)) return 'zeroWidth';
  if (MARK.test(character)) return 'mark';
  const plain = character.normalize('NFKC');
  if (SEPARATOR.test(plain)) return 'separator';
  return plain === '+' ? 'plus' : 'other';
}

/** Whether a gap holds a line break. */
export const breaksLine = (gap: string): boolean => LINE_BREAK.test(gap);

/**
 * The digit groups of a text in runs: between the groups of a run stand only spaces, dashes, dots, zero-width
 * characters and line breaks. Linear in the length of the text.
 */
export function digitRuns(text: string): DigitGroup[][] {
  const runs: DigitGroup[][] = [];
  let run: DigitGroup[] = [];
  let group: { -readonly [Key in keyof DigitGroup]: DigitGroup[Key] } | undefined;
  let gap = '';
  let plus = false;
  let offset = 0;

  const endRun = (): void => {
    if (run.length > 0) runs.push(run);
    run = [];
    gap = '';
  };

  for (const character of text) {
    const start = offset;
    offset += character.length;
    const part = partOf(character);
    if (part === 'digit') {
      const digit = digitValue(character)?.toString() ?? '';
      if (group) {
        group.digits += digit;
        group.end = offset;
      } else {
        if (plus || gap.length > MOST_SEPARATORS || BLANK_LINE.test(gap)) endRun();
        group = { start, end: offset, digits: digit, gap: run.length > 0 ? gap : '', plus };
        run.push(group);
        gap = '';
        plus = false;
      }
    } else if (part === 'mark' && group) {
      // A keycap or a variation selector belongs to the digit it stands on.
      group.end = offset;
    } else if (part === 'separator') {
      group = undefined;
      gap += gap.length > MOST_SEPARATORS ? '' : character;
    } else if (part === 'plus' || part === 'other') {
      group = undefined;
      endRun();
      plus = part === 'plus';
    }
  }
  endRun();
  return runs;
}
