import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { Conversations } from '../../services/conversations';
import type { Handoff } from '../../services/handoffs';
import type { Verifications } from '../../services/verification';
import type { LiveEvent, LiveSaying } from './contract';
import { mayHoldCodeIn, messageView } from './messages';
import type { Caller } from './route';

/** The session that a socket was opened with. */
export interface LiveSession {
  readonly caller: Caller;
  /** Whether it is still that of somebody signed in; asking does not prolong it. */
  readonly goesOn: () => Promise<boolean>;
}

const MOST_BUFFERED_BYTES = 4 * 1024 * 1024;
const MOST_FRAMES_BETWEEN_PINGS = 100;
/** More conversations than anybody shows at once. */
const MOST_FOLLOWED = 20;
const POLICY_VIOLATION = 1008;
/** The session is over: the page is not to come back by itself. */
const SIGNED_OUT = 4401;

const SAYING = z.object({ follow: z.array(z.uuid()).max(MOST_FOLLOWED) });

/** One open page of somebody: what it is sent, and which conversations it hears. */
export class LiveSocket {
  /** Handoffs that the page shows beside those that its owner holds. */
  follows: ReadonlySet<string> = new Set();
  /** What stops the hearing of a conversation, by its handoff. */
  private readonly heard = new Map<string, { conversationId: string; stop: () => void }>();
  private alive = true;
  private frames = 0;

  constructor(
    private readonly socket: WebSocket,
    private readonly session: LiveSession,
    private readonly parts: {
      readonly conversations: Pick<Conversations, 'listen'>;
      readonly verifications: Pick<Verifications, 'codesOut'>;
    },
  ) {}

  get caller(): Caller {
    return this.session.caller;
  }

  /** Resolves when the socket has closed. @param onSaying what the page says from now on, as it should be. */
  run(onSaying: (saying: LiveSaying) => void): Promise<void> {
    const { socket } = this;
    socket.on('pong', () => {
      this.alive = true;
    });
    socket.on('message', (data: Buffer) => {
      this.frames += 1;
      const saying = this.frames > MOST_FRAMES_BETWEEN_PINGS ? undefined : sayingIn(data);
      if (saying) onSaying(saying);
      else socket.close(POLICY_VIOLATION);
    });
    socket.on('error', () => {
      socket.terminate();
    });
    return new Promise((resolve) =>
      socket.once('close', () => {
        for (const { stop } of this.heard.values()) stop();
        this.heard.clear();
        resolve();
      }),
    );
  }

  send(event: LiveEvent): void {
    const { socket } = this;
    if (socket.readyState !== socket.OPEN) return;
    // A page that does not read comes back, and asks for all.
    if (socket.bufferedAmount > MOST_BUFFERED_BYTES) socket.terminate();
    else socket.send(JSON.stringify(event));
  }

  /** Passes on what is said in a handoff's conversation from now on. */
  hear({ id, conversationId }: Pick<Handoff, 'id' | 'conversationId'>): void {
    if (this.heard.has(id) || this.socket.readyState !== this.socket.OPEN) return;
    let before = Promise.resolve();
    const stop = this.parts.conversations.listen(conversationId, (event) => {
      if (event.kind === 'ended') this.send({ kind: 'conversation', handoffId: id });
      if (event.kind !== 'appended') return;
      const { activity } = event;
      const said = mayHoldCodeIn(activity)
        ? this.parts.verifications.codesOut(conversationId)
        : Promise.resolve([]);
      // In the order in which they were said, also where codes have to be looked up.
      before = Promise.all([said, before]).then(
        ([codes]) => {
          const message = messageView(activity, codes);
          if (message && this.heard.get(id)?.stop === stop)
            this.send({ kind: 'message', handoffId: id, message });
        },
        () => {
          // The page asks for what could not be looked at.
          this.send({ kind: 'conversation', handoffId: id });
        },
      );
    });
    this.heard.set(id, { conversationId, stop });
  }

  /** False when it was not heard. */
  hearNoMore(handoffId: string): boolean {
    this.heard.get(handoffId)?.stop();
    return this.heard.delete(handoffId);
  }

  hears(handoffId: string): boolean {
    return this.heard.has(handoffId);
  }

  /** The handoffs that are heard of a conversation. */
  heardOf(conversationId: string): string[] {
    return [...this.heard].flatMap(([id, of]) => (of.conversationId === conversationId ? id : []));
  }

  /** Pings the page; one that did not answer the last ping is disconnected. */
  keepAlive(): void {
    if (!this.alive) {
      this.socket.terminate();
      return;
    }
    this.alive = false;
    this.frames = 0;
    this.socket.ping();
    // What a browser answers a ping with, its page does not see.
    this.send({ kind: 'alive' });
  }

  /** Closes the socket when its session is over. */
  async checkSession(): Promise<void> {
    if (await this.session.goesOn()) return;
    this.send({ kind: 'signedOut' });
    this.socket.close(SIGNED_OUT);
  }

  close(code: number): void {
    this.socket.close(code);
  }

  terminate(): void {
    this.socket.terminate();
  }
}

function sayingIn(data: Buffer): LiveSaying | undefined {
  try {
    const read = SAYING.safeParse(JSON.parse(data.toString()));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}
