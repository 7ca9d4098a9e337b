import type { IncomingMessage } from 'node:http';
import restify, { type Request, type Response, type Server } from 'restify';
import { ProductError } from '../services/errors';
import type { Log } from '../services/ports';
import { sendError } from './httpErrors';
import type { Metrics } from './metrics';

const REQUEST_TIMEOUT_MS = 30_000;
const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 5_000;
const PATIENCE_MS = 10_000;
/** Of a step of a path; a file's name may be so long. */
const LONGEST_PARAMETER = 255;
/** Paths at which somebody takes a WebSocket. */
const SOCKETS = /^\/v3\/directline\/|^\/console\/live(?:\?|$)/;

/** What the server tells about the product's health. */
export interface Health {
  readonly storeKind: 'embedded' | 'mongodb';
  /** Rejects when the store does not answer. */
  readonly ping: () => Promise<void>;
  readonly metrics: Metrics;
}

/** A restify server with limits and timeouts; unknown routes and faults answer in the error envelope. */
export function createServer(log: Log): Server {
  const server = restify.createServer({
    ...{ name: 'privacy-desk', strictNext: true, maxParamLength: LONGEST_PARAMETER },
  });
  server.server.requestTimeout = REQUEST_TIMEOUT_MS;
  server.server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.server.keepAliveTimeout = KEEP_ALIVE_MS;
  // Node leaves a socket open that asks for an upgrade which nobody takes.
  server.server.on('upgrade', (request, socket) => {
    if (!SOCKETS.test(request.url ?? '')) socket.destroy();
  });
  server.pre((request: Request, response: Response, next: () => void) => {
    response.removeHeader('Server');
    if (isReadable(request)) next();
    else sendError(response, UNREADABLE, log);
  });
  server.on(
    'restifyError',
    (_request: Request, response: Response, error: Error, done: () => void) => {
      if (!response.headersSent) sendError(response, foreseen(error), log);
      done();
    },
  );
  return server;
}

const UNREADABLE = new ProductError('BadRequest', 'That request could not be read.');

/** restify throws outside every handler, and so ends the process, for a Host or path that makes no URL. */
function isReadable(request: Request): boolean {
  try {
    request.getUrl();
    return true;
  } catch {
    return false;
  }
}

/** restify's own errors in the product's words. */
function foreseen(error: Error & { statusCode?: number }): unknown {
  switch (error.statusCode) {
    case 404:
      return new ProductError('NotFound', 'There is nothing here.');
    case 405:
      return new ProductError('NotFound', 'That method is not offered here.');
    case 400:
      return UNREADABLE;
    case 413:
      return new ProductError('TooLarge', 'That is too large.');
    default:
      return error;
  }
}

/** `/healthz`, `/readyz` and `/metrics`. */
export function mountHealth(server: Server, health: Health, log: Log): void {
  server.get('/healthz', async (_request: Request, response: Response) => {
    response.send(200, { status: 'ok', store: health.storeKind });
  });
  server.get('/readyz', async (_request: Request, response: Response) => {
    try {
      await health.ping();
      response.send(200, { status: 'ready' });
    } catch (error) {
      log.error('store.unavailable', { error });
      response.send(503, {
        error: { code: 'StoreUnavailable', message: 'The desk is not ready. Please try again.' },
      });
    }
  });
  server.get('/metrics', async (_request: Request, response: Response) => {
    const { contentType, body } = await health.metrics.text();
    response.writeHead(200, { 'Content-Type': contentType });
    response.end(body);
  });
}

/**
 * Tells clients apart for the limits.
 * @param trustedProxies how many proxies stand before us; each adds one address to `X-Forwarded-For`.
 */
export function clientAddresses(trustedProxies: number): (request: IncomingMessage) => string {
  return (request) => {
    const peer = request.socket.remoteAddress ?? '';
    if (trustedProxies === 0) return peer;
    const forwarded = String(request.headers['x-forwarded-for'] ?? '')
      .split(',')
      .map((address) => address.trim())
      .filter((address) => address !== '');
    return forwarded.at(-trustedProxies) ?? peer;
  };
}

/** Starts listening; rejects with words when the port is taken. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new ProductError(
              'ConfigInvalid',
              `Port ${port} is taken by another program. Stop it, or set PORT to another number.`,
            )
          : error,
      );
    });
    server.listen(port, host, () => {
      resolve((server.address() as { port: number }).port);
    });
  });
}

/** Stops listening; idle connections are closed at once, busy ones may finish for a while. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.server.closeIdleConnections();
  const patience = setTimeout(() => {
    server.server.closeAllConnections();
  }, PATIENCE_MS);
  await closed;
  clearTimeout(patience);
}
