import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import nodemailer from 'nodemailer';
import {
  startSmtpListener,
  type SmtpListener,
  type SmtpListenerOptions,
} from '../../bot/mailIn/smtpListener';
import { LARGEST_INBOUND_BYTES } from '../../services/inbound/intake';
import { INFO, mailRoom, MONDAY, REPLY_ADDRESS, type MailRoom } from '../support/mailIn';
import { until } from '../support/until';

let room: MailRoom;
let listener: SmtpListener;
const sockets: Socket[] = [];

const start = async (changes: Partial<SmtpListenerOptions> = {}): Promise<SmtpListener> => {
  const { intake, clock, log } = room;
  const options = { port: 0, host: '127.0.0.1', intake, clock, log, domain: 'comantra.net' };
  listener = await startSmtpListener({ ...options, ...changes });
  return listener;
};

beforeEach(async () => {
  room = await mailRoom();
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await listener.close();
  await room.close();
});

/** Sends a mail by a real client; resolves with the server's reply, or its refusal. */
async function send(
  mail: { raw?: string | Buffer; from?: string; to?: string | string[]; size?: number } = {},
): Promise<{ code: number; reply: string }> {
  const { raw = 'Message-ID: <1@x>\r\nSubject: Hi\r\n\r\nHello.\r\n', size } = mail;
  const { from = 'rina@example.org', to = INFO } = mail;
  const transport = nodemailer.createTransport({ port: listener.port, host: '127.0.0.1' });
  const envelope = { from, to, ...(size ? { size } : {}) };
  try {
    const { response } = await transport.sendMail({ envelope, raw });
    return { code: Number(response.slice(0, 3)), reply: response };
  } catch (error) {
    const { responseCode, response } = error as { responseCode: number; response: string };
    return { code: responseCode, reply: response };
  } finally {
    transport.close();
  }
}

/** A client that says whatever a test wants, line by line. */
async function rawClient(host = '127.0.0.1') {
  const socket = connect({ port: listener.port, host: '127.0.0.1', localAddress: host });
  sockets.push(socket);
  let heard = '';
  let closed = false;
  socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
  socket.on('close', () => (closed = true));
  socket.on('error', () => undefined);
  /** The next reply, whole. */
  const reply = async (): Promise<string> => {
    const found = await until('a reply', () => /^(?:\d{3}-.*\r\n)*\d{3} .*\r\n/.exec(heard)?.[0]);
    heard = heard.slice(found.length);
    return found.trimEnd();
  };
  const client = {
    socket,
    reply,
    write: (text: string | Buffer) => socket.write(text),
    say: async (line: string): Promise<string> => {
      socket.write(`${line}\r\n`);
      return reply();
    },
    closed: () => until('the end of the connection', () => closed),
    /** Up to the reply to DATA. */
    async begin(): Promise<void> {
      await client.say('EHLO client.example.org');
      await client.say('MAIL FROM:<rina@example.org>');
      await client.say(`RCPT TO:<${INFO}>`);
      expect(await client.say('DATA')).toMatch(/^354 /);
    },
  };
  return client;
}

const greeted = async (host?: string) => {
  const client = await rawClient(host);
  expect(await client.reply()).toMatch(/^220 /);
  return client;
};

/** A message of so many bytes. */
const messageOf = (bytes: number, id = 'big'): Buffer => {
  const header = `Message-ID: <${id}@x>\r\n\r\n`;
  const line = `${'x'.repeat(76)}\r\n`;
  const body = line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes - header.length - 2);
  return Buffer.from(`${header}${body}\r\n`);
};

