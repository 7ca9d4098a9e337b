import { roundOf } from './caseRounds';
import type { Case } from '../models/cases';
import { renderMail, type MailBlock } from './mailText';

/** Who a mail about a case is for; the addresses are looked up when it is sent. */
export type MailAudience = 'managers' | 'managersAndEscalation' | 'escalation' | 'one' | 'customer';

export type CaseMailKind =
  | 'case.notification'
  | 'case.addition'
  | 'case.confirmed'
  | 'case.followUp'
  | 'case.reopened'
  | 'case.warning'
  | 'case.missed'
  | 'case.echo'
  | 'case.done'
  | 'case.notDone'
  | 'case.undelivered'
  | 'case.staffAway'
  | 'case.offer'
  | 'case.named'
  | 'case.acknowledgement'
  | 'case.answer'
  | 'case.extended'
  | 'case.closed'
  | 'case.apology'
  | 'case.again'
  | 'case.reopenedForYou'
  | 'case.more';

/** A mail about a case, before it is addressed. */
export interface CaseMail {
  readonly kind: CaseMailKind;
  readonly audience: MailAudience;
  /** The one address, where the audience is `customer` or `one`. */
  readonly to?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** A person wrote what it says; otherwise it is marked as sent by a machine. */
  readonly byPerson?: boolean;
}

/** Every mail about a case names it in the subject. */
export function caseMail(
  about: Case,
  mail: Pick<CaseMail, 'kind' | 'audience' | 'to' | 'byPerson'>,
  subject: string,
  blocks: readonly MailBlock[],
): CaseMail {
  const title = subject.includes(about.reference) ? subject : `[${about.reference}] ${subject}`;
  return { ...mail, subject: title, ...renderMail(blocks, title) };
}

/** The zone in which the dates of a case are told. */
export const zoneOf = (about: Case): string => roundOf(about).promise.zone;
