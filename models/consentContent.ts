/** What a consent to remote help is made of; the store's side of it is in `consents`. */
import type { StaffPerson } from './handoffContent';

export const CONSENT_STATES = ['asked', 'given', 'refused', 'revoked', 'ended'] as const;
/**
 * `asked`: the customer is yet to answer; `revoked`: they have taken it back; `ended`: it is over, by the agent, by its
 * time, or with the conversation.
 */
export type ConsentState = (typeof CONSENT_STATES)[number];

export interface Consent {
  /** UUID. */
  readonly id: string;
  readonly handoffId: string;
  readonly conversationId: string;
  readonly conversationReference: unknown;
  readonly state: ConsentState;
  readonly askedBy: StaffPerson;
  readonly askedAt: Date;
  /** What the agent wants to do on the customer's computer, in words. */
  readonly scope: string;
  /** How long it is to hold once given. */
  readonly minutes: number;
  /** Whether the question stands in the customer's chat. */
  readonly shown: boolean;
  readonly givenAt?: Date;
  /** When it ends by itself. */
  readonly until?: Date;
  readonly endedAt?: Date;
  readonly endedBy?: 'customer' | 'agent' | 'time' | 'conversation';
  readonly revision: number;
}
