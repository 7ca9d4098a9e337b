import { FIRST_OF_ANOTHER_LINE } from './addressWords';

/** Mail programs break lines before so many characters. */
const WIDEST = 80;
const NARROWEST = 55;
const USUAL = 72;
const ENDED = /[.!?:;]$/;
const OWN_LINE = /^(?:[\p{L} .'/-]{1,30} ?[:=]|\(?[\da-z]{1,2}[.)] |[-*•>] )/iu;

/**
 * A text without the line breaks that a mail program put into its paragraphs, nor the empty lines between all of its
 * lines that some make of every line break; those that were typed stay.
 */
export function withoutWraps(text: string): string {
  const lines = singleSpaced(text).split('\n');
  const longest = Math.max(...lines.map(({ length }) => (length > WIDEST ? 0 : length)));
  const width = Math.min(longest, USUAL);
  return lines.reduce((joined, line, place) => {
    if (place === 0) return line;
    const isWrap = goesOn(lines[place - 1] ?? '', line, width);
    return joined + (isWrap ? ' ' : '\n') + line;
  }, '');
}

function goesOn(line: string, next: string, width: number): boolean {
  if (line.length < NARROWEST || line.length > WIDEST || next === '' || ENDED.test(line))
    return false;
  const first = /^[^\s,.:]*/.exec(next)?.[0] ?? '';
  const word = /^\S*/.exec(next)?.[0] ?? '';
  if (line.length + 1 + word.length <= width || OWN_LINE.test(next)) return false;
  return !(/^\p{Lu}/u.test(first) && FIRST_OF_ANOTHER_LINE.has(first.toLowerCase()));
}

const LEAST_DOUBLE = 4;
/** One that may be a line of an address, and the empty one before another such. */
const SHORT_LINE = /(?<=^|\n)([^\n]{0,39}[^\n.!?:])\n\n(?=[^\n]{1,40}(?:\n|$))/g;

function singleSpaced(text: string): string {
  const tight = text.replace(/\n{3,}/g, '\n\n');
  const breaks = tight.match(/\n+/g) ?? [];
  const isDouble = breaks.length >= LEAST_DOUBLE && breaks.every(({ length }) => length === 2);
  return isDouble ? tight.replace(SHORT_LINE, '$1\n') : tight;
}
