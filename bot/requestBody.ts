import type { IncomingMessage } from 'node:http';
import { ProductError } from '../services/errors';

/**
 * Reads a request's body.
 * @param limit in bytes; what is longer is refused.
 * @param discarded how many bytes beyond it are read and thrown away, so that the sender gets to read the answer.
 * @throws ProductError `TooLarge`, with these words.
 */
export async function readBody(
  request: IncomingMessage,
  limit: number,
  discarded: number,
  tooLarge: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit + discarded) break;
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit) throw new ProductError('TooLarge', tooLarge);
  return Buffer.concat(chunks);
}
