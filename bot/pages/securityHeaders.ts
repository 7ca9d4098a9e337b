import type { Server } from 'restify';

/** What a page may load and reach, as a value of `Content-Security-Policy`. */
export type ContentPolicy = readonly string[];

/** For answers that are no page: nothing may be loaded, and nobody may frame them. */
const NOTHING: ContentPolicy = ["default-src 'none'", "frame-ancestors 'none'"];

const PERMISSIONS = ['camera', 'display-capture', 'geolocation', 'microphone', 'payment', 'usb'];

/** The chat page: Web Chat styles its elements inline, and makes a worker and pictures from blobs; `publicUrl` is where its socket goes. */
export function chatContentPolicy(publicUrl: string): ContentPolicy {
  const socket = new URL(publicUrl);
  const scheme = socket.protocol === 'https:' ? 'wss' : 'ws';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    `connect-src 'self' ${scheme}://${socket.host} blob:`,
    "img-src 'self' data: blob:",
    'worker-src blob:',
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
}

/**
 * A page without script.
 * @param styleHashes the base64 SHA-256 hashes of its inline styles.
 * @param forms where its forms may go.
 */
export function readingContentPolicy(
  styleHashes: readonly string[],
  forms: "'none'" | "'self'" = "'none'",
): ContentPolicy {
  return [
    "default-src 'none'",
    ["style-src 'self'", ...styleHashes.map((hash) => `'sha256-${hash}'`)].join(' '),
    "img-src 'self' data:",
    "base-uri 'none'",
    `form-action ${forms}`,
    "frame-ancestors 'none'",
  ];
}

/** Sets the security headers on every answer of the server, also those to unknown paths; a page replaces the content policy by its own. */
export function secureEveryAnswer(server: Server, publicUrl: string): void {
  const headers = {
    'Content-Security-Policy': NOTHING.join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': PERMISSIONS.map((feature) => `${feature}=()`).join(', '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
    ...(publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
  server.pre((_request, response, next) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    next();
  });
}
