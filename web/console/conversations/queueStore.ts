import type { HandoffLine, LiveEvent, QueueView } from '../../../bot/console/contract';
import { get, wordsOf } from '../api';
import { live } from '../live';
import { Store, useStore } from '../store';

interface QueueState {
  readonly lines: ReadonlyMap<string, HandoffLine>;
  readonly loaded: boolean;
  /** Why it could not be loaded, in words. */
  readonly trouble: string | undefined;
  /** Messages of customers that nobody has looked at, by handoff. */
  readonly unread: ReadonlyMap<string, number>;
}

const NOTHING: QueueState = {
  lines: new Map(),
  loaded: false,
  trouble: undefined,
  unread: new Map(),
};

/** The lines that wait, are held or are to be called back, as the desk tells of them. */
class QueueStore extends Store<QueueState> {
  /** What came while the whole was asked for: newer than the answer. */
  private meanwhile: LiveEvent[] | undefined;
  private shown: string | undefined;
  private asked = 0;

  constructor() {
    super(NOTHING);
  }

  /** Keeps the lines up to date until the returned function is called. */
  start(): () => void {
    const stop = live.listen((event) => {
      this.hear(event);
    });
    void this.load();
    return () => {
      stop();
      this.set(NOTHING);
    };
  }

  async load(): Promise<void> {
    const turn = (this.asked += 1);
    this.meanwhile = [];
    try {
      const { waiting, held, callBacks } = await get<QueueView>('/queue');
      if (turn !== this.asked) return;
      const meanwhile = this.meanwhile;
      this.meanwhile = undefined;
      const lines = [...waiting, ...held, ...callBacks].map((line) => [line.id, line] as const);
      this.set({ lines: new Map(lines), loaded: true, trouble: undefined });
      for (const event of meanwhile) this.apply(event);
    } catch (error) {
      if (turn === this.asked) this.set({ trouble: wordsOf(error) });
    }
  }

  /** Says which conversation is on the screen: its messages count as read. */
  show(handoffId: string | undefined): void {
    this.shown = handoffId;
    if (handoffId !== undefined && this.state.unread.has(handoffId)) this.countUnread(handoffId, 0);
  }

  /** The conversation on the screen. */
  get shownId(): string | undefined {
    return this.shown;
  }

  /** How often a conversation has changed hands, as its line shows it. */
  turnOf(handoffId: string): number | undefined {
    return this.state.lines.get(handoffId)?.turn;
  }

  private hear(event: LiveEvent): void {
    if (event.kind === 'ready') void this.load();
    else if (event.kind === 'message') this.hearMessage(event);
    else {
      this.meanwhile?.push(event);
      this.apply(event);
    }
  }

  private apply(event: LiveEvent): void {
    if (event.kind !== 'line' && event.kind !== 'gone') return;
    const lines = new Map(this.state.lines);
    if (event.kind === 'line') lines.set(event.line.id, event.line);
    else lines.delete(event.id);
    this.set({ lines });
  }

  private hearMessage({ handoffId, message }: Extract<LiveEvent, { kind: 'message' }>): void {
    const seen = handoffId === this.shown && document.visibilityState === 'visible';
    if (message.from !== 'customer' || seen) return;
    this.countUnread(handoffId, (this.state.unread.get(handoffId) ?? 0) + 1);
  }

  private countUnread(handoffId: string, count: number): void {
    const unread = new Map(this.state.unread);
    if (count === 0) unread.delete(handoffId);
    else unread.set(handoffId, count);
    this.set({ unread });
  }
}

/** The page's queue. */
export const queue = new QueueStore();

const countWaiting = ({ lines }: QueueState): number => {
  let count = 0;
  for (const { state } of lines.values()) if (state === 'waiting') count += 1;
  return count;
};

/** How many are waiting. */
export const useQueueCount = (): number => useStore(queue, countWaiting);

/** The lines by who they concern, those longest waiting first. */
export interface SortedQueue {
  readonly waiting: readonly HandoffLine[];
  readonly mine: readonly HandoffLine[];
  readonly others: readonly HandoffLine[];
  readonly callBacks: readonly HandoffLine[];
}

export function sortedQueue(
  lines: ReadonlyMap<string, HandoffLine>,
  accountId: string,
): SortedQueue {
  const all = [...lines.values()].sort(
    (one, other) =>
      one.requestedAt.localeCompare(other.requestedAt) || one.id.localeCompare(other.id),
  );
  const held = all.filter(({ state }) => state === 'held');
  return {
    waiting: all.filter(({ state }) => state === 'waiting'),
    mine: held.filter(({ holder }) => holder?.accountId === accountId),
    others: held.filter(({ holder }) => holder?.accountId !== accountId),
    callBacks: all.filter(({ state }) => state === 'callBack'),
  };
}