describe('a mail that is taken', () => {
  test('is kept whole, with its envelope, its origin and the instant at which it was in', async () => {
    await start();
    const raw = 'Message-ID: <1@x>\r\n\r\n.dots\r\n..\r\n\u00e4\r\n';
    const { code, reply } = await send({ raw, to: [INFO, REPLY_ADDRESS] });
    expect([code, reply]).toEqual([250, '250 2.6.0 Kept']);
    const [mail] = await room.taken();
    expect(mail).toMatchObject({
      door: 'smtp',
      receivedAt: MONDAY,
      state: 'received',
      envelope: { from: 'rina@example.org', to: [INFO, REPLY_ADDRESS] },
      origin: { remoteAddress: '127.0.0.1' },
    });
    expect(mail!.raw.toString('utf8')).toBe(raw);
  });

  test('is received when its last byte is in, not when it began', async () => {
    await start();
    const client = await greeted();
    await client.begin();
    client.write('Message-ID: <1@x>\r\n\r\nfirst half\r\n');
    room.clock.advance(60_000);
    expect(await client.say('second half\r\n.')).toMatch(/^250 /);
    const [mail] = await room.taken();
    expect(mail!.receivedAt).toEqual(new Date(MONDAY.getTime() + 60_000));
    expect(mail!.origin.helo).toBe('client.example.org');
  });

  test('may come from nobody, as a bounce does', async () => {
    await start();
    expect((await send({ from: '' })).code).toBe(250);
    expect((await room.taken())[0]!.envelope.from).toBe('');
  });

  test('may go to a reply address in any case of its letters', async () => {
    await start();
    expect((await send({ to: REPLY_ADDRESS.toUpperCase() })).code).toBe(250);
  });

  test('twice is one', async () => {
    await start();
    expect((await send()).code).toBe(250);
    expect((await send()).code).toBe(250);
    expect(await room.taken()).toHaveLength(1);
    expect(await room.files()).toHaveLength(1);
  });

  test('twice at once is one', async () => {
    await start();
    const codes = await Promise.all(Array.from({ length: 5 }, async () => (await send()).code));
    expect(codes).toEqual([250, 250, 250, 250, 250]);
    expect(await room.taken()).toHaveLength(1);
    expect(await room.files()).toHaveLength(1);
  });

  test('with a Message-ID that was used before and another body is another mail', async () => {
    await start();
    await send();
    await send({ raw: 'Message-ID: <1@x>\r\n\r\nSomething else.\r\n' });
    expect(await room.taken()).toHaveLength(2);
  });

  test('is one of a hundred that come at once, and none is lost', async () => {
    await start();
    const transport = nodemailer.createTransport({
      ...{ port: listener.port, host: '127.0.0.1', pool: true },
      ...{ maxConnections: 10, maxMessages: 1000 },
    });
    const sent = Array.from({ length: 100 }, (_, n) =>
      transport.sendMail({ from: 'rina@example.org', to: INFO, text: `Mail ${n}` }),
    );
    for (const { response } of await Promise.all(sent)) expect(response).toMatch(/^250 /);
    transport.close();
    const texts = (await room.taken()).map(({ raw }) => /Mail \d+/.exec(raw.toString())![0]);
    expect(new Set(texts).size).toBe(100);
  });

  test('may be as large as is said', async () => {
    await start();
    expect((await send({ raw: messageOf(LARGEST_INBOUND_BYTES) })).code).toBe(250);
    expect((await room.taken())[0]!.bytes).toBe(LARGEST_INBOUND_BYTES);
  });
});

describe('a mail that is refused', () => {
  test.each([
    ['an unknown recipient', 'nobody@comantra.net'],
    ['a forged token', `case+${'a'.repeat(26)}@comantra.net`],
    ['a token at another domain', REPLY_ADDRESS.replace('comantra.net', 'example.org')],
    ['somebody elsewhere: it is no relay', 'rina@example.org'],
    ['the percent hack', 'rina%example.org@comantra.net'],
  ])('to %s: 550', async (_what, to) => {
    await start();
    const { code, reply } = await send({ to });
    expect([code, reply]).toEqual([550, '550 5.1.1 There is no such mailbox here']);
    expect(await room.taken()).toEqual([]);
  });

  test('26 MB, announced: 552 at once', async () => {
    await start();
    const client = await greeted();
    expect(await client.say('EHLO x')).toContain(`SIZE ${LARGEST_INBOUND_BYTES}`);
    expect(await client.say(`MAIL FROM:<r@x.org> SIZE=${26 * 1024 * 1024}`)).toMatch(
      /^552 5\.3\.4/,
    );
  });

  test('26 MB, not announced: 552 at its end, and nothing is kept', async () => {
    await start();
    const client = await greeted();
    await client.begin();
    client.write(messageOf(26 * 1024 * 1024));
    expect(await client.say('\r\n.')).toMatch(/^552 /);
    expect(await room.files()).toEqual([]);
    expect((await send()).code).toBe(250);
  });

  test('one byte too many: 552', async () => {
    await start();
    expect((await send({ raw: messageOf(LARGEST_INBOUND_BYTES + 1), size: 1 })).code).toBe(552);
    expect(await room.taken()).toEqual([]);
  });

  test('to more than twenty: the rest 452', async () => {
    const accepts = jest.spyOn(room.intake, 'accepts').mockResolvedValue(true);
    await start();
    const client = await greeted();
    await client.say('EHLO x');
    await client.say('MAIL FROM:<r@x.org>');
    for (let n = 0; n < 20; n += 1)
      expect(await client.say(`RCPT TO:<r${n}@comantra.net>`)).toMatch(/^250 /);
    expect(await client.say('RCPT TO:<one-more@comantra.net>')).toMatch(/^452 /);
    expect(accepts).toHaveBeenCalledTimes(20);
  });

  test('whose recipient cannot be looked up: 451', async () => {
    jest.spyOn(room.intake, 'accepts').mockRejectedValue(new Error('The store is down.'));
    await start();
    expect((await send()).code).toBe(451);
  });
});

