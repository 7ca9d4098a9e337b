import type { ActivityBody, LoggedActivity } from '../../services/conversations';
import { ProductError } from '../../services/errors';
import { LINK_TOKEN } from '../../services/links';
import { readMessage, type Noticed, type Redact } from '../customerMessage';

/** What the bot may find in `channelData` of a customer's message; all of it is put there by the channel. */
interface CustomerChannelData extends Noticed {
  readonly clientActivityID?: string;
}

/** The channel's name in activities; Direct Line 3.0. */
export const CHANNEL_ID = 'directline';

/** The one event that a customer's client may send: go on with the request whose link, by its token, brought them here. */
export const CONTINUE_REQUEST = 'continueRequest';

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
    case 'event':
      return { type, from, ...continueFields(posted) };
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
  // The token that came with an event is for the bot alone.
  const { value, ...body } = activity.body;
  const shown = body.type === 'event' && body.name === CONTINUE_REQUEST ? body : activity.body;
  return {
    ...shown,
    id: activity.id,
    timestamp: activity.at.toISOString(),
    channelId: CHANNEL_ID,
    conversation: { id: activity.conversationId },
  };
}

/** Whether what was posted is an event of that name. */
export const isEventOf = (posted: unknown, name: string): posted is Record<string, unknown> =>
  isObject(posted) && posted.type === 'event' && posted.name === name;

/** Whether a parsed JSON value is an object. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function messageFields(posted: Record<string, unknown>, redact: Redact): Record<string, unknown> {
  const { text = '', attachments } = posted;
  if (typeof text !== 'string') throw new ProductError('BadArgument', 'text is a string.');
  const files = Array.isArray(attachments) && attachments.length > 0;
  const { text: kept, noticed } = readMessage({ text, files }, redact);
  return {
    text: kept,
    textFormat: 'plain',
    ...localeField(posted),
    ...channelDataField({ ...clientIdOf(posted), ...noticed }),
  };
}

function continueFields(posted: Record<string, unknown>): Record<string, unknown> {
  const { name, value } = posted;
  if (name !== CONTINUE_REQUEST)
    throw new ProductError('UnsupportedActivity', 'Events of this name are not taken here.');
  if (typeof value !== 'string' || !LINK_TOKEN.test(value))
    throw new ProductError('BadArgument', 'value is the token of a link.');
  return { name, value, ...localeField(posted), ...channelDataField(clientIdOf(posted)) };
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
