import type { Understood } from '../services/understanding/types';
import { isQuestion } from './answers';
import { MENU } from './wording';

/**
 * What may come in the middle of a form: `cancel` drops it, `stop` may mean that, the rest is dealt with and the form
 * goes on; `open` is a privacy question that the policy leaves open.
 */
export type Interruption = 'cancel' | 'stop' | 'help' | 'menu' | 'person' | 'question' | 'open';

const POLITE = String.raw`(?:(?:no|ok|okay|please|pls|sorry|actually|just|oh|i want to|i would like to|let'?s)\W+)*`;
const TAIL = String.raw`(?:\W+(?:it|this|that|the report|everything|all|please|now|here|thanks|thank you))*\W*$`;
/** A report is dropped only for plain words, never for a likely meaning. */
const CANCEL = new RegExp(
  String.raw`^\W*${POLITE}(?:cancel|abort|quit|exit|drop (?:it|this|the report))${TAIL}`,
  'i',
);
const STOP = new RegExp(
  String.raw`^\W*${POLITE}(?:stop|never ?mind|nvm|forget (?:it|about it|this|that)|i(?:'ve| have)? changed my mind)${TAIL}`,
  'i',
);
/** A question mark alone asks for help; one after letters of another script does not. */
const HELP = /^[^\p{L}\p{M}\p{N}]*(?:help|\?|menu|what can (?:you|i) do)[^\p{L}\p{M}\p{N}]*$/iu;
const LONGEST_LEAVING = 80;
const IS_ANYBODY_THERE =
  /\b(?:any|some) ?(?:one|body) (?:there|here)\b|^\W*(?:hello|hi)\W*\?+\W*$/i;
/** A longer message that mentions a person is more likely about one. */
const LONGEST_CALL_FOR_A_PERSON = 60;

const MENU_WORDS: readonly string[] = Object.values(MENU).map((action) => action.toLowerCase());

const CALLS_OUTRIGHT =
  /^\W*(?:(?:hi|hello|ok|okay|please|pls|sorry|no|but|and|actually)\W+)*(?:(?:can|could|may) (?:i|you|we)|i (?:want|need|wish|would like|'d like|wanna)|i'd like|let me|give me|get me|put me|connect me|transfer me|is there|are there)\b.{0,25}\b(?:person|human|agent|somebody|someone|representative|real people|operator|executive|colleague)\b/i;

/** Whether somebody asks for a person in so many words, rather than tells of one. */
export const callsOutright = (text: string): boolean =>
  CALLS_OUTRIGHT.test(text.replaceAll('’', "'"));

export const asksForHelp = (text: string): boolean => HELP.test(text);

/** @param choices what may be pressed as an answer: those words are never an interruption, except to cancel. */
export function interruption(
  text: string,
  understood: Understood,
  choices: readonly string[],
): Interruption | undefined {
  const words = text.replaceAll('’', "'");
  const short = words.length <= LONGEST_LEAVING;
  if (short && CANCEL.test(words)) return 'cancel';
  const said = text.toLowerCase();
  if (choices.some((choice) => choice.toLowerCase() === said)) return undefined;
  if (short && STOP.test(words)) return 'stop';
  if (asksForHelp(text)) return 'help';
  const calls = understood.intent === 'talk_to_agent' || IS_ANYBODY_THERE.test(text);
  if ((calls && text.length <= LONGEST_CALL_FOR_A_PERSON) || said === MENU.person.toLowerCase())
    return 'person';
  if (MENU_WORDS.includes(said)) return 'menu';
  if (!isQuestion(text)) return undefined;
  if (understood.intent === 'faq') return 'question';
  return understood.openQuestion ? 'open' : undefined;
}
