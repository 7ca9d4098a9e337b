import { attributionAt, type Attribution } from './attributions';
import { withoutFooter } from './footers';

/** The first line of every mail to staff: what stands above it in a reply is new. */
export const REPLY_LINE = '--- Write your answer above this line ---';

/** What somebody wrote themselves in a reply. */
export interface Stripped {
  readonly text: string;
  /** Own words were found below or inside the quoted part (bottom-posted, inline): a person should look. */
  readonly belowQuote: boolean;
}

const lettersOf = (line: string): string =>
  line
    .slice(0, 400)
    .toLowerCase()
    .replace(/[^\p{L}]/gu, '');

const REPLY_LETTERS = lettersOf(REPLY_LINE);
const QUOTED = /^\s{0,3}>/;
const FOOTER_BELOW =
  /confidential|intended (?:only |solely )?(?:for|recipient)|disclaimer|privileged|virus|vertraulich|unsubscribe|please consider the environment/i;
/** Words shorter than this may be anybody's, even where we sent the same. */
const MIN_KNOWN = 12;
/** A line that a mail program has wrapped is looked for in so much of what we sent, so often. */
const MAX_KNOWN = 100_000;
const MAX_PIECES = 200;
const MIN_PIECE = 6;
/** How far above the reply line the mail program's introduction can begin. */
const ABOVE_REPLY_LINE = 25;
const MAX_WARNING_LINES = 4;
const MAX_GLUED = 1000;

/**
 * The words of a reply without the mail that it answers, the signature and "Sent from my …".
 * @param known lines that we know we sent: dropped wherever they stand.
 */
export function stripQuote(text: string, known: readonly string[] = []): Stripped {
  const lines = text.replace(/\r\n?/g, '\n').split('\n').flatMap(unglued);
  const cut = cutOf(lines);
  const sent = sentLines(known);
  const top = lines.slice(0, cut.start).filter((line) => !sent.isKnown(line));
  const above = ownLines(top);
  const below = ownBelow(lines.slice(cut.end), sent, above.text === '');
  return {
    text: [above.text, below].filter((words) => words !== '').join('\n\n'),
    belowQuote: above.isInline || below !== '',
  };
}

/** Yahoo on a phone leaves out the line break between its introduction and our first line. */
function unglued(line: string): string[] {
  if (line.length > MAX_GLUED || !line.includes(':  ')) return [line];
  const end = line.lastIndexOf(':  ') + 1;
  const introduction = line.slice(0, end);
  return introduction.includes('@') && attributionAt([introduction], 0)?.isCertain === true
    ? [introduction, line.slice(end).trimStart()]
    : [line];
}

/** Where the answered mail begins (`start`), and where its introduction is over (`end`). */
function cutOf(lines: readonly string[]): { start: number; end: number } {
  const marker = lines.findIndex((_, at) => replyLineAt(lines, at) > 0);
  if (marker >= 0) {
    const start = introductionOf(lines, marker);
    const isMarked = QUOTED.test(lines[marker] ?? '');
    return { start, end: isMarked ? marker : marker + replyLineAt(lines, marker) };
  }
  for (let at = 0; at < lines.length; at += 1) {
    const found = QUOTED.test(lines[at] ?? '') ? undefined : attributionAt(lines, at);
    if (found && (found.isCertain || isQuotedNext(lines, found.end)))
      return { start: found.start, end: found.end };
  }
  return { start: lines.length, end: lines.length };
}

/** How many lines from here are the reply line, which a mail program may have wrapped. */
function replyLineAt(lines: readonly string[], at: number): number {
  const letters = lettersOf(lines[at] ?? '');
  if (letters === '' || !REPLY_LETTERS.startsWith(letters)) return 0;
  if (letters === REPLY_LETTERS) return 1;
  return letters + lettersOf(lines[at + 1] ?? '') === REPLY_LETTERS ? 2 : 0;
}

/** Where the mail program's introduction of the answered mail begins, of which the reply line is the first. */
function introductionOf(lines: readonly string[], marker: number): number {
  const last = lines.findLastIndex(
    (line, at) => at < marker && line.trim() !== '' && !QUOTED.test(line),
  );
  for (let at = Math.max(0, last - ABOVE_REPLY_LINE); at <= last; at += 1) {
    const found = attributionAt(lines, at);
    if (found && leadsTo(lines, found, last)) return at;
  }
  return marker;
}

/** Own words such as "On 3 May you wrote:" with more of the answer after them introduce nothing. */
function leadsTo(lines: readonly string[], found: Attribution, last: number): boolean {
  const between = lines.slice(found.end, last + 1).filter((line) => line.trim() !== '');
  // Servers put a warning about mail from outside on top of what they pass on.
  return between.length <= (found.isHead ? MAX_WARNING_LINES : 0);
}

function isQuotedNext(lines: readonly string[], from: number): boolean {
  const next = lines.slice(from, from + 4).find((line) => line.trim() !== '');
  return next !== undefined && QUOTED.test(next);
}

interface Sent {
  readonly isEmpty: boolean;
  isKnown(line: string): boolean;
  /** Also where it is only a piece of what we sent, as wrapping leaves it. */
  isPiece(line: string): boolean;
}

function sentLines(known: readonly string[]): Sent {
  const squeezed = (line: string): string =>
    line
      .replace(/^[\s>|]+/, '')
      .replace(/\s+/g, ' ')
      .trim();
  const whole = new Set(known.map(squeezed).filter((line) => line.length >= MIN_KNOWN));
  const joined = known.map(squeezed).join(' ').slice(0, MAX_KNOWN);
  let looked = 0;
  return {
    isEmpty: known.length === 0,
    isKnown: (line) => whole.has(squeezed(line)),
    isPiece: (line) => {
      const piece = squeezed(line);
      looked += 1;
      return looked <= MAX_PIECES && piece.length >= MIN_PIECE && joined.includes(piece);
    },
  };
}

/** What was written above the answered mail, with quotes inside it kept as they were set. */
function ownLines(lines: readonly string[]): { text: string; isInline: boolean } {
  const last = lines.findLastIndex((line) => line.trim() !== '' && !QUOTED.test(line));
  const own = withoutFooter(lines.slice(0, last + 1));
  const firstQuoted = own.findIndex((line) => QUOTED.test(line));
  const hasWords = own.some((line) => line.trim() !== '' && !QUOTED.test(line));
  if (firstQuoted < 0 || !hasWords) return { text: hasWords ? trimmed(own) : '', isInline: false };
  const isAnswerInside = own.slice(0, firstQuoted).some((line) => line.trim() !== '');
  const kept = isAnswerInside ? own : own.filter((line) => !QUOTED.test(line));
  return { text: trimmed(kept), isInline: true };
}

/** Own words below: unmarked lines in a marked quote; in an unmarked one, what we did not send. */
function ownBelow(lines: readonly string[], sent: Sent, isNothingAbove: boolean): string {
  const isMarked = QUOTED.test(lines.find((line) => line.trim() !== '') ?? '');
  if (!isMarked && (sent.isEmpty || !isNothingAbove)) return '';
  const unmarked = lines.map((line) => (QUOTED.test(line) || sent.isKnown(line) ? '' : line));
  const own = withoutFooter(unmarked).filter((line) => line.trim() === '' || !sent.isPiece(line));
  const words = trimmed(own).replace(/\n(?:[ \t]*\n){2,}/g, '\n\n');
  const paragraphs = words.split(/\n{2,}/);
  return paragraphs.every((each) => each === '' || FOOTER_BELOW.test(each)) ? '' : words;
}

const trimmed = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
