/** How the line begins with which a mail program introduces the mail that is answered, and how it ends. */
const OPENERS = /^(?:-{2,}\s*)?(?:on|am|le|el|il(?: giorno)?|em|op|den|dne|w dniu|dnia)\s/iu;
/** Languages, and programs, that begin with the date itself. */
const DATES_FIRST =
  /^(?:\p{Script=Devanagari}{1,12}[.,]{0,2}\s*[\d०-९]|\p{Script=Bengali}{1,12}[.,]{0,2}\s*[\d০-৯]|\d{4}[-/.]\d)/u;
const CLOSERS =
  /(?:\bwrote|\bschrieb\b.{0,200}|\ba écrit|\bécrit|\bescribió|\bha scritto|\bscritto|\bescreveu|\bschreef\b.{0,200}|\bskrev\b.{0,200}|\bnapisał(?:\(a\))?|ने (?:यह )?लिखा|লিখেছেন)\s{0,3}(?::|：)?\s{0,3}(?:-{2,})?$/iu;
const ENDS_AS_ONE = /(?:[:：]|-{2,})$/;
const ADDRESS = /[^\s<>@]{1,64}@[^\s<>@]{1,190}/;
const WHEN = /\d{1,2}[:.]\d{2}|\b\d{4}\b|\d{1,2}[./]\d{1,2}[./]\d{2}|[०-९]{4}|[০-৯]{4}/u;

/** Thunderbird, Outlook and others draw a line like this above the mail that is answered. */
const ORIGINAL =
  /^[-_=*]{2,}\s?(?:original(?: message| appointment)?|reply message|ursprüngliche nachricht|originalnachricht|message d['’]origine|mensaje original|messaggio originale|oprindelig besked|oorspronkelijk bericht|मूल संदेश)\s?[-_=*]{2,}$/iu;

const FROM = /^\**(?:from|von|de|da|van|od|प्रेषक|প্রেরক)\s?\**\s?:\**\s*\S/iu;
const OTHER_LABELS: readonly RegExp[] = [
  /^\**(?:sent|date|gesendet|datum|envoyé|enviado|inviato|data|fecha|verzonden|भेजा गया|दिनांक|তারিখ)\s?\**\s?:/iu,
  /^\**(?:to|an|à|para|a|aan|प्रति|प्राप्तकर्ता|প্রাপক)\s?\**\s?:/iu,
  /^\**(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto|विषय|বিষয়)\s?\**\s?:/iu,
];

const MAX_LINE = 400;
const MAX_JOINED = 3;
const MAX_HEAD = 8;

/** Where a mail program introduces the mail that is answered. */
export interface Attribution {
  /** Index of its first line. */
  readonly start: number;
  /** Index of the first line after it. */
  readonly end: number;
  /** It names an address, so that what follows is a mail even where no line is marked as quoted. */
  readonly isCertain: boolean;
  /** It is a block of header lines, not a sentence. */
  readonly isHead: boolean;
}

/** The introduction that begins at a line, if one does. */
export function attributionAt(lines: readonly string[], start: number): Attribution | undefined {
  const line = shown(lines[start]);
  if (line === '') return undefined;
  if (ORIGINAL.test(line)) {
    const head = headAt(lines, nextWritten(lines, start + 1));
    return { start, end: head?.end ?? start + 1, isCertain: true, isHead: true };
  }
  if (/^_{10,}$/.test(line)) {
    const head = headAt(lines, nextWritten(lines, start + 1));
    return head && { ...head, start };
  }
  return headAt(lines, start) ?? wroteAt(lines, start);
}

/** "On … wrote:", on up to three lines. */
function wroteAt(lines: readonly string[], start: number): Attribution | undefined {
  const first = shown(lines[start]);
  // In a language that is not known here: a line with an address that ends in a colon.
  if (ADDRESS.test(first) && /[:：]$/.test(first) && !CLOSERS.test(first))
    return { start, end: start + 1, isCertain: false, isHead: false };
  if (!OPENERS.test(first) && !DATES_FIRST.test(first) && !CLOSERS.test(first)) return undefined;
  let joined = '';
  for (let end = start; end < Math.min(lines.length, start + MAX_JOINED); end += 1) {
    const line = shown(lines[end]);
    // The introduction begins further down, and this line is the writer's own.
    if (line === '' || (end > start && OPENERS.test(line))) return undefined;
    joined = `${joined} ${line}`.trim().slice(0, MAX_LINE);
    const hasAddress = ADDRESS.test(joined);
    if (CLOSERS.test(joined) && ENDS_AS_ONE.test(joined) && (hasAddress || WHEN.test(joined)))
      return { start, end: end + 1, isCertain: hasAddress, isHead: false };
  }
  return undefined;
}

/** Outlook's "From: Sent: To: Subject:"; a line "From: …" alone is somebody's own words. */
function headAt(lines: readonly string[], start: number): Attribution | undefined {
  if (!FROM.test(shown(lines[start]))) return undefined;
  const found = new Set<RegExp>();
  let end = start + 1;
  for (let at = start + 1; at < Math.min(lines.length, start + MAX_HEAD); at += 1) {
    const label = OTHER_LABELS.find((each) => each.test(shown(lines[at])));
    if (!label) continue;
    found.add(label);
    end = at + 1;
  }
  return found.size >= 2 ? { start, end, isCertain: true, isHead: true } : undefined;
}

function nextWritten(lines: readonly string[], from: number): number {
  let at = from;
  while (at < Math.min(lines.length, from + 3) && shown(lines[at]) === '') at += 1;
  return at;
}

const shown = (line: string | undefined): string =>
  (line ?? '')
    .slice(0, MAX_LINE)
    .replace(/[\u00a0\u200b\u200e\u200f\u202f]/g, ' ')
    .trim();
