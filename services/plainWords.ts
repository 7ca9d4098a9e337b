/** What one mail reader or another takes for the end of a line. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/**
 * Characters that nobody sees: they reorder the text around them, or hide in a word. The joiners and variation
 * selectors that Indic scripts, Persian and emoji need stay.
 */
const UNSEEN =
  /(?!\u200c|\u200d|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;
const CONTROL = /(?!\t)\p{Cc}/gu;

const seen = (line: string): string => line.replace(UNSEEN, '').replace(CONTROL, '');

/** Somebody's text as lines, without the characters by which it could pass for something else. */
export const linesOf = (text: string): string[] => text.split(LINE_BREAK).map(seen);

/** The same as one line with single spaces, or a customer's words could pass for a line of ours. */
export const lineOf = (text: string): string =>
  linesOf(text).join(' ').replace(/\s+/gu, ' ').trim();

/**
 * A line in pieces of at most `width` characters, broken at spaces; only a web address may stay longer,
 * as it would not work in pieces.
 */
export function wrapped(line: string, width: number): string[] {
  if (line.length <= width) return [line];
  const pieces: string[] = [];
  let piece = '';
  for (const word of line.split(/(?<=\s)(?=\S)/u).flatMap((each) => chopped(each, width))) {
    if (piece !== '' && piece.length + word.trimEnd().length > width) {
      pieces.push(piece.trimEnd());
      piece = '';
    }
    piece += word;
  }
  return [...pieces, piece.trimEnd()];
}

const chopped = (word: string, width: number): string[] =>
  word.length <= width || /^https?:\/\/\S+\s*$/u.test(word)
    ? [word]
    : (word.match(new RegExp(`.{1,${width}}`, 'gsu')) ?? []);
