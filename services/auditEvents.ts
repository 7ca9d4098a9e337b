import { AUDIT_ACTIONS, type AuditAction, type AuditSubject } from '../models/auditEntries';
import { ProductError } from './errors';

/** Something that happened, as whoever did it tells the audit log. */
export interface AuditEvent {
  /** Fixed by the cause, so that the same event twice is one entry; at most 200 characters. */
  readonly id: string;
  readonly action: AuditAction;
  readonly at: Date;
  readonly about: AuditSubject;
  /** `customer`, `desk`, `operator` (a command), or what `Audit.fingerprint` gives for a member of staff. */
  readonly by: string;
  /**
   * Ids, codes, instants, counts; never words or addresses. Instants as ISO strings. `caseId` names the case that a
   * mail or an update belongs to.
   */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
}

const LONGEST_ID = 200;
const LONGEST_FACT = 100;
const MOST_FACTS = 20;
const BY = /^(customer|desk|operator|staff:[0-9a-f]{16})$/;
const FACT_NAME = /^[a-z][A-Za-z0-9]{0,39}$/;
/** Printable ASCII: ids and codes; a name in another script is none, and some of it could not be stored as it is. */
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * Refuses what must not stand in the audit log, since nothing can be taken out of it again: addresses, words, and
 * values that a store would give back otherwise than it got them.
 * @throws ProductError `BadArgument`, which does not repeat the value.
 */
export function refuseUnfitEvent({ id, action, at, about, by, facts = {} }: AuditEvent): void {
  if (!(AUDIT_ACTIONS as readonly string[]).includes(action)) refuse('is no known action');
  if (Number.isNaN(at.getTime())) refuse('has no instant');
  if (!isCode(id, LONGEST_ID)) refuse('has an id that is none');
  if (!isCode(about.id, LONGEST_ID)) refuse('is about something without an id');
  if (!BY.test(by)) refuse('does not say who did it');
  const entries = Object.entries(facts);
  if (entries.length > MOST_FACTS) refuse(`has more than ${MOST_FACTS} facts`);
  for (const [name, value] of entries)
    if (!FACT_NAME.test(name) || !isFact(value)) refuse('has a fact that may not stand there');
}

function isFact(value: unknown): boolean {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return value === '' || isCode(value, LONGEST_FACT);
}

function isCode(value: unknown, longest: number): boolean {
  if (typeof value !== 'string' || value === '' || value.length > longest) return false;
  return PLAIN.test(value) && !value.includes('@');
}

function refuse(what: string): never {
  throw new ProductError('BadArgument', `An event for the audit log ${what}.`);
}
