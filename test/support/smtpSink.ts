import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail that the sink took. */
interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

/** A real SMTP server on the loopback that keeps what it is given. */
export interface SmtpSink {
  readonly url: string;
  readonly port: number;
  readonly taken: TakenMail[];
  /** How many connections were opened. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** The reply code to refuse with, or nothing to take the mail; `to` is whom it is for. */
export type Refuse = (attempt: number, to: string) => number | undefined;

/**
 * Starts a sink.
 * @param options.refuse is asked once a mail, counting from 1, at `refuseAt`.
 */
export async function startSmtpSink(
  options: { port?: number; refuse?: Refuse; refuseAt?: 'recipient' | 'data' } = {},
): Promise<SmtpSink> {
  const { refuse, refuseAt = 'data' } = options;
  const taken: TakenMail[] = [];
  let attempts = 0;
  let connections = 0;
  const fault = (at: typeof refuseAt, to: string): Error | null => {
    if (at !== refuseAt) return null;
    attempts += 1;
    const code = refuse?.(attempts, to);
    return code === undefined ? null : Object.assign(new Error('Refused'), { responseCode: code });
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onRcptTo({ address }, _session, done) {
      done(fault('recipient', address));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const refusal = fault('data', rcptTo[0]?.address ?? '');
        if (!refusal) {
          taken.push({
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString('latin1'),
          });
        }
        done(refusal);
      });
    },
  });
  server.on('error', () => undefined);
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    taken,
    connections: () => connections,
    close: () =>
      new Promise((done) => {
        server.close(done);
      }),
  };
}

/** A server that accepts connections and says nothing, or only ever the beginning of a greeting. */
export async function startSilentServer(options: { trickle?: boolean } = {}): Promise<{
  readonly url: string;
  /** Resolves at the first connection. */
  readonly reached: Promise<unknown>;
  close(): Promise<void>;
}> {
  const sockets = new Set<Socket>();
  const timers = new Set<NodeJS.Timeout>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (options.trickle) timers.add(setInterval(() => socket.write('220-wait\r\n'), 20));
  });
  const reached = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reached,
    close: () =>
      new Promise((done) => {
        timers.forEach((timer) => {
          clearInterval(timer);
        });
        sockets.forEach((socket) => socket.destroy());
        server.close(() => {
          done();
        });
      }),
  };
}
