import { DIRECT_LINE, renewed, storeSession, type Session } from './session.js';
import { Subject } from './subject.js';
import { STATUS } from './webchat.js';
import type { Activity, DirectLine, Observable, Observer, Subscription } from './webchat.js';

/** What the page does about its connection. */
export interface ConnectionEvents {
  /** The desk answers (again). */
  online(): void;
  /** The desk does not answer; the connection goes on trying. */
  unreachable(): void;
  /** A person talks to the customer from here on, or, without a name, the bot again. */
  talkingTo(name: string): void;
  /** The conversation is no more; `unsent` is what the customer wrote last and the desk did not take. */
  gone(unsent: string | undefined): void;
}

interface Waiting {
  readonly activity: Activity;
  readonly observer: Observer<string>;
}

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 30_000;

/**
 * The connection that Web Chat sees: one for the life of a conversation, whatever happens to the Direct Line clients
 * beneath it. When a token has expired or the desk was away, it renews the token, puts a new client in place that goes
 * on where the old one stopped, and sends again what was held back; the desk knows a message that it already has.
 */
export class Connection {
  readonly activity$: Observable<Activity>;
  readonly connectionStatus$ = new Subject<number>(true);
  private readonly activities = new Subject<Activity>();
  private client: DirectLine | undefined;
  private subscriptions: Subscription[] = [];
  private waiting: Waiting[] = [];
  private recovering = false;
  private over = false;
  private failures = 0;
  private shown: number | undefined;
  private timer: number | undefined;

  constructor(
    private session: Session,
    private readonly events: ConnectionEvents,
  ) {
    this.show(STATUS.uninitialized);
    this.activity$ = {
      subscribe: (observer) => {
        const subscription = this.activities.subscribe(observer);
        if (!this.client && !this.recovering && !this.over) this.connect();
        return subscription;
      },
    };
  }

  /** Web Chat reads the customer's id from the token. */
  get token(): string {
    return this.session.token;
  }

  postActivity(activity: Activity): Observable<string> {
    return {
      subscribe: (observer) => {
        const waiting = { activity, observer };
        this.post(waiting);
        // Web Chat gives up in the end and offers to send again: then this must not go out any more.
        return {
          unsubscribe: () => (this.waiting = this.waiting.filter((one) => one !== waiting)),
        };
      },
    };
  }

  /**
   * Tells the bot by which link in a mail the customer came; nothing of it is shown.
   * @param refused called when the desk does not take it.
   */
  continueRequest(token: string, refused: () => void): void {
    const { userId } = this.session;
    this.post({
      activity: {
        ...{ type: 'event', name: 'continueRequest', value: token, from: { id: userId } },
        // Once in a conversation, however often it has to be sent.
        channelData: { clientActivityID: 'continue-request' },
      },
      observer: { error: refused },
    });
  }

  /** Lets go of the desk; nothing follows. */
  end(): void {
    this.over = true;
    clearTimeout(this.timer);
    this.disconnect();
  }

  /** The session with the token as the client last renewed it. */
  current(): Session {
    const token = this.client?.token;
    if (token && token !== this.session.token) this.session = { ...this.session, token };
    return this.session;
  }

  /** Renews the token and connects anew, at once. */
  async recover(): Promise<void> {
    if (this.recovering || this.over) return;
    this.recovering = true;
    clearTimeout(this.timer);
    const watermark = this.client?.watermark;
    const asked = await renewed(this.current());
    this.recovering = false;
    if (this.isOver()) return;
    if (asked.outcome === 'ok') {
      this.session = asked.value;
      storeSession(this.session);
      this.disconnect();
      this.connect(watermark);
    } else if (asked.outcome === 'gone') {
      this.gone();
    } else {
      this.events.unreachable();
      this.tryLater();
    }
  }

  private tryLater(): void {
    const pause = Math.min(FIRST_RETRY_MS * 2 ** this.failures, LAST_RETRY_MS);
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.recover(), pause);
  }

  private connect(watermark?: string): void {
    const { token, conversationId, begun } = this.session;
    const client = window.WebChat.createDirectLine({
      token,
      domain: DIRECT_LINE,
      webSocket: true,
      // A conversation that has not begun is begun by connecting without its id, which the token holds.
      ...(begun ? { conversationId } : {}),
      ...(watermark ? { watermark } : {}),
    });
    this.client = client;
    this.subscriptions = [
      client.connectionStatus$.subscribe({
        next: (status) => {
          this.statusIs(status, client);
        },
      }),
      client.activity$.subscribe({
        next: (activity) => {
          if (client === this.client) this.receive(activity);
        },
        // The stream breaks for good when the desk does not know the conversation any more.
        error: () => void this.recover(),
      }),
    ];
  }

  private receive(activity: Activity): void {
    const { talkingTo } = activity.channelData ?? {};
    if (talkingTo !== undefined && activity.from?.id !== this.session.userId)
      this.events.talkingTo(talkingTo);
    if (activity.type !== 'endOfConversation') this.activities.next(activity);
    // Web Chat cannot draw it; from the customer it says that another tab has ended the chat.
    else if (activity.from?.id === this.session.userId) this.gone();
  }

  private statusIs(status: number, client: DirectLine): void {
    if (client !== this.client || this.over) return;
    if (status === STATUS.online) this.online();
    else if (status === STATUS.expiredToken) void this.recover();
    else if (status === STATUS.failedToConnect || status === STATUS.ended) this.tryLater();
    else this.show(status);
  }

  /** Web Chat sends nothing while it reconnects, so what it has seen online stays so, and the page tells the rest. */
  private show(status: number): void {
    if (this.shown === STATUS.online || this.shown === status) return;
    this.shown = status;
    this.connectionStatus$.next(status);
  }

  private online(): void {
    this.failures = 0;
    if (!this.session.begun) this.session = { ...this.session, begun: true };
    storeSession(this.current());
    this.show(STATUS.online);
    this.events.online();
    for (const waiting of this.waiting.splice(0)) this.post(waiting);
  }

  private post(waiting: Waiting): void {
    const { activity, observer } = waiting;
    if (!this.client || this.recovering) {
      this.waiting.push(waiting);
      return;
    }
    this.client.postActivity(activity).subscribe({
      next: (id) => {
        if (id === 'retry') this.hold(waiting);
        else observer.next?.(id);
      },
      error: (reason) => {
        if ((reason as { status?: number }).status === 404) this.gone(activity.text);
        else observer.error?.(reason);
      },
    });
  }

  private hold(waiting: Waiting): void {
    this.waiting.push(waiting);
    void this.recover();
  }

  private gone(unsent = this.waiting.at(-1)?.activity.text): void {
    if (this.over) return;
    this.end();
    this.events.gone(unsent);
  }

  private isOver(): boolean {
    return this.over;
  }

  private disconnect(): void {
    const client = this.client;
    this.client = undefined;
    for (const subscription of this.subscriptions.splice(0)) subscription.unsubscribe();
    client?.end();
  }
}
