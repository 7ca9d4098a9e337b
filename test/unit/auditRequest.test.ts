import { readAuditRequest } from '../../bot/auditRequest';

const HASH = 'a1'.repeat(32);
const HEAD = `41:${HASH}`;
const read = (line: string) => readAuditRequest(line.split(' ').filter((word) => word !== ''));

describe('the command line of the audit', () => {
  test.each([
    ['verify', { action: 'verify' }],
    [`verify --head ${HEAD}`, { action: 'verify', expected: { seq: 41, hash: HASH } }],
    [
      `verify --head ${HEAD.toUpperCase()}`,
      { action: 'verify', expected: { seq: 41, hash: HASH } },
    ],
    ['list pd-7k3m-9qxa', { action: 'list', reference: 'PD-7K3M-9QXA' }],
    ['head', { action: 'head' }],
    ['export --out log.jsonl', { action: 'export', out: 'log.jsonl' }],
    [
      `check log.jsonl --head ${HEAD}`,
      { action: 'check', file: 'log.jsonl', expected: { seq: 41, hash: HASH } },
    ],
    [
      `check log.jsonl --head ${HEAD} --signature S= --at 2026-06-15T04:30:00.250Z --public-key K=`,
      {
        ...{ action: 'check', file: 'log.jsonl', expected: { seq: 41, hash: HASH } },
        signed: { signature: 'S=', at: new Date('2026-06-15T04:30:00.250Z'), publicKey: 'K=' },
      },
    ],
  ])('is read: %s', (line, request) => {
    expect(read(line)).toEqual(request);
  });

  test.each([
    ['', 'Say what to do'],
    ['burn', 'Say what to do'],
    ['verify it', 'a word too many'],
    ['head now', 'a word too many'],
    ['list PD-7K3M-9QXA too', 'a word too many'],
    ['verify --head 41', 'A head is a number'],
    [`verify --head 0:${HASH}`, 'A head is a number'],
    [`verify --head 41:${HASH}00`, 'A head is a number'],
    ['list', 'Give a reference'],
    ['list 41', 'Give a reference'],
    ['export', 'Say with --out'],
    ['check log.jsonl', 'Give the file'],
    [`check --head ${HEAD}`, 'Give the file'],
    [`check log.jsonl --head ${HEAD} --signature S`, 'all of --signature'],
    [`check log.jsonl --head ${HEAD} --signature S --at soon --public-key K`, 'not an instant'],
    ['verify --haed 41', "Unknown option '--haed'"],
  ])('is refused in words: %s', (line, words) => {
    expect(() => read(line)).toThrow(words);
    expect(() => read(line)).toThrow('Usage: npm run -s audit');
  });
});
