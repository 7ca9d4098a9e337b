import { useEffect, useRef, useState } from 'preact/hooks';
import type { LiveEvent, LiveSaying } from '../../bot/console/contract';

/** `live`: what is on the screen is what stands; `away`: the page is trying to reach the desk again. */
export type LiveState = 'connecting' | 'live' | 'away';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
/** Beyond what one person looks at; a frame has a limit. */
const MOST_FOLLOWED = 100;
/** The desk says every 15 s that it is there. */
const LONGEST_QUIET_MS = 40_000;
const SESSION_OVER = 4401;

/** The page's one socket: passes on what comes, and comes back by itself after a gap, which `ready` tells. */
class Live {
  private socket: WebSocket | undefined;
  private state: LiveState = 'connecting';
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private wanted = false;
  private readonly listeners = new Set<(event: LiveEvent) => void>();
  private readonly watchers = new Set<(state: LiveState) => void>();
  private readonly followed = new Map<string, number>();

  get now(): LiveState {
    return this.state;
  }

  open(): void {
    if (this.wanted) return;
    this.wanted = true;
    window.addEventListener('online', this.hurry);
    window.addEventListener('offline', this.doubt);
    this.connect();
  }

  close(): void {
    this.wanted = false;
    window.removeEventListener('online', this.hurry);
    window.removeEventListener('offline', this.doubt);
    clearTimeout(this.timer);
    this.leave();
    this.enter('connecting');
  }

  /** Hears every event until the returned function is called. */
  listen(listener: (event: LiveEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  watch(watcher: (state: LiveState) => void): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Has the messages of a conversation come as well, until the returned function is called. */
  follow(handoffId: string): () => void {
    this.followed.set(handoffId, (this.followed.get(handoffId) ?? 0) + 1);
    this.sayFollowed();
    return () => {
      const left = (this.followed.get(handoffId) ?? 1) - 1;
      if (left > 0) this.followed.set(handoffId, left);
      else this.followed.delete(handoffId);
      this.sayFollowed();
    };
  }

  private connect(): void {
    clearTimeout(this.timer);
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/console/live`);
    this.socket = socket;
    this.expectSoon();
    socket.addEventListener('message', ({ data }) => {
      if (this.socket !== socket) return;
      this.expectSoon();
      this.hear(data);
    });
    socket.addEventListener('close', ({ code }) => {
      if (this.socket !== socket) return;
      clearTimeout(this.quiet);
      this.socket = undefined;
      if (code === SESSION_OVER) this.pass({ kind: 'signedOut' });
      if (this.wanted) this.tryLater();
    });
  }

  private hear(data: unknown): void {
    if (typeof data !== 'string') return;
    const event = JSON.parse(data) as LiveEvent;
    if (event.kind === 'ready') {
      this.failures = 0;
      this.enter('live');
      this.sayFollowed();
    }
    this.pass(event);
  }

  private pass(event: LiveEvent): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  private tryLater(): void {
    this.enter('away');
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.failures);
    this.failures += 1;
    clearTimeout(this.timer);
    // Spread, so that all pages do not come back at the same instant after a restart.
    this.timer = setTimeout(
      () => {
        this.connect();
      },
      wait * (0.5 + Math.random() / 2),
    );
  }

  private readonly hurry = (): void => {
    this.failures = 0;
    if (this.state !== 'live') this.connect();
  };

  private expectSoon(): void {
    clearTimeout(this.quiet);
    this.quiet = setTimeout(this.doubt, LONGEST_QUIET_MS);
  }

  /** A socket without a network can look open for minutes. */
  private readonly doubt = (): void => {
    this.leave();
    this.tryLater();
  };

  private leave(): void {
    const socket = this.socket;
    this.socket = undefined;
    clearTimeout(this.quiet);
    socket?.close();
  }

  private enter(state: LiveState): void {
    if (state === this.state) return;
    this.state = state;
    for (const watcher of [...this.watchers]) watcher(state);
  }

  private sayFollowed(): void {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const saying: LiveSaying = { follow: [...this.followed.keys()].slice(-MOST_FOLLOWED) };
    this.socket.send(JSON.stringify(saying));
  }
}

/** The page's socket. */
export const live = new Live();

/** Calls the handler with every event while the component is there; the latest handler is called. */
export function useLive(handler: (event: LiveEvent) => void): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(
    () =>
      live.listen((event) => {
        latest.current(event);
      }),
    [],
  );
}

/** Whether what is shown is up to date. */
export function useLiveState(): LiveState {
  const [state, setState] = useState(live.now);
  useEffect(() => {
    setState(live.now);
    return live.watch(setState);
  }, []);
  return state;
}
