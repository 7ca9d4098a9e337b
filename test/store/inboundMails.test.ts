import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InboundMailRecords, type NewInboundMail } from '../../models/inboundMails';
import { MailboxPositions } from '../../models/mailboxPositions';
import { RawMails } from '../../models/rawMails';
import { vaultOf } from '../../models/sealed';
import type { Store } from '../../models/store';
import {
  LARGEST_INBOUND_BYTES,
  MailIntake,
  type IncomingMail,
} from '../../services/inbound/intake';
import { headerOf, identityOf, valuesOf } from '../../services/inbound/messageKey';
import { countedIds } from '../support/doubles';
import { keptLog } from '../support/keptLog';
import { describeOnStores, STORE_KEY } from '../support/stores';

const NOON = new Date('2026-11-23T12:00:00Z');
const later = (minutes: number): Date => new Date(NOON.getTime() + minutes * 60_000);

const newMail = (id: string, changes: Partial<NewInboundMail> = {}): NewInboundMail => ({
  id,
  door: 'smtp',
  receivedAt: NOON,
  envelope: { from: 'rina@example.org', to: ['info@comantra.net'] },
  bytes: 100,
  messageKey: `key of ${id}`,
  ...changes,
});

const OTHER_KEY = { id: 'newer', secret: Buffer.alloc(32, 9) };
const rotated = (store: Store): Store => ({ ...store, vault: vaultOf([OTHER_KEY, STORE_KEY]) });

/** All that is stored of the mails, as one text. */
const storedText = async (store: Store): Promise<string> =>
  JSON.stringify(await store.connection.collection('inboundMails').find().toArray());

