import type { IncomingMessage } from 'node:http';
import { ProductError } from '../services/errors';
import { readBody } from './requestBody';

const LARGEST_FORM_BYTES = 64 * 1024;
/** What is read and thrown away of a form that is too large, so that its sender gets to read the answer. */
const DISCARDED_BYTES = 1024 * 1024;
const TOO_LARGE = 'That is longer than the tray takes (64 kB).';

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
  const fields = new URLSearchParams(
    (await readBody(request, LARGEST_FORM_BYTES, DISCARDED_BYTES, TOO_LARGE)).toString(),
  );
  return Object.fromEntries(
    names.map((name) => [name, (fields.get(name) ?? '').replace(/\r\n?/g, '\n')]),
  );
}
