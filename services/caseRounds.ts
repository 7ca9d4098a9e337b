import type { Case, Round } from '../models/cases';

/** The promise of a case that is in force, and what came of it. */
export function roundOf({ rounds }: Pick<Case, 'rounds'>): Round {
  const last = rounds.at(-1);
  if (!last) throw new Error('A case has no promise.');
  return last;
}

/** When an answer is due: the promised date, or the later one that it was extended to. */
export const dueOf = ({ promise, extensions }: Round): Date =>
  extensions.at(-1)?.dueAt ?? promise.dueAt;

/** Whether an answer is still owed. */
export const isOpen = ({ answers, closing }: Round): boolean => answers.length === 0 && !closing;

/** The case with the last of its rounds changed. */
export function withRound(found: Case, change: Partial<Round>): Pick<Case, 'rounds'> {
  return { rounds: [...found.rounds.slice(0, -1), { ...roundOf(found), ...change }] };
}
