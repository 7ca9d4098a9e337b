import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type BotAdapter,
  type Middleware,
  type TurnContext,
} from 'botbuilder';
import type { Request, Response, Server } from 'restify';
import { notices } from '../dialogs/wording';
import { ProductError } from '../services/errors';
import type { Log } from '../services/ports';
import { redact } from '../services/redact';
import { sendWholeEntities } from './azureEntities';
import { readingMessages, takingTurns, toleratingUpdates } from './azureMiddleware';
import type { Config } from './config';
import { isObject } from './directLine/activities';
import { handingOver, type EngagementHub } from './engagementHub';
import { keepingLog } from './azureLog';
import type { Conversations } from '../services/conversations';
import { sendError, type ErrorBody } from './httpErrors';
import { readJson } from './jsonBody';

const CLOUD_BODY_BYTES = 256 * 1024;
const UNAUTHORIZED = 401;
const FAILED = 500;
const NO_TOKEN: ErrorBody = {
  error: { code: 'TokenInvalid', message: 'This needs a valid token of the Bot Service.' },
};

/** An update stands where the first text stood, and answers nothing of this turn, as the SDK would have it. */
const updatingInPlace: Middleware = {
  async onTurn(context, next) {
    context.onUpdateActivity(async (_context, activity, update) => {
      delete activity.replyToId;
      return update();
    });
    await next();
  },
};

/** The customer could not even be told that something went wrong. */
class Unanswered extends Error {}

/** Gives a channel's adapter the same middleware and the same last resort. */
export function prepareAdapter(adapter: BotAdapter, log: Log, hub: EngagementHub): void {
  adapter.use(handingOver(hub)).use(updatingInPlace);
  adapter.onTurnError = async (context: TurnContext, error: Error) => {
    if (error instanceof Unanswered) throw error;
    const { id, channelId } = context.activity;
    log.error('turn.failed', { activityId: id ?? '', channel: channelId, error });
    try {
      await context.sendActivity(notices.trouble);
    } catch (unsent) {
      log.error('turn.unanswered', { activityId: id ?? '', channel: channelId, error: unsent });
      // Without its cause, which holds the reply: the SDK prints what it cannot handle.
      throw new Unanswered('The customer could not be answered.');
    }
  };
}

/** What the channel of Azure Bot Service is built from. */
export interface AzureParts {
  readonly conversations: Conversations;
  readonly hub: EngagementHub;
  readonly log: Log;
  readonly onTurn: (context: TurnContext) => Promise<void>;
}

/** Mounts Azure Bot Service only with an app id: without one the SDK authenticates nobody. */
export function azureChannel(
  config: Config,
  server: Server,
  parts: AzureParts,
): { adapter: BotAdapter; appId: string } | undefined {
  const {
    MicrosoftAppId: appId,
    MicrosoftAppPassword,
    MicrosoftAppType,
    MicrosoftAppTenantId,
  } = config;
  if (!appId) return undefined;
  const adapter = new CloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppId: appId,
      ...(MicrosoftAppPassword ? { MicrosoftAppPassword } : {}),
      MicrosoftAppType,
      ...(MicrosoftAppTenantId ? { MicrosoftAppTenantId } : {}),
    }),
  );
  prepareAdapter(adapter, parts.log, parts.hub);
  mountAzureChannel(server, adapter, parts);
  return { adapter, appId };
}

/**
 * Serves Azure Bot Service at `/api/messages`; the SDK checks each request's token.
 *
 * The adapter has been prepared. What it hands the bot is read and ordered as in our own channel.
 */
export function mountAzureChannel(
  server: Server,
  adapter: CloudAdapter,
  { conversations, log, onTurn }: Omit<AzureParts, 'hub'>,
): void {
  sendWholeEntities();
  adapter
    .use(takingTurns(adapter))
    .use(readingMessages(redact))
    .use(keepingLog(conversations))
    .use(toleratingUpdates(log));
  server.post('/api/messages', async (request: Request, response: Response) => {
    try {
      const body = await readJson(request, CLOUD_BODY_BYTES);
      checkAddressed(body);
      Object.assign(request, { body });
      const answer = new SdkAnswer();
      await adapter.process(request, answer, onTurn);
      send(response, answer, log);
    } catch (error) {
      sendError(response, error, log);
    }
  });
}

/** The SDK and the bot take for granted that an activity says where it comes from. */
function checkAddressed(posted: unknown): void {
  const { type, channelId, serviceUrl, conversation } = isObject(posted) ? posted : {};
  const id = isObject(conversation) ? conversation.id : undefined;
  if (![type, channelId, serviceUrl, id].every((part) => typeof part === 'string' && part !== ''))
    throw new ProductError(
      'BadArgument',
      'An activity has a type, a channelId, a serviceUrl and a conversation with an id.',
    );
}

/** Takes the SDK's answer in the place of the HTTP response, since it would tell of the inside. */
class SdkAnswer {
  code = 200;
  body: unknown;
  readonly socket = undefined;

  status(code: number): void {
    this.code = code;
  }

  send(body: unknown): void {
    this.body = body;
  }

  header(): void {
    // The SDK sets none.
  }

  end(): void {
    // The response is ended when the answer is sent.
  }
}

function send(response: Response, { code, body }: SdkAnswer, log: Log): void {
  if (code === UNAUTHORIZED) response.send(code, NO_TOKEN);
  else if (code === FAILED) sendError(response, new Error('The turn failed.'), log);
  else response.send(code, body);
}
