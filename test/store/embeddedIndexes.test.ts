import fc from 'fast-check';
import { Schema, mongo } from 'mongoose';
import { memoryStore, type MemoryStore, type Row } from '../support/embeddedStore';

type Fields = Record<string, unknown>;
type Collection = mongo.Collection<Row>;

let memory: MemoryStore;
let collection: Collection;
let number = 0;

beforeAll(async () => {
  memory = await memoryStore();
});
afterAll(() => memory.close());
beforeEach(() => {
  collection = memory.collection(`c${++number}`);
});

const duplicate = { code: 11000 };
const insert = (...documents: Fields[]): Promise<unknown> =>
  collection.insertMany(documents as Row[]);
const index = (key: Record<string, 1 | -1>, options: object = {}): Promise<unknown> =>
  collection.createIndexes([{ key, ...options }]);

describe('a unique index', () => {
  test('refuses a second document of a key, and names index, key and value', async () => {
    await index({ 'who.mail': 1 }, { unique: true });
    await insert({ who: { mail: 'a' } });
    const refused = await collection
      .insertOne({ _id: 1, who: { mail: 'a' } })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: 11000,
      keyPattern: { 'who.mail': 1 },
      keyValue: { 'who.mail': 'a' },
      message: expect.stringMatching(
        /^E11000 duplicate key error collection: privacy-desk\.\w+ index: who\.mail_1 dup key: \{ who\.mail/,
      ) as string,
    });
    expect(await collection.countDocuments()).toBe(1);
  });

  test('is recognised by mongoose, also by findOneAndUpdate and save', async () => {
    const schema = new Schema({ mail: { type: String, unique: true }, n: Number });
    const People = memory.connection.model('Person', schema);
    await People.init();
    await People.createIndexes();
    await People.create({ mail: 'a' }, { mail: 'b' });
    await expect(People.create({ mail: 'a' })).rejects.toMatchObject(duplicate);
    await expect(People.findOneAndUpdate({ mail: 'a' }, { mail: 'b' })).rejects.toMatchObject({
      ...duplicate,
      keyValue: { mail: 'b' },
    });
    const b = (await People.findOne({ mail: 'b' }))!;
    b.mail = 'a';
    await expect(b.save()).rejects.toMatchObject(duplicate);
    expect(await People.distinct('mail')).toEqual(['a', 'b']);
  });

  test('of the id, too, whatever the number type', async () => {
    await insert({ _id: 1 });
    await expect(insert({ _id: new mongo.Long(1) })).rejects.toMatchObject(duplicate);
    await expect(insert({ _id: new mongo.Double(1) })).rejects.toMatchObject(duplicate);
  });

  test('counts missing as one value, unless it is sparse', async () => {
    await index({ a: 1 }, { unique: true });
    await index({ b: 1 }, { unique: true, sparse: true });
    await insert({ a: 1 }, { a: 2 }, { b: 1 });
    await expect(insert({ b: 2 })).rejects.toMatchObject(duplicate);
    await expect(insert({ a: 3, b: 1 })).rejects.toMatchObject(duplicate);
  });

  test('over several fields', async () => {
    await index({ a: 1, b: -1 }, { unique: true });
    await insert({ a: 1, b: 1 }, { a: 1, b: 2 }, { a: 2, b: 1 });
    await expect(collection.insertOne({ _id: 9, a: 1, b: 2 })).rejects.toMatchObject({
      ...duplicate,
      keyValue: { a: 1, b: 2 },
    });
  });

  test('over what answers its partialFilterExpression', async () => {
    await index({ a: 1 }, { unique: true, partialFilterExpression: { open: true } });
    await insert({ a: 1, open: true }, { a: 1, open: false }, { a: 1 });
    await expect(insert({ a: 1, open: true })).rejects.toMatchObject(duplicate);
    await expect(
      collection.updateOne({ open: false }, { $set: { open: true } }),
    ).rejects.toMatchObject(duplicate);
    await collection.deleteOne({ open: true });
    await collection.updateOne({ open: false }, { $set: { open: true } });
    expect(await collection.countDocuments({ open: true })).toBe(1);
  });

  test('over the elements of arrays', async () => {
    await index({ tags: 1 }, { unique: true });
    await insert({ tags: ['a', 'b', 'a'] });
    await expect(insert({ tags: ['c', 'b'] })).rejects.toMatchObject(duplicate);
    await insert({ tags: ['c'] });
  });

  test('lets a key go with its document', async () => {
    await index({ a: 1 }, { unique: true });
    await insert({ _id: 1, a: 1 });
    await collection.updateOne({ _id: 1 }, { $set: { a: 2 } });
    await insert({ _id: 2, a: 1 });
    await collection.deleteOne({ _id: 2 });
    await insert({ _id: 3, a: 1 });
    expect(await collection.countDocuments()).toBe(2);
  });

  test('is not built over duplicates', async () => {
    await insert({ a: 1 }, { a: 1 });
    await expect(index({ a: 1 }, { unique: true })).rejects.toMatchObject(duplicate);
    expect(await collection.indexes()).toHaveLength(1);
  });

  test('lets one of 50 racing inserts and upserts win', async () => {
    await index({ key: 1 }, { unique: true });
    const inserts = await Promise.allSettled(
      Array.from({ length: 50 }, () => insert({ key: 'k' })),
    );
    expect(inserts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const upserts = await Promise.allSettled(
      Array.from({ length: 50 }, (_, n) =>
        collection.updateOne({ key: 'u', n }, { $set: { x: 1 } }, { upsert: true }),
      ),
    );
    expect(upserts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await collection.countDocuments()).toBe(2);
  });

  test('of an unordered insert stops only its duplicates', async () => {
    await expect(
      collection.insertMany([{ _id: 1 }, { _id: 1 }, { _id: 2 }], { ordered: false }),
    ).rejects.toMatchObject({ ...duplicate, insertedCount: 2 });
    await expect(collection.insertMany([{ _id: 3 }, { _id: 3 }, { _id: 4 }])).rejects.toMatchObject(
      { ...duplicate, insertedCount: 1 },
    );
    expect(await collection.distinct('_id')).toEqual([1, 2, 3]);
  });
});

