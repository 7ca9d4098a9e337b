import type { Consent } from '../../models/consentContent';
import type { Handoff } from '../../models/handoffContent';

/**
 * What the desk can do in a customer's conversation, in whichever channel they are: between the bot's turns, each once per
 * key, and in the order of the calls.
 */
export interface CustomerSide {
  /**
   * Words of a person; stored in the log before it resolves.
   * @param key the same words again, after a lost answer, show nothing twice.
   * @throws ProductError `ConversationEnded` or `ConversationNotFound`.
   */
  say(
    reference: unknown,
    words: { readonly text: string; readonly agentName: string },
    key: string,
  ): Promise<void>;
  /** Shows that a person is typing; not kept, and nothing depends on it. */
  typing(reference: unknown, agentName: string): Promise<void>;
  /** Asks for the consent in the policy's words; once per consent. */
  askConsent(consent: Consent): Promise<void>;
  /** Asks how the talk was, and offers the transcript where a mailbox was proved; once per handoff. */
  askAfterTalk(handoff: Handoff): Promise<void>;
}