describeOnStores('records of mails that came in', (open) => {
  let store: Store;
  let records: InboundMailRecords;
  beforeEach(async () => {
    store = await open();
    records = new InboundMailRecords(store);
    await records.ensureIndexes();
  });

  test('a mail is recorded with what the door knows of it', async () => {
    const origin = { remoteAddress: '192.0.2.7', helo: 'mx.example.org' };
    expect(await records.insert(newMail('a', { origin }))).toBe('stored');
    expect(await records.byId('a')).toEqual({
      id: 'a',
      door: 'smtp',
      receivedAt: NOON,
      envelope: { from: 'rina@example.org', to: ['info@comantra.net'] },
      origin,
      state: 'received',
      bytes: 100,
      attempts: 0,
    });
    expect(await records.byId('b')).toBeUndefined();
  });

  test('nothing personal is stored in clear', async () => {
    const origin = { remoteAddress: '192.0.2.7', helo: 'mx.example.org' };
    await records.insert(newMail('a', { origin, messageId: '<m1@example.org>' }));
    await records.settle('a', { state: 'quarantined', fromIndexOf: 'rina@example.org' });
    await records.release('a', NOON, 'sandip@example.org');
    expect(await storedText(store)).not.toMatch(/example|rina|sandip|comantra|192\.0/);
  });

  test('a message that came before is known, also under another key of the ring', async () => {
    await records.insert(newMail('a', { messageKey: 'same' }));
    expect(await records.insert(newMail('b', { messageKey: 'same' }))).toBe('known');
    const after = new InboundMailRecords(rotated(store));
    expect(await after.insert(newMail('c', { messageKey: 'same' }))).toBe('known');
    expect(await after.knows('same')).toBe(true);
    expect(await after.knows('other')).toBe(false);
    expect(await records.counts()).toMatchObject({ received: 1 });
  });

  test('of a message that comes twice at once, one is recorded', async () => {
    const tries = Array.from({ length: 10 }, (_, n) =>
      records.insert(newMail(`m${n}`, { messageKey: 'same' })),
    );
    const outcomes = await Promise.all(tries);
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
  });

  test('mails are dealt with in the order in which they came', async () => {
    await records.insert(newMail('second', { receivedAt: later(2) }));
    await records.insert(newMail('first', { receivedAt: later(1) }));
    await records.insert(newMail('third', { receivedAt: later(3) }));
    const idsAt = async (at: Date, limit = 10) =>
      (await records.due(at, limit)).map(({ id }) => id);
    expect(await idsAt(later(5))).toEqual(['first', 'second', 'third']);
    expect(await idsAt(later(5), 2)).toEqual(['first', 'second']);
    expect(await idsAt(later(2))).toEqual(['first', 'second']);
  });

  test('a mail that was put off is due again later, and its faults are counted', async () => {
    await records.insert(newMail('a'));
    await records.deferUntil('a', later(10));
    expect(await records.due(later(9), 10)).toEqual([]);
    expect(await records.due(later(10), 10)).toMatchObject([{ id: 'a', attempts: 1 }]);
  });

  test('a settled mail is due no more, and is settled once', async () => {
    await records.insert(newMail('a'));
    expect(await records.settle('a', { state: 'done', caseId: 'c1' })).toBe(true);
    expect(await records.settle('a', { state: 'quarantined', reason: 'late' })).toBe(false);
    await records.deferUntil('a', later(1));
    expect(await records.due(later(60), 10)).toEqual([]);
    expect(await records.byId('a')).toMatchObject({ state: 'done', caseId: 'c1', attempts: 0 });
  });

  test('a settlement names the state that the mail had', async () => {
    await records.insert(newMail('a'));
    await records.settle('a', { state: 'held', reason: 'forwarded', caseId: 'c1' });
    expect(await records.settle('a', { state: 'discarded' })).toBe(false);
    expect(await records.settle('a', { state: 'discarded' }, 'held')).toBe(true);
    const { state, reason, caseId } = (await records.byId('a'))!;
    expect([state, reason, caseId]).toEqual(['discarded', undefined, 'c1']);
  });

  test('a released mail is dealt with anew, with its first time of receipt', async () => {
    await records.insert(newMail('a'));
    await records.deferUntil('a', later(1));
    await records.settle('a', { state: 'quarantined', reason: 'untrustedSender' });
    expect(await records.release('a', later(90), 'customer')).toBe(true);
    expect(await records.due(later(90), 10)).toEqual([
      {
        ...(await records.byId('a'))!,
        receivedAt: NOON,
        state: 'received',
        attempts: 0,
        released: { at: later(90), as: 'customer' },
      },
    ]);
    expect((await records.byId('a'))!.reason).toBeUndefined();
  });

  test.each(['received', 'done', 'discarded'] as const)(
    'a %s mail cannot be released',
    async (state) => {
      await records.insert(newMail('a'));
      if (state !== 'received') await records.settle('a', { state });
      expect(await records.release('a', later(1))).toBe(false);
      expect((await records.byId('a'))!.released).toBeUndefined();
    },
  );

  test('of two releases at once, one succeeds', async () => {
    await records.insert(newMail('a', { quarantineReason: 'untrustedSender' }));
    const both = await Promise.all([records.release('a', NOON), records.release('a', NOON)]);
    expect(both.filter(Boolean)).toHaveLength(1);
  });

  test('a mail that could not be fetched is in quarantine from the start', async () => {
    await records.insert(newMail('a', { quarantineReason: 'tooLarge' }));
    expect(await records.due(later(1), 10)).toEqual([]);
    expect(await records.list(['quarantined'], 10)).toMatchObject([
      { id: 'a', reason: 'tooLarge' },
    ]);
  });

  test('mails are listed by state, the newest first, and counted', async () => {
    for (const [n, id] of ['a', 'b', 'c'].entries())
      await records.insert(newMail(id, { receivedAt: later(n) }));
    await records.settle('a', { state: 'quarantined', reason: 'x' });
    await records.settle('c', { state: 'held', reason: 'x' });
    const listed = await records.list(['quarantined', 'held'], 10);
    expect(listed.map(({ id }) => id)).toEqual(['c', 'a']);
    expect(await records.list(['quarantined', 'held'], 1)).toHaveLength(1);
    expect(await records.counts()).toEqual({
      received: 1,
      done: 0,
      quarantined: 1,
      held: 1,
      discarded: 0,
    });
  });

  test('whether mail received up to an instant still waits', async () => {
    await records.insert(newMail('a', { receivedAt: later(5) }));
    expect(await records.waitingUntil(later(4))).toBe(false);
    expect(await records.waitingUntil(later(5))).toBe(true);
    await records.deferUntil('a', later(600));
    expect(await records.waitingUntil(later(5))).toBe(true);
    await records.settle('a', { state: 'quarantined', reason: 'x' });
    expect(await records.waitingUntil(later(5))).toBe(false);
  });

  describe('threads', () => {
    const threaded = async (id: string, messageId: string, caseId?: string, at = NOON) => {
      await records.insert(newMail(id, { messageId, receivedAt: at }));
      const fromIndexOf = `${id}@example.org`;
      await records.settle(id, { state: 'done', fromIndexOf, ...(caseId ? { caseId } : {}) });
    };

    test('lead to the case that a mail went to, and to who wrote it', async () => {
      await threaded('a', '<1@x>', 'c1');
      await threaded('b', '<2@x>');
      expect(await records.threadOf(['<0@x>', '<2@x>', '<1@x>'])).toEqual({
        caseId: 'c1',
        from: 'a@example.org',
      });
      expect(await records.threadOf(['<2@x>'])).toBeUndefined();
      expect(await records.threadOf([])).toBeUndefined();
    });

    test('outlive a change of keys', async () => {
      await threaded('a', '<1@x>', 'c1');
      const after = new InboundMailRecords(rotated(store));
      expect(await after.threadOf(['<1@x>'])).toEqual({ caseId: 'c1', from: 'a@example.org' });
    });

    test('cannot be drawn elsewhere by using a Message-ID again', async () => {
      await threaded('a', '<1@x>', 'c1');
      await threaded('0', '<1@x>', 'c2', later(1));
      expect(await records.threadOf(['<1@x>'])).toMatchObject({ caseId: 'c1' });
    });

    test('take a Message-ID that is read only when the mail is dealt with', async () => {
      await records.insert(newMail('a'));
      const found = { caseId: 'c1', fromIndexOf: 'a@example.org', messageId: '<9@x>' };
      await records.settle('a', { state: 'done', ...found });
      expect(await records.threadOf(['<9@x>'])).toMatchObject({ caseId: 'c1' });
    });
  });

  test('the query for what is due touches only what waits', async () => {
    for (let n = 0; n < 50; n += 1) {
      await records.insert(newMail(`m${n}`));
      if (n > 0) await records.settle(`m${n}`, { state: 'done' });
    }
    if (store.kind === 'mongodb') return;
    const scanned = async () => {
      const status = await store.connection.db!.command({ serverStatus: 1 });
      return (status.metrics as { queryExecutor: { scannedObjects: number } }).queryExecutor
        .scannedObjects;
    };
    const before = await scanned();
    expect(await records.due(later(1), 10)).toHaveLength(1);
    expect(await records.waitingUntil(later(1))).toBe(true);
    expect((await scanned()) - before).toBeLessThanOrEqual(2);
  });
});

