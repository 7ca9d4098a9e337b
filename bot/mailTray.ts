import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';
import type { Request, Response, Server } from 'restify';
import { ProductError } from '../services/errors';
import { errorAnswer } from './httpErrors';
import { listPage, mailPage, NO_HTML_PAGE, PAGE_STYLE_SOURCE, type TrayRow } from './mailTrayPages';

/** Where the tray finds its mails, and what every answer carries beside its own policy. */
export interface MailTrayOptions {
  /** Holds the `.eml` files; may be missing while no mail was sent. */
  directory: string;
  /** Added to each answer; the tray's own headers win. */
  securityHeaders?: Readonly<Record<string, string>>;
}

const SHOWN_AT_MOST = 200;
const LARGEST_MAIL_BYTES = 5 * 1024 * 1024;
const MAIL_FILE = /^\d{8}T\d{9}Z-[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.eml$/;
const FORWARDED = /^(?:x-forwarded-.*|x-real-ip|forwarded|via)$/;

const PAGE_POLICY = [
  "default-src 'none'",
  `style-src '${PAGE_STYLE_SOURCE}'`,
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

/**
 * Serves the development mail tray: GET `/mail`, `/mail/:file`, and the file's `/html` and `/download`.
 * Answers 404 to anyone but a browser on this very machine that came without a proxy.
 */
export function mountMailTray(server: Server, options: MailTrayOptions): void {
  const route = (path: string, answer: (file: string, response: Response) => Promise<void>) => {
    server.get(path, async (request: Request, response: Response) => {
      for (const [name, value] of Object.entries(options.securityHeaders ?? {})) {
        response.setHeader(name, value);
      }
      const file: unknown = (request.params as { file?: unknown } | undefined)?.file;
      const known = file === undefined || (typeof file === 'string' && MAIL_FILE.test(file));
      if (!known || !isFromThisMachine(request)) notFound(response);
      else await answer(file ?? '', response);
    });
  };

  route('/mail', async (_, response) => {
    const files = await mailFiles(options.directory);
    const rows: TrayRow[] = [];
    for (const file of files.slice(0, SHOWN_AT_MOST)) {
      rows.push({ file, mail: await readMail(options.directory, file) });
    }
    page(response, PAGE_POLICY, listPage(rows, files.length));
  });

  route('/mail/:file', async (file, response) => {
    const mail = await readMail(options.directory, file);
    if (mail) page(response, PAGE_POLICY, mailPage(file, mail));
    else notFound(response);
  });

  route('/mail/:file/html', async (file, response) => {
    const mail = await readMail(options.directory, file);
    if (mail) page(response, MAIL_POLICY, mail.html === false ? NO_HTML_PAGE : mail.html);
    else notFound(response);
  });

  route('/mail/:file/download', async (file, response) => {
    const bytes = await readFileOf(options.directory, file);
    if (!bytes) {
      notFound(response);
      return;
    }
    end(response, 200, bytes, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${file}"`,
      'Content-Security-Policy': MAIL_POLICY,
    });
  });
}

/** A proxy or a page of another site must not get at the mails through this machine's own address. */
function isFromThisMachine(request: Request): boolean {
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

/** Names begin with the time, so the newest come first; nothing but whole mails is listed. */
async function mailFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory))
      .filter((name) => MAIL_FILE.test(name))
      .sort()
      .reverse();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readMail(directory: string, file: string): Promise<ParsedMail | undefined> {
  const bytes = await readFileOf(directory, file);
  if (!bytes) return undefined;
  try {
    return await simpleParser(bytes, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
  } catch {
    return undefined;
  }
}

/** The file's bytes; undefined when it is missing, unreadable, too large, or no plain file such as a link. */
async function readFileOf(directory: string, file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(join(directory, file), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const stat = await handle.stat();
      return stat.isFile() && stat.size <= LARGEST_MAIL_BYTES ? await handle.readFile() : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

function page(response: Response, policy: string, html: string): void {
  end(response, 200, Buffer.from(html), {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
  });
}

function notFound(response: Response): void {
  const { status, body } = errorAnswer(new ProductError('NotFound', 'There is nothing here.'));
  end(response, status, Buffer.from(JSON.stringify(body)), { 'Content-Type': 'application/json' });
}

/** Past restify's formatters, which know neither HTML nor mails. */
function end(
  response: Response,
  status: number,
  body: Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  response.writeHead(status, {
    ...headers,
    'Content-Length': String(body.length),
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  response.end(body);
}
