import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Schema } from 'mongoose';
import { openStore, type Store } from '../../models/store';
import { ActivityRecords } from '../../models/activities';
import { AuditRecords } from '../../models/auditEntries';
import { BotStateRecords } from '../../models/botState';
import { CaseRecords } from '../../models/cases';
import { ConversationRecords } from '../../models/conversations';
import { CustomerRecords } from '../../models/customers';
import { DeputyRecords } from '../../models/deputies';
import { InboundMailRecords } from '../../models/inboundMails';
import { OutboxRecords } from '../../models/outbox';
import { RawMails } from '../../models/rawMails';
import { ReplyTokenRecords } from '../../models/replyTokens';
import { ReportDraftRecords } from '../../models/reportDrafts';
import { Reseal, SEALED_PLACES } from '../../models/reseal';
import { sealed, vaultOf, type RingKey } from '../../models/sealed';
import { Audit } from '../../services/audit';
import { KeyRotation, keysInWords } from '../../services/keyRotation';
import { auditKeys } from '../../bot/secrets';
import { caseOf } from '../support/cases';
import { customerOf, storeCustomers } from '../support/customers';
import { countedIds, TestClock } from '../support/doubles';
import { keptLog } from '../support/keptLog';

const NOW = new Date('2026-11-23T04:30:00Z');
const A: RingKey = { id: 'a', secret: Buffer.alloc(32, 1) };
const B: RingKey = { id: 'b', secret: Buffer.alloc(32, 2) };
const ASHA = customerOf({
  ...{ userName: 'asha.rao', email: 'asha.rao@example.com', name: 'Asha Rao' },
  formerEmails: [{ email: 'old@example.com', until: new Date('2027-01-01T00:00:00Z') }],
});

