import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * What is wrong with a mail: `no`, the server refuses to give it; `silent`, it says nothing more; `broken`, it breaks
 * off in the middle; `gone`, it was removed since it was listed.
 */
type Fault = 'no' | 'silent' | 'broken' | 'gone';

interface KeptMail {
  readonly uid: number;
  readonly raw: Buffer;
  readonly internalDate: Date;
  readonly seen: boolean;
  fault?: Fault;
  /** What the server says of its size, where that is not true. */
  readonly saidSize?: number;
}

/** One mailbox behind an IMAP4rev1 server on the loopback, as far as a reader of mail needs one. */
export interface ImapServer {
  readonly url: string;
  /** The commands that came, without their tags. */
  readonly commands: string[];
  /** How many connections were opened. */
  readonly connections: () => number;
  /** What a test may change at any moment. */
  readonly state: {
    uidValidity: number;
    uidNext: number;
    mails: KeptMail[];
    /** Whether the server says which UID comes next. */
    saysUidNext: boolean;
    refusesLogin: boolean;
    /** Commands to which it says nothing, or `greeting`. */
    silentAt?: string;
  };
  /** Delivers a mail; gives its UID. */
  deliver(
    raw: string | Buffer,
    about?: Partial<Pick<KeptMail, 'internalDate' | 'seen' | 'fault' | 'saidSize'>>,
  ): number;
  /** Breaks all connections off. */
  breakOff(): void;
  close(): Promise<void>;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Starts a server with an empty INBOX, whose user is `desk@example.com` and whose password is `pass word`. */
export async function startImapServer(): Promise<ImapServer> {
  const state: ImapServer['state'] = {
    ...{ uidValidity: 7, uidNext: 1, mails: [] },
    ...{ saysUidNext: true, refusesLogin: false },
  };
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    if (state.silentAt !== 'greeting') socket.write('* OK ready\r\n');
    let pending = '';
    socket.on('data', (chunk: Buffer) => {
      pending += chunk.toString('latin1');
      for (let end = pending.indexOf('\r\n'); end >= 0; end = pending.indexOf('\r\n')) {
        const line = pending.slice(0, end);
        pending = pending.slice(end + 2);
        reply(socket, line);
      }
    });
  });

  function reply(socket: Socket, line: string): void {
    const [, tag = '', uid = '', name = '', rest = ''] = /^(\S+) (UID )?(\S+) ?(.*)$/i.exec(line)!;
    const command = `${uid}${name}`.toUpperCase();
    commands.push(`${command} ${rest}`.trim());
    if (state.silentAt === command) return;
    const lines = answers[command]?.(rest, socket);
    if (lines === undefined) {
      if (!answers[command]) socket.write(`${tag} BAD unknown\r\n`);
      return;
    }
    const last = String(lines.pop());
    const untagged = lines.map((each) => Buffer.from(each));
    socket.write(Buffer.concat([...untagged, Buffer.from(`${tag} ${last}\r\n`)]));
    if (command === 'LOGOUT') socket.end();
  }

  const highest = (): number => Math.max(0, ...state.mails.map(({ uid }) => uid));
  const examined = (mode: string): string[] => [
    '* FLAGS (\\Seen)\r\n',
    `* ${state.mails.length} EXISTS\r\n`,
    `* OK [UIDVALIDITY ${state.uidValidity}] valid\r\n`,
    ...(state.saysUidNext ? [`* OK [UIDNEXT ${state.uidNext}] next\r\n`] : []),
    `OK [${mode}] done`,
  ];
  /** Its lines, and last what follows the tag; nothing: silence. */
  const answers: Record<string, (rest: string, socket: Socket) => (string | Buffer)[] | undefined> =
    {
      CAPABILITY: () => ['* CAPABILITY IMAP4rev1\r\n', 'OK done'],
      LOGIN: (rest) =>
        !state.refusesLogin && rest === '"desk@example.com" "pass word"'
          ? ['OK in']
          : ['NO [AUTHENTICATIONFAILED] no'],
      NOOP: () => ['OK done'],
      LOGOUT: () => ['* BYE bye\r\n', 'OK done'],
      LSUB: () => ['OK done'],
      LIST: (rest) => [`* LIST () "/" ${rest.endsWith('""') ? '""' : 'INBOX'}\r\n`, 'OK done'],
      SELECT: () => examined('READ-WRITE'),
      EXAMINE: () => examined('READ-ONLY'),
      'UID SEARCH': (rest) => {
        const from = Number(/UID (\d+):\*/i.exec(rest)![1]);
        // `n:*` always includes the last mail.
        const found = state.mails.filter(({ uid }) => uid >= Math.min(from, highest()));
        return [`* SEARCH ${found.map(({ uid }) => uid).join(' ')}`.trimEnd() + '\r\n', 'OK done'];
      },
      'UID FETCH': (rest, socket) => {
        const [, uid, items = ''] = /^(\d+) (.*)$/.exec(rest)!;
        const place = state.mails.findIndex((mail) => mail.uid === Number(uid));
        const mail = state.mails[place];
        if (!mail || mail.fault === 'gone') return ['OK done'];
        return fetched(mail, place + 1, items, socket);
      },
    };

  function fetched(
    mail: KeptMail,
    sequence: number,
    items: string,
    socket: Socket,
  ): (string | Buffer)[] | undefined {
    const { uid, raw, internalDate, saidSize = raw.length } = mail;
    const facts = `UID ${uid} RFC822.SIZE ${saidSize} INTERNALDATE "${imapDate(internalDate)}"`;
    const partial = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/i.exec(items);
    if (!partial) return [`* ${sequence} FETCH (${facts})\r\n`, 'OK done'];
    if (mail.fault === 'no') return ['NO cannot'];
    if (mail.fault === 'silent') return undefined;
    const part = raw.subarray(Number(partial[1]), Number(partial[1]) + Number(partial[2]));
    const head = `* ${sequence} FETCH (${facts} BODY[]<${partial[1]}> {${part.length}}\r\n`;
    if (mail.fault === 'broken') {
      socket.write(head);
      socket.write(part.subarray(0, part.length / 2));
      socket.end();
      return undefined;
    }
    return [head, part, ')\r\n', 'OK done'];
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `imap://desk%40example.com:pass%20word@127.0.0.1:${port}/INBOX`,
    commands,
    connections: () => connections,
    state,
    deliver(raw, about = {}) {
      const uid = state.uidNext;
      state.uidNext += 1;
      const internalDate = new Date('2026-11-23T04:29:00Z');
      state.mails.push({ uid, raw: Buffer.from(raw), internalDate, seen: false, ...about });
      return uid;
    },
    breakOff() {
      for (const socket of sockets) socket.destroy();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => {
        server.close(() => {
          done();
        });
      });
    },
  };
}

/** `23-Nov-2026 04:29:00 +0000`. */
function imapDate(date: Date): string {
  const [day, time] = [date.toISOString().slice(0, 10), date.toISOString().slice(11, 19)];
  const [year, month, ofMonth] = day.split('-');
  return `${ofMonth}-${MONTHS[Number(month) - 1]}-${year} ${time} +0000`;
}
