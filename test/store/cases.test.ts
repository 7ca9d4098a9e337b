import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openStore, type Store } from '../../models/store';
import type { Ids } from '../../services/ports';
import { CASE_ID, caseDesk, toOpen, type CaseDesk } from '../support/caseDesk';
import { countedIds } from '../support/doubles';
import { describeOnStores } from '../support/stores';

const OTHER_ID = '22222222-2222-4222-8222-222222222222';
const { email: _email, ...WITHOUT_EMAIL } = toOpen().report;
const REFERENCE = /^PD-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/;

describeOnStores('cases', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
  });

  const stored = () => store.connection.collection('cases').find().toArray();
  const effectIds = async (): Promise<string[]> =>
    (await desk.records.cases.withEffects(50)).flatMap(
      ({ content }) => content?.effects.map(({ id }) => id) ?? [],
    );

  describe('opening one', () => {
    test('stores the case, its promise and its mails in one document', async () => {
      const opened = await desk.cases.open(toOpen());
      expect(opened.reference).toMatch(REFERENCE);
      expect(opened.dueAt).toEqual(new Date('2026-11-30T12:30:00Z'));
      expect(opened.pin).toBeUndefined();
      const documents = await stored();
      expect(documents).toHaveLength(1);
      expect(documents[0]).toMatchObject({
        _id: CASE_ID,
        reference: opened.reference,
        kind: 'breach',
        confirmed: true,
        openedAt: desk.clock.now(),
        revision: 0,
        promises: [{ receivedAt: new Date('2026-11-23T04:00:00Z'), dueAt: opened.dueAt }],
        // Two business days before Monday, at opening time.
        clock: { event: 'warning2', nextAt: new Date('2026-11-26T03:30:00Z') },
        effects: [
          { id: `${CASE_ID}-audit-case.opened`, kind: 'audit' },
          { id: `${CASE_ID}-case.notification`, kind: 'mail' },
          { id: `${CASE_ID}-case.acknowledgement`, kind: 'mail' },
        ],
      });
      expect((await desk.records.cases.byId(CASE_ID))?.rounds).toEqual([
        {
          promise: {
            receivedAt: new Date('2026-11-23T04:00:00Z'),
            dueAt: opened.dueAt,
            calendarHash: desk.terms.hash,
            zone: 'Asia/Kolkata',
            days: 5,
            rule: expect.any(String) as string,
          },
          answers: [],
          extensions: [],
        },
      ]);
      expect(desk.kicks.count).toBe(1);
    });

    test('counts the promise from when it was first told, not from now', async () => {
      desk.clock.set(new Date('2026-11-27T10:00:00Z'));
      const { dueAt } = await desk.cases.open(toOpen());
      expect(dueAt).toEqual(new Date('2026-11-30T12:30:00Z'));
    });

    test('keeps the calendar that the promise pins', async () => {
      await desk.cases.open(toOpen());
      const [document] = await stored();
      const calendars = await store.connection.collection('calendars').find().toArray();
      const [{ calendarHash }] = document!.promises as [{ calendarHash: string }];
      expect(calendars.map(({ _id }) => String(_id))).toEqual([calendarHash]);
    });

    test('twice with the same id, also at once, is one case with one reference', async () => {
      const [first, second] = await Promise.all([
        desk.cases.open(toOpen()),
        desk.cases.open(toOpen()),
      ]);
      expect(second).toEqual(first);
      expect(await desk.cases.open(toOpen({ kind: 'misuse' }))).toEqual(first);
      const documents = await stored();
      expect(documents).toHaveLength(1);
      expect(documents[0]!.kind).toBe('breach');
      expect(await effectIds()).toHaveLength(3);
      expect(desk.kicks.count).toBe(1);
    });

    test('draws another reference when one is taken', async () => {
      // Each reference takes eight draws; the first is drawn again for the second case.
      const drawn = [...Array<number>(16).fill(0), ...Array<number>(8).fill(1)];
      const ids: Ids = { ...countedIds(), int: () => drawn.shift() ?? 2 };
      const { cases } = await caseDesk(store, { ids });
      const first = await cases.open(toOpen());
      const second = await cases.open(toOpen({ id: OTHER_ID }));
      expect([first.reference, second.reference]).toEqual(['PD-0000-0000', 'PD-1111-1111']);
    });

    test('gives up, and stores nothing, when every reference that is drawn is taken', async () => {
      const ids: Ids = { ...countedIds(), int: () => 0 };
      const { cases } = await caseDesk(store, { ids });
      await cases.open(toOpen());
      await expect(cases.open(toOpen({ id: OTHER_ID }))).rejects.toThrow('No free case reference');
      expect(await stored()).toHaveLength(1);
    });

    test('adds the line for the conversation, with the reference in its place', async () => {
      const { reference } = await desk.cases.open(toOpen(), {
        reference: { conversation: { id: 'c1' } },
        text: 'It is {reference}.',
      });
      await desk.settle();
      expect(desk.said).toEqual([
        {
          reference: { conversation: { id: 'c1' } },
          text: `It is ${reference}.`,
          key: `${CASE_ID}-message`,
        },
      ]);
    });
  });

  describe('a case passed on unconfirmed', () => {
    const UNCONFIRMED = toOpen({ confirmed: false, report: { whatHappened: 'A zebra.' } });

    test('goes to the manager alone, and gives no PIN', async () => {
      const opened = await desk.cases.open(UNCONFIRMED);
      expect(opened.pin).toBeUndefined();
      await desk.settle();
      expect(desk.mails.map(({ to }) => to)).toEqual(['manager@example.com']);
      expect(desk.mails[0]!.subject).toContain('Unconfirmed');
    });

    test('opens for nobody', async () => {
      const { reference } = await desk.cases.open(toOpen({ confirmed: false }));
      for (const proof of ['Rina.Sen@example.org', '000000', ''])
        expect(await desk.cases.check(reference, proof)).toBeUndefined();
    });

    test('and then confirmed keeps reference and due date, and tells manager and customer', async () => {
      const before = await desk.cases.open(UNCONFIRMED);
      await desk.settle();
      desk.clock.advance(24 * 60 * 60 * 1000);
      const after = await desk.cases.open(toOpen({ kind: 'misuse' }));
      expect(after).toEqual(before);
      await desk.settle();
      expect(desk.mails.slice(1).map(({ to, subject }) => [to, subject])).toEqual([
        [
          'manager@example.com',
          `[${before.reference}] Now confirmed: Misuse of an account, answer due Monday 30 November 2026, 6:00 pm IST`,
        ],
        ['Rina.Sen@example.org', expect.stringContaining(before.reference)],
      ]);
      expect(await desk.cases.check(before.reference, 'rina.sen@example.org')).toMatchObject({
        kind: 'misuse',
        confirmed: true,
        report: toOpen().report,
      });
    });

    test('and confirmed without an address gives a PIN that opens it', async () => {
      await desk.cases.open(UNCONFIRMED);
      const { reference, pin } = await desk.cases.open(toOpen({ report: WITHOUT_EMAIL }));
      expect(pin).toMatch(/^\d{6}$/);
      expect(await desk.cases.check(reference, pin!)).toMatchObject({ id: CASE_ID });
    });

    test('confirmed twice at once is told once', async () => {
      await desk.cases.open(UNCONFIRMED);
      await Promise.all([desk.cases.open(toOpen()), desk.cases.open(toOpen())]);
      await desk.settle();
      expect(desk.mails.filter(({ subject }) => subject.includes('Now confirmed'))).toHaveLength(1);
    });

    test('and passed on again with nothing new changes nothing', async () => {
      await desk.cases.open(UNCONFIRMED);
      await desk.cases.open(UNCONFIRMED);
      await desk.settle();
      expect(desk.mails).toHaveLength(1);
    });

    test('and passed on again with more tells the manager once of what it says now', async () => {
      const { reference } = await desk.cases.open(UNCONFIRMED);
      await desk.settle();
      const more = { ...UNCONFIRMED, report: { whatHappened: 'A zebra and a walrus.' } };
      await Promise.all([desk.cases.open(more), desk.cases.open(more)]);
      await desk.settle();
      expect(desk.mails).toHaveLength(2);
      expect(desk.mails[1]!.subject).toContain(`[${reference}] Unconfirmed, more was told`);
      expect(desk.mails[1]!.text).toContain('| A zebra and a walrus.');
    });

    test('is never made unconfirmed again', async () => {
      await desk.cases.open(toOpen());
      await desk.cases.open(UNCONFIRMED);
      const [document] = await stored();
      expect(document).toMatchObject({ confirmed: true });
      expect((await desk.records.cases.byId(CASE_ID))?.report).toEqual(toOpen().report);
    });
  });

  describe('checking one', () => {
    test('opens with the address it was opened with, however it is written', async () => {
      const { reference } = await desk.cases.open(toOpen());
      for (const proof of ['Rina.Sen@example.org', ' rina.sen@EXAMPLE.org '])
        expect(await desk.cases.check(reference, proof)).toMatchObject({ id: CASE_ID });
    });

    test('opens with the PIN where there is no address', async () => {
      const { reference, pin } = await desk.cases.open(toOpen({ report: WITHOUT_EMAIL }));
      expect(await desk.cases.check(reference, pin!)).toMatchObject({ id: CASE_ID });
    });

    test('does not open with anything else', async () => {
      const byMail = await desk.cases.open(toOpen());
      const byPin = await desk.cases.open(toOpen({ id: OTHER_ID, report: WITHOUT_EMAIL }));
      const wrong: [string, string][] = [
        [byMail.reference, 'somebody@example.org'],
        [byMail.reference, byPin.pin!],
        [byMail.reference, ''],
        [byPin.reference, 'rina.sen@example.org'],
        [byPin.reference, byPin.pin === '000000' ? '000001' : '000000'],
        ['PD-0000-0000', 'rina.sen@example.org'],
        ['PD-0000-0000', byPin.pin!],
        ['', ''],
        ["{'$ne': null}", 'rina.sen@example.org'],
      ];
      for (const [reference, proof] of wrong)
        expect(await desk.cases.check(reference, proof)).toBeUndefined();
    });

    test('an unknown reference opens as many seals as a wrong pair, so that time tells nothing', async () => {
      const { reference } = await desk.cases.open(toOpen());
      let opens = 0;
      const vault: Store['vault'] = {
        ...store.vault,
        open: (sealed, at) => {
          opens += 1;
          return store.vault.open(sealed, at);
        },
      };
      const { cases } = await caseDesk({ ...store, vault });
      await cases.check(reference, 'wrong@example.org');
      const forWrong = opens;
      opens = 0;
      await cases.check('PD-0000-0000', 'wrong@example.org');
      expect([forWrong, opens]).toEqual([1, 1]);
    });
  });

  describe('a PIN', () => {
    const pinOf = async (id: string) =>
      (await desk.cases.open(toOpen({ id, report: WITHOUT_EMAIL }))).pin!;

    test('is six digits, the same each time it is asked for, and another for another case', async () => {
      const first = await pinOf(CASE_ID);
      expect(await pinOf(CASE_ID)).toBe(first);
      const pins = new Set<string>();
      for (let n = 0; n < 40; n += 1)
        pins.add(await pinOf(`33333333-3333-4333-8333-3333333333${String(n).padStart(2, '0')}`));
      expect(pins.size).toBeGreaterThan(38);
      for (const pin of pins) expect(pin).toMatch(/^\d{6}$/);
    });

    test('cannot be worked out without the key', async () => {
      const other = await openStore({ keys: [{ id: 'k2', secret: Buffer.alloc(32, 9) }] });
      const { cases } = await caseDesk(other);
      const elsewhere = await cases.open(toOpen({ report: WITHOUT_EMAIL }));
      await other.close();
      expect(elsewhere.pin).not.toBe(await pinOf(CASE_ID));
    });
  });

  test('at rest there is no word of the report, no address and no mail in clear', async () => {
    await desk.cases.open(toOpen(), {
      reference: { id: 'walrus' },
      text: 'A penguin says {reference}.',
    });
    await desk.drafts.save(OTHER_ID, 'c1', desk.clock.now(), {
      ...toOpen(),
      reference: { id: 'walrus' },
    });
    const dump = async () => {
      const names = (await store.connection.listCollections()).map(({ name }) => name);
      const documents = await Promise.all(
        names.map((name) => store.connection.collection(name).find().toArray()),
      );
      return JSON.stringify(documents);
    };
    const clear = /zebra|rina|example|98300|walrus|penguin|letters/i;
    expect(await dump()).toContain(CASE_ID);
    expect(await dump()).not.toMatch(clear);
    await desk.effects.sweep();
    expect(await dump()).toContain('case.acknowledgement');
    expect(await dump()).not.toMatch(clear);
  });
});

describe('after a change of keys', () => {
  const oldKey = { id: 'old', secret: Buffer.alloc(32, 1) };
  const newKey = { id: 'new', secret: Buffer.alloc(32, 2) };

  test('a case still opens with the PIN it was given', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'desk-keys-'));
    const before = await openStore({ directory, keys: [oldKey] });
    const { reference, pin } = await (
      await caseDesk(before)
    ).cases.open(toOpen({ report: WITHOUT_EMAIL }));
    await before.close();
    const after = await openStore({ directory, keys: [newKey, oldKey] });
    const { cases } = await caseDesk(after);
    expect(await cases.check(reference, pin!)).toMatchObject({ id: CASE_ID });
    await after.close();
    rmSync(directory, { recursive: true });
  });
});
