import type { CaseCheckRecords, CheckedBy } from '../models/caseChecks';
import type { Case, Cases } from './cases';
import type { Clock } from './ports';

/** What came of asking for a case. */
export type CaseCheck =
  | { readonly outcome: 'found'; readonly case: Case }
  | { readonly outcome: 'notFound' }
  /** `by`: what the wrong tries were too many for; a conversation waits a quarter of an hour, a reference a day. */
  | { readonly outcome: 'throttled'; readonly by: CheckedBy };

interface Limit {
  readonly most: number;
  readonly windowMs: number;
}

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
  constructor(
    private readonly cases: Cases,
    private readonly records: CaseCheckRecords,
    private readonly clock: Clock,
  ) {}

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
    await this.records.giveBack('conversation', conversationId);
    if (counted) await this.records.giveBack('reference', reference);
    return { outcome: 'found', case: found };
  }

  private async take(by: CheckedBy, value: string): Promise<boolean> {
    const { most, windowMs } = LIMITS[by];
    const now = this.clock.now();
    return this.records.take(by, value, most, now, new Date(now.getTime() + windowMs));
  }
}
