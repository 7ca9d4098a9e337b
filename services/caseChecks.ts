import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Case, Cases } from './cases';

/** What came of asking for a case. */
export type CaseCheck =
  | { readonly outcome: 'found'; readonly case: Case }
  | { readonly outcome: 'notFound' }
  | { readonly outcome: 'throttled' };

const WINDOW_SECONDS = 15 * 60;
const TRIES_PER_CONVERSATION = 5;
const TRIES_PER_REFERENCE = 20;

/** Looks cases up for customers, and slows down whoever guesses; known and unknown references count alike. */
export class CaseChecks {
  private readonly byConversation = new RateLimiterMemory({
    points: TRIES_PER_CONVERSATION,
    duration: WINDOW_SECONDS,
  });
  private readonly byReference = new RateLimiterMemory({
    points: TRIES_PER_REFERENCE,
    duration: WINDOW_SECONDS,
  });

  constructor(private readonly cases: Cases) {}

  /** @param proof the e-mail address or PIN that the case was opened with. */
  async check(conversationId: string, reference: string, proof: string): Promise<CaseCheck> {
    try {
      await this.byConversation.consume(conversationId);
      await this.byReference.consume(reference);
    } catch {
      return { outcome: 'throttled' };
    }
    const found = await this.cases.check(reference, proof);
    if (!found) return { outcome: 'notFound' };
    await this.byConversation.delete(conversationId);
    return { outcome: 'found', case: found };
  }
}
