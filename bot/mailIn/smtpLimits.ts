import type { Rate } from '../directLine/limits';

/** How much one listener takes; a mail server that delivers in earnest meets none of these. */
export interface SmtpLimits {
  /** Recipients of one mail. */
  readonly recipients: number;
  /** Connections open at a time. */
  readonly clients: number;
  readonly clientsPerAddress: number;
  /** Mails from one address. */
  readonly mails: Rate;
  /** How long a client may say nothing, in milliseconds. */
  readonly idleMs: number;
  /** How long a connection lasts, in milliseconds: a client that says a word now and then would hold it for ever. */
  readonly sessionMs: number;
  /** Bytes of mails that are held in memory at a time, by all clients together. */
  readonly heldBytes: number;
}

/** The limits of the product. */
export const SMTP_LIMITS: SmtpLimits = {
  recipients: 20,
  clients: 50,
  clientsPerAddress: 10,
  mails: { points: 300, seconds: 60 },
  idleMs: 60_000,
  sessionMs: 15 * 60_000,
  heldBytes: 100 * 1024 * 1024,
};
