/** When a person is offered without being asked for: somebody is angry, or wants what the desk must not decide. */

const ANGRY =
  /\b(?:useless|ridiculous|pathetic|rubbish|bullshit|wtf|stupid|idiots?|fed up|sick (?:and tired )?of|had enough|furious|outrageous|unacceptable|disgusting|shameful|hopeless|damn|crap|shit+y?|fuck\w*|nonsense|bakwas|bekaar|bekar|worst (?:service|support|company|bot)|(?:what a|you(?:'re| are) a) joke|waste of (?:my )?time|not (?:what i (?:asked|said|meant)|helping|helpful)|you (?:do not|don'?t|never) (?:understand|listen|get it)|stop repeating|same (?:answer|thing) again)\b/i;
const SHOUTED_LETTERS = 14;
const LONGEST_LOOKED_AT = 500;

/** Whether somebody is angry with us or with the bot. */
export function soundsAngry(text: string): boolean {
  const words = text.slice(0, LONGEST_LOOKED_AT).replaceAll('’', "'");
  return ANGRY.test(words) || isShouted(words);
}

/** All in capitals, several words, and with an exclamation mark: a keyboard that is stuck has none. */
function isShouted(words: string): boolean {
  const letters = words.replace(/\P{L}/gu, '');
  return (
    letters.length >= SHOUTED_LETTERS &&
    letters === letters.toUpperCase() &&
    letters !== letters.toLowerCase() &&
    words.includes('!')
  );
}

const BEYOND =
  /\b(?:refunds?|money back|compensat\w+|reimburs\w+|lawyer|solicitor|attorney|sue you|suing|legal (?:action|notice|advice)|consumer court|settlement|discount|cancel (?:my|the) (?:subscription|contract|plan|order|service)|waive|exception for me|promise me)\b/i;

/** Whether somebody wants what only a person may decide, such as money or legal matters. */
export const isBeyondTheDesk = (text: string): boolean =>
  BEYOND.test(text.slice(0, LONGEST_LOOKED_AT));
