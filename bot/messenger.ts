import type { BotAdapter, ConversationReference } from 'botbuilder';
import type { Messenger } from '../services/effects';
import { ProductError } from '../services/errors';
import { keyReplies } from './directLine/adapter';

/** The adapters that conversations come through. */
export interface Adapters {
  readonly directLine: BotAdapter;
  /** Azure Bot Service, when an app id is configured. */
  readonly cloud?: { readonly adapter: BotAdapter; readonly appId: string };
}

const DIRECT_LINE_PATH = '/v3/directline';

/** Says something in a conversation that may be silent since long ago, through the channel it came from. */
export class ConversationMessenger implements Messenger {
  constructor(private readonly adapters: Adapters) {}

  async send(reference: unknown, text: string, key: string): Promise<void> {
    const to = reference as Partial<ConversationReference>;
    const { adapter, appId } = this.channelOf(to);
    try {
      await adapter.continueConversationAsync(appId, to, async (context) => {
        keyReplies(context, key);
        await context.sendActivity(text);
      });
    } catch (error) {
      // The customer ended the chat: there is nobody to tell.
      if (!(error instanceof ProductError)) throw error;
      if (error.code !== 'ConversationEnded' && error.code !== 'ConversationNotFound') throw error;
    }
  }

  private channelOf(reference: Partial<ConversationReference>): {
    adapter: BotAdapter;
    appId: string;
  } {
    const { directLine, cloud } = this.adapters;
    const ours = reference.serviceUrl?.endsWith(DIRECT_LINE_PATH) ?? false;
    if (ours || !cloud) return { adapter: directLine, appId: '' };
    return cloud;
  }
}
