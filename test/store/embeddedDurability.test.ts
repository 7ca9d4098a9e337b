import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { createConnection, type Connection } from 'mongoose';
import { startEmbeddedStore, type EmbeddedStore } from '../../models/embedded';
import { runCommand } from '../../models/embedded/commands';
import { Cursors } from '../../models/embedded/cursors';
import { Disk } from '../../models/embedded/disk';
import { Engine } from '../../models/embedded/engine';
import { startChild, type Child } from '../support/children';

const CHILD = require.resolve('../support/storeChild.ts');

let directory: string;
const children: Child[] = [];
const stores: EmbeddedStore[] = [];
const connections: Connection[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'desk-test-'));
});

afterEach(async () => {
  for (const connection of connections.splice(0)) await connection.close();
  for (const store of stores.splice(0)) await store.close();
  for (const child of children.splice(0)) await child.kill();
  await rm(directory, { recursive: true, force: true });
});

async function start(where = directory): Promise<EmbeddedStore> {
  const store = await startEmbeddedStore({ directory: where });
  stores.push(store);
  return store;
}

async function connect(uri: string): Promise<Connection> {
  const connection = await createConnection(uri, { serverSelectionTimeoutMS: 2000 }).asPromise();
  connections.push(connection);
  return connection;
}

function child(mode: 'hold' | 'write' | 'race', first = 0, limit?: number): Child {
  const started = startChild(CHILD, [directory, mode, String(first)], limit);
  children.push(started);
  return started;
}

const acknowledged = ({ lines }: Child): number[] =>
  lines.filter((line) => line.startsWith('ack ')).map((line) => Number(line.slice(4)));

async function closeAll(): Promise<void> {
  for (const connection of connections.splice(0)) await connection.close();
  for (const store of stores.splice(0)) await store.close();
}

async function keptIds(): Promise<Set<number>> {
  const connection = await connect((await start()).uri);
  const documents = await connection.collection<{ _id: number }>('kept').find().toArray();
  return new Set(documents.map(({ _id }) => _id));
}

describe('what was acknowledged', () => {
  test('is there after kill -9, round after round', async () => {
    const all: number[] = [];
    for (let round = 0; round < 3; round++) {
      const writer = child('write', round * 100_000);
      await writer.count('ack ', 20 + 60 * round);
      await writer.kill();
      all.push(...acknowledged(writer));
    }
    const kept = await keptIds();
    expect(all.filter((id) => !kept.has(id))).toEqual([]);
    const counter = await connections[0]!.collection('counters').findOne();
    expect(counter?.n).toBeGreaterThanOrEqual(all.length);
    expect(counter?.n).toBeLessThanOrEqual(kept.size);
  });

  test('is there after a close, with its indexes and its types', async () => {
    const first = await connect((await start()).uri);
    const people = first.collection('people');
    await people.createIndexes([{ key: { name: 1 }, unique: true }]);
    await people.insertOne({
      name: 'Asha',
      at: new Date(5),
      big: 2 ** 40,
      half: 0.5,
      bytes: Buffer.from('x'),
    });
    await people.insertOne({ name: 'Bela' });
    await people.deleteOne({ name: 'Bela' });
    const before = await people.findOne({ name: 'Asha' });
    await closeAll();
    const again = (await connect((await start()).uri)).collection('people');
    expect(await again.find().toArray()).toEqual([before]);
    await expect(again.insertOne({ name: 'Asha' })).rejects.toMatchObject({ code: 11000 });
  });

  test('is there after a close in the midst of writes', async () => {
    const store = await start();
    const kept = (await connect(store.uri)).collection<{ _id: number }>('kept');
    const writes = Array.from({ length: 300 }, (_, _id) => kept.insertOne({ _id }));
    await Promise.any(writes);
    await store.close();
    stores.splice(0);
    const outcomes = await Promise.allSettled(writes);
    const acknowledgedIds = outcomes.flatMap((one) =>
      one.status === 'fulfilled' ? [one.value.insertedId] : [],
    );
    const there = await keptIds();
    expect(acknowledgedIds.length).toBeGreaterThan(0);
    expect(acknowledgedIds.filter((id) => !there.has(id))).toEqual([]);
  });

  test('is gone after a drop and a restart', async () => {
    const first = await connect((await start()).uri);
    await first.collection('a').insertOne({ n: 1 });
    await first.collection('b').insertOne({ n: 1 });
    await first.collection('a').drop();
    await closeAll();
    const again = await connect((await start()).uri);
    expect((await again.listCollections()).map(({ name }) => name)).toEqual(['b']);
    expect(await again.collection('a').countDocuments()).toBe(0);
  });
});

