import { ActivityTypes, type Activity, type Middleware } from 'botbuilder';
import type { ActivityBody, Conversations } from '../services/conversations';
import { withoutSecrets } from '../services/handoffs';
import { BOT, nextKey } from './directLine/adapter';

/**
 * Keeps a log of what is said in a conversation of Azure Bot Service, as our own channel does: whoever takes it over reads
 * it there. What a key shows to be said already is not sent again.
 */
export const keepingLog = (conversations: Conversations): Middleware => ({
  async onTurn(context, next) {
    const { activity } = context;
    const { id } = activity.conversation;
    if (activity.type === (ActivityTypes.Message as string)) {
      await conversations.begin(id, activity.from.id);
      const body = { type: 'message', from: { id: activity.from.id, role: 'user' } };
      await conversations.appendInbound(id, {
        body: { ...body, text: activity.text },
        ...(activity.id ? { key: `azure:${activity.id}` } : {}),
      });
    }
    context.onSendActivities(async (_context, activities, send) => {
      const kept: { readonly body: ActivityBody; readonly key?: string }[] = [];
      const sent: Partial<Activity>[] = [];
      for (const said of activities) {
        const isMessage = (said.type ?? 'message') === 'message';
        const key = isMessage ? nextKey(context) : undefined;
        if (key !== undefined && (await conversations.knows(id, key))) continue;
        sent.push(said);
        if (isMessage) kept.push({ body: bodyOf(said), ...(key ? { key } : {}) });
      }
      activities.splice(0, activities.length, ...sent);
      const responses = sent.length > 0 ? await send() : [];
      for (const entry of kept) await conversations.append(id, entry);
      return responses;
    });
    await next();
    // Such a conversation may go on under the same id: its log is blanked, and not closed.
    if (activity.type === (ActivityTypes.EndOfConversation as string))
      await conversations.eraseAllBut(id, []);
  },
});

/** What of a message the log needs; a PIN is shown to its customer alone. */
function bodyOf({ text, attachments, suggestedActions, entities, channelData }: Partial<Activity>) {
  return {
    ...{ type: 'message', from: BOT },
    ...(text === undefined ? {} : { text: withoutSecrets(text, 'bot') }),
    ...(attachments ? { attachments } : {}),
    ...(suggestedActions ? { suggestedActions } : {}),
    ...(entities ? { entities } : {}),
    ...(channelData === undefined ? {} : { channelData: channelData as unknown }),
  };
}
