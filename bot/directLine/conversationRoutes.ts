import type { Request } from 'restify';
import { ProductError } from '../../services/errors';
import { readJson } from '../jsonBody';
import { isObject, localeField } from './activities';
import { networkOf } from './network';
import { conversationIdOf, type Route, type RouteParts } from './route';
import { socketOrigin } from './sameSite';
import { TOKEN_SECONDS, type TokenHolder } from './tokens';
import { watermarkOf } from './watermark';

const USER_ID = /^[\w.@:+-]{1,100}$/;

/** POST tokens/generate: a token for a conversation that is yet to start. */
export const generateToken: Route = async (parts, request, response) => {
  const caller = await parts.callers.identify(request);
  if (caller.kind !== 'secret')
    throw new ProductError('NotAllowed', 'Only the secret can make tokens.');
  const { userId } = userNamedIn(await readJson(request, parts.bodyBytes));
  const holder = newHolder(parts, userId);
  response.send(200, tokenAnswer(parts, holder));
};

/** POST tokens/refresh: a fresh token for the same conversation and customer. */
export const refreshToken: Route = async (parts, request, response) => {
  const caller = await parts.callers.identify(request);
  if (caller.kind === 'secret')
    throw new ProductError('BadArgument', 'A secret does not expire; refresh a token.');
  response.send(200, tokenAnswer(parts, caller));
};

/** POST conversations: starts the token's conversation, once; the bot then greets. */
export const startConversation: Route = async (parts, request, response) => {
  const caller = await parts.callers.identify(request);
  const body = await readJson(request, parts.bodyBytes);
  const holder = caller.kind === 'customer' ? caller : newHolder(parts, userNamedIn(body).userId);
  // Who holds the secret speaks for many customers, so that its own address tells nothing of theirs.
  const origin = caller.kind === 'customer' ? networkOf(parts.clientAddress(request)) : undefined;
  const begun = await begin(parts, holder, body, origin);
  response.send(begun ? 201 : 200, conversationAnswer(parts, request, holder, 0));
};

/** GET conversations/:id: a stream URL to go on from a watermark. */
export const reconnect: Route = async (parts, request, response) => {
  const conversationId = conversationIdOf(request);
  await parts.callers.identifyFor(request, conversationId);
  const watermark = watermarkOf(new URLSearchParams(request.getQuery()).get('watermark'));
  const { userId } = await parts.conversations.open(conversationId);
  response.send(200, conversationAnswer(parts, request, { conversationId, userId }, watermark));
};

/** A new conversation's holder, under the name that the caller gave or one of ours. */
export function newHolder({ ids }: RouteParts, userId = `dl_${ids.uuid()}`): TokenHolder {
  return { conversationId: ids.uuid(), userId };
}

/** What every answer with a token holds. */
export function tokenAnswer({ tokens }: RouteParts, holder: TokenHolder) {
  return {
    conversationId: holder.conversationId,
    token: tokens.issue('token', holder),
    expires_in: TOKEN_SECONDS,
  };
}

async function begin(
  { conversations, turns }: RouteParts,
  { conversationId, userId }: TokenHolder,
  startedWith: unknown,
  origin: string | undefined,
): Promise<boolean> {
  const { outcome } = await conversations.begin(conversationId, userId, origin);
  const greeting = await conversations.appendInbound(conversationId, {
    body: {
      type: 'conversationUpdate',
      membersAdded: [{ id: userId, role: 'user' }],
      ...localeField(startedWith),
    },
    key: 'start',
    pending: true,
    hidden: true,
  });
  if (greeting.outcome === 'appended') turns.enqueue(greeting.activity, userId);
  return outcome === 'begun';
}

function conversationAnswer(
  parts: RouteParts,
  request: Request,
  holder: TokenHolder,
  watermark: number,
) {
  const origin = socketOrigin(parts.publicUrl, request.headers.host);
  const path = `/v3/directline/conversations/${encodeURIComponent(holder.conversationId)}/stream`;
  const token = parts.tokens.issue('stream', holder);
  return {
    ...tokenAnswer(parts, holder),
    streamUrl: `${origin}${path}?watermark=${watermark}&t=${token}`,
  };
}

/** Direct Line 3.0: TokenParameters; clients write `User.Id` or `user.id`. */
function userNamedIn(body: unknown): { userId?: string } {
  if (body === undefined) return {};
  if (!isObject(body)) throw new ProductError('BadArgument', 'The parameters are a JSON object.');
  const user = body.user ?? body.User;
  if (user === undefined || user === null) return {};
  const id = isObject(user) ? (user.id ?? user.Id) : null;
  if (id === undefined) return {};
  if (typeof id !== 'string' || !USER_ID.test(id))
    throw new ProductError('BadArgument', 'user.id is 1 to 100 letters, digits or . @ : + - _');
  return { userId: id };
}
