import type { Activity, BotAdapter, Middleware } from 'botbuilder';
import type { Log } from '../services/ports';
import { readMessage, type Redact } from './customerMessage';
import { isObject } from './directLine/activities';
import { TurnQueue } from './turnQueue';

/**
 * Hands the bot a customer's message as our own channel does.
 *
 * What the channel itself says in `channelData` (Teams: tenant, meeting) stays; our own keys in it are ours alone.
 */
export const readingMessages = (redact: Redact): Middleware => ({
  async onTurn({ activity }, next) {
    if (activity.type === 'message') Object.assign(activity, whatIsKept({ ...activity }, redact));
    await next();
  },
});

function whatIsKept(posted: Readonly<Record<string, unknown>>, redact: Redact): Partial<Activity> {
  const { text, attachments, channelData } = posted;
  const files = Array.isArray(attachments) && attachments.some(isFile);
  const read = readMessage({ text: typeof text === 'string' ? text : '', files }, redact);
  const { masked, cut, attachmentsRefused, ...theirs } = isObject(channelData) ? channelData : {};
  return {
    text: read.text,
    textFormat: 'plain',
    attachments: [],
    channelData: { ...theirs, ...read.noticed },
  };
}

/** Teams sends what was typed once more, as HTML: that is no file. */
const isFile = (attachment: unknown): boolean =>
  !(
    isObject(attachment) &&
    attachment.contentType === 'text/html' &&
    attachment.contentUrl === undefined
  );

/**
 * Runs the turns of a conversation one at a time, those that the desk begins of its own accord among them, since the
 * last to write the conversation's state wins.
 */
export function takingTurns(adapter: BotAdapter): Middleware {
  const queue = new TurnQueue();
  return {
    onTurn(context, next) {
      const { channelId, conversation } = context.activity;
      return queue.run(`${channelId}/${conversation.id}`, async () => {
        try {
          await next();
        } catch (error) {
          // Here rather than after the turn, so that the next one does not overtake the bad news.
          await adapter.onTurnError(context, error as Error);
        }
      });
    },
  };
}

/** Keeps a turn going where its channel cannot change what was said earlier; many cannot. */
export const toleratingUpdates = (log: Log): Middleware => ({
  async onTurn(context, next) {
    context.onUpdateActivity(async (_context, _activity, update) => {
      try {
        await update();
      } catch (error) {
        log.warn('activity.notUpdated', { channel: context.activity.channelId, error });
      }
    });
    await next();
  },
});
