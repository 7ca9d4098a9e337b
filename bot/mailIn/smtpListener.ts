import type { AddressInfo } from 'node:net';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { ProductError } from '../../services/errors';
import { LARGEST_INBOUND_BYTES, type MailIntake } from '../../services/inbound/intake';
import type { Clock, Log } from '../../services/ports';
import { Throttle } from '../directLine/limits';
import { HeldMails } from './heldMails';
import { SMTP_LIMITS, type SmtpLimits } from './smtpLimits';
import { answer, faultOf, refusal, refusalFor, type Done } from './smtpReplies';

/** What the listener is told. */
export interface SmtpListenerOptions {
  /** 0: any that is free. */
  readonly port: number;
  readonly host: string;
  readonly intake: MailIntake;
  readonly clock: Clock;
  readonly log: Log;
  /** The name by which it greets. */
  readonly domain: string;
  readonly limits?: Partial<SmtpLimits>;
}

/** A listener that runs. */
export interface SmtpListener {
  readonly port: number;
  /** Takes no further mail; resolves when those that were being taken are kept or refused. */
  close(): Promise<void>;
}

/**
 * Starts to listen for mail.
 * @throws ProductError `ConfigInvalid` when the port is taken.
 */
export async function startSmtpListener(options: SmtpListenerOptions): Promise<SmtpListener> {
  const door = new SmtpDoor(options);
  const port = await door.listen(options.port, options.host);
  return { port, close: () => door.close() };
}

const CLOSE_TIMEOUT_MS = 2_000;

class SmtpDoor {
  private readonly server: SMTPServer;
  private readonly limits: SmtpLimits;
  private readonly throttle: Throttle;
  private readonly held: HeldMails;
  /** Remote addresses and ends of the open connections, by the id of their session. */
  private readonly open = new Map<string, { address: string; end: NodeJS.Timeout }>();
  /** Mails that came in whole and are being kept, by the id of their session. */
  private readonly taking = new Map<string, Promise<void>>();
  private closing = false;

  constructor(private readonly options: SmtpListenerOptions) {
    this.limits = { ...SMTP_LIMITS, ...options.limits };
    this.throttle = new Throttle(this.limits.mails);
    this.held = new HeldMails(this.limits.heldBytes);
    this.server = new SMTPServer({ ...this.settings(), ...this.handlers() });
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const refused = (error: NodeJS.ErrnoException): void => {
        reject(error.code === 'EADDRINUSE' ? portTaken(port) : error);
      };
      this.server.once('error', refused);
      this.server.listen(port, host, () => {
        this.server.off('error', refused);
        // A client that breaks off is nothing to stop for.
        this.server.on('error', (error: NodeJS.ErrnoException) => {
          this.options.log.warn('smtp.failed', { code: error.code ?? error.name });
        });
        resolve((this.server.server.address() as AddressInfo).port);
      });
    });
  }

  async close(): Promise<void> {
    this.closing = true;
    const closed = new Promise<void>((resolve) => {
      this.server.close(resolve);
    });
    await Promise.all(this.taking.values());
    for (const connection of [...this.server.connections]) connection.send(421, 'Closing');
    await closed;
  }

  private settings(): SMTPServerOptions {
    const { domain } = this.options;
    const { recipients, clients, idleMs } = this.limits;
    return {
      name: domain,
      heloResponse: '%s',
      // Neither: the listener takes mail for the desk alone, and encryption is for the relay in front of it, which
      // also has the certificate; the one that comes with the package is known to everybody.
      disabledCommands: ['AUTH', 'STARTTLS'],
      authOptional: true,
      size: LARGEST_INBOUND_BYTES,
      maxRecipients: recipients,
      maxClients: clients,
      socketTimeout: idleMs,
      closeTimeout: CLOSE_TIMEOUT_MS,
      disableReverseLookup: true,
      hideENHANCEDSTATUSCODES: false,
      logger: false,
    };
  }

  private handlers(): SMTPServerOptions {
    return {
      onConnect: (session, done) => {
        done(this.admit(session));
      },
      onClose: ({ id }) => {
        clearTimeout(this.open.get(id)?.end);
        this.open.delete(id);
      },
      onMailFrom: (_address, session, done) => {
        void answer(this.throttle.take(session.remoteAddress), done);
      },
      onRcptTo: ({ address }, _session, done) => {
        void answer(this.checkRecipient(address), done);
      },
      onData: (stream, session, done) => {
        void this.receive(stream, session, done);
      },
    };
  }

  /** Gives the refusal, if the client is not let in. */
  private admit(session: SMTPServerSession): Error | null {
    const { id, remoteAddress: address } = session;
    if (this.closing) return refusal(421, 'Closing');
    const sameAddress = [...this.open.values()].filter((other) => other.address === address);
    if (sameAddress.length >= this.limits.clientsPerAddress)
      return refusal(421, 'Too many connections from your address, try again in a moment');
    const end = setTimeout(() => {
      this.expire(id);
    }, this.limits.sessionMs).unref();
    this.open.set(id, { address, end });
    return null;
  }

  /** Ends a connection that has lasted long enough; a mail that came in whole gets its reply. */
  private expire(id: string): void {
    void (this.taking.get(id) ?? Promise.resolve()).then(() => {
      for (const connection of [...this.server.connections])
        if (connection.session.id === id)
          connection.send(421, 'The connection has lasted too long');
    });
  }

  private async checkRecipient(address: string): Promise<void> {
    if (!(await this.options.intake.accepts(address)))
      throw refusal(550, 'There is no such mailbox here');
  }

  private async receive(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: Done,
  ): Promise<void> {
    let raw: Buffer;
    try {
      raw = await this.held.collect(stream);
    } catch (error) {
      done(refusalFor(error));
      return;
    }
    const taken = answer(this.take(raw, session), done);
    this.taking.set(session.id, taken);
    await taken;
    this.taking.delete(session.id);
    this.held.letGo(raw);
  }

  private async take(raw: Buffer, session: SMTPServerSession): Promise<void> {
    if (this.closing) throw refusal(421, 'Closing');
    const { envelope, remoteAddress, hostNameAppearsAs: helo } = session;
    const { mailFrom, rcptTo } = envelope;
    try {
      await this.options.intake.take({
        raw,
        door: 'smtp',
        envelope: {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
        },
        receivedAt: this.options.clock.now(),
        origin: { remoteAddress: remoteAddress.replace(/^::ffff:(?=\d+\.)/i, ''), helo },
      });
    } catch (error) {
      this.options.log.warn('smtp.notKept', { code: faultOf(error), error });
      throw error;
    }
  }
}

const portTaken = (port: number): ProductError =>
  new ProductError(
    'ConfigInvalid',
    `Port ${port} is taken by another program. Stop it, or set INBOUND_SMTP_PORT to another number.`,
  );
