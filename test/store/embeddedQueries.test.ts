import { mongo } from 'mongoose';
import { memoryStore, type MemoryStore, type Row } from '../support/embeddedStore';

const { Decimal128, Double, Int32, Long, ObjectId } = mongo;
type Fields = Record<string, unknown>;

let memory: MemoryStore;
let collection: mongo.Collection<Row>;
let number = 0;

beforeAll(async () => {
  memory = await memoryStore();
});
afterAll(() => memory.close());
beforeEach(() => {
  collection = memory.collection(`c${++number}`);
});

/** The ids of those documents that a query finds; each document gets its place as its id. */
async function found(documents: readonly Fields[], query: Fields): Promise<unknown[]> {
  await collection.insertMany(documents.map((document, _id) => ({ _id, ...document })));
  return (await collection.find(query).toArray()).map(({ _id }) => _id);
}

const id = new ObjectId('64b000000000000000000001');
const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));

describe('queries', () => {
  const NUMBERS = [{ n: 1 }, { n: 2 }, { n: 3 }, { n: null }, {}, { n: 'x' }];
  const ARRAYS = [
    { a: [1, 5] },
    { a: [] },
    { a: 5 },
    { a: [[5]] },
    { a: [{ b: 5 }, { b: 1, c: 2 }] },
    { a: { b: 5 } },
  ];
  test.each<[string, readonly Fields[], Fields, number[]]>([
    ['a value', NUMBERS, { n: 2 }, [1]],
    ['null finds missing too', NUMBERS, { n: null }, [3, 4]],
    ['$eq', NUMBERS, { n: { $eq: 'x' } }, [5]],
    ['$ne', NUMBERS, { n: { $ne: 2 } }, [0, 2, 3, 4, 5]],
    ['$gt within the type', NUMBERS, { n: { $gt: 1 } }, [1, 2]],
    ['$gte and $lt', NUMBERS, { n: { $gte: 1, $lt: 3 } }, [0, 1]],
    ['$lte null', NUMBERS, { n: { $lte: null } }, [3, 4]],
    ['$in', NUMBERS, { n: { $in: [1, null] } }, [0, 3, 4]],
    ['$in with a regex', NUMBERS, { n: { $in: [/^x/] } }, [5]],
    ['$nin', NUMBERS, { n: { $nin: [1, null] } }, [1, 2, 5]],
    ['$exists', NUMBERS, { n: { $exists: true } }, [0, 1, 2, 3, 5]],
    ['$exists false', NUMBERS, { n: { $exists: false } }, [4]],
    ['$not', NUMBERS, { n: { $not: { $gt: 1 } } }, [0, 3, 4, 5]],
    ['$and', NUMBERS, { $and: [{ n: { $gt: 1 } }, { n: { $lt: 3 } }] }, [1]],
    ['$or', NUMBERS, { $or: [{ n: 1 }, { n: 'x' }] }, [0, 5]],
    ['$nor', NUMBERS, { $nor: [{ n: 1 }, { n: null }] }, [1, 2, 5]],
    ['a value in an array', ARRAYS, { a: 5 }, [0, 2]],
    ['a whole array', ARRAYS, { a: [1, 5] }, [0]],
    ['an array within an array', ARRAYS, { a: [5] }, [3]],
    ['two bounds met by two elements', ARRAYS, { a: { $gt: 4, $lt: 2 } }, [0]],
    ['$elemMatch of one element', ARRAYS, { a: { $elemMatch: { $gt: 4, $lt: 6 } } }, [0]],
    ['$elemMatch with $in', ARRAYS, { a: { $elemMatch: { $in: [1] } } }, [0]],
    ['$elemMatch of documents', ARRAYS, { a: { $elemMatch: { b: 1, c: 2 } } }, [4]],
    ['$elemMatch is of one document', ARRAYS, { a: { $elemMatch: { b: 5, c: 2 } } }, []],
    ['a path through an array', ARRAYS, { 'a.b': 5 }, [4, 5]],
    ['a path by place', ARRAYS, { 'a.1': 5 }, [0]],
    ['a path by place and name', ARRAYS, { 'a.1.c': 2 }, [4]],
    ['$size', ARRAYS, { a: { $size: 2 } }, [0, 4]],
    ['$size 0', ARRAYS, { a: { $size: 0 } }, [1]],
    ['$all', ARRAYS, { a: { $all: [5, 1] } }, [0]],
    ['$type of elements', ARRAYS, { a: { $type: 'object' } }, [4, 5]],
    ['$type array', ARRAYS, { a: { $type: 'array' } }, [0, 1, 3, 4]],
    ['a regex', [{ s: 'Abc' }, { s: 'b' }, { s: ['xa'] }], { s: /a/i }, [0, 2]],
    [
      '$regex with $options',
      [{ s: 'Abc' }, { s: 'b' }],
      { s: { $regex: '^a', $options: 'i' } },
      [0],
    ],
    ['$not of a regex', [{ s: 'a' }, { s: 'b' }, {}], { s: { $not: /a/ } }, [1, 2]],
    [
      'a document, field by field in order',
      [{ d: { x: 1, y: 2 } }, { d: { y: 2, x: 1 } }],
      { d: { x: 1, y: 2 } },
      [0],
    ],
    ['$comment is no condition', NUMBERS, { n: 1, $comment: 'why' }, [0]],
    ['an ObjectId', [{ o: id }, { o: id.toHexString() }], { o: id }, [0]],
    ['dates', [{ at: day(1) }, { at: day(2) }, { at: 1 }], { at: { $lte: day(1) } }, [0]],
    ['bytes', [{ b: Buffer.from('a') }, { b: Buffer.from('b') }], { b: Buffer.from('b') }, [1]],
    [
      'numbers of all types are equal',
      [
        { n: new Int32(5) },
        { n: Long.fromNumber(5) },
        { n: new Double(5) },
        { n: new Decimal128('5.0') },
      ],
      { n: 5 },
      [0, 1, 2, 3],
    ],
    [
      '$type tells numbers apart',
      [{ n: new Int32(5) }, { n: Long.fromNumber(5) }, { n: new Double(5) }],
      { n: { $type: 'double' } },
      [2],
    ],
    [
      'long numbers are exact',
      [{ n: Long.fromString('9007199254740993') }, { n: Long.fromString('9007199254740992') }],
      { n: { $gt: Long.fromString('9007199254740992') } },
      [0],
    ],
    [
      'decimals are exact',
      [{ n: new Decimal128('0.1') }, { n: 0.1 }],
      { n: new Decimal128('0.1') },
      [0],
    ],
    ['NaN is below no number', [{ n: NaN }, { n: 1 }], { n: { $lt: 5 } }, [1]],
    ['what a prototype has is not there', [{}], { 'constructor.name': { $exists: true } }, []],
  ])('%s', async (_, documents, query, expected) => {
    expect(await found(documents, query)).toEqual(expected);
  });
});

