import { createHash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

const REFUSED_OF_100 = 10;
/** How long the server looks at an addressee, and keeps a mail before it says so. */
const LOOKS_MS = { least: 50, most: 250 };
const KEEPS_MS = { least: 5, most: 40 };

/** A whole number by chance, both ends included. */
export const within = ({ least, most }: { least: number; most: number }): number =>
  randomInt(least, most + 1);

/** What arrived for one addressee. */
interface Arrived {
  count: number;
  readonly messageIds: Set<string>;
  readonly contents: Set<string>;
}

/** Starts a mail server on the loopback that refuses one mail in ten for now, and keeps account of the rest by addressee. */
export async function startRefusingServer() {
  const arrived = new Map<string, Arrived>();
  let refusals = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo(_address, _session, done) {
      setTimeout(done, within(LOOKS_MS));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const isRefused = randomInt(100) < REFUSED_OF_100;
        if (isRefused) refusals += 1;
        // The mail is here, whether or not its sender lives to hear it.
        else note(session.envelope.rcptTo[0]?.address ?? '', Buffer.concat(chunks));
        setTimeout(() => {
          done(isRefused ? Object.assign(new Error('Not now'), { responseCode: 451 }) : null);
        }, within(KEEPS_MS));
      });
    },
  });
  const note = (to: string, raw: Buffer): void => {
    const mail = arrived.get(to) ?? { count: 0, messageIds: new Set(), contents: new Set() };
    const [, messageId = ''] = /^message-id: *(\S+)/im.exec(raw.toString('latin1')) ?? [];
    mail.count += 1;
    mail.messageIds.add(messageId);
    mail.contents.add(createHash('sha256').update(raw).digest('hex'));
    arrived.set(to, mail);
  };
  // A client that is killed breaks off.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    ...{ arrived, url: `smtp://127.0.0.1:${port}` },
    refusals: () => refusals,
    close: () =>
      new Promise<void>((closed) => {
        server.close(closed);
      }),
  };
}
