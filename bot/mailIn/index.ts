import type { Clock, Log } from '../../services/ports';
import type { MailIntake, InboundDoor } from '../../services/inbound/intake';
import type { MailboxPositions } from '../../services/inbound/intake';
import {
  dmarcAuthentication,
  unchecked,
  type MailResolver,
  type SenderAuthentication,
} from '../../services/inbound/authentication';
import { ProductError } from '../../services/errors';
import type { Config } from '../config';
import { isLoopback } from '../loopback';
import { ImapPoll } from './imapPoll';
import { startSmtpListener, type SmtpListener } from './smtpListener';

/** The desk's own public addresses. */
export const ownMailboxes = (config: Config): string[] => [
  config.PRIVACY_MAILBOX,
  config.ENQUIRY_MAILBOX,
  config.MAIL_FROM,
];

/**
 * How a door shows whose mail it is: by DMARC, unless only this machine can reach it, so that whoever passes mail on has
 * looked already.
 * @param resolver instead of DNS, for a test.
 */
export function authenticationAt(
  config: Config,
  resolver?: MailResolver,
): (door: InboundDoor) => SenderAuthentication {
  const dmarc = dmarcAuthentication({
    mta: config.MAIL_DOMAIN,
    ...(resolver ? { resolver } : {}),
  });
  const local = isLoopback(config.INBOUND_SMTP_HOST);
  return (door) => {
    if (door === 'tray') return unchecked;
    const checks = config.INBOUND_DMARC ?? (door === 'imap' || !local);
    return checks ? dmarc : unchecked;
  };
}

/** The doors by which mail comes in. */
export interface MailDoors {
  /** Opens the doors; resolves with what whoever starts the desk should know. */
  open(): Promise<string[]>;
  /** Port of the SMTP listener, once it is open. */
  smtpPort(): number | undefined;
  /** Looks into the IMAP mailbox; resolves with when it was last read to its end, or else when it was first tried. */
  poll(): Promise<Date | undefined>;
  /** Whether every mail that reached a mailbox by then has been taken. */
  isIn(upTo: Date): boolean;
  close(): Promise<void>;
}

export function mailDoors(
  config: Config,
  parts: {
    readonly intake: MailIntake;
    readonly positions: MailboxPositions;
    readonly clock: Clock;
    readonly log: Log;
  },
): MailDoors {
  const { intake, positions, clock, log } = parts;
  let listener: SmtpListener | undefined;
  let firstTriedAt: Date | undefined;
  const imap = config.IMAP_URL
    ? new ImapPoll({
        ...{ url: config.IMAP_URL, records: positions, intake, clock, log },
        mailboxes: ownMailboxes(config),
      })
    : undefined;
  return {
    async open() {
      if (!config.inboundSmtp) return [];
      const { port, wanted } = config.inboundSmtp;
      try {
        listener = await startSmtpListener({
          ...{ port, host: config.INBOUND_SMTP_HOST, intake, clock, log },
          domain: config.MAIL_DOMAIN,
        });
        return [];
      } catch (error) {
        // Nobody asked for it: the desk does without, as on a machine where two of them run.
        if (wanted || !(error instanceof ProductError)) throw error;
        return [`Mail is not listened for: ${error.message}`];
      }
    },
    smtpPort: () => listener?.port,
    async poll() {
      if (!imap) return undefined;
      firstTriedAt ??= clock.now();
      await imap.poll();
      return imap.lastCompleteStart() ?? firstTriedAt;
    },
    isIn(upTo) {
      if (intake.takingUntil(upTo)) return false;
      const looked = imap?.lastCompleteStart();
      return !imap || (looked !== undefined && looked > upTo);
    },
    async close() {
      await Promise.all([listener?.close(), imap?.close()]);
    },
  };
}
