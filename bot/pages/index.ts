import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Request, Response, Server } from 'restify';
import type { Calls } from '../../services/calls';
import { escapeHtml } from '../../services/escapeHtml';
import type { Freezes } from '../../services/records/freezes';
import type { Links } from '../../services/links';
import type { Newsletter } from '../../services/records/newsletter';
import type { PasswordLinks } from '../../services/records/passwordLinks';
import type { Policy } from '../../services/policy';
import type { Log } from '../../services/ports';
import { Throttle, type Rate } from '../directLine/limits';
import { ROOT } from '../root';
import { mountAccountRedeem } from './accountRedeem';
import { Content } from './content';
import { mountLinkPages } from './linkPages';
import { mountNewsletterPage } from './newsletterPage';
import type { PageSurroundings } from './plainPage';
import { renderPolicyPage } from './policyPage';
import {
  chatContentPolicy,
  readingContentPolicy,
  secureEveryAnswer,
  type ContentPolicy,
} from './securityHeaders';
import { readWebFiles, versioned } from './webFiles';

/** What the pages show and where they are served. */
export interface PagesOptions {
  readonly policy: Policy;
  /** The address customers use, such as `https://privacy.example`; the chat's socket goes there. */
  readonly publicUrl: string;
  /** Shown as a telephone link; nothing is shown without it. */
  readonly companyPhone?: string | undefined;
  /** The mail address that the page names when the chat cannot work. */
  readonly privacyMailbox: string;
  /** Whether the page links the development mail tray at `/mail`. */
  readonly mailTray: boolean;
  /** What links in mails lead to; no such page is there without it. */
  readonly mailLinks?: MailLinks;
  /** Where the built pages are; `dist/web` unless a test says otherwise. */
  readonly webDirectory?: string;
}

/** What the pages behind links in mails act through. */
export interface MailLinks {
  readonly links: Links;
  readonly freezes: Pick<Freezes, 'disowned'>;
  readonly calls: Pick<Calls, 'stop'>;
  readonly newsletter: Pick<Newsletter, 'knows' | 'leaveByTicket'>;
  /** The account site's door is there only where there is an account site. */
  readonly passwordLinks: Pick<PasswordLinks, 'available' | 'redeem'>;
  /** Tells clients apart for the limits, proxies considered. */
  readonly clientAddress: (request: IncomingMessage) => string;
  readonly log: Log;
}

/** A person presses a button once or twice. */
const PRESSES: Rate = { points: 60, seconds: 60 };
/** Mail providers and the account site act for many people from one address. */
const SERVER_CALLS: Rate = { points: 1200, seconds: 60 };

/** Serves the chat at `/`, the policy at `/policy` and their files under `/assets/`, and sets the security headers of every answer. */
export function mountPages(server: Server, options: PagesOptions): void {
  secureEveryAnswer(server, options.publicUrl);
  const files = readWebFiles(options.webDirectory ?? path.join(ROOT, 'dist/web'));
  const policy = renderPolicyPage(options.policy);

  const chatPage = htmlContent(fillChatPage(files.page('chat/index.html'), options));
  mountPage(server, '/', chatPage, chatContentPolicy(options.publicUrl));
  const policyPage = htmlContent(versioned(policy.html, files.assets));
  mountPage(server, '/policy', policyPage, readingContentPolicy([policy.styleHash]));

  if (options.mailLinks)
    mountMailLinks(server, options.mailLinks, {
      privacyMailbox: options.privacyMailbox,
      versioned: (html) => versioned(html, files.assets),
      log: options.mailLinks.log,
    });

  serve(server, '/assets/*', async (request, response) => {
    const name = (request.params as Record<string, string | undefined>)['*'] ?? '';
    const asset = files.assets.get(name);
    if (asset) await asset.send(request, response);
    else response.send(404, { error: { code: 'NotFound', message: 'There is no such file.' } });
  });
}

function mountMailLinks(server: Server, parts: MailLinks, surroundings: PageSurroundings): void {
  const { passwordLinks, log } = parts;
  const calls = { ...parts, throttle: new Throttle(SERVER_CALLS) };
  mountLinkPages(server, { ...parts, throttle: new Throttle(PRESSES) }, surroundings);
  mountNewsletterPage(server, calls, surroundings);
  if (passwordLinks.available) mountAccountRedeem(server, calls, log);
}

type Handler = (request: Request, response: Response) => Promise<void>;

function serve(server: Server, route: string, handler: Handler): void {
  server.get(route, handler);
  server.head(route, handler);
}

function mountPage(server: Server, route: string, page: Content, allowed: ContentPolicy): void {
  serve(server, route, async (request, response) => {
    response.setHeader('Content-Security-Policy', allowed.join('; '));
    await page.send(request, response);
  });
}

function htmlContent(html: string): Content {
  return new Content('text/html; charset=utf-8', Buffer.from(html));
}

function fillChatPage(template: string, options: PagesOptions): string {
  const { companyPhone: phone, mailTray, privacyMailbox } = options;
  const mail = escapeHtml(privacyMailbox);
  return template
    .replaceAll('<!-- phone -->', phone ? phoneLink(phone) : '')
    .replaceAll('<!-- mail address -->', `<a href="mailto:${mail}">${mail}</a>`)
    .replaceAll(
      '<!-- mail tray -->',
      mailTray ? '<a class="header-link" href="/mail">Mail tray</a>' : '',
    );
}

function phoneLink(phone: string): string {
  return `<a class="header-link phone" href="tel:${escapeHtml(phone.replace(/[^+\d]/g, ''))}"><span class="phone-label">Call&nbsp;</span>${escapeHtml(phone)}</a>`;
}