describeOnStores('positions in mailboxes', (open) => {
  const MAILBOX = 'desk@imap.example.com/INBOX';
  let positions: MailboxPositions;
  let store: Store;
  beforeEach(async () => {
    store = await open();
    positions = new MailboxPositions(store);
  });

  test('begin with the first look, which another process cannot move', async () => {
    expect(await positions.of(MAILBOX)).toBeUndefined();
    const both = await Promise.all([
      positions.begin(MAILBOX, '7', 10, NOON),
      positions.begin(MAILBOX, '7', 12, later(1)),
    ]);
    const kept = await positions.of(MAILBOX);
    expect(both).toEqual([kept, kept]);
  });

  test('move on, never back, and only under their UIDVALIDITY', async () => {
    await positions.begin(MAILBOX, '7', 10, NOON);
    await positions.moveTo(MAILBOX, '7', 12);
    await positions.moveTo(MAILBOX, '7', 11);
    await positions.moveTo(MAILBOX, '8', 99);
    await positions.polled(MAILBOX, '7', later(2));
    await positions.polled(MAILBOX, '7', later(1));
    expect(await positions.of(MAILBOX)).toEqual({
      uidValidity: '7',
      lastUid: 12,
      firstLookAt: NOON,
      lastPolledAt: later(2),
    });
  });

  test('start again when the server counts anew', async () => {
    const from = await positions.begin(MAILBOX, '7', 10, NOON);
    const recount = { untilUid: 5, notBefore: later(-60) };
    const anew = await positions.recount(MAILBOX, from, '8', recount);
    expect(anew).toEqual({ ...from, uidValidity: '8', lastUid: 0, recount });
    await positions.moveTo(MAILBOX, '8', 3);
    expect(await positions.recount(MAILBOX, from, '8', recount)).toMatchObject({ lastUid: 3 });
  });

  test('do not tell whose mailbox it is', async () => {
    await positions.begin(MAILBOX, '7', 10, NOON);
    const stored = await store.connection.collection('mailboxPositions').find().toArray();
    expect(JSON.stringify(stored)).not.toContain('example');
  });
});

