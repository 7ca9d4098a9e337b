import type { WebSocket } from 'ws';
import type {
  ConversationEvent,
  Conversations,
  LoggedActivity,
} from '../../services/conversations';
import type { Log } from '../../services/ports';
import { toClient } from './activities';

const PAGE = 100;
const MOST_BUFFERED_BYTES = 1024 * 1024;
const MOST_FRAMES_BETWEEN_PINGS = 100;
const ENDED = 1000;
const POLICY_VIOLATION = 1008;
const INTERNAL_ERROR = 1011;

/**
 * One open socket: sends the conversation's log from a watermark on, each activity once and in order.
 *
 * An activity is sent as it is appended when it is the next; otherwise (the socket is behind, or another process
 * appended) the log is read. A client that does not read is disconnected, and comes back with its watermark.
 */
export class Stream {
  private readonly socket: WebSocket;
  private readonly conversations: Conversations;
  private readonly conversationId: string;
  private readonly log: Log;
  private sent: number;
  private reading = false;
  private behind = false;
  private alive = true;
  private frames = 0;

  constructor(parts: {
    readonly socket: WebSocket;
    readonly conversations: Conversations;
    readonly conversationId: string;
    readonly watermark: number;
    readonly log: Log;
  }) {
    this.socket = parts.socket;
    this.conversations = parts.conversations;
    this.conversationId = parts.conversationId;
    this.log = parts.log;
    this.sent = parts.watermark;
  }

  /** Starts sending; the returned promise resolves when the socket has closed. */
  async run(): Promise<void> {
    const stop = this.conversations.listen(this.conversationId, (event) => {
      this.hear(event);
    });
    this.socket.on('pong', () => {
      this.alive = true;
    });
    // Clients send empty frames to notice a broken connection; nothing else is expected of them.
    this.socket.on('message', () => {
      this.frames += 1;
      if (this.frames > MOST_FRAMES_BETWEEN_PINGS) this.socket.close(POLICY_VIOLATION);
    });
    this.socket.on('error', () => {
      this.socket.terminate();
    });
    const closed = new Promise<void>((resolve) =>
      this.socket.once('close', () => {
        resolve();
      }),
    );
    void this.catchUp();
    await closed;
    stop();
  }

  /** Pings the client and catches up with the log; a client that did not answer the last ping is disconnected. */
  keepAlive(): void {
    if (!this.alive) {
      this.socket.terminate();
      return;
    }
    this.alive = false;
    this.frames = 0;
    this.socket.ping();
    void this.catchUp();
  }

  close(code: number): void {
    this.socket.close(code);
  }

  terminate(): void {
    this.socket.terminate();
  }

  private hear(event: ConversationEvent): void {
    switch (event.kind) {
      case 'appended':
        this.next(event.activity);
        break;
      case 'passing':
        if (!this.reading) void this.send({ activities: [event.body] });
        break;
      case 'ended':
        this.socket.close(ENDED);
        break;
    }
  }

  private next(activity: LoggedActivity): void {
    if (this.reading || activity.sequence !== this.sent + 1) {
      void this.catchUp();
      return;
    }
    this.sent = activity.sequence;
    if (!activity.hidden) void this.sendActivities([activity]);
  }

  private async catchUp(): Promise<void> {
    this.behind = true;
    if (this.reading) return;
    this.reading = true;
    try {
      while (this.takeBehind() && this.socket.readyState === this.socket.OPEN) {
        const page = await this.conversations.since(this.conversationId, this.sent, PAGE);
        this.sent = page.watermark;
        this.behind ||= !page.complete;
        if (page.activities.length > 0) await this.sendActivities(page.activities);
      }
    } catch (error) {
      this.log.error('stream.failed', { conversationId: this.conversationId, error });
      this.socket.close(INTERNAL_ERROR);
    } finally {
      this.reading = false;
    }
  }

  private takeBehind(): boolean {
    const behind = this.behind;
    this.behind = false;
    return behind;
  }

  private sendActivities(activities: readonly LoggedActivity[]): Promise<void> {
    return this.send({ activities: activities.map(toClient), watermark: String(this.sent) });
  }

  /** Resolves when the network has taken the frame, or never will. */
  private send(set: { activities: readonly unknown[]; watermark?: string }): Promise<void> {
    if (this.socket.bufferedAmount > MOST_BUFFERED_BYTES) this.socket.terminate();
    return new Promise((resolve) => {
      this.socket.send(JSON.stringify(set), () => {
        resolve();
      });
    });
  }
}