describe('order, limits and projection', () => {
  test('sorts by type, then value, and arrays by their end', async () => {
    const values = ['b', null, 2, [9, 0], true, 'a', id, day(1), { x: 1 }, -1];
    await collection.insertMany(values.map((v, _id) => ({ _id, v })));
    const up = await collection.find({}).sort({ v: 1 }).toArray();
    expect(up.map(({ v }) => v as unknown)).toEqual([
      null,
      -1,
      [9, 0],
      2,
      'a',
      'b',
      { x: 1 },
      id,
      true,
      day(1),
    ]);
    const down = await collection.find({}).sort({ v: -1 }).toArray();
    expect(down.map(({ v }) => v as unknown)).toEqual([
      day(1),
      true,
      id,
      { x: 1 },
      'b',
      'a',
      [9, 0],
      2,
      -1,
      null,
    ]);
  });

  test('sorts by code point, not by UTF-16 unit', async () => {
    await collection.insertMany(['\u{1f600}', '\uffee', 'z'].map((v, _id) => ({ _id, v })));
    const up = await collection.find({}).sort({ v: 1 }).toArray();
    expect(up.map(({ _id }) => _id)).toEqual([2, 1, 0]);
  });

  test('sorts by several fields, then skips and limits', async () => {
    await collection.insertMany([1, 2, 3, 4, 5].map((n) => ({ _id: n, odd: n % 2, n })));
    const page = await collection.find({}).sort({ odd: 1, n: -1 }).skip(1).limit(3).toArray();
    expect(page.map(({ n }) => n as unknown)).toEqual([2, 5, 3]);
  });

  test('gives long results in batches, as they were when they were found', async () => {
    await collection.insertMany(Array.from({ length: 1000 }, (_, _id) => ({ _id, n: 0 })));
    const cursor = collection.find({}, { batchSize: 100 });
    await cursor.next();
    await collection.updateMany({}, { $set: { n: 1 } });
    const rest = await cursor.toArray();
    expect(rest).toHaveLength(999);
    expect(rest.filter(({ n }) => n === 0)).toHaveLength(999);
  });

  test('a closed cursor is gone', async () => {
    await collection.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    const cursor = collection.find({}, { batchSize: 1 });
    await cursor.next();
    const cursorId = cursor.id!;
    await cursor.close();
    const more = memory.connection.db!.command({
      getMore: cursorId,
      collection: collection.collectionName,
    });
    await expect(more).rejects.toMatchObject({ code: 43 });
  });

  const DOCUMENT = { _id: 1, a: 1, b: { c: 2, d: 3 }, l: [{ x: 1, y: 2 }, 5] };
  test.each<[string, Fields, Fields]>([
    ['keeps', { a: 1 }, { _id: 1, a: 1 }],
    ['keeps without id', { a: 1, _id: 0 }, { a: 1 }],
    ['keeps a part', { 'b.c': 1 }, { _id: 1, b: { c: 2 } }],
    ['keeps parts of elements', { 'l.x': 1, _id: 0 }, { l: [{ x: 1 }] }],
    ['drops', { b: 0, l: false }, { _id: 1, a: 1 }],
    ['drops parts of elements', { b: 0, a: 0, 'l.x': 0 }, { _id: 1, l: [{ y: 2 }, 5] }],
    ['drops the id alone', { _id: 0 }, { a: 1, b: DOCUMENT.b, l: DOCUMENT.l }],
    ['keeps the id alone', { _id: 1 }, { _id: 1 }],
  ])('a projection %s', async (_, projection, expected) => {
    await collection.insertOne(DOCUMENT);
    expect(await collection.findOne({}, { projection })).toEqual(expected);
  });

  test('count, distinct and countDocuments', async () => {
    await collection.insertMany([{ _id: 1, t: ['a', 'b'] }, { _id: 2, t: 'b' }, { _id: 3 }]);
    expect(await collection.countDocuments({ t: 'b' })).toBe(2);
    expect(await collection.countDocuments({}, { skip: 1, limit: 1 })).toBe(1);
    expect(await collection.estimatedDocumentCount()).toBe(3);
    expect(await collection.distinct('t')).toEqual(['a', 'b']);
  });

  test('groups by a field and sums', async () => {
    await collection.insertMany([
      { _id: 1, s: 'x', n: 2 },
      { _id: 2, s: 'y', n: 3 },
      { _id: 3, s: 'x', n: 5 },
    ]);
    const groups = await collection
      .aggregate([
        { $match: { n: { $gt: 1 } } },
        { $group: { _id: '$s', n: { $sum: '$n' }, of: { $sum: 1 } } },
        { $sort: { n: -1 } },
      ])
      .toArray();
    expect(groups).toEqual([
      { _id: 'x', n: 7, of: 2 },
      { _id: 'y', n: 3, of: 1 },
    ]);
  });
});

