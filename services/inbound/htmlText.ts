import { decodeEntities } from './entities';
import { HtmlPage } from './htmlPage';

/** Elements whose content is not words. */
const UNREAD = /^(?:style|script|title|xml|template|object)$/;
const PARAGRAPHS = /^(?:p|h[1-6]|ul|ol|table|pre|hr|dl)$/;
const BLOCKS =
  /^(?:div|tr|li|section|article|header|footer|address|center|dt|dd|tbody|thead|caption|main|form|fieldset|body)$/;
/** From here on Outlook has put the mail that is answered. */
const ANSWERED_FROM_HERE = /\bid\s*=\s*["']?(?:x_)*(?:divRplyFwdMsg|appendonsend)\b/i;
const ANSWERED_INSIDE = /yahoo_quoted|["'\s=](?:x_)*mail-editor-reference-message-container\b/i;
/** Gmail's "indent more" is a blockquote without a line at its side. */
const INDENTED_ONLY = /\bstyle\s*=\s*["'][^"']{0,300}border:\s*none/i;

const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;
const ALT = /\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i;

/** The words of an HTML mail; what it marks as the mail that is answered has `> ` before each line. */
export function htmlToText(html: string): string {
  const page = new HtmlPage();
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    const end = open < 0 ? html.length : open;
    if (end > at) page.words(decodeEntities(html.slice(at, end)));
    at = open < 0 ? end : afterTag(html, open, page);
  }
  return page.text();
}

/** Reads the tag that begins at `open`, and tells where it is over; each character is looked at once. */
function afterTag(html: string, open: number, page: HtmlPage): number {
  if (html.startsWith('<!--', open)) return after(html, '-->', open);
  const name = /^<\/?([a-z][a-z0-9:]{0,20})/i.exec(html.slice(open, open + 24))?.[1]?.toLowerCase();
  if (name === undefined) {
    if (/^<[!?/]/.test(html.slice(open, open + 2))) return after(html, '>', open);
    page.words('<');
    return open + 1;
  }
  const end = endOfTag(html, open + 1);
  const tag = html.slice(open, Math.min(end, open + 4000));
  if (tag.startsWith('</')) closeTag(name, page);
  else if (UNREAD.test(name)) return afterUnread(html, name, end);
  else openTag(name, tag, page);
  return end;
}

function after(html: string, sign: string, from: number): number {
  const found = html.indexOf(sign, from);
  return found < 0 ? html.length : found + sign.length;
}

function afterUnread(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  const found = closing.exec(html);
  return found ? after(html, '>', found.index) : html.length;
}

/** A quote may hide the end of a tag; one that is never closed must not hide the rest of the mail. */
function endOfTag(html: string, from: number): number {
  let quote = '';
  for (let at = from; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (character === '<') return at;
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '>') return at + 1;
    else if ((character === '"' || character === "'") && html.charAt(at - 1) === '=')
      quote = character;
  }
  return html.length;
}

function openTag(name: string, tag: string, page: HtmlPage): void {
  if (ANSWERED_FROM_HERE.test(tag)) page.quoteTheRest();
  if (name === 'br') page.lineBreak();
  else if (name === 'blockquote') page.enter(name, !INDENTED_ONLY.test(tag));
  else if (name === 'div') page.enter(name, ANSWERED_INSIDE.test(tag));
  else if (name === 'td' || name === 'th') page.words(' ');
  else if (name === 'a') page.openLink(attribute(tag, HREF));
  else if (name === 'img') page.words(emoji(attribute(tag, ALT)));
  else if (PARAGRAPHS.test(name)) openParagraph(name, tag, page);
  else if (BLOCKS.test(name)) page.block();
  if (name === 'li') page.item();
}

function openParagraph(name: string, tag: string, page: HtmlPage): void {
  // Outlook's paragraphs have no space between them; an empty one is its blank line.
  if (/\bMsoNormal\b|\bMsoListParagraph/.test(tag)) page.block();
  else page.paragraph();
  if (name === 'ul' || name === 'ol') page.openList(name === 'ol');
  if (name === 'pre') page.keepSpaces(true);
}

function closeTag(name: string, page: HtmlPage): void {
  if (name === 'blockquote' || name === 'div') page.leave(name);
  else if (name === 'a') page.closeLink();
  else if (name === 'p') page.block();
  else if (PARAGRAPHS.test(name)) page.paragraph();
  else if (BLOCKS.test(name)) page.block();
  if (name === 'ul' || name === 'ol') page.closeList();
  if (name === 'pre') page.keepSpaces(false);
}

function attribute(tag: string, pattern: RegExp): string {
  const found = pattern.exec(tag);
  return decodeEntities(found?.[1] ?? found?.[2] ?? found?.[3] ?? '').trim();
}

/** Mail programs send emoji as pictures, whose other text is the emoji. */
const emoji = (alt: string): string => (/^\p{Extended_Pictographic}.{0,8}$/u.test(alt) ? alt : '');
