import { readStaffCommand, type StaffCommand } from '../../services/inbound/staffCommand';
import { cpuMilliseconds } from '../support/cpuTime';

/** A Monday, half past ten in the evening in Kolkata. */
const NOW = new Date('2026-11-30T17:00:00Z');
const ZONE = 'Asia/Kolkata';
const read = (text: string): StaffCommand => readStaffCommand(text, NOW, ZONE);

describe('what staff ask for on the first line', () => {
  test.each<[string, StaffCommand]>([
    ['', { kind: 'empty' }],
    [' \n\t\n\u200b', { kind: 'empty' }],
    ['Dear Ms Rao,\n\nit is gone.\n', { kind: 'answer', text: 'Dear Ms Rao,\n\nit is gone.' }],
    ['\n\n  - indented\n', { kind: 'answer', text: '  - indented' }],
    ['#note Called her; no reply.', { kind: 'note', text: 'Called her; no reply.' }],
    ['#note\nCalled her.\n\nNo reply.', { kind: 'note', text: 'Called her.\n\nNo reply.' }],
    ['\n\n # NOTE: called', { kind: 'note', text: 'called' }],
    ['＃note called', { kind: 'note', text: 'called' }],
    ['#note', { kind: 'note', text: '' }],
    ['#Note.\nCalled', { kind: 'note', text: 'Called' }],
    ['#close', { kind: 'close', reason: '' }],
    ['#Close: answered by telephone', { kind: 'close', reason: 'answered by telephone' }],
    ['#close\nduplicate\nof CPD-2', { kind: 'close', reason: 'duplicate\nof CPD-2' }],
    ['#spam', { kind: 'file', as: 'spam' }],
    ['#spam: a newsletter', { kind: 'file', as: 'spam' }],
    ['spam', { kind: 'file', as: 'spam' }],
    ['SPAM.\n', { kind: 'file', as: 'spam' }],
    ['#not-privacy', { kind: 'file', as: 'notPrivacy' }],
    ['#not privacy', { kind: 'file', as: 'notPrivacy' }],
    ['#notprivacy.', { kind: 'file', as: 'notPrivacy' }],
    ['# Not about privacy', { kind: 'file', as: 'notPrivacy' }],
    ['#send', { kind: 'send' }],
    ['#send it please\n\nRegards, Anita', { kind: 'send' }],
    ['#Discard.', { kind: 'discard' }],
  ])('%j', (text, command) => {
    expect(read(text)).toEqual(command);
  });

  test.each<[string, string]>([
    ['#ntoe Called her.', 'ntoe'],
    ['#notes: called', 'notes'],
    ['#sendto finance', 'sendto'],
    ['#send this to finance', 'send'],
    ['#discard only the second part', 'discard'],
    ['#not', 'not'],
    ['# Dear Ms Rao', 'Dear'],
    ['#नोट फ़ोन किया', 'नोट'],
    ['#closed', 'closed'],
    [`#${'a'.repeat(500)}`, 'a'.repeat(40)],
  ])('a slip of the pen is never published: %j', (text, word) => {
    expect(read(text)).toEqual({ kind: 'unknown', word });
  });

  test.each([
    '#1 of your questions: yes.',
    '#२ का उत्तर: हाँ',
    '## Your accounts\nboth gone',
    '#',
    'See below\n#note this is no command',
    'Spam was not sent by us.',
    'spam is what you got',
    'close it',
  ])('an answer: %j', (text) => {
    expect(read(text)).toEqual({ kind: 'answer', text });
  });
});

describe('#extend', () => {
  test.each<[string, string | undefined, string]>([
    ['#extend 2026-12-10 because the bank is closed', '2026-12-10', 'because the bank is closed'],
    ['#extend 2026/12/10: reason', '2026-12-10', 'reason'],
    ['#extend 10 December 2026: reason', '2026-12-10', 'reason'],
    ['#extend: 10th December, waiting for the bank', '2026-12-10', 'waiting for the bank'],
    ['#extend December 10, 2026 - reason', '2026-12-10', 'reason'],
    ['#extend 10 Dec reason', '2026-12-10', 'reason'],
    ['#extend to 10/12 the bank is closed', '2026-12-10', 'the bank is closed'],
    ['#extend until 10.12.2026\nthe bank\nis closed', '2026-12-10', 'the bank\nis closed'],
    ['#extend\n10-12-26\nthe bank is closed', '2026-12-10', 'the bank is closed'],
    ['#extend till १०/१२/२०२६ बैंक बंद है', '2026-12-10', 'बैंक बंद है'],
    ['#extend 30/11 reason', '2026-11-30', 'reason'],
    ['#extend 29/11 reason', '2027-11-29', 'reason'],
    ['#extend 3 January reason', '2027-01-03', 'reason'],
    ['#extend 29/2 reason', '2028-02-29', 'reason'],
    ['#extend by Friday because of a holiday', '2026-12-04', 'because of a holiday'],
    ['#extend tomorrow reason', '2026-12-01', 'reason'],
    ['#extend 2025-01-01 reason', '2025-01-01', 'reason'],
    ['#extend 2026-12-10', '2026-12-10', ''],
    ['#extend', undefined, ''],
    ['#extend because the bank is closed', undefined, 'because the bank is closed'],
    ['#extend because they answer on 12 December', undefined, 'because they answer on 12 December'],
    ['#extend 31/02 reason', undefined, '31/02 reason'],
    ['#extend 12/25 reason', undefined, '12/25 reason'],
    ['#extend 2026-13-01 reason', undefined, '2026-13-01 reason'],
    ['#extend 5 business days', undefined, '5 business days'],
    ['#extend December reason', undefined, 'December reason'],
  ])('%j', (text, date, reason) => {
    expect(read(text)).toEqual({ kind: 'extend', ...(date ? { date } : {}), reason });
  });

  test('"tomorrow" is the company\'s tomorrow, not that of UTC', () => {
    const late = new Date('2026-11-30T20:00:00Z');
    expect(readStaffCommand('#extend tomorrow x', late, ZONE)).toMatchObject({
      date: '2026-12-02',
    });
    expect(readStaffCommand('#extend tomorrow x', late, 'UTC')).toMatchObject({
      date: '2026-12-01',
    });
  });

  test('200,000 characters are read at once', () => {
    const time = cpuMilliseconds(() => {
      read(`#extend ${'10 December '.repeat(17_000)}`);
      read(`#${'-'.repeat(200_000)}`);
      read(`#note ${' .'.repeat(100_000)}`);
    });
    expect(time).toBeLessThan(10_000);
  });
});
