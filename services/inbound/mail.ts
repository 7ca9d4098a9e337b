import { isBounce, readBounce, type Bounce } from './bounce';
import {
  addressesIn,
  bareAddressesIn,
  fieldValues,
  messageIdsIn,
  ownMessageId,
  type HeaderLine,
  type NamedAddress,
} from './headerFields';
import { htmlToText } from './htmlText';
import { cutText, oneLine, plainText, safeFileName } from './mailWords';
import { readMime, type Mime } from './mime';
import { boundMime } from './mimeBounds';
import { natureOf, type MailNature } from './natures';
import { stripQuote } from './quoteStripping';

export type { MailNature } from './natures';

/** A file that came with a mail. */
export interface InboundAttachment {
  /** Safe to show and to save under: no path, no control or direction marks, at most 120 characters. */
  readonly name: string;
  /** A media type in lower case, as the mail claims it. */
  readonly type: string;
  readonly bytes: number;
  /** It stands within the text, as the picture of a signature or a pasted screenshot does. */
  readonly inText?: true;
}

/** A mail as read from its raw bytes; addresses are in lower case, groups expanded. */
export interface InboundMail {
  /** With angle brackets. */
  readonly messageId?: string;
  /** In-Reply-To, then References, each once, with brackets, at most 100 (the newest). */
  readonly references: readonly string[];
  /** Several From addresses, of one field or more, stay several. */
  readonly from: readonly NamedAddress[];
  readonly replyTo: readonly string[];
  readonly to: readonly string[];
  readonly cc: readonly string[];
  /** Delivered-To, X-Original-To and Envelope-To, which a mailbox's server writes. */
  readonly deliveredTo: readonly string[];
  /** One line, empty when there is none, at most 300 characters. */
  readonly subject: string;
  /** The whole text with LF, quoted parts too; made from the HTML where there is no text; at most 200,000 characters. */
  readonly text: string;
  /** Something was left away: the text was too long, or the mail had over 200 parts or 20 levels. */
  readonly truncated: boolean;
  /** The text was made from HTML. */
  readonly html: boolean;
  readonly attachments: readonly InboundAttachment[];
  /** What the mail says; it may be any time. */
  readonly date?: Date;
  readonly nature: MailNature;
  /** Present when the nature is `bounce`. */
  readonly bounce?: Bounce;
  /** By its subject, or by a forwarded mail's head in what the sender wrote. */
  readonly forwarded: boolean;
  /** The envelope had no return path. */
  readonly emptySender: boolean;
}

const MAX_TEXT = 200_000;
const MAX_HTML = 2_000_000;
const MAX_SUBJECT = 300;
const MAX_REFERENCES = 100;

const FORWARD_SUBJECT = /^(?:fwd?|wg|tr|rv|enc|i|doorst|vs|vb|अग्रेषित)\s*:/iu;
const FORWARD_HEAD =
  /^(?:-{2,}\s*(?:forwarded (?:message|mail|by)|weitergeleitete nachricht|message (?:transféré|transmis)|mensaje reenviado|अग्रेषित संदेश)|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message (?:réexpédié|transféré))/iu;

/**
 * Reads a mail, however broken it is.
 * @param envelopeFrom the address of the return path, empty or `<>` when there is none; for a fetched mail its Return-Path or From.
 */
