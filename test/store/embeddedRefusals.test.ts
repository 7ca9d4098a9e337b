import { connect } from 'node:net';
import { mongo } from 'mongoose';
import { memoryStore, type MemoryStore } from '../support/embeddedStore';

let memory: MemoryStore;
let db: mongo.Db;

beforeAll(async () => {
  memory = await memoryStore();
  db = memory.connection.db!;
  await db
    .collection<{ _id: number }>('c')
    .insertOne({ _id: 1, n: 1, s: 'x', a: [1] } as { _id: number });
});
afterAll(() => memory.close());

const find = (filter: object, more: object = {}): object => ({ find: 'c', filter, ...more });
const update = (u: unknown, more: object = {}): object => ({
  update: 'c',
  updates: [{ q: { _id: 1 }, u, ...more }],
});
const aggregate = (...pipeline: object[]): object => ({ aggregate: 'c', pipeline, cursor: {} });
const index = (key: object, more: object = {}): object => ({
  createIndexes: 'c',
  indexes: [{ key, name: 'i', ...more }],
});

/** The code of a refused command, also of one that is refused by statement. */
async function codeOf(command: object): Promise<unknown> {
  try {
    const answer = await db.command(command);
    return (answer.writeErrors as { code: number }[] | undefined)?.[0]?.code ?? 'accepted';
  } catch (error) {
    return (error as mongo.MongoServerError).code;
  }
}

