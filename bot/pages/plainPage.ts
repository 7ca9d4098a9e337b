import type { Request, Response } from 'restify';
import { escapeHtml } from '../../services/escapeHtml';
import { TooManyRequests } from '../directLine/limits';
import { errorAnswer } from '../httpErrors';
import { readBody } from '../requestBody';
import type { Log } from '../../services/ports';
import { readingContentPolicy } from './securityHeaders';

/** A page of a few sentences, with at most one button. */
export interface PlainPage {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Words of a button that posts to the page's own address. */
  readonly button?: string;
  /** 200 unless given. */
  readonly status?: number;
}

/** What every such page says besides its own words. */
export interface PageSurroundings {
  readonly privacyMailbox: string;
  /** Where its style sheets are, by their names under `/assets/`. */
  readonly versioned: (html: string) => string;
  readonly log: Log;
}

/** Gives the page for a request; what it throws becomes a page, too. */
export type PageFor = (request: Request) => Promise<PlainPage>;

const CONTENT_POLICY = readingContentPolicy([], "'self'").join('; ');
const BODY_BYTES = 8 * 1024;
const DISCARDED_BYTES = 256 * 1024;

/** Answers GET, HEAD and POST of such pages; nobody keeps them, indexes them, or is told where they lead from. */
export const answering =
  (surroundings: PageSurroundings, pageFor: PageFor) =>
  async (request: Request, response: Response): Promise<void> => {
    let page: PlainPage;
    try {
      page = await pageFor(request);
    } catch (error) {
      if (error instanceof TooManyRequests)
        response.setHeader('Retry-After', String(error.retryAfterSeconds));
      page = faultPage(error, surroundings.log);
    }
    send(request, response, page, surroundings);
  };

/** Reads what a form or a mail program posts, which says nothing that is not in the address. */
export async function discardBody(request: Request): Promise<void> {
  await readBody(request, BODY_BYTES, DISCARDED_BYTES, 'That is more than the button sends.');
}

function faultPage(error: unknown, log: Log): PlainPage {
  const { status, body } = errorAnswer(error);
  if (status >= 500) log.error('http.failed', { status, code: body.error.code, error });
  return {
    status,
    title: status >= 500 ? 'That did not work' : 'That could not be taken',
    paragraphs: [body.error.message],
  };
}

function send(
  request: Request,
  response: Response,
  page: PlainPage,
  surroundings: PageSurroundings,
): void {
  const body = Buffer.from(surroundings.versioned(rendered(page, surroundings)));
  response.setHeader('Content-Security-Policy', CONTENT_POLICY);
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Robots-Tag', 'noindex, nofollow');
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.writeHead(page.status ?? 200);
  response.end(request.method === 'HEAD' ? undefined : body);
}

function rendered(
  { title, paragraphs, button }: PlainPage,
  { privacyMailbox }: PageSurroundings,
): string {
  const mail = escapeHtml(privacyMailbox);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escapeHtml(title)} – Comantra Privacy Desk</title>
<link rel="icon" href="/assets/shared/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/shared/base.css">
<link rel="stylesheet" href="/assets/shared/plain.css">
</head>
<body>
<header class="page-header">
<a class="desk-name" href="/"><img src="/assets/shared/icon.svg" alt="" width="28" height="28">Comantra Privacy Desk</a>
<a class="header-link" href="/policy">Privacy policy</a>
</header>
<main class="plain">
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((words) => `<p>${escapeHtml(words)}</p>`).join('\n')}
${button === undefined ? '' : `<form method="post"><button class="button primary">${escapeHtml(button)}</button></form>`}
<p class="aside">A question? Ask in <a href="/">the chat</a>, or write to <a href="mailto:${mail}">${mail}</a>.</p>
</main>
</body>
</html>
`;
}