describe('indexes are used', () => {
  const DAY = 86_400_000;
  beforeEach(async () => {
    await collection.createIndexes([
      { key: { state: 1, due: 1 } },
      { key: { mail: 1 }, unique: true, sparse: true },
      { key: { token: 1 }, partialFilterExpression: { token: { $exists: true } } },
      { key: { tags: 1 } },
    ]);
    await insert(
      ...Array.from({ length: 500 }, (_, n) => ({
        _id: n,
        state: n % 10 === 0 ? 'queued' : 'sent',
        due: new Date(n * DAY),
        mail: `m${n}`,
        ...(n % 100 === 0 && { token: `t${n}` }),
        tags: [n, n + 1],
      })),
    );
  });

  test.each<[string, Fields, number]>([
    ['by id', { _id: 7 }, 1],
    ['by ids', { _id: { $in: [7, 8, 9, 9999] } }, 3],
    ['by a range of ids', { _id: { $gte: 10, $lt: 20 } }, 11],
    ['by a unique field', { mail: 'm9' }, 1],
    ['by one of several fields', { state: 'sent', mail: 'm9' }, 1],
    ['what is due', { state: 'queued', due: { $lte: new Date(35 * DAY) } }, 4],
    [
      'what is due, in $and',
      { $and: [{ state: 'queued' }, { due: { $lt: new Date(35 * DAY) } }] },
      4,
    ],
    ['by the first field alone', { state: 'queued' }, 50],
    [
      'by several states',
      { state: { $in: ['queued', 'none'] }, due: { $lte: new Date(15 * DAY) } },
      2,
    ],
    ['by a partial index', { token: 't100' }, 1],
    ['by an element', { tags: 5 }, 2],
    ['null, which a sparse index lacks, by a scan', { mail: null }, 500],
    ['another field by a scan', { due: new Date(0) }, 500],
  ])('%s', async (_, query, most) => {
    expect(await memory.examined(() => collection.find(query).toArray())).toBe(most);
  });

  test('by updates, deletes, counts and claims', async () => {
    const due = { state: 'queued', due: { $lte: new Date(35 * DAY) } };
    expect(await memory.examined(() => collection.updateMany(due, { $set: { seen: true } }))).toBe(
      4,
    );
    expect(await memory.examined(() => collection.countDocuments(due))).toBe(4);
    expect(
      await memory.examined(() => collection.findOneAndUpdate(due, { $set: { state: 'sent' } })),
    ).toBe(1);
    expect(await memory.examined(() => collection.deleteMany(due))).toBe(3);
    expect(await memory.examined(() => collection.find({ state: 'sent' }).limit(3).toArray())).toBe(
      3,
    );
  });
});

