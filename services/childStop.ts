import type { Vault } from '../models/sealed';
import type { Audit } from './audit';
import { auditedConversation } from './auditedConversation';
import type { Choices } from './choices';
import type { Conversations } from './conversations';
import type { Clock } from './ports';
import type { ReportDrafts } from './reportDrafts';
import type { Updates } from './updates';
import type { Verifications } from './verification';

/** Policy: children.under13. What a child told is not kept: not in the chat, not in a report, a request or a case. */
export class ChildStop {
  constructor(
    private readonly parts: {
      readonly audit: Pick<Audit, 'append'>;
      readonly choices: Pick<Choices, 'forgetOf'>;
      readonly conversations: Pick<Conversations, 'eraseAllBut'>;
      readonly reportDrafts: Pick<ReportDrafts, 'cancelOfConversation'>;
      readonly updates: Pick<Updates, 'withdrawOf'>;
      readonly verifications: Pick<Verifications, 'erase'>;
      readonly vault: Vault;
    },
    private readonly clock: Clock,
  ) {}

  /** @param kept the activities that told the child why; everything before is blanked. */
  async stop(conversationId: string, kept: readonly string[]): Promise<void> {
    const { audit, choices, conversations, reportDrafts, updates, verifications, vault } =
      this.parts;
    await choices.forgetOf(conversationId);
    await reportDrafts.cancelOfConversation(conversationId);
    await updates.withdrawOf(conversationId);
    await verifications.erase(conversationId);
    const audited = auditedConversation(vault, conversationId);
    await audit.append({
      ...{ id: `${audited}-child.stopped`, action: 'child.stopped', by: 'desk' },
      at: this.clock.now(),
      about: { kind: 'conversation', id: audited },
    });
    // Last: once the words are gone, nothing would take this up again.
    await conversations.eraseAllBut(conversationId, kept);
  }
}
