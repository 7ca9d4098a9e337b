import type { Audit } from '../../services/audit';
import { actionInWords } from '../../services/auditWords';
import { localDate } from '../../services/businessDays';
import { dueOf, isOpen, roundOf } from '../../services/caseRounds';
import type { Case } from '../../services/cases';
import type { Clock } from '../../services/ports';
import type { StaffAccounts } from '../../services/staffAccounts';
import { entriesOf } from './caseEntries';
import type { CaseLine, CaseView, PersonView } from './contract';

/** What a case is shown from. */
export interface CaseViewParts {
  readonly accounts: Pick<StaffAccounts, 'allActive' | 'byId'>;
  readonly audit: Pick<Audit, 'entriesOfCase' | 'fingerprints'>;
  readonly clock: Clock;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A day less than may be: close of business may be later in the day than now. */
const FARTHEST_DAYS = 61;

/** A case with its whole history. @param transcript whether the conversation that it came from is shown. */
export async function caseView(
  parts: CaseViewParts,
  line: CaseLine,
  found: Case,
  transcript: boolean,
): Promise<CaseView> {
  const { email, name, phone, noticed, record } = found.report;
  const { zone } = roundOf(found).promise;
  const active = await parts.accounts.allActive();
  return {
    ...line,
    ...(email === undefined ? {} : { email }),
    ...(name === undefined ? {} : { name }),
    ...(phone === undefined ? {} : { phone }),
    ...(noticed ? { noticed: noticed.words } : {}),
    ...(record ? { record: record.userName } : {}),
    entries: entriesOf(found, zone),
    audit: await auditOf(parts, found, active),
    transcript,
    named: await namedOf(parts, found),
    couldBeNamed: active.map(personOf),
    ...extendable(found, parts.clock.now(), zone),
  };
}

const personOf = ({ accountId, name }: PersonView): PersonView => ({ accountId, name });

async function namedOf(
  { accounts }: CaseViewParts,
  { namedStaff = [] }: Case,
): Promise<PersonView[]> {
  const found = await Promise.all(namedStaff.map((accountId) => accounts.byId(accountId)));
  return found.flatMap((account) => (account ? [personOf(account)] : []));
}

const BY_WORDS: Readonly<Record<string, string | undefined>> = {
  customer: 'the customer',
  desk: 'the desk',
  operator: 'a command at the server',
};

/** The log holds fingerprints of staff; those that have an account are told by their names. */
async function auditOf(
  { audit }: CaseViewParts,
  { id }: Case,
  active: readonly (PersonView & { readonly email: string })[],
): Promise<CaseView['audit']> {
  const names = new Map(
    active.flatMap(({ email, name }) => audit.fingerprints(email).map((mark) => [mark, name])),
  );
  const entries = await audit.entriesOfCase(id);
  return entries.map((entry) => ({
    ...{ seq: entry.seq, at: entry.at.toISOString(), words: actionInWords(entry) },
    by: BY_WORDS[entry.by] ?? names.get(entry.by) ?? entry.by,
  }));
}

function extendable(found: Case, now: Date, zone: string): Pick<CaseView, 'extendable'> {
  const round = roundOf(found);
  if (!isOpen(round)) return {};
  const from = Math.max(dueOf(round).getTime(), now.getTime());
  const day = (days: number): string => localDate(new Date(from + days * DAY_MS), zone);
  return { extendable: { from: day(1), to: day(FARTHEST_DAYS) } };
}