let directory: string;
let first: Store;
beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'rotation-'));
  first = await openStore({ keys: [A] });
});
afterEach(async () => {
  await first.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The same store, opened with other keys. */
const withKeys = (...keys: RingKey[]): Store => ({ ...first, vault: vaultOf(keys) });
const resealOf = (store: Store): Reseal => new Reseal(store, new RawMails(directory, store.vault));
const nothing = (): void => undefined;

/** One record of every kind, each sealed with the store's first key. */
async function fill(store: Store): Promise<void> {
  const customers = new CustomerRecords(store);
  await customers.ensureIndexes();
  await storeCustomers(customers, ASHA);
  await customers.change(ASHA, [
    { id: `${ASHA.id}-one`, kind: 'notice', body: { words: 'first' } },
    { id: `${ASHA.id}-two`, kind: 'notice', body: { words: 'second' } },
  ]);
  await new CaseRecords(store).insert(caseOf({ id: 'case-1' }), [
    { id: 'case-1-mail', kind: 'mail', body: { to: 'x' } },
  ]);
  await new ConversationRecords(store).begin('c1', 'user-1', NOW);
  await new ActivityRecords(store).insert({
    ...{ conversationId: 'c1', sequence: 1, at: NOW, pending: false, hidden: false },
    body: { text: 'hello' },
  });
  await new BotStateRecords(store).write({ 'a/b': { topic: 'x' } });
  await new DeputyRecords(store).insert({
    ...{ id: 'd1', address: 'deputy@example.com', from: '2026-11-24', until: '2026-11-26' },
  });
  const inbound = new InboundMailRecords(store);
  await inbound.insert({
    ...{ id: 'm1', door: 'smtp', receivedAt: NOW, bytes: 5, messageKey: 'k', messageId: '<m@x>' },
    envelope: { from: 'a@x.org', to: ['info@comantra.net'] },
  });
  await inbound.settle('m1', { state: 'quarantined', reason: 'x', fromIndexOf: 'a@x.org' });
  await inbound.release('m1', NOW, 'case');
  await new OutboxRecords(store).insert(
    {
      ...{ id: 'o1', kind: 'x', createdAt: NOW },
      to: 'a@x.org',
      subject: 's',
      text: 't',
      html: 'h',
    },
    NOW,
  );
  await new ReplyTokenRecords(store).insert('hash', { recipient: 'a', recipientIs: 'staff' }, NOW);
  await new ReportDraftRecords(store).save({
    ...{ id: 'r1', conversationId: 'c1', receivedAt: NOW, touchedAt: NOW, content: { told: 1 } },
  });
  await new RawMails(directory, store.vault).keep('m1', Buffer.from('Subject: x\r\n\r\nhello'));
}

/** Reads all that `fill` stored. */
async function readAll(store: Store): Promise<void> {
  const customers = new CustomerRecords(store);
  expect(await customers.byId(ASHA.id)).toMatchObject({ name: 'Asha Rao', revision: 1 });
  const [waiting] = await customers.effects.withEffects(5);
  expect(waiting?.content?.effects.map(({ body }) => body)).toEqual([
    { words: 'first' },
    { words: 'second' },
  ]);
  const cases = new CaseRecords(store);
  expect(await cases.byId('case-1')).toBeDefined();
  expect((await cases.withEffects(5))[0]?.content?.effects[0]?.body).toEqual({ to: 'x' });
  expect((await new ConversationRecords(store).find('c1'))?.userId).toBe('user-1');
  expect((await new ActivityRecords(store).after('c1', 0, 5))[0]?.body).toEqual({ text: 'hello' });
  expect(await new BotStateRecords(store).read(['a/b'])).toEqual({ 'a/b': { topic: 'x' } });
  expect(await new DeputyRecords(store).all()).toHaveLength(1);
  expect(await new InboundMailRecords(store).byId('m1')).toMatchObject({
    envelope: { from: 'a@x.org' },
    released: { as: 'case' },
  });
  expect(await new OutboxRecords(store).find('o1')).toMatchObject({ to: 'a@x.org' });
  expect(await new ReplyTokenRecords(store).find('hash')).toMatchObject({ recipient: 'a' });
  expect((await new ReportDraftRecords(store).untouchedSince(NOW, 5))[0]?.content).toEqual({
    told: 1,
  });
  const raw = await new RawMails(directory, store.vault).read('m1');
  expect(raw.toString()).toContain('hello');
}

describe('sealing anew', () => {
  test('lets everything be opened without the older key', async () => {
    await fill(first);
    const both = withKeys(B, A);
    await readAll(both);
    const { resealed, unreadable } = await resealOf(both).run(nothing);
    expect(unreadable).toBe(0);
    expect(await resealOf(both).counts()).toEqual(new Map([['b', resealed]]));
    await readAll(withKeys(B));
    expect(readdirSync(directory)).toEqual(['m1.sealed']);
  });

  test('makes the hashes anew by which customers are found', async () => {
    await fill(first);
    await resealOf(withKeys(B, A)).run(nothing);
    const customers = new CustomerRecords(withKeys(B));
    expect((await customers.byEmail('ASHA.rao@example.com'))?.id).toBe(ASHA.id);
    expect((await customers.byUserName('asha.rao'))?.id).toBe(ASHA.id);
    const former = await customers.allByFormerEmail('old@example.com', NOW);
    expect(former.map(({ id }) => id)).toEqual([ASHA.id]);
    const taken = customerOf({ userName: 'asha.rao' });
    await storeCustomers(customers, taken);
    expect(await customers.byId(taken.id)).toBeUndefined();
  });

  test('of a customer without an address gives them none', async () => {
    const customers = new CustomerRecords(first);
    await customers.ensureIndexes();
    await storeCustomers(
      customers,
      customerOf({ userName: 'one' }),
      customerOf({ userName: 'two' }),
    );
    await resealOf(withKeys(B, A)).run(nothing);
    const kept = await first.connection.collection('customers').find().toArray();
    expect(kept).toHaveLength(2);
    for (const document of kept) expect(document).not.toHaveProperty('emailIndex');
  });

  test('that is cut short goes on where it stood', async () => {
    await fill(first);
    const many = Array.from({ length: 450 }, (_, n) => customerOf({ email: `u${n}@x.org` }));
    await storeCustomers(new CustomerRecords(first), ...many);
    const both = withKeys(B, A);
    const total = [...(await resealOf(both).counts()).values()].reduce((sum, n) => sum + n, 0);
    await expect(
      resealOf(both).run((looked) => {
        if (looked === 300) throw new Error('killed');
      }),
    ).rejects.toThrow('killed');
    const halfway = await resealOf(both).counts();
    expect(halfway.get('b')).toBeGreaterThan(0);
    expect(halfway.get('a')).toBeGreaterThan(0);
    await readAll(both);
    const { resealed } = await resealOf(both).run(nothing);
    expect(resealed).toBe(halfway.get('a'));
    expect(await resealOf(both).counts()).toEqual(new Map([['b', total]]));
    await readAll(withKeys(B));
    expect(await new CustomerRecords(withKeys(B)).byEmail('u449@x.org')).toBeDefined();
  });

  test('a second time changes nothing', async () => {
    await fill(first);
    const both = withKeys(B, A);
    await resealOf(both).run(nothing);
    const before = await first.connection.collection('customers').find().toArray();
    expect(await resealOf(both).run(nothing)).toEqual({ resealed: 0, unreadable: 0 });
    expect(await first.connection.collection('customers').find().toArray()).toEqual(before);
  });

  test('overwrites nothing that is changed meanwhile', async () => {
    await fill(first);
    const both = withKeys(B, A);
    const customers = new CustomerRecords(both);
    const [asha] = await customers.page(1);
    const before = new Set(SEALED_PLACES.map(({ collection }) => collection));
    let customersAre = 1;
    for (const name of before) {
      if (name === 'customers') break;
      customersAre += await both.connection.collection(name).countDocuments();
    }
    let changed = false;
    // What is read is written in batches: this comes between the one and the other.
    await resealOf(both).run(async (looked) => {
      if (changed || looked !== customersAre) return;
      changed = (await customers.change({ ...asha!, email: 'new@example.com' }, [])) === 'changed';
      await customers.effects.removeEffect(ASHA.id, `${ASHA.id}-one`);
    });
    expect(changed).toBe(true);
    expect([...(await resealOf(both).counts()).keys()]).toEqual(['b']);
    const kept = new CustomerRecords(withKeys(B));
    expect((await kept.byEmail('new@example.com'))?.id).toBe(ASHA.id);
    expect(await kept.byEmail('asha.rao@example.com')).toBeUndefined();
    expect(
      (await kept.effects.withEffects(5))[0]?.content?.effects.map(({ body }) => body),
    ).toEqual([{ words: 'second' }]);
  });

  test('leaves what no key opens, and goes on', async () => {
    await fill(first);
    const lost = withKeys({ id: 'lost', secret: Buffer.alloc(32, 9) });
    await new DeputyRecords(lost).insert({
      ...{ id: 'd2', address: 'x@y.org', from: '2026-11-24', until: '2026-11-26' },
    });
    await new RawMails(directory, lost.vault).keep('m2', Buffer.from('x'));
    const both = withKeys(B, A);
    expect((await resealOf(both).run(nothing)).unreadable).toBe(2);
    expect((await resealOf(both).counts()).get('lost')).toBe(2);
    await new DeputyRecords(both).remove('d2');
    await new RawMails(directory, both.vault).remove('m2');
    await new DeputyRecords(lost).all();
    await readAll(withKeys(B));
  });

  test('tells how far it is', async () => {
    await fill(first);
    const told: [number, number][] = [];
    await resealOf(withKeys(B, A)).run((...looked) => told.push(looked));
    expect(told.map(([looked]) => looked)).toEqual(told.map((_, at) => at + 1));
    expect(told.at(-1)).toEqual([told.length, told.length]);
  });
});

describe('the keys', () => {
  const rotationOf = async (...ring: RingKey[]) => {
    const store = withKeys(...ring);
    const records = new AuditRecords(store);
    await records.ensureIndexes();
    const clock = new TestClock(NOW);
    const audit = new Audit(records, auditKeys(ring), clock, keptLog());
    const mails = new RawMails(directory, store.vault);
    return {
      audit,
      rotation: new KeyRotation(store, mails, audit, clock, countedIds(randomUUID())),
    };
  };

  test('are listed with what they have sealed and what they are needed for', async () => {
    await fill(first);
    await new DeputyRecords(withKeys({ id: 'lost', secret: Buffer.alloc(32, 9) })).insert({
      ...{ id: 'd2', address: 'x@y.org', from: '2026-11-24', until: '2026-11-26' },
    });
    const { rotation } = await rotationOf(B, A);
    const before = await rotation.uses();
    expect(before).toMatchObject([
      { id: 'b', sealed: 0, role: 'writes' },
      { id: 'a', role: 'reads' },
      { id: 'lost', sealed: 1, role: 'unknown' },
    ]);
    expect(before[1]!.sealed).toBeGreaterThan(10);
    const words = keysInWords(before).join('\n');
    expect(words).toContain('Before you take a out of SECRET_KEY: npm run keys -- rotate');
    expect(words).toContain('put the key back');
    for (const need of ['audit log', 'PIN', 'Newsletters']) expect(words).toContain(need);
    await rotation.rotate(nothing);
    const after = keysInWords(await rotation.uses()).join('\n');
    expect(after).toContain('Nothing is sealed any more with an older key.');
    expect(after).toContain('PIN');
  });

  test('of which there is one need no words of warning', async () => {
    const { rotation } = await rotationOf(A);
    expect(keysInWords(await rotation.uses())).toHaveLength(2);
  });

  test('are rotated with an entry in the audit log, where there was something to do', async () => {
    await fill(first);
    const { audit, rotation } = await rotationOf(B, A);
    const { resealed } = await rotation.rotate(nothing);
    await rotation.rotate(nothing);
    expect(await audit.entriesAbout('audit', 'keys')).toMatchObject([
      { action: 'keys.rotated', by: 'operator', facts: { count: resealed, to: 'b' } },
    ]);
  });
});

describe('the list of sealed places', () => {
  const MESSAGE = sealed().validate.message;
  /** The sealed fields of a schema, those of its parts included. */
  const sealedIn = (schema: Schema, before = ''): string[] => {
    const found: string[] = [];
    schema.eachPath((name, type) => {
      const { schema: part } = type as unknown as { schema?: Schema };
      if (part) found.push(...sealedIn(part, `${before}${name}.`));
      else if (JSON.stringify(type.options).includes(MESSAGE)) found.push(`${before}${name}`);
    });
    return found;
  };
  const models = path.join(__dirname, '../../models');
  const files = readdirSync(models).filter((name) => name.endsWith('.ts'));

  /** Makes every record class of a file, each of which registers its models. */
  const registered = (file: string): Store['connection'] => {
    const exported = jest.requireActual<Record<string, unknown>>(path.join(models, file));
    for (const [name, value] of Object.entries(exported))
      if (typeof value === 'function' && /^[A-Z]\w*(Records|Positions)$/.test(name))
        Reflect.construct(value, [first]);
    return first.connection;
  };

  test('names every sealed field of every model', () => {
    const connection = files.map(registered).at(-1)!;
    const fields = Object.values(connection.models).flatMap((model) =>
      sealedIn(model.schema as unknown as Schema).map(
        (field) => `${model.collection.name} ${field}`,
      ),
    );
    expect(fields.length).toBeGreaterThan(15);
    const listed = SEALED_PLACES.map(({ collection, list, field }) =>
      [collection, [list, field].filter(Boolean).join('.')].join(' '),
    );
    expect(listed.sort()).toEqual(fields.sort());
  });

  test('knows every model there is', () => {
    const { models: known } = files.map(registered).at(-1)!;
    const made = files.flatMap(
      (file) => readFileSync(path.join(models, file), 'utf8').match(/connection\.model</g) ?? [],
    );
    expect(Object.keys(known)).toHaveLength(made.length);
  });
});
