import { KNOWN_PLACE, STREET_WORD } from './addressWords';
import { HIDDEN_SIGN, type ChangeText } from './changeText';

/** A letter without what stands around the writer's own words. */
export interface LetterParts {
  /** Without the heading, the signature and disclaimers. */
  readonly body: ChangeText;
  /** With the writer's own heading and signature, which are meant where the body points to them; else as `body`. */
  readonly whole: ChangeText;
}

type Part = 'body' | 'recipient' | 'sender' | 'disclaimer';

interface Line {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Sets apart what tells who writes, and to whom, from what is written. */
export function letterParts(read: ChangeText): LetterParts {
  const lines = linesOf(read.hidden);
  const parts = partsOf(lines);
  const around = lines.filter((_, place) => parts[place] !== 'body');
  if (around.length === 0) return { body: read, whole: read };
  const never = lines.filter((_, place) => !['body', 'sender'].includes(parts[place] ?? 'body'));
  return { body: without(read, around), whole: without(read, never) };
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').flatMap((line) => {
    const found = { text: line, start, end: start + line.length };
    start = found.end + 1;
    const closing = closingWithin(line);
    if (closing === undefined) return [found];
    const middle = found.start + closing;
    return [
      { text: line.slice(0, closing), start: found.start, end: middle },
      { text: line.slice(closing), start: middle, end: found.end },
    ];
  });
}

/** The same text with blanks for some of its lines, and without their values. */
function without(read: ChangeText, lines: readonly Line[]): ChangeText {
  let hidden = '';
  for (const { start, end } of lines)
    hidden += read.hidden.slice(hidden.length, start) + ' '.repeat(end - start);
  hidden += read.hidden.slice(hidden.length);
  const stays = ({ start }: { start: number }): boolean => hidden[start] !== ' ';
  return {
    ...read,
    hidden,
    emails: read.emails.filter(stays),
    phones: read.phones.filter(stays),
  };
}

function partsOf(lines: readonly Line[]): Part[] {
  const salutation = salutationOf(lines);
  let part: Part = 'body';
  let body = '';
  return lines.map(({ text }, place) => {
    if (place < salutation) return headingPart(lines, place);
    if (part === 'disclaimer' || (body !== '' && isDisclaimer(lines, place))) part = 'disclaimer';
    else if (TALK.test(text) || TOLD_LINE.test(text)) part = 'body';
    else if (
      body === ''
        ? SIGNS_OFF.test(text) && isClosing(text)
        : isClosing(text) || isSigned(lines, place, body)
    )
      part = 'sender';
    if (part === 'body' && /\p{L}/u.test(text) && !isSalutation(text)) body = text;
    return part;
  });
}

/** Words of somebody who is telling something, as stand in no signature. */
const TALK =
  /(?<![\p{L}@.])(?:(?<!(?:phase|block|sector|part|type|wing|floor) )i|i'?(?:m|ve|d)|my|me|we|we've|our|please|pls|plz|kindly|is|are|was|were|has|have|had|should|will|want|need|chang\w*|updat\w*|also|ps|p\.s|p\.s\.|post ?script)(?![\p{L}])/iu;
/** "New phone: …", "Subject: …": read wherever they stand. */
const TOLD_LINE =
  /^(?:(?:new|old|current|previous|correct|changed)(?! (?:delhi|york|town|alipore|market|jersey))(?: [\p{L}.-]+){0,3} ?[:=-]|(?:sub|subject|re|ref)\b\s?\.?[:-])|\(new\)/iu;

