import type { BotAdapter, CloudAdapter, Middleware, TurnContext } from 'botbuilder';
import type { Request, Response, Server } from 'restify';
import { notices } from '../dialogs/wording';
import type { Log } from '../services/ports';
import { redact } from '../services/redact';
import { sendError } from './httpErrors';
import { readJson } from './jsonBody';

const CLOUD_BODY_BYTES = 256 * 1024;

/** Masks card and Aadhaar numbers before the bot sees them; our own channel has done so before it stored them. */
const masking: Middleware = {
  async onTurn(context, next) {
    const activity = context.activity as { text?: string; channelData?: object };
    if (activity.text) {
      const { text, masked } = redact(activity.text);
      activity.text = text;
      if (masked.length > 0) activity.channelData = { ...activity.channelData, masked };
    }
    await next();
  },
};

/** Keeps `handoff.*` events, which carry the transcript, from reaching a customer. */
const swallowingHandoff: Middleware = {
  async onTurn(context, next) {
    context.onSendActivities(async (_context, activities, send) => {
      const shown = activities.filter(({ name }) => !name?.startsWith('handoff.'));
      if (shown.length === activities.length) return send();
      activities.splice(0, activities.length, ...shown);
      return shown.length > 0 ? send() : [];
    });
    await next();
  },
};

/** Gives a channel's adapter the same middleware and the same last resort. */
export function prepareAdapter(adapter: BotAdapter, log: Log): void {
  adapter.use(masking).use(swallowingHandoff);
  adapter.onTurnError = async (context: TurnContext, error: Error) => {
    const { id, channelId } = context.activity;
    log.error('turn.failed', { activityId: id ?? '', channel: channelId, error });
    await context.sendActivity(notices.trouble);
  };
}

/** Serves Azure Bot Service at `/api/messages`; the SDK checks each request's token. */
export function mountAzureChannel(
  server: Server,
  adapter: CloudAdapter,
  onTurn: (context: TurnContext) => Promise<void>,
  log: Log,
): void {
  server.post('/api/messages', async (request: Request, response: Response) => {
    try {
      const body = await readJson(request, CLOUD_BODY_BYTES);
      Object.assign(request, { body });
      await adapter.process(request, response, onTurn);
    } catch (error) {
      sendError(response, error, log);
    }
  });
}