describe('an index never changes an answer', () => {
  test('also where two elements of an array meet two bounds', async () => {
    await index({ a: 1 });
    await insert({ _id: 1, a: [0, 9] }, { _id: 2, a: [4] });
    const found = await collection.find({ a: { $gt: 5, $lt: 3 } }).toArray();
    expect(found.map(({ _id }) => _id)).toEqual([1]);
  });

  const value = fc.oneof(
    fc.integer({ min: -2, max: 3 }),
    fc.constantFrom(null, 'a', 'b', true, new Date(0), 1.5, new mongo.Long(2)),
    fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }),
    fc.record({ b: fc.integer({ min: 0, max: 2 }) }),
  );
  const document = fc.record(
    { a: value, b: value, c: fc.record({ d: value }, { requiredKeys: [] }) },
    { requiredKeys: [] },
  );
  const scalar = value.filter((one) => !Array.isArray(one));
  const condition = fc.oneof(
    value,
    fc
      .record({ $gt: scalar, $lt: scalar, $gte: scalar, $lte: scalar }, { requiredKeys: [] })
      .filter((one) => Object.keys(one).length > 0),
    fc.record({ $in: fc.array(value, { maxLength: 3 }) }),
    fc.constantFrom({ $exists: true }, { $exists: false }, { $ne: 1 }),
  );
  const query = fc.record({ a: condition, b: condition, 'c.d': condition }, { requiredKeys: [] });

  test('whatever the documents, the indexes and the query', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { maxLength: 12 }),
        fc.array(query, { minLength: 1, maxLength: 6 }),
        async (documents, queries) => {
          const [plain, indexed] = [`p${++number}`, `i${number}`].map((name): Collection =>
            memory.collection(name),
          );
          const all = documents.map((one, _id) => ({ ...one, _id }));
          if (all.length > 0) await plain!.insertMany(all);
          await indexed!.createIndexes([
            { key: { 'c.d': 1 }, sparse: true },
            { key: { b: 1 }, partialFilterExpression: { b: { $gt: 0 } } },
            { key: { a: -1, 'c.d': 1 }, partialFilterExpression: { a: { $exists: true } } },
          ]);
          // Two arrays in one key are refused, as by MongoDB.
          await indexed!.insertMany(all, { ordered: false }).catch(() => undefined);
          await plain!.deleteMany({ _id: { $nin: await indexed!.distinct('_id') } });
          for (const one of queries) {
            const [want, got] = await Promise.all(
              [plain!, indexed!].map((where) => where.find(one).sort({ _id: 1 }).toArray()),
            );
            expect(got).toEqual(want);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the catalogue', () => {
  test('lists, repeats and drops indexes', async () => {
    await index({ a: 1, b: -1 }, { unique: true });
    await index({ a: 1, b: -1 }, { unique: true });
    await index({ c: 1 }, { partialFilterExpression: { c: { $gt: 1 } } });
    expect(await collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'a_1_b_-1', unique: true },
      { v: 2, key: { c: 1 }, name: 'c_1', partialFilterExpression: { c: { $gt: 1 } } },
    ]);
    await expect(index({ a: 1, b: -1 })).rejects.toMatchObject({ code: 86 });
    await expect(
      index({ c: 1 }, { name: 'other', partialFilterExpression: { c: { $gt: 1 } } }),
    ).rejects.toMatchObject({ code: 85 });
    await collection.dropIndex('a_1_b_-1');
    expect((await collection.indexes()).map(({ name }) => name)).toEqual(['_id_', 'c_1']);
    await collection.dropIndexes();
    expect(await collection.indexes()).toHaveLength(1);
  });

  test('makes, lists and drops collections, and databases apart from each other', async () => {
    const other = memory.connection.useDb('other').db!;
    await other.createCollection('x');
    await other.collection('y').insertOne({ a: 1 });
    expect((await other.listCollections().toArray()).map(({ name }) => name)).toEqual(['x', 'y']);
    expect((await other.listCollections({ name: 'y' }).toArray()).map(({ name }) => name)).toEqual([
      'y',
    ]);
    await insert({ _id: 1 });
    await other.dropDatabase();
    expect(await other.listCollections().toArray()).toEqual([]);
    expect(await collection.countDocuments()).toBe(1);
  });
});
