import type { DialogContext } from 'botbuilder-dialogs';
import { findChanges } from '../services/entities';
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