describe('a mail that cannot be kept', () => {
  test('for a folder that cannot be written: 4xx, nothing kept, and later it is taken', async () => {
    await writeFile(room.folder, 'a file where the folder should be');
    await start();
    expect((await send()).code).toBe(451);
    expect(await room.taken()).toEqual([]);
    await rm(room.folder);
    expect((await send()).code).toBe(250);
    expect(await room.taken()).toHaveLength(1);
  });

  test('for a full disk: 452', async () => {
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    jest.spyOn(room.records, 'knows').mockRejectedValueOnce(full);
    await start();
    expect((await send()).code).toBe(452);
    expect((await send()).code).toBe(250);
  });

  test('for a store that fails between file and record: 4xx, and later it is taken', async () => {
    jest.spyOn(room.records, 'insert').mockRejectedValueOnce(new Error('The store is down.'));
    await start();
    expect((await send()).code).toBe(451);
    expect(await room.files()).toEqual([]);
    expect(room.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'smtp.notKept' }),
    );
    expect((await send()).code).toBe(250);
    expect(await room.taken()).toHaveLength(1);
  });

  test('for too much mail in memory at once: 452, and later it is taken', async () => {
    await start({ limits: { heldBytes: 1_000_000 } });
    const first = await greeted();
    await first.begin();
    first.write(messageOf(900_000, 'first'));
    // What the first has sent counts before the second begins.
    await until('the first mail to be held', async () => (await sendBig(500_000)) === 452);
    expect(await first.say('\r\n.')).toMatch(/^250 /);
    expect(await sendBig(950_000)).toBe(250);
  });
  const sendBig = async (bytes: number) =>
    (await send({ raw: messageOf(bytes, `of ${bytes}`) })).code;
});

describe('a client', () => {
  test('that breaks off within a mail leaves nothing', async () => {
    await start({ limits: { heldBytes: 1_000_000 } });
    for (let n = 0; n < 5; n += 1) {
      const client = await greeted();
      await client.begin();
      client.write(messageOf(400_000));
      client.socket.end();
      await client.closed();
    }
    expect(await room.files()).toEqual([]);
    expect(await room.taken()).toEqual([]);
    expect((await send({ raw: messageOf(900_000) })).code).toBe(250);
  });

  test('that leaves once its mail is in has sent it', async () => {
    await start();
    const client = await greeted();
    await client.begin();
    client.socket.end('Message-ID: <1@x>\r\n\r\nHello.\r\n.\r\n');
    await until('the mail', async () => (await room.taken()).length === 1);
  });

  test('that says nothing is let go', async () => {
    await start({ limits: { idleMs: 200 } });
    const client = await greeted();
    expect(await client.reply()).toMatch(/^421 /);
    await client.closed();
  });

  test('that falls silent within a mail is let go, and nothing is kept', async () => {
    await start({ limits: { idleMs: 500 } });
    const client = await greeted();
    await client.begin();
    client.write('Message-ID: <1@x>\r\n\r\nHello');
    expect(await client.reply()).toMatch(/^421 /);
    await client.closed();
    expect(await room.files()).toEqual([]);
  });

  test('that talks on for ever is let go', async () => {
    await start({ limits: { sessionMs: 300 } });
    const client = await greeted();
    const talk = setInterval(() => client.write('NOOP\r\n'), 20);
    await client.closed();
    clearInterval(talk);
  });

  test('that dribbles a mail for ever is let go, and nothing is kept', async () => {
    await start({ limits: { sessionMs: 800 } });
    const client = await greeted();
    await client.begin();
    const talk = setInterval(() => client.write('x\r\n'), 20);
    await client.closed();
    clearInterval(talk);
    expect(await room.files()).toEqual([]);
  });

  test('whose mail is being kept is not let go before it has its reply', async () => {
    await start({ limits: { sessionMs: 200 } });
    const take = room.intake.take.bind(room.intake);
    jest.spyOn(room.intake, 'take').mockImplementation(async (mail) => {
      // Until the time of a client that came later is up.
      await (await greeted()).closed();
      return take(mail);
    });
    expect((await send()).code).toBe(250);
  });

  test('is one of at most so many from its address', async () => {
    await start({ limits: { clientsPerAddress: 2 } });
    const first = await greeted();
    await greeted();
    expect(await (await rawClient()).reply()).toMatch(/^421 /);
    await greeted('127.0.0.2');
    first.socket.end('QUIT\r\n');
    await first.closed();
    await until('a place', async () => (await (await rawClient()).reply()).startsWith('220'));
  });

  test('is one of at most so many', async () => {
    await start({ limits: { clients: 2 } });
    await greeted('127.0.0.1');
    await greeted('127.0.0.2');
    expect(await (await rawClient('127.0.0.3')).reply()).toMatch(/^421 /);
  });

  test('sends at most so many mails a minute', async () => {
    await start({ limits: { mails: { points: 2, seconds: 60 } } });
    expect((await send()).code).toBe(250);
    expect((await send()).code).toBe(250);
    expect((await send()).code).toBe(450);
  });

  test.each([
    ['an endless line', 'x'.repeat(100_000)],
    ['a web request', 'GET / HTTP/1.1'],
    ['noise', '\0\xff\x01'.repeat(100)],
    ['a mail without greeting', 'MAIL FROM:<r@x.org>'],
    ['a control character in an address', 'EHLO x\r\nMAIL FROM:<r@x.org\0>'],
  ])('that sends %s does no harm', async (_what, line) => {
    await start();
    const client = await greeted();
    client.write(Buffer.from(`${line}\r\n`, 'latin1'));
    expect(await client.reply()).toMatch(/^(421|5\d\d|250-?)/);
    expect((await send()).code).toBe(250);
  });

  test('cannot smuggle a second mail behind a bare line feed', async () => {
    await start();
    const client = await greeted();
    await client.begin();
    client.write(
      `Message-ID: <1@x>\r\n\r\nHello\n.\nMAIL FROM:<a@x.org>\r\nRCPT TO:<${INFO}>\r\nDATA\r\nEvil\r\n`,
    );
    expect(await client.say('.')).toMatch(/^250 /);
    expect(await room.taken()).toHaveLength(1);
  });

  test('learns neither version nor machine, and is offered neither AUTH nor STARTTLS', async () => {
    await start();
    const client = await rawClient();
    expect(await client.reply()).toBe('220 comantra.net ESMTP');
    const features = await client.say('EHLO x');
    expect(features).toMatch(/^250-comantra\.net\r\n/);
    expect(features).not.toMatch(/AUTH|STARTTLS|XCLIENT/);
    expect(await client.say('AUTH PLAIN AAAA')).toMatch(/^500 /);
    expect(await client.say('STARTTLS')).toMatch(/^500 /);
    expect(await client.say('XCLIENT ADDR=192.0.2.1')).toMatch(/^5\d\d /);
  });
});

