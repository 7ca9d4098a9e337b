import { createHash } from 'node:crypto';
import type { AddressObject, ParsedMail } from 'mailparser';
import { escapeHtml } from '../services/escapeHtml';
import { faultNotice, replyForm, writeForm, type Draft } from './mailTrayForms';
import type { ReplyRoute } from './trayReply';

/** One line of the tray; without a mail when the file cannot be read. */
export interface TrayRow {
  file: string;
  mail?: ParsedMail;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2330; --soft: #4c5769; --line: #c9d0da; --ground: #f6f7f9; --sheet: #fff; --link: #0b57a4; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #b3bdcb; --line: #3b4554; --ground: #14181f; --sheet: #1c222b; --link: #8cc2ff; --bad: #ff9d94; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
:is(a, pre, input, select, textarea, button):focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.note, .hint { color: var(--soft); margin: 0 0 1.5rem; }
.hint { margin: 0 0 .3rem; font-size: .9rem; }
.done, .fault { border-left: .3rem solid var(--link); background: var(--sheet); padding: .6rem .8rem; margin: 0 0 1rem; }
.fault { border-color: var(--bad); }
.mails { list-style: none; margin: 0; padding: 0; background: var(--sheet); border: 1px solid var(--line); }
.mails li { padding: .6rem .8rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
.mails li:last-child { border-bottom: 0; }
.mails a { font-weight: 600; }
.mails span { display: block; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0 0 1rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; background: var(--sheet); border: 1px solid var(--line); table-layout: fixed; }
th, td { text-align: left; vertical-align: top; padding: .6rem .8rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { width: 30%; font-weight: 600; color: var(--soft); }
pre, iframe, form { box-sizing: border-box; width: 100%; margin: 0; background: var(--sheet); border: 1px solid var(--line); }
pre, form { padding: 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
iframe { height: 32rem; background: #fff; }
form { display: grid; gap: .3rem; justify-items: start; }
label { font-weight: 600; margin-top: .6rem; }
.route { margin: 0; overflow-wrap: anywhere; }
input, select, textarea, button { box-sizing: border-box; max-width: 100%; font: inherit; padding: .5rem .6rem; color: var(--ink); background: var(--ground); border: 1px solid var(--soft); border-radius: .25rem; }
input, select, textarea { width: 100%; }
button { margin-top: .6rem; padding: .5rem 1.2rem; background: var(--link); color: var(--sheet); border-color: var(--link); cursor: pointer; }
`;

/** The Content-Security-Policy source that admits the pages' one style sheet and no other. */
export const PAGE_STYLE_SOURCE = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

/** What the frame shows for a mail without an HTML part. */
export const NO_HTML_PAGE =
  '<!doctype html><html lang="en-GB"><title>No HTML part</title><p>This mail has no HTML part.</p></html>';

const NOTE =
  'This tray exists only in development. No mail here has left this machine, and its files are not encrypted.';

const WHEN = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});

/** What became of the form that was just sent from a page. */
export interface News {
  readonly sent?: boolean;
  readonly draft?: Draft;
}

/** What the list shows beside the mails. */
interface ListView extends News {
  /** How many mails there are; more than the rows when the oldest are left out. */
  readonly total: number;
  /** To whom a first mail can be written; without it there is no form. */
  readonly mailboxes?: readonly string[] | undefined;
}

/** The list of mails as a page, with a form to write one. */
export function listPage(rows: readonly TrayRow[], view: ListView): string {
  const { total, mailboxes, draft } = view;
  const older =
    total > rows.length ? `<p>The newest ${rows.length} of ${total} mails are shown.</p>` : '';
  const list =
    rows.length === 0
      ? '<p>No mail yet.</p>'
      : `<ul class="mails" role="list">${rows.map(listRow).join('\n')}</ul>`;
  return whole(
    titled('Mail tray', view),
    `<h1>Mail tray</h1>${newsOf('mail', view)}<p class="note">${NOTE}${mailboxes ? ' <a href="#write">Write a mail</a>' : ''}</p>${list}${older}
${mailboxes ? writeForm(mailboxes, draft) : ''}`,
  );
}

/** What a mail's page shows beside the mail. */
interface MailView extends News {
  /** Without it there is no Reply form. */
  readonly route?: ReplyRoute | undefined;
}

/** One mail as a page: its headers, its text, and its HTML part in a frame where nothing can run; and a form to answer it. */
export function mailPage(file: string, mail: ParsedMail, view: MailView = {}): string {
  const { route, draft } = view;
  const subject = mail.subject ?? '(no subject)';
  const path = `/mail/${encodeURIComponent(file)}`;
  const headers = mail.headerLines.map(({ line }) => headerRow(line)).join('\n');
  return whole(
    titled(subject, view),
    `<p><a href="/mail">All mails</a></p>
<h1>${escapeHtml(subject)}</h1>
${newsOf('reply', view)}
<dl><dt>From</dt><dd>${escapeHtml(addressees(mail.from))}</dd>
<dt>To</dt><dd>${escapeHtml(addressees(mail.to))}</dd>
<dt>Time</dt><dd>${time(mail.date)}</dd></dl>
<p class="note">${NOTE} <a href="${path}/download">Download the .eml file</a></p>
<h2 id="text">Text part</h2>
<pre tabindex="0" role="region" aria-labelledby="text">${withLinks(mail.text ?? '(no text part)')}</pre>
${route ? replyForm(path, mail, route, draft) : ''}
<h2 id="html">HTML part</h2>
<iframe sandbox src="${path}/html" title="The HTML part of this mail"></iframe>
<h2 id="headers">Headers</h2>
<table aria-labelledby="headers"><tbody>${headers}</tbody></table>`,
  );
}

/** The news come first in the title, where they are read out first. */
function titled(title: string, { sent, draft }: News): string {
  if (draft) return `Not sent – ${title}`;
  return sent ? `Sent – ${title}` : title;
}

function newsOf(what: 'mail' | 'reply', { sent, draft }: News): string {
  if (draft) return faultNotice(draft);
  return sent
    ? `<p class="done" role="status">Your ${what} was handed to the desk. What the desk sends because of it appears among <a href="/mail">all mails</a> in a few seconds; reload that page if it is not there yet.</p>`
    : '';
}

function listRow({ file, mail }: TrayRow): string {
  if (!mail) return `<li>${escapeHtml(file)} cannot be read.</li>`;
  const link = `<a href="/mail/${encodeURIComponent(file)}">${escapeHtml(mail.subject ?? '(no subject)')}</a>`;
  return `<li>${link}<span>From ${escapeHtml(addressees(mail.from))} to ${escapeHtml(addressees(mail.to))}</span><span>${time(mail.date)}</span></li>`;
}

function headerRow(line: string): string {
  const colon = line.indexOf(':');
  return `<tr><th scope="row">${escapeHtml(line.slice(0, colon))}</th><td>${escapeHtml(line.slice(colon + 1).trim())}</td></tr>`;
}

function addressees(to: ParsedMail['to']): string {
  const lists: AddressObject[] = to === undefined ? [] : [to].flat();
  return lists.map((list) => list.text).join(', ') || '(nobody)';
}

function time(date: Date | undefined): string {
  if (!date || Number.isNaN(date.getTime())) return '(no date)';
  return `<time datetime="${date.toISOString()}">${WHEN.format(date)} UTC</time>`;
}

function whole(title: string, body: string): string {
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Mail tray</title><style>${STYLE}</style></head>
<body><main>${body}</main></body></html>
`;
}

/** Links in the text are for trying them out, so they open; the rest stays text. */
function withLinks(text: string): string {
  return escapeHtml(text).replace(
    /https?:\/\/(?:(?!&(?:lt|gt|quot|#39);)[^\s<>])+/g,
    (url) => `<a href="${url}" rel="noreferrer">${url}</a>`,
  );
}
