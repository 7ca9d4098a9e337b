import { z } from 'zod';
import type { Case } from '../../services/cases';
import { markOf } from '../../services/caseEffects';
import { withNamed, type CaseHandling, type Deed, type Handled } from '../../services/caseHandling';
import { ProductError } from '../../services/errors';
import type { StaffPerson } from '../../services/handoffs';
import type { Clock } from '../../services/ports';
import { redact } from '../../services/redact';
import { may } from '../../services/roles';
import type { Staff } from '../../services/staff';
import type { StaffAccounts } from '../../services/staffAccounts';
import type { CaseDoneView } from './contract';
import { fieldsOf, uuid, words } from './fields';
import type { Caller } from './route';
import type { Sight } from './sight';

/** What staff can do to a case here. */
export type CaseAction = 'answer' | 'note' | 'extend' | 'close' | 'reopen' | 'name';

/** What deeds are done through. */
export interface CaseDeedParts {
  readonly handling: CaseHandling;
  readonly accounts: Pick<StaffAccounts, 'allActive' | 'byId'>;
  readonly clock: Clock;
  readonly sight: Sight;
  readonly staff: Pick<Staff, 'hasEscalation'>;
}

type Outcome = Handled<
  | 'answered'
  | 'answeredAgain'
  | 'noted'
  | 'extended'
  | 'notOpen'
  | 'notLater'
  | 'closedDay'
  | 'tooFar'
  | 'closed'
  | 'closedBefore'
  | 'needsReason'
  | 'reopened'
  | 'stillOpen'
  | 'named'
  | 'unchanged'
  | 'tooMany'
  | 'nobodyLeft'
>['outcome'];

const SAID = z.object({ id: uuid, text: words });
const EXTEND = z.object({ id: uuid, date: z.iso.date(), reason: words });
/** A case that was answered may be closed without a reason. */
const reason = z.string().trim().max(4000);
const CLOSE = z.object({ id: uuid, as: z.enum(['closed', 'spam', 'notPrivacy']), reason });
const REOPEN = z.object({ id: uuid, reason });
const NAME = z.object({ accountIds: z.array(uuid).max(50) });

const DONE: readonly Outcome[] = [
  ...(['answered', 'answeredAgain', 'noted', 'extended', 'closed', 'reopened', 'named'] as const),
  ...(['unchanged', 'known'] as const),
];

const WORDS: Readonly<Record<Outcome, string>> = {
  answered: 'Answered: the clock has stopped, and the customer is sent your words.',
  answeredAgain: 'Sent as a further answer.',
  noted: 'Your note is kept. The customer is not told.',
  extended: 'The answer is due later now. The customer is told so, with your reason.',
  notOpen: 'No answer is owed any more, so there is nothing to put off.',
  notLater: 'That is not later than it is due now. Nothing was done.',
  closedDay: 'The company is closed on that day. Choose another. Nothing was done.',
  tooFar: 'That is too far ahead: at most 62 days. Nothing was done.',
  closed: 'The case is closed.',
  closedBefore: 'The case was closed before. Nothing was done.',
  needsReason: 'Give a reason: the customer is told. Nothing was done.',
  reopened: 'The case is open again, with a new promise. The customer is told both.',
  stillOpen: 'The case is open: an answer is still owed. Nothing was done.',
  named: 'They see neither the case nor its conversation any more.',
  unchanged: 'Nothing has changed.',
  nobodyLeft:
    'Then nobody but you would see the case. Name fewer people, or have somebody else let in first. Nothing was done.',
  tooMany: 'So many people cannot be named. Nothing was done.',
  known: 'That was done before.',
  unknown: 'There is no such case any more. Nothing was done.',
};

/** Does something to a case that its doer may see. */
export async function doToCase(
  parts: CaseDeedParts,
  action: CaseAction,
  found: Case,
  doer: Caller,
  body: unknown,
): Promise<CaseDoneView> {
  const { outcome } = await did(parts, action, found, doer, body);
  return { outcome, done: DONE.includes(outcome), words: WORDS[outcome] };
}

async function did(
  parts: CaseDeedParts,
  action: CaseAction,
  found: Case,
  doer: Caller,
  body: unknown,
): Promise<{ readonly outcome: Outcome }> {
  const { handling, clock } = parts;
  // What is sent again, after a lost answer, is done once.
  const by = (cause: string): Deed => ({ cause, at: clock.now(), by: doer.email });
  switch (action) {
    case 'answer': {
      const { id, text } = fieldsOf(SAID, body);
      return handling.answer(found.id, by(id), redact(text).text);
    }
    case 'note': {
      const { id, text } = fieldsOf(SAID, body);
      return handling.note(found.id, by(id), redact(text).text);
    }
    case 'extend': {
      const { id, date, reason: why } = fieldsOf(EXTEND, body);
      return handling.extend(found.id, by(id), date, redact(why).text);
    }
    case 'close': {
      const { id, as, reason: why } = fieldsOf(CLOSE, body);
      return handling.close(found.id, by(id), as, redact(why).text);
    }
    case 'reopen': {
      const { id, reason: why } = fieldsOf(REOPEN, body);
      return handling.reopen(found.id, by(id), redact(why).text);
    }
    case 'name': {
      const { accountIds } = fieldsOf(NAME, body);
      // The same names for the same case, as it was read.
      const names = markOf([...accountIds].sort().join(' '));
      return name(parts, found, doer, by(`named-${found.revision}-${names}`), accountIds);
    }
  }
}

async function name(
  parts: CaseDeedParts,
  found: Case,
  doer: Caller,
  deed: Deed,
  accountIds: readonly string[],
): Promise<{ readonly outcome: Outcome }> {
  const people = await Promise.all(accountIds.map((accountId) => personOf(parts, accountId)));
  if (await isHiddenFromOthers(parts, withNamed(found, people), doer))
    return { outcome: 'nobodyLeft' };
  return parts.handling.name(found.id, deed, people);
}

/** @throws ProductError `BadRequest`. */
async function personOf({ accounts }: CaseDeedParts, accountId: string): Promise<StaffPerson> {
  const account = await accounts.byId(accountId);
  if (!account) throw new ProductError('BadRequest', 'There is no such account.');
  return { accountId, name: account.name };
}

/** Nobody may hide a case from all others by saying whom it is about. */
async function isHiddenFromOthers(
  { accounts, sight, staff }: CaseDeedParts,
  about: Case,
  { accountId }: Caller,
): Promise<boolean> {
  if (staff.hasEscalation() || about.namedStaff?.length === 0) return false;
  for (const person of await accounts.allActive()) {
    const isOther = person.accountId !== accountId && may(person.roles, 'cases.handle');
    if (isOther && (await sight.ofCase(person, about))) return false;
  }
  return true;
}
