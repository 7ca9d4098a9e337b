import type { Handoff, HandoffRecords } from '../../models/handoffs';
import type { Consents } from '../consents';
import type { Conversations } from '../conversations';
import type { DeskNews } from '../deskNews';
import type { Messenger } from '../effects';
import type { Limits } from '../limits';
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
  readonly conversations: Pick<Conversations, 'find' | 'since' | 'originOf'>;
  readonly verifications: Pick<Verifications, 'proof' | 'forget' | 'codesOut'>;
  readonly customers: Pick<Customers, 'byId'>;
  readonly consents: Pick<Consents, 'endOfConversation'>;
  readonly limits: Limits;
  readonly news: DeskNews;
  /** Calendar and zone, for the opening hours. */
  readonly terms: Pick<PromiseTerms, 'calendar' | 'zone'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Called when a handoff has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}

/** Account id of whoever talks at another hub than ours: they have no page here, and are there while the hub tells things. */
export const OUTSIDE_HUB = 'outside-hub';

/** As what a deed is meant, that may come late, or again. */
export interface Since {
  /** As which turn of the handoff its page showed it, see `turnOf`; left out, as it stands. */
  readonly since?: number | undefined;
}

/** Whether a supervisor does it, who may do it to what others hold. */
export interface Overseeing extends Since {
  readonly oversees?: boolean;
}

/** How often a handoff has changed hands, up to now: each claim, passing on and end is a turn of its own. */
export const turnOf = ({ history }: Pick<Handoff, 'history'>): number => history.length;

/** Whether a deed is not meant for the handoff as it stands: somebody has taken it or let it go since. */
export const isLate = (found: Pick<Handoff, 'history'>, { since }: Since): boolean =>
  since !== undefined && since !== turnOf(found);
