import type { Handoff } from '../../services/handoffs';
import type { PersonView } from './contract';

/** Who has the console's page open. */
export interface Presence {
  /** Those who may take conversations, each once, by name. */
  people(): readonly PersonView[];
  /** Lets the pages of whoever has just taken a conversation hear it from now on, so that nothing falls in between. */
  taken(accountId: string, handoff: Handoff): void;
}
