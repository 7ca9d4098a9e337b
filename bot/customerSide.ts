import type { TurnContext } from 'botbuilder';
import type { CustomerSide } from '../services/handoffs/customerSide';
import type { Policy } from '../services/policy';
import { consentQuestion } from '../dialogs/people/consent';
import { isOver, type Reach } from './reach';

type Consent = Parameters<CustomerSide['askConsent']>[0];
type Handoff = Parameters<CustomerSide['askAfterTalk']>[0];

/** What of the desk the customer's side needs. */
export interface CustomerSideParts {
  readonly reach: Reach;
  readonly policy: Policy;
  readonly publicUrl: string;
  /** Asks how the talk was, as the bot: it has to know what an answer answers. */
  readonly afterTalk: (context: TurnContext, handoff: Handoff) => Promise<void>;
}

/** Lets a person of staff speak in a customer's chat, through the channel that it came from. */
export class ChatCustomerSide implements CustomerSide {
  constructor(private readonly parts: CustomerSideParts) {}

  say(
    reference: unknown,
    { text, agentName }: { readonly text: string; readonly agentName: string },
    key: string,
  ): Promise<void> {
    return this.parts.reach.into(reference, key, (context) =>
      context.sendActivity({
        ...{ type: 'message', text, textFormat: 'plain' },
        channelData: { agent: { name: agentName } },
      }),
    );
  }

  async typing(reference: unknown, agentName: string): Promise<void> {
    await this.parts.reach.into(reference, 'typing', (context) =>
      context.sendActivity({ type: 'typing', channelData: { agent: { name: agentName } } }),
    );
  }

  async askConsent(consent: Consent): Promise<void> {
    const { reach, policy, publicUrl } = this.parts;
    await unlessOver(
      reach.into(consent.conversationReference, `consent-${consent.id}`, (context) =>
        context.sendActivity(consentQuestion(consent, policy, publicUrl)),
      ),
    );
  }

  async askAfterTalk(handoff: Handoff): Promise<void> {
    const { reach, afterTalk } = this.parts;
    await unlessOver(
      reach.into(handoff.conversationReference, `after-${handoff.id}`, (context) =>
        afterTalk(context, handoff),
      ),
    );
  }
}

async function unlessOver(asking: Promise<void>): Promise<void> {
  try {
    await asking;
  } catch (error) {
    if (!isOver(error)) throw error;
  }
}
