import {
  ActivityTypes,
  InputHints,
  type ConversationState,
  type StatePropertyAccessor,
  type TurnContext,
} from 'botbuilder';
import type { DialogState } from 'botbuilder-dialogs';
import type { Desk } from '../dialogs/desk';
import { rememberState, stateOf, type DeskState } from '../dialogs/deskState';
import { hearWhileHeld, takeBackConsent } from '../dialogs/people/held';
import { RootDialog } from '../dialogs/rootDialog';
import { notices } from '../dialogs/wording';
import type { Handoff } from '../services/handoffs';
import { noticedIn } from './customerMessage';

/** How many activities of a conversation are known again when a channel delivers them once more. */
const REMEMBERED = 20;

/** The page's event for a link of ours that its customer opened. */
const isContinuing = ({ type, name }: TurnContext['activity']): boolean =>
  type === (ActivityTypes.Event as string) && name === 'continueRequest';

/** A turn of the bot, whichever channel it came through: the desk's state is loaded, the dialogs run, the state is saved. */
export class SupportBot {
  private readonly desk: StatePropertyAccessor<DeskState>;
  private readonly root: RootDialog;
  /** Ids of the activities that were dealt with, the last one last. */
  private readonly handled: StatePropertyAccessor<readonly string[]>;

  constructor(
    private readonly parts: Desk,
    private readonly conversationState: ConversationState,
  ) {
    this.desk = conversationState.createProperty<DeskState>('desk');
    this.handled = conversationState.createProperty<readonly string[]>('handled');
    this.root = new RootDialog(parts, conversationState.createProperty<DialogState>('dialogs'));
  }

  async onTurn(context: TurnContext): Promise<void> {
    const { activity } = context;
    const handled = await this.handled.get(context, []);
    // Run again after a crash, or delivered again by a channel: its answers and its state are stored already.
    if (activity.id && handled.includes(activity.id)) return;
    rememberState(context, await this.desk.get(context, {}));
    if (activity.type === (ActivityTypes.EndOfConversation as string)) {
      await this.ended(context);
      return;
    }
    if (activity.type === (ActivityTypes.Typing as string)) {
      const { id: conversationId } = activity.conversation;
      this.parts.news.tell({ kind: 'typing', conversationId });
      return;
    }
    if (activity.type === (ActivityTypes.Message as string)) await this.message(context);
    else if (activity.type === (ActivityTypes.ConversationUpdate as string))
      await this.joined(context);
    else if (isContinuing(activity))
      await this.root.continueRequest(context, String(activity.value));
    else return;
    if (activity.id) await this.handled.set(context, [...handled, activity.id].slice(-REMEMBERED));
    await this.conversationState.saveChanges(context);
  }

  private async message(context: TurnContext): Promise<void> {
    await this.hidePin(context);
    if (stateOf(context).proved)
      await this.parts.verifications.seen(context.activity.conversation.id);
    const noticed = noticedIn(context.activity);
    if (noticed.masked?.length) await context.sendActivity(notices.masked);
    if (noticed.cut) await context.sendActivity(notices.cut);
    if (noticed.attachmentsRefused) await context.sendActivity(notices.attachments);
    const empty = !(context.activity as { text?: string }).text;
    if (noticed.attachmentsRefused && empty) return;
    const standing = await this.parts.handoffs.standing(context.activity.conversation.id);
    // Looked up within the turn, before a word is said: the bot never talks over a person.
    if (standing?.state === 'held') await hearWhileHeld(context, this.parts, standing);
    else if (!(await takeBackConsent(context, this.parts))) await this.root.onMessage(context);
  }

  /** Goes on after a person has talked to the customer; the turn is one that the desk begins of its own accord. */
  async afterTalk(context: TurnContext, handoff: Handoff): Promise<void> {
    rememberState(context, await this.desk.get(context, {}));
    await this.root.afterTalk(context, handoff);
    await this.conversationState.saveChanges(context);
  }

  /** Shows a PIN in a turn that the desk begins of its own accord. */
  async showPin(context: TurnContext, text: string, hidden: string): Promise<void> {
    rememberState(context, await this.desk.get(context, {}));
    const sent = await context.sendActivity({ type: 'message', text, textFormat: 'plain' });
    if (sent) stateOf(context).pinShown = { activityId: sent.id, text: hidden };
    await this.conversationState.saveChanges(context);
  }

  /** A PIN is shown once: it leaves the log with the customer's next word. */
  private async hidePin(context: TurnContext): Promise<void> {
    const state = stateOf(context);
    if (!state.pinShown) return;
    const { activityId: id, ...said } = state.pinShown;
    // Whatever becomes of it, a channel that cannot change what was said is asked once.
    delete state.pinShown;
    const inputHint = InputHints.AcceptingInput;
    await context.updateActivity({ type: 'message', inputHint, ...said, id });
  }

  private async joined(context: TurnContext): Promise<void> {
    const { membersAdded = [], recipient } = context.activity;
    if (membersAdded.some((member) => member.id !== recipient.id)) await this.root.greet(context);
  }

  private async ended(context: TurnContext): Promise<void> {
    const { id } = context.activity.conversation;
    await this.parts.reportDrafts.cancelOfConversation(id);
    await this.parts.verifications.forget(id);
    await this.parts.handoffs.chatEnded(id);
    await this.conversationState.delete(context);
  }
}