describe('updates', () => {
  test.each<[string, Fields, Fields, Fields]>([
    ['$set', { a: 1 }, { $set: { a: 2, 'b.c': 3 } }, { a: 2, b: { c: 3 } }],
    ['$set in an array', { a: [1, 2] }, { $set: { 'a.1': 9, 'a.3': 7 } }, { a: [1, 9, null, 7] }],
    [
      '$set of a name that every object has',
      {},
      { $set: { 'constructor.prototype.x': 1 } },
      { constructor: { prototype: { x: 1 } } },
    ],
    ['$unset', { a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 2 } }],
    ['$unset of an element', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    ['$inc', { n: 1 }, { $inc: { n: 2, m: 5 } }, { n: 3, m: 5 }],
    ['$inc past 32 bits', { n: 2 ** 31 - 1 }, { $inc: { n: 1 } }, { n: 2 ** 31 }],
    ['$inc by a half', { n: 1 }, { $inc: { n: 0.5 } }, { n: 1.5 }],
    [
      '$min and $max',
      { a: 5, b: 5 },
      { $min: { a: 3, c: 1 }, $max: { b: 3 } },
      { a: 3, b: 5, c: 1 },
    ],
    ['$push', { a: [1] }, { $push: { a: 2, b: 1 } }, { a: [1, 2], b: [1] }],
    [
      '$push $each $slice',
      { a: [1, 2] },
      { $push: { a: { $each: [3, 4], $slice: -3 } } },
      { a: [2, 3, 4] },
    ],
    ['$pull of a value', { a: [1, 2, 1] }, { $pull: { a: 1 } }, { a: [2] }],
    ['$pull by a condition', { a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } }, { a: [1] }],
    [
      '$pull of documents',
      { a: [{ k: 'x', n: 1 }, { k: 'y' }] },
      { $pull: { a: { k: 'x' } } },
      { a: [{ k: 'y' }] },
    ],
    ['$pullAll', { a: [1, 2, 3] }, { $pullAll: { a: [1, 3] } }, { a: [2] }],
    ['$addToSet', { a: [1] }, { $addToSet: { a: 1, b: { $each: [2, 2] } } }, { a: [1], b: [2] }],
    ['$setOnInsert does nothing to what is there', { a: 1 }, { $setOnInsert: { a: 2 } }, { a: 1 }],
  ])('%s', async (_, before, update, after) => {
    await collection.insertOne({ _id: 1, ...before });
    await collection.updateOne({ _id: 1 }, update);
    expect(await collection.findOne({})).toEqual({ _id: 1, ...after });
    expect(({} as Fields).x).toBeUndefined();
  });

  test('tell how many matched and how many changed', async () => {
    await collection.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 2 },
    ]);
    const outcome = await collection.updateMany({}, { $set: { n: 2 } });
    expect(outcome).toMatchObject({ matchedCount: 2, modifiedCount: 1 });
  });

  test('an upsert takes the equalities of its query', async () => {
    const query = { kind: 'x', 'sub.a': 1, n: { $gt: 5 }, m: { $eq: 2 } };
    const outcome = await collection.updateOne(
      query,
      { $set: { t: 1 }, $setOnInsert: { u: 2 } },
      { upsert: true },
    );
    expect(outcome).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
    const { _id, ...rest } = (await collection.findOne({}))!;
    expect(_id).toEqual(outcome.upsertedId);
    expect(rest).toEqual({ kind: 'x', sub: { a: 1 }, m: 2, t: 1, u: 2 });
    await collection.updateOne({ kind: 'x' }, { $setOnInsert: { u: 3 } }, { upsert: true });
    expect(await collection.countDocuments({ u: 2 })).toBe(1);
  });

  test('a replacement keeps the id and nothing else', async () => {
    await collection.insertOne({ _id: 1, a: 1 });
    await collection.replaceOne({ _id: 1 }, { b: 2 });
    await collection.replaceOne({ _id: 7 }, { b: 3 }, { upsert: true });
    expect(await collection.find({}).toArray()).toEqual([
      { _id: 1, b: 2 },
      { _id: 7, b: 3 },
    ]);
  });

  test('findOneAndUpdate gives what was or what has become', async () => {
    await collection.insertMany([
      { _id: 1, n: 1 },
      { _id: 2, n: 5 },
    ]);
    const was = await collection.findOneAndUpdate({}, { $inc: { n: 1 } }, { sort: { n: -1 } });
    expect(was).toEqual({ _id: 2, n: 5 });
    const now = await collection.findOneAndUpdate(
      { _id: 2 },
      { $inc: { n: 1 } },
      { returnDocument: 'after', projection: { _id: 0 } },
    );
    expect(now).toEqual({ n: 7 });
    expect(await collection.findOneAndDelete({ _id: 2 })).toEqual({ _id: 2, n: 7 });
    expect(await collection.findOneAndUpdate({ _id: 2 }, { $inc: { n: 1 } })).toBeNull();
    const made = await collection.findOneAndUpdate(
      { _id: 3 },
      { $set: { n: 0 } },
      { upsert: true, returnDocument: 'after' },
    );
    expect(made).toEqual({ _id: 3, n: 0 });
  });

  test('one of 50 claims wins', async () => {
    await collection.insertOne({ _id: 1, owner: null });
    const claims = Array.from({ length: 50 }, (_, owner) =>
      collection.findOneAndUpdate(
        { _id: 1, owner: null },
        { $set: { owner } },
        { returnDocument: 'after' },
      ),
    );
    const won = (await Promise.all(claims)).filter((claimed) => claimed !== null);
    expect(won).toHaveLength(1);
    expect(won[0]).toEqual(await collection.findOne({}));
  });

  test('50 upserts of one key make one document', async () => {
    await Promise.all(
      Array.from({ length: 50 }, () =>
        collection.updateOne({ _id: 'k' }, { $inc: { n: 1 } }, { upsert: true }),
      ),
    );
    expect(await collection.find({}).toArray()).toEqual([{ _id: 'k', n: 50 }]);
  });

  test('number types last', async () => {
    await collection.insertOne({ _id: 1, d: new Double(1), l: Long.fromNumber(1), i: 1 });
    await collection.updateOne({}, { $inc: { d: 1, l: 1, i: 1 } });
    const raw = await collection.findOne({}, { promoteValues: false, promoteLongs: false });
    expect([raw?.d, raw?.l, raw?.i]).toEqual([new Double(2), Long.fromNumber(2), new Int32(2)]);
  });

  test('deletes one or all', async () => {
    await collection.insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]);
    expect(await collection.deleteOne({})).toMatchObject({ deletedCount: 1 });
    expect(await collection.deleteMany({ _id: { $gt: 2 } })).toMatchObject({ deletedCount: 1 });
    expect(await collection.find({}).toArray()).toEqual([{ _id: 2 }]);
  });
});
