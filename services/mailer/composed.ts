import { createHash } from 'node:crypto';
import type { SendMailOptions } from 'nodemailer';
import { mailboxOf, refuseUnsafeMail, type OutgoingMail } from './mail';

/**
 * What a mail that no human wrote says, so that machines do not answer it (RFC 3834), nor Exchange with receipts or
 * rules. `All` is not said: it would also keep back an out-of-office, which the desk must know of, and bounces.
 */
const automatic = (kind: 'auto-generated' | 'auto-replied') => ({
  'Auto-Submitted': kind,
  'X-Auto-Response-Suppress': 'DR, RN, NRN, AutoReply',
});

/** What nodemailer is to send: nothing in it is random. Throws BadArgument for an unsafe mail. */
export function composed(mail: OutgoingMail): SendMailOptions {
  refuseUnsafeMail(mail);
  const { references = [], autoSubmitted = 'auto-generated' } = mail;
  return {
    envelope: { from: mailboxOf(mail.envelopeFrom ?? mail.from), to: [mailboxOf(mail.to)] },
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
    headers: autoSubmitted === 'no' ? {} : automatic(autoSubmitted),
    xMailer: false,
    baseBoundary: createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
