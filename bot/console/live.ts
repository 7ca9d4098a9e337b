import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Conversations } from '../../services/conversations';
import { ProductError } from '../../services/errors';
import type { Handoff, Handoffs } from '../../services/handoffs';
import { may } from '../../services/roles';
import type { Verifications } from '../../services/verification';
import { refuseUpgrade } from '../refusedUpgrade';
import type { PersonView } from './contract';
import { LiveNews, type LiveNewsParts } from './liveNews';
import { LiveSocket, type LiveSession } from './liveSocket';
import type { Presence } from './presence';
import type { Recusal } from './recusal';
import type { ConsoleSessions } from './session';

/** What the live socket needs. */
export interface LiveParts extends LiveNewsParts {
  readonly sessions: Pick<ConsoleSessions, 'callerOfSocket' | 'sessionOf'>;
  readonly handoffs: Pick<Handoffs, 'byId' | 'heldBy' | 'newestOf' | 'seen'>;
  readonly conversations: Pick<Conversations, 'listen'>;
  readonly verifications: Pick<Verifications, 'codesOut'>;
  readonly recusal: Pick<Recusal, 'check' | 'stop'>;
}

const PATH = /^\/console\/live(?:\?|$)/;
const LONGEST_FRAME_BYTES = 8 * 1024;
const MOST_OF_AN_ACCOUNT = 10;
const PING_EVERY_MS = 15_000;
const SEEN_EVERY_MS = 20_000;
const CHECK_EVERY_MS = 30_000;
const CLOSING_MS = 1000;
const GOING_AWAY = 1001;
const TRY_ANOTHER = 1013;

/** The open pages of staff, at `/console/live`; `LiveNews` says what they are told. */
export class Live implements Presence {
  private readonly server = new WebSocketServer({
    noServer: true,
    maxPayload: LONGEST_FRAME_BYTES,
  });
  /** In the order in which they were opened. */
  private readonly sockets = new Set<LiveSocket>();
  private readonly news: LiveNews;
  private readonly timers: readonly NodeJS.Timeout[];
  private closing = false;

  constructor(private readonly parts: LiveParts) {
    this.news = new LiveNews(parts, this.sockets);
    this.timers = [
      this.every(PING_EVERY_MS, async (socket) => {
        socket.keepAlive();
      }),
      this.every(CHECK_EVERY_MS, (socket) => socket.checkSession()),
      this.every(SEEN_EVERY_MS, (socket) => this.seen(socket)),
    ];
  }

  people(): readonly PersonView[] {
    const byId = new Map(
      [...this.sockets]
        .filter(({ caller }) => may(caller.roles, 'conversations.hold'))
        .map(({ caller: { accountId, name } }) => [accountId, { accountId, name }] as const),
    );
    return [...byId.values()].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  }

  taken(accountId: string, handoff: Handoff): void {
    for (const socket of this.sockets)
      if (socket.caller.accountId === accountId) socket.hear(handoff);
  }

  /** Takes an HTTP upgrade at `/console/live`; others are left to others. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (!PATH.test(request.url ?? '')) return;
    const abandon = (): void => {
      socket.destroy();
    };
    socket.on('error', abandon);
    this.admit(request).then(
      (session) => {
        socket.off('error', abandon);
        this.server.handleUpgrade(request, socket, head, (ws) => {
          this.open(ws, session).catch((error: unknown) => {
            this.parts.log.error('live.failed', { error });
            ws.terminate();
          });
        });
      },
      (error: unknown) => {
        refuseUpgrade(socket, error);
      },
    );
  }

  /** Closes every socket; pages come back to the next process. */
  async close(): Promise<void> {
    this.closing = true;
    this.news.stop();
    this.parts.recusal.stop();
    for (const timer of this.timers) clearInterval(timer);
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

  private async admit(request: IncomingMessage): Promise<LiveSession> {
    if (this.closing)
      throw new ProductError('StoreUnavailable', 'The desk is restarting; try again.');
    const { sessions } = this.parts;
    const { caller, mustSetUpTotp } = await sessions.callerOfSocket(request);
    if (mustSetUpTotp) throw new ProductError('NotAllowed', 'Set up the second factor first.');
    const goesOn = async (): Promise<boolean> =>
      (await sessions.sessionOf(request, { passive: true })) !== undefined;
    return { caller, goesOn };
  }

  private async open(ws: WebSocket, session: LiveSession): Promise<void> {
    const { handoffs, log, recusal } = this.parts;
    const socket = new LiveSocket(ws, session, this.parts);
    let following = Promise.resolve();
    const closed = socket.run((saying) => {
      following = following
        .then(() => this.news.follow(socket, saying))
        .catch((error: unknown) => {
          log.error('live.failed', { error });
        });
    });
    this.join(socket);
    void closed.then(() => {
      this.leave(socket);
    });
    const { accountId, roles } = socket.caller;
    if (may(roles, 'conversations.hold'))
      for (const handoff of await handoffs.heldBy(accountId))
        if (!(await recusal.check(handoff))) socket.hear(handoff);
    socket.send({ kind: 'ready' });
    await this.seen(socket);
    await closed;
  }

  private join(socket: LiveSocket): void {
    this.sockets.add(socket);
    const [oldest, ...others] = this.ofAccount(socket);
    if (others.length === 0) this.news.peopleChanged();
    if (others.length >= MOST_OF_AN_ACCOUNT) oldest?.close(TRY_ANOTHER);
  }

  private leave(socket: LiveSocket): void {
    this.sockets.delete(socket);
    if (this.ofAccount(socket).length === 0) this.news.peopleChanged();
  }

  private ofAccount({ caller: { accountId } }: LiveSocket): LiveSocket[] {
    return [...this.sockets].filter(({ caller }) => caller.accountId === accountId);
  }

  private async seen({ caller }: LiveSocket): Promise<void> {
    if (!may(caller.roles, 'conversations.hold')) return;
    const { handoffs, recusal } = this.parts;
    // What became of a case elsewhere is told to nobody here.
    for (const handoff of await handoffs.heldBy(caller.accountId)) await recusal.check(handoff);
    await handoffs.seen(caller.accountId);
  }

  private every(ms: number, deed: (socket: LiveSocket) => Promise<void>): NodeJS.Timeout {
    const timer = setInterval(() => {
      for (const socket of this.sockets)
        deed(socket).catch((error: unknown) => {
          this.parts.log.error('live.failed', { error });
        });
    }, ms);
    return timer.unref();
  }
}
