import type { Deed } from '../../services/caseHandling';
import { promiseRows } from '../../services/proofRows';
import { verdictOf, type Verdict } from '../../services/promiseVerdict';
import { CASE_ID, toOpen, type CaseDesk } from './caseDesk';

export const MANAGER = 'manager@example.com';
export const ESCALATION = 'escalation@example.com';
export const CUSTOMER = 'Rina.Sen@example.org';

/** A report received on Monday 23 November, 9:30 in Kolkata, from a customer with a mailbox and a chat. */
export const REPORTED = toOpen({ conversationReference: { conversation: { id: 'c1' } } });
/** When it is due: Monday 30 November, 18:00. */
export const DUE = new Date('2026-11-30T12:30:00Z');

/** Something that a manager does then. */
export const deed = (cause: string, at: Date | string, by = MANAGER): Deed => ({
  ...{ cause, by },
  at: new Date(at),
});

/** What a mail is, such as `case.answer`. */
export const kindOf = ({ id }: { readonly id: string }): string =>
  /[a-z]+\.[a-zA-Z]+/.exec(id)?.[0] ?? id;

/** Carries all out, and gives who was told what since it was last asked, such as `case.echo to manager@example.com`. */
export async function news(desk: CaseDesk): Promise<string[]> {
  await desk.settle();
  return [
    ...desk.mails.splice(0).map((mail) => `${kindOf(mail)} to ${mail.to}`),
    ...desk.said.splice(0).map(({ text }) => `chat: ${text}`),
  ].sort();
}

/** What the log of who did what holds of a case, in its order; the opening is left out. */
export async function actionsOf(desk: CaseDesk, caseId = CASE_ID): Promise<string[]> {
  await desk.effects.sweep();
  const entries = await desk.audit.entriesAbout('case', caseId);
  return entries.map(({ action }) => action).filter((action) => action !== 'case.opened');
}

/** A mail of a kind among those that went out since the news were last asked. */
export async function mailOf(desk: CaseDesk, kind: string) {
  await desk.settle();
  const found = desk.mails.filter((mail) => kindOf(mail) === kind);
  if (found.length !== 1) throw new Error(`There are ${found.length} mails of kind ${kind}.`);
  return found[0]!;
}

/** How the promises of the reported case stand now, by round. */
export async function verdictsOf(desk: CaseDesk): Promise<Verdict[]> {
  const found = (await desk.records.cases.byId(CASE_ID))!;
  return promiseRows(found, []).map((row) => verdictOf(row, desk.clock.now()));
}
