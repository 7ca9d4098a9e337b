import type { ParsedMail } from 'mailparser';
import type { Request, Response, Server } from 'restify';
import { ProductError } from '../services/errors';
import type { Clock, Ids } from '../services/ports';
import { listPage, mailPage, NO_HTML_PAGE, type News, type TrayRow } from './mailTrayPages';
import { systemClock, systemIds } from './system';
import * as answers from './trayAnswers';
import { isMailFile, mailFiles, readFileOf, readMail } from './trayFolder';
import { readForm } from './trayForm';
import { handOver, newMail, replyOf, replyRoute, type Deliver } from './trayReply';
import { isFromOwnPage, isFromThisMachine } from './trayVisitor';

/** Where the tray finds its mails, what every answer carries beside its own policy, and where written mails go. */
export interface MailTrayOptions {
  /** Holds the `.eml` files; may be missing while no mail was sent. */
  directory: string;
  /** Added to each answer; the tray's own headers win. */
  securityHeaders?: Readonly<Record<string, string>>;
  /** Takes what is written in the tray; without it there are no forms. */
  deliver?: Deliver;
  /** The desk's public addresses, to which the tray can write a first mail; without them it only replies. */
  mailboxes?: readonly string[];
  clock?: Clock;
  ids?: Ids;
}

const SHOWN_AT_MOST = 200;

type Answer = (file: string, request: Request, response: Response) => Promise<void>;

/**
 * Serves the development mail tray: GET `/mail`, `/mail/:file`, and the file's `/html` and `/download`; and, where mails
 * can be delivered, POST `/mail/new` and `/mail/:file/reply`.
 * Answers only a browser on this very machine that came without a proxy: 404 to others, and 403 to their forms and to
 * those of another site's page.
 */
export function mountMailTray(server: Server, options: MailTrayOptions): void {
  const guarded = (answer: Answer) => async (request: Request, response: Response) => {
    for (const [name, value] of Object.entries(options.securityHeaders ?? {})) {
      response.setHeader(name, value);
    }
    const file: unknown = (request.params as { file?: unknown } | undefined)?.file;
    const refused = whyNot(request, file);
    if (refused) answers.sendFault(response, refused);
    else await answer(typeof file === 'string' ? file : '', request, response);
  };
  server.get('/mail', guarded(listing(options)));
  server.get('/mail/:file', guarded(showing(options)));
  server.get('/mail/:file/html', guarded(showingHtml(options)));
  server.get('/mail/:file/download', guarded(downloading(options)));
  const { deliver, mailboxes } = options;
  if (!deliver) return;
  server.post('/mail/:file/reply', guarded(replying(options, deliver)));
  if (mailboxes) server.post('/mail/new', guarded(writing(options, deliver, mailboxes)));
}

function whyNot(request: Request, file: unknown): ProductError | undefined {
  const local = isFromThisMachine(request);
  if (request.method === 'POST' && !(local && isFromOwnPage(request))) return answers.NOT_ALLOWED;
  const known = file === undefined || (typeof file === 'string' && isMailFile(file));
  return local && known ? undefined : answers.NOT_FOUND;
}

/** Answers with what `show` makes of the mail, or that there is none. */
const ofMail =
  (
    directory: string,
    show: (mail: ParsedMail, ...rest: Parameters<Answer>) => void | Promise<void>,
  ): Answer =>
  async (file, request, response) => {
    const mail = await readMail(directory, file);
    if (mail) await show(mail, file, request, response);
    else answers.sendFault(response, answers.NOT_FOUND);
  };

const listing =
  (options: MailTrayOptions): Answer =>
  async (_file, request, response) => {
    await showList(response, options, 200, { sent: isSent(request) });
  };

const showing = (options: MailTrayOptions): Answer =>
  ofMail(options.directory, (mail, file, request, response) => {
    showMail(response, options, 200, file, mail, { sent: isSent(request) });
  });

const showingHtml = ({ directory }: MailTrayOptions): Answer =>
  ofMail(directory, (mail, _file, _request, response) => {
    answers.sendMailHtml(response, mail.html === false ? NO_HTML_PAGE : mail.html);
  });

const downloading =
  ({ directory }: MailTrayOptions): Answer =>
  async (file, _request, response) => {
    const bytes = await readFileOf(directory, file);
    if (!bytes) {
      answers.sendFault(response, answers.NOT_FOUND);
      return;
    }
    answers.sendBytes(response, 200, bytes, {
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="${file}"`,
      'Content-Security-Policy': answers.MAIL_POLICY,
    });
  };

const replying = (options: MailTrayOptions, deliver: Deliver): Answer =>
  ofMail(options.directory, async (mail, file, request, response) => {
    const fields: Record<string, string> = {};
    const refused = await handOver(deliver, async () => {
      Object.assign(fields, await readForm(request, ['words']));
      return replyOf(mail, fields.words ?? '', stationery(options));
    });
    if (!refused) {
      answers.sendElsewhere(response, `/mail/${file}?sent=1`);
      return;
    }
    const draft = { fault: refused.message, fields };
    showMail(response, options, refused.status, file, mail, { draft });
  });

const writing =
  (options: MailTrayOptions, deliver: Deliver, mailboxes: readonly string[]): Answer =>
  async (_file, request, response) => {
    const fields: Record<string, string> = {};
    const refused = await handOver(deliver, async () => {
      Object.assign(fields, await readForm(request, ['from', 'to', 'subject', 'words']));
      const { from = '', to = '', subject = '', words: text = '' } = fields;
      if (!mailboxes.includes(to)) {
        throw new ProductError('BadArgument', 'Choose one of the desk’s mailboxes.');
      }
      return newMail({ from, to, subject, text }, stationery(options));
    });
    if (!refused) {
      answers.sendElsewhere(response, '/mail?sent=1');
      return;
    }
    const draft = { fault: refused.message, fields };
    await showList(response, options, refused.status, { draft });
  };

const stationery = ({ clock = systemClock, ids = systemIds }: MailTrayOptions) => ({ clock, ids });

const isSent = (request: Request): boolean =>
  new URLSearchParams(request.getQuery()).get('sent') === '1';

async function showList(
  response: Response,
  { directory, deliver, mailboxes }: MailTrayOptions,
  status: number,
  news: News,
): Promise<void> {
  const files = await mailFiles(directory);
  const rows: TrayRow[] = [];
  for (const file of files.slice(0, SHOWN_AT_MOST)) {
    rows.push({ file, mail: await readMail(directory, file) });
  }
  const view = { ...news, total: files.length, mailboxes: deliver && mailboxes };
  answers.sendPage(response, status, listPage(rows, view), deliver !== undefined);
}

function showMail(
  response: Response,
  { deliver }: MailTrayOptions,
  status: number,
  file: string,
  mail: ParsedMail,
  news: News,
): void {
  const view = { ...news, route: deliver && replyRoute(mail) };
  answers.sendPage(response, status, mailPage(file, mail, view), deliver !== undefined);
}
