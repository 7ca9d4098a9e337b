import { escapeHtml } from './escapeHtml';
import { REPLY_LINE } from './inbound/quoteStripping';
import { lineOf, linesOf, wrapped } from './plainWords';

/** A part of a mail; every mail is made of these, in text and in HTML alike. */
export type MailBlock =
  /** Our own words; an http(s) address in them can be followed. */
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'quote'; readonly by: string; readonly text: string }
  /** The line above which staff write their answer. */
  | { readonly kind: 'replyLine' };

export const paragraph = (text: string): MailBlock => ({ kind: 'paragraph', text });
export const heading = (text: string): MailBlock => ({ kind: 'heading', text });
export const list = (items: readonly string[]): MailBlock => ({ kind: 'list', items });
export const facts = (...rows: readonly (readonly [string, string])[]): MailBlock => ({
  kind: 'facts',
  facts: rows,
});
/** Somebody else's words, marked as theirs. */
export const quote = (by: string, text: string): MailBlock => ({ kind: 'quote', by, text });
/** The first block of every mail that staff may answer. */
export const replyLine = (): MailBlock => ({ kind: 'replyLine' });

const SIGNATURE = 'Comantra Privacy Desk';

/** Counts the mark in front; wider lines are broken by mail programs, and what they break off would lose its mark. */
const QUOTE_WIDTH = 76;
const QUOTE_MARK = '| ';

function textOf(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return linesOf(block.text).join('\n');
    case 'heading': {
      const line = lineOf(block.text);
      return `${line}\n${'='.repeat(Math.min(line.length, QUOTE_WIDTH))}`;
    }
    case 'list':
      return block.items.map((item) => `- ${lineOf(item)}`).join('\n');
    case 'facts':
      return block.facts.map(([label, value]) => `${lineOf(label)}: ${lineOf(value)}`).join('\n');
    case 'quote':
      return [`${lineOf(block.by)}:`, ...quotedLines(block.text)].join('\n');
    case 'replyLine':
      return REPLY_LINE;
  }
}

const quotedLines = (text: string): string[] =>
  linesOf(text)
    .flatMap((line) => wrapped(line, QUOTE_WIDTH - QUOTE_MARK.length))
    .map((line) => `${QUOTE_MARK}${line}`);

/** Said again inline, since some mail programs throw the style sheet away: then the light colours hold everywhere. */
const INLINE = {
  ground: 'margin:0;padding:0;background-color:#ffffff;color:#1b2330',
  sheet:
    'box-sizing:border-box;max-width:40em;margin:0 auto;padding:16px;font:16px/1.5 system-ui,-apple-system,sans-serif;overflow-wrap:anywhere;background-color:#ffffff;color:#1b2330',
  soft: 'color:#4c5769',
  link: 'color:#0b57a4',
  theirs:
    'margin:0 0 16px;padding:8px 12px;border-left:4px solid #5b7c99;background-color:#f1f4f8;color:#1b2330',
  heading: 'font-size:18px;line-height:1.3;margin:24px 0 8px',
  label: 'padding:2px 16px 2px 0;vertical-align:top;text-align:left;overflow-wrap:normal',
  value: 'padding:2px 0;vertical-align:top',
} as const;

/** `!important`, because it must win over what stands inline. */
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.ground,.sheet{background-color:#14181f!important;color:#e8ecf2!important}
.soft{color:#b3bdcb!important}
.link{color:#8cc2ff!important}
.theirs{background-color:#232b36!important;color:#e8ecf2!important;border-left-color:#8fb0cc!important}
}`;

function htmlOf(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="margin:0 0 16px">${linesOf(block.text).map(withLinks).join('<br>')}</p>`;
    case 'heading':
      return `<h2 style="${INLINE.heading}">${escapeHtml(lineOf(block.text))}</h2>`;
    case 'list':
      return `<ul style="margin:0 0 16px;padding-left:24px">${block.items
        .map((item) => `<li dir="auto">${escapeHtml(lineOf(item))}</li>`)
        .join('')}</ul>`;
    case 'facts':
      return `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${block.facts
        .map(([label, value]) => factRow(lineOf(label), lineOf(value)))
        .join('')}</table>`;
    case 'quote':
      return `<p style="margin:0 0 4px"><b>${escapeHtml(lineOf(block.by))}:</b></p><blockquote class="theirs" dir="auto" style="${INLINE.theirs}">${linesOf(
        block.text,
      )
        .map(escapeHtml)
        .join('<br>')}</blockquote>`;
    case 'replyLine':
      return `<p class="soft" style="margin:0 0 16px;${INLINE.soft}">${escapeHtml(REPLY_LINE)}</p>`;
  }
}

const factRow = (label: string, value: string): string =>
  `<tr><td style="${INLINE.label}"><b>${escapeHtml(label)}</b></td><td dir="auto" style="${INLINE.value}">${escapeHtml(value)}</td></tr>`;

const ADDRESS = /https?:\/\/[^\s<>"'“”‘’()]*[^\s<>"'“”‘’().,;:!?]/g;

/** A link shows where it leads: its text is the address itself. */
function withLinks(line: string): string {
  let end = 0;
  let html = '';
  for (const { 0: address, index } of line.matchAll(ADDRESS)) {
    const url = escapeHtml(address);
    html += `${escapeHtml(line.slice(end, index))}<a class="link" href="${url}" style="${INLINE.link}">${url}</a>`;
    end = index + address.length;
  }
  return html + escapeHtml(line.slice(end));
}

/**
 * A mail's two bodies: plain text, and HTML that follows the reader's light or dark scheme; nothing in it is fetched.
 * @param title what the HTML is called, such as the mail's subject.
 */
export function renderMail(
  blocks: readonly MailBlock[],
  title = SIGNATURE,
): { text: string; html: string } {
  const text = [...blocks.map(textOf), `-- \n${SIGNATURE}`].join('\n\n');
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escapeHtml(lineOf(title))}</title><style>${STYLE}</style>`;
  const body = [
    ...blocks.map(htmlOf),
    `<p class="soft" style="margin:24px 0 0;${INLINE.soft}">${SIGNATURE}</p>`,
  ].join('\n');
  const html = `<!doctype html><html lang="en"><head>${head}</head><body class="ground" style="${INLINE.ground}"><div class="sheet" style="${INLINE.sheet}">${body}</div></body></html>`;
  return { text: `${text}\n`, html };
}
