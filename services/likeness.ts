import type { Case, CaseRecords } from '../models/cases';

const HOUR_MS = 60 * 60 * 1000;
/** So many similar reports within an hour are told one by one; those that follow wait for the digest. */
export const TOLD_ONE_BY_ONE = 10;
/** Of the last hour; in a flood the newest show well enough what it is about. */
const LOOKED_AT = 100;
const WORDS_READ = 300;
/** Two texts that share this part of all their words say the same. */
const ALIKE = 0.6;
/** A report and all that waits for the same digest are stored well before it is written. */
const GRACE_MS = 60_000;

const wordsOf = (text: string): Set<string> =>
  new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, WORDS_READ));

function isAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = [...one].filter((word) => other.has(word)).length;
  const all = one.size + other.size - shared;
  return all > 0 && shared / all >= ALIKE;
}

/**
 * When a new case is told to staff in a digest; undefined when it is told by a mail of its own. Reports are similar that
 * came from one address, or say much the same.
 * @returns the end of the hour, with a minute's grace.
 */
export async function digestFor(
  opened: Pick<Case, 'report' | 'urgency'>,
  records: CaseRecords,
  now: Date,
): Promise<Date | undefined> {
  // Harm that is being done does not wait for the hour.
  if (opened.urgency === 'now') return undefined;
  const recent = await records.openedSince(new Date(now.getTime() - HOUR_MS), LOOKED_AT);
  if (recent.length < TOLD_ONE_BY_ONE) return undefined;
  const words = wordsOf(opened.report.whatHappened);
  const email = opened.report.email?.toLowerCase();
  const similar = recent.filter(
    ({ report }) =>
      (email !== undefined && report.email?.toLowerCase() === email) ||
      isAlike(words, wordsOf(report.whatHappened)),
  );
  if (similar.length < TOLD_ONE_BY_ONE) return undefined;
  return new Date(Math.ceil((now.getTime() + GRACE_MS) / HOUR_MS) * HOUR_MS + GRACE_MS);
}
