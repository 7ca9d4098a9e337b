import { inspect } from 'node:util';
import type { Activity, TurnContext } from 'botbuilder';
import { LONGEST_MESSAGE } from '../../bot/customerMessage';
import { notices } from '../../dialogs/wording';
import type { Store } from '../../models/store';
import { AZURE_DESK_URL, AzureDesk, supportDesk } from '../support/azureDesk';
import { openMemory } from '../support/directLineDesk';
import { startProduct } from '../support/product';

const CARD = '4111 1111 1111 1111';
const MASKED_CARD = '•••• •••• •••• 1111';

describe('the desk behind Azure Bot Service', () => {
  let store: Store;
  let desk: AzureDesk;

  beforeAll(async () => {
    store = await openMemory();
    const support = await supportDesk(store);
    desk = await AzureDesk.start((context) => support.bot.onTurn(context), support);
  });
  afterEach(() => {
    desk.service.refused.clear();
  });
  afterAll(async () => {
    await desk.close();
    await store.close();
  });

  /** Reports something without an address, and gives the message with the PIN. */
  async function reportToTheEnd(conversationId: string): Promise<string> {
    const answers: [RegExp, string][] = [
      [/hold your record still/, 'no, go on'],
      [/e-mail/, 'leave it out'],
      [/works here/, 'no'],
      [/optional/, 'skip'],
      [/check it/, 'send it'],
    ];
    let said = await desk.say(
      conversationId,
      'someone logged into my account yesterday and read my letters',
    );
    for (let step = 0; step < 8; step += 1) {
      const last = said.at(-1) ?? '';
      if (last.includes('PIN is')) return last;
      const [, answer] = answers.find(([question]) => question.test(last)) ?? [];
      if (answer === undefined) throw new Error(`The bot asks something else: ${last}`);
      said = await desk.say(conversationId, answer);
    }
    throw new Error('The report came to no end.');
  }

  test('greets who joins, once', async () => {
    const joined = {
      type: 'conversationUpdate',
      membersAdded: [{ id: 'desk' }, { id: 'customer' }],
    };
    await desk.post(desk.message('greeted', joined));
    expect(desk.service.texts('greeted')).toEqual([expect.stringContaining('Privacy Desk')]);
  });

  test('answers at the service with the words of the policy and their citation', async () => {
    await desk.say('asked', 'do you sell my data?');
    const { activity } = desk.service.received.find((each) => each.conversationId === 'asked')!;
    expect(activity).toMatchObject({
      type: 'message',
      from: { id: 'desk' },
      recipient: { id: 'customer' },
      entities: [
        {
          type: 'https://schema.org/Message',
          citation: [{ appearance: { url: `${AZURE_DESK_URL}/policy#share.no_sell` } }],
        },
      ],
    });
  });

  test('says what it did to a message', async () => {
    const text = `do you sell my data? my card is ${CARD} ${'x'.repeat(LONGEST_MESSAGE)}`;
    const attachments = [{ contentType: 'image/png', contentUrl: 'https://files.example/x.png' }];
    const said = await desk.say('told', text, { attachments });
    expect(said.slice(0, 3)).toEqual([notices.masked, notices.cut, notices.attachments]);
    expect(await desk.say('told', '', { attachments })).toEqual([notices.attachments]);
  });

  test('says nothing of what a client claims was done', async () => {
    const channelData = { masked: ['card'], cut: true, attachmentsRefused: true };
    const said = await desk.say('claimed', 'do you sell my data?', { channelData });
    expect(said).toEqual([expect.stringContaining('The policy says')]);
  });

  test('keeps a card number from the case', async () => {
    await desk.say('masked', 'report');
    await desk.say('masked', `someone used my card ${CARD} yesterday`);
    await desk.say('masked', 'leave it out');
    await desk.say('masked', 'no');
    await desk.say('masked', 'skip');
    const sent = desk.service.received.filter((each) => each.conversationId === 'masked');
    expect(JSON.stringify(sent)).toContain(MASKED_CARD);
    expect(JSON.stringify(sent)).not.toContain(CARD);
  });

  test('hides the PIN with the next word', async () => {
    const shown = await reportToTheEnd('pin');
    await desk.say('pin', 'thanks');
    const [update] = desk.service.received.filter(
      (each) => each.method === 'PUT' && each.conversationId === 'pin',
    );
    expect(shown).toMatch(/PIN is \*\*\d{6}\*\*/);
    expect(update?.activity).toMatchObject({
      type: 'message',
      text: shown.replace(/\d{6}(?=\*\*)/, '••••••'),
      inputHint: 'acceptingInput',
    });
    expect(update?.activity.replyToId).toBeUndefined();
  });

  test('goes on where a channel cannot hide the PIN, and tries once', async () => {
    await reportToTheEnd('stubborn');
    desk.service.refused.add('PUT');
    expect(await desk.say('stubborn', 'thanks')).toEqual([expect.stringMatching(/welcome/)]);
    expect(await desk.say('stubborn', 'do you sell my data?')).toEqual([
      expect.stringContaining('The policy says'),
    ]);
    const tries = desk.service.received.filter(
      (each) => each.method === 'PUT' && each.conversationId === 'stubborn',
    );
    expect(tries).toHaveLength(1);
    expect(desk.log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'activity.notUpdated' }),
    );
  });

  test('answers a message once, however often it is delivered', async () => {
    const first = desk.message('again', { text: 'do you sell my data?' });
    const second = desk.message('again', { text: 'which cookies do you use?' });
    // The channel lost patience with the first while the second was already on its way.
    await Promise.all([first, second, first].map((activity) => desk.post(activity)));
    await desk.post(second);
    await desk.post(first);
    expect(desk.service.texts('again')).toHaveLength(2);
  });

  test('loses nothing of two messages that come at once', async () => {
    const before = (await desk.say('at once', 'report a problem')).length;
    const release = desk.service.hold();
    const first = desk.say(
      'at once',
      'a caller claimed to be from you and asked for my bank details',
    );
    await desk.heard('at once', before + 1);
    const second = desk.say('at once', 'yesterday evening');
    // Long enough for the second to be answered, if it did not wait.
    await desk.post(desk.message('meanwhile', { type: 'typing' }));
    release();
    await Promise.all([first, second]);
    const texts = desk.service.texts('at once');
    expect(texts.slice(-2)).toEqual([
      expect.stringMatching(/When did you notice/),
      expect.stringMatching(/e-mail/),
    ]);
  });
});

