import type { ConversationReference } from 'botbuilder';
import type { Messenger } from '../services/effects';
import type { CaseMessage } from '../services/caseEffects';
import type { Conversations } from '../services/conversations';
import type { Clock } from '../services/ports';
import { isConversationOver } from '../services/errors';
import type { Reach } from './reach';

/** Silent for longer, somebody else may sit there now: what is personal is not shown. */
const IDLE_MS = 30 * 60 * 1000;

/** Says something in a conversation that may be silent since long ago, through the channel it came from. */
export class ConversationMessenger implements Messenger {
  constructor(
    private readonly reach: Reach,
    private readonly conversations: Pick<Conversations, 'find'>,
    private readonly clock: Clock,
  ) {}

  async send(
    reference: unknown,
    { text, whenIdle, talkingTo }: Omit<CaseMessage, 'reference'>,
    key: string,
  ): Promise<void> {
    const said = whenIdle === undefined || !(await this.isIdle(reference)) ? text : whenIdle;
    try {
      await this.reach.into(reference, key, (context) =>
        context.sendActivity({
          ...{ type: 'message', text: said, textFormat: 'plain' },
          ...(talkingTo === undefined ? {} : { channelData: { talkingTo } }),
        }),
      );
    } catch (error) {
      // The customer ended the chat: there is nobody to tell.
      if (!isConversationOver(error)) throw error;
    }
  }

  private async isIdle(reference: unknown): Promise<boolean> {
    const { conversation } = reference as Partial<ConversationReference>;
    const found = conversation ? await this.conversations.find(conversation.id) : undefined;
    return !found || this.clock.now().getTime() - found.lastActivityAt.getTime() >= IDLE_MS;
  }
}
