import type { ActivityBody, LoggedActivity } from '../../services/conversations';
import { ProductError } from '../../services/errors';

/** Masks what must not be stored, such as card numbers, and says which kinds it found. */
export type Redact = (text: string) => { text: string; masked: readonly ('card' | 'aadhaar')[] };

/** What the bot may find in `channelData` of a customer's message; all of it is put there by the channel. */
export interface CustomerChannelData {
  readonly clientActivityID?: string;
  /** Kinds of numbers that were masked in the text. */
  readonly masked?: readonly ('card' | 'aadhaar')[];
  /** The text was longer than LONGEST_MESSAGE and ends there. */
  readonly cut?: true;
  /** Files came with the message and were dropped. */
  readonly attachmentsRefused?: true;
}

/** The longest message that is kept, in UTF-16 units. */
export const LONGEST_MESSAGE = 4000;
/** The channel's name in activities; Direct Line 3.0. */
export const CHANNEL_ID = 'directline';

// Masking looks further than what is kept, so that a number that straddles the cut is still seen whole.
const MASKED_LENGTH = 2 * LONGEST_MESSAGE;
const LONGEST_CLIENT_ID = 100;
const LOCALE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$/;

/**
 * What is kept of an activity that a client posted, with the customer as its sender.
 * @throws ProductError `BadArgument` or `UnsupportedActivity`.
 */
export function acceptActivity(posted: unknown, userId: string, redact: Redact): ActivityBody {
  if (!isObject(posted)) throw new ProductError('BadArgument', 'An activity is a JSON object.');
  const { type } = posted;
  const from = { id: userId, role: 'user' };
  switch (type) {
    case 'message':
      return { type, from, ...messageFields(posted, redact) };
    case 'typing':
    case 'endOfConversation':
      return { type, from, ...localeField(posted), ...channelDataField(clientIdOf(posted)) };
    default:
      throw new ProductError(
        'UnsupportedActivity',
        'Only activities of type message, typing and endOfConversation are taken here.',
      );
  }
}

/** The id that the client gave to an accepted activity, by which a repeated post is known. */
export function clientActivityIdOf(body: ActivityBody): string | undefined {
  return (body.channelData as CustomerChannelData | undefined)?.clientActivityID;
}

/** The locale that a client asks for; nothing when it is not shaped as a BCP 47 tag. */
export function localeField(posted: unknown): { locale?: string } {
  const locale = isObject(posted) ? posted.locale : undefined;
  return typeof locale === 'string' && LOCALE.test(locale) ? { locale } : {};
}

/** An activity of the log in the form that clients receive it. */
export function toClient(activity: LoggedActivity): Record<string, unknown> {
  return {
    ...activity.body,
    id: activity.id,
    timestamp: activity.at.toISOString(),
    channelId: CHANNEL_ID,
    conversation: { id: activity.conversationId },
  };
}

/** Whether a parsed JSON value is an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function messageFields(posted: Record<string, unknown>, redact: Redact): Record<string, unknown> {
  const { text = '', attachments } = posted;
  if (typeof text !== 'string') throw new ProductError('BadArgument', 'text is a string.');
  const given = cutTo(MASKED_LENGTH, text.slice(0, MASKED_LENGTH + 1));
  const { text: whole, masked } = redact(clean(given));
  const kept = cutTo(LONGEST_MESSAGE, whole);
  const cut = kept.length < whole.length || given.length < text.length;
  return {
    text: kept,
    textFormat: 'plain',
    ...localeField(posted),
    ...channelDataField({
      ...clientIdOf(posted),
      ...(masked.length > 0 ? { masked } : {}),
      ...(cut ? { cut: true } : {}),
      ...(Array.isArray(attachments) && attachments.length > 0 ? { attachmentsRefused: true } : {}),
    }),
  };
}

function clientIdOf(posted: Record<string, unknown>): CustomerChannelData {
  const channelData = posted.channelData;
  const id = isObject(channelData) ? channelData.clientActivityID : undefined;
  if (id === undefined) return {};
  if (typeof id !== 'string' || id === '' || id.length > LONGEST_CLIENT_ID)
    throw new ProductError(
      'BadArgument',
      `channelData.clientActivityID is a string of 1 to ${LONGEST_CLIENT_ID} characters.`,
    );
  return { clientActivityID: id };
}

const channelDataField = (data: CustomerChannelData): { channelData?: CustomerChannelData } =>
  Object.keys(data).length > 0 ? { channelData: data } : {};

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
