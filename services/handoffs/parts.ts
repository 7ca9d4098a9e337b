import type { HandoffRecords } from '../../models/handoffs';
import type { Consents } from '../consents';
import type { Conversations } from '../conversations';
import type { DeskNews } from '../deskNews';
import type { Messenger } from '../effects';
import type { Clock, Log } from '../ports';
import type { PromiseTerms } from '../promise';
import type { Customers } from '../records/customers';
import type { Verifications } from '../verification';
import type { CustomerSide } from './customerSide';

/** What handoffs are dealt with by. */
export interface HandoffParts {
  readonly records: HandoffRecords;
  readonly messenger: Messenger;
  readonly customerSide: Pick<CustomerSide, 'say' | 'typing' | 'askAfterTalk'>;
  readonly conversations: Pick<Conversations, 'find' | 'since'>;
  readonly verifications: Pick<Verifications, 'proof' | 'forget'>;
  readonly customers: Pick<Customers, 'byId'>;
  readonly consents: Pick<Consents, 'endOfConversation'>;
  readonly news: DeskNews;
  /** Calendar and zone, for the opening hours. */
  readonly terms: Pick<PromiseTerms, 'calendar' | 'zone'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a handoff has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}

/** Account id of whoever talks at another hub than ours: they have no page here that could be lost. */
export const OUTSIDE_HUB = 'outside-hub';

/** Whether a supervisor does it, who may do it to what others hold. */
export interface Overseeing {
  readonly oversees?: boolean;
}
