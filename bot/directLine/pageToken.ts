import { ProductError } from '../../services/errors';
import { readJson } from '../jsonBody';
import { isObject } from './activities';
import { holderOf } from './callers';
import { newHolder, tokenAnswer } from './conversationRoutes';
import type { Route, RouteParts } from './route';
import { comesFromOwnPage } from './sameSite';
import type { TokenHolder } from './tokens';

/**
 * POST /webchat/token: a token for the chat page.
 *
 * Without a body it is for a new conversation; with the page's own token, which may have expired a while ago, for the
 * same conversation and customer, so that a chat survives a night's sleep; when that has ended, for a new one.
 */
export const pageToken: Route = async (parts, request, response) => {
  if (!comesFromOwnPage(request.headers, new URL(parts.publicUrl).origin))
    throw new ProductError('NotAllowed', 'Only the desk’s own page gets a token here.');
  await parts.pageTokens.take(parts.clientAddress(request));
  const body = (await readJson(request, parts.bodyBytes)) ?? {};
  const token = isObject(body) ? body.token : null;
  if (token !== undefined && typeof token !== 'string')
    throw new ProductError('BadArgument', 'token is the page’s own token, or left out.');
  const holder = token === undefined ? newHolder(parts) : await renewed(parts, token);
  response.send(200, { ...tokenAnswer(parts, holder), userId: holder.userId });
};

/** @throws ProductError `TokenExpired` when it is too old, `TokenInvalid` when it is not ours. */
async function renewed(parts: RouteParts, token: string): Promise<TokenHolder> {
  const holder = holderOf(parts.tokens.verifyForRenewal(token));
  const conversation = await parts.conversations.find(holder.conversationId);
  return conversation?.endedAt ? newHolder(parts) : holder;
}
