import MailComposer from 'nodemailer/lib/mail-composer';
import { mailboxOf } from './mail';

/** What somebody writes in their mail program. */
export interface WrittenMail {
  /** One mailbox, with or without a display name; so is `to`. */
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** Plain text, its lines ended by LF. */
  readonly text: string;
  readonly date: Date;
  /** With its angle brackets. */
  readonly messageId: string;
}

/** The mail that is answered. */
export interface AnsweredMail {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly date?: Date;
  readonly messageId?: string;
  readonly references: readonly string[];
}

/**
 * A new mail, as a mail program makes it: text alone, and nothing that marks it as automatic.
 * Throws BadArgument for an address that is not exactly one.
 */
export function writeAsMailProgram(mail: WrittenMail): Promise<Buffer> {
  return build(mail, []);
}

/**
 * A reply, as a mail program makes it: the words stand above the whole original, which is quoted with `>` under
 * “On …, … wrote:”, and the mail refers to the original. Its subject is the original's with “Re:”.
 * Throws BadArgument for an address that is not exactly one.
 */
export function replyAsMailProgram(
  reply: Omit<WrittenMail, 'subject'>,
  original: AnsweredMail,
): Promise<Buffer> {
  const { subject, messageId, references } = original;
  const text = `${reply.text}\n\n${attribution(original)}\n${quoted(original.text)}\n`;
  return build(
    { ...reply, subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`, text },
    messageId === undefined ? references : [...references, messageId],
  );
}

const quoted = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');

/** As Gmail says it, in UTC. */
function attribution({ from, date }: AnsweredMail): string {
  const when = date?.toUTCString();
  const on = when ? `On ${when.slice(0, 16)} at ${when.slice(17, 22)}, ` : '';
  return `${on}${from} wrote:`;
}

function build(mail: WrittenMail, references: readonly string[]): Promise<Buffer> {
  return new MailComposer({
    envelope: { from: mailboxOf(mail.from), to: [mailboxOf(mail.to)] },
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.text,
    date: mail.date,
    messageId: mail.messageId,
    references: [...references],
    inReplyTo: references.at(-1),
    xMailer: false,
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
}
