import { CannedReplyRecords } from '../../models/cannedReplies';
import type { Store } from '../../models/store';
import { CannedReplies, filled } from '../../services/cannedReplies';
import { DeskNews, type DeskEvent } from '../../services/deskNews';
import { countedIds } from '../support/doubles';
import { describeOnStores } from '../support/stores';

const SHIPPED = ['A code, to be safe', 'Hello', 'It is a case now'];

describeOnStores('canned replies', (open) => {
  let store: Store;
  let told: DeskEvent[];
  let replies: CannedReplies;
  beforeEach(async () => {
    store = await open();
    told = [];
    replies = started();
  });
  /** As at a start of the desk. */
  const started = (): CannedReplies => {
    const news = new DeskNews();
    news.listen((event) => told.push(event));
    return new CannedReplies(new CannedReplyRecords(store), news, countedIds());
  };
  const titles = async (of = replies): Promise<string[]> =>
    (await of.list()).map(({ title }) => title);

  test('are three at the first start, also where two desks start at once', async () => {
    const [one, other] = await Promise.all([titles(), titles(started())]);
    expect(one).toEqual(SHIPPED);
    expect(other).toEqual(SHIPPED);
  });

  test('are added, changed and removed', async () => {
    const { id } = await replies.save({ title: ' Bye ', text: 'Goodbye, {customer}.' });
    expect(await titles()).toEqual([SHIPPED[0], 'Bye', ...SHIPPED.slice(1)]);
    await replies.save({ id, title: 'Bye', text: 'So long.' });
    expect(await replies.list()).toContainEqual({ id, title: 'Bye', text: 'So long.' });
    expect(await replies.remove(id)).toBe(true);
    expect(await replies.remove(id)).toBe(false);
    expect(await titles()).toEqual(SHIPPED);
    expect(told).toEqual(Array(3).fill({ kind: 'changed', what: 'replies' }));
  });

  test('stay as they were changed or removed when the desk starts again', async () => {
    const [code, hello] = await replies.list();
    await replies.remove(code!.id);
    await replies.save({ ...hello!, title: 'Good day' });
    expect(await titles(started())).toEqual(['Good day', 'It is a case now']);
  });

  test.each([
    ['no title', ' ', 'x'],
    ['no words', 'x', ' '],
    ['too long a title', 'x'.repeat(81), 'x'],
    ['too many words', 'x', 'x'.repeat(2001)],
  ])('with %s are refused', async (_what, title, text) => {
    await expect(replies.save({ title, text })).rejects.toMatchObject({ code: 'BadArgument' });
    expect(told).toEqual([]);
  });

  test('are kept sealed', async () => {
    await replies.list();
    const stored = await store.connection.collection('cannedReplies').find().toArray();
    expect(JSON.stringify(stored)).not.toMatch(/Hello|Comantra/);
  });
});

describe('a canned reply is filled', () => {
  test.each([
    ['Hello {customer}, I am {agent}.', 'Hello Priya, I am Asha.'],
    ['Twice {agent} {agent}', 'Twice Asha Asha'],
    ['Your case is {reference}', 'Your case is {reference}'],
    ['{toString} {nothing} {}', '{toString} {nothing} {}'],
    ['By {due}', 'By {agent}'],
  ])('%s', (text, expected) => {
    expect(filled(text, { customer: 'Priya', agent: 'Asha', due: '{agent}' })).toBe(expected);
  });
});
