import type { Case } from '../../services/cases';
import type { DeskNews } from '../../services/deskNews';
import type { Handoff, Handoffs } from '../../services/handoffs';
import type { Log } from '../../services/ports';
import type { StaffAccounts } from '../../services/staffAccounts';
import type { Sight } from './sight';

/** What is asked, and through what a conversation is taken from its holder. */
export interface RecusalParts {
  readonly accounts: Pick<StaffAccounts, 'byId'>;
  readonly handoffs: Pick<Handoffs, 'ofConversation' | 'takeAway'>;
  readonly caseOf: (id: string) => Promise<Case | undefined>;
  readonly sight: Sight;
  readonly news: DeskNews;
  readonly log: Log;
}

/** Takes a conversation from its holder as soon as a case of it is about them: somebody else has to go on with it. */
export class Recusal {
  readonly stop: () => void;

  constructor(private readonly parts: RecusalParts) {
    this.stop = parts.news.listen((event) => {
      if (event.kind !== 'case') return;
      this.afterCase(event.id).catch((error: unknown) => {
        parts.log.error('live.failed', { error });
      });
    });
  }

  /** Looks at whoever holds a conversation now; true when it is not theirs any more. */
  async check({ id, conversationId, state, holder }: Handoff): Promise<boolean> {
    const { accounts, handoffs, sight } = this.parts;
    if (state !== 'held' || !holder) return false;
    const person = await accounts.byId(holder.accountId);
    if (!person || (await sight.mayTalk(person, conversationId))) return false;
    // Somebody else may have taken it away a moment ago: it is not theirs either way.
    await handoffs.takeAway(id, holder);
    return true;
  }

  private async afterCase(id: string): Promise<void> {
    const { caseOf, handoffs } = this.parts;
    const conversationId = (await caseOf(id))?.conversationId;
    if (conversationId === undefined) return;
    for (const handoff of await handoffs.ofConversation(conversationId)) await this.check(handoff);
  }
}
