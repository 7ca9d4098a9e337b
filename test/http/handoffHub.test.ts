import type { Activity } from 'botbuilder';
import { withOutsideHub, type EngagementHub } from '../../bot/engagementHub';
import { ChatCustomer } from '../support/chatCustomer';
import { ConsoleDesk, MovedClock } from '../support/consoleDesk';
import { keptLog } from '../support/keptLog';
import { startProduct, TEST_KEY, type RunningProduct } from '../support/product';
import { until } from '../support/until';

const SECRET = TEST_KEY.secret.toString('base64');

const MINUTE_MS = 60_000;

interface Shown {
  readonly type: string;
  readonly name?: string;
  readonly text?: string;
  readonly from: { readonly id: string; readonly name?: string };
}

describe('a hub of agents elsewhere', () => {
  const initiated: Partial<Activity>[] = [];
  let down = false;
  let hangs = false;
  const clock = new MovedClock();
  let running: RunningProduct;
  const hub: EngagementHub = {
    async initiate(initiation) {
      if (down) throw new Error('The hub is down.');
      initiated.push(initiation);
      if (hangs) await new Promise(() => undefined);
    },
  };

  beforeAll(async () => {
    running = await startProduct({ hub, clock });
  });
  beforeEach(() => {
    initiated.length = 0;
    down = false;
    hangs = false;
  });
  afterAll(async () => {
    await running.close();
  });

  async function call(path: string, body?: object, bearer = SECRET) {
    const response = await fetch(`${running.url}/v3/directline/conversations/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: response.status, body: (await response.json()) as { activities: Shown[] } };
  }

  const shown = async (conversationId: string): Promise<Shown[]> =>
    (await call(`${conversationId}/activities`)).body.activities;
  const texts = async (conversationId: string): Promise<string[]> =>
    (await shown(conversationId)).map(({ text = '' }) => text);
  const status = (conversationId: string, value: object, bearer?: string) =>
    call(
      `${conversationId}/activities`,
      { type: 'event', name: 'handoff.status', from: { id: 'hub' }, value },
      bearer,
    );

  async function waiting(also?: string): Promise<ChatCustomer> {
    const customer = await ChatCustomer.open(running.url);
    await customer.say('do you sell my data?');
    if (also !== undefined) await customer.say(also);
    await customer.say('I want to talk to a person');
    await until('the customer to wait', async () =>
      (await texts(customer.conversationId)).some((text) => text.includes('I have asked')),
    );
    return customer;
  }

  test('gets the context and the transcript, of which the customer sees nothing', async () => {
    const { conversationId } = await waiting();
    await until('the hub to be asked', () => initiated.length > 0);
    expect(initiated).toHaveLength(1);
    const [initiation] = initiated as unknown as [
      Record<'name' | 'type' | 'value', unknown> & {
        readonly conversation: { readonly id: string };
        readonly relatesTo: { readonly conversation: { readonly id: string } };
        readonly attachments: readonly [{ readonly name: string; readonly content: unknown }];
      },
    ];
    expect(initiation).toMatchObject({
      ...{ type: 'event', name: 'handoff.initiate' },
      value: { reason: 'asked', topic: 'faq', verified: false },
    });
    expect(initiation.conversation.id).toBe(conversationId);
    expect(initiation.relatesTo.conversation.id).toBe(conversationId);
    const [{ name: title, content }] = initiation.attachments;
    expect(title).toBe('Transcript');
    const said = (content as { activities: Activity[] }).activities.map(({ text }) => text);
    expect(said).toContain('do you sell my data?');
    expect(said.some((text) => text.includes('does not sell or rent'))).toBe(true);

    const seen = await shown(conversationId);
    expect(seen.filter(({ name: event = '' }) => event.startsWith('handoff'))).toEqual([]);
    expect(JSON.stringify(seen)).not.toContain('Transcript');
  });

  test('accepts, so that the bot is quiet, says something, and completes', async () => {
    const customer = await waiting();
    const { conversationId } = customer;
    expect(
      (await status(conversationId, { state: 'accepted', message: 'Ravi here.' })).status,
    ).toBe(200);
    expect(await texts(conversationId)).toContain('Ravi here.');
    const before = (await shown(conversationId)).length;
    await customer.say('what data do you collect?');
    await running.product.sweep();
    // Their own words, and nothing of the bot's.
    expect(await shown(conversationId)).toHaveLength(before + 1);

    expect((await status(conversationId, { state: 'completed' })).status).toBe(200);
    await customer.say('what data do you collect?');
    await until('the bot to answer', async () =>
      (await texts(conversationId)).some((text) => text.includes('We may collect personal')),
    );
  });

  test('fails before it had accepted: the customer is told, and waits for one of ours', async () => {
    const { conversationId } = await waiting();
    const words = 'Nobody is free.';
    expect((await status(conversationId, { state: 'failed', message: words })).status).toBe(200);
    expect(await texts(conversationId)).toContain(words);
    const standing = await running.product.office.records.handoffs.openOf(conversationId);
    expect(standing?.state).toBe('waiting');
  });

  test('is down: the customer stands in our own queue', async () => {
    down = true;
    const { conversationId } = await waiting();
    const standing = await running.product.office.records.handoffs.openOf(conversationId);
    expect(standing?.state).toBe('waiting');
  });

  test('is not lost for want of an open page, but when it tells nothing for fifteen minutes', async () => {
    const [told, silent] = [await waiting(), await waiting()];
    for (const { conversationId } of [told, silent])
      await status(conversationId, { state: 'accepted' });
    const standing = async ({ conversationId }: ChatCustomer) =>
      (await running.product.office.records.handoffs.openOf(conversationId))?.state;
    clock.advance(10 * MINUTE_MS);
    await running.product.sweep();
    expect([await standing(told), await standing(silent)]).toEqual(['held', 'held']);
    // Accepting again is a sign, of this conversation alone.
    expect((await status(told.conversationId, { state: 'accepted' })).status).toBe(200);
    clock.advance(6 * MINUTE_MS);
    await running.product.sweep();
    expect([await standing(told), await standing(silent)]).toEqual(['held', 'waiting']);
    expect((await texts(silent.conversationId)).at(-1)).toMatch(
      /the connection to our support team was lost/,
    );
  });

  test.each([
    ['a state that there is not', { state: 'maybe' }],
    ['no state', {}],
    ['words that are no text', { state: 'accepted', message: 7 }],
  ])('tells %s in vain', async (_name, value) => {
    const { conversationId } = await waiting();
    expect((await status(conversationId, value)).status).toBe(400);
  });

  test('is not believed to be one who has no more than a customer’s token', async () => {
    const customer = await waiting();
    const { conversationId, token } = customer;
    const answer = await status(conversationId, { state: 'accepted' }, token);
    expect(answer.status).toBe(400);
    const standing = await running.product.office.records.handoffs.openOf(conversationId);
    expect(standing?.state).toBe('waiting');
  });
});

test('a hub that does not answer in time has failed, which is told once and loses nothing', async () => {
  const log = keptLog();
  const asked: string[] = [];
  const hub = withOutsideHub(
    { initiate: async () => void asked.push('own') },
    {
      async initiate() {
        asked.push('outside');
        await new Promise(() => undefined);
      },
    },
    log,
    20,
  );
  await hub.initiate({ channelId: 'directline' });
  expect(asked[0]).toBe('own');
  await until('the failure to be told', () => log.lines.length > 0);
  expect(asked).toEqual(['own', 'outside']);
  expect(log.lines.map(({ event }) => event)).toEqual(['hub.failed']);
});

test('a conversation that one of ours holds is not an outside hub’s to end', async () => {
  const desk = await ConsoleDesk.start();
  try {
    const asha = await desk.staff('Asha', 'agent');
    const { customer, handoffId } = await desk.waiting();
    await asha.did(`/handoffs/${handoffId}/claim`);
    const response = await fetch(
      `${desk.url}/v3/directline/conversations/${customer.conversationId}/activities`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${SECRET}`, 'content-type': 'application/json' },
        body: JSON.stringify({
          ...{ type: 'event', name: 'handoff.status', from: { id: 'hub' } },
          value: { state: 'completed' },
        }),
      },
    );
    expect(response.status).toBe(404);
    const { handoffs } = desk.product.product.office.records;
    expect((await handoffs.byId(handoffId))?.holder?.name).toBe('Asha');
  } finally {
    await desk.close();
  }
});
