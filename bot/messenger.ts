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
    let failure: { readonly error: unknown } | undefined;
    try {
      await adapter.continueConversationAsync(appId, to, async (context) => {
        keyReplies(context, key);
        // To us, who try again later; an adapter would tell the customer and call it done.
        await context.sendActivity(text).catch((error: unknown) => (failure = { error }));
      });
      if (failure) throw failure.error;
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
    if (reference.serviceUrl?.endsWith(DIRECT_LINE_PATH) ?? true)
      return { adapter: directLine, appId: '' };
    if (cloud) return cloud;
    throw new ProductError(
      'ConfigInvalid',
      'Without an app id no conversation of Azure is reached.',
    );
  }
}
