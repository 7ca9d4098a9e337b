import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { mailboxOf, refuseUnsafeMail, type OutgoingMail } from './mail';

/** What nodemailer is to send: nothing in it is random. Throws BadArgument for an unsafe mail. */
export function composed(mail: OutgoingMail): SendMailOptions {
  refuseUnsafeMail(mail);
  const references = mail.references ?? [];
  return {
    envelope: { from: mailboxOf(mail.from), to: [mailboxOf(mail.to)] },
    from: mail.from,
    to: mail.to,
    replyTo: mail.replyTo,
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    date: mail.date,
    references: [...references],
    inReplyTo: references.at(-1),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    xMailer: false,
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