describe('files of mails', () => {
  let directory: string;
  let rawMails: RawMails;
  const vault = vaultOf([STORE_KEY]);
  beforeEach(async () => {
    directory = join(await mkdtemp(join(tmpdir(), 'mail-in-')), 'mail-in');
    rawMails = new RawMails(directory, vault);
  });
  afterEach(() => rm(join(directory, '..'), { recursive: true }));

  test('keep every byte, sealed, for the owner alone', async () => {
    const raw = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n % 256));
    await rawMails.keep('a', raw);
    expect((await rawMails.read('a')).equals(raw)).toBe(true);
    expect(await readdir(directory)).toEqual(['a.sealed']);
    const { mode } = await stat(join(directory, 'a.sealed'));
    expect(mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect((await readFile(join(directory, 'a.sealed'))).includes(raw.subarray(0, 64))).toBe(false);
  });

  test('are read with a key of before, and not with a key that is gone', async () => {
    await rawMails.keep('a', Buffer.from('words'));
    const after = new RawMails(directory, vaultOf([OTHER_KEY, STORE_KEY]));
    expect((await after.read('a')).toString()).toBe('words');
    await expect(new RawMails(directory, vaultOf([OTHER_KEY])).read('a')).rejects.toThrow('key');
  });

  test('that were changed or exchanged are not read', async () => {
    await rawMails.keep('a', Buffer.from('words'));
    const bytes = await readFile(join(directory, 'a.sealed'));
    await writeFile(join(directory, 'b.sealed'), bytes);
    await expect(rawMails.read('b')).rejects.toThrow();
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(join(directory, 'a.sealed'), bytes);
    await expect(rawMails.read('a')).rejects.toThrow();
  });

  test('are removed, also twice', async () => {
    await rawMails.keep('a', Buffer.from('words'));
    await rawMails.remove('a');
    await rawMails.remove('a');
    expect(await readdir(directory)).toEqual([]);
  });

  describe('that a crash left behind', () => {
    const olden = async (...names: string[]) => {
      for (const name of names) await utimes(join(directory, name), later(-120), later(-120));
    };
    const keepAll = async (...ids: string[]) => {
      for (const id of ids) await rawMails.keep(id, Buffer.from(id));
    };
    const knows =
      (...ids: string[]) =>
      async (asked: readonly string[]) =>
        new Set(asked.filter((id) => ids.includes(id)));

    test('go when they are old and have no record', async () => {
      await keepAll('known', 'left', 'fresh');
      await writeFile(join(directory, '.x.1.1.draft'), 'half');
      await olden('known.sealed', 'left.sealed', '.x.1.1.draft');
      await utimes(join(directory, 'fresh.sealed'), NOON, NOON);
      expect(await rawMails.prune(later(-60), knows('known'))).toBe(2);
      expect((await readdir(directory)).sort()).toEqual(['fresh.sealed', 'known.sealed']);
    });

    test('stay when the store knows none of them, since it is then another store', async () => {
      await keepAll('a', 'b');
      await olden('a.sealed', 'b.sealed');
      expect(await rawMails.prune(later(-60), knows())).toBe(0);
      expect(await readdir(directory)).toHaveLength(2);
    });

    test('are none where there is no folder yet', async () => {
      expect(await rawMails.prune(later(-60), knows())).toBe(0);
    });
  });
});

