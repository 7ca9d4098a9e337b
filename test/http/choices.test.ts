import { Writable } from 'node:stream';
import { createLog } from '../../bot/log';
import type { Understanding, Understood } from '../../services/understanding/types';
import { ChatCustomer } from '../support/chatCustomer';
import { TestClock } from '../support/doubles';
import { startProduct, type RunningProduct } from '../support/product';

const OFFERED = ['secure.limits', 'share.legal'];
const CLOSE: Understood = {
  ...{ intent: 'faq', bestIntent: 'faq', score: 0.5, openQuestion: false, offered: OFFERED },
  passages: OFFERED.map((id) => ({ id, score: 0.4 })),
};
const LOST: Understood = {
  ...{ intent: 'out_of_scope', bestIntent: 'faq', score: 0.5, openQuestion: false },
  ...{ offered: [], passages: [] },
};
const SURE: Understood = { ...CLOSE, offered: ['share.no_sell'] };
/** Hears what is said, and nothing in it: what is offered is all that matters here. */
const understanding: Understanding = {
  understand: async (text) => {
    if (text.includes('as well')) return { ...LOST, openQuestion: true, alsoAsked: CLOSE };
    if (text === 'no thank you') return { ...LOST, intent: 'no', bestIntent: 'no', score: 1 };
    if (text.includes('also')) return { ...SURE, alsoAsked: CLOSE };
    if (text.includes('and who else')) return { ...CLOSE, inContext: true };
    return text.includes('zanzibar') ? CLOSE : LOST;
  },
};
const QUESTION = 'This is Priyamvada Sen, is my number 98300 12345 seen from zanzibar?';
const TRACES = /zanzibar|priyamvada|98300/i;
const CHOOSE = /Which of these do you mean/;

describe('a choice in the chat', () => {
  const lines: string[] = [];
  let clock: TestClock;
  let running: RunningProduct;
  let customer: ChatCustomer;
  beforeEach(async () => {
    lines.length = 0;
    const destination = new Writable({
      write(chunk: Buffer, _encoding, done) {
        lines.push(chunk.toString());
        done();
      },
    });
    const log = createLog('info', undefined, destination);
    clock = new TestClock(new Date('2026-11-23T04:30:00Z'));
    running = await startProduct({ clock, log, understanding });
    customer = await ChatCustomer.open(running.url);
  });
  afterEach(() => running.close());
  const pending = () => running.product.office.choices.pending();
  const logged = () => lines.filter((line) => line.includes('choice.taken'));

  test('is proposed as an example, with ids only in the log and nothing in clear in the store', async () => {
    await customer.ask(QUESTION, CHOOSE);
    expect(await pending()).toEqual([]);
    await customer.ask('2', /The policy says/);
    // The turn is over once the next one is answered.
    await customer.ask('hm', /./);
    expect(await pending()).toMatchObject([
      {
        ...{ conversationId: customer.conversationId, offered: OFFERED, chosen: 'share.legal' },
        words: 'This is …, is my number … seen from zanzibar?',
      },
    ]);
    expect(logged().map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ passage: 'share.legal', count: 2 }),
    ]);
    expect(lines.join('')).not.toMatch(TRACES);
    const { connection } = running.store;
    const stored = await Promise.all(
      ['choices', 'botState'].map((name) => connection.collection(name).find().toArray()),
    );
    expect(stored.map(({ length }) => length > 0)).toEqual([true, true]);
    expect(JSON.stringify(stored)).not.toMatch(/zanzibar|priyamvada/i);
  });

  test('on which nobody decides is gone after 90 days', async () => {
    await customer.ask(QUESTION, CHOOSE);
    await customer.ask('2', /The policy says/);
    await customer.ask('hm', /./);
    await running.product.sweep();
    expect(await pending()).toHaveLength(1);
    clock.advance(91 * 24 * 60 * 60 * 1000);
    await running.product.sweep();
    expect(await pending()).toEqual([]);
  });

  test('that is not taken is none', async () => {
    await customer.ask(QUESTION, CHOOSE);
    await customer.ask('never mind', /./);
    await customer.ask('2', /./);
    expect(await pending()).toEqual([]);
    expect(logged()).toEqual([]);
  });

  test('for a question that had to wait does not pass off what was said last as that question', async () => {
    await customer.ask('do you insure it, and as well is it safe', /pass|privacy manager/);
    await customer.ask('no thank you', CHOOSE);
    await customer.ask('1', /cannot guarantee/);
    await customer.ask('hm', /./);
    expect(logged()).toHaveLength(1);
    expect(await pending()).toEqual([]);
  });

  test.each([
    ['that goes on with another', 'and who else can see this'],
    ['that is the second thing of a message', 'do you sell it, and also is it safe'],
  ])('for a question %s is logged and not proposed', async (_which, text) => {
    await customer.ask(text, CHOOSE);
    await customer.ask('1', /cannot guarantee/);
    await customer.ask('hm', /./);
    expect(logged()).toHaveLength(1);
    expect(await pending()).toEqual([]);
  });
});
