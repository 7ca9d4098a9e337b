import type { IncomingMessage } from 'node:http';
import { ProductError } from '../services/errors';

const LARGEST_FORM_BYTES = 64 * 1024;
/** What is read and thrown away of a form that is too large, so that its sender gets to read the answer. */
const DISCARDED_BYTES = 1024 * 1024;

/**
 * Reads the named fields of a form, at most 64 kB in all; line ends become LF, and a missing field is empty.
 * @throws ProductError `TooLarge`, or `BadRequest` when it is no form.
 */
export async function readForm(
  request: IncomingMessage,
  names: readonly string[],
): Promise<Record<string, string>> {
  const { 'content-type': type = '' } = request.headers;
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type))
    throw new ProductError('BadRequest', 'That was not sent by the form of this page.');
  const fields = new URLSearchParams((await readBytes(request)).toString());
  return Object.fromEntries(
    names.map((name) => [name, (fields.get(name) ?? '').replace(/\r\n?/g, '\n')]),
  );
}

async function readBytes(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_FORM_BYTES + DISCARDED_BYTES) break;
    if (size <= LARGEST_FORM_BYTES) chunks.push(chunk);
  }
  if (size > LARGEST_FORM_BYTES)
    throw new ProductError('TooLarge', 'That is longer than the tray takes (64 kB).');
  return Buffer.concat(chunks);
}