describe('nothing is ignored', () => {
  test.each<[string, object, number]>([
    ['an unknown command', { mapReduce: 'c' }, 59],
    ['an unknown operator', find({ n: { $near: 1 } }), 2],
    ['an unknown operator beside a known one', find({ n: { $gt: 1, $mod: [2, 0] } }), 2],
    [
      'an unknown operator in an empty collection',
      { find: 'none', filter: { n: { $near: 1 } } },
      2,
    ],
    ['$where', find({ $where: 'true' }), 2],
    ['$expr', find({ $expr: true }), 2],
    ['$text', find({ $text: { $search: 'x' } }), 2],
    ['an empty $or', find({ $or: [] }), 2],
    ['$in without an array', find({ n: { $in: 1 } }), 2],
    ['operators in $in', find({ n: { $in: [{ $gt: 1 }] } }), 2],
    ['$not of a value', find({ n: { $not: 1 } }), 2],
    ['a negative $size', find({ a: { $size: -1 } }), 2],
    ['an unknown $type', find({ n: { $type: 'thing' } }), 2],
    ['a bad regex', find({ s: { $regex: '(' } }), 2],
    ['regex options that JavaScript lacks', find({ s: { $regex: 'a', $options: 'x' } }), 2],
    ['$options without $regex', find({ s: { $options: 'i' } }), 2],
    ['a path with a positional part', find({ 'a.$.b': 1 }), 9],
    ['an empty part of a path', find({ 'a..b': 1 }), 9],
    ['an unknown field of a command', find({}, { wish: 1 }), 40415],
    ['a collation', find({}, { collation: { locale: 'fr' } }), 9],
    ['a tailable cursor', find({}, { tailable: true }), 9],
    ['let', find({}, { let: { x: 1 } }), 9],
    ['a hint to no index', find({}, { hint: 'nope_1' }), 2],
    ['a sort by an expression', find({}, { sort: { n: { $meta: 'textScore' } } }), 9],
    ['a sort by 2', find({}, { sort: { n: 2 } }), 2],
    ['a projection by an expression', find({}, { projection: { a: { $slice: 1 } } }), 9],
    ['a mixed projection', find({}, { projection: { a: 1, b: 0 } }), 2],
    ['a projection of a path and its part', find({}, { projection: { a: 1, 'a.b': 1 } }), 2],
    ['a negative skip', find({}, { skip: -1 }), 2],
    ['a transaction', find({}, { txnNumber: mongo.Long.fromNumber(1), autocommit: false }), 20],
    ['a read concern of another time', find({}, { readConcern: { level: 'snapshot' } }), 72],
    [
      'a write concern over two nodes',
      { delete: 'c', deletes: [{ q: { _id: 9 }, limit: 1 }], writeConcern: { w: 2 } },
      100,
    ],
    ['a bad collection name', { find: 'system.users' }, 73],
    ['an unknown pipeline stage', aggregate({ $lookup: {} }), 9],
    ['a pipeline stage with two names', aggregate({ $match: {}, $limit: 1 }), 2],
    ['another accumulator', aggregate({ $group: { _id: null, n: { $push: '$n' } } }), 9],
    ['an expression in a group', aggregate({ $group: { _id: { $toLower: '$s' } } }), 9],
    ['$rename', update({ $rename: { n: 'm' } }), 9],
    ['$currentDate', update({ $currentDate: { n: true } }), 9],
    ['$push with $position', update({ $push: { a: { $each: [1], $position: 0 } } }), 9],
    ['$push with $sort', update({ $push: { a: { $each: [1], $sort: 1 } } }), 9],
    ['a positional update', update({ $set: { 'a.$': 1 } }), 9],
    ['a positional update of all', update({ $set: { 'a.$[]': 1 } }), 9],
    ['array filters', update({ $set: { n: 1 } }, { arrayFilters: [{ x: 1 }] }), 9],
    ['an update by a pipeline', update([{ $set: { n: 1 } }]), 9],
    ['two updates of one path', update({ $set: { n: 1 }, $inc: { n: 1 } }), 40],
    ['updates of a path and its part', update({ $set: { b: 1, 'b.c': 1 } }), 40],
    ['an update of the id', update({ $set: { _id: 2 } }), 66],
    ['a replacement of the id', update({ _id: 2 }), 66],
    ['$inc of a text', update({ $inc: { s: 1 } }), 14],
    ['$inc by a text', update({ $inc: { n: '1' } }), 14],
    ['$push to a number', update({ $push: { n: 1 } }), 2],
    ['a field within a number', update({ $set: { 'n.x': 1 } }), 28],
    ['an operator among fields', update({ a: 1, $set: { n: 1 } }), 9],
    ['a replacement of many', update({ a: 1 }, { multi: true }), 9],
    ['a delete of two', { delete: 'c', deletes: [{ q: {}, limit: 2 }] }, 9],
    ['an id that is an array', { insert: 'c', documents: [{ _id: [1] }] }, 53],
    ['a field with a dollar', { insert: 'c', documents: [{ _id: 5, $x: 1 }] }, 52],
    ['a DBRef', { insert: 'c', documents: [{ _id: 5, r: { $ref: 'c', $id: 1 } }] }, 2],
    ['findAndModify without an update', { findAndModify: 'c', query: {} }, 9],
    [
      'findAndModify that removes what is new',
      { findAndModify: 'c', query: {}, remove: true, new: true },
      9,
    ],
    ['a TTL index', index({ n: 1 }, { expireAfterSeconds: 1 }), 67],
    ['a text index', index({ s: 'text' }), 67],
    ['a geographic index', index({ s: '2dsphere' }), 67],
    [
      'a sparse partial index',
      index({ s: 1 }, { sparse: true, partialFilterExpression: { n: 1 } }),
      67,
    ],
    [
      'a partial index by an operator that elements can break',
      index({ s: 1 }, { partialFilterExpression: { n: { $ne: 1 } } }),
      67,
    ],
    ['an index drop of the ids', { dropIndexes: 'c', index: '_id_' }, 72],
    ['an index drop of none', { dropIndexes: 'c', index: 'nope' }, 27],
    ['a capped collection', { create: 'd', capped: true, size: 10 }, 9],
    ['a second collection of a name', { create: 'c' }, 48],
    ['a cursor that is not', { getMore: mongo.Long.fromNumber(99), collection: 'c' }, 43],
  ])('%s', async (_, command, code) => {
    expect(await codeOf(command)).toBe(code);
  });

  test('and nothing was changed by any of them', async () => {
    expect(await db.collection('c').find({}).toArray()).toEqual([{ _id: 1, n: 1, s: 'x', a: [1] }]);
    expect(await db.collection('c').indexes()).toHaveLength(1);
  });

  test('a document nested too deep, or too large', async () => {
    let deep: object = {};
    for (let level = 0; level < 150; level++) deep = { deep };
    expect(await codeOf({ insert: 'c', documents: [{ _id: 6, deep }] })).toBe(2);
    const half = 'x'.repeat(9 * 1024 * 1024);
    await db.collection<{ _id: string }>('big').insertOne({ _id: 'b', half } as { _id: string });
    const grow = { update: 'big', updates: [{ q: {}, u: { $set: { more: half } } }] };
    expect(await codeOf(grow)).toBe(10334);
  });
});

