import EmailReplyParser from 'email-reply-parser';

/** A signature is set apart by this; the space is often lost on the way. */
const SIGNATURE = /^-- ?$/;
const MAX_SIGNATURE_LINES = 12;
const MAX_FOOTER_LINES = 2;
/** What the package reads is kept this small: its patterns take time with a power of the length. */
const MAX_LINE = 160;
const READ_LINES = 6;
/** The package takes these for the beginning of a signature; they are the writer's own words. */
const OWN_WORDS =
  /^(?:[-_+=\s]+|cheers.*|best wishes.*|.{0,24}regards.*|.{0,24}cordialement.*|bien . vous.*|bonne .*|sent from our\b.*|(?!sent from my\b).*[.,;:])$/i;
/** What other programs put below everything. */
const ADVERTISED =
  /^(?:sent (?:with|via|using|from) \[?(?:proton ?mail|spark|superhuman|zoho|fairemail|bluemail|thunderbird|canary|mailbird|airmail)\b.{0,80}|(?:diese nachricht wurde )?von meinem .{1,60} gesendet\.?|मेरे .{1,40} से भेजा गया।?)$/iu;

/** The lines without the signature and without "Sent from my …" below them; a greeting with a name stays. */
export function withoutFooter(lines: readonly string[]): string[] {
  const signature = lines.findLastIndex((line) => SIGNATURE.test(line));
  const signed = lines.slice(signature + 1).filter((line) => line.trim() !== '').length;
  const own = signature >= 0 && signed <= MAX_SIGNATURE_LINES ? lines.slice(0, signature) : lines;
  return withoutSentFrom(withoutBlankEnd(own));
}

function withoutSentFrom(lines: readonly string[]): string[] {
  const start = Math.max(0, lines.length - READ_LINES);
  const tail = lines.slice(start);
  if (ADVERTISED.test((tail.at(-1) ?? '').trim().slice(0, MAX_LINE)))
    return withoutBlankEnd(lines.slice(0, -1));
  if (tail.some((line) => line.length > MAX_LINE)) return [...lines];
  const last = new EmailReplyParser().read(tail.join('\n')).getFragments().at(-1);
  const footer = (last?.isSignature() === true ? last.getContent() : '').trim().split('\n');
  const [first = ''] = footer;
  const isFooter = first !== '' && footer.length <= MAX_FOOTER_LINES && !OWN_WORDS.test(first);
  // The package may have joined lines; only what is still there word for word is cut.
  const isWhole = tail.slice(-footer.length).join('\n').trim() === footer.join('\n');
  return isFooter && isWhole ? withoutBlankEnd(lines.slice(0, -footer.length)) : [...lines];
}

function withoutBlankEnd(lines: readonly string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line.trim() !== '') + 1);
}
