import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import type { Understood } from '../services/understanding/types';
import { showPassage } from './answers';
import type { Desk } from './desk';
import { clearState, type DeskState } from './deskState';
import { toChildren } from './wording';

/** Nothing more is asked of a child, and what they told is not kept. */
export async function stopForChild(
  context: TurnContext,
  desk: Desk,
  {
    dc,
    state,
    understood,
  }: {
    readonly dc: DialogContext;
    readonly state: DeskState;
    readonly understood: Understood;
  },
): Promise<void> {
  const { id } = context.activity.conversation;
  if (state.child) {
    const again = await context.sendActivity(toChildren.again);
    state.childTold = [...(state.childTold ?? []), again?.id ?? ''];
    await desk.childStop.stop(id, state.childTold);
    return;
  }
  await dc.cancelAllDialogs();
  await desk.reportDrafts.cancelOfConversation(id);
  const told = await showPassage(context, desk, 'children.under13', toChildren.told);
  // A likelihood must not shut a grown-up out of the chat.
  if (understood.score < 1) return;
  clearState(state);
  state.child = true;
  state.childTold = [told ?? ''];
  await desk.handoffs.leave(id);
  await desk.childStop.stop(id, state.childTold);
}
