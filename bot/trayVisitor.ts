import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

const FORWARDED = /^(?:x-forwarded-.*|x-real-ip|forwarded|via)$/;

/** A proxy or a page of another site must not get at the mails through this machine's own address. */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const host = /^(\[[^\]]*\]|[^:]*)(?::\d{1,5})?$/.exec(request.headers.host ?? '')?.[1] ?? '';
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    isLoopback(request.socket.remoteAddress ?? '') &&
    (name === 'localhost' || isLoopback(name)) &&
    !Object.keys(request.headers).some((header) => FORWARDED.test(header))
  );
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'));
}

/** Whether a form was sent by a page of this very address, as browsers say it; a page of another site cannot send in the reader's name. */
export function isFromOwnPage(request: IncomingMessage): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || host === undefined) return false;
  return origin.toLowerCase() === `http://${host.toLowerCase()}`;
}
