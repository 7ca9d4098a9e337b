import type { TurnContext } from 'botbuilder';
import type { Store } from '../../models/store';
import {
  BEARER,
  DirectLineDesk,
  echo,
  openMemory,
  type Received,
  type Token,
} from '../support/directLineDesk';
import { until } from '../support/until';

const HOUR = 60 * 60 * 1000;
/** The tests share one address. */
const ROOMY = {
  calls: { points: 100_000, seconds: 60 },
  pageTokens: { points: 1000, seconds: 60 },
};

let store: Store;
let desk: DirectLineDesk;
let restarted = false;

beforeAll(async () => {
  store = await openMemory();
  desk = await DirectLineDesk.start(store, { limits: ROOMY });
});

afterEach(async () => {
  desk.clock.aheadMs = 0;
  if (restarted) await restart();
  restarted = false;
});

afterAll(async () => {
  await DirectLineDesk.killAll();
  await store.close();
});

/** Starts the desk anew over the same store; the next test gets the usual one again. */
async function restart(options: Parameters<typeof DirectLineDesk.start>[1] = {}): Promise<void> {
  restarted = true;
  await desk.kill();
  desk = await DirectLineDesk.start(store, { limits: ROOMY, ...options });
}

/** What the log shows once it holds so many activities. */
const shown = (at: Token, count: number): Promise<Received[]> =>
  until(`${count} activities`, async () => {
    const activities = await desk.read(at);
    return activities.length >= count ? activities : undefined;
  });

const texts = (activities: readonly Received[]) => activities.map(({ text }) => text);

describe('starting', () => {
  test('a conversation greets once, however often it is started', async () => {
    const page = await desk.call<Token>('POST', '/webchat/token', {});
    const start = () =>
      desk.call('POST', '/v3/directline/conversations', { bearer: page.body.token, body: {} });
    const answers = await Promise.all([start(), start(), start()]);
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, 200, 201]);
    await shown(page.body, 1);
    expect((await start()).status).toBe(200);
    const said = await desk.say(page.body, 'hello');
    expect(said.status).toBe(200);
    expect(texts(await shown(page.body, 3))).toEqual(['Welcome.', 'hello', 'You said: hello']);
  });

  test('the bot is told who joined, and in which language', async () => {
    const turns: TurnContext['activity'][] = [];
    await restart({ onTurn: async ({ activity }) => void turns.push({ ...activity }) });
    const page = await desk.call<Token>('POST', '/webchat/token', {});
    await desk.call('POST', '/v3/directline/conversations', {
      bearer: page.body.token,
      body: { user: { id: 'somebody-else' }, locale: 'en-IN' },
    });
    const [update] = await until('a turn', () => (turns.length > 0 ? turns : undefined));
    expect(update).toMatchObject({
      type: 'conversationUpdate',
      membersAdded: [{ id: page.body.userId }],
      locale: 'en-IN',
      channelId: 'directline',
      serviceUrl: 'http://localhost:3978/v3/directline',
      from: { id: page.body.userId, role: 'user' },
      recipient: { id: 'privacy-desk', name: 'Comantra Privacy Desk', role: 'bot' },
    });
  });

  test('a caller with the secret names the user, and gets a token for a conversation', async () => {
    for (const body of [{ user: { id: 'ann' } }, { User: { Id: 'ann' } }]) {
      const made = await desk.call<Token>('POST', '/v3/directline/tokens/generate', {
        bearer: BEARER,
        body,
      });
      expect(made.status).toBe(200);
      expect(made.body.expires_in).toBe(1800);
      await desk.call('POST', '/v3/directline/conversations', { bearer: made.body.token });
      await desk.say(made.body, 'hello');
      const log = await shown(made.body, 3);
      expect(log.find(({ text }) => text === 'hello')?.from).toEqual({ id: 'ann', role: 'user' });
    }
  });

  test('a conversation may be run with the secret alone, as `id:base64` too', async () => {
    const bearer = `k1:${BEARER}`;
    const started = await desk.call<Token>('POST', '/v3/directline/conversations', {
      bearer,
      body: { user: { id: 'bob' } },
    });
    expect(started.status).toBe(201);
    const at = { ...started.body, token: bearer };
    await shown(at, 1);
    await desk.post(at, { type: 'message', text: 'hi', from: { id: 'eve' } });
    expect((await shown(at, 3))[1]).toMatchObject({ text: 'hi', from: { id: 'bob' } });
  });

  test('an activity for a conversation that has not started is refused', async () => {
    const page = await desk.call<Token>('POST', '/webchat/token', {});
    const answer = await desk.say(page.body, 'hello');
    expect(answer.status).toBe(404);
    expect(answer.body.error?.code).toBe('ConversationNotFound');
  });
});

