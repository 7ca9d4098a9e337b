import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createLog } from '../../bot/log';
import { openStore } from '../../models/store';
import { documentsOf, filesOf, inBytes } from '../support/kept';
import { startProduct, TEST_KEY, type RunningProduct } from '../support/product';
import {
  BY_MAIL,
  ESCALATION,
  MANAGER,
  NEW,
  playRecordChanges,
  PRIYA,
  type Played,
} from '../support/recordPlay';
import { codeIn, mailsIn, type SentMail } from '../support/sentMails';

/** Whatever would betray one of these values, however it is written. */
const TRACES =
  /priyamvada|zanzibar|quillfeather|marmalade|timbuktoo|persimmon|katmandoo|tamarind|xylophone|bartholomew|98300\W{0,2}55667|98301\W{0,2}12233/i;
/** What the customer had on record, or has now. */
const ON_RECORD = /zanzibar|marmalade|timbuktoo|persimmon|katmandoo|tamarind|55667|12233|8642/i;
/** Drawn by chance: hashes, ids and what is sealed hold any six digits now and then. */
const DRAWN =
  /test\.[\w-]{30,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-f]{24,64}\b|"v?[\w-]{43}(?=["-])/g;
/** What a link in a mail, or a reply to it, is known by. */
const TOKEN = /(?:\/link\/|#continue=|\+)([\w-]{26,43})/g;

describe('a record that is changed', () => {
  const lines: string[] = [];
  const directory = mkdtempSync(join(tmpdir(), 'desk-record-'));
  let running: RunningProduct;
  let played: Played;
  let mails: SentMail[];
  let codes: string[];
  let tokens: string[];

  beforeAll(async () => {
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const store = await openStore({ directory, keys: [TEST_KEY] });
    const log = createLog('info', undefined, destination);
    running = await startProduct({ directory, store, log });
    played = await playRecordChanges(running);
    mails = await mailsIn(running.product.mailDirectory);
    codes = mails.flatMap((mail) => codeIn(mail) ?? []);
    tokens = mails.flatMap(({ text, parsed }) =>
      [...`${text} ${parsed.replyTo?.text ?? ''}`.matchAll(TOKEN)].map(([, token = '']) => token),
    );
  }, 180_000);
  afterAll(() => running.close());

  /** Everything that must stand nowhere in clear, but in the mails and in the chat. */
  function betraying(text: string): string[] {
    const secrets = [...codes, played.wrongCode].map(
      (code) => new RegExp(`(?<!\\d)${code}(?!\\d)`),
    );
    return [
      ...(TRACES.exec(text) ?? []),
      ...secrets.flatMap((secret) => secret.exec(text.replace(DRAWN, '…')) ?? []),
      ...tokens.filter((token) => text.includes(token)),
    ];
  }

  test('was changed in all that was asked for, and is held still', async () => {
    const record = await running.product.office.customers.byId(PRIYA.id);
    expect(record).toMatchObject({
      ...{ name: NEW.name, email: NEW.email, phone: '+919830112233' },
      ...{ mailingAddress: NEW.address, freeze: { by: 'link' } },
    });
    expect(record?.shippingAddress).toContain('9 Tamarind Terrace');
    expect(codes).toHaveLength(4);
    expect(tokens.filter((token) => token.length === 43).length).toBeGreaterThan(5);
    expect(tokens.filter((token) => token.length === 26)).toHaveLength(mails.length);
  });

  test('stands nowhere in clear among the documents of the store', async () => {
    const documents = await documentsOf(running.store);
    expect(documents.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...['activities', 'attempts', 'auditEntries', 'botState', 'cases', 'conversations'],
        ...['customers', 'links', 'outbox', 'reportDrafts', 'updateRequests', 'verifications'],
      ]),
    );
    for (const { name, text } of documents) expect([name, ...betraying(text)]).toEqual([name]);
  });

  test('stands nowhere in clear in the files of the desk, but in those of the mail tray', () => {
    const files = filesOf(directory);
    expect(files.some(({ name }) => name.startsWith('mail-in/'))).toBe(true);
    expect(files.filter(({ bytes }) => bytes.includes(PRIYA.id))).toHaveLength(1);
    for (const { name, bytes } of files)
      expect([name, ...betraying(name), ...inBytes(bytes, betraying)]).toEqual([name]);
  });

  test('never reaches the log', () => {
    expect(lines.join('')).toContain('case.opened');
    expect(lines.flatMap(betraying)).toEqual([]);
  });

  const toStaff = (): SentMail[] => mails.filter(({ to }) => [MANAGER, ESCALATION].includes(to));
  const isCaseMail = ({ subject }: SentMail): boolean => /\[PD-\w{4}-\w{4}\]/.test(subject);

  const isByMail = ({ subject }: SentMail): boolean =>
    subject.includes('a mailbox that was proved');

  test('is named to staff by fields and ids alone', () => {
    const about = toStaff().filter((mail) => !isCaseMail(mail) && !isByMail(mail));
    const subjects = about.map(({ subject }) => subject.replace(/: [0-9a-f]{8}$/, ''));
    expect(new Set(subjects)).toEqual(
      new Set([
        ...['An update request waits for a person', 'An update request waits for a second person'],
        'A customer record is held still',
      ]),
    );
    for (const { subject, text, raw } of about)
      expect([subject, ...(TRACES.exec(`${text}${raw}`) ?? [])]).toEqual([subject]);
  });

  test('is told to staff, in a case or by mail, no further than the customer told it', () => {
    const about = toStaff().filter((mail) => isCaseMail(mail) || isByMail(mail));
    expect(about).toHaveLength(3);
    expect(about.find(isByMail)?.text).toContain(BY_MAIL);
    for (const { subject, text } of about) {
      // How to write to them.
      const told = text.replaceAll(PRIYA.email!, '').replaceAll(NEW.email, '');
      expect([subject, ...(ON_RECORD.exec(told) ?? [])]).toEqual([subject]);
      expect([subject, ...(TRACES.exec(told) ?? [])]).toEqual([subject]);
    }
  });

  test('is shown to the customer in part only, and to the mailbox on file until then not at all', () => {
    const confirming = mails.filter(({ subject }) => subject.includes('has been changed'));
    expect(confirming.map(({ to }) => to)).toContain(PRIYA.email);
    for (const { to, text } of confirming) {
      expect([to, ...(TRACES.exec(text) ?? [])]).toEqual([to]);
      if (to === PRIYA.email) expect(text).not.toMatch(/•|ends in|700\d{3}|@/);
    }
  });

  test('is proved by codes that stand in their own mails, once, and in no subject', () => {
    for (const code of [...codes, played.wrongCode]) {
      const written = new RegExp(
        `(?<!\\d)${code.slice(0, 3)}[^\\d\\n]{0,3}${code.slice(3)}(?!\\d)`,
      );
      expect(mails.filter(({ subject }) => written.test(subject))).toEqual([]);
      expect(mails.filter(({ text }) => written.test(text)).map(({ subject }) => subject)).toEqual(
        code === played.wrongCode ? [] : ['Your code for the Comantra chat'],
      );
    }
  });

  test('has no part in what a child told, of which nothing is left', async () => {
    const said = (await played.child.history()).join('\n');
    expect(said).toContain('I have to stop here');
    expect(said).not.toMatch(TRACES);
    expect(said).not.toContain('I am 11');
    const entries = await running.store.connection
      .collection('auditEntries')
      .find({ action: 'child.stopped' })
      .toArray();
    expect(entries).toHaveLength(1);
  });
});
