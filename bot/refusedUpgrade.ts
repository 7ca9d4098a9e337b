import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { TooManyRequests } from './directLine/limits';
import { errorAnswer } from './httpErrors';

/** Answers a request for a WebSocket that is not to be had, in the error envelope, and closes the connection. */
export function refuseUpgrade(socket: Duplex, error: unknown): void {
  const { status, body } = errorAnswer(error);
  const json = JSON.stringify(body);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(json)}`,
      ...(error instanceof TooManyRequests ? [`Retry-After: ${error.retryAfterSeconds}`] : []),
      '',
      json,
    ].join('\r\n'),
  );
}
