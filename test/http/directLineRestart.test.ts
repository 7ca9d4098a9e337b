import type { TurnContext } from 'botbuilder';
import type { Store } from '../../models/store';
import {
  DirectLineDesk,
  echo,
  Listener,
  openMemory,
  type Received,
  type Token,
} from '../support/directLineDesk';
import { until } from '../support/until';

let store: Store;
let desk: DirectLineDesk;

beforeEach(async () => {
  store = await openMemory();
  desk = await DirectLineDesk.start(store);
});

afterEach(async () => {
  await DirectLineDesk.killAll();
  await store.close();
});

type Options = Parameters<typeof DirectLineDesk.start>[1];

/** Leaves the old desk hanging in its turns, as a killed process would, and starts another over the same store. */
async function startAnother(options: Options = {}): Promise<DirectLineDesk> {
  desk.abandon();
  desk = await DirectLineDesk.start(store, options);
  return desk;
}

const texts = (activities: readonly Received[]) => activities.map(({ text }) => text);
const shown = (at: Token, count: number) =>
  until(`${count} activities`, async () => {
    const activities = await desk.read(at);
    return activities.length >= count ? activities : undefined;
  });
const never = () => new Promise<never>(() => undefined);
const settled = () =>
  until('no pending turn', async () => (await desk.conversations.unfinished()).length === 0);

describe('after a restart', () => {
  test('a conversation goes on, with its log, tokens and watermarks', async () => {
    const at = await desk.join();
    await desk.say(at, 'before');
    await shown(at, 3);
    await desk.kill();
    desk = await DirectLineDesk.start(store);
    const before = await desk.read(at);
    expect(texts(before)).toEqual(['Welcome.', 'before', 'You said: before']);
    await desk.say(at, 'after');
    await shown(at, 5);
    const watermark = before.at(-1)?.id.slice(-7).replace(/^0+/, '');
    expect(texts(await desk.read(at, watermark))).toEqual(['after', 'You said: after']);
  });

  test('a turn that was stored and not finished runs, and shows nothing twice', async () => {
    let replies = 0;
    await startAnother({
      onTurn: async (context) => {
        if (context.activity.type !== 'message') return echo(context);
        await context.sendActivity('first half');
        replies += 1;
        return never();
      },
    });
    const at = await desk.join();
    await desk.say(at, 'report');
    await until('the crash', () => replies === 1);
    await desk.say(at, 'hello?');

    await startAnother({
      onTurn: async (context) => {
        if (context.activity.text === 'report') {
          await context.sendActivity('first half');
          await context.sendActivity('second half');
        } else await echo(context);
      },
    });
    await desk.channel.resume();
    const log = await shown(at, 6);
    expect(texts(log)).toEqual([
      ...['Welcome.', 'report', 'first half', 'hello?', 'second half', 'You said: hello?'],
    ]);
    await settled();
    await desk.channel.resume();
    await desk.say(at, 'once more');
    expect(texts(await shown(at, 8)).slice(6)).toEqual(['once more', 'You said: once more']);
  });

  test('a greeting that was cut short is given, once', async () => {
    let joined = 0;
    await startAnother({
      onTurn: () => {
        joined += 1;
        return never();
      },
    });
    const page = await desk.call<Token>('POST', '/webchat/token', {});
    await desk.call('POST', '/v3/directline/conversations', { bearer: page.body.token, body: {} });
    await until('the turn', () => joined === 1);
    await startAnother();
    await desk.channel.resume();
    await shown(page.body, 1);
    await desk.call('POST', '/v3/directline/conversations', { bearer: page.body.token, body: {} });
    await settled();
    expect(texts(await desk.read(page.body))).toEqual(['Welcome.']);
  });

  test('a turn that brings the process down every time is given up after three', async () => {
    let tries = 0;
    const options: Options = {
      onTurn: async (context) => {
        if (context.activity.type !== 'message') return echo(context);
        tries += 1;
        return never();
      },
    };
    await startAnother(options);
    const at = await desk.join();
    await desk.say(at, 'poison');
    await until('the first try', () => tries === 1);
    for (let n = 2; n <= 4; n += 1) {
      await startAnother(options);
      await desk.channel.resume();
      await until(`try ${n}`, () => tries === n);
    }
    await startAnother();
    await desk.channel.resume();
    expect(await desk.conversations.unfinished()).toEqual([]);
    expect(desk.logged.map(({ event }) => event)).toContain('turn.abandoned');
    await desk.say(at, 'still there?');
    expect(texts(await shown(at, 4)).slice(2)).toEqual(['still there?', 'You said: still there?']);
  });

  test('a closing channel keeps what comes in for the next start', async () => {
    const at = await desk.join();
    await desk.channel.close();
    const answer = await desk.say(at, 'late');
    expect(answer.status).toBe(200);
    await desk.kill();
    expect(await desk.conversations.unfinished()).toHaveLength(1);
    desk = await DirectLineDesk.start(store);
    await desk.channel.resume();
    expect(texts(await shown(at, 3))).toEqual(['Welcome.', 'late', 'You said: late']);
  });

  test('closing lets a running turn end', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await startAnother({
      onTurn: async (context) => {
        if (context.activity.type === 'message') await held;
        await echo(context);
      },
    });
    const at = await desk.join();
    await desk.say(at, 'wait for it');
    const closing = desk.channel.close();
    release();
    await closing;
    expect(texts(await desk.read(at))).toContain('You said: wait for it');
    expect(await desk.conversations.unfinished()).toEqual([]);
  });
});

