import type { ImapFlowOptions } from 'imapflow';

/** Where an IMAP mailbox is and how to get in. */
export interface ImapAddress {
  readonly connection: ImapFlowOptions;
  readonly folder: string;
  /** `user@host/folder`. */
  readonly name: string;
}

const IMPLICIT_TLS_PORT = 993;
const PLAIN_PORT = 143;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** Reads `imaps://user:password@host:993/INBOX`; with `imap://`, TLS is begun by STARTTLS, except on the loopback. */
export function imapAddressOf(url: string): ImapAddress {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === 'imaps:';
  const user = decodeURIComponent(username);
  const folder = decodeURIComponent(pathname.replace(/^\/|\/$/g, '')) || 'INBOX';
  return {
    connection: {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port) || (secure ? IMPLICIT_TLS_PORT : PLAIN_PORT),
      secure,
      // Demanded rather than tried: else whoever sits between could take it away and read the password.
      ...(secure ? {} : { doSTARTTLS: !LOOPBACK.includes(hostname) }),
      auth: { user, pass: decodeURIComponent(password) },
    },
    folder,
    name: `${user}@${hostname}/${folder}`,
  };
}
