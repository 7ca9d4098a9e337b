/** Masks what must not be stored, such as card numbers, and says which kinds it found. */
export type Redact = (text: string) => { text: string; masked: readonly ('card' | 'aadhaar')[] };

/** What a channel noticed about a customer's message; it stands in `channelData`, where only the channel may put it. */
export interface Noticed {
  /** Kinds of numbers that were masked in the text. */
  readonly masked?: readonly ('card' | 'aadhaar')[];
  /** The text was longer than LONGEST_MESSAGE and ends there. */
  readonly cut?: true;
  /** Files came with the message and were dropped. */
  readonly attachmentsRefused?: true;
}

/** What is kept of a customer's message, and what its customer is to be told about it. */
export interface CustomerMessage {
  /** Masked, composed and well-formed; at most LONGEST_MESSAGE. */
  readonly text: string;
  readonly noticed: Noticed;
}

/** The longest message that is kept, in UTF-16 units. */
export const LONGEST_MESSAGE = 4000;

// Masking looks further than what is kept, so that a number that straddles the cut is still seen whole.
const MASKED_LENGTH = 2 * LONGEST_MESSAGE;

/** Reads a customer's message, alike for every channel; no file is ever kept. */
export function readMessage(
  posted: { readonly text: string; readonly files: boolean },
  redact: Redact,
): CustomerMessage {
  const { text, files } = posted;
  const given = cutTo(MASKED_LENGTH, text.slice(0, MASKED_LENGTH + 1));
  const { text: whole, masked } = redact(clean(given));
  const kept = cutTo(LONGEST_MESSAGE, whole);
  const cut = kept.length < whole.length || given.length < text.length;
  return {
    text: kept,
    noticed: {
      ...(masked.length > 0 ? { masked } : {}),
      ...(cut ? { cut: true } : {}),
      ...(files ? { attachmentsRefused: true } : {}),
    },
  };
}

/** What the channel noticed about the message of a turn. */
export const noticedIn = ({ channelData }: { readonly channelData?: Noticed }): Noticed =>
  channelData ?? {};

/** Composed, well-formed Unicode without control characters other than line breaks and tabs. */
const clean = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/[^\P{Cc}\n\r\t]/gu, '');

/** Cuts without splitting a character that takes two units. */
function cutTo(length: number, text: string): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length;
  return text.slice(0, end);
}