describe('several processes on one directory', () => {
  test('share the store of the one that serves', async () => {
    const holder = child('hold');
    const uri = await holder.line('uri');
    const here = await start();
    expect(here.uri).toBe(uri);
    await (await connect(here.uri)).collection('kept').insertOne({ n: 1 });
    await here.close();
    expect(await (await connect(uri)).collection('kept').countDocuments()).toBe(1);
  });

  test('that start at once have one store, also over the socket of a killed one', async () => {
    const dead = child('hold');
    const stale = await dead.line('uri');
    await dead.kill();
    const started = [child('race'), child('race'), child('race')];
    await Promise.all(started.map((one) => one.line('ready')));
    for (const one of started) one.process.stdin?.write('go\n');
    const uris = new Set(await Promise.all(started.map((one) => one.line('uri'))));
    expect(uris.size).toBe(1);
    expect(uris).not.toContain(stale);
    const [uri] = uris;
    await (await connect(uri!)).collection('kept').insertOne({ n: 1 });
    expect((await start()).uri).toBe(uri);
    const sockets = (await readdir(join(directory, 'store'))).filter((name) =>
      name.endsWith('.sock'),
    );
    expect(sockets).toHaveLength(1);
  });

  test('in one process too, each start after the first joins', async () => {
    const [one, two] = await Promise.all([start(), start()]);
    expect(one.uri).toBe(two.uri);
    expect((await start()).uri).toBe(one.uri);
  });
});

describe('a store that cannot write', () => {
  test('stops serving when another process has taken the directory over', async () => {
    const connection = await connect((await start()).uri);
    const kept = connection.collection('kept');
    await kept.insertOne({ n: 1 });
    const other = Disk.open(join(directory, 'store'));
    expect(await other.take(other.holder(), { address: 'elsewhere.sock', token: 'other' })).toBe(
      true,
    );
    await expect(kept.insertOne({ n: 2 })).rejects.toThrow('has stopped');
    await expect(kept.findOne({})).rejects.toThrow('has stopped');
    await expect(connection.db!.command({ ping: 1 })).rejects.toThrow('has stopped');
    expect([...other.read()].filter(({ serial }) => serial !== undefined)).toHaveLength(1);
    await other.close();
  });

  const onLinux = process.platform === 'linux' ? test : test.skip;
  onLinux(
    'serves nothing more when the disk refuses, and keeps what it acknowledged',
    async () => {
      const writer = child('write', 0, 300);
      await Promise.race([writer.ended, writer.line('then').catch(() => undefined)]);
      await writer.kill();
      const kept = await keptIds();
      expect(acknowledged(writer).length).toBeGreaterThan(0);
      expect(acknowledged(writer).filter((id) => !kept.has(id))).toEqual([]);
      // Either it refused, or lmdb's fault ended it: nothing was answered in between.
      const rest = writer.lines.filter((line) => !/^(uri|ack) /.test(line)).join();
      expect(rest).toMatch(
        /^(refused (.*could not write to its disk.*|connection.*)(,then .*could not write.*(,closed)?)?)?$/s,
      );
    },
    60_000,
  );

  test('refuses to write before the disk is full, reads on, and recovers by itself', async () => {
    let room = true;
    const engine = new Engine({ write: () => Promise.resolve(), hasRoom: () => room });
    const run = (command: object) => runCommand(engine, new Cursors(), { ...command, $db: 'd' });
    const insert = (_id: number) => run({ insert: 'c', documents: [{ _id }] });
    await insert(1);
    room = false;
    expect(await insert(2)).toMatchObject({ ok: 0, code: 14031 });
    expect(await run({ find: 'c', filter: {} })).toMatchObject({ cursor: { firstBatch: [{}] } });
    room = true;
    expect(await insert(2)).toMatchObject({ ok: 1, n: 1 });
  });
});

describe('opening', () => {
  const records = () =>
    open<Buffer>({ path: join(directory, 'store'), encoding: 'binary', useVersions: true });

  beforeEach(async () => {
    await (await connect((await start()).uri)).collection('kept').insertOne({ text: 'hello' });
    await closeAll();
  });

  test('refuses a damaged record', async () => {
    const disk = records();
    const bytes = disk.get([1, 1])!;
    bytes[bytes.length - 3]! ^= 1;
    await disk.put([1, 1], bytes);
    await disk.close();
    await expect(startEmbeddedStore({ directory })).rejects.toThrow('damaged');
  });

  test.each([
    ['an unknown record', 'surprise', 'unknown record'],
    ['a document of no collection', [77, 3], 'damaged'],
  ])('refuses %s', async (_, key, message) => {
    const disk = records();
    await disk.put(key, Buffer.from('whatever'));
    await disk.close();
    await expect(startEmbeddedStore({ directory })).rejects.toThrow(message);
  });

  test('refuses records without a format', async () => {
    const disk = records();
    await disk.remove('format');
    await disk.close();
    await expect(startEmbeddedStore({ directory })).rejects.toThrow('format unknown');
  });

  test('keeps files and socket to the owner', async () => {
    const { uri } = await start();
    const socket = decodeURIComponent(/\/\/([^/]+)/.exec(uri)![1]!);
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    expect((await stat(join(directory, 'store'))).mode & 0o777).toBe(0o700);
  });

  test('takes a directory whose path is too long for a socket', async () => {
    const long = join(directory, 'x'.repeat(100));
    const { uri } = await start(long);
    expect((await start(long)).uri).toBe(uri);
    await (await connect(uri)).collection('kept').insertOne({ n: 1 });
    const socket = decodeURIComponent(/\/\/([^/]+)/.exec(uri)![1]!);
    await closeAll();
    await expect(stat(socket)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
