import { AsyncLocalStorage } from 'node:async_hooks';
import { Lanes } from '../services/lanes';

/** One turn at a time per conversation, in order; turns of different conversations run side by side. */
export class TurnQueue {
  private readonly lanes = new Lanes();
  private readonly current = new AsyncLocalStorage<{ conversationId: string; running: boolean }>();

  /** Runs a turn when its conversation's earlier turns are done; at once when called from within that conversation's turn. */
  run(conversationId: string, turn: () => Promise<void>): Promise<void> {
    // Waiting in line for the very turn that waits for us would never end.
    const current = this.current.getStore();
    if (current?.running && current.conversationId === conversationId) return turn();
    return this.lanes.run(conversationId, () => this.enter(conversationId, turn));
  }

  /** Does something when the turns that now stand in a conversation's line have run; also from within one. */
  async last(conversationId: string, job: () => void): Promise<void> {
    await this.lanes.run(conversationId, async () => {
      job();
    });
  }

  /** Whether a turn of this conversation is running or waiting. */
  busy(conversationId: string): boolean {
    return this.lanes.busy(conversationId);
  }

  /** Resolves when no turn is running or waiting. */
  idle(): Promise<void> {
    return this.lanes.idle();
  }

  private enter(conversationId: string, turn: () => Promise<void>): Promise<void> {
    const here = { conversationId, running: true };
    return this.current.run(here, turn).finally(() => {
      here.running = false;
    });
  }
}
