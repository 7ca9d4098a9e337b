import type { TurnContext } from 'botbuilder';
import type { CustomerSide } from '../services/handoffs/customerSide';
import type { Policy } from '../services/policy';
import { consentQuestion } from '../dialogs/people/consent';
import { isConversationOver } from '../services/errors';
import type { Reach } from './reach';

type Consent = Parameters<CustomerSide['askConsent']>[0];
type Handoff = Parameters<CustomerSide['askAfterTalk']>[0];

/** What of the desk the customer's side needs. */
export interface CustomerSideParts {
  readonly reach: Reach;
  readonly policy: Policy;
  readonly publicUrl: string;
  /** Asks how the talk was, as the bot: it has to know what an answer answers. */
  readonly afterTalk: (context: TurnContext, handoff: Handoff) => Promise<void>;
  /** Shows a PIN, as the bot: it hides it at the customer's next word. */
  readonly showPin: (context: TurnContext, text: string, hidden: string) => Promise<void>;
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

  /** Tells the customer the PIN of a case that was opened for them; once per case, and gone with their next word. */
  async tellPin(reference: unknown, caseId: string, pin: string): Promise<void> {
    const { reach, showPin } = this.parts;
    const text = pinWords(pin);
    await unlessOver(
      reach.into(reference, `${caseId}-pin`, (context) =>
        showPin(context, text, text.replace(pin, '••••••')),
      ),
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
    if (!isConversationOver(error)) throw error;
  }
}

const pinWords = (pin: string): string =>
  `Your PIN is ${pin}. Please write it down now, together with the reference: with both you read the answer here.`;
