import type { RecordField } from './customerContent';

/** What an update request is made of; the store's side of it is in `updateRequests`. */

/** One field of a record: what it was when the request was made, and what it becomes; null: nothing there. */
export interface FieldChange {
  readonly field: RecordField;
  readonly before: string | boolean | null;
  readonly after: string | boolean | null;
}

export const UPDATE_STATES = [
  ...(['filed', 'person', 'second', 'approved', 'applied'] as const),
  ...(['refused', 'conflict', 'withdrawn', 'continued'] as const),
] as const;
/**
 * `filed`: came by mail, nothing is proved; `person`: somebody of staff has to look and vouch for it;
 * `second`: waits for a second person; `approved`: is to be applied now; the others are ends. `continued`: one that was
 * filed went on in the chat, where it may have become another.
 */
export type UpdateState = (typeof UPDATE_STATES)[number];

/** Why the mailbox on file could not prove the customer. */
export type MailboxTrouble = 'lost' | 'shared' | 'none';

/** Who of staff did something about a request, and why. */
export interface StaffDeed {
  readonly at: Date;
  /** Their address. */
  readonly by: string;
  readonly reason: string;
}

/** A wish to have a record changed. */
export interface UpdateRequest {
  /** UUID; that of the inbound mail it came by. */
  readonly id: string;
  readonly kind: 'change' | 'password';
  readonly state: UpdateState;
  readonly door: 'chat' | 'mail' | 'staff' | 'phone';
  readonly receivedAt: Date;
  /** The record, once it is known whose it is. */
  readonly customerId?: string;
  /** What the customer gave to be found by: an e-mail address or a user name, proved or not. */
  readonly claimed?: string;
  /** Where they are written to; the mailbox that a mail came from, or one they proved in chat. */
  readonly email?: string;
  /** When that mailbox was proved to be theirs. */
  readonly provedAt?: Date;
  readonly subject?: string;
  readonly text?: string;
  readonly changes: readonly FieldChange[];
  readonly trouble?: MailboxTrouble;
  /** The conversation that it came from or went on in. */
  readonly conversationId?: string;
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly conversationReference?: unknown;
  /** The first of two persons: who asked for it, or stands behind a customer who could prove nothing. */
  readonly vouched?: StaffDeed;
  /** The second of them. */
  readonly decided?: StaffDeed;
  /** The mailbox on file until now gets no notice; why is in `decided`. */
  readonly withholdNotice?: boolean;
  readonly revision: number;
}
