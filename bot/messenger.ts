import type { BotAdapter, ConversationReference } from 'botbuilder';
import type { Messenger } from '../services/effects';
import type { CaseMessage } from '../services/caseEffects';
import type { Conversations } from '../services/conversations';
import { ProductError } from '../services/errors';
import type { Clock } from '../services/ports';
import { keyReplies } from './directLine/adapter';

/** The adapters that conversations come through. */
export interface Adapters {
  readonly directLine: BotAdapter;
  /** Azure Bot Service, when an app id is configured. */
  readonly cloud?: { readonly adapter: BotAdapter; readonly appId: string };
}

/** Silent for longer, somebody else may sit there now: what is personal is not shown. */
const IDLE_MS = 30 * 60 * 1000;
const DIRECT_LINE_PATH = '/v3/directline';

/** Says something in a conversation that may be silent since long ago, through the channel it came from. */
export class ConversationMessenger implements Messenger {
  constructor(
    private readonly adapters: Adapters,
    private readonly conversations: Pick<Conversations, 'find'>,
    private readonly clock: Clock,
  ) {}

  async send(
    reference: unknown,
    { text, whenIdle }: Pick<CaseMessage, 'text' | 'whenIdle'>,
    key: string,
  ): Promise<void> {
    const to = reference as Partial<ConversationReference>;
    const said = whenIdle === undefined || !(await this.isIdle(to)) ? text : whenIdle;
    const { adapter, appId } = this.channelOf(to);
    let failure: { readonly error: unknown } | undefined;
    try {
      await adapter.continueConversationAsync(appId, to, async (context) => {
        keyReplies(context, key);
        // To us, who try again later; an adapter would tell the customer and call it done.
        await context
          .sendActivity({ type: 'message', text: said, textFormat: 'plain' })
          .catch((error: unknown) => (failure = { error }));
      });
      if (failure) throw failure.error;
    } catch (error) {
      // The customer ended the chat: there is nobody to tell.
      if (!(error instanceof ProductError)) throw error;
      if (error.code !== 'ConversationEnded' && error.code !== 'ConversationNotFound') throw error;
    }
  }

  /** Of a conversation on another channel it is not known when its customer last wrote. */
  private async isIdle({ conversation }: Partial<ConversationReference>): Promise<boolean> {
    const found = conversation ? await this.conversations.find(conversation.id) : undefined;
    return !found || this.clock.now().getTime() - found.lastActivityAt.getTime() >= IDLE_MS;
  }

  private channelOf(reference: Partial<ConversationReference>): {
    adapter: BotAdapter;
    appId: string;
  } {
    const { directLine, cloud } = this.adapters;
    if (reference.serviceUrl?.endsWith(DIRECT_LINE_PATH) ?? true)
      return { adapter: directLine, appId: '' };
    if (cloud) return cloud;
    throw new ProductError(
      'ConfigInvalid',
      'Without an app id no conversation of Azure is reached.',
    );
  }
}