describe('what the bot is given of a message', () => {
  const given: Activity[] = [];
  let desk: AzureDesk;

  beforeAll(async () => {
    desk = await AzureDesk.start(async ({ activity }) => void given.push({ ...activity }));
  });
  afterAll(() => desk.close());

  const html = { contentType: 'text/html', content: `<p>my card is ${CARD}</p>` };
  const file = { contentType: 'application/pdf', contentUrl: 'https://files.example/x.pdf' };
  const teams = { tenant: { id: 't1' }, clientActivityID: 'c1' };
  test.each<[string, object, object]>([
    ['plain words', { text: 'hello' }, { text: 'hello', channelData: {} }],
    [
      'a card number',
      { text: `my card is ${CARD}` },
      { text: `my card is ${MASKED_CARD}`, channelData: { masked: ['card'] } },
    ],
    [
      'a long text',
      { text: 'x'.repeat(10_000) },
      { text: 'x'.repeat(LONGEST_MESSAGE), channelData: { cut: true } },
    ],
    ['decomposed letters', { text: 'e\u0301' }, { text: 'é', channelData: {} }],
    ['control characters', { text: 'a\u0000\u0007b\n' }, { text: 'ab\n', channelData: {} }],
    [
      'a file',
      { attachments: [file] },
      { text: 'hello', attachments: [], channelData: { attachmentsRefused: true } },
    ],
    [
      'the HTML that Teams sends beside the text',
      { attachments: [html] },
      { attachments: [], channelData: {} },
    ],
    ['no text', { text: undefined }, { text: '', channelData: {} }],
    ['a text that is none', { text: { $gt: '' } }, { text: '', channelData: {} }],
    [
      'what the channel says, and what a client claims',
      { channelData: { ...teams, masked: ['card'], cut: true, attachmentsRefused: true } },
      { channelData: teams },
    ],
    ['channel data that is none', { channelData: 'x' }, { channelData: {} }],
  ])('%s', async (_what, posted, expected) => {
    given.length = 0;
    const { status } = await desk.post(desk.message('given', posted));
    expect(status).toBe(200);
    expect(given).toEqual([expect.objectContaining({ ...expected, textFormat: 'plain' })]);
  });
});

