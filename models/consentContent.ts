/** What a consent to remote help is made of; the store's side of it is in `consents`. */
import type { StaffPerson } from './handoffContent';

export type ConsentState =
  /** The customer is yet to answer. */
  | 'asked'
  | 'given'
  | 'refused'
  /** Taken back by the customer. */
  | 'revoked'
  /** Over: by the agent, by its time, or with the conversation. */
  | 'ended';

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