describe('closing', () => {
  /** Holds up the mails that are being kept until a test lets them through. */
  const heldUp = () => {
    const take = room.intake.take.bind(room.intake);
    let letThrough: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    const begun = new Promise<void>((resolve) => {
      jest.spyOn(room.intake, 'take').mockImplementation(async (mail) => {
        resolve();
        await gate;
        return take(mail);
      });
    });
    return { begun, letThrough };
  };

  test('waits for the mail that is being kept, and its sender hears of it', async () => {
    await start();
    const { begun, letThrough } = heldUp();
    const sent = send();
    await begun;
    let closed = false;
    const closing = listener.close().then(() => (closed = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(false);
    letThrough();
    expect((await sent).code).toBe(250);
    await closing;
    expect(await room.taken()).toHaveLength(1);
  });

  test('begins to keep no other mail meanwhile', async () => {
    await start();
    const { begun, letThrough } = heldUp();
    const client = await greeted();
    await client.begin();
    client.write('Message-ID: <2@x>\r\n\r\nHello');
    const sent = send();
    await begun;
    const closing = listener.close();
    expect(await client.say('\r\n.')).toMatch(/^421 /);
    letThrough();
    expect((await sent).code).toBe(250);
    await closing;
    expect((await room.taken()).map(({ raw }) => raw.toString())).toEqual([
      expect.stringContaining('<1@x>'),
    ]);
  });

  test('takes no mail of which the rest comes later', async () => {
    await start();
    const client = await greeted();
    await client.begin();
    client.write('Message-ID: <1@x>\r\n\r\nHello\r\n');
    const closing = listener.close();
    client.write('.\r\n');
    expect(await client.reply()).toMatch(/^421 /);
    await closing;
    expect(await room.files()).toEqual([]);
  });

  test('lets idle clients go at once, and nobody in', async () => {
    await start();
    const client = await greeted();
    const began = Date.now();
    const closing = listener.close();
    expect(await client.reply()).toMatch(/^421 /);
    await closing;
    expect(Date.now() - began).toBeLessThan(1500);
    const socket = connect({ port: listener.port, host: '127.0.0.1' });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });
});

test('a port that is taken is said in words', async () => {
  await start();
  const { port } = listener;
  const { intake, clock, log } = room;
  const again = startSmtpListener({
    ...{ port, host: '127.0.0.1', intake, clock, log, domain: 'comantra.net' },
  });
  await expect(again).rejects.toMatchObject({ code: 'ConfigInvalid' });
});
