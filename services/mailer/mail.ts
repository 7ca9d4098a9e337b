import addressparser from 'nodemailer/lib/addressparser';
import { ProductError } from '../errors';

/** A mail as it goes out; the same mail always makes the same bytes, so that a resend is known as one. */
export interface OutgoingMail {
  /** Letters, digits, `.`, `_` and `-`, at most 100; part of the file name in a mail folder. */
  id: string;
  /** One mailbox, with or without a display name; so are `to` and `replyTo`. */
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  replyTo?: string;
  /** Message-IDs with their angle brackets, the oldest first; the last is the one answered. */
  references?: readonly string[];
  /** With its angle brackets. */
  messageId: string;
  date: Date;
  /** Whether a person wrote the words: `no` is for a person's; RFC 3834. `auto-generated` unless it is said. */
  autoSubmitted?: 'auto-generated' | 'auto-replied' | 'no';
  /** The bare address to which bounces come back; that of `from` unless it is said. */
  envelopeFrom?: string;
}

/**
 * What became of one attempt. Permanent means that this mail will never be taken; a failing connection,
 * login or disk is not the mail's fault and never permanent.
 */
export type Delivery =
  | { outcome: 'accepted' }
  /** `code` is the SMTP reply code, or the error's code such as `ETIMEDOUT`. */
  | { outcome: 'refused'; permanent: boolean; code: string };

/** Hands mails to whoever carries them on. */
export interface Mailer {
  /** Settles in bounded time. Throws BadArgument for a mail that cannot be built safely. */
  send(mail: OutgoingMail): Promise<Delivery>;
  /** Lets what is being sent finish, for a few seconds, and closes all connections. */
  close(): Promise<void>;
}

const MAX_ADDRESS_LENGTH = 254;

const MAIL_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
const PLAIN_ADDRESS = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:"]+$/u;
const MESSAGE_ID = /^<[^\s<>]+@[^\s<>]+>$/u;

/**
 * The bare address of a header value that holds exactly one mailbox.
 * Throws BadArgument for a line break, a list, a group or no address.
 */
export function mailboxOf(value: string): string {
  if (CONTROL.test(value))
    throw new ProductError('BadArgument', 'A mail address has a line break.');
  const [mailbox, ...others] = addressparser(value);
  const address = mailbox && !mailbox.group ? mailbox.address : '';
  // The parser overlooks what follows an address.
  const nothingAfter = value.trim() === address || value.trim().endsWith(`<${address}>`);
  const valid = PLAIN_ADDRESS.test(address) && address.length <= MAX_ADDRESS_LENGTH;
  if (others.length > 0 || !nothingAfter || !valid) {
    throw new ProductError('BadArgument', 'A mail needs exactly one valid address.');
  }
  return address;
}

/** Refuses, with BadArgument, a mail whose id, subject, addresses or references would not be safe in a header. */
export function refuseUnsafeMail(
  mail: Pick<OutgoingMail, 'id' | 'to' | 'subject' | 'replyTo' | 'references' | 'envelopeFrom'>,
): void {
  if (!MAIL_ID.test(mail.id)) {
    throw new ProductError(
      'BadArgument',
      'A mail id may hold letters, digits, dots and dashes only.',
    );
  }
  if (CONTROL.test(mail.subject)) {
    throw new ProductError('BadArgument', 'A mail subject has a line break.');
  }
  mailboxOf(mail.to);
  if (mail.replyTo !== undefined) mailboxOf(mail.replyTo);
  if (mail.envelopeFrom !== undefined) mailboxOf(mail.envelopeFrom);
  if (mail.references?.some((reference) => !MESSAGE_ID.test(reference))) {
    throw new ProductError('BadArgument', 'A mail reference is not a Message-ID.');
  }
}
