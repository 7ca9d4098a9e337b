import { spawnSync } from 'node:child_process';
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { checkFile, runAudit, type AuditOffice } from '../../bot/commands/audit';
import { auditKeys } from '../../bot/secrets';
import { AuditRecords } from '../../models/auditEntries';
import type { Store } from '../../models/store';
import { Audit, type AuditEvent, type ChainPlace } from '../../services/audit';
import { headText, linkHash } from '../../services/auditChain';
import { TestClock } from '../support/doubles';
import { keptLog } from '../support/keptLog';
import { describeOnStores, STORE_KEY } from '../support/stores';

const NOW = new Date('2026-06-15T04:30:00.250Z');
const CASE = '5f0c8f0e-0000-4000-8000-000000000001';
/** A program of the machine; where it is missing, node alone checks signatures. */
const OPENSSL = 'openssl';
const KEYS = auditKeys([STORE_KEY]);
const OTHER_KEYS = auditKeys([{ id: 'k2', secret: Buffer.alloc(32, 9) }]);

const event = (id: string, over: Partial<AuditEvent> = {}): AuditEvent => ({
  id,
  action: 'case.noted',
  at: NOW,
  about: { kind: 'case', id: CASE },
  by: 'desk',
  ...over,
});

describeOnStores('the audit log', (open) => {
  let store: Store;
  let clock: TestClock;
  let audit: Audit;
  const another = (keys = KEYS): Audit =>
    new Audit(new AuditRecords(store), keys, clock, keptLog());
  const rows = () => store.connection.collection<Row>('auditEntries');
  const stored = () => rows().find().sort({ _id: 1 }).toArray();
  const append = async (...ids: string[]): Promise<void> => {
    for (const id of ids) await audit.append(event(id));
  };
  const endOf = async (): Promise<ChainPlace> => {
    const { _id: seq, hash } = (await stored()).at(-1)!;
    return { seq, hash };
  };

  beforeEach(async () => {
    store = await open();
    clock = new TestClock(NOW);
    await new AuditRecords(store).ensureIndexes();
    audit = another();
  });

  describe('takes entries', () => {
    test('of which none is lost, doubled or out of order, a hundred at once from two processes', async () => {
      const writers = [audit, another()];
      await Promise.all(
        Array.from({ length: 100 }, (_, n) => writers[n % 2]!.append(event(`event-${n}`))),
      );
      const found = await stored();
      expect(found.map(({ _id }) => _id)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
      expect(new Set(found.map(({ eventId }) => eventId)).size).toBe(100);
      expect(await another().verify()).toMatchObject({ outcome: 'whole', entries: 100 });
    });

    test('once each, also when two processes tell of the same event at once, and a third later', async () => {
      const other = another();
      await Promise.all(
        [audit, other].flatMap((writer) => ['a', 'b', 'c'].map((id) => writer.append(event(id)))),
      );
      await another().append(event('b', { at: new Date('2027-01-01') }));
      expect((await stored()).map(({ eventId }) => eventId).sort()).toEqual(['a', 'b', 'c']);
      expect(await audit.verify()).toMatchObject({ outcome: 'whole', entries: 3 });
    });

    test('after those that another process added since', async () => {
      await append('a');
      const other = another();
      for (const id of ['b', 'c', 'd']) await other.append(event(id));
      await append('e');
      expect((await stored()).map(({ eventId }) => eventId)).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(await audit.verify()).toMatchObject({ outcome: 'whole', entries: 5 });
    });

    test('whose instant became text while they waited as a stored effect', async () => {
      await audit.append(JSON.parse(JSON.stringify(event('a'))) as AuditEvent);
      expect((await audit.entriesAbout('case', CASE))[0]!.at).toEqual(NOW);
    });

    test.each([
      ['an address', { facts: { to: 'rina@example.org' } }],
      ['a long text', { facts: { why: 'x'.repeat(101) } }],
      ['words in another script', { facts: { why: 'हमारा' } }],
      ['half a character', { facts: { why: '\ud800' } }],
      ['a number that is none', { facts: { count: Number.NaN } }],
      ['a date', { facts: { at: NOW as unknown as string } }],
      ['a list', { facts: { ids: ['a'] as unknown as string } }],
      ['a name with a dot', { facts: { 'a.b': 1 } }],
      ['an operator for a name', { facts: { $set: 1 } }],
      ['an address for who did it', { by: 'rina@example.org' }],
      ['a name for who did it', { by: 'Rina' }],
      ['an address for what it is about', { about: { kind: 'mail', id: 'rina@example.org' } }],
      ['nothing it is about', { about: { kind: 'case', id: '' } }],
      ['an unknown action', { action: 'case.lost' as 'case.noted' }],
      ['no instant', { at: new Date('soon') }],
      ['an address in its id', { id: 'mail-rina@example.org' }],
    ] satisfies [string, Partial<AuditEvent>][])('but none with %s', async (_what, over) => {
      const refused = audit.append(event('a', over));
      await expect(refused).rejects.toMatchObject({ code: 'BadArgument' });
      await expect(refused).rejects.not.toThrow(/rina/i);
      expect(await stored()).toEqual([]);
      await append('b');
      expect(await audit.verify()).toMatchObject({ outcome: 'whole', entries: 1 });
    });

    test('with facts of every kind, which are read again as they were', async () => {
      const facts = {
        zone: 'Asia/Kolkata',
        count: 0.1,
        most: 2 ** 40,
        none: 0,
        late: false,
        text: '',
      };
      await audit.append(event('a', { facts }));
      await audit.append(event('b', { facts: {} }));
      const [first, second] = await audit.entriesAbout('case', CASE);
      expect(first!.facts).toEqual(facts);
      expect(second).not.toHaveProperty('facts');
      expect(await another().verify()).toMatchObject({ outcome: 'whole', entries: 2 });
    });
  });

  describe('is read', () => {
    test('by what an entry is about, and by the case that it names', async () => {
      await append('a');
      await audit.append(event('b', { about: { kind: 'case', id: 'other' } }));
      const mail = { kind: 'mail', id: 'm1' } as const;
      await audit.append(event('c', { action: 'mail.sent', about: mail, facts: { caseId: CASE } }));
      await append('d');
      const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);
      expect(ids(await audit.entriesAbout('case', CASE))).toEqual(['a', 'd']);
      expect(ids(await audit.entriesAbout('mail', 'm1'))).toEqual(['c']);
      expect(ids(await audit.entriesOfCase(CASE))).toEqual(['a', 'c', 'd']);
      expect(await audit.entriesAbout('staff', CASE)).toEqual([]);
    });

    test('with fingerprints in the place of addresses, that only the key can make', async () => {
      const print = audit.fingerprint('Anita@Example.com');
      expect(print).toMatch(/^staff:[0-9a-f]{16}$/);
      expect(another().fingerprint(' anita@example.com')).toBe(print);
      expect(another(OTHER_KEYS).fingerprint('anita@example.com')).not.toBe(print);
      const later = another(auditKeys([{ id: 'k2', secret: Buffer.alloc(32, 9) }, STORE_KEY]));
      expect(later.fingerprints('anita@example.com')).toContain(print);
    });
  });

  describe('is verified', () => {
    beforeEach(() => append('a', 'b', 'c', 'd', 'e'));

    test('as whole with its head, when nothing was done to it', async () => {
      const end = await endOf();
      expect(await audit.verify()).toEqual({ outcome: 'whole', entries: 5, head: end });
      expect(await audit.verify(end)).toMatchObject({ outcome: 'whole' });
      const earlier = { seq: 2, hash: (await stored())[1]!.hash };
      expect(await audit.verify(earlier)).toMatchObject({ outcome: 'whole' });
    });

    test.each([
      ['its action', { action: 'case.closed' }],
      ['its instant', { at: new Date('2026-06-15T04:30:00.251Z') }],
      ['who did it', { by: 'operator' }],
      ['what it is about', { 'about.id': 'other' }],
      ['the id of its event', { eventId: 'z' }],
      ['its facts', { facts: { count: 1 } }],
      ['its hash', { hash: '0'.repeat(64) }],
    ])('as broken where %s was changed', async (_what, change) => {
      await rows().updateOne({ _id: 3 }, { $set: change });
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 3, why: 'changed' });
    });

    test('as broken where an entry was taken out', async () => {
      await rows().deleteOne({ _id: 3 });
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 3, why: 'missing' });
    });

    test('as broken where an entry was taken out and the later ones moved up', async () => {
      const found = await stored();
      await rows().deleteMany({ _id: { $gte: 3 } });
      await rows().insertMany(found.slice(3).map((row) => ({ ...row, _id: row._id - 1 })));
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 3, why: 'changed' });
    });

    test('as broken at its beginning where the first was taken out', async () => {
      await rows().deleteOne({ _id: 1 });
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 1, why: 'missing' });
    });

    test('as broken where two entries have changed places', async () => {
      const [, , third, fourth] = await stored();
      await rows().deleteMany({ _id: { $in: [3, 4] } });
      await rows().insertMany([
        { ...fourth!, _id: 3 },
        { ...third!, _id: 4 },
      ]);
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 3, why: 'changed' });
    });

    test('as broken where all was hashed anew without the key', async () => {
      await rehash(3, { by: 'operator' });
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 3, why: 'forged' });
    });

    test('as broken where somebody with another key went on writing', async () => {
      await another(OTHER_KEYS).append(event('f'));
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 6, why: 'forged' });
    });

    test('as cut against a noted head, which the chain alone cannot show', async () => {
      const noted = await endOf();
      await rows().deleteMany({ _id: { $gt: 3 } });
      expect(await another().verify()).toMatchObject({ outcome: 'whole', entries: 3 });
      expect(await another().verify(noted)).toEqual({
        outcome: 'cut',
        lastSeq: 3,
        expectedSeq: 5,
      });
    });

    test('as broken against a noted head, where the end was written anew with the key', async () => {
      const noted = await endOf();
      await rows().deleteMany({ _id: { $gt: 3 } });
      const forger = another();
      await forger.append(event('other d'));
      await forger.append(event('other e'));
      expect(await another().verify()).toMatchObject({ outcome: 'whole', entries: 5 });
      expect(await another().verify(noted)).toEqual({
        outcome: 'broken',
        seq: 5,
        why: 'otherHead',
      });
    });

    test('and shows a cut by the gap that a process leaves which still knows the end', async () => {
      await rows().deleteMany({ _id: { $gt: 3 } });
      await append('f');
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 4, why: 'missing' });
    });

    test('as whole after a change of keys, old entries by the old key', async () => {
      const ring = [{ id: 'k2', secret: Buffer.alloc(32, 9) }, STORE_KEY];
      const later = another(auditKeys(ring));
      await audit.head();
      await later.append(event('f'));
      expect(await later.verify()).toMatchObject({ outcome: 'whole', entries: 6 });
      expect(await another(OTHER_KEYS).verify()).toMatchObject({ seq: 1, why: 'forged' });
    });

    test('over more entries than one page, and across a gap wider than a page', async () => {
      const many = Array.from({ length: 1100 }, (_, n) => event(`many-${n}`));
      await Promise.all(many.map((each) => audit.append(each)));
      expect(await another().verify()).toMatchObject({ outcome: 'whole', entries: 1105 });
      await rows().deleteMany({ _id: { $gt: 10, $lt: 1100 } });
      expect(await another().verify()).toEqual({ outcome: 'broken', seq: 11, why: 'missing' });
    });

    /** Changes an entry, and makes every hash from there on anew; the macs stay, for want of the key. */
    async function rehash(seq: number, change: Partial<Row>): Promise<void> {
      const found = await stored();
      let before = found[seq - 2]!.hash;
      for (const row of found.slice(seq - 1)) {
        const {
          _id,
          eventId,
          hash: _hash,
          mac: _mac,
          at,
          ...rest
        } = {
          ...row,
          ...(row._id === seq ? change : {}),
        };
        before = linkHash(before, { seq: _id, id: eventId, at: at.toISOString(), ...rest });
        await rows().updateOne({ _id }, { $set: { ...rest, hash: before } });
      }
    }
  });

  describe('has a head', () => {
    test('only when it has an entry', async () => {
      expect(await audit.head()).toBeUndefined();
      expect(await audit.verify()).toEqual({ outcome: 'whole', entries: 0 });
      expect(await audit.verify({ seq: 1, hash: '0'.repeat(64) })).toEqual({
        outcome: 'cut',
        lastSeq: 0,
        expectedSeq: 1,
      });
    });

    test('which tells of entries that another process added', async () => {
      await append('a');
      await another().append(event('b'));
      expect(await audit.head()).toMatchObject({ ...(await endOf()), at: NOW });
    });

    test('signed so that anyone can check it, by node and by openssl', async () => {
      await append('a');
      const head = (await audit.head())!;
      const text = headText(head);
      expect(text).toBe(`comantra-audit-head\n1\n${head.hash}\n2026-06-15T04:30:00.250Z\n`);
      const der = Buffer.from(head.publicKey, 'base64');
      const signature = Buffer.from(head.signature, 'base64');
      const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
      expect(verifySignature(null, Buffer.from(text), key, signature)).toBe(true);
      expect(
        verifySignature(null, Buffer.from(text.replace('\n1\n', '\n2\n')), key, signature),
      ).toBe(false);
      for (const [said, right] of [
        [text, true],
        [text.replace('\n1\n', '\n2\n'), false],
      ] as const)
        expect(byOpenssl(said, signature, der) ?? right).toBe(right);
    });

    test('of which the first of each day is kept, and the log is held against it', async () => {
      await append('a', 'b');
      await audit.head();
      await append('c');
      await audit.head();
      const heads = store.connection.collection('auditHeads');
      expect(await heads.find().toArray()).toMatchObject([{ _id: '2026-06-15', seq: 2 }]);
      clock.advance(24 * 60 * 60 * 1000);
      await audit.head();
      expect(await heads.countDocuments()).toBe(2);
      expect(await audit.verify()).toMatchObject({ outcome: 'whole', entries: 3 });

      await rows().deleteMany({ _id: { $gt: 1 } });
      expect(await another().verify()).toEqual({ outcome: 'cut', lastSeq: 1, expectedSeq: 3 });
      await another().append(event('other b'));
      await another().append(event('other c'));
      expect(await another().verify()).toEqual({ outcome: 'broken', seq: 2, why: 'otherHead' });
    });

    test('that nobody can put in its place without the key', async () => {
      await append('a', 'b');
      const forged = await another(OTHER_KEYS).head();
      expect(forged).toMatchObject({ seq: 2 });
      expect(await audit.verify()).toEqual({ outcome: 'broken', seq: 2, why: 'forgedHead' });
    });
  });

  describe('by command', () => {
    let directory: string;
    beforeEach(async () => {
      directory = mkdtempSync(path.join(tmpdir(), 'desk-audit-'));
      await append('a', 'b');
      await audit.append(event('c', { by: audit.fingerprint('anita@example.com') }));
    });
    afterEach(() => {
      rmSync(directory, { recursive: true, force: true });
    });
    const office = (): AuditOffice => ({
      audit: another(),
      cases: {
        byReference: async (asked) => (asked === 'PD-7K3M-9QXA' ? { id: CASE } : undefined),
      },
      zone: 'Asia/Kolkata',
      staff: ['Anita@example.com', 'bela@example.com'],
    });

    test('lists who did what, and when', async () => {
      const reference = 'PD-7K3M-9QXA';
      const facts = { late: true, reference };
      await audit.append(
        event('d', { action: 'case.answeredAgain', by: 'staff:0123456789abcdef', facts }),
      );
      const { lines, sound } = await runAudit({ action: 'list', reference }, office());
      expect(sound).toBe(true);
      expect(lines).toEqual([
        reference,
        '#1  15 Jun 2026, 10:00:00  case noted  by desk',
        '#2  15 Jun 2026, 10:00:00  case noted  by desk',
        '#3  15 Jun 2026, 10:00:00  case noted  by Anita@example.com',
        '#4  15 Jun 2026, 10:00:00  case answered again  by staff:0123456789abcdef  (late true, reference PD-7K3M-9QXA)',
      ]);
      await expect(
        runAudit({ action: 'list', reference: 'PD-0000-0000' }, office()),
      ).rejects.toMatchObject({ code: 'NotFound' });
    });

    test('verifies, and says in words what is broken', async () => {
      const { hash } = await endOf();
      expect(await runAudit({ action: 'verify' }, office())).toEqual({
        lines: [`The audit log is whole: 3 entries, head 3:${hash}.`],
        sound: true,
      });
      expect(await runAudit({ action: 'verify', expected: { seq: 7, hash } }, office())).toEqual({
        lines: ['The audit log was cut: it ends at entry 3, and there was an entry 7.'],
        sound: false,
      });
      await rows().deleteOne({ _id: 2 });
      const { lines, sound } = await runAudit({ action: 'verify' }, office());
      expect({ line: lines.join(), sound }).toEqual({
        line: expect.stringContaining('broken at entry 2') as string,
        sound: false,
      });
    });

    describe('exports a copy that a third party checks without any key', () => {
      let file: string;
      let expected: ChainPlace;
      let signed: { signature: string; at: Date; publicKey: string };
      beforeEach(async () => {
        file = path.join(directory, 'log.jsonl');
        const { lines } = await runAudit({ action: 'export', out: file }, office());
        const said = (name: string) =>
          lines.find((line) => line.startsWith(`${name}: `))!.slice(name.length + 2);
        expected = await endOf();
        expect(said('Head')).toBe(`${expected.seq}:${expected.hash}`);
        signed = {
          signature: said('Signature'),
          at: new Date(said('Signed at')),
          publicKey: said('Public key'),
        };
      });
      const check = () => checkFile({ action: 'check', file, expected, signed });
      const edit = (change: (lines: string[]) => string[]): void => {
        const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
        writeFileSync(file, `${change(lines).join('\n')}\n`);
      };

      test('readable by nobody else, and following a recipe that needs none of our code', () => {
        expect(statSync(file).mode & 0o777).toBe(0o600);
        let before = '0'.repeat(64);
        for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
          const { hash, mac: _mac, about, ...rest } = JSON.parse(line) as Record<string, unknown>;
          const { kind, id } = about as Record<string, unknown>;
          const fields = { ...rest, about: { id, kind } } as Record<string, unknown>;
          const sorted = Object.fromEntries(
            Object.keys(fields)
              .sort()
              .map((name) => [name, fields[name]]),
          );
          before = createHash('sha256')
            .update(before + JSON.stringify(sorted))
            .digest('hex');
          expect(hash).toBe(before);
        }
        expect(before).toBe(expected.hash);
      });

      test('and finds whole, with the signature', async () => {
        const { lines, sound } = await check();
        expect(sound).toBe(true);
        expect(lines).toEqual([
          expect.stringContaining('whole: 3 entries'),
          'The signature fits the head.',
        ]);
      });

      test.each([
        [
          'a word changed',
          (lines: string[]) =>
            lines.map((line, n) => (n === 1 ? line.replace('noted', 'closed') : line)),
          'broken at entry 2',
        ],
        [
          'a field added',
          (lines: string[]) =>
            lines.map((line, n) => (n === 1 ? line.replace('{', '{"late":true,') : line)),
          'broken at entry 2',
        ],
        [
          'a line taken out',
          (lines: string[]) => lines.filter((_, n) => n !== 1),
          'broken at entry 2: it is missing',
        ],
        ['two lines swapped', ([a, b, c]: string[]) => [a!, c!, b!], 'broken at entry 2'],
        ['the end cut off', (lines: string[]) => lines.slice(0, 2), 'ends at entry 2'],
        ['nothing left', () => [], 'ends at entry 0'],
      ])('and finds broken with %s', async (_what, change, words) => {
        edit(change);
        const { lines, sound } = await check();
        expect(sound).toBe(false);
        expect(lines[0]).toContain(words);
      });

      test('and finds another head, another signature and another key', async () => {
        const other = createHash('sha256').digest('hex');
        const wrongHead = await checkFile({
          action: 'check',
          file,
          expected: { seq: 3, hash: other },
        });
        expect(wrongHead).toMatchObject({ sound: false });
        signed = { ...signed, at: new Date(signed.at.getTime() + 1) };
        expect(await check()).toMatchObject({
          sound: false,
          lines: [expect.stringContaining('whole'), 'The signature does not fit the head.'],
        });
        signed = { ...signed, at: NOW, publicKey: OTHER_KEYS.publicKey };
        expect(await check()).toMatchObject({ sound: false });
        signed = { ...signed, publicKey: 'AAAA' };
        await expect(check()).rejects.toMatchObject({ code: 'BadArgument' });
      });

      test('and is told of a copy that is not there, and of a place where none can be written', async () => {
        const nowhere = path.join(file, 'log.jsonl');
        await expect(checkFile({ action: 'check', file: nowhere, expected })).rejects.toMatchObject(
          { code: 'NotFound' },
        );
        await expect(runAudit({ action: 'export', out: nowhere }, office())).rejects.toMatchObject({
          code: 'BadArgument',
        });
      });

      test('and is told of a line that is no entry', async () => {
        edit((lines) => [...lines, 'hello']);
        await expect(check()).rejects.toMatchObject({
          code: 'BadRequest',
          message: expect.stringContaining('Line 4') as string,
        });
      });
    });
  });

  /** What openssl says of a signature; undefined where there is no openssl that can say it. */
  function byOpenssl(text: string, signature: Buffer, der: Buffer): boolean | undefined {
    const directory = mkdtempSync(path.join(tmpdir(), 'desk-openssl-'));
    const place = (name: string, content: string | Buffer): string => {
      const file = path.join(directory, name);
      writeFileSync(file, content);
      return file;
    };
    try {
      const tried = spawnSync(OPENSSL, [
        ...['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', place('key', der)],
        ...['-rawin', '-in', place('text', text), '-sigfile', place('signature', signature)],
      ]);
      const said = `${String(tried.stdout)}${String(tried.stderr)}`;
      return /Signature Verif(ied|ication Failure)/i.test(said) ? tried.status === 0 : undefined;
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
});

/** An entry as it lies in the store. */
interface Row {
  _id: number;
  eventId: string;
  action: string;
  at: Date;
  about: { kind: string; id: string };
  by: string;
  facts?: Record<string, unknown>;
  hash: string;
  mac: string;
}