describe('a prototype stays as it was', () => {
  const raw = (text: string): object => JSON.parse(text) as object;
  test.each([
    ['$set', update(raw('{"$set": {"__proto__.polluted": 1}}'))],
    ['$set of the constructor', update(raw('{"$set": {"constructor.prototype.polluted": 1}}'))],
    ['$unset', update(raw('{"$unset": {"__proto__.toString": 1}}'))],
    ['$push', update(raw('{"$push": {"__proto__.polluted": 1}}'))],
    [
      'a replacement',
      { update: 'p', updates: [{ q: {}, u: raw('{"__proto__": {"polluted": 1}}'), upsert: true }] },
    ],
    ['an insert', { insert: 'p', documents: [raw('{"_id": 3, "__proto__": {"polluted": 1}}')] }],
    [
      'an upsert',
      {
        update: 'p',
        updates: [{ q: raw('{"__proto__.polluted": 1}'), u: { $set: { a: 1 } }, upsert: true }],
      },
    ],
    ['a group', aggregate({ $group: raw('{"_id": null, "__proto__": {"$sum": 1}}') })],
    ['a projection', find({}, { projection: raw('{"__proto__.polluted": 1}') })],
  ])('%s', async (_, command) => {
    await codeOf(command);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(typeof {}.toString).toBe('function');
  });

  test('a field of that name is a field like any other', async () => {
    const document = raw('{"_id": 8, "__proto__": {"x": 1}, "constructor": 2}');
    await db.command({ insert: 'q', documents: [document] });
    expect(await db.collection('q').countDocuments({ constructor: 2 })).toBe(1);
    expect(JSON.stringify(await db.collection('q').findOne({}))).toBe(JSON.stringify(document));
  });
});

describe('bytes that are no message', () => {
  const path = (): string => decodeURIComponent(/\/\/([^/]+)/.exec(memory.store.uri)![1]!);
  const header = (length: number, code: number, rest: number): Buffer => {
    const bytes = Buffer.alloc(16 + rest);
    bytes.writeInt32LE(length, 0);
    bytes.writeInt32LE(code, 12);
    return bytes;
  };
  test.each([
    ['a length of 0', header(0, 2013, 0)],
    ['a length beyond all', header(2 ** 31 - 1, 2013, 0)],
    ['an unknown kind', header(20, 2012, 4)],
    ['no body', header(20, 2013, 4)],
    [
      'a body that is longer than its message',
      Buffer.concat([header(30, 2013, 5), Buffer.from([255, 0, 0, 0, 0, 0, 0, 0, 0])]),
    ],
    ['another protocol', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
  ])('%s ends that connection only', async (_, bytes) => {
    const socket = connect(path());
    const closed = new Promise((resolve) =>
      socket.on('close', resolve).on('error', () => undefined),
    );
    socket.write(bytes);
    socket.resume();
    await closed;
    await expect(db.command({ ping: 1 })).resolves.toMatchObject({ ok: 1 });
  });
});
