import { isUtf8 } from 'node:buffer';

/** Control characters without tab and line feed; in one line of a mail they have no meaning but mischief. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff]/g;
/** Marks that turn the direction of writing round, so that `exe.txt` can be shown for `txt.exe`, and unseen ones. */
const BIDI = /[\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060\u2066-\u2069]/g;
/** What must not stand in a file's name on one system or another. */
const UNSAFE_IN_NAMES = /[<>:"|?*]/g;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
const NAME_LENGTH = 120;
const EXTENSION_LENGTH = 12;

/** What windows-1252 has from 0x80 to 0x9F; Node's own decoder leaves these as control characters. */
const WINDOWS_1252 = Array.from('€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ');

/** @param latin1 bytes as a string of as many characters. */
export function fromWindows1252(latin1: string): string {
  return latin1.replace(
    /[\u0080-\u009f]/g,
    (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character,
  );
}

/** Bytes as UTF-8 where they are UTF-8, and otherwise as windows-1252. */
export function guessedText(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : fromWindows1252(bytes.toString('latin1'));
}

/** A text with LF as its only line break and without control characters. */
export function plainText(text: string): string {
  return text.replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n').replace(CONTROL, '');
}

/** The beginning of a text, never ending in half a character. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '');
}

/** A text as one line without control or direction marks. */
export function oneLine(text: string, length: number): string {
  const line = text
    .slice(0, length * 4)
    .replace(/[\s\u0085]+/g, ' ')
    .replace(CONTROL, '')
    .replace(BIDI, '');
  return cutText(line.trim(), length);
}

/**
 * A name that is safe to show and to save under.
 * @param given as the mail has it, with whatever path.
 * @param place which attachment it is, from 1; it names what has no name.
 */
export function safeFileName(given: string | undefined, place: number): string {
  const base = (given ?? '').slice(-1000).split(/[/\\]/).at(-1) ?? '';
  const name = oneLine(base, 1000)
    .replace(UNSAFE_IN_NAMES, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]{1,1000}$/, '');
  if (name === '') return `attachment-${place}`;
  const allowed = RESERVED.test(name) ? `_${name}` : name;
  if (allowed.length <= NAME_LENGTH) return allowed;
  const dot = allowed.lastIndexOf('.');
  const extension = allowed.length - dot <= EXTENSION_LENGTH && dot > 0 ? allowed.slice(dot) : '';
  return cutText(allowed, NAME_LENGTH - extension.length) + extension;
}
