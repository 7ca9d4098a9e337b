import type { IncomingMessage } from 'node:http';
import type { TurnContext } from 'botbuilder';
import type { Server } from 'restify';
import type { Conversations } from '../../services/conversations';
import { ProductError } from '../../services/errors';
import type { Clock, Ids, Log } from '../../services/ports';
import type { Redact } from '../customerMessage';
import { DirectLineAdapter } from './adapter';
import { Callers } from './callers';
import { Cors } from './cors';
import { LIMITS, Throttle, type DirectLineLimits } from './limits';
import type { RouteParts } from './route';
import { mountRoutes } from './routes';
import { Streams } from './streams';
import { Tokens, type TokenSecret } from './tokens';
import { TurnQueue } from '../turnQueue';
import { Turns } from './turns';

/** What the channel is built from. */
export interface DirectLineOptions {
  readonly conversations: Conversations;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** The first signs tokens, all verify; each is also accepted as Bearer. */
  readonly secrets: readonly TokenSecret[];
  readonly publicUrl: string;
  /** Pages of these origins may call the channel, beside our own. */
  readonly corsOrigins: readonly string[];
  /** Tells clients apart for the limits, proxies considered. */
  readonly clientAddress: (request: IncomingMessage) => string;
  readonly redact: Redact;
  /** The bot. */
  readonly onTurn: (context: TurnContext) => Promise<void>;
  /** Takes what a hub of agents tells of a conversation; without it, nobody waits for one. */
  readonly onHandoffStatus?: RouteParts['onHandoffStatus'];
  readonly limits?: Partial<DirectLineLimits>;
}

/** The Direct Line 3.0 channel, in process. */
export interface DirectLineChannel {
  readonly adapter: DirectLineAdapter;
  /** Mounts `/webchat/token`, `/v3/directline/*` and the socket; the server must not parse bodies before. */
  mount(server: Server): void;
  /** Takes up turns that were stored but not finished; resolves when they stand in line. Call before listening. */
  resume(): Promise<void>;
  /** Starts no further turn, lets running ones end, and closes the sockets. */
  close(): Promise<void>;
}

/** Builds the channel; nothing is served before `mount`. */
export function directLineChannel(options: DirectLineOptions): DirectLineChannel {
  const { conversations, clock, ids, log, publicUrl, redact, onTurn, clientAddress } = options;
  const { onHandoffStatus = nobodyWaits } = options;
  const limits: DirectLineLimits = { ...LIMITS, ...options.limits };
  const queue = new TurnQueue();
  const serviceUrl = new URL('/v3/directline', publicUrl).href;
  const adapter = new DirectLineAdapter({ conversations, queue, clock, ids, serviceUrl, onTurn });
  const turns = new Turns({ adapter, conversations, queue, ids, log });
  const tokens = new Tokens(options.secrets, clock);
  const callers = new Callers(tokens, new Throttle(limits.calls), clientAddress);
  const streams = new Streams({ callers, conversations, limits, log });
  const routes = {
    ...{ callers, conversations, ids, log, tokens, turns, publicUrl, redact, clientAddress },
    onHandoffStatus,
    cors: new Cors(options.corsOrigins),
    posts: new Throttle(limits.burst, limits.steady),
    pageTokens: new Throttle(limits.pageTokens),
    bodyBytes: limits.bodyBytes,
  };
  return {
    adapter,
    mount(server) {
      mountRoutes(server, routes);
      server.server.on('upgrade', (request, socket, head) => {
        streams.upgrade(request, socket, head);
      });
    },
    resume: () => turns.resume(),
    async close() {
      await turns.close();
      await streams.close();
    },
  };
}

const nobodyWaits = async (): Promise<never> => {
  throw new ProductError('NotFound', 'No conversation waits for a hub here.');
};
