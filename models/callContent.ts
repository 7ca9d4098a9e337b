/** What a telephone call is made of; the store's side of it is in `calls`. */
import type { StaffPerson } from './handoffContent';

/** What a code is to prove somebody for; its mail names it. */
export const CALL_PURPOSES = ['change', 'report', 'question'] as const;
export type CallPurpose = (typeof CALL_PURPOSES)[number];

/** Something done in a call. */
export interface CallDeed {
  readonly at: Date;
  readonly what:
    'question' | 'codeSent' | 'verified' | 'stopped' | 'changed' | 'proposed' | 'reported';
  /** Such as a passage's id or a case's reference; never a value of a record. */
  readonly detail?: string;
}

/** A call that an agent takes down. */
export interface Call {
  /** UUID. */
  readonly id: string;
  readonly agent: StaffPerson;
  /** The time of the call, which may be before it was taken down: what is reported in it was received then. */
  readonly startedAt: Date;
  readonly endedAt?: Date;
  /** The call-back that it answers. */
  readonly handoffId?: string;
  readonly deeds: readonly CallDeed[];
  /** Whose mailbox was proved in it last, when, and for what. */
  readonly verified?: {
    readonly customerId: string;
    readonly at: Date;
    readonly purpose: CallPurpose;
  };
  /** The owner of the mailbox said that they did not call. */
  readonly stoppedAt?: Date;
  readonly revision: number;
}
