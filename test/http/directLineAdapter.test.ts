import { TurnContext, type Activity, type ConversationReference } from 'botbuilder';
import { keyReplies } from '../../bot/directLine/adapter';
import type { Store } from '../../models/store';
import type { ProductError } from '../../services/errors';
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
let onMessage: (context: TurnContext) => Promise<unknown>;
let reference: Partial<ConversationReference>;

beforeEach(async () => {
  store = await openMemory();
  onMessage = echo;
  desk = await DirectLineDesk.start(store, {
    onTurn: async (context) => {
      reference = TurnContext.getConversationReference(context.activity);
      await (context.activity.type === 'message' ? onMessage(context) : echo(context));
    },
  });
});

afterEach(async () => {
  await DirectLineDesk.killAll();
  await store.close();
});

const shown = (at: Token, count: number): Promise<Received[]> =>
  until(`${count} activities`, async () => {
    const activities = await desk.read(at);
    return activities.length >= count ? activities : undefined;
  });
const codeOf = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'nothing was thrown',
    (error: unknown) => (error as ProductError).code,
  );

describe('what the bot sends', () => {
  test('for the inside never reaches the customer', async () => {
    onMessage = async (context) => {
      const inside: Partial<Activity>[] = [
        { type: 'event', name: 'handoff.initiate', value: { transcript: 'everything' } },
        { type: 'event', name: 'handoff.status' },
        { type: 'handoff' },
        { type: 'trace', name: 'x' },
        { type: 'invokeResponse' },
      ];
      await context.sendActivities([...inside, { type: 'message', text: 'visible' }]);
    };
    const at = await desk.join();
    const listener = new Listener(at.streamUrl);
    await desk.say(at, 'hello');
    await shown(at, 3);
    await until('the reply', () => listener.received.length === 3);
    expect(listener.texts).toEqual(['Welcome.', 'hello', 'visible']);
    expect(await desk.read(at)).toEqual(listener.received);
    listener.close();
  });

  test('does not answer an activity that the client cannot see', async () => {
    onMessage = (context) =>
      context.sendActivities([
        { type: 'message', text: 'one' },
        { type: 'message', text: 'two' },
      ]);
    const at = await desk.join();
    const [welcome] = await desk.read(at);
    expect(welcome?.replyToId).toBeUndefined();
    const said = await desk.say(at, 'hello');
    const log = await shown(at, 4);
    expect(log.map(({ replyToId }) => replyToId)).toEqual([
      ...[undefined, undefined, said.body.id, said.body.id],
    ]);
  });

  test('can be changed and blanked in the log', async () => {
    onMessage = async (context) => {
      const kept = await context.sendActivity('Your PIN is 123456.');
      const dropped = await context.sendActivity('Not for you.');
      await context.updateActivity({ id: kept?.id, type: 'message', text: 'Your PIN was shown.' });
      await context.deleteActivity(dropped?.id ?? '');
      await context.sendActivity('Done.');
    };
    const at = await desk.join();
    await desk.say(at, 'hello');
    await until('the last reply', async () => (await desk.read(at)).at(-1)?.text === 'Done.');
    const log = await desk.read(at);
    expect(log.map(({ text }) => text)).toEqual([
      ...['Welcome.', 'hello', 'Your PIN was shown.', 'Done.'],
    ]);
    expect(log.at(-1)?.id.slice(-7)).toBe('0000006');
  });
});

describe('a message of our own accord', () => {
  const tell = (text: string, key?: string) =>
    desk.channel.adapter.continueConversationAsync('', reference, async (context) => {
      if (key !== undefined) keyReplies(context, key);
      await context.sendActivity(text);
    });

  test('reaches a conversation that was silent since before a restart (failure 45)', async () => {
    const at = await desk.join();
    const kept = JSON.parse(JSON.stringify(reference)) as Partial<ConversationReference>;
    await desk.kill();
    desk = await DirectLineDesk.start(store);
    expect(kept.serviceUrl).toBe('http://localhost:3978/v3/directline');
    reference = kept;
    await tell('The privacy manager answered.');
    const last = (await desk.read(at)).at(-1);
    expect(last).toMatchObject({ text: 'The privacy manager answered.', from: { role: 'bot' } });
    expect(last?.replyToId).toBeUndefined();
  });

  test('is shown once when it is sent again under the same key', async () => {
    const at = await desk.join();
    await tell('Answered.', 'effect-1');
    await tell('Answered.', 'effect-1');
    await tell('Answered again.', 'effect-2');
    expect((await desk.read(at)).map(({ text }) => text)).toEqual([
      ...['Welcome.', 'Answered.', 'Answered again.'],
    ]);
  });

  test('waits for the turn that is running', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    onMessage = async (context) => {
      await held;
      await echo(context);
    };
    const at = await desk.join();
    await desk.say(at, 'slow');
    const told = tell('By the way.');
    release();
    await told;
    expect((await desk.read(at)).map(({ text }) => text)).toEqual([
      ...['Welcome.', 'slow', 'You said: slow', 'By the way.'],
    ]);
  });

  test('sent from within the very turn does not wait for itself', async () => {
    onMessage = () => tell('From inside.');
    const at = await desk.join();
    await desk.say(at, 'hello');
    expect((await shown(at, 3)).at(-1)?.text).toBe('From inside.');
  });

  test('that fails is reported to its sender, and not to the customer', async () => {
    desk.channel.adapter.onTurnError = async (context) => {
      await context.sendActivity('Sorry.');
    };
    const at = await desk.join();
    const failing = desk.channel.adapter.continueConversation(reference, () =>
      Promise.reject(new Error('no luck')),
    );
    await expect(failing).rejects.toThrow('no luck');
    expect((await desk.read(at)).map(({ text }) => text)).toEqual(['Welcome.']);
  });

  test('to a conversation that has ended or never was is an error', async () => {
    const at = await desk.join();
    await desk.post(at, { type: 'endOfConversation' });
    await until('the end', async () => (await desk.say(at, 'x')).status === 404);
    expect(await codeOf(tell('Hello?'))).toBe('ConversationEnded');
    reference = { ...reference, conversation: { ...reference.conversation!, id: 'nope' } };
    expect(await codeOf(tell('Hello?'))).toBe('ConversationNotFound');
  });
});

test('typing of the customer runs a turn and is not kept', async () => {
  const types: string[] = [];
  await desk.kill();
  desk = await DirectLineDesk.start(store, {
    onTurn: async (context) => {
      types.push(context.activity.type);
      await echo(context);
    },
  });
  const at = await desk.join();
  await until('the greeting turn to end', async () => {
    const answer = await desk.post(at, { type: 'typing' });
    return answer.status === 200 && types.includes('typing');
  });
  expect((await desk.read(at)).map(({ type }) => type)).toEqual(['message']);
});
