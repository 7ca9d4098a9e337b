import { randomUUID } from 'node:crypto';
import { CustomerRecords, type Customer } from '../../models/customers';
import { vaultOf } from '../../models/sealed';
import { openStore, type Store } from '../../models/store';
import { auditEventEffect } from '../../services/recordEffects';
import { Customers } from '../../services/records/customers';
import { seedFictitious } from '../../services/records/fictitiousCustomers';
import { customerOf, storeCustomers } from '../support/customers';
import { countedIds, TestClock } from '../support/doubles';
import { documentsRead } from '../support/manyCases';
import { describeOnStores } from '../support/stores';

const NOW = new Date('2026-11-23T04:30:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const inDays = (days: number): Date => new Date(NOW.getTime() + days * DAY_MS);

describeOnStores('customer records', (open) => {
  let store: Store;
  let records: CustomerRecords;
  let customers: Customers;
  beforeEach(async () => {
    store = await open();
    records = new CustomerRecords(store);
    await records.ensureIndexes();
    customers = new Customers(records, store.vault);
  });
  const ASHA = customerOf({
    ...{ userName: 'asha.rao', name: 'Asha Rao', email: 'Asha.Rao@example.com' },
    ...{ phone: '+919830012345', mailingAddress: '8 Lake Terrace\nKolkata 700029' },
    ...{ newsletter: true, cardBrand: 'Visa', cardLast4: '4242' },
  });

  const forFreeze = async (typed: string, at = NOW): Promise<string[]> =>
    (await customers.findForFreeze(typed, at)).map(({ id }) => id);

  test('are read as they were stored', async () => {
    const whole: Customer = {
      ...ASHA,
      formerEmails: [{ email: 'old@example.com', until: inDays(30) }],
      freeze: { at: NOW, by: 'unverified', lapsesAt: inDays(3), caseId: 'c1' },
      heldUnproved: [NOW],
      handled: ['cause'],
    };
    await storeCustomers(records, whole);
    expect(await records.byId(ASHA.id)).toEqual(whole);
    expect(await customers.byId(ASHA.id)).toEqual(whole);
    expect(await records.page(10)).toEqual([whole]);
    expect(await records.frozen()).toEqual([whole]);
  });

  test.each([
    ['the address on file', 'Asha.Rao@example.com', true],
    ['the address in other letters, with spaces', ' ASHA.rao@EXAMPLE.com ', true],
    ['the user name', 'asha.rao', true],
    ['the user name in capitals', 'ASHA.RAO', true],
    ['the address in full-width letters', 'ａsha.rao@example.com', true],
    ['an address with a Cyrillic а', 'аsha.rao@example.com', false],
    ['an address with a Greek ο', 'asha.raο@example.com', false],
    ['an address with a plus', 'asha.rao+x@example.com', false],
    ['an address without the dot', 'asharao@example.com', false],
    ['a zero-width space within', 'asha\u200B.rao@example.com', false],
    ['the name', 'Asha Rao', false],
    ['a query', '{"$gt":""}', false],
    ['nothing', '', false],
  ])('are found by what people type: %s', async (_what, typed, found) => {
    await storeCustomers(records, ASHA, customerOf(), customerOf({ email: 'b@example.com' }));
    expect((await customers.find(typed))?.id).toBe(found ? ASHA.id : undefined);
    expect(await forFreeze(typed)).toEqual(found ? [ASHA.id] : []);
  });

  test('a letter with an accent is the same however it is encoded', async () => {
    await storeCustomers(records, customerOf({ userName: 'jos\u00e9' }));
    expect(await customers.find('JOSE\u0301')).toBeDefined();
    expect(await customers.find('jose')).toBeUndefined();
  });

  test('an address on file comes before a user name that looks like it', async () => {
    const owner = customerOf({ email: 'rina@example.org' });
    await storeCustomers(records, customerOf({ userName: 'rina@example.org' }), owner);
    expect((await customers.find('rina@example.org'))?.id).toBe(owner.id);
  });

  test('known and unknown ones cost the same reads', async () => {
    const many = Array.from({ length: 50 }, () => customerOf({ email: `${randomUUID()}@x.org` }));
    await storeCustomers(records, ASHA, ...many);
    const opened = jest.spyOn(store.vault, 'open');
    for (const typed of ['asha.rao@example.com', 'nobody@example.com']) {
      opened.mockClear();
      expect(await documentsRead(store, () => customers.find(typed))).toBeLessThanOrEqual(1);
      expect(opened).toHaveBeenCalledTimes(1);
    }
  });

  describe('by a former address', () => {
    const holder = (email: string, until: Date, over: Partial<Customer> = {}): Customer =>
      customerOf({ formerEmails: [{ email, until }], ...over });

    test('for freezing only, while it is remembered', async () => {
      const moved = holder('Old@example.com', inDays(90), { email: 'new@example.com' });
      await storeCustomers(records, moved);
      expect(await customers.find('old@example.com')).toBeUndefined();
      expect(await forFreeze(' OLD@example.com', inDays(89))).toEqual([moved.id]);
      expect(await forFreeze('old@example.com', inDays(90))).toEqual([]);
    });

    test('everybody who had it, with whoever has it now or is called so, each once', async () => {
      const email = 'old@example.com';
      const now = customerOf({ email, formerEmails: [{ email, until: inDays(3) }] });
      const named = customerOf({ userName: email });
      const before = [holder(email, inDays(20)), holder(email, inDays(80))];
      await storeCustomers(records, ...before, now, named, holder(email, inDays(-1)));
      const ids = await forFreeze(email);
      expect(ids.slice(0, 2)).toEqual([now.id, named.id]);
      expect(ids.slice(2).sort()).toEqual(before.map(({ id }) => id).sort());
    });
  });

  describe('a change', () => {
    const event = (mark: string) =>
      auditEventEffect(ASHA.id, mark, {
        ...{ action: 'update.applied', at: NOW, by: 'customer' },
        about: { kind: 'record', id: ASHA.id },
      });

    test('is one write with what follows from it', async () => {
      await storeCustomers(records, ASHA);
      const changed = { ...ASHA, email: 'asha@example.org', phone: undefined };
      expect(await records.change(changed, [event('a')])).toBe('changed');
      expect(await records.byId(ASHA.id)).toMatchObject({ email: 'asha@example.org', revision: 1 });
      expect(await customers.find('asha.rao@example.com')).toBeUndefined();
      expect((await customers.find('asha@example.org'))?.id).toBe(ASHA.id);
      const [waiting] = await records.effects.withEffects(5);
      expect(waiting?.content?.effects).toEqual([event('a')]);
      await records.effects.deferEffect(ASHA.id, event('a').id, 2, NOW);
      expect((await records.effects.withEffects(5))[0]?.content?.effects[0]).toMatchObject({
        attempts: 2,
      });
      await records.effects.removeEffect(ASHA.id, event('a').id);
      expect(await records.effects.withEffects(5)).toEqual([]);
    });

    test('of what somebody else has changed meanwhile changes nothing', async () => {
      await storeCustomers(records, ASHA);
      const both = ['a', 'b'].map((mark) => records.change({ ...ASHA, name: mark }, [event(mark)]));
      expect((await Promise.all(both)).sort()).toEqual(['changed', 'stale']);
      expect((await records.effects.withEffects(5))[0]?.content?.effects).toHaveLength(1);
      expect(await records.change(customerOf(), [])).toBe('stale');
    });

    test('to an address that another record has is refused, however it is written', async () => {
      await storeCustomers(records, ASHA, customerOf({ email: 'taken@example.org' }));
      expect(await records.change({ ...ASHA, email: 'Taken@Example.org' }, [])).toBe('emailTaken');
      expect(await records.byId(ASHA.id)).toEqual(ASHA);
      expect(await records.change({ ...ASHA, email: 'ASHA.RAO@example.com' }, [])).toBe('changed');
    });

    test('of two records to one address at once is made to one of them', async () => {
      const all = Array.from({ length: 8 }, () => customerOf());
      await storeCustomers(records, ...all);
      const outcomes = await Promise.all(
        all.map((each) => records.change({ ...each, email: 'wanted@example.org' }, [])),
      );
      expect(outcomes.filter((outcome) => outcome === 'changed')).toHaveLength(1);
      expect(outcomes.filter((outcome) => outcome === 'emailTaken')).toHaveLength(7);
    });

    test('can take away the address, and lift a freeze', async () => {
      const frozen = { ...ASHA, freeze: { at: NOW, by: 'staff' as const } };
      await storeCustomers(records, frozen, customerOf());
      expect(await records.change({ ...frozen, email: undefined, freeze: undefined }, [])).toBe(
        'changed',
      );
      expect(await customers.find('asha.rao@example.com')).toBeUndefined();
      expect(await records.frozen()).toEqual([]);
      expect(
        await records.change({ ...(await records.byId(ASHA.id))!, freeze: frozen.freeze }, []),
      ).toBe('changed');
      expect(await records.frozen()).toHaveLength(1);
    });

    test('keeps the newest fifty causes, and the user name', async () => {
      await storeCustomers(records, ASHA);
      const handled = Array.from({ length: 60 }, (_, n) => `c${n}`);
      await records.change({ ...ASHA, handled }, []);
      const kept = await records.byId(ASHA.id);
      expect(kept?.handled).toEqual(handled.slice(10));
      expect((await records.byUserName('asha.rao'))?.id).toBe(ASHA.id);
    });
  });

  test('come page by page in the order of their ids, each once', async () => {
    const all = Array.from({ length: 23 }, () => customerOf());
    await storeCustomers(records, ...all);
    const ids: string[] = [];
    for (
      let page = await records.page(5);
      page.length > 0;
      page = await records.page(5, ids.at(-1))
    )
      ids.push(...page.map(({ id }) => id));
    expect(ids).toEqual(all.map(({ id }) => id).sort());
  });

  describe('an import', () => {
    const IMPORT = 'import-1';
    const rows = [ASHA, customerOf({ email: 'b@example.com' })];

    test('that is not finished is seen by nobody, and stands in nobody’s way', async () => {
      await records.stage(IMPORT, NOW, [
        { ...ASHA, freeze: { at: NOW, by: 'staff' } },
        customerOf({ formerEmails: [{ email: 'old@example.com', until: inDays(9) }] }),
      ]);
      expect(await records.isEmpty()).toBe(true);
      expect(await records.byId(ASHA.id)).toBeUndefined();
      for (const typed of ['asha.rao', 'asha.rao@example.com', 'old@example.com'])
        expect(await forFreeze(typed)).toEqual([]);
      expect(await records.page(10)).toEqual([]);
      expect(await records.frozen()).toEqual([]);
      expect(await records.taken('userName', ['asha.rao'])).toEqual(new Set());
      const other = customerOf({ userName: 'asha.rao' });
      await storeCustomers(records, other);
      expect(await records.change({ ...other, email: ASHA.email }, [])).toBe('changed');
    });

    test('is shown whole', async () => {
      await records.stage(IMPORT, NOW, rows);
      expect(await records.show(IMPORT)).toBe(true);
      expect(await records.page(10)).toHaveLength(2);
      expect(await records.isEmpty()).toBe(false);
    });

    test('one of whose addresses was taken meanwhile leaves nothing', async () => {
      await records.stage(IMPORT, NOW, rows);
      await storeCustomers(records, customerOf({ userName: 'other', email: 'B@example.com' }));
      expect(await records.show(IMPORT)).toBe(false);
      expect((await records.page(10)).map(({ userName }) => userName)).toEqual(['other']);
      expect(await store.connection.collection('customers').countDocuments()).toBe(1);
    });

    test('that was cut short is removed once it cannot be running any more', async () => {
      await records.stage(IMPORT, NOW, rows);
      await records.settleImports(NOW);
      expect(await records.show(IMPORT)).toBe(true);
      await records.stage('import-2', NOW, [customerOf()]);
      await records.settleImports(inDays(1));
      expect(await store.connection.collection('customers').countDocuments()).toBe(2);
    });

    test('that was cut short while it was shown is finished', async () => {
      await records.stage(IMPORT, NOW, rows);
      // MongoDB writes one document after the other.
      await store.connection
        .collection('customers')
        .updateOne({ staged: IMPORT }, { $unset: { staged: 1 } });
      await records.settleImports(inDays(1));
      expect(await records.page(10)).toHaveLength(2);
    });

    test('knows which names and addresses are taken, of many', async () => {
      const many = Array.from({ length: 900 }, (_, n) => `U${n}@Example.org`);
      await storeCustomers(
        records,
        customerOf({ email: 'u7@example.org' }),
        customerOf({ email: 'u899@example.org' }),
      );
      expect(await records.taken('email', many)).toEqual(
        new Set(['U7@Example.org', 'U899@Example.org']),
      );
      expect(await records.taken('userName', many)).toEqual(new Set());
    });
  });

  test('hold nothing personal in clear', async () => {
    await storeCustomers(records, {
      ...ASHA,
      formerEmails: [{ email: 'formerly@example.com', until: NOW }],
    });
    await records.change(ASHA, [
      auditEventEffect(ASHA.id, 'x', {
        action: 'record.frozen',
        at: NOW,
        by: 'asha@staff.example',
        about: { kind: 'record', id: ASHA.id },
      }),
    ]);
    const kept = JSON.stringify(await store.connection.collection('customers').find().toArray());
    expect(kept).not.toMatch(/asha\.|example\.|formerly|9830012345|lake terrace|kolkata/i);
  });

  describe('fictitious ones', () => {
    const seed = () => seedFictitious(records, new TestClock(NOW), countedIds());

    test('are put into an empty store, once, and told with the addresses now on file', async () => {
      const told = await seed();
      expect(told).toEqual([
        { userName: 'asha.rao', email: 'asha.rao@example.com' },
        { userName: 'ravi.menon', email: 'ravi.menon@example.com' },
        { userName: 'emma.clarke', email: 'emma.clarke@example.com' },
      ]);
      const asha = (await records.byUserName('asha.rao'))!;
      await records.change({ ...asha, email: 'asha@example.com' }, []);
      expect((await seed())[0]).toEqual({ userName: 'asha.rao', email: 'asha@example.com' });
      expect(await records.page(10)).toHaveLength(3);
    });

    test('do not come among others', async () => {
      await storeCustomers(records, customerOf());
      expect(await seed()).toEqual([]);
      expect(await records.page(10)).toHaveLength(1);
    });
  });
});

describe('customer records and keys', () => {
  const [a, b] = ['a', 'b'].map((id, n) => ({ id, secret: Buffer.alloc(32, n + 1) }));
  let old: Store;
  beforeEach(async () => {
    old = await openStore({ keys: [a!] });
  });
  afterEach(() => old.close());

  test('an address that is stored under an older key’s hash is taken all the same', async () => {
    const before = new CustomerRecords(old);
    await before.ensureIndexes();
    await storeCustomers(before, customerOf({ userName: 'first', email: 'one@example.org' }));
    const records = new CustomerRecords({ ...old, vault: vaultOf([b!, a!]) });
    const second = customerOf({ userName: 'second' });
    await storeCustomers(records, second);
    expect((await records.byEmail('one@example.org'))?.userName).toBe('first');
    expect(await records.taken('userName', ['First', 'third'])).toEqual(new Set(['First']));
    expect(await records.change({ ...second, email: 'ONE@example.org' }, [])).toBe('emailTaken');
  });
});
