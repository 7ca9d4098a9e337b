import type { Activity, TurnContext } from 'botbuilder';
import { Calls } from '../services/calls';
import { CannedReplies } from '../services/cannedReplies';
import { Consents } from '../services/consents';
import type { Conversations } from '../services/conversations';
import { Handoffs, type Handoff } from '../services/handoffs';
import type { Guidance } from '../services/guidance';
import type { Policy } from '../services/policy';
import type { Clock, Ids, Log } from '../services/ports';
import type { Understanding } from '../services/understanding/types';
import { ChatCustomerSide } from './customerSide';
import { toClient } from './directLine/activities';
import { ConversationMessenger } from './messenger';
import type { Office } from './office';
import { Reach, type Adapters } from './reach';

/** Those who see to it that a person takes a conversation over, and what reaches the customer then. */
export type People = ReturnType<typeof peopleOf>;

const PAGE = 200;

export function peopleOf(
  office: Office,
  parts: {
    /** Asked when something is to be said: the adapters are built after this. */
    readonly adapters: () => Adapters;
    /** The bot goes on after a person has talked to the customer. */
    readonly afterTalk: (context: TurnContext, handoff: Handoff) => Promise<void>;
    readonly conversations: Conversations;
    readonly guidance: Guidance;
    readonly policy: Policy;
    readonly publicUrl: string;
    readonly understanding: Understanding;
    readonly clock: Clock;
    readonly ids: Ids;
    readonly log: Log;
    /** Called when something has new effects. */
    readonly onEffects: () => void;
  },
) {
  const { records, news } = office;
  const { conversations, clock, ids } = parts;
  const reach = new Reach(parts.adapters);
  const messenger = new ConversationMessenger(reach, conversations, clock);
  const customerSide = new ChatCustomerSide({ ...parts, reach });
  const common = { ...office, ...parts, customerSide, messenger };
  const consents = new Consents({ ...common, records: records.consents });
  return {
    ...{ consents, customerSide, messenger },
    calls: new Calls({ ...common, records: records.calls }),
    cannedReplies: new CannedReplies(records.cannedReplies, news, ids),
    handoffs: new Handoffs({ ...common, consents, records: records.handoffs }),
    /** What was said in a conversation, as Bot Framework has it. */
    transcriptOf: async (conversationId: string): Promise<Activity[]> => {
      const read: Activity[] = [];
      for (let watermark = 0; ;) {
        const page = await conversations.since(conversationId, watermark, PAGE);
        read.push(...page.activities.map((each) => toClient(each) as unknown as Activity));
        if (page.complete) return read;
        watermark = page.watermark;
      }
    },
  };
}
