import type { AttemptRecords } from '../models/attempts';
import type { Case, Cases } from './cases';
import { Limits, type Limit } from './limits';
import type { Clock } from './ports';

/** What tries are counted by. */
export type CheckedBy = 'conversation' | 'reference';

/** What came of asking for a case. */
export type CaseCheck =
  | { readonly outcome: 'found'; readonly case: Case }
  | { readonly outcome: 'notFound' }
  /** `by`: what the wrong tries were too many for; a conversation waits a quarter of an hour, a reference a day. */
  | { readonly outcome: 'throttled'; readonly by: CheckedBy };

const MINUTE_MS = 60 * 1000;

/**
 * How many wrong tries there may be. Anybody can begin one conversation after another, so that the limit per reference is
 * the one that holds: 100 a day of a million PINs, a chance of one in ten thousand a day for whoever knows the reference.
 * Fewer would make it easy to shut the owner out.
 */
const LIMITS: Readonly<Record<CheckedBy, Limit>> = {
  conversation: { most: 5, windowMs: 15 * MINUTE_MS },
  reference: { most: 100, windowMs: 24 * 60 * MINUTE_MS },
};

/**
 * Looks cases up for customers, and stops whoever guesses: only wrong tries count, and known and unknown references count
 * alike. The counts are stored, so that a restart forgives nothing.
 */
export class CaseChecks {
  private readonly limits: Limits;

  constructor(
    private readonly cases: Cases,
    attempts: AttemptRecords,
    clock: Clock,
  ) {
    this.limits = new Limits(attempts, clock);
  }

  /** @param proof the e-mail address or PIN that the case was opened with. */
  async check(conversationId: string, reference: string, proof: string): Promise<CaseCheck> {
    // Counted before the proof is looked at and given back when it is right: so tries at once cannot slip through.
    if (!(await this.take('conversation', conversationId)))
      return { outcome: 'throttled', by: 'conversation' };
    const counted = await this.take('reference', reference);
    const found = await this.cases.check(reference, proof);
    // While strangers guess, the right proof would tell them that it is right; but where the case was opened sits no
    // stranger, so there its owner still gets in.
    const open = counted || found?.conversationId === conversationId;
    if (!open) return { outcome: 'throttled', by: 'reference' };
    if (!found) return { outcome: 'notFound' };
    await this.limits.giveBack('case/conversation', conversationId);
    if (counted) await this.limits.giveBack('case/reference', reference);
    return { outcome: 'found', case: found };
  }

  private take(by: CheckedBy, value: string): Promise<boolean> {
    return this.limits.take(`case/${by}`, value, LIMITS[by]);
  }
}
