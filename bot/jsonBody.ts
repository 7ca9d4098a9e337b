import type { IncomingMessage } from 'node:http';
import { ProductError } from '../services/errors';
import { readBody } from './requestBody';

/** What is read and thrown away of a body that is too large, so that its sender gets to read the answer. */
const DISCARDED_BYTES = 4 * 1024 * 1024;

const TOO_LARGE = 'This is larger than can be taken here.';

/**
 * Reads a request's JSON body; undefined when there is none.
 * The server must not have read the body before.
 * @param limit in bytes.
 * @throws ProductError `TooLarge`, or `BadRequest` when it is not JSON in UTF-8.
 */
export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  if (Number(request.headers['content-length'] ?? 0) > limit + DISCARDED_BYTES)
    throw new ProductError('TooLarge', TOO_LARGE);
  const bytes = await readBody(request, limit, DISCARDED_BYTES, TOO_LARGE);
  if (bytes.length === 0) return undefined;
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  if (!/^application\/json\s*(;|$)/i.test(type) || encoding !== 'identity')
    throw new ProductError('BadRequest', 'Send JSON, with Content-Type: application/json.');
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new ProductError('BadRequest', 'The body is not valid JSON.', { cause });
  }
}
