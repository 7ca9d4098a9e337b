import type { Limit, Limits } from './limits';
import type { Asker, Throttled } from './verification';

/** How often a thing may be asked for. */
export interface AskerBounds {
  readonly conversation: Limit;
  readonly origin: Limit;
  /** By what was typed, in the form in which it is looked up. */
  readonly mailbox?: Limit;
}

/** A turn that is run again after a crash comes within this time. */
const SAME_CAUSE_MS = 24 * 60 * 60 * 1000;

/**
 * Counts somebody's asking for a thing; what is refused is not counted.
 * @param cause fixed by the turn: run again, it is not counted again.
 * @returns for what it was too much; undefined when it was not.
 */
export async function metLimit(
  limits: Limits,
  name: string,
  bounds: AskerBounds,
  { conversationId, origin }: Asker,
  { cause, typed }: { readonly cause?: string; readonly typed?: string },
): Promise<Throttled | undefined> {
  const counters: readonly [Throttled['by'], string | undefined, Limit | undefined][] = [
    ['conversation', conversationId, bounds.conversation],
    ['origin', origin, bounds.origin],
    ['mailbox', typed, bounds.mailbox],
  ];
  const taken: [string, string][] = [];
  const count = async (what: string, value: string, limit: Limit): Promise<boolean> => {
    const counted = await limits.take(`${name}/${what}`, value, limit);
    if (counted) taken.push([`${name}/${what}`, value]);
    return counted;
  };
  const once = { most: 1, windowMs: SAME_CAUSE_MS };
  if (cause !== undefined && !(await count('cause', cause, once))) return undefined;
  for (const [by, value, limit] of counters) {
    if (value === undefined || !limit || (await count(by, value, limit))) continue;
    for (const each of taken) await limits.giveBack(...each);
    return { outcome: 'throttled', by };
  }
  return undefined;
}
