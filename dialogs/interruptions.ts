import type { Understood } from '../services/understanding/types';
import { isQuestion } from './answers';
import { MENU } from './wording';

/** What may come in the middle of a form. */
export type Interruption = 'cancel' | 'help' | 'question' | 'person';

/** A report is dropped only for plain words, never for a likely meaning. */
const CANCEL =
  /^\W*(?:(?:no|ok|okay|please|pls|sorry|actually|just|oh)\W+)*(?:cancel|abort|quit|exit|stop|never ?mind|nvm|forget (?:it|about it|this|that)|drop (?:it|this)|i (?:changed|have changed) my mind|i (?:want|would like) to (?:cancel|stop)|let'?s stop)(?:\W+(?:it|this|that|the report|everything|all|please|now|here|thanks|thank you))*\W*$/i;
const HELP = /^\W*(?:help|\?|menu|what can (?:you|i) do)\W*$/i;
const CANCEL_LENGTH = 80;

export const asksForHelp = (text: string): boolean => HELP.test(text);

/**
 * Whether the words leave the form for a moment, or for good.
 * @param choices what may be pressed as an answer: those words are never an interruption.
 */
export function interruption(
  text: string,
  understood: Understood,
  choices: readonly string[],
): Interruption | undefined {
  if (text.length <= CANCEL_LENGTH && CANCEL.test(text.replaceAll('’', "'"))) return 'cancel';
  const said = text.toLowerCase();
  if (choices.some((choice) => choice.toLowerCase() === said)) return undefined;
  if (asksForHelp(text)) return 'help';
  if (said === MENU.person.toLowerCase() || understood.intent === 'talk_to_agent') return 'person';
  if (understood.intent === 'faq' && isQuestion(text)) return 'question';
  return undefined;
}
