import type { DialogContext } from 'botbuilder-dialogs';
import { findChanges } from '../services/entities';
import { romanisedHindi } from '../services/understanding/languages';
import { normalise } from '../services/understanding/normalise';
import type { Intent, Understood } from '../services/understanding/types';
import { isQuestion, tellsOfHarm } from './answers';
import type { DeskState } from './deskState';

/** What leaving the list is in words of ours, where the customer's own name no list. */
export const LEAVE = 'no newsletter';

/** What the form for changes asks about itself, also where it read nothing. */
export const BY_FORM: ReadonlySet<Intent | 'out_of_scope'> = new Set<Intent | 'out_of_scope'>([
  'update_data',
  'unsubscribe',
  'out_of_scope',
]);

/** What a conversation can be about, as a person of staff sees it in the queue. */
export const TOPICS: ReadonlySet<Intent | 'out_of_scope'> = new Set<Intent | 'out_of_scope'>([
  ...(['faq', 'report_security', 'case_status', 'update_data', 'unsubscribe'] as const),
  ...(['forgot_password_action', 'export_or_delete_data'] as const),
]);

export const tellsChange = (text: string): boolean => findChanges(text).changes.length > 0;

/** In the middle of a report a likelihood is not enough: a parent who says how old a child is must not lose it. */
export const isCertainlyChild = (understood: Understood, dc: DialogContext): boolean =>
  understood.intent === 'child_user' && (!dc.activeDialog || understood.score === 1);

/** Whether a mere yes would be no answer to anything. */
export const offersNothing = ({ offer, personOffered }: DeskState): boolean =>
  offer === undefined && personOffered === undefined;

/** From this score on, what is out of scope is no report told in unusual words. */
const SURELY_FOREIGN = 0.85;

/** Whether what was not understood may tell of something that happened to somebody. */
export const mayBeReport = (text: string, { bestIntent, score }: Understood): boolean =>
  tellsOfHarm(text) ||
  (bestIntent === 'report_security' && score < SURELY_FOREIGN && !isQuestion(text));

interface Said {
  readonly text: string;
  readonly understood: Understood;
}

/** What was not understood and is Hindi in Latin letters is in another language; unless it may be a report for all that. */
export const inLightOfLanguage = <Any extends Said>(said: Any): Any =>
  romanisedHindi(normalise(said.text)) && !mayBeReport(said.text, said.understood)
    ? { ...said, understood: { ...said.understood, otherLanguage: true } }
    : said;

/** Once another topic has begun, “did you send it?” asks nothing of the case that was opened before. */
export function forgetOpened({
  understood,
  state,
}: {
  readonly understood: Understood;
  readonly state: DeskState;
}): void {
  if (TOPICS.has(understood.intent) && understood.intent !== 'case_status') delete state.opened;
}

/** Notes what is talked about now. @returns what it was before. */
export function noteTopic({
  understood,
  state,
}: {
  readonly understood: Understood;
  readonly state: DeskState;
}): DeskState['topic'] {
  const { topic } = state;
  if (TOPICS.has(understood.intent)) state.topic = understood.intent;
  return topic;
}

/** “Still waiting for a person” is no other topic than the one before. */
export function keepTopic(state: DeskState, topic: DeskState['topic']): void {
  if (topic !== undefined) state.topic = topic;
  else delete state.topic;
}
