import type { Request, Response, Server } from 'restify';
import { ProductError } from '../../services/errors';
import { sendError } from '../httpErrors';
import { postActivity, readActivities } from './activityRoutes';
import { generateToken, reconnect, refreshToken, startConversation } from './conversationRoutes';
import { TooManyRequests } from './limits';
import { pageToken } from './pageToken';
import { conversationIdOf, UPLOAD_REFUSED, type Route, type RouteParts } from './route';

const BASE = '/v3/directline';
const CONVERSATION = `${BASE}/conversations/:conversationId`;

/** Mounts the routes of Direct Line 3.0, and the page's own door to a token. */
export function mountRoutes(server: Server, parts: RouteParts): void {
  const direct = (route: Route) => answering(parts, route, true);
  server.post('/webchat/token', answering(parts, pageToken, false));
  server.post(`${BASE}/tokens/generate`, direct(generateToken));
  server.post(`${BASE}/tokens/refresh`, direct(refreshToken));
  server.post(`${BASE}/conversations`, direct(startConversation));
  server.get(CONVERSATION, direct(reconnect));
  server.get(`${CONVERSATION}/activities`, direct(readActivities));
  server.post(`${CONVERSATION}/activities`, direct(postActivity));
  server.post(`${CONVERSATION}/upload`, direct(refuseUpload));
  server.get(`${CONVERSATION}/stream`, direct(refusePlainStream));
  parts.cors.mountPreflight(server, `${BASE}/*`);
}

function answering(parts: RouteParts, route: Route, acrossOrigins: boolean) {
  return async (request: Request, response: Response): Promise<void> => {
    response.header('Cache-Control', 'no-store');
    if (acrossOrigins) parts.cors.allow(request, response);
    try {
      await route(parts, request, response);
    } catch (error) {
      if (error instanceof TooManyRequests)
        response.header('Retry-After', String(error.retryAfterSeconds));
      sendError(response, error, parts.log);
    }
  };
}

const refuseUpload: Route = async ({ callers }, request) => {
  await callers.identifyFor(request, conversationIdOf(request));
  throw new ProductError('UploadUnsupported', UPLOAD_REFUSED);
};

const refusePlainStream: Route = async () => {
  throw new ProductError('BadRequest', 'The stream is a WebSocket.');
};
