import nodemailer, { type SendMailOptions } from 'nodemailer';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { ParsedMail } from 'mailparser';

/** What a mail server said to a mail. */
export interface Posted {
  /** Of the whole mail; the refusal's when nobody got it. */
  readonly code: number;
  readonly reply: string;
  /** Recipients that were refused, where others were not. */
  readonly rejected: readonly string[];
}

/** @param pool whether connections are kept for further mails. */
export const connectionTo = (port: number, pool: boolean) =>
  nodemailer.createTransport({ port, host: '127.0.0.1', pool });

/** Sends a mail as a mail program does, over a connection of its own. */
export async function post(port: number, mail: SendMailOptions): Promise<Posted> {
  const connection = connectionTo(port, false);
  try {
    return await posted(connection, mail);
  } finally {
    connection.close();
  }
}

/** Sends a mail, and tells what the server said. */
export async function posted(
  connection: ReturnType<typeof connectionTo>,
  mail: SendMailOptions,
): Promise<Posted> {
  try {
    const { response, rejected } = await connection.sendMail(mail);
    return { code: Number(response.slice(0, 3)), reply: response, rejected: rejected.map(String) };
  } catch (error) {
    const { responseCode, response } = error as { responseCode: number; response: string };
    return { code: responseCode, reply: response, rejected: [] };
  }
}

/** A mail as bytes, which are the same however often it is sent. */
export async function bytesOf(
  mail: SendMailOptions,
): Promise<{ raw: Buffer; envelope: { from: string; to: string[] } }> {
  const composed = new MailComposer(mail).compile();
  const { from, to } = composed.getEnvelope();
  return { raw: await composed.build(), envelope: { from: from || '', to } };
}

/** How a mail program sets the mail that is answered. */
export type Program = 'gmail' | 'outlook' | 'apple' | 'bottom' | 'bare';

/**
 * The reply of a mail's addressee, as a mail program makes it: text and HTML, with the answered mail in both.
 * @param changes take the place of what the program would set.
 */
export function replyTo(
  {
    to,
    from,
    replyTo: answerTo,
    subject = '',
    messageId = '',
    references,
    ...original
  }: ParsedMail,
  words: string,
  { program = 'gmail', ...changes }: SendMailOptions & { program?: Program } = {},
): SendMailOptions {
  const answered = {
    ...{ from: from?.text ?? '', to: [to ?? []].flat()[0]?.text ?? '', subject },
    text: original.text ?? '',
    html: original.html || '',
    date: original.date ?? new Date(0),
  };
  return {
    from: answered.to,
    to: answerTo?.text ?? answered.from,
    subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`,
    ...(messageId === ''
      ? {}
      : { inReplyTo: messageId, references: [...[references ?? []].flat(), messageId] }),
    ...PROGRAMS[program](words, answered),
    ...changes,
  };
}

interface Answered {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly date: Date;
}

type Setting = (words: string, answered: Answered) => { text: string; html: string };

const escaped = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const marked = (text: string): string => text.trimEnd().replace(/^/gm, '> ');
const day = (date: Date, month: 'short' | 'long'): string =>
  date.toLocaleString('en-GB', { day: 'numeric', month, year: 'numeric', timeZone: 'UTC' });

/** Each as the program of that name writes a reply today. */
const PROGRAMS: Readonly<Record<Program, Setting>> = {
  gmail(words, { from, text, html, date }) {
    const lead = `On ${day(date, 'short')} at 10:00, ${from} wrote:`;
    return {
      text: `${words}\n\n${lead}\n\n${marked(text)}\n`,
      html: `<div dir="ltr">${paragraphs(words, 'div')}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escaped(lead)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${html}</blockquote></div>`,
    };
  },
  outlook(words, { from, to, subject, text, html, date }) {
    const head: [string, string][] = [
      ['From', from],
      ['Sent', `Monday, ${day(date, 'long')} 10:00 AM`],
      ['To', to],
      ['Subject', subject],
    ];
    const inText = head.map(([name, value]) => `${name}: ${value}`).join('\n');
    const inHtml = head.map(([name, value]) => `<b>${name}:</b> ${escaped(value)}<br>`).join('');
    return {
      text: `${words}\n\n${'_'.repeat(32)}\n${inText}\n\n${text}\n`,
      html: `<html><body><div class="WordSection1">${paragraphs(words, 'p class="MsoNormal"')}<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal">${inHtml}</p></div></div>${html}</div></body></html>`,
    };
  },
  apple(words, { from, text, html, date }) {
    const lead = `On ${day(date, 'short')}, at 10:00, ${from} wrote:`;
    return {
      text: `${words}\n\n${marked(`${lead}\n\n${text}`)}\n`,
      html: `<html><body>${paragraphs(words, 'div')}<div><br><blockquote type="cite"><div>${escaped(lead)}</div><br><div>${html}</div></blockquote></div></body></html>`,
    };
  },
  bottom(words, { from, text, date }) {
    const lead = `On ${day(date, 'short')} at 10:00, ${from} wrote:`;
    const whole = `${lead}\n${marked(text)}\n\n${words}\n`;
    return { text: whole, html: `<pre>${escaped(whole)}</pre>` };
  },
  bare: (words) => ({ text: `${words}\n`, html: paragraphs(words, 'p') }),
};

const paragraphs = (words: string, tag: string): string =>
  words
    .split('\n')
    .map((line) => `<${tag}>${line === '' ? '<br>' : escaped(line)}</${tag.split(' ')[0] ?? ''}>`)
    .join('');

/**
 * What a mail server sends back when it could not deliver a mail.
 * @param changes.returned header of the mail that came back; left out, the report names no mail.
 */
export function bounceOf(
  to: string,
  {
    action = 'failed',
    status = '5.1.1',
    recipient = 'somebody@example.org',
    returned = '',
  }: { action?: string; status?: string; recipient?: string; returned?: string } = {},
): { envelope: { from: string; to: string }; raw: string } {
  const part = (type: string, body: string): string =>
    `--edge\r\nContent-Type: ${type}\r\n\r\n${body}\r\n`;
  const raw = [
    'From: Mail Delivery System <MAILER-DAEMON@mx.example.org>',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${Math.random().toString(36).slice(2)}@mx.example.org>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="edge"',
    '',
    part(
      'text/plain',
      'I am sorry to have to inform you that your message could not be delivered.',
    ) +
      part(
        'message/delivery-status',
        `Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; ${recipient}\r\nAction: ${action}\r\nStatus: ${status}\r\n`,
      ) +
      (returned === '' ? '' : part('text/rfc822-headers', returned)) +
      '--edge--',
    '',
  ].join('\r\n');
  return { envelope: { from: '', to }, raw };
}
