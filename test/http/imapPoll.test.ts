import { rm, writeFile } from 'node:fs/promises';
import { imapAddressOf } from '../../bot/mailIn/imapAddress';
import { ImapPoll, type ImapPollOptions } from '../../bot/mailIn/imapPoll';
import { MailboxPositions } from '../../models/mailboxPositions';
import { LARGEST_INBOUND_BYTES } from '../../services/inbound/intake';
import { startImapServer, type ImapServer } from '../support/imapServer';
import { INFO, mailRoom, MONDAY, REPLY_ADDRESS, type MailRoom } from '../support/mailIn';

const DAY_MS = 24 * 60 * 60 * 1000;
const before = (milliseconds: number): Date => new Date(MONDAY.getTime() - milliseconds);

let room: MailRoom;
let server: ImapServer;
let positions: MailboxPositions;
const polls: ImapPoll[] = [];

const pollOf = (changes: Partial<ImapPollOptions> = {}): ImapPoll => {
  const { intake, clock, log } = room;
  const poll = new ImapPoll({
    ...{ url: server.url, records: positions, intake, clock, log, mailboxes: [INFO] },
    patience: { commandMs: 1000, mailMs: 1000 },
    ...changes,
  });
  polls.push(poll);
  return poll;
};

beforeEach(async () => {
  room = await mailRoom();
  server = await startImapServer();
  positions = new MailboxPositions(room.store);
});
afterEach(async () => {
  await Promise.all(polls.splice(0).map((poll) => poll.close()));
  await server.close();
  await room.close();
});

/** A poll that has had its first look. */
const begun = async (changes?: Partial<ImapPollOptions>): Promise<ImapPoll> => {
  const poll = pollOf(changes);
  await poll.poll();
  expect(poll.lastCompleteStart()).toBeDefined();
  return poll;
};

const mailOf = (id: string, header = `To: ${INFO}`): string =>
  `Return-Path: <rina@example.org>\r\nMessage-ID: <${id}@x>\r\n${header}\r\n\r\nWords of ${id}.\r\n`;
const takenIds = async (): Promise<string[]> =>
  (await room.taken()).map(({ raw }) => /Words of (.*)\./.exec(raw.toString())![1]!).sort();
const codes = (): (string | undefined)[] =>
  room.lines.filter(({ event }) => event === 'imap.failed').map(({ fields }) => fields.code);

