import type { Response } from 'restify';
import { ProductError } from '../services/errors';
import { errorAnswer } from './httpErrors';
import { PAGE_STYLE_SOURCE } from './mailTrayPages';

/** Under which nothing of a mail runs or loads. */
export const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

const pagePolicy = (forms: boolean): string =>
  [
    "default-src 'none'",
    `style-src '${PAGE_STYLE_SOURCE}'`,
    "frame-src 'self'",
    "base-uri 'none'",
    `form-action ${forms ? "'self'" : "'none'"}`,
    "frame-ancestors 'none'",
  ].join('; ');

/**
 * Answers with a page of the tray.
 * @param forms whether it may send forms.
 */
export function sendPage(response: Response, status: number, html: string, forms: boolean): void {
  sendBytes(response, status, Buffer.from(html), {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': pagePolicy(forms),
    // Browsers hide the Origin of a form on a page that tells no referrer even to its own address.
    'Referrer-Policy': 'same-origin',
  });
}

/** Answers with a mail's own HTML, which nobody may trust. */
export function sendMailHtml(response: Response, html: string): void {
  sendBytes(response, 200, Buffer.from(html), {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': MAIL_POLICY,
  });
}

/** Sends the browser on to another page, so that going back or reloading sends nothing twice. */
export function sendElsewhere(response: Response, path: string): void {
  sendBytes(response, 303, Buffer.alloc(0), { Location: path });
}

export const NOT_FOUND = new ProductError('NotFound', 'There is nothing here.');
export const NOT_ALLOWED = new ProductError(
  'NotAllowed',
  'Only the pages of the mail tray, on the machine where the desk runs, can send this.',
);

/** Answers with the error envelope. */
export function sendFault(response: Response, fault: ProductError): void {
  const { status, body } = errorAnswer(fault);
  sendBytes(response, status, Buffer.from(JSON.stringify(body)), {
    'Content-Type': 'application/json',
  });
}

/** Past restify's formatters, which know neither HTML nor mails. */
export function sendBytes(
  response: Response,
  status: number,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    'Content-Length': String(body.length),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    ...headers,
  });
  response.end(body);
}
