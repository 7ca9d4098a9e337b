import type { Case, Round } from '../models/cases';
import type { AuditEntry } from './audit';
import type { PromiseRow } from './proof';

type Audited = NonNullable<PromiseRow['audited']>;

/**
 * The promises of a case, and what the audit log says of each.
 * @param entries those about the case, in order.
 */
export function promiseRows(
  found: Pick<Case, 'reference' | 'kind' | 'channel' | 'rounds'>,
  entries: readonly AuditEntry[],
): PromiseRow[] {
  const { reference, kind, channel, rounds } = found;
  const logged = byRound(entries);
  return rounds.map((round, index) => {
    const own = logged[index] ?? [];
    const audited = auditedOf(own);
    return {
      ...{ reference, round: index + 1, kind, channel, promise: round.promise },
      ...outcomeOf(round),
      auditSeqs: own.map(({ seq }) => seq),
      ...(audited ? { audited } : {}),
    };
  });
}

function outcomeOf({
  answers,
  extensions,
  closing,
}: Round): Pick<PromiseRow, 'answeredAt' | 'extendedTo' | 'closedAs' | 'closedAt'> {
  const [first] = answers;
  const extension = extensions.at(-1);
  return {
    ...(first ? { answeredAt: first.answeredAt } : {}),
    ...(extension ? { extendedTo: extension.dueAt } : {}),
    ...(closing ? { closedAs: closing.as, closedAt: closing.at } : {}),
  };
}

/** A reopening begins the next round; an answer belongs to the last that had begun when it was received. */
function byRound(entries: readonly AuditEntry[]): AuditEntry[][] {
  const rounds: { receivedAt: Date | undefined; entries: AuditEntry[] }[] = [];
  for (const entry of entries) {
    if (rounds.length === 0 || entry.action === 'case.reopened')
      rounds.push({ receivedAt: instantOf(entry, 'receivedAt'), entries: [] });
    const answeredAt = answerAt(entry);
    const begun = answeredAt
      ? rounds.filter(({ receivedAt }) => receivedAt && receivedAt <= answeredAt)
      : rounds;
    (begun.at(-1) ?? rounds.at(-1))?.entries.push(entry);
  }
  return rounds.map((round) => round.entries);
}

/** Undefined where the log does not tell of the promise's beginning, as for a case that is older than the log. */
function auditedOf(entries: readonly AuditEntry[]): Audited | undefined {
  const begun = entries.find(
    ({ action }) => action === 'case.opened' || action === 'case.reopened',
  );
  if (!begun) return undefined;
  // The earliest one received counts, also when it was let through after another.
  const [answeredAt] = entries
    .flatMap((entry) => answerAt(entry) ?? [])
    .sort((a, b) => a.getTime() - b.getTime());
  const receivedAt = instantOf(begun, 'receivedAt');
  const dueAt = instantOf(begun, 'dueAt');
  return {
    ...(receivedAt ? { receivedAt } : {}),
    ...(dueAt ? { dueAt } : {}),
    ...(answeredAt ? { answeredAt } : {}),
  };
}

/** When the answer was received that an entry tells of; undefined when it tells of none. */
const answerAt = (entry: AuditEntry): Date | undefined =>
  entry.action === 'case.answered' || entry.action === 'case.answeredAgain'
    ? (instantOf(entry, 'answeredAt') ?? entry.at)
    : undefined;

function instantOf({ facts = {} }: AuditEntry, name: string): Date | undefined {
  const value = facts[name];
  return typeof value === 'string' ? new Date(value) : undefined;
}
