import { extensionDate } from './extensionDate';

/** What a member of staff asks for with a reply: by a word with `#` on its first line, or by simply answering. */
export type StaffCommand =
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'note'; readonly text: string }
  /** The date is `YYYY-MM-DD`, missing when it was not understood. */
  | { readonly kind: 'extend'; readonly date?: string; readonly reason: string }
  | { readonly kind: 'close'; readonly reason: string }
  | { readonly kind: 'file'; readonly as: 'spam' | 'notPrivacy' }
  | { readonly kind: 'send' }
  | { readonly kind: 'discard' }
  /** Perhaps a slip of the pen: it must not be published as an answer. */
  | { readonly kind: 'unknown'; readonly word: string };

const UNSEEN = /[\u200b-\u200f\u2060\ufeff]/g;
const COMMAND = /^[#＃]\s*(?<word>\p{L}[\p{L}\p{M}\p{N}_-]*)(?<rest>[^]*)$/u;
const NOT_PRIVACY = /^not[\s_-]*(?:about[\s_-]*)?privacy\b/i;
const BARE_SPAM = /^spam[.!\s]*$/i;
/** What may stand after a word that says all by itself. */
const ONLY_POLITE = /^(?:it|this|please|now|thanks|thank you|[\s.,:;!-])*$/i;
const MAX_WORD = 40;

/**
 * Reads what a member of staff asks for; only the first line that is not empty counts.
 * @param text the stripped reply.
 * @param zone an IANA zone, in which dates are meant.
 */
export function readStaffCommand(text: string, now: Date, zone: string): StaffCommand {
  const written = text.replace(/\r\n?/g, '\n').replace(UNSEEN, '').trim();
  if (written === '') return { kind: 'empty' };
  if (BARE_SPAM.test(written)) return { kind: 'file', as: 'spam' };
  const { word, rest = '' } = COMMAND.exec(written)?.groups ?? {};
  if (word === undefined) return { kind: 'answer', text: outerBlankLinesOff(text) };
  if (NOT_PRIVACY.test(word + rest.slice(0, MAX_WORD))) return { kind: 'file', as: 'notPrivacy' };
  const after = rest.replace(/^[\s:.,;–—-]+/, '').trimEnd();
  const firstLine = rest.split('\n', 1)[0] ?? '';
  switch (word.toLowerCase().normalize('NFKC')) {
    case 'note':
      return { kind: 'note', text: after };
    case 'extend':
      return extend(after, now, zone);
    case 'close':
      return { kind: 'close', reason: after };
    case 'spam':
      return { kind: 'file', as: 'spam' };
    case 'send':
      return ONLY_POLITE.test(firstLine) ? { kind: 'send' } : unknown(word);
    case 'discard':
      return ONLY_POLITE.test(firstLine) ? { kind: 'discard' } : unknown(word);
    default:
      return unknown(word);
  }
}

const unknown = (word: string): StaffCommand => ({
  kind: 'unknown',
  word: word.slice(0, MAX_WORD),
});

function extend(words: string, now: Date, zone: string): StaffCommand {
  const { date, rest } = extensionDate(words, now, zone);
  const reason = rest.replace(/^[\s:.,;–—-]+/, '').trimEnd();
  return { kind: 'extend', ...(date === undefined ? {} : { date }), reason };
}

const outerBlankLinesOff = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/^(?:[ \t]*\n)+/, '')
    .trimEnd();
