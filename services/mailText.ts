import { escapeHtml } from './escapeHtml';

/** A part of a mail; every mail is made of these, in text and in HTML alike. */
export type MailBlock =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'quote'; readonly by: string; readonly text: string };

export const paragraph = (text: string): MailBlock => ({ kind: 'paragraph', text });
export const facts = (...rows: readonly (readonly [string, string])[]): MailBlock => ({
  kind: 'facts',
  facts: rows,
});
/** Somebody else's words, marked as theirs. */
export const quote = (by: string, text: string): MailBlock => ({ kind: 'quote', by, text });

/** What one mail reader or another takes for the end of a line. */
const LINE_BREAK = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

const htmlLines = (text: string): string => escapeHtml(text).replace(LINE_BREAK, '<br>');
/** A fact is one line, or a customer's words could pass for a fact of their own. */
const oneLine = (text: string): string => text.replace(LINE_BREAK, ' ');

const quotedLines = (text: string): string =>
  text
    .split(LINE_BREAK)
    .map((line) => `| ${line}`)
    .join('\n');

function textOf(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.text;
    case 'facts':
      return block.facts.map(([label, value]) => `${label}: ${oneLine(value)}`).join('\n');
    case 'quote':
      return `${block.by}:\n${quotedLines(block.text)}`;
  }
}

function htmlOf(block: MailBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${htmlLines(block.text)}</p>`;
    case 'facts':
      return `<table role="presentation" cellpadding="0" cellspacing="0">${block.facts
        .map(
          ([label, value]) =>
            `<tr><td style="padding:2px 16px 2px 0;vertical-align:top"><b>${escapeHtml(label)}</b></td><td style="padding:2px 0">${escapeHtml(oneLine(value))}</td></tr>`,
        )
        .join('')}</table>`;
    case 'quote':
      return `<p style="margin-bottom:4px"><b>${escapeHtml(block.by)}:</b></p><blockquote style="margin:0;padding:4px 0 4px 12px;border-left:3px solid #5b7c99">${htmlLines(block.text)}</blockquote>`;
  }
}

const SIGNATURE = 'Comantra Privacy Desk';

/** A mail's two bodies: plain text, and HTML that follows the reader's light or dark scheme; nothing in it is fetched. */
export function renderMail(blocks: readonly MailBlock[]): { text: string; html: string } {
  const text = [...blocks.map(textOf), `-- \n${SIGNATURE}`].join('\n\n');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><meta name="viewport" content="width=device-width"></head><body style="font:16px/1.5 system-ui,sans-serif;max-width:40em;margin:0 auto;padding:16px">${blocks
    .map(htmlOf)
    .join('\n')}<p style="margin-top:24px">${SIGNATURE}</p></body></html>`;
  return { text: `${text}\n`, html };
}