describe('a message', () => {
  test('is shown once, before its reply, with the id the client gave it', async () => {
    const at = await desk.join();
    const answer = await desk.say(at, 'hello', { clientActivityID: 'x1' });
    const [, mine, reply] = await shown(at, 3);
    expect(mine).toMatchObject({
      id: answer.body.id,
      text: 'hello',
      channelData: { clientActivityID: 'x1' },
      from: { id: at.userId, role: 'user' },
    });
    expect(reply).toMatchObject({
      text: 'You said: hello',
      replyToId: answer.body.id,
      from: { id: 'privacy-desk', role: 'bot' },
      recipient: { id: at.userId },
    });
  });

  test('posted twice is one message and one turn (failure 42: handled twice after a retry)', async () => {
    const at = await desk.join();
    const [first, second] = await Promise.all([
      desk.say(at, 'hello', { clientActivityID: 'x1' }),
      desk.say(at, 'hello', { clientActivityID: 'x1' }),
    ]);
    const third = await desk.say(at, 'hello', { clientActivityID: 'x1' });
    expect([first.status, second.status, third.status]).toEqual([200, 200, 200]);
    expect(second.body.id).toBe(first.body.id);
    expect(third.body.id).toBe(first.body.id);
    await desk.say(at, 'the end', { clientActivityID: 'x2' });
    expect(texts(await shown(at, 5))).toEqual([
      'Welcome.',
      'hello',
      'You said: hello',
      'the end',
      'You said: the end',
    ]);
  });

  test('of another conversation may carry the same client id', async () => {
    const [one, two] = await Promise.all([desk.join(), desk.join()]);
    const first = await desk.say(one, 'hello', { clientActivityID: 'x1' });
    const second = await desk.say(two, 'hello', { clientActivityID: 'x1' });
    expect(second.body.id).not.toBe(first.body.id);
  });

  test('keeps nothing that a client may not say', async () => {
    const at = await desk.join();
    await desk.post(at, {
      type: 'message',
      id: 'mine',
      text: 'hello',
      from: { id: 'privacy-desk', role: 'bot', name: 'Admin' },
      recipient: { id: 'someone' },
      conversation: { id: 'another' },
      timestamp: '1999-01-01T00:00:00Z',
      serviceUrl: 'http://evil.example',
      channelId: 'msteams',
      replyToId: 'x',
      textFormat: 'xml',
      locale: 'en-IN',
      value: { secret: true },
      entities: [{ type: 'handoff' }],
      attachments: [{ contentType: 'image/png', contentUrl: 'data:,x' }],
      suggestedActions: {},
      channelData: { masked: ['card'], cut: true, admin: true, clientActivityID: 'x' },
    });
    const [, mine] = await shown(at, 2);
    const { id, timestamp, ...rest } = mine ?? ({} as Received);
    expect(id).toMatch(new RegExp(`^${at.conversationId}\\|\\d{7}$`));
    expect(Date.parse(timestamp)).toBeGreaterThan(Date.parse('2020-01-01'));
    expect(rest).toEqual({
      type: 'message',
      text: 'hello',
      textFormat: 'plain',
      locale: 'en-IN',
      channelId: 'directline',
      conversation: { id: at.conversationId },
      from: { id: at.userId, role: 'user' },
      channelData: { clientActivityID: 'x', attachmentsRefused: true },
    });
  });

  test('is masked before it is stored', async () => {
    const at = await desk.join();
    await desk.say(at, 'my card is 4111 1111 1111 1111', { masked: ['aadhaar'] });
    const [, mine, reply] = await shown(at, 3);
    expect(mine).toMatchObject({ text: 'my card is [card]', channelData: { masked: ['card'] } });
    expect(reply?.text).toBe('You said: my card is [card]');
  });

  const longest = 'é'.repeat(4000);
  test.each([
    ['4,000 characters are kept whole', longest, longest, undefined],
    ['10,000 characters are cut', 'x'.repeat(10_000), 'x'.repeat(4000), true],
    ['decomposed letters count as one', 'e\u0301'.repeat(4000), longest, undefined],
    ['an emoji is not cut in half', `x${'😀'.repeat(2000)}`, `x${'😀'.repeat(1999)}`, true],
    [
      'a card number at the cut is masked',
      `${'x'.repeat(3990)}4111 1111 1111 1111`,
      `${'x'.repeat(3990)}[card]`,
      undefined,
    ],
    ['an empty message', '', '', undefined],
    ['zero-width characters', 'a\u200bb\u200d\ufeff', 'a\u200bb\u200d\ufeff', undefined],
    ['right-to-left text', 'مرحبا \u202Eabc', 'مرحبا \u202Eabc', undefined],
    ['only emoji', '🙏🏽👩‍👩‍👧', '🙏🏽👩‍👩‍👧', undefined],
    ['HTML', '<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>', undefined],
    [
      'a lone surrogate and control characters',
      'a\ud800b\u0000\u0007\nc',
      'a\ufffdb\nc',
      undefined,
    ],
  ])('text: %s', async (_what, text, kept, cut) => {
    const at = await desk.join();
    const answer = await desk.say(at, text);
    expect(answer.status).toBe(200);
    const [, mine] = await shown(at, 3);
    expect(mine?.text).toBe(kept);
    expect(mine?.channelData?.cut).toBe(cut);
    expect(mine?.textFormat).toBe('plain');
  });
});

