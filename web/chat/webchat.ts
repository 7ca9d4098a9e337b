/** What this page uses of Web Chat's bundle and of the Direct Line client inside it. */

/** An activity as Direct Line carries it; only what this page looks at. */
export interface Activity {
  readonly type: string;
  readonly id?: string;
  readonly text?: string;
  readonly from?: { readonly id: string };
  readonly name?: string;
  readonly value?: unknown;
  readonly channelData?: {
    readonly clientActivityID?: string;
    /** Who talks to the customer from here on; empty when it is the bot again. */
    readonly talkingTo?: string;
  };
}

/** A minimal observable, as Web Chat expects it. */
export interface Observable<T> {
  subscribe(observer: Observer<T>): Subscription;
}

export interface Observer<T> {
  next?(value: T): void;
  error?(reason: unknown): void;
  complete?(): void;
}

export interface Subscription {
  unsubscribe(): void;
}

/** The states of a Direct Line connection. */
export const STATUS = {
  uninitialized: 0,
  connecting: 1,
  online: 2,
  expiredToken: 3,
  failedToConnect: 4,
  ended: 5,
} as const;

/** One connection of the Direct Line client; it renews `token` by itself and moves `watermark` on. */
export interface DirectLine {
  readonly activity$: Observable<Activity>;
  readonly connectionStatus$: Observable<number>;
  readonly token?: string;
  readonly watermark?: string;
  readonly conversationId?: string;
  /** Emits the activity's id, or `retry` when the desk could not take it for now. */
  postActivity(activity: Activity): Observable<string>;
  end(): void;
}

/** Web Chat's own store of what it shows. */
export interface Store {
  dispatch(action: { type: string; payload?: unknown }): void;
  getState(): { readonly sendBoxValue: string };
}

interface WebChatBundle {
  createDirectLine(options: {
    token: string;
    domain: string;
    webSocket: boolean;
    conversationId?: string;
    watermark?: string;
  }): DirectLine;
  createStore(): Store;
  renderWebChat(props: Record<string, unknown>, element: HTMLElement): void;
}

declare global {
  interface Window {
    readonly WebChat: WebChatBundle;
  }
}
