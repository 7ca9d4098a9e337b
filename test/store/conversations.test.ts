import { ActivityRecords } from '../../models/activities';
import { ConversationRecords } from '../../models/conversations';
import { openStore, type Store } from '../../models/store';
import { Conversations, type ConversationEvent } from '../../services/conversations';

let store: Store;
let now: number;
let conversations: Conversations;
const clock = { now: () => new Date(now) };
const message = (text: string) => ({ body: { type: 'message', text } });

beforeEach(async () => {
  now = Date.parse('2026-03-02T10:00:00Z');
  store = await openStore({
    mongodbUri: process.env.MONGODB_URI,
    keys: [{ id: 's1', secret: Buffer.alloc(32, 1) }],
  });
  const records = new ConversationRecords(store);
  await records.ensureIndexes();
  conversations = new Conversations(records, clock);
});

afterEach(async () => {
  await store.connection.dropDatabase();
  await store.close();
});

test('times strictly increase, also when the clock stands still or goes back', async () => {
  for (const text of ['one', 'two', 'three']) await conversations.append('c', message(text));
  now -= 60_000;
  await conversations.append('c', message('four'));
  const { activities } = await conversations.since('c', 0, 10);
  const first = Date.parse('2026-03-02T10:00:00Z');
  expect(activities.map(({ at }) => at.getTime() - first)).toEqual([0, 1, 2, 3]);
});

test('an entry whose key is taken is not appended, also by two at once', async () => {
  const events: ConversationEvent[] = [];
  conversations.listen('c', (event) => events.push(event));
  const other = new Conversations(new ConversationRecords(store), clock);
  const appended = await Promise.all(
    [conversations, other, conversations, other].map((log) =>
      log.append('c', { ...message('x'), key: 'k' }),
    ),
  );
  expect(appended.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
  expect(new Set(appended.map(({ activity }) => activity.id)).size).toBe(1);
  expect((await conversations.since('c', 0, 10)).activities).toHaveLength(1);
  expect(events.length).toBeLessThanOrEqual(1);
});

test('a page ends at its limit and says so', async () => {
  for (const text of ['a', 'b', 'c']) await conversations.append('c', message(text));
  const first = await conversations.since('c', 0, 2);
  expect(first).toMatchObject({ watermark: 2, complete: false });
  const second = await conversations.since('c', 2, 2);
  expect(second).toMatchObject({ watermark: 3, complete: true });
  expect(second.activities.map(({ body }) => body.text)).toEqual(['c']);
});

test('hidden and erased activities are left out and count in the watermark', async () => {
  await conversations.append('c', { ...message('hidden'), hidden: true });
  const { activity } = await conversations.append('c', message('erased'));
  await conversations.erase('c', activity.id);
  expect(await conversations.since('c', 0, 10)).toEqual({
    activities: [],
    watermark: 2,
    complete: true,
  });
  expect(await conversations.shows('c', activity.id)).toBe(false);
});

test('another conversation’s activity can be neither seen, changed nor erased', async () => {
  const { activity } = await conversations.append('c', message('mine'));
  expect(await conversations.shows('d', activity.id)).toBe(false);
  expect(await conversations.replace('d', activity.id, { type: 'message' })).toBe(false);
  await conversations.erase('d', activity.id);
  expect((await conversations.since('c', 0, 10)).activities[0]?.body.text).toBe('mine');
});

test('when the customer last wrote is kept, exact to a minute', async () => {
  await conversations.begin('c', 'u');
  now += 30_000;
  await conversations.appendInbound('c', message('soon'));
  expect((await conversations.open('c')).lastActivityAt.getTime()).toBe(now - 30_000);
  now += 60_000;
  await conversations.appendInbound('c', message('later'));
  expect((await conversations.open('c')).lastActivityAt.getTime()).toBe(now);
});

test('where a conversation was begun from is told apart, and kept as a hash only', async () => {
  await conversations.begin('one', 'u', '198.51.100.7');
  await conversations.begin('same', 'u', '198.51.100.7');
  await conversations.begin('other', 'u', '198.51.100.8');
  await conversations.begin('untold', 'u');
  await conversations.begin('one', 'u', '198.51.100.8');
  const origins = ['one', 'same', 'other', 'untold', 'unknown'].map((id) =>
    conversations.originOf(id),
  );
  const [one, same, other, ...without] = await Promise.all(origins);
  expect(one).toMatch(/^[\w-]{43}$/);
  expect(same).toBe(one);
  expect(other).not.toBe(one);
  expect(without).toEqual([undefined, undefined]);
  const stored = await store.connection.collection('conversations').find({}).toArray();
  expect(JSON.stringify(stored)).not.toContain('198.51');
});

test('nothing personal is stored in clear', async () => {
  await conversations.begin('c', 'ann@example.org');
  await conversations.appendInbound('c', { ...message('my secret'), key: 'client:ann-key' });
  const stored = JSON.stringify([
    await store.connection.collection('conversations').find({}).toArray(),
    await store.connection.collection('activities').find({}).toArray(),
  ]);
  expect(stored).toContain('"c|0000001"');
  for (const personal of ['ann@example.org', 'my secret', 'ann-key'])
    expect(stored).not.toContain(personal);
});

test('the log refuses a body in clear', async () => {
  const { vault, connection } = store;
  const open: Store['vault'] = { ...vault, seal: () => 'not sealed' };
  const records = new ActivityRecords({ ...store, connection, vault: open });
  const inserting = records.insert({
    ...{ conversationId: 'c', sequence: 1, at: clock.now(), pending: false, hidden: false },
    body: { type: 'message' },
  });
  await expect(inserting).rejects.toThrow('in clear');
});
