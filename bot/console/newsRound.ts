import type { Log } from '../../services/ports';
import type { LiveEvent } from './contract';

type What = Extract<LiveEvent, { kind: 'changed' }>['what'];

/** What has changed since the last round. */
export interface Round {
  /** Handoffs. */
  readonly ids: readonly string[];
  readonly whats: readonly What[];
  /** By their ids. */
  readonly cases: readonly string[];
}

/** Several changes of one thing so close together are told as one. */
const TOGETHER_MS = 50;

/** Gathers what has changed, and tells it in rounds, one after the other. */
export class NewsRound {
  private readonly ids = new Set<string>();
  private readonly whats = new Set<What>();
  private readonly cases = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly tell: (round: Round) => Promise<void>,
    private readonly log: Log,
  ) {}

  /** @param change a handoff or a case by its id, or a list. */
  add(
    change: { readonly id: string } | { readonly caseId: string } | { readonly what: What },
  ): void {
    if ('id' in change) this.ids.add(change.id);
    else if ('caseId' in change) this.cases.add(change.caseId);
    else this.whats.add(change.what);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.telling = this.telling
        .then(() => this.next())
        .catch((error: unknown) => {
          this.log.error('live.failed', { error });
        });
    }, TOGETHER_MS).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private next(): Promise<void> {
    const round = { ids: [...this.ids], whats: [...this.whats], cases: [...this.cases] };
    this.ids.clear();
    this.whats.clear();
    this.cases.clear();
    return this.tell(round);
  }
}