export async function readMail(raw: Buffer, envelopeFrom: string): Promise<InboundMail> {
  const bounded = boundMime(raw);
  const mime = await readMime(bounded).catch(() => undefined);
  const { lines, parts, subject: decoded } = mime ?? unreadable();
  const words = wordsOf(bounded, mime);
  const emptySender = /^\s*(?:<\s*>)?\s*$/.test(envelopeFrom);
  const [asItStands = ''] = fieldValues(lines, 'subject');
  const subject = oneLine(decoded.includes('\ufffd') ? asItStands : decoded, MAX_SUBJECT);
  const from = await addressesIn(lines, 'from');
  const signs = { lines, parts, subject, text: words.text, from, emptySender };
  const messageId = ownMessageId(lines);
  const date = dateOf(lines);
  return {
    ...(messageId === undefined ? {} : { messageId }),
    references: referencesOf(lines),
    from,
    replyTo: await plainAddresses(lines, 'reply-to'),
    to: await plainAddresses(lines, 'to'),
    cc: await plainAddresses(lines, 'cc'),
    deliveredTo: ['delivered-to', 'x-original-to', 'envelope-to'].flatMap((key) =>
      bareAddressesIn(lines, key),
    ),
    subject,
    ...words,
    truncated: words.truncated || bounded.length < raw.length,
    attachments: parts.map(({ name, type, content, inText }, place) => ({
      name: safeFileName(name, place + 1),
      type: mediaType(type),
      bytes: content.length,
      ...(inText ? { inText } : {}),
    })),
    ...(date ? { date } : {}),
    nature: natureOf(signs),
    ...(isBounce(signs) ? { bounce: readBounce(signs) } : {}),
    forwarded: FORWARD_SUBJECT.test(subject) || hasForwardHead(words.text),
    emptySender,
  };
}

/** The attachments of a mail with their bytes, in the order of `InboundMail.attachments`, for a person who saves them. */
export async function attachmentsOf(
  raw: Buffer,
): Promise<{ name: string; type: string; content: Buffer }[]> {
  const { parts } = await readMime(boundMime(raw)).catch(unreadable);
  return parts.map(({ name, type, content }, place) => ({
    name: safeFileName(name, place + 1),
    type: mediaType(type),
    content,
  }));
}

const unreadable = (): Mime => ({ lines: [], subject: '', text: '', html: '', parts: [] });

function wordsOf(
  raw: Buffer,
  mime: Mime | undefined,
): Pick<InboundMail, 'text' | 'html' | 'truncated'> {
  const written = mime ? mime.text : raw.toString('utf8', 0, 2 * MAX_TEXT);
  const page = mime?.html ?? '';
  const html = written.trim() === '' && page !== '';
  // Without alternatives the HTML is another piece of the mail, not the same words again.
  const isAnotherPiece = !html && page !== '' && !hasAlternatives(raw);
  const fromPage = html || isAnotherPiece ? htmlToText(page.slice(0, MAX_HTML)) : '';
  const whole = html ? fromPage : isAnotherPiece ? `${written.trimEnd()}\n\n${fromPage}` : written;
  const plain = plainText(cutText(whole, 2 * MAX_TEXT));
  const truncated =
    plain.length > MAX_TEXT ||
    whole.length > 2 * MAX_TEXT ||
    (fromPage !== '' && page.length > MAX_HTML) ||
    (!mime && raw.length > 2 * MAX_TEXT);
  return { text: cutText(plain, MAX_TEXT), truncated, html };
}

const hasAlternatives = (raw: Buffer): boolean =>
  /^content-type:\s{0,20}multipart\/alternative/im.test(raw.toString('latin1'));

async function plainAddresses(lines: readonly HeaderLine[], key: string): Promise<string[]> {
  return (await addressesIn(lines, key)).map(({ address }) => address);
}

function referencesOf(lines: readonly HeaderLine[]): string[] {
  const answered = messageIdsIn(fieldValues(lines, 'in-reply-to').join(' ')).slice(0, 10);
  const thread = messageIdsIn(fieldValues(lines, 'references').join(' '));
  const others = thread.filter((id) => !answered.includes(id));
  return [...answered, ...others.slice(-(MAX_REFERENCES - answered.length))];
}

function dateOf(lines: readonly HeaderLine[]): Date | undefined {
  const [value = ''] = fieldValues(lines, 'date');
  const date = new Date(value.slice(0, 100));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function mediaType(type: string): string {
  const plain = type.toLowerCase();
  return /^[\w.+-]{1,80}\/[\w.+-]{1,80}$/.test(plain) ? plain : 'application/octet-stream';
}

function hasForwardHead(text: string): boolean {
  return stripQuote(text)
    .text.split('\n')
    .some((line) => FORWARD_HEAD.test(line.slice(0, 100).trim()));
}
