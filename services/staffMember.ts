import type { StaffPerson } from '../models/handoffContent';

/** Somebody of staff who does something. */
export interface StaffMember extends StaffPerson {
  /** For the audit log, which keeps a fingerprint of it; `desk` for who is none of our own. */
  readonly email: string;
}

/** What of somebody is kept where they did something: without the rest that a caller may carry. */
export const personOf = ({ accountId, name }: StaffPerson): StaffPerson => ({ accountId, name });
