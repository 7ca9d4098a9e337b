import { z } from 'zod';
import type { Case } from '../../services/cases';
import { markOf } from '../../services/caseEffects';
import type { CaseHandling, Deed, Handled } from '../../services/caseHandling';
import { ProductError } from '../../services/errors';
import { redact } from '../../services/redact';
import type { StaffAccounts } from '../../services/staffAccounts';
import type { CaseDoneView } from './contract';
import { fieldsOf, uuid, words } from './fields';

/** What staff can do to a case here. */
export type CaseAction = 'answer' | 'note' | 'extend' | 'close' | 'reopen' | 'name';

/** What deeds are done through. */
export interface CaseDeedParts {
  readonly handling: CaseHandling;
  readonly accounts: Pick<StaffAccounts, 'byId'>;
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
  tooMany: 'So many people cannot be named. Nothing was done.',
  known: 'That was done before.',
  unknown: 'There is no such case any more. Nothing was done.',
};

/** Does something to a case that its doer may see. */
export async function doToCase(
  parts: CaseDeedParts,
  action: CaseAction,
  found: Case,
  doer: Omit<Deed, 'cause'>,
  body: unknown,
): Promise<CaseDoneView> {
  const { outcome } = await did(parts, action, found, doer, body);
  return { outcome, done: DONE.includes(outcome), words: WORDS[outcome] };
}

async function did(
  parts: CaseDeedParts,
  action: CaseAction,
  found: Case,
  doer: Omit<Deed, 'cause'>,
  body: unknown,
): Promise<{ readonly outcome: Outcome }> {
  const { handling } = parts;
  // What is sent again, after a lost answer, is done once.
  const by = (id: string): Deed => ({ ...doer, cause: id });
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
    case 'name':
      return name(parts, found, doer, fieldsOf(NAME, body).accountIds);
  }
}

async function name(
  { handling, accounts }: CaseDeedParts,
  { id, revision }: Case,
  doer: Omit<Deed, 'cause'>,
  accountIds: readonly string[],
): Promise<{ readonly outcome: Outcome }> {
  for (const accountId of accountIds)
    if (!(await accounts.byId(accountId)))
      throw new ProductError('BadRequest', 'There is no such account.');
  // The same names for the same case, as it was read.
  const cause = `named-${revision}-${markOf([...accountIds].sort().join(' '))}`;
  return handling.name(id, { ...doer, cause }, accountIds);
}
