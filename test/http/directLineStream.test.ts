import type { Store } from '../../models/store';
import {
  DirectLineDesk,
  Listener,
  openMemory,
  refusedUpgrade,
  type Token,
} from '../support/directLineDesk';
import { until } from '../support/until';

let store: Store;
let desk: DirectLineDesk;
let listeners: Listener[];

beforeEach(async () => {
  store = await openMemory();
  desk = await DirectLineDesk.start(store);
  listeners = [];
});

afterEach(async () => {
  for (const listener of listeners) listener.close();
  await DirectLineDesk.killAll();
  await store.close();
});

function listen(streamUrl: string): Listener {
  const listener = new Listener(streamUrl);
  listeners.push(listener);
  return listener;
}

const heard = (listener: Listener, count: number) =>
  until(`${count} activities on the socket`, () => listener.received.length >= count);

const reconnect = async (at: Token, watermark: string): Promise<string> => {
  const answer = await desk.call<Token>(
    'GET',
    `/v3/directline/conversations/${at.conversationId}?watermark=${watermark}`,
    { bearer: at.token },
  );
  return answer.body.streamUrl;
};

describe('the stream', () => {
  test('sends what was said before, then each activity once and in order', async () => {
    const at = await desk.join();
    await desk.say(at, 'one');
    const listener = listen(at.streamUrl);
    await heard(listener, 3);
    await desk.say(at, 'two');
    await heard(listener, 5);
    await desk.say(at, 'three');
    await heard(listener, 7);
    const log = await desk.read(at);
    expect(listener.received).toEqual(log);
    expect(listener.texts).toEqual([
      'Welcome.',
      'one',
      'You said: one',
      ...['two', 'You said: two', 'three', 'You said: three'],
    ]);
  });

  test('goes on from a watermark after the connection was lost', async () => {
    const at = await desk.join();
    const first = listen(at.streamUrl);
    await heard(first, 1);
    first.close();
    await desk.say(at, 'while away');
    const second = listen(await reconnect(at, first.watermark));
    await heard(second, 2);
    expect(second.texts).toEqual(['while away', 'You said: while away']);
  });

  test('treats an empty watermark as the beginning', async () => {
    const at = await desk.join();
    const listener = listen(at.streamUrl.replace(/watermark=\d*/, 'watermark='));
    await heard(listener, 1);
    expect(listener.texts).toEqual(['Welcome.']);
  });

  test('is where the page came from when no public address was set, else there', async () => {
    const at = await desk.join();
    expect(at.streamUrl).toMatch(new RegExp(`^${desk.url.replace('http', 'ws')}/v3/directline/`));
    await desk.kill();
    desk = await DirectLineDesk.start(store, { publicUrl: 'https://privacy.comantra.example' });
    expect(await reconnect(at, '')).toMatch(
      /^wss:\/\/privacy\.comantra\.example\/v3\/directline\//,
    );
  });

  test('sends typing, which is not kept', async () => {
    await desk.kill();
    desk = await DirectLineDesk.start(store, {
      onTurn: async (context) => {
        await context.sendActivities([{ type: 'typing' }, { type: 'message', text: 'done' }]);
      },
    });
    const at = await desk.join();
    const listener = listen(at.streamUrl);
    await heard(listener, 1);
    await desk.say(at, 'hello');
    await heard(listener, 4);
    expect(listener.received.map(({ type }) => type)).toEqual([
      ...['message', 'message', 'typing', 'message'],
    ]);
    expect((await desk.read(at)).map(({ type }) => type)).toEqual([
      ...['message', 'message', 'message'],
    ]);
  });

  test('brings what another process appended before the next activity of its own', async () => {
    const at = await desk.join();
    const listener = listen(at.streamUrl);
    await heard(listener, 1);
    const other = await DirectLineDesk.start(store);
    for (const text of ['from the sweep', 'and again'])
      await other.conversations.append(at.conversationId, { body: { type: 'message', text } });
    await other.kill();
    await desk.say(at, 'hello');
    await heard(listener, 5);
    expect(listener.received).toEqual(await desk.read(at));
  });

  test('brings what another process appended, within a ping', async () => {
    await desk.kill();
    // Long enough for a busy machine to answer a ping: who does not is disconnected at the next.
    desk = await DirectLineDesk.start(store, { limits: { keepAliveMs: 500 } });
    const at = await desk.join();
    const listener = listen(at.streamUrl);
    await heard(listener, 1);
    const other = await DirectLineDesk.start(store);
    await other.conversations.append(at.conversationId, {
      body: { type: 'message', text: 'from the sweep' },
    });
    await heard(listener, 2);
    await other.kill();
    await desk.say(at, 'hello');
    await heard(listener, 4);
    expect(listener.texts.slice(1)).toEqual(['from the sweep', 'hello', 'You said: hello']);
  });

  test('sends a long history whole', async () => {
    const at = await desk.join();
    for (let n = 0; n < 230; n += 1)
      await desk.conversations.append(at.conversationId, {
        body: { type: 'message', text: `${n}` },
      });
    const listener = listen(at.streamUrl);
    await heard(listener, 231);
    expect(listener.texts.slice(1)).toEqual(Array.from({ length: 230 }, (_, n) => `${n}`));
  });
});

