import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import { askedAfter, bidsIt, halfness } from '../services/understanding/context';
import { normalise } from '../services/understanding/normalise';
import type { Asked, Understood } from '../services/understanding/types';
import { answerQuestion, barredFromReporters, isQuestion } from './answers';
import type { Desk } from './desk';
import { stateOf, type DeskState } from './deskState';
import { offersNothing } from './meant';
import { suggesting } from './messages';
import { MENU, NO, policyWords, YES } from './wording';
import { saidAt } from './words';

/** A question that was left for so long is not gone on with. */
const FORGOTTEN_AFTER_MS = 30 * 60_000;

interface Said {
  readonly text: string;
  readonly dc: DialogContext;
  readonly state: DeskState;
}

/** Understands a message in the light of what was asked before, and remembers what it asked for the next one. */
export async function understandNext(desk: Desk, said: Said): Promise<Understood> {
  const { text, dc, state } = said;
  const before = askedBefore(desk.clock.now(), said);
  const understood = await desk.understanding.understand(text, before);
  // What is told to a form is no question to go on with.
  if (dc.activeDialog && !isQuestion(text)) return understood;
  const asked = askedAfter(before, normalise(text), understood);
  if (asked) state.asked = { ...asked, at: desk.clock.now().toISOString() };
  else delete state.asked;
  return understood;
}

/** What the message may go on with: not where its words answer what we asked, or bid us to go on. */
function askedBefore(now: Date, { text, dc, state }: Said): Asked | undefined {
  const { asked } = state;
  if (!asked || now.getTime() - Date.parse(asked.at) > FORGOTTEN_AFTER_MS) return undefined;
  const waits = dc.activeDialog !== undefined || !offersNothing(state) || state.afterTalk;
  return waits && !goesOn(text) ? undefined : asked;
}

/** A whole “what?” is asked of our own last words. */
const goesOn = (text: string): boolean =>
  isQuestion(text) && !bidsIt(normalise(text)) && halfness(normalise(text)) < 1;

/** The customer has chosen what they meant to ask: a sequel goes on with that. */
export function rememberChosen(state: DeskState, passage: string): void {
  if (state.asked) state.asked = { ...state.asked, intent: 'faq', passages: [passage] };
}

/** Once a form has ended, nothing goes on with what it was about. */
export function forgetForm({ dc, state }: Pick<Said, 'dc' | 'state'>): void {
  if (!dc.activeDialog && state.asked?.intent !== 'faq') delete state.asked;
}

/** Keeps the second thing that a message asks until the first is dealt with. */
export function rememberAlso(
  context: TurnContext,
  { clock }: Desk,
  { text, state, understood }: Said & { readonly understood: Understood },
): void {
  const { alsoAsked } = understood;
  if (alsoAsked?.intent !== 'faq') return;
  state.also = { text, at: saidAt(context, clock), offered: alsoAsked.offered };
}

/** Answers the second thing that a message asked, unless the customer has yet to answer something of ours. */
export async function answerAlso(
  context: TurnContext,
  desk: Desk,
  dc: DialogContext,
): Promise<void> {
  const state = stateOf(context);
  const { also } = state;
  if (!also || dc.activeDialog || state.choices || !offersNothing(state)) return;
  delete state.also;
  if (!state.reported || !barredFromReporters(also)) {
    await answerQuestion(context, desk, also, policyWords.alsoAsked);
    return;
  }
  state.offer = { as: 'question', text: also.text, at: also.at };
  await context.sendActivity(suggesting(policyWords.barred, [YES, NO, MENU.person]));
}
