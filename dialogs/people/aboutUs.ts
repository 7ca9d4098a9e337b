import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import type { Understood } from '../../services/understanding/types';
import type { Desk } from '../desk';
import type { DeskState, Offer } from '../deskState';
import { aboutItself } from '../wording/talk';
import { hearOfPeople, hearOfQueue } from './hearing';
import { hearOfPassedOn } from './passedOn';
import { asksWhoIsHere, tellWhoIsHere } from './robot';

interface Said {
  readonly text: string;
  readonly understood: Understood;
  readonly dc: DialogContext;
  readonly state: DeskState;
}

/**
 * Deals with what is said of the desk and its people rather than asked of it; false when it is nothing of the kind.
 * @param offer what a yes or a no would answer.
 */
export async function hearOfUs(
  context: TurnContext,
  desk: Desk,
  said: Said,
  offer: Offer | undefined,
): Promise<boolean> {
  if (asksWhoIsHere(said.text)) {
    // Whatever it was mistaken for is nothing to go on with.
    delete said.state.asked;
    await tellWhoIsHere(context, desk);
    return true;
  }
  return (
    (await hearOfPeople(context, desk, said)) || (await hearOfPassedOn(context, desk, said, offer))
  );
}

/** As `hearOfUs`, in the middle of a form, which then asks its question again. */
export async function hearOfUsInForm(
  context: TurnContext,
  desk: Desk,
  said: Said,
): Promise<boolean> {
  if (!asksWhoIsHere(said.text)) return hearOfQueue(context, desk, said);
  await context.sendActivity(`${aboutItself.program} ${aboutItself.inForm}`);
  return true;
}