describe('two tabs on one conversation', () => {
  test('both show everything, whichever wrote it', async () => {
    const at = await desk.join();
    const one = listen(at.streamUrl);
    const two = listen(await reconnect(at, ''));
    await Promise.all([heard(one, 1), heard(two, 1)]);
    await desk.say(at, 'hello');
    await Promise.all([heard(one, 3), heard(two, 3)]);
    expect(one.received).toEqual(two.received);
    expect([one.closedWith, two.closedWith]).toEqual([undefined, undefined]);
  });

  test('one tab too many closes the oldest, which can come back', async () => {
    const at = await desk.join();
    const tabs: Listener[] = [];
    for (let n = 0; n < 5; n += 1) {
      const tab = listen(await reconnect(at, ''));
      await heard(tab, 1);
      tabs.push(tab);
    }
    await until('the oldest socket to close', () => tabs[0]?.closedWith !== undefined);
    await desk.say(at, 'hello');
    await Promise.all(tabs.slice(1).map((tab) => heard(tab, 3)));
    expect(tabs.map(({ closedWith }) => closedWith)).toEqual([1013, ...new Array<undefined>(4)]);
  });
});

describe('the stream is refused', () => {
  test('with a REST token, a forged or missing one, or that of another conversation', async () => {
    const [at, other] = await Promise.all([desk.join(), desk.join()]);
    const withToken = (token: string) => at.streamUrl.replace(/&t=.*/, `&t=${token}`);
    const stolen = new URL(other.streamUrl).searchParams.get('t') ?? '';
    for (const token of [at.token, 'a.b.c', '', stolen])
      expect(await refusedUpgrade(withToken(token))).toEqual({ status: 403, code: 'TokenInvalid' });
  });

  test('after a minute', async () => {
    const at = await desk.join();
    desk.clock.aheadMs = 61_000;
    expect(await refusedUpgrade(at.streamUrl)).toEqual({ status: 403, code: 'TokenExpired' });
  });

  test('with a watermark that is none', async () => {
    const at = await desk.join();
    const url = at.streamUrl.replace(/watermark=\d*/, 'watermark=abc');
    expect(await refusedUpgrade(url)).toEqual({ status: 400, code: 'BadArgument' });
  });

  test('elsewhere in the channel, and as plain HTTP', async () => {
    const at = await desk.join();
    const elsewhere = `${desk.url.replace('http', 'ws')}/v3/directline/conversations`;
    expect(await refusedUpgrade(elsewhere)).toEqual({ status: 404, code: 'NotFound' });
    const plain = await fetch(at.streamUrl.replace('ws', 'http'));
    expect(plain.status).toBe(400);
  });
});

test('closing the channel closes sockets as going away', async () => {
  const at = await desk.join();
  const listener = listen(at.streamUrl);
  await heard(listener, 1);
  await desk.channel.close();
  await until('the socket to close', () => listener.closedWith !== undefined);
  expect(listener.closedWith).toBe(1001);
});

test('a socket that babbles is closed', async () => {
  const at = await desk.join();
  const listener = listen(at.streamUrl);
  await heard(listener, 1);
  for (let n = 0; n < 101; n += 1) listener.babble();
  await until('the socket to close', () => listener.closedWith !== undefined);
  expect(listener.closedWith).toBe(1008);
});
