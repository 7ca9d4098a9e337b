import { createTransport } from 'nodemailer';
import { composed } from './composed';
import { dkimOptions, type DkimKey } from './dkim';
import type { Mailer } from './mail';
import { refusal } from './refusal';

/** How many mails are sent at once, and so how many connections are kept. */
export const MAILS_AT_ONCE = 4;

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_TIMEOUT_MS = 30_000;
const DEADLINE_MS = 60_000;
const IDLE_TIMEOUT_MS = 30_000;
const CLOSING_GRACE_MS = 5_000;

/**
 * Sends by SMTP over a few pooled connections.
 * @param options.url `smtp://` or `smtps://` with user and password; nodemailer's settings may follow as a query.
 * @param options.deadlineMs the longest that one mail may take in all, even with a server that trickles its replies.
 * @param options.dkim signs each mail.
 */
export function smtpMailer(options: { url: string; deadlineMs?: number; dkim?: DkimKey }): Mailer {
  const transport = createTransport({
    pool: true,
    url: options.url,
    maxConnections: MAILS_AT_ONCE,
    maxRequeues: 1,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    idleTimeout: IDLE_TIMEOUT_MS,
    ...(options.dkim ? { dkim: dkimOptions(options.dkim) } : {}),
  });
  const underWay = new Map<AbortController, Promise<unknown>>();
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;

  return {
    async send(mail) {
      const message = composed(mail);
      const abort = new AbortController();
      const deadline = setTimeout(() => {
        abort.abort();
      }, deadlineMs);
      const sending = transport.sendMail({ ...message, signal: abort.signal });
      underWay.set(abort, sending);
      try {
        await sending;
        return { outcome: 'accepted' };
      } catch (error) {
        return refusal(error);
      } finally {
        clearTimeout(deadline);
        underWay.delete(abort);
      }
    },
    async close() {
      transport.close();
      const grace = setTimeout(() => {
        for (const abort of underWay.keys()) abort.abort();
      }, CLOSING_GRACE_MS);
      await Promise.allSettled(underWay.values());
      clearTimeout(grace);
    },
  };
}
