import type { Disposition, Handoff } from '../../models/handoffContent';

/** A handoff that nobody holds any more. */
export function letGo(handoff: Handoff): Handoff {
  const { holder, holderSeenAt: _seen, meantFor: _meant, ...rest } = handoff;
  return { ...rest, ...(holder ? { lastHolder: holder } : {}) };
}

/** A handoff that is over. */
export function endedAs(handoff: Handoff, disposition: Disposition, endedAt: Date): Handoff {
  const { draft: _draft, ...rest } = letGo(handoff);
  return { ...rest, state: 'ended', disposition, endedAt };
}
