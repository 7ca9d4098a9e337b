import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request comes from a page that this very host served, or from no page at all.
 * @param ownOrigin the public origin, for when a proxy in front changes the Host.
 */
export function comesFromOwnPage(headers: IncomingHttpHeaders, ownOrigin: string): boolean {
  const { origin, host } = headers;
  if (origin === undefined) {
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' || site === 'none';
  }
  if (origin === ownOrigin) return true;
  const parsed = URL.canParse(origin) ? new URL(origin) : undefined;
  return (
    parsed !== undefined &&
    (parsed.protocol === 'https:' || parsed.protocol === 'http:') &&
    parsed.host === normalisedHost(host, parsed.protocol)
  );
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:]+\](:\d{1,5})?$/;

/**
 * The origin for WebSockets, as the client reaches us.
 *
 * A public URL on loopback is a default that nobody set: then the host that the request named is the better guess, and
 * the page's security policy allows sockets to no other.
 */
export function socketOrigin(publicUrl: string, host: string | undefined): string {
  const url = new URL(publicUrl);
  if (LOOPBACK.has(url.hostname) && host !== undefined && HOST.test(host)) url.host = host;
  return `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}`;
}

// "Host: desk.example:443" and the origin "https://desk.example" name the same place.
function normalisedHost(host: string | undefined, protocol: string): string | undefined {
  const url = `${protocol}//${host ?? ''}`;
  return host !== undefined && HOST.test(host) && URL.canParse(url) ? new URL(url).host : undefined;
}