describe('what is taken', () => {
  test('the first look starts from now: years of old mail are left', async () => {
    for (let n = 0; n < 5; n += 1) server.deliver(mailOf(`old${n}`));
    const poll = await begun();
    expect(await takenIds()).toEqual([]);
    server.deliver(mailOf('new'));
    await poll.poll();
    expect(await takenIds()).toEqual(['new']);
  });

  test('also where the server does not say which number comes next', async () => {
    server.state.saysUidNext = false;
    server.deliver(mailOf('old'));
    const poll = await begun();
    server.deliver(mailOf('new'));
    await poll.poll();
    expect(await takenIds()).toEqual(['new']);
  });

  test('each mail once, whole, with the time at which the mailbox got it', async () => {
    const poll = await begun();
    const raw = mailOf('a', `To: Info <${INFO.toUpperCase()}>\r\nSubject: \u00e4`);
    server.deliver(raw, { internalDate: before(3600_000) });
    await poll.poll();
    await poll.poll();
    const mails = await room.taken();
    expect(mails).toMatchObject([
      {
        door: 'imap',
        receivedAt: before(3600_000),
        envelope: { from: 'rina@example.org', to: [INFO] },
        origin: {},
      },
    ]);
    expect(mails[0]!.raw.toString()).toBe(raw);
  });

  test.each([
    ['the future', before(-60_000)],
    ['more than a year ago', before(366 * DAY_MS)],
    ['1970', new Date(0)],
  ])('a mail from %s is received now', async (_what, internalDate) => {
    const poll = await begun();
    server.deliver(mailOf('a'), { internalDate });
    await poll.poll();
    expect((await room.taken())[0]!.receivedAt).toEqual(MONDAY);
  });

  test('zammad/freescout#3406: a mail read elsewhere is fetched all the same', async () => {
    const poll = await begun();
    server.deliver(mailOf('a'), { seen: true });
    await poll.poll();
    expect(await takenIds()).toEqual(['a']);
  });

  test('zammad/freescout#4740: one mail without Message-ID does not stop the fetch', async () => {
    const poll = await begun();
    server.deliver(mailOf('a'));
    server.deliver(`From: r@example.org\r\nTo: ${INFO}\r\n\r\nWords of b.\r\n`);
    server.deliver('no header at all: Words of c.');
    server.deliver('\0\0\0 Words of d.');
    server.deliver(mailOf('e'));
    await poll.poll();
    expect(await takenIds()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('freescout#1350: two fetchers race, one record', async () => {
    const both = [await begun(), await begun({ intake: room.anotherIntake() })];
    for (const id of ['a', 'b', 'c', 'd']) server.deliver(mailOf(id));
    await Promise.all(both.map((poll) => poll.poll()));
    expect(await takenIds()).toEqual(['a', 'b', 'c', 'd']);
    expect(await room.files()).toHaveLength(4);
  });

  test('after a restart, what came meanwhile', async () => {
    const first = await begun();
    server.deliver(mailOf('a'));
    await first.poll();
    await first.close();
    server.deliver(mailOf('b'));
    await pollOf().poll();
    expect(await takenIds()).toEqual(['a', 'b']);
  });

  test('nothing in the mailbox changes', async () => {
    const poll = await begun();
    server.deliver(mailOf('a'));
    await poll.poll();
    await poll.close();
    const verbs = new Set(server.commands.map((command) => command.split(' ')[0]));
    for (const verb of ['SELECT', 'STORE', 'EXPUNGE', 'COPY', 'MOVE', 'CLOSE'])
      expect(verbs).not.toContain(verb);
    const bodies = server.commands.filter((command) => command.includes('BODY'));
    expect(bodies).not.toEqual([]);
    for (const command of bodies) expect(command).toContain('BODY.PEEK[');
  });

  test('one connection serves many polls, which are one at a time', async () => {
    const poll = await begun();
    await Promise.all([poll.poll(), poll.poll(), poll.poll()]);
    await poll.poll();
    expect(server.connections()).toBe(1);
    expect(server.commands.filter((command) => command.startsWith('EXAMINE'))).toHaveLength(3);
  });
});

describe('between whom a mail travelled', () => {
  const travelled = async (header: string) => {
    const poll = await begun();
    server.deliver(`${header}\r\n\r\nWords of a.\r\n`);
    await poll.poll();
    return (await room.taken())[0]!.envelope;
  };

  test.each([
    ['Delivered-To', `Delivered-To: ${REPLY_ADDRESS}`, [REPLY_ADDRESS]],
    ['X-Original-To', `X-Original-To: ${REPLY_ADDRESS}`, [REPLY_ADDRESS]],
    ['Envelope-To', `Envelope-To: ${REPLY_ADDRESS}`, [REPLY_ADDRESS]],
    [
      'To and Cc',
      `To: "Desk, The" <${REPLY_ADDRESS}>,\r\n x@example.org\r\nCc: ${INFO}`,
      [REPLY_ADDRESS, INFO],
    ],
    ['nothing of ours', 'To: list@example.org\r\nBcc: info@comantra.net', []],
    ['a forged token', 'To: case+aaaaaaaaaaaaaaaaaaaaaaaaaa@comantra.net', []],
  ])('is read from %s', async (_what, header, to) => {
    expect((await travelled(header)).to).toEqual(to);
  });

  test.each([
    ['Return-Path: <Rina@Example.org>\r\nFrom: other@example.org', 'rina@example.org'],
    ['Return-Path: <>\r\nFrom: mailer-daemon@example.org', ''],
    ['Return-Path: <a@example.org>\r\nReturn-Path: <b@example.org>', 'a@example.org'],
    ['From: "x@example.com" <rina@example.org>', 'rina@example.org'],
    ['Subject: none', ''],
  ])('%j comes from %j', async (header, from) => {
    expect((await travelled(header)).from).toBe(from);
  });
});

describe('a mail that cannot be taken', () => {
  test('for its size is noted with what its header says, and the others are taken', async () => {
    const poll = await begun();
    server.deliver(mailOf('a'));
    const large = mailOf('large') + 'x'.repeat(LARGEST_INBOUND_BYTES);
    server.deliver(large);
    server.deliver(mailOf('b'));
    await poll.poll();
    expect(await takenIds()).toEqual(['a', 'b']);
    expect(await room.records.list(['quarantined'], 10)).toMatchObject([
      {
        door: 'imap',
        reason: 'tooLarge',
        bytes: large.length,
        envelope: { from: 'rina@example.org', to: [INFO] },
      },
    ]);
    expect(poll.lastCompleteStart()).toEqual(MONDAY);
  });

  test('for a size that the server does not tell truly is noted too', async () => {
    // With the product's own patience: how fast so much is fetched is not what is asked here.
    const poll = await begun({ patience: undefined });
    server.deliver(mailOf('large') + 'x'.repeat(LARGEST_INBOUND_BYTES), { saidSize: 100 });
    await poll.poll();
    expect(await room.records.list(['quarantined'], 10)).toMatchObject([{ reason: 'tooLarge' }]);
  });

  test('is tried again, while the others are taken; at last it is noted', async () => {
    const poll = await begun();
    const first = poll.lastCompleteStart();
    server.deliver(mailOf('a'), { fault: 'no' });
    server.deliver(mailOf('b'));
    room.clock.advance(30_000);
    for (let tries = 1; tries < 5; tries += 1) await poll.poll();
    expect(await takenIds()).toEqual(['b']);
    expect(await room.records.list(['quarantined'], 10)).toEqual([]);
    expect(poll.lastCompleteStart()).toEqual(first);
    await poll.poll();
    expect(await room.records.list(['quarantined'], 10)).toMatchObject([{ reason: 'unreadable' }]);
    expect(poll.lastCompleteStart()).toEqual(room.clock.now());
    const asked = server.commands.length;
    await poll.poll();
    expect(server.commands.slice(asked).filter((command) => command.includes('FETCH'))).toEqual([]);
  });

  test('at first may be taken later', async () => {
    const poll = await begun();
    server.deliver(mailOf('a'), { fault: 'no' });
    server.deliver(mailOf('b'));
    await poll.poll();
    server.state.mails[0]!.fault = undefined;
    await poll.poll();
    expect(await takenIds()).toEqual(['a', 'b']);
    expect(poll.lastCompleteStart()).toEqual(MONDAY);
  });

  test.each(['silent', 'broken'] as const)(
    'since the server is %s does not stand in the way for ever',
    async (fault) => {
      const poll = await begun({ patience: { commandMs: 1000, mailMs: 400 } });
      server.deliver(mailOf('a'), { fault });
      server.deliver(mailOf('b'));
      for (let tries = 1; tries <= 6; tries += 1) await poll.poll();
      expect(await takenIds()).toEqual(['b']);
      expect(await room.records.list(['quarantined'], 10)).toHaveLength(1);
      expect(poll.lastCompleteStart()).toEqual(MONDAY);
    },
  );

  test('since it is gone is nothing to tell of', async () => {
    const poll = await begun();
    server.deliver(mailOf('a'), { fault: 'gone' });
    server.deliver(mailOf('b'));
    await poll.poll();
    expect(await takenIds()).toEqual(['b']);
    expect(await room.records.list(['quarantined'], 10)).toEqual([]);
    expect(poll.lastCompleteStart()).toEqual(MONDAY);
  });

  test('since the desk cannot keep it stops the poll, and is taken later', async () => {
    const poll = await begun();
    await writeFile(room.folder, 'a file where the folder should be');
    server.deliver(mailOf('a'));
    server.deliver(mailOf('b'));
    room.clock.advance(30_000);
    await poll.poll();
    expect(codes()).toEqual(['StoreUnavailable']);
    expect(server.commands.filter((command) => command.includes('BODY'))).toHaveLength(1);
    expect(poll.lastCompleteStart()).toEqual(MONDAY);
    await rm(room.folder);
    await poll.poll();
    expect(await takenIds()).toEqual(['a', 'b']);
    expect(poll.lastCompleteStart()).toEqual(room.clock.now());
  });
});

describe('when the server counts anew', () => {
  test('what was taken is known, what came meanwhile is taken, what is old is left', async () => {
    room.clock.set(before(30 * DAY_MS));
    const poll = await begun();
    room.clock.set(MONDAY);
    server.deliver(mailOf('known'), { internalDate: before(3600_000) });
    await poll.poll();
    await poll.poll();
    server.state.mails = [];
    Object.assign(server.state, { uidValidity: 8, uidNext: 1 });
    server.deliver(mailOf('old'), { internalDate: before(2 * DAY_MS) });
    server.deliver(mailOf('known'), { internalDate: before(3600_000) });
    server.deliver(mailOf('missed'), { internalDate: before(60_000) });
    await poll.poll();
    expect(await takenIds()).toEqual(['known', 'missed']);
    expect(poll.lastCompleteStart()).toEqual(MONDAY);
    server.deliver(mailOf('moved here late'), { internalDate: before(20 * DAY_MS) });
    await poll.poll();
    expect(await takenIds()).toEqual(['known', 'missed', 'moved here late']);
  });
});

describe('a server', () => {
  test.each(['greeting', 'LOGIN', 'EXAMINE', 'UID SEARCH', 'UID FETCH'])(
    'that falls silent at %s does not hold the desk up, and is asked again',
    async (silentAt) => {
      const poll = await begun();
      server.breakOff();
      server.deliver(mailOf('a'));
      server.state.silentAt = silentAt;
      const hasty = pollOf({ patience: { commandMs: 500, mailMs: 500 } });
      await hasty.poll();
      expect(await takenIds()).toEqual([]);
      expect(codes()).toHaveLength(1);
      server.state.silentAt = undefined;
      await hasty.poll();
      expect(await takenIds()).toEqual(['a']);
      await poll.close();
    },
  );

  test('that breaks off between two polls is reached anew', async () => {
    const poll = await begun();
    server.breakOff();
    server.deliver(mailOf('a'));
    await poll.poll();
    await poll.poll();
    expect(await takenIds()).toEqual(['a']);
  });

  test('that is not there is a line in the log, and no end of the desk', async () => {
    const poll = pollOf();
    await server.close();
    await poll.poll();
    expect(codes()).toEqual(['ECONNREFUSED']);
    expect(poll.lastCompleteStart()).toBeUndefined();
  });

  test('that refuses the password is left alone for a while', async () => {
    server.state.refusesLogin = true;
    const poll = pollOf();
    for (let tries = 0; tries < 3; tries += 1) await poll.poll();
    expect(server.connections()).toBe(1);
    server.state.refusesLogin = false;
    room.clock.advance(10 * 60_000);
    await poll.poll();
    expect(poll.lastCompleteStart()).toEqual(room.clock.now());
  });

  test('has its words, our password and addresses kept out of the log', async () => {
    server.state.refusesLogin = true;
    const poll = pollOf();
    await poll.poll();
    expect(JSON.stringify(room.lines)).not.toMatch(/pass|desk@|cannot/);
  });
});

test('closing ends a poll that hangs, and none begins after it', async () => {
  const poll = await begun({ patience: { commandMs: 60_000, mailMs: 60_000 } });
  server.deliver(mailOf('a'), { fault: 'silent' });
  const hanging = poll.poll();
  const began = Date.now();
  await poll.close();
  await hanging;
  expect(Date.now() - began).toBeLessThan(20_000);
  const asked = server.connections();
  await poll.poll();
  expect(server.connections()).toBe(asked);
});

describe('the address of a mailbox', () => {
  test.each([
    [
      'imaps://desk%40example.com:p%2Fw@imap.example.com',
      { host: 'imap.example.com', port: 993, secure: true },
      'INBOX',
    ],
    [
      'imaps://u:p@imap.example.com:9993/Desk/Privacy%20mail',
      { host: 'imap.example.com', port: 9993, secure: true },
      'Desk/Privacy mail',
    ],
    [
      'imap://u:p@imap.example.com/INBOX/',
      { host: 'imap.example.com', port: 143, secure: false, doSTARTTLS: true },
      'INBOX',
    ],
    [
      'imap://u:p@127.0.0.1',
      { host: '127.0.0.1', port: 143, secure: false, doSTARTTLS: false },
      'INBOX',
    ],
  ])('%s', (url, connection, folder) => {
    const address = imapAddressOf(url);
    expect(address.connection).toMatchObject(connection);
    expect(address.folder).toBe(folder);
  });

  test('keeps what was percent-encoded in user and password', () => {
    const { connection, name } = imapAddressOf('imaps://desk%40example.com:p%2Fw@h.example.com');
    expect(connection.auth).toEqual({ user: 'desk@example.com', pass: 'p/w' });
    expect(name).toBe('desk@example.com@h.example.com/INBOX');
  });
});
