import { createHash } from 'node:crypto';
import { simpleParser, type ParsedMail } from 'mailparser';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestClock } from '../support/doubles';
import { startImapServer, type ImapServer } from '../support/imapServer';
import { startProduct, type RunningProduct } from '../support/product';

const MONDAY = new Date('2026-11-23T04:30:00Z');
const DUE = new Date('2026-11-30T12:30:00Z');
const MINUTE_MS = 60_000;

let clock: TestClock;
let server: ImapServer;
let desk: RunningProduct;

beforeEach(async () => {
  clock = new TestClock(MONDAY);
  server = await startImapServer();
  const env = { IMAP_URL: server.url, INBOUND_DMARC: 'false' };
  desk = await startProduct({ clock, env });
  await desk.product.sweep();
});
afterEach(async () => {
  await desk.close();
  await server.close();
});

const mailOf = (words: string, to = 'info@comantra.net'): string =>
  [
    'Return-Path: <rina@example.org>',
    `Message-ID: <${createHash('sha256').update(words).digest('hex').slice(0, 12)}@example.org>`,
    'From: Rina <rina@example.org>',
    `To: ${to}`,
    'Subject: My data',
    '',
    words,
    '',
  ].join('\r\n');

async function mails(): Promise<ParsedMail[]> {
  const { mailDirectory } = desk.product;
  const files = readdirSync(mailDirectory).filter((file) => file.endsWith('.eml'));
  return Promise.all(files.map((file) => simpleParser(readFileSync(join(mailDirectory, file)))));
}

const subjects = async (): Promise<string[]> => (await mails()).map(({ subject }) => subject ?? '');

describe('a desk that reads a mailbox', () => {
  test('opens a case from a mail in it, received when the mailbox got it', async () => {
    server.deliver(mailOf('Where is my address kept?'), {
      internalDate: new Date(MONDAY.getTime() - 3 * MINUTE_MS),
    });
    await desk.product.sweep();
    await desk.product.sweep();
    const [found] = await desk.product.office.records.cases.openedSince(new Date(0), 5);
    expect(found?.channel).toBe('mail');
    expect(found?.rounds[0]?.promise).toMatchObject({
      receivedAt: new Date(MONDAY.getTime() - 3 * MINUTE_MS),
      dueAt: DUE,
    });
  });

  test('calls nothing missed while the mailbox cannot be read, and alarms staff once', async () => {
    server.deliver(mailOf('Where is my address kept?'));
    await desk.product.sweep();
    await desk.product.sweep();
    await server.close();
    clock.set(new Date(DUE.getTime() + 5 * MINUTE_MS));
    await desk.product.sweep();
    clock.advance(20 * MINUTE_MS);
    await desk.product.sweep();
    await desk.product.sweep();
    const said = await subjects();
    expect(said.filter((subject) => subject.includes('MISSED'))).toEqual([]);
    // To the manager and to the escalation address.
    expect(said.filter((subject) => subject.includes('cannot read its mailbox'))).toHaveLength(2);
    expect(said.filter((subject) => subject.includes('No answer yet'))).toHaveLength(2);
  });
});
