import type { Request, Response, Server } from 'restify';
import { ProductError } from '../../services/errors';
import type { Log } from '../../services/ports';
import { may } from '../../services/roles';
import { sendError } from '../httpErrors';
import { readJson } from '../jsonBody';
import { Download, type ConsoleRoutes, type RightRoute } from './route';
import type { ConsoleSessions } from './session';

type Sessions = Pick<ConsoleSessions, 'callerOf'>;

/** Where the console's routes stand. */
const API = '/console/api';
const BODY_BYTES = 64 * 1024;

/**
 * Mounts routes of the console. All that may be asked of a call before it is looked at is asked here: session, second
 * factor, right, body; no route can be without.
 */
export function mountRoutes(
  server: Server,
  routes: ConsoleRoutes,
  sessions: Sessions,
  log: Log,
): void {
  for (const route of routes) {
    const answer = async (request: Request, response: Response): Promise<void> => {
      response.header('Cache-Control', 'no-store');
      try {
        send(response, await handled(route, request, sessions));
      } catch (error) {
        sendError(response, error, log);
      }
    };
    if (route.method === 'GET') server.get(`${API}${route.path}`, answer);
    else server.post(`${API}${route.path}`, answer);
  }
}

async function handled(route: RightRoute, request: Request, sessions: Sessions): Promise<unknown> {
  const { caller, mustSetUpTotp } = await sessions.callerOf(request);
  if (mustSetUpTotp) throw new ProductError('NotAllowed', 'Set up the second factor first.');
  if (route.may !== 'signedIn' && !may(caller.roles, route.may))
    throw new ProductError('NotAllowed', 'Your role does not include this.');
  const body = route.method === 'POST' ? await readJson(request, BODY_BYTES) : undefined;
  return route.handle({
    ...{ caller, body, request },
    params: request.params as Readonly<Record<string, string>>,
    query: new URLSearchParams(request.getQuery()),
  });
}

function send(response: Response, result: unknown): void {
  if (!(result instanceof Download)) {
    response.send(200, result ?? {});
    return;
  }
  const { name, content } = result;
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': content.length,
    'Content-Disposition': `attachment; filename="${plainName(name)}"; filename*=UTF-8''${encodedName(name)}`,
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(content);
}

const LONGEST_NAME = 100;

/** A name without what a header or a file system could take for something else. */
const plainName = (name: string): string =>
  name
    .slice(-LONGEST_NAME)
    .replace(/[^\w. -]/g, '_')
    .replace(/^\.+/, '_') || 'file';

const encodedName = (name: string): string =>
  encodeURIComponent(
    name
      .slice(-LONGEST_NAME)
      .replace(/[\p{C}/\\]/gu, '_')
      .replace(/^\.+/, '_') || 'file',
  ).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
