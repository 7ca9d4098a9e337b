import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { TurnContext } from 'botbuilder';
import { createServer, type Server } from 'restify';
import { WebSocket } from 'ws';
import { directLineChannel, type DirectLineChannel } from '../../bot/directLine';
import type { DirectLineOptions } from '../../bot/directLine';
import { ConversationRecords } from '../../models/conversations';
import { openStore, type Store } from '../../models/store';
import { Conversations } from '../../services/conversations';
import type { Clock, Ids, Log, LogFields } from '../../services/ports';
import { until } from './until';

export const SECRET = { id: 'k1', secret: Buffer.alloc(32, 7) };
export const BEARER = SECRET.secret.toString('base64');

export const ids: Ids = {
  uuid: () => randomUUID(),
  bytes: (length) => randomBytes(length),
  int: (below) => randomInt(below),
};

/** The real clock, which a test may put forward. */
export class ShiftedClock implements Clock {
  aheadMs = 0;
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }
}

/** An activity as a client of the channel receives it. */
export interface Received {
  id: string;
  type: string;
  name?: string;
  text?: string;
  locale?: string;
  timestamp: string;
  replyToId?: string;
  from: { id: string; role: string };
  channelData?: Record<string, unknown>;
  [field: string]: unknown;
}

export interface Answer<T = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: T & { error?: { code: string; message: string } };
}

export interface Token {
  conversationId: string;
  userId: string;
  token: string;
  streamUrl: string;
  expires_in: number;
}

/** A bot that greets whoever joins and says back what it hears. */
export async function echo(context: TurnContext): Promise<void> {
  const { type, text } = context.activity;
  if (type === 'conversationUpdate') await context.sendActivity('Welcome.');
  if (type === 'message') await context.sendActivity(`You said: ${text}`);
  if (type === 'endOfConversation') await context.sendActivity('Goodbye.');
}

export const openMemory = (): Promise<Store> =>
  openStore({ keys: [{ id: 's1', secret: Buffer.alloc(32, 1) }] });

/** A restify server with nothing but the channel and a bot; the store outlives it, so that it can be started again. */
export class DirectLineDesk {
  private static readonly running = new Set<DirectLineDesk>();
  readonly logged: { event: string; fields: LogFields | undefined }[] = [];
  channel!: DirectLineChannel;
  conversations!: Conversations;
  private server!: Server;

  private constructor(
    readonly store: Store,
    readonly clock: ShiftedClock,
    private port: number,
  ) {}

  static async start(
    store: Store,
    options: Partial<DirectLineOptions> & { port?: number } = {},
  ): Promise<DirectLineDesk> {
    const desk = new DirectLineDesk(store, new ShiftedClock(), options.port ?? 0);
    const records = new ConversationRecords(store);
    await records.ensureIndexes();
    desk.conversations = new Conversations(records, desk.clock);
    desk.channel = directLineChannel({
      conversations: desk.conversations,
      clock: desk.clock,
      ids,
      log: desk.log(),
      secrets: [SECRET],
      publicUrl: 'http://localhost:3978',
      corsOrigins: ['https://www.comantra.example'],
      clientAddress: (request) => request.socket.remoteAddress ?? '',
      redact: (text) => {
        const masked = text.replace(/4111 1111 1111 1111/g, '[card]');
        return { text: masked, masked: masked === text ? [] : ['card'] };
      },
      onTurn: echo,
      ...options,
    });
    await desk.listen();
    DirectLineDesk.running.add(desk);
    return desk;
  }

  /** Stops every desk that a test started and did not stop, since it may have failed before. */
  static async killAll(): Promise<void> {
    await Promise.all([...DirectLineDesk.running].map((desk) => desk.kill()));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get listensOn(): number {
    return this.port;
  }

  /** Stops listening and leaves running turns hanging, as if the process had been killed. */
  abandon(): void {
    DirectLineDesk.running.delete(this);
    this.server.close();
    this.server.server.closeAllConnections();
  }

  /** Stops listening and ends turns and sockets. */
  async kill(): Promise<void> {
    DirectLineDesk.running.delete(this);
    const closed = new Promise<void>((done) => {
      this.server.close(done);
    });
    this.server.server.closeAllConnections();
    await Promise.all([closed, this.channel.close()]);
  }

  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    options: { bearer?: string; body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Answer<T>> {
    const { bearer, body, headers } = options;
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Answer<T>['body'],
    };
  }

  /** A page's token, with its conversation started and greeted. */
  async join(): Promise<Token> {
    const page = await this.call<Token>('POST', '/webchat/token', {});
    const { token, userId } = page.body;
    const started = await this.call<Token>('POST', '/v3/directline/conversations', {
      bearer: token,
      body: {},
    });
    const at = { ...started.body, userId };
    await until('the greeting', async () => (await this.read(at)).length > 0);
    return at;
  }

  post(at: Token, activity: unknown): Promise<Answer<{ id: string }>> {
    return this.call('POST', `/v3/directline/conversations/${at.conversationId}/activities`, {
      bearer: at.token,
      body: activity,
    });
  }

  say(at: Token, text: string, channelData?: unknown): Promise<Answer<{ id: string }>> {
    return this.post(at, { type: 'message', text, channelData });
  }

  async read(at: Token, watermark = ''): Promise<Received[]> {
    const answer = await this.call<{ activities: Received[] }>(
      'GET',
      `/v3/directline/conversations/${at.conversationId}/activities?watermark=${watermark}`,
      { bearer: at.token },
    );
    return answer.body.activities;
  }

  private async listen(): Promise<void> {
    this.server = createServer();
    this.channel.mount(this.server);
    await new Promise<void>((done) => {
      this.server.listen(this.port, '127.0.0.1', done);
    });
    this.port = (this.server.server.address() as AddressInfo).port;
  }

  private log(): Log {
    const note = (event: string, fields?: LogFields): void => {
      this.logged.push({ event, fields });
    };
    return { info: note, warn: note, error: note };
  }
}

/** A raw socket on a stream URL that keeps what it receives. */
export class Listener {
  readonly received: Received[] = [];
  watermark = '';
  closedWith: number | undefined;
  private readonly socket: WebSocket;

  constructor(streamUrl: string) {
    this.socket = new WebSocket(streamUrl);
    this.socket.on('message', (data: Buffer) => {
      const set = JSON.parse(data.toString()) as { activities: Received[]; watermark?: string };
      this.received.push(...set.activities);
      this.watermark = set.watermark ?? this.watermark;
    });
    this.socket.on('close', (code) => {
      this.closedWith = code;
    });
    this.socket.on('error', () => undefined);
  }

  get texts(): string[] {
    return this.received.map(({ text = '' }) => text);
  }

  babble(): void {
    this.socket.send('');
  }

  close(): void {
    this.socket.terminate();
  }
}

/** The HTTP status with which an upgrade is refused. */
export function refusedUpgrade(url: string): Promise<{ status: number; code: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('The socket was opened.'));
    });
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { error } = JSON.parse(Buffer.concat(chunks).toString()) as {
          error: { code: string };
        };
        resolve({ status: response.statusCode ?? 0, code: error.code });
      });
    });
  });
}
