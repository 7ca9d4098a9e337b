import type { Case, CaseRecords, Effect, NextClockEvent } from '../models/cases';
import type { Log } from './ports';

/** Who did something to a case, when, and what caused it; the same cause twice changes the case once. */
export interface Deed {
  /** Such as the id of the mail that asked for it. */
  readonly cause: string;
  readonly at: Date;
  /** An address of staff, or `operator` for a command. */
  readonly by: string;
}

/** What came of something that was to be done to a case. */
export type Handled<T extends string> =
  | { readonly outcome: T; readonly case: Case }
  /** There is no such case. */
  | { readonly outcome: 'unknown' }
  /** It was done before, for the same cause. */
  | { readonly outcome: 'known'; readonly case: Case };

/** What is decided about a case as it was read. */
export interface Change<T extends string> {
  readonly outcome: T;
  /** Left out when the case stays as it is and nothing follows. */
  readonly changed?: Case;
  readonly effects?: readonly Effect[];
}

/** A case is changed one write at a time; so often in a row nobody else changes the same one. */
const MOST_TRIES = 50;

/** Changes cases: each change is decided on the case as it is, and is one write with all that follows from it. */
export class CaseChanges {
  constructor(
    private readonly records: CaseRecords,
    private readonly log: Log,
    /** Called when a case has changed, and has new effects: they are to be carried out at once. */
    private readonly onEffects: (caseId: string) => void,
  ) {}

  /** Makes a change once per cause. */
  make<T extends string>(
    caseId: string,
    cause: string,
    decide: (found: Case) => Change<T>,
  ): Promise<Handled<T>> {
    return this.repeat(caseId, (found) => {
      if (found.handled.includes(cause)) return 'known';
      const { changed, ...rest } = decide(found);
      return changed
        ? { ...rest, changed: { ...changed, handled: [...changed.handled, cause] } }
        : rest;
    });
  }

  /** Lets an event of the clock happen, unless it is no longer the case's next one, or has another time now. */
  clockEvent(
    caseId: string,
    { event, nextAt }: NextClockEvent,
    happen: (found: Case) => { readonly next: Case['clock']; readonly effects: readonly Effect[] },
  ): Promise<Handled<'happened'>> {
    return this.repeat(caseId, (found) => {
      const { clock } = found;
      if (clock?.event !== event || clock.nextAt.getTime() !== nextAt.getTime()) return 'known';
      const { next, effects } = happen(found);
      return { outcome: 'happened', changed: withClock(found, next), effects };
    });
  }

  private async repeat<T extends string>(
    caseId: string,
    decide: (found: Case) => Change<T> | 'known',
  ): Promise<Handled<T>> {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const found = await this.records.byId(caseId);
      if (!found) return { outcome: 'unknown' };
      const decision = decide(found);
      if (decision === 'known') return { outcome: 'known', case: found };
      const { outcome, changed, effects = [] } = decision;
      if (!changed) return { outcome, case: found };
      if (!(await this.records.change(changed, effects))) continue;
      this.log.info('case.changed', { caseId, state: outcome });
      this.onEffects(caseId);
      return { outcome, case: changed };
    }
    throw new Error('A case was changed by others again and again.');
  }
}

/** The case with another next event of its clock, or none. */
export function withClock(found: Case, clock: Case['clock']): Case {
  const { clock: _clock, ...rest } = found;
  return { ...rest, ...(clock ? { clock } : {}) };
}

/** The case, of which staff have been told in a digest. */
export function withDigestSent(found: Case): Case {
  const { digestAt: _digestAt, ...rest } = found;
  return rest;
}
