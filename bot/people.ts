import type { Activity, TurnContext } from 'botbuilder';
import { Calls } from '../services/calls';
import { CannedReplies } from '../services/cannedReplies';
import { Consents } from '../services/consents';
import type { Conversations, LoggedActivity } from '../services/conversations';
import { Handoffs, speakerOf, withoutSecrets, type Handoff } from '../services/handoffs';
import type { Guidance } from '../services/guidance';
import { Limits } from '../services/limits';
import type { Policy } from '../services/policy';
import type { Clock, Ids, Log } from '../services/ports';
import type { Understanding } from '../services/understanding/types';
import { isOutAt, type CodeOut } from '../services/verification';
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
    /** The bot shows a PIN. */
    readonly showPin: (context: TurnContext, text: string, hidden: string) => Promise<void>;
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
    handoffs: new Handoffs({
      ...{ ...common, consents, records: records.handoffs },
      limits: new Limits(records.attempts, clock),
    }),
    /** What was said in a conversation, as Bot Framework has it; for whoever takes it over elsewhere: without secrets. */
    transcriptOf: async (conversationId: string): Promise<Activity[]> => {
      const codes = await office.verifications.codesOut(conversationId);
      const read: Activity[] = [];
      for (let watermark = 0; ;) {
        const page = await conversations.since(conversationId, watermark, PAGE);
        const said = page.activities.map((each) => masked(each, codes));
        read.push(...said.map((each) => toClient(each) as unknown as Activity));
        if (page.complete) return read;
        watermark = page.watermark;
      }
    },
  };
}

/** An activity with nothing in it that is of use to whoever reads it; what a button or a card says is the desk's own. */
function masked(activity: LoggedActivity, codes: readonly CodeOut[]): LoggedActivity {
  const { body, at } = activity;
  if (typeof body.text !== 'string') return activity;
  const text = withoutSecrets(body.text, speakerOf(body), isOutAt(codes, at));
  return { ...activity, body: { ...body, text } };
}
