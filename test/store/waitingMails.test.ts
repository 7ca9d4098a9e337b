import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InboundMailRecords } from '../../models/inboundMails';
import { RawMails } from '../../models/rawMails';
import { DeskNews, type DeskEvent } from '../../services/deskNews';
import { WaitingMails } from '../../services/inbound/waitingMails';
import { CASE_ID, caseDesk, toOpen, type CaseDesk } from '../support/caseDesk';
import { describeOnStores } from '../support/stores';

const RAW = [
  'From: Rina <rina@example.org>',
  'To: info@comantra.net',
  'Subject: My card 4111 1111 1111 1111',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Hello\u001b[2J there, card 4111 1111 1111 1111.',
  '--b',
  'Content-Type: text/plain; name="../../etc/passwd"',
  'Content-Disposition: attachment; filename="../../etc/passwd"',
  '',
  'x',
  '--b--',
  '',
].join('\r\n');

describeOnStores('a mail that waits for a person', (open) => {
  let desk: CaseDesk;
  let mails: WaitingMails;
  let records: InboundMailRecords;
  let directory: string;
  const heard: DeskEvent[] = [];
  beforeEach(async () => {
    const store = await open();
    desk = await caseDesk(store);
    records = new InboundMailRecords(store);
    await records.ensureIndexes();
    directory = mkdtempSync(path.join(tmpdir(), 'waiting-'));
    const rawMails = new RawMails(directory, store.vault);
    await rawMails.keep('m1', Buffer.from(RAW));
    const news = new DeskNews();
    heard.splice(0);
    news.listen((event) => heard.push(event));
    mails = new WaitingMails({
      ...{ records, rawMails, news, audit: desk.audit, clock: desk.clock },
      cases: desk.records.cases,
    });
    await desk.cases.open(toOpen());
    await take('m1');
    await records.settle('m1', { state: 'quarantined', reason: 'otherSender', caseId: CASE_ID });
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });
  const take = (id: string, quarantineReason?: string) =>
    records.insert({
      ...{ id, door: 'smtp', receivedAt: desk.clock.now(), bytes: RAW.length, messageKey: id },
      envelope: { from: 'rina@example.org', to: ['info@comantra.net'] },
      ...(quarantineReason ? { quarantineReason } : {}),
    });
  const stateOf = async (id: string) => (await records.byId(id))?.state;

  test('is listed with the reason in words and its case; one that is dealt with is not', async () => {
    await take('m2');
    const [waiting, ...others] = await mails.list();
    expect(others).toEqual([]);
    expect(waiting).toMatchObject({
      ...{ record: { id: 'm1' }, why: 'Somebody else than the customer wrote it' },
      about: { id: CASE_ID },
    });
  });

  test('shows its words without card numbers and what a terminal obeys', async () => {
    const { record } = (await mails.byId('m1'))!;
    const words = await mails.words(record);
    expect(words).toMatchObject({
      from: ['rina@example.org'],
      subject: 'My card •••• •••• •••• 1111',
    });
    expect(words?.text.trim()).toBe('Hello[2J there, card •••• •••• •••• 1111.');
    const [file, ...more] = await mails.files('m1');
    expect(more).toEqual([]);
    expect(file?.name).not.toMatch(/[/\\]/);
    expect(file?.content.toString().trim()).toBe('x');
  });

  test('that was never fetched has no words and no files', async () => {
    await take('m3', 'tooLarge');
    const found = (await mails.byId('m3'))!;
    expect(found.why).toBe('It was too large to be fetched');
    expect(await mails.words(found.record)).toBeUndefined();
    expect(await mails.files('m3')).toEqual([]);
    expect(await mails.byId('m4')).toBeUndefined();
  });

  test.each([
    ['let through', (by: string) => mails.release('m1', by), 'received', 'mail.released'],
    ['thrown away', (by: string) => mails.discard('m1', by), 'discarded', 'mail.discarded'],
  ])('is %s by one of staff, once', async (_what, deed, state, action) => {
    const outcomes = await Promise.all([1, 2, 3].map(() => deed('manager@example.com')));
    expect(outcomes.sort()).toEqual(['done', 'notWaiting', 'notWaiting']);
    expect(await stateOf('m1')).toBe(state);
    const [entry, ...more] = await desk.audit.entriesAbout('mail', 'm1');
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      ...{ action, by: desk.audit.fingerprint('manager@example.com') },
      facts: { caseId: CASE_ID },
    });
    expect(heard).toEqual([{ kind: 'changed', what: 'mails' }]);
  });

  test('is not there for a deed when nobody knows it', async () => {
    expect(await mails.release('m9', 'operator', 'case')).toBe('notWaiting');
    expect(await mails.discard('m9', 'operator')).toBe('notWaiting');
    expect(heard).toEqual([]);
  });
});