describe('what tells one message from another', () => {
  const mail = (header: string, body = 'Hello.\r\n') => Buffer.from(`${header}\r\n\r\n${body}`);
  const key = (raw: Buffer): string => identityOf(raw).key;
  const A = 'Message-ID: <a@x>\r\nFrom: r@x';

  test.each([
    ['a server added a header', mail(`Received: by mx\r\n${A}`)],
    ['a server added a line end', mail(A, 'Hello.\r\n\r\n')],
    ['the field is written otherwise', mail('From: r@x\r\nmessage-id:\r\n <a@x>')],
  ])('the same message, though %s', (_what, raw) => {
    expect(key(raw)).toBe(key(mail(A)));
  });

  test.each([
    ['its Message-ID with another body', mail(A, 'Bye.')],
    ['its body with another Message-ID', mail('Message-ID: <b@x>\r\nFrom: r@x')],
    ['the same without Message-ID', mail('From: r@x')],
  ])('another message: %s', (_what, raw) => {
    expect(key(raw)).not.toBe(key(mail(A)));
  });

  test('two mails without an empty line are two', () => {
    expect(key(Buffer.from('words of one'))).not.toBe(key(Buffer.from('words of another')));
  });

  test('without Message-ID, sender, date and subject tell', () => {
    const dated = (day: number) => mail(`From: r@x\r\nDate: ${day} Nov 2026\r\nSubject: Hi`);
    expect(key(dated(1))).toBe(key(dated(1)));
    expect(key(dated(1))).not.toBe(key(dated(2)));
    expect(identityOf(dated(1)).messageId).toBeUndefined();
  });

  test.each([
    ['Message-ID: <a@x>', '<a@x>'],
    ['Message-ID: a@x', '<a@x>'],
    ['Message-ID: <a@x> (added by mx)', '<a@x>'],
    ['Message-ID: <a@\r\n x>', '<a@x>'],
    ['Message-ID:', undefined],
    ['X-Message-ID: <a@x>', undefined],
    ['Subject: x\r\n Message-ID: <a@x>', undefined],
    ['Message-ID: <a@x>\r\nMessage-ID: <b@x>', '<a@x>'],
  ])('%j holds the Message-ID %s', (header, expected) => {
    expect(identityOf(mail(header)).messageId).toBe(expected);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['NUL bytes', Buffer.alloc(5_000_000)],
    ['one line without end', Buffer.alloc(5_000_000, 'x')],
    ['line ends alone', Buffer.alloc(5_000_000, '\r\n')],
    ['spaces', Buffer.alloc(5_000_000, ' ')],
    ['open brackets', Buffer.concat([Buffer.from('Message-ID: '), Buffer.alloc(5_000_000, '<')])],
    ['folded lines', Buffer.from(`Message-ID: <a${'\r\n b'.repeat(300_000)}`)],
  ])('there is an answer at once for %s', (_what, raw) => {
    const began = performance.now();
    expect(identityOf(raw).key).toMatch(/\0[\w-]{43}$/);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  test('the values of a field are unfolded and in their order', () => {
    const header = headerOf(mail('To: a@x,\r\n\tb@x\r\nCc: c@x\r\nto: d@x', 'To: e@x'));
    expect(valuesOf(header, 'to')).toEqual(['a@x, b@x', 'd@x']);
  });
});

describeOnStores('taking mails in', (open) => {
  const mail = (changes: Partial<IncomingMail> = {}): IncomingMail => ({
    raw: Buffer.from('Message-ID: <1@x>\r\nSubject: Hi\r\n\r\nHello.\r\n'),
    envelope: { from: 'rina@example.org', to: ['info@comantra.net'] },
    door: 'smtp',
    receivedAt: NOON,
    ...changes,
  });
  let directory: string;
  let store: Store;
  let records: InboundMailRecords;
  let rawMails: RawMails;
  const log = keptLog();
  const kicks = { count: 0 };
  const intakeOver = (given: InboundMailRecords = records): MailIntake =>
    new MailIntake(given, rawMails, countedIds(String(Math.random())), log, {
      accepts: async () => true,
      onMail: () => (kicks.count += 1),
    });
  beforeEach(async () => {
    store = await open();
    records = new InboundMailRecords(store);
    await records.ensureIndexes();
    directory = await mkdtemp(join(tmpdir(), 'mail-in-'));
    rawMails = new RawMails(join(directory, 'in'), store.vault);
    log.lines.length = 0;
    kicks.count = 0;
  });
  afterEach(() => rm(directory, { recursive: true }));
  const files = () => readdir(join(directory, 'in')).catch(() => []);

  test('keeps the mail and its record, and tells whoever deals with it', async () => {
    expect(await intakeOver().take(mail())).toBe('taken');
    const [record] = await records.due(NOON, 10);
    expect(record).toMatchObject({ door: 'smtp', bytes: mail().raw.length });
    expect((await rawMails.read(record!.id)).equals(mail().raw)).toBe(true);
    expect(kicks.count).toBe(1);
  });

  test('the same message again is known, and leaves no file', async () => {
    const intake = intakeOver();
    await intake.take(mail());
    expect(await intake.take(mail({ receivedAt: later(1) }))).toBe('known');
    expect(await files()).toHaveLength(1);
    expect(kicks.count).toBe(1);
  });

  test('freescout#1350: two fetchers race, one record and one whole mail', async () => {
    const intakes = [intakeOver(), intakeOver()];
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, n) => intakes[n % 2]!.take(mail())),
    );
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1);
    const [record, ...more] = await records.due(NOON, 10);
    expect(more).toEqual([]);
    expect(await files()).toEqual([`${record!.id}.sealed`]);
    expect(kicks.count).toBe(1);
  });

  test('a mail that is too large is refused and leaves nothing', async () => {
    const raw = Buffer.alloc(LARGEST_INBOUND_BYTES + 1);
    await expect(intakeOver().take(mail({ raw }))).rejects.toMatchObject({ code: 'TooLarge' });
    expect(await files()).toEqual([]);
  });

  test('when the disk refuses, the sender is to try again, and nothing is recorded', async () => {
    await writeFile(join(directory, 'in'), 'a file where the folder should be');
    await expect(intakeOver().take(mail())).rejects.toMatchObject({ code: 'StoreUnavailable' });
    expect(await records.counts()).toMatchObject({ received: 0 });
    await rm(join(directory, 'in'));
    expect(await intakeOver().take(mail())).toBe('taken');
  });

  test('when the record is refused, the file goes too', async () => {
    const failing = new InboundMailRecords(store);
    failing.insert = async () => {
      throw new Error('The store is down.');
    };
    await expect(intakeOver(failing).take(mail())).rejects.toMatchObject({
      code: 'StoreUnavailable',
    });
    expect(await files()).toEqual([]);
    expect(await intakeOver().take(mail())).toBe('taken');
  });

  test('when only the reply of the store was lost, the mail stays whole and is known next time', async () => {
    const losing = new InboundMailRecords(store);
    losing.insert = async (given) => {
      await records.insert(given);
      throw new Error('The connection broke.');
    };
    await expect(intakeOver(losing).take(mail())).rejects.toMatchObject({
      code: 'StoreUnavailable',
    });
    expect(await intakeOver().take(mail())).toBe('known');
    const [record] = await records.due(NOON, 10);
    expect((await rawMails.read(record!.id)).equals(mail().raw)).toBe(true);
  });

  test('it is known which mails are on their way in', async () => {
    const intake = intakeOver();
    const taken = intake.take(mail({ receivedAt: later(5) }));
    expect(intake.takingUntil(later(4))).toBe(false);
    expect(intake.takingUntil(later(5))).toBe(true);
    await taken;
    expect(intake.takingUntil(later(5))).toBe(false);
  });

  test('a mail that cannot be fetched is noted once, for a person', async () => {
    const noted = {
      key: 'mailbox/1',
      envelope: { from: '', to: [] },
      receivedAt: NOON,
      bytes: 30_000_000,
      reason: 'tooLarge' as const,
    };
    const intake = intakeOver();
    expect(await intake.noteUnfetched(noted)).toBe('taken');
    expect(await intake.noteUnfetched(noted)).toBe('known');
    expect(await records.list(['quarantined'], 10)).toMatchObject([
      { door: 'imap', reason: 'tooLarge', bytes: 30_000_000 },
    ]);
  });

  test('what a crash left between file and record is dropped later', async () => {
    const intake = intakeOver();
    await intake.take(mail());
    await rawMails.keep('left', Buffer.from('half a mail'));
    await intake.dropLeftovers(new Date(Date.now() + 60_000));
    expect(await files()).toEqual([`${(await records.due(NOON, 1))[0]!.id}.sealed`]);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ event: 'mail.leftoversDropped', fields: { count: 1 } }),
    );
  });
});
