import type { Audit } from './audit';
import type { Conversations } from './conversations';
import type { Clock } from './ports';
import type { ReportDrafts } from './reportDrafts';
import type { Verifications } from './verification';

/** Policy: children.under13. What a child told is not kept: not in the chat, not in a report, not in a case. */
export class ChildStop {
  constructor(
    private readonly parts: {
      readonly audit: Pick<Audit, 'append'>;
      readonly conversations: Pick<Conversations, 'eraseAllBut'>;
      readonly reportDrafts: Pick<ReportDrafts, 'cancelOfConversation'>;
      readonly verifications: Pick<Verifications, 'forget'>;
    },
    private readonly clock: Clock,
  ) {}

  /** @param kept the activities that told the child why; everything before is blanked. */
  async stop(conversationId: string, kept: readonly string[]): Promise<void> {
    const { audit, conversations, reportDrafts, verifications } = this.parts;
    await reportDrafts.cancelOfConversation(conversationId);
    await verifications.forget(conversationId);
    await audit.append({
      ...{ id: `${conversationId}-child.stopped`, action: 'child.stopped', by: 'desk' },
      at: this.clock.now(),
      about: { kind: 'conversation', id: conversationId },
    });
    // Last: once the words are gone, nothing would take this up again.
    await conversations.eraseAllBut(conversationId, kept);
  }
}
