import type { SaidView } from '../../../bot/console/contract';
import { ApiError, post, wordsOf } from '../api';
import { freshId } from '../freshId';
import type { Outgoing } from './messageLog';

const TRIES = 4;
const FIRST_WAIT_MS = 600;
const REFUSED = {
  notHeld: 'Not sent: you do not hold this conversation any more.',
  chatEnded: 'Not sent: the customer has ended the chat.',
} as const;

/** What sending needs of the conversation. */
export interface SendingPlace {
  readonly handoffId: string;
  outgoing(): readonly Outgoing[];
  lastSequence(): number;
  change(outgoing: readonly Outgoing[]): void;
  /** A message was said; the log may show it already. */
  said(): void;
}

/** Sends messages one after the other, each until it is acknowledged: in order, and none twice. */
export class Sending {
  private running = false;

  constructor(private readonly place: SendingPlace) {}

  add(text: string): void {
    const message: Outgoing = {
      ...{ id: freshId(), text, state: 'waiting' },
      after: this.place.lastSequence(),
    };
    this.place.change([...this.place.outgoing(), message]);
    void this.run();
  }

  /** Tries those again that could not be sent. */
  retry(): void {
    const outgoing = this.place.outgoing();
    if (!outgoing.some(({ state }) => state === 'failed')) return;
    this.place.change(
      outgoing.map((each) => (each.state === 'failed' ? { ...each, state: 'waiting' } : each)),
    );
    void this.run();
  }

  /** Takes one away that was not said, and gives its words back. */
  drop(id: string): void {
    this.place.change(this.place.outgoing().filter((each) => each.id !== id));
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let next = this.next(); next; next = this.next()) {
      const came = await this.send(next);
      this.update(next.id, came);
      if (came.state === 'said') this.place.said();
      if (came.state === 'failed') {
        // The ones behind it wait, or they would be out of order.
        this.place.change(
          this.place
            .outgoing()
            .map((each) => (each.state === 'waiting' ? { ...each, state: 'failed' } : each)),
        );
      }
    }
    this.running = false;
  }

  private next(): Outgoing | undefined {
    return this.place.outgoing().find(({ state }) => state === 'waiting');
  }

  private async send({ id, text }: Outgoing): Promise<Partial<Outgoing> & Pick<Outgoing, 'state'>> {
    this.update(id, { state: 'sending', after: this.place.lastSequence() });
    for (let attempt = 1; ; attempt += 1) {
      try {
        const { outcome } = await post<SaidView>(`/handoffs/${this.place.handoffId}/say`, {
          id,
          text,
        });
        return outcome === 'said' ? { state: 'said' } : { state: 'refused', why: REFUSED[outcome] };
      } catch (error) {
        if (!mayPass(error)) return { state: 'refused', why: `Not sent: ${wordsOf(error)}` };
        if (attempt === TRIES) return { state: 'failed' };
        await new Promise((resolve) => setTimeout(resolve, FIRST_WAIT_MS * 2 ** attempt));
      }
    }
  }

  private update(id: string, part: Partial<Outgoing>): void {
    this.place.change(
      this.place.outgoing().map((each) => (each.id === id ? { ...each, ...part } : each)),
    );
  }
}

/** No answer, an overloaded desk, or nobody signed in just now: the same message may yet go through. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof ApiError)) return true;
  return error.status === 0 || error.status === 401 || error.status === 429 || error.status >= 500;
}
