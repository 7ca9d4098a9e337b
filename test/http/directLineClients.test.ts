import { ConnectionStatus, DirectLine } from 'botframework-directlinejs';
import { WebSocket } from 'ws';
import type { Store } from '../../models/store';
import { DirectLineDesk, openMemory, type Token } from '../support/directLineDesk';
import { FetchXhr } from '../support/fetchXhr';
import { until } from '../support/until';

Object.assign(globalThis, { WebSocket, XMLHttpRequest: FetchXhr });

interface Shown {
  id?: string;
  text?: string;
  channelData?: { clientActivityID?: string };
}

let store: Store;
let desk: DirectLineDesk;
let clients: DirectLine[];

beforeEach(async () => {
  store = await openMemory();
  desk = await DirectLineDesk.start(store);
  clients = [];
});

afterEach(async () => {
  for (const client of clients) client.end();
  await DirectLineDesk.killAll();
  await store.close();
});

/** Microsoft's own client, as Web Chat uses it, and all that it shows. */
function connect(options: { token: string; webSocket: boolean; conversationId?: string }): {
  client: DirectLine;
  shown: Shown[];
  states: ConnectionStatus[];
} {
  const shown: Shown[] = [];
  const states: ConnectionStatus[] = [];
  const client = new DirectLine({
    ...options,
    domain: `${desk.url}/v3/directline`,
    pollingInterval: 200,
  });
  clients.push(client);
  client.activity$.subscribe(
    (activity) => shown.push(activity),
    () => undefined,
  );
  client.connectionStatus$.subscribe((state) => states.push(state));
  return { client, shown, states };
}

const pageToken = async (): Promise<Token> =>
  (await desk.call<Token>('POST', '/webchat/token', {})).body;

const send = (client: DirectLine, text: string): Promise<string> =>
  client
    .postActivity({
      type: 'message',
      from: { id: 'spoofed' },
      text,
      channelData: { clientActivityID: `client-${text}` },
    })
    .toPromise();

const texts = (shown: readonly Shown[]) => shown.map(({ text }) => text);

describe.each([
  ['WebSocket', true],
  ['polling', false],
])('botframework-directlinejs by %s', (_way, webSocket) => {
  test('greets, echoes with its own id, and answers', async () => {
    const { client, shown } = connect({ token: (await pageToken()).token, webSocket });
    await until('the greeting', () => shown.length === 1);
    const id = await send(client, 'hello');
    await until('the reply', () => shown.length === 3);
    expect(texts(shown)).toEqual(['Welcome.', 'hello', 'You said: hello']);
    expect(shown[1]).toMatchObject({ id, channelData: { clientActivityID: 'client-hello' } });
  });

  test('recovers when the desk restarts, with nothing lost or doubled', async () => {
    const { token, conversationId } = await pageToken();
    const { client, shown } = connect({ token, webSocket });
    await until('the greeting', () => shown.length === 1);
    await send(client, 'before');
    await until('the reply', () => shown.length === 3);
    const port = desk.listensOn;
    await desk.kill();
    desk = await DirectLineDesk.start(store, { port });
    if (webSocket) {
      // The client waits between 3 and 15 seconds before it reconnects.
      await until(
        'a post to succeed',
        async () => (await send(client, 'after')) !== 'retry',
        20_000,
      );
      await until('the reply', () => shown.length === 5, 20_000);
      expect(texts(shown).slice(3)).toEqual(['after', 'You said: after']);
    } else {
      // The client stops polling for good once the desk was away; the page then makes another.
      const again = connect({ token, conversationId, webSocket });
      await until('the history', () => again.shown.length === 3);
      expect(texts(again.shown)).toEqual(['Welcome.', 'before', 'You said: before']);
    }
  });

  test('goes on in the same conversation after a page reload', async () => {
    const page = await pageToken();
    const first = connect({ token: page.token, webSocket });
    await until('the greeting', () => first.shown.length === 1);
    await send(first.client, 'hello');
    await until('the reply', () => first.shown.length === 3);
    first.client.end();
    const { token, conversationId } = page;
    const second = connect({ token, conversationId, webSocket });
    await until('the history', () => second.shown.length === 3);
    expect(texts(second.shown)).toEqual(texts(first.shown));
  });

  test('learns that its token has expired, and goes on with a renewed one', async () => {
    const page = await pageToken();
    const { client, shown, states } = connect({ token: page.token, webSocket });
    await until('the greeting', () => shown.length === 1);
    desk.clock.aheadMs = 60 * 60 * 1000;
    expect(await send(client, 'too late')).toBe('retry');
    await until('word of the expiry', () => states.includes(ConnectionStatus.ExpiredToken));
    const renewed = await desk.call<Token>('POST', '/webchat/token', {
      body: { token: page.token },
    });
    client.end();
    const { token, conversationId } = renewed.body;
    const again = connect({ token, conversationId, webSocket });
    await until('the history', () => again.shown.length === 1);
    await send(again.client, 'there you are');
    await until('the reply', () => again.shown.length === 3);
    expect(texts(again.shown)).toEqual(['Welcome.', 'there you are', 'You said: there you are']);
  });

  test('is told that its conversation has ended', async () => {
    const page = await pageToken();
    const { client, shown } = connect({ token: page.token, webSocket });
    await until('the greeting', () => shown.length === 1);
    await desk.post(page, { type: 'endOfConversation' });
    await until('the end', async () => {
      const status = await send(client, 'x').catch((error: unknown) => error);
      return (status as { status?: number }).status === 404;
    });
  });

  test('gets a clear refusal for a file', async () => {
    const page = await pageToken();
    const { client, shown } = connect({ token: page.token, webSocket });
    await until('the greeting', () => shown.length === 1);
    const url = `${desk.url}/v3/directline/conversations/${page.conversationId}/upload?userId=x`;
    const refused = await new Promise<{ status: number; response: unknown }>((resolve) => {
      const xhr = new FetchXhr();
      xhr.onreadystatechange = () => {
        resolve(xhr);
      };
      xhr.open('POST', url);
      xhr.setRequestHeader('Authorization', `Bearer ${page.token}`);
      const form = new FormData();
      form.append('file', new Blob(['x']), 'x.png');
      xhr.send(form);
    });
    expect(refused.status).toBe(415);
    expect(await send(client, 'in words then')).toMatch(/\|\d{7}$/);
  });
});
