import type { BotAdapter, ConversationReference, TurnContext } from 'botbuilder';
import { ProductError } from '../services/errors';
import { keyReplies } from './directLine/adapter';

/** The adapters that conversations come through. */
export interface Adapters {
  readonly directLine: BotAdapter;
  /** Azure Bot Service, when an app id is configured. */
  readonly cloud?: { readonly adapter: BotAdapter; readonly appId: string };
}

const DIRECT_LINE_PATH = '/v3/directline';

/** Reaches conversations that may be silent since long ago, each through the channel it came from. */
export class Reach {
  constructor(private readonly adapters: () => Adapters) {}

  /**
   * Runs something in a conversation, between its turns; what it sends is sent once per key.
   * @param reference as Bot Framework gives it.
   * @throws what the logic or the channel throws: to whoever can try again, and never to the customer.
   */
  async into(
    reference: unknown,
    key: string,
    logic: (context: TurnContext) => Promise<unknown>,
  ): Promise<void> {
    const to = reference as Partial<ConversationReference>;
    const { adapter, appId } = this.channelOf(to);
    let failure: { readonly error: unknown } | undefined;
    await adapter.continueConversationAsync(appId, to, async (context) => {
      keyReplies(context, key);
      // An adapter would tell the customer and call it done.
      await logic(context).catch((error: unknown) => (failure = { error }));
    });
    if (failure) throw failure.error;
  }

  private channelOf(reference: Partial<ConversationReference>): {
    adapter: BotAdapter;
    appId: string;
  } {
    const { directLine, cloud } = this.adapters();
    if (reference.serviceUrl?.endsWith(DIRECT_LINE_PATH) ?? true)
      return { adapter: directLine, appId: '' };
    if (cloud) return cloud;
    throw new ProductError(
      'ConfigInvalid',
      'Without an app id no conversation of Azure is reached.',
    );
  }
}