describe('bad input is refused, stored nowhere, and survived', () => {
  const activities = (at: Token) => `/v3/directline/conversations/${at.conversationId}/activities`;
  const huge = JSON.stringify({ type: 'message', text: 'x'.repeat(257 * 1024) });
  const mega = JSON.stringify({ type: 'message', text: 'x'.repeat(3 * 1024 * 1024) });
  const bad: [string, unknown, number, string][] = [
    ['broken JSON', '{"type": "mess', 400, 'BadRequest'],
    ['no body', undefined, 400, 'BadArgument'],
    ['null', 'null', 400, 'BadArgument'],
    ['an array', [{ type: 'message', text: 'x' }], 400, 'BadArgument'],
    ['arrays without end', '['.repeat(100_000), 400, 'BadRequest'],
    ['257 kB', huge, 413, 'TooLarge'],
    ['3 MB', mega, 413, 'TooLarge'],
    ['no type', { text: 'x' }, 400, 'UnsupportedActivity'],
    ['an inherited type', { type: 'constructor' }, 400, 'UnsupportedActivity'],
    ['an event', { type: 'event', name: 'anything' }, 400, 'UnsupportedActivity'],
    ['handoff.initiate', { type: 'event', name: 'handoff.initiate' }, 400, 'UnsupportedActivity'],
    ['handoff.status', { type: 'event', name: 'handoff.status' }, 400, 'UnsupportedActivity'],
    ['a handoff', { type: 'handoff' }, 400, 'UnsupportedActivity'],
    ['an invoke', { type: 'invoke', name: 'x' }, 400, 'UnsupportedActivity'],
    ['a conversationUpdate', { type: 'conversationUpdate' }, 400, 'UnsupportedActivity'],
    ['text that is a number', { type: 'message', text: 5 }, 400, 'BadArgument'],
    ['text that is an object', { type: 'message', text: { $ne: 1 } }, 400, 'BadArgument'],
    [
      'an endless client id',
      { type: 'message', text: 'x', channelData: { clientActivityID: 'x'.repeat(101) } },
      400,
      'BadArgument',
    ],
    [
      'a client id that is an object',
      { type: 'message', text: 'x', channelData: { clientActivityID: { $gt: '' } } },
      400,
      'BadArgument',
    ],
  ];

  test.each(bad)('%s', async (_what, body, status, code) => {
    const at = await desk.join();
    const answer = await desk.post(at, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({ error: { code, message: expect.any(String) as string } });
    expect((await desk.say(at, 'still there?')).status).toBe(200);
    expect(texts(await shown(at, 3))).toEqual([
      'Welcome.',
      'still there?',
      'You said: still there?',
    ]);
  });

  test.each([
    ['another type of content', { 'content-type': 'text/plain' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('%s', async (_what, headers) => {
    const at = await desk.join();
    const answer = await desk.call('POST', activities(at), {
      bearer: at.token,
      body: { type: 'message', text: 'x' },
      headers,
    });
    expect(answer.status).toBe(400);
    expect(answer.body.error?.code).toBe('BadRequest');
  });

  test('text that is not UTF-8', async () => {
    const at = await desk.join();
    const answer = await fetch(`${desk.url}${activities(at)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${at.token}`, 'content-type': 'application/json' },
      body: Buffer.from('{"type":"message","text":"\xff"}', 'latin1'),
    });
    expect(answer.status).toBe(400);
  });

  test.each(['upload?userId=x', 'activities'])('a file sent to %s', async (path) => {
    const at = await desk.join();
    const form = new FormData();
    form.append('file', new Blob(['x'], { type: 'image/png' }), 'x.png');
    const url = `${desk.url}/v3/directline/conversations/${at.conversationId}/${path}`;
    const headers = { authorization: `Bearer ${at.token}` };
    const answer = await fetch(url, { method: 'POST', headers, body: form });
    expect(answer.status).toBe(415);
    const body = (await answer.json()) as { error: { code: string; message: string } };
    expect(body.error.code).toBe('UploadUnsupported');
    expect(body.error.message).toContain('Files cannot be sent here');
  });

  test.each(['-1', 'abc', '1e3', '99999999', '%00', '5|x'])(
    'the watermark %s',
    async (watermark) => {
      const at = await desk.join();
      for (const path of ['', '/activities']) {
        const answer = await desk.call(
          'GET',
          `/v3/directline/conversations/${at.conversationId}${path}?watermark=${watermark}`,
          { bearer: at.token },
        );
        expect(answer.status).toBe(400);
        expect(answer.body.error?.code).toBe('BadArgument');
      }
    },
  );

  test('a user id that is none', async () => {
    for (const id of ['', 'x'.repeat(101), 'a b', 5, { $ne: 1 }]) {
      const answer = await desk.call('POST', '/v3/directline/tokens/generate', {
        bearer: BEARER,
        body: { user: { id } },
      });
      expect(answer.status).toBe(400);
    }
  });
});

describe('who may', () => {
  const calls: [string, string][] = [
    ['GET', ''],
    ['GET', '/activities'],
    ['POST', '/activities'],
    ['POST', '/upload'],
  ];
  const everywhere = async (at: Token, bearer: string | undefined) =>
    Promise.all(
      calls.map(async ([method, path]) => {
        const { status, body } = await desk.call(
          method,
          `/v3/directline/conversations/${at.conversationId}${path}`,
          { bearer, ...(method === 'POST' ? { body: { type: 'message', text: 'x' } } : {}) },
        );
        return `${status} ${body.error?.code}`;
      }),
    );

  test('nobody without a token, or with a forged one', async () => {
    const at = await desk.join();
    const forged = new Array(4).fill('403 TokenInvalid');
    expect(await everywhere(at, undefined)).toEqual(forged);
    expect(await everywhere(at, `${at.token.slice(0, -3)}abc`)).toEqual(forged);
    expect(await everywhere(at, Buffer.alloc(32, 8).toString('base64'))).toEqual(forged);
  });

  test('nobody with the token of another conversation', async () => {
    const [mine, other] = await Promise.all([desk.join(), desk.join()]);
    expect(await everywhere(mine, other.token)).toEqual(new Array(4).fill('403 TokenInvalid'));
  });

  test('nobody with a stream token', async () => {
    const at = await desk.join();
    const stream = new URL(at.streamUrl).searchParams.get('t') ?? '';
    expect(await everywhere(at, stream)).toEqual(new Array(4).fill('403 TokenInvalid'));
  });

  test('an expired token is answered with 403 TokenExpired', async () => {
    const at = await desk.join();
    desk.clock.aheadMs = HOUR;
    expect(await everywhere(at, at.token)).toEqual(new Array(4).fill('403 TokenExpired'));
    const refresh = await desk.call('POST', '/v3/directline/tokens/refresh', { bearer: at.token });
    expect(refresh.status).toBe(403);
  });

  test('a token is refreshed for the same conversation and user', async () => {
    const at = await desk.join();
    desk.clock.aheadMs = HOUR / 3;
    const refreshed = await desk.call<Token>('POST', '/v3/directline/tokens/refresh', {
      bearer: at.token,
    });
    desk.clock.aheadMs = (HOUR * 2) / 3;
    const answer = await desk.say({ ...refreshed.body, userId: at.userId }, 'still me');
    expect(answer.status).toBe(200);
    const said = (await desk.read({ ...at, token: refreshed.body.token })).at(1);
    expect(said?.from.id).toBe(at.userId);
  });

  test('only the secret makes tokens, and only tokens are refreshed', async () => {
    const at = await desk.join();
    const made = await desk.call('POST', '/v3/directline/tokens/generate', { bearer: at.token });
    expect(made.status).toBe(403);
    const refreshed = await desk.call('POST', '/v3/directline/tokens/refresh', { bearer: BEARER });
    expect(refreshed.status).toBe(400);
  });

  test('an unknown conversation is not found, also with the secret', async () => {
    const answer = await desk.call('GET', '/v3/directline/conversations/nope/activities', {
      bearer: BEARER,
    });
    expect(answer.status).toBe(404);
    expect(answer.body.error?.code).toBe('ConversationNotFound');
  });
});

describe('the page’s door to a token', () => {
  const ask = (headers: Record<string, string>, body?: unknown) =>
    desk.call<Token>('POST', '/webchat/token', { headers, body });

  test('opens for our own page and for what is no page', async () => {
    const host = new URL(desk.url).host;
    for (const headers of [
      {},
      { origin: `http://${host}` },
      { origin: 'http://localhost:3978' },
      { 'sec-fetch-site': 'same-origin' },
    ] as Record<string, string>[]) {
      const answer = await ask(headers);
      expect(answer.status).toBe(200);
      expect(Object.keys(answer.body).sort()).toEqual([
        'conversationId',
        'expires_in',
        'token',
        'userId',
      ]);
    }
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['another site that hides its origin', { 'sec-fetch-site': 'cross-site' }],
    ['an origin that may call the channel', { origin: 'https://www.comantra.example' }],
  ])('stays shut for %s', async (_who, headers) => {
    const answer = await ask(headers);
    expect(answer.status).toBe(403);
    expect(answer.body.error?.code).toBe('NotAllowed');
    expect(answer.body.token).toBeUndefined();
  });

  test('renews an expired token (failure 43: chat dead until page reload)', async () => {
    const at = await desk.join();
    desk.clock.aheadMs = 8 * HOUR;
    const answer = await ask({}, { token: at.token });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ conversationId: at.conversationId, userId: at.userId });
    expect((await desk.say(answer.body, 'good morning')).status).toBe(200);
    desk.clock.aheadMs = 9 * HOUR;
    expect((await ask({}, { token: at.token })).body.error?.code).toBe('TokenExpired');
  });

  test('does not renew what is not the page’s own token', async () => {
    const at = await desk.join();
    const stream = new URL(at.streamUrl).searchParams.get('t');
    expect((await ask({}, { token: stream })).body.error?.code).toBe('TokenInvalid');
    expect((await ask({}, { token: 'x.y.z' })).body.error?.code).toBe('TokenInvalid');
    expect((await ask({}, { token: { $ne: 1 } })).body.error?.code).toBe('BadArgument');
    expect((await ask({}, '[]')).status).toBe(400);
  });
});

describe('pages elsewhere', () => {
  test('of a configured origin may call, of others may not', async () => {
    const preflight = (origin: string) =>
      desk.call('OPTIONS', '/v3/directline/conversations', {
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const allowed = await preflight('https://www.comantra.example');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://www.comantra.example');
    expect(allowed.headers.get('access-control-allow-headers')).toBe(
      'authorization, content-type, x-ms-bot-agent, x-requested-with',
    );
    const other = await preflight('https://evil.example');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
    const refused = await desk.call('POST', '/v3/directline/conversations', {
      headers: { origin: 'https://www.comantra.example' },
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('access-control-allow-origin')).toBe('https://www.comantra.example');
  });
});

describe('order', () => {
  test('50 quick messages are answered in order, one turn at a time (failures 39, 42, 46)', async () => {
    let running = 0;
    let most = 0;
    await restart({
      limits: {
        ...ROOMY,
        burst: { points: 1000, seconds: 1 },
        steady: { points: 1000, seconds: 1 },
      },
      onTurn: async (context) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        await echo(context);
        running -= 1;
      },
    });
    const at = await desk.join();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => desk.say(at, `message ${n}`)),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const log = await shown(at, 101);
    expect(most).toBe(1);
    const asked = log.filter(({ from }) => from.role === 'user').map(({ text }) => text);
    const replied = log.filter(({ from }) => from.role === 'bot').map(({ text }) => text);
    expect(asked).toHaveLength(50);
    expect(replied).toEqual(['Welcome.', ...asked.map((text) => `You said: ${text}`)]);
    const times = log.map(({ timestamp }) => Date.parse(timestamp));
    expect(times.every((time, n) => n === 0 || time > (times[n - 1] ?? 0))).toBe(true);
  });

  test('a slow turn does not hold up another conversation', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await restart({
      onTurn: async (context) => {
        if (context.activity.text === 'slow') await held;
        await echo(context);
      },
    });
    const [one, two] = await Promise.all([desk.join(), desk.join()]);
    await desk.say(one, 'slow');
    await desk.say(one, 'after');
    await desk.say(two, 'quick');
    expect(texts(await shown(two, 3))).toContain('You said: quick');
    expect(texts(await desk.read(one))).not.toContain('You said: after');
    release();
    expect(texts(await shown(one, 5)).slice(3)).toEqual(['You said: slow', 'You said: after']);
  });

  test('two processes that append to one conversation leave no gap and lose nothing', async () => {
    const at = await desk.join();
    const other = await DirectLineDesk.start(store);
    const append = (who: DirectLineDesk, n: number) =>
      who.conversations.append(at.conversationId, { body: { type: 'message', text: `${n}` } });
    await Promise.all(Array.from({ length: 20 }, (_, n) => append(n % 2 === 0 ? desk : other, n)));
    const log = await shown(at, 21);
    const sequences = log.map(({ id }) => Number(id.slice(-7)));
    expect(sequences).toEqual(Array.from({ length: 21 }, (_, n) => n + 2));
    const times = log.map(({ timestamp }) => Date.parse(timestamp));
    expect(new Set(times).size).toBe(21);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    await other.kill();
  });
});

describe('limits', () => {
  test('200 messages in a second are throttled, and others do not notice', async () => {
    const [loud, quiet] = await Promise.all([desk.join(), desk.join()]);
    const storm = Array.from({ length: 200 }, (_, n) => desk.say(loud, `${n}`));
    const calm = await desk.say(quiet, 'hello');
    const answers = await Promise.all(storm);
    expect(calm.status).toBe(200);
    expect(texts(await shown(quiet, 3))).toContain('You said: hello');
    const taken = answers.filter(({ status }) => status === 200);
    const refused = answers.filter(({ status }) => status === 429);
    expect(taken.length + refused.length).toBe(200);
    expect(taken.length).toBeGreaterThanOrEqual(10);
    expect(taken.length).toBeLessThanOrEqual(60);
    expect(refused[0]?.body.error?.code).toBe('TooManyRequests');
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
    expect(await shown(loud, 1 + 2 * taken.length)).toHaveLength(1 + 2 * taken.length);
  });

  test('an address that asks for tokens without end is asked to wait', async () => {
    await restart({ limits: { pageTokens: { points: 3, seconds: 60 } } });
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await desk.call('POST', '/webchat/token', {}));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  });

  test('an address that calls without end is asked to wait, the secret is not', async () => {
    await restart({ limits: { calls: { points: 3, seconds: 60 } } });
    const call = (bearer: string) => desk.call('GET', '/v3/directline/conversations/x', { bearer });
    const statuses = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await call('a.b.c')).status);
    expect(statuses).toEqual([403, 403, 403, 429, 429]);
    expect((await call(BEARER)).status).toBe(404);
  });
});
