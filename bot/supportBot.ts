import {
  ActivityTypes,
  type ConversationState,
  type StatePropertyAccessor,
  type TurnContext,
} from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import type { Desk } from '../dialogs/desk';
import { rememberState, stateOf, type DeskState } from '../dialogs/deskState';
import { RootDialog } from '../dialogs/rootDialog';
import { notices } from '../dialogs/wording';

/** What the channel noticed about a message before it was stored. */
interface Noticed {
  readonly masked?: readonly string[];
  readonly cut?: boolean;
  readonly attachmentsRefused?: boolean;
}

/** A turn of the bot, whichever channel it came through: the desk's state is loaded, the dialogs run, the state is saved. */
export class SupportBot {
  private readonly desk: StatePropertyAccessor<DeskState>;
  private readonly root: RootDialog;

  constructor(
    private readonly parts: Desk,
    private readonly conversationState: ConversationState,
  ) {
    this.desk = conversationState.createProperty<DeskState>('desk');
    this.root = new RootDialog(parts, conversationState.createProperty<DialogState>('dialogs'));
  }

  async onTurn(context: TurnContext): Promise<void> {
    const { activity } = context;
    const state = await this.desk.get(context, {});
    // A turn run again after a crash: its answers and its state are stored already.
    if (activity.id && state.handled === activity.id) return;
    rememberState(context, state);
    if (activity.type === (ActivityTypes.EndOfConversation as string)) {
      await this.ended(context);
      return;
    }
    if (activity.type === (ActivityTypes.Message as string)) await this.message(context);
    else if (activity.type === (ActivityTypes.ConversationUpdate as string))
      await this.joined(context);
    else return;
    state.handled = activity.id;
    await this.conversationState.saveChanges(context);
  }

  private async message(context: TurnContext): Promise<void> {
    await this.hidePin(context);
    const noticed = (context.activity.channelData ?? {}) as Noticed;
    if (noticed.masked?.length) await context.sendActivity(notices.masked);
    if (noticed.cut) await context.sendActivity(notices.cut);
    if (noticed.attachmentsRefused) await context.sendActivity(notices.attachments);
    const empty = !(context.activity as { text?: string }).text;
    if (!(noticed.attachmentsRefused && empty)) await this.root.onMessage(context);
  }

  /** A PIN is shown once: it leaves the log with the customer's next word. */
  private async hidePin(context: TurnContext): Promise<void> {
    const state = stateOf(context);
    if (!state.pinShown) return;
    const { activityId: id, text } = state.pinShown;
    const { conversation } = context.activity;
    await context.updateActivity({ id, text, type: 'message', conversation });
    delete state.pinShown;
  }

  private async joined(context: TurnContext): Promise<void> {
    const { membersAdded = [], recipient } = context.activity;
    if (membersAdded.some((member) => member.id !== recipient.id)) await this.root.greet(context);
  }

  private async ended(context: TurnContext): Promise<void> {
    await this.parts.reportDrafts.cancelOfConversation(context.activity.conversation.id);
    await this.conversationState.delete(context);
  }
}
