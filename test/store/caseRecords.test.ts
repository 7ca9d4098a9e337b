import type { Case, Effect } from '../../models/cases';
import type { Store } from '../../models/store';
import { caseDesk, type CaseDesk } from '../support/caseDesk';
import { caseOf } from '../support/cases';
import { documentsRead, storeMany } from '../support/manyCases';
import { describeOnStores } from '../support/stores';

/** Ids that are not in the order of their numbers. */
const idOf = (n: number): string =>
  `${((n * 7919) % 65_536).toString(16).padStart(8, '0')}-6666-4666-8666-${String(n).padStart(12, '0')}`;
const numbered = (n: number): Case => caseOf({ id: idOf(n), reference: `PD-AAAA-${n}` });
const effectsOf = (n: number, count = 1 + (n % 4)): Effect[] =>
  Array.from({ length: count }, (_, place) => ({
    ...{ id: `${idOf(n)}-${'zam'.charAt(place % 3)}${place}`, kind: 'mail' },
    body: { n },
  }));

describeOnStores('cases with effects', (open) => {
  let store: Store;
  let desk: CaseDesk;
  beforeEach(async () => {
    store = await open();
    desk = await caseDesk(store);
  });

  const pages = async (limit: number): Promise<string[][]> => {
    const found: string[][] = [];
    for (let after = ''; ; after = found.at(-1)?.at(-1) ?? '') {
      const page = await desk.records.cases.withEffects(limit, after);
      if (page.length > 0) found.push(page.map(({ id }) => id));
      if (page.length < limit) return found;
    }
  };

  test.each([1, 2, 7, 50])(
    'page by page of %s, each comes once and none is left out',
    async (limit) => {
      const numbers = Array.from({ length: 35 }, (_, n) => n);
      for (const n of numbers) await desk.records.cases.insert(numbered(n), effectsOf(n));
      const found = await pages(limit);
      expect(found.flat()).toEqual(numbers.map(idOf).sort());
      expect(found.every((page) => page.length <= limit)).toBe(true);
    },
  );

  test('come no more once their last effect is done', async () => {
    for (let n = 0; n < 10; n += 1) await desk.records.cases.insert(numbered(n), effectsOf(n, 2));
    for (let n = 0; n < 10; n += 1) {
      const [first, second] = effectsOf(n, 2);
      await desk.records.cases.removeEffect(idOf(n), first!.id);
      if (n % 2 === 0) await desk.records.cases.removeEffect(idOf(n), second!.id);
    }
    expect((await pages(3)).flat()).toEqual([1, 3, 5, 7, 9].map(idOf).sort());
  });

  test('are found without reading any case that has none', async () => {
    await storeMany(
      store,
      desk.records.cases,
      Array.from({ length: 500 }, (_, n) => numbered(n)),
    );
    for (let n = 500; n < 505; n += 1) await desk.records.cases.insert(numbered(n), effectsOf(n));
    const read = await documentsRead(store, async () => {
      expect((await pages(50)).flat()).toHaveLength(5);
    });
    expect(read).toBe(5);
    for (let n = 500; n < 505; n += 1)
      for (const { id } of effectsOf(n)) await desk.records.cases.removeEffect(idOf(n), id);
    expect(await documentsRead(store, () => pages(50))).toBe(0);
  });

  test('a change is made only to the case as it was read', async () => {
    await desk.records.cases.insert(numbered(1), []);
    const read = (await desk.records.cases.byId(idOf(1)))!;
    const changed = [
      { ...read, handled: ['a'] },
      { ...read, handled: ['b'] },
    ];
    const made = await Promise.all(
      changed.map((each) => desk.records.cases.change(each, effectsOf(1, 1))),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    const after = (await desk.records.cases.byId(idOf(1)))!;
    expect(after.revision).toBe(read.revision + 1);
    expect(after.handled).toHaveLength(1);
    expect((await desk.records.cases.withEffects(5))[0]!.content!.effects).toHaveLength(1);
  });

  test('a clock and a digest that are over leave nothing behind', async () => {
    const nextAt = new Date('2026-11-26T03:30:00Z');
    const clock = { event: 'warning2' as const, nextAt };
    await desk.records.cases.insert({ ...numbered(1), clock, digestAt: nextAt }, []);
    const {
      clock: _clock,
      digestAt: _digestAt,
      ...over
    } = (await desk.records.cases.byId(idOf(1)))!;
    expect(await desk.records.cases.change(over, [])).toBe(true);
    const [kept] = await store.connection.collection('cases').find().toArray();
    expect(kept).not.toHaveProperty('clock');
    expect(kept).not.toHaveProperty('digestAt');
    expect(await documentsRead(store, () => desk.records.cases.clockDue(nextAt, 10, 0))).toBe(0);
    expect(await documentsRead(store, () => desk.records.cases.digestDue(nextAt))).toBe(0);
  });
});