describe('turns', () => {
  let desk: AzureDesk;
  const done: string[] = [];

  /** Says `<text> 1` and `<text> 2`; fails in between when asked to. */
  async function twice(context: TurnContext): Promise<void> {
    const { text } = context.activity;
    await context.sendActivity(`${text} 1`);
    if (text === 'fail') throw new Error(`private words: ${text}`);
    await context.sendActivities([
      { type: 'event', name: 'handoff.initiate', value: { transcript: [] } },
      { type: 'message', text: `${text} 2` },
    ]);
    done.push(text);
  }

  beforeEach(async () => {
    done.length = 0;
    desk = await AzureDesk.start(twice);
  });
  afterEach(() => desk.close());

  const reference = (conversationId: string) => ({
    channelId: 'msteams',
    serviceUrl: desk.service.url,
    conversation: { id: conversationId },
    bot: { id: 'desk' },
    user: { id: 'customer' },
  });

  test('of one conversation follow each other; those of another do not wait', async () => {
    const release = desk.service.hold();
    const first = desk.say('one', 'first');
    await desk.heard('one', 1);
    const second = desk.say('one', 'second');
    const third = desk.messenger.send(reference('one'), { text: 'third' }, 'k');
    const other = desk.say('another', 'other');
    // By then the others would have been heard too, if they did not wait.
    await desk.heard('another', 1);
    release();
    await Promise.all([first, second, third, other]);
    const texts = desk.service.texts('one');
    expect(texts.slice(0, 2)).toEqual(['first 1', 'first 2']);
    expect(texts.join()).toContain('second 1,second 2');
    expect(texts).toContain('third');
  });

  test('handoff events stay inside', async () => {
    await desk.say('handed', 'hello');
    expect(desk.service.received.map(({ activity }) => activity.text)).toEqual([
      'hello 1',
      'hello 2',
    ]);
  });

  test('one that fails tells the customer before the next begins', async () => {
    const release = desk.service.hold();
    const failing = desk.say('failing', 'fail');
    await desk.heard('failing', 1);
    const next = desk.say('failing', 'next');
    release();
    const releaseAgain = desk.service.hold();
    await desk.heard('failing', 2);
    // By then the next would have been heard too, if it did not wait.
    const other = desk.say('another', 'other');
    await desk.heard('another', 1);
    expect(desk.service.texts('failing')).toEqual(['fail 1', notices.trouble]);
    releaseAgain();
    await Promise.all([failing, next, other]);
    expect(desk.service.texts('failing').slice(2)).toEqual(['next 1', 'next 2']);
  });

  test('one that cannot be answered at all says so to the channel, and nothing of the inside', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    desk.service.refused.add('POST');
    const answer = await desk.post(desk.message('mute', { text: 'private words' }));
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ error: { code: 'InternalError' } });
    expect(JSON.stringify(printed.mock.calls.map(([error]) => inspect(error)))).not.toMatch(
      /private words|Something went wrong/,
    );
    printed.mockRestore();
    expect(desk.log.lines.map(({ event }) => event)).toEqual([
      'turn.failed',
      'turn.unanswered',
      'http.failed',
    ]);
    desk.service.refused.clear();
    expect(await desk.say('mute', 'hello')).toEqual(['hello 1', 'hello 2']);
  });

  test('a message of our own accord that fails is told to who sent it, not to the customer', async () => {
    desk.service.refused.add('POST');
    await expect(
      desk.messenger.send(reference('own'), { text: 'answered' }, 'k'),
    ).rejects.toThrow();
    expect(desk.service.texts('own')).toEqual(['answered']);
    desk.service.refused.clear();
    await desk.messenger.send(reference('own'), { text: 'answered' }, 'k');
    expect(desk.service.texts('own')).toEqual(['answered', 'answered']);
  });

  test('what is personal is not shown, since nobody knows when the customer last wrote there', async () => {
    await desk.say('idle', 'hello');
    const words = { text: 'The answer: a walrus.', whenIdle: 'An answer is here.' };
    await desk.messenger.send(reference('idle'), words, 'k');
    expect(desk.service.texts('idle').at(-1)).toBe('An answer is here.');
    expect(desk.service.texts('idle').join()).not.toContain('walrus');
  });

  test.each<[string, (whole: Record<string, unknown>) => unknown]>([
    ['nothing', () => undefined],
    ['null', () => null],
    ['an array', (whole) => [whole]],
    ['no type', ({ type, ...rest }) => rest],
    ['no conversation', ({ conversation, ...rest }) => rest],
    ['a conversation without id', (whole) => ({ ...whole, conversation: {} })],
    ['no service', ({ serviceUrl, ...rest }) => rest],
    ['a channel that is no text', (whole) => ({ ...whole, channelId: 7 })],
  ])('none are run for %s', async (_what, spoilt) => {
    const answer = await desk.post(spoilt(desk.message('bad')));
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BadArgument' } } });
    expect(done).toEqual([]);
  });
});

describe('the route', () => {
  const activity = {
    type: 'message',
    text: 'hello',
    channelId: 'msteams',
    serviceUrl: 'http://127.0.0.1:1/',
    conversation: { id: 'c' },
  };
  const post = (url: string) =>
    fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
    });

  test('is absent without an app id', async () => {
    const running = await startProduct();
    const response = await post(running.url);
    await running.close();
    expect(response.status).toBe(404);
  });

  test('takes nothing without a token', async () => {
    const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const running = await startProduct({
      env: { MicrosoftAppId: 'app', MicrosoftAppPassword: 'x' },
    });
    const response = await post(running.url);
    await running.close();
    printed.mockRestore();
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: { code: 'TokenInvalid' } });
  });
});