describe('a turn that fails', () => {
  test('is answered by onTurnError, is over, and does not hold up the next', async () => {
    await startAnother({
      onTurn: async (context) => {
        if (context.activity.text === 'boom') throw new Error('boom');
        await echo(context);
      },
    });
    desk.channel.adapter.onTurnError = async (context) => {
      await context.sendActivity('Sorry.');
    };
    const at = await desk.join();
    await desk.say(at, 'boom');
    await desk.say(at, 'next');
    const log = await shown(at, 5);
    expect(texts(log)).toEqual(expect.arrayContaining(['Sorry.', 'You said: next']));
    await settled();
  });

  test('even without onTurnError leaves the conversation going', async () => {
    await startAnother({
      onTurn: async (context: TurnContext) => {
        if (context.activity.text === 'boom') throw new Error('boom');
        await echo(context);
      },
    });
    const at = await desk.join();
    await desk.say(at, 'boom');
    await desk.say(at, 'next');
    expect(texts(await shown(at, 4))).toContain('You said: next');
    await settled();
    expect(desk.logged.map(({ event }) => event)).toEqual(['turn.failed']);
  });
});

describe('ending and clearing a chat', () => {
  const end = (at: Token) => desk.post(at, { type: 'endOfConversation' });
  const gone = { status: 404, body: { error: { code: 'ConversationEnded' } } };

  test('lets the bot tidy up, blanks the log, and refuses what comes after', async () => {
    const at = await desk.join();
    await desk.say(at, 'my secret');
    await shown(at, 3);
    const listener = new Listener(at.streamUrl);
    await until('the history', () => listener.received.length === 3);
    expect((await end(at)).status).toBe(200);
    await until('the socket to close', () => listener.closedWith !== undefined);
    expect(listener.texts.at(-1)).toBe('Goodbye.');

    expect(await desk.say(at, 'more')).toMatchObject(gone);
    expect(await end(at)).toMatchObject(gone);
    for (const path of ['', '/activities'])
      expect(
        await desk.call('GET', `/v3/directline/conversations/${at.conversationId}${path}`, {
          bearer: at.token,
        }),
      ).toMatchObject(gone);
    expect(
      await desk.call('POST', '/v3/directline/conversations', { bearer: at.token, body: {} }),
    ).toMatchObject(gone);

    const documents = await store.connection.collection('activities').find({}).toArray();
    expect(documents.map(({ sequence }) => sequence as number)).toEqual([1, 2, 3, 4, 5, 6]);
    for (const document of documents) {
      expect(document).toMatchObject({ erased: true, at: expect.any(Date) as Date });
      expect(Object.keys(document)).not.toContain('body');
      expect(Object.keys(document)).not.toContain('pending');
    }
  });

  test('gives the page a new conversation for its old token', async () => {
    const at = await desk.join();
    await end(at);
    await until('the end', async () => (await desk.say(at, 'x')).status === 404);
    const renewed = await desk.call<Token>('POST', '/webchat/token', { body: { token: at.token } });
    expect(renewed.status).toBe(200);
    expect(renewed.body.conversationId).not.toBe(at.conversationId);
  });

  test('is finished after a crash in the middle of it', async () => {
    await startAnother({
      onTurn: (context) =>
        context.activity.type === 'endOfConversation' ? never() : echo(context),
    });
    const at = await desk.join();
    await desk.say(at, 'my secret');
    await shown(at, 3);
    await end(at);
    await startAnother();
    await desk.channel.resume();
    await until('the end', async () => (await desk.say(at, 'x')).status === 404);
    await settled();
    const left = await store.connection.collection('activities').countDocuments({
      body: { $exists: true },
    });
    expect(left).toBe(0);
  });

  test('drops what was posted while the bot tidied up', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const heard: string[] = [];
    await startAnother({
      onTurn: async (context) => {
        heard.push(context.activity.type);
        if (context.activity.type === 'endOfConversation') await held;
        await echo(context);
      },
    });
    const at = await desk.join();
    await end(at);
    expect((await desk.say(at, 'too late')).status).toBe(200);
    release();
    await until('the end', async () => (await desk.say(at, 'x')).status === 404);
    await settled();
    expect(heard).toEqual(['conversationUpdate', 'endOfConversation']);
  });
});
