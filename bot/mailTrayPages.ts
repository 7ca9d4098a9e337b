import { createHash } from 'node:crypto';
import type { AddressObject, ParsedMail } from 'mailparser';
import { escapeHtml } from '../services/escapeHtml';

/** One line of the tray; without a mail when the file cannot be read. */
export interface TrayRow {
  file: string;
  mail?: ParsedMail;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b2330; --soft: #4c5769; --line: #c9d0da; --ground: #f6f7f9; --sheet: #fff; --link: #0b57a4; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ecf2; --soft: #b3bdcb; --line: #3b4554; --ground: #14181f; --sheet: #1c222b; --link: #8cc2ff; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
a:focus-visible, pre:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.note { color: var(--soft); margin: 0 0 1.5rem; }
table { width: 100%; border-collapse: collapse; background: var(--sheet); border: 1px solid var(--line); }
th, td { text-align: left; vertical-align: top; padding: .6rem .8rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; }
tbody th { width: 10rem; color: var(--soft); }
pre, iframe { box-sizing: border-box; width: 100%; margin: 0; background: var(--sheet); border: 1px solid var(--line); }
pre { padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; }
iframe { height: 32rem; background: #fff; }
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

/**
 * The list of mails as a page.
 * @param total how many mails there are; more than the rows when the oldest are left out.
 */
export function listPage(rows: readonly TrayRow[], total: number): string {
  const older =
    total > rows.length ? `<p>The newest ${rows.length} of ${total} mails are shown.</p>` : '';
  const table = `<table><thead><tr><th scope="col">Subject</th><th scope="col">To</th><th scope="col">Time</th></tr></thead>
<tbody>${rows.map(listRow).join('\n')}</tbody></table>`;
  const list = rows.length === 0 ? '<p>No mail yet.</p>' : table;
  return whole('Mail tray', `<h1>Mail tray</h1><p class="note">${NOTE}</p>${list}${older}`);
}

/** One mail as a page: its headers, its text, and its HTML part in a frame where nothing can run. */
export function mailPage(file: string, mail: ParsedMail): string {
  const subject = mail.subject ?? '(no subject)';
  const path = `/mail/${encodeURIComponent(file)}`;
  const headers = mail.headerLines.map(({ line }) => headerRow(line)).join('\n');
  return whole(
    subject,
    `<p><a href="/mail">All mails</a></p>
<h1>${escapeHtml(subject)}</h1>
<p class="note">To ${escapeHtml(addressees(mail.to))} · ${time(mail.date)} · <a href="${path}/download">Download the .eml file</a></p>
<p class="note">${NOTE}</p>
<h2 id="text">Text part</h2>
<pre tabindex="0" role="region" aria-labelledby="text">${withLinks(mail.text ?? '(no text part)')}</pre>
<h2 id="html">HTML part</h2>
<iframe sandbox src="${path}/html" title="The HTML part of this mail"></iframe>
<h2 id="headers">Headers</h2>
<table aria-labelledby="headers"><tbody>${headers}</tbody></table>`,
  );
}

function listRow({ file, mail }: TrayRow): string {
  if (!mail) return `<tr><td colspan="3">${escapeHtml(file)} cannot be read.</td></tr>`;
  const link = `<a href="/mail/${encodeURIComponent(file)}">${escapeHtml(mail.subject ?? '(no subject)')}</a>`;
  return `<tr><td>${link}</td><td>${escapeHtml(addressees(mail.to))}</td><td>${time(mail.date)}</td></tr>`;
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