const SALUTATION =
  /^(?:dear|respected|hello|hi|hey|greetings|good (?:morning|afternoon|evening|day)|to whom(?:so ?ever)? it may concern|namaste|namaskar|(?:the )?(?:sirs?|madam|ma'am|team)(?=\s?[/,:!-]|$))(?![\p{L}])/iu;
const MOST_OF_A_SALUTATION = 40;
/** One on a line of its own. */
const isSalutation = (line: string): boolean =>
  line.length <= MOST_OF_A_SALUTATION && SALUTATION.test(line) && !TALK.test(line);
const MOST_LINES_ABOVE = 24;
const RECIPIENT =
  /\bcomantra\b|^to\b\W*(?:$|the\b)|^the (?:manager|officer|customer|head|director|privacy)/iu;

/** Where the salutation stands, if nothing but a heading stands above it; else 0. */
function salutationOf(lines: readonly Line[]): number {
  const place = lines
    .slice(0, MOST_LINES_ABOVE)
    .findIndex(({ text }, at) => at > 0 && SALUTATION.test(text));
  return place > 0 && !lines.slice(0, place).some(({ text }) => TALK.test(text)) ? place : 0;
}

function headingPart(lines: readonly Line[], place: number): Part {
  const text = lines[place]?.text ?? '';
  if (TOLD_LINE.test(text)) return 'body';
  let first = place;
  while (first > 0 && lines[first - 1]?.text.trim() !== '') first -= 1;
  const isTheirs = lines.slice(first, first + MOST_LINES_ABOVE).some((line, at, block) => {
    const isOver = block.slice(0, at).some((before) => before.text.trim() === '');
    return !isOver && RECIPIENT.test(line.text);
  });
  return isTheirs ? 'recipient' : 'sender';
}

const CLOSING_WORD =
  /(?<![\p{L}])(?:regards?|rgds|thank\w*|thanx|thnx|thx|tnx|wishes|sincerely|faithfully|truly|obediently|respectfully|cordially|cheers|greetings|love|best)(?![\p{L}])/iu;
const CLOSING_WORDS =
  /^(?:(?:with|and|many|kind|kindest|best|warm|warmest|most|very|much|yours|your|you|u|thank\w*|thanx|thnx|thx|tnx|regards?|rgds|wishes|sincerely|faithfully|truly|obediently|respectfully|cordially|cheers|love|greetings|in advance|in anticipation|for (?:your|the) (?:kind )?(?:help|co-?operation|time|assistance|support|attention)|so|again|indeed|a lot|a ton|all the|n|from)(?![\p{L}'])[\s,.!&-]*)+/iu;
const MOST_OF_A_CLOSING = 70;
const NAME_LINE =
  /^(?:\p{Lu}[\p{L}\p{M}.'-]*)(?:,? (?:\p{Lu}[\p{L}\p{M}.'-]*|&|and|de|van|der|bin)){0,4}(?: ?\([^)\n]{1,30}\))?[,.]?$/u;
/** "Regards, Asha Rao, 98300 11111" */
const VALUES_AT_END = new RegExp(
  String.raw`(?:[\s,|(/-]*(?:(?:ph|mob|tel|m|t|phone|mobile|cell)\s?[.:]?\s?)?${HIDDEN_SIGN}+(?!${HIDDEN_SIGN})\)?)+\.?$`,
  'iu',
);
/** The end of a sentence, or of a value. */
const ENDED = new RegExp(`[.!?)${HIDDEN_SIGN}]$`, 'u');
const SIGNATURE_RULE = /^(?:--|__+|—|–) ?$/;

/** "Kind regards,", also with a name behind it. */
function isClosing(line: string): boolean {
  if (SIGNATURE_RULE.test(line) || isSignature(line)) return true;
  if (line.length > MOST_OF_A_CLOSING || !CLOSING_WORD.test(line)) return false;
  const words = CLOSING_WORDS.exec(line)?.[0] ?? '';
  const rest = line.slice(words.length).replace(VALUES_AT_END, '');
  return words !== '' && (rest === '' || NAME_LINE.test(rest) || /^[\p{L}\p{M}]+$/u.test(rest));
}

/** "Regards" and the like behind a sentence or a value, on the same line. */
const CLOSES_WITHIN = new RegExp(
  String.raw`(?<=[.!?,;)${HIDDEN_SIGN}]\s{1,3})(?:(?:with|many|kind|kindest|best|warm|warmest|yours) ){0,2}(?:regards?|rgds|thank\w*|thanx|thnx|thx|tnx|sincerely|faithfully|obediently)(?![\p{L}])`,
  'giu',
);
/** Closes a message even where nothing stands before it; "Thanks" may begin one. */
const SIGNS_OFF = /(?<![\p{L}])(?:regards?|rgds|sincerely|faithfully|obediently)(?![\p{L}])/iu;
/** Not "Love" and "Best", which begin the names of streets. */
const SIGNED_BEHIND = new RegExp(
  `${SIGNS_OFF.source}|(?<!\\p{L})(?:thank|thanx|thnx|thx|tnx)`,
  'iu',
);
/** Values that are told behind "Thanks". */
const TELLS_MORE =
  /\b(?:to|also|now|instead|new (?:phone|mobile|mob|number|no|e-?mail|address|name))\b/i;
/** Names, and behind them a comma, a bar or a value. */
const SIGNED_WITH = new RegExp(
  String.raw`^[\p{L}\p{M}.'-]+(?: [\p{L}\p{M}.'-]+){0,4}\s*(?:[,|(/;:${HIDDEN_SIGN}-]|\d|$)`,
  'u',
);

/** Where a signature begins within a line: "… to 98301 54321. Regards, Asha Rao, 12 Park Street". */
function closingWithin(line: string): number | undefined {
  return Array.from(line.matchAll(CLOSES_WITHIN), ({ index }) => index).find((index) =>
    isSignature(line.slice(index)),
  );
}

/** "Regards, Asha Rao, 12 Park Street, Kolkata": also with what stands behind the name. */
function isSignature(line: string): boolean {
  const words = CLOSING_WORDS.exec(line)?.[0] ?? '';
  const rest = line.slice(words.length);
  return (
    SIGNED_BEHIND.test(words) &&
    !TALK.test(rest) &&
    !TELLS_MORE.test(rest) &&
    SIGNED_WITH.test(rest)
  );
}

/** A name on a line of its own behind a sentence that has ended, and what stands under it. */
function isSigned(lines: readonly Line[], place: number, body: string): boolean {
  const { text = '' } = lines[place] ?? {};
  return (
    NAME_LINE.test(text) &&
    !STREET_WORD.test(text) &&
    !KNOWN_PLACE.test(text) &&
    ENDED.test(body.trimEnd())
  );
}

const DISCLAIMER =
  /^\W*(?:(?:legal |e-?mail )?disclaimer|confidential\w*|(?:legal|privacy|confidentiality) notice|caution\W|(?:this|the) (?:e-?mail|message|mail|communication|transmission|information|contents?)\b|if you (?:are not|have received)|please consider the environment|think before you print)/iu;
const CONFIDENTIAL =
  /\b(?:disclaimer|confidential\w*|privileged|intended (?:recipient|solely|only|for)|addressee|in error|virus\w*|consider the environment|before you print)\b/i;
const MOST_OF_A_PARAGRAPH = 8;

function isDisclaimer(lines: readonly Line[], place: number): boolean {
  if (!DISCLAIMER.test(lines[place]?.text ?? '')) return false;
  const paragraph: string[] = [];
  for (const { text } of lines.slice(place, place + MOST_OF_A_PARAGRAPH)) {
    if (text.trim() === '') break;
    paragraph.push(text);
  }
  return CONFIDENTIAL.test(paragraph.join(' '));
}
