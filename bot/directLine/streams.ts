import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Conversations } from '../../services/conversations';
import { ProductError } from '../../services/errors';
import type { Log } from '../../services/ports';
import { refuseUpgrade } from '../refusedUpgrade';
import type { Callers } from './callers';
import type { DirectLineLimits } from './limits';
import { Stream } from './stream';
import { watermarkOf } from './watermark';

/** What the sockets need. */
export interface StreamParts {
  readonly callers: Callers;
  readonly conversations: Conversations;
  readonly limits: Pick<DirectLineLimits, 'socketsPerConversation' | 'keepAliveMs'>;
  readonly log: Log;
}

const PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;
const GOING_AWAY = 1001;
const TRY_ANOTHER = 1013;
const LONGEST_FRAME_BYTES = 4096;
const CLOSING_MS = 1000;

/** The open sockets of the channel; several tabs may follow one conversation, each from its own watermark. */
export class Streams {
  private readonly parts: StreamParts;
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_FRAME_BYTES,
  });
  private readonly followed = new Map<string, Set<Stream>>();
  private readonly pings: NodeJS.Timeout;
  private closing = false;

  constructor(parts: StreamParts) {
    this.parts = parts;
    this.pings = setInterval(() => {
      for (const stream of this.all()) stream.keepAlive();
    }, parts.limits.keepAliveMs);
    this.pings.unref();
  }

  /** Takes an HTTP upgrade below `/v3/directline/`; others are left to others. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (!url.pathname.startsWith('/v3/directline/')) return;
    const abandon = (): void => {
      socket.destroy();
    };
    socket.on('error', abandon);
    this.admit(request, url).then(
      ({ conversationId, watermark }) => {
        socket.off('error', abandon);
        this.server.handleUpgrade(request, socket, head, (ws) => {
          const { conversations, log } = this.parts;
          const stream = new Stream({ socket: ws, conversations, conversationId, watermark, log });
          void this.follow(conversationId, stream);
        });
      },
      (error: unknown) => {
        refuseUpgrade(socket, error);
      },
    );
  }

  /** Closes every socket; clients come back to the next process with their watermark. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.pings);
    const clients = [...this.server.clients];
    const closed = clients.map((ws) => new Promise((resolve) => ws.once('close', resolve)));
    for (const ws of clients) ws.close(GOING_AWAY);
    const impatient = setTimeout(() => {
      for (const ws of clients) ws.terminate();
    }, CLOSING_MS);
    await Promise.all(closed);
    clearTimeout(impatient);
    this.server.close();
  }

  private async admit(
    request: IncomingMessage,
    url: URL,
  ): Promise<{ conversationId: string; watermark: number }> {
    if (this.closing)
      throw new ProductError('StoreUnavailable', 'The desk is restarting; try again.');
    const [, encodedId] = PATH.exec(url.pathname) ?? [];
    if (encodedId === undefined) throw new ProductError('NotFound', 'There is no such stream.');
    const watermark = watermarkOf(url.searchParams.get('watermark'));
    const token = url.searchParams.get('t') ?? '';
    const { conversationId } = await this.parts.callers.identifyStream(request, encodedId, token);
    await this.parts.conversations.open(conversationId);
    return { conversationId, watermark };
  }

  private async follow(conversationId: string, stream: Stream): Promise<void> {
    const streams = this.followed.get(conversationId) ?? new Set();
    this.followed.set(conversationId, streams.add(stream));
    const [oldest] = streams;
    if (streams.size > this.parts.limits.socketsPerConversation) oldest?.close(TRY_ANOTHER);
    await stream.run();
    streams.delete(stream);
    if (streams.size === 0) this.followed.delete(conversationId);
  }

  private *all(): Iterable<Stream> {
    for (const streams of this.followed.values()) yield* streams;
  }
}
