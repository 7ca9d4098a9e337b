import { ChatCustomer } from '../support/chatCustomer';
import { TestClock } from '../support/doubles';
import {
  sharedUnderstanding,
  startProduct,
  TEST_KEY,
  type RunningProduct,
} from '../support/product';
import { until } from '../support/until';

const MINUTE = 60_000;
const SECRET = TEST_KEY.secret.toString('base64');
const MANAGER = 'privacy.manager@example.com';
const ANSWER = 'A *walrus* did it.\n\nWe have spoken to him.';
const SHOWN = /^Here is the answer to your case PD-\w{4}-\w{4}, from the privacy manager/;
/** A business day after every date that is promised here, by less than the 62 days that one can be moved by. */
const LATER = '2026-12-23';
const WAITING = /^The answer to your case PD-\w{4}-\w{4} is here\. Choose “Check a case”/;

interface Said {
  readonly text?: string;
  readonly textFormat?: string;
}

describe('an answer in the chat', () => {
  const clock = new TestClock(new Date('2026-11-23T04:30:00Z'));
  let running: RunningProduct;

  beforeAll(async () => {
    await sharedUnderstanding();
    running = await startProduct({ clock });
  }, 120_000);
  afterAll(() => running.close());

  /** With the channel's secret, since a customer's token lives no longer than half an hour. */
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${running.url}/v3/directline/conversations${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    return (await response.json()) as T;
  }

  /** All that was said, as somebody sees it who looks now. */
  const log = async ({ conversationId }: ChatCustomer) => {
    const read = await call<{ activities: Said[] }>('GET', `/${conversationId}/activities`);
    return read.activities;
  };
  const news = async (customer: ChatCustomer) =>
    (await log(customer)).filter(({ text = '' }) =>
      [SHOWN, WAITING].some((each) => each.test(text)),
    );

  async function settle(): Promise<void> {
    const { connection } = running.store;
    await until(
      'the turns to end',
      async () =>
        (await connection.collection('activities').countDocuments({ pending: true })) === 0,
      20_000,
    );
    await running.product.sweep();
  }

  /** A customer who has reported something, and has just said their last word. */
  async function reported(): Promise<{ customer: ChatCustomer; caseId: string }> {
    const customer = await ChatCustomer.open(running.url);
    await customer.ask('someone sent my letters to a stranger yesterday', /e-mail/);
    await customer.ask('leave it out', /works here/);
    await customer.ask('no', /optional/);
    await customer.ask('skip', /check it/);
    const opened = await customer.ask('send it', /PD-\w{4}-\w{4}/);
    const [reference = ''] = /PD-\w{4}-\w{4}/.exec(opened) ?? [];
    await settle();
    const found = await running.product.office.records.cases.byReference(reference);
    return { customer, caseId: found!.id };
  }

  const say = async ({ conversationId }: ChatCustomer, text: string): Promise<void> => {
    const from = { id: 'me' };
    await call('POST', `/${conversationId}/activities`, { type: 'message', text, from });
    await settle();
  };

  async function answer(caseId: string, cause = 'm1', text = ANSWER): Promise<void> {
    const deed = { cause, at: clock.now(), by: MANAGER };
    await running.product.office.handling.answer(caseId, deed, text);
    await settle();
  }

  const restart = async (): Promise<void> => {
    const { port, store, directory } = running;
    await running.close({ keepStore: true });
    running = await startProduct({ clock, port, store, directory });
  };

  test.each<[string, number, RegExp]>([
    ['at once', 0, SHOWN],
    ['29 minutes after the customer’s last word', 29 * MINUTE, SHOWN],
    ['half an hour after it', 30 * MINUTE, WAITING],
    ['two days after it', 48 * 60 * MINUTE, WAITING],
  ])('%s', async (_when, silence, expected) => {
    const { customer, caseId } = await reported();
    clock.advance(silence);
    await answer(caseId);
    expect(await news(customer)).toEqual([
      expect.objectContaining({ text: expect.stringMatching(expected) as string }),
    ]);
  });

  test('is shown as it was written, not as Markdown; and of one that waits no word is shown', async () => {
    const { customer, caseId } = await reported();
    await answer(caseId);
    clock.advance(30 * MINUTE);
    await answer(caseId, 'm2', 'A penguin helped him.');
    const [shown] = await news(customer);
    expect(shown).toMatchObject({ textFormat: 'plain' });
    expect(shown!.text!.endsWith(`:\n\n${ANSWER}`)).toBe(true);
    const said = JSON.stringify(await log(customer));
    expect(said).toContain('A further answer to your case');
    expect(said).not.toContain('penguin');
  });

  test('is shown again once the customer has said something', async () => {
    const { customer, caseId } = await reported();
    clock.advance(25 * MINUTE);
    await say(customer, 'thanks');
    clock.advance(25 * MINUTE);
    await answer(caseId);
    expect(await news(customer)).toEqual([
      expect.objectContaining({ text: expect.stringMatching(SHOWN) as string }),
    ]);
  });

  test('is not shown because the page was loaded anew, or the bot has spoken', async () => {
    const { customer, caseId } = await reported();
    const { handling } = running.product.office;
    clock.advance(25 * MINUTE);
    await call('GET', `/${customer.conversationId}?watermark=0`);
    const deed = { cause: 'x1', at: clock.now(), by: MANAGER };
    const { outcome } = await handling.extend(caseId, deed, LATER, 'The logs are abroad.');
    expect(outcome).toBe('extended');
    await settle();
    clock.advance(25 * MINUTE);
    await answer(caseId);
    expect(await news(customer)).toEqual([
      expect.objectContaining({ text: expect.stringMatching(WAITING) as string }),
    ]);
  });

  test.each<[string, number, RegExp]>([
    ['is shown within half an hour', 20 * MINUTE, SHOWN],
    ['waits after it', 40 * MINUTE, WAITING],
  ])('in a conversation that began before a restart %s', async (_what, silence, expected) => {
    const { customer, caseId } = await reported();
    await restart();
    clock.advance(silence);
    await answer(caseId);
    expect(await news(customer)).toEqual([
      expect.objectContaining({ text: expect.stringMatching(expected) as string }),
    ]);
  });

  test('a later date and a closing wait as well, and say no reason', async () => {
    const { customer, caseId } = await reported();
    const { handling } = running.product.office;
    clock.advance(30 * MINUTE);
    const deed = (cause: string) => ({ cause, at: clock.now(), by: MANAGER });
    const extended = await handling.extend(caseId, deed('x1'), LATER, 'A walrus is away.');
    const closed = await handling.close(caseId, deed('x2'), 'closed', 'A walrus is gone.');
    expect([extended.outcome, closed.outcome]).toEqual(['extended', 'closed']);
    await settle();
    const said = await log(customer);
    expect(said.filter(({ text }) => text?.startsWith('There is news of your case'))).toHaveLength(
      2,
    );
    expect(JSON.stringify(said)).not.toContain('walrus');
  });

  test('tells nobody where the customer has ended the chat, and is not tried again', async () => {
    const { customer, caseId } = await reported();
    await customer.post({ type: 'endOfConversation' });
    await settle();
    const activities = running.store.connection.collection('activities');
    const before = await activities.countDocuments();
    await answer(caseId);
    expect(await activities.countDocuments()).toBe(before);
    const waiting = await running.product.office.records.cases.withEffects(500);
    expect(waiting.filter(({ id }) => id === caseId)).toEqual([]);
  });
});
