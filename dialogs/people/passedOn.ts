import type { TurnContext } from 'botbuilder';
import { dueInWords } from '../../services/businessDays';
import type { Understood } from '../../services/understanding/types';
import { isUrgent } from '../answers';
import type { Desk } from '../desk';
import type { DeskState, Offer } from '../deskState';
import { suggesting } from '../messages';
import { MENU, smallTalk } from '../wording';
import { password } from '../wording/record';
import { passedOn as words } from '../wording/talk';
import { offerPerson } from './hearing';

const LEAD = String.raw`^\W*(?:(?:ok|okay|k|yes|no|great|good|fine|nice|perfect|super|thanks?(?: you| u)?(?: so much| very much| a lot)?|ty|thx|hi|hello|hey|sorry|please|pls|wait|hmm+|oh|so|and|but|then|well|now|actually|one more thing|btw|sir|madam)\W+)*`;
const TAIL = String.raw`(?:\W+(?:please|pls|again|now|then|yet|already|once more|one more time|to me|for me|sir|madam|thanks|thank you|here|back|from (?:you|them|there|him|her)))*\W*$`;
const whole = (...wordings: readonly string[]): RegExp =>
  new RegExp(`${LEAD}(?:${wordings.join('|')})${TAIL}`, 'i');

const CASE = String.raw`(?:it|that|this|(?:my|the|this|that) (?:report|case|complaint|message|question|request|ticket))`;
const NUMBER = String.raw`(?:case|report|ticket|complaint|reference|ref)?(?:'s)? ?(?:reference|ref\.?|number|no\.?|id|code|pin)(?: number| no\.?| code| id)?`;
const STAFF = String.raw`(?:you|u|they|he|she|it|we|someone|somebody|anyone|anybody|a person|the (?:privacy )?manager|the answer|an answer)`;
const ANSWER = String.raw`(?:the|my|an|any|your|their|a|its) (?:answer|reply|response|result|outcome|status|decision|feedback)|${CASE}`;
const SEE = String.raw`(?:see|get|read|find|receive|know|have|hear|check|view|track|follow|look at|look up|learn)`;
const REPLY = String.raw`(?:answer|reply|respond|write|mail|e-?mail|call|contact|get back|come back|come|come|arrive|be answered|tell)`;

/** The whole message: only then is it surely said of the case and not of something new. */
const OF_CASE: readonly RegExp[] = [
  whole(
    String.raw`(?:what|which)(?:'s| is| was| were|s)? (?:my|the|that|this|its) ${NUMBER}`,
    String.raw`(?:(?:can|could|will|would) (?:you|u|i) )?(?:please )?(?:repeat|say|show|send|give|tell|resend|see|have|get)(?: me| us)? (?:my|the|that) ${NUMBER}`,
    String.raw`(?:i )?(?:forgot|lost|missed|need|did ?n[o']?t (?:see|get|note|save|write down)|cannot find|can'?t find|want) (?:my|the|that) ${NUMBER}`,
    String.raw`(?:my |the )?(?:reference|ref|case number|reference number)`,
  ),
  whole(
    String.raw`(?:did|have|has) ${STAFF} (?:really |already )?(?:send|sent|submit|submitted|pass(?:ed)?|file|filed|report|reported|record|recorded|get|got|receive|received|go|gone|save|saved) ?(?:${CASE})?(?: on| off| through| out)?`,
    String.raw`(?:is|was|has|did) ${CASE} (?:really |already )?(?:been |get |go |gone )?(?:sent|send|submitted|done|passed on|received|filed|reported|recorded|saved|through|registered|open|opened)`,
    String.raw`(?:is|was) (?:it|that|this) (?:all|it|everything)`,
  ),
  whole(
    String.raw`(?:how|where|when) (?:do|can|will|would|should|shall|could|to) ?(?:i|we)? ?${SEE}(?: (?:${ANSWER}))?(?: (?:answer|it|from))?`,
    String.raw`(?:how|when|where|will|do|does) (?:soon )?(?:will |do |does |can |would )?${STAFF} ${REPLY}(?: (?:${ANSWER}|to me))?`,
    String.raw`how (?:long|soon) (?:will|does|would|is|can)\b.{0,30}(?:take|be|answer|reply|wait)`,
    String.raw`what (?:happens|comes|do i do|should i do|now|next|will happen)(?: now| next| then)*`,
    String.raw`(?:and )?(?:now what|what now|what next|next)`,
  ),
];
const ACKNOWLEDGES =
  /^\W*(?:(?:ok(?:ay)?|k|alright|all right|fine|good|great|perfect|super|cool|nice|excellent|wonderful|lovely|got it|noted|understood|i see|sure|right|done|thanks?(?: you| u)?(?: so much| very much| a lot)?|ty|thx|thank god|that'?s (?:good|great|fine|all|it)|theek hai|thik hai|accha|acha|ji|sir|madam)(?:\W+|$))+$/i;
const ENDS =
  /^\W*(?:(?:no|nope|nothing(?: else)?|that'?s (?:all|it)|thanks?(?: you)?)(?:\W+|$))+$/i;

const MAIL = String.raw`(?:mails?|e-?mails?|links?|messages?|answers?|reply|replies|passwords?|anything|response)`;
const NOTHING_CAME = whole(
  String.raw`(?:i|we)(?:'ve| have)? ?(?:still )?(?:got|get|received?|have|see) (?:nothing|no ${MAIL})(?: so far| at all| in my (?:mail|inbox|mailbox))?`,
  String.raw`(?:still )?(?:nothing|no ${MAIL})(?: (?:has |have )?(?:came|come|coming|arrived|there|received))?(?: so far| at all| in my (?:mail|inbox|mailbox))?`,
  String.raw`(?:i|we)(?: still)? (?:did ?n[o']?t|did not|have ?n[o']?t|have not|haven't|didn't)(?: yet)? (?:get|got|receive|received|see|had) (?:it|(?:any |the |a |your |that )?${MAIL})(?: so far| at all| in my (?:mail|inbox|mailbox))?`,
  String.raw`(?:it|(?:the |your )?${MAIL})(?: still)? (?:did ?n[o']?t|did not|has ?n[o']?t|has not|hasn't|didn't|never|is not|isn't)(?: yet)? (?:come|came|arrive|arrived|coming|there)`,
  String.raw`where is (?:it|(?:the|my|your) ${MAIL})`,
);
const LONGEST = 100;

interface Said {
  readonly text: string;
  readonly understood: Understood;
  readonly state: DeskState;
}

/**
 * Deals with what is said of something that was just passed on to people: where it is, how the answer comes; false when
 * it is nothing of it.
 * @param offer what a yes or a no would answer.
 */
export async function hearOfPassedOn(
  context: TurnContext,
  desk: Desk,
  said: Said,
  offer: Offer | undefined,
): Promise<boolean> {
  const text = said.text.replaceAll('’', "'");
  if (text.length > LONGEST || isUrgent(text)) return false;
  return (
    (await hearOfCase(context, desk, { ...said, text }, offer)) ||
    (NOTHING_CAME.test(text) && (await hearOfPassword(context, desk)))
  );
}

async function hearOfCase(
  context: TurnContext,
  desk: Desk,
  { text, understood, state: { opened } }: Said,
  offer: Offer | undefined,
): Promise<boolean> {
  if (!opened) return false;
  const nothingCame = NOTHING_CAME.test(text);
  if (nothingCame || OF_CASE.some((pattern) => pattern.test(text))) {
    const due = dueInWords(new Date(opened.dueAt), desk.zone);
    const say = opened.byPin ? words.answeredHere : words.answeredByMail;
    const missing = nothingCame && !opened.byPin ? [words.missing] : [];
    const text = [say(opened.reference, due), ...missing].join(' ');
    await context.sendActivity(suggesting(text, [MENU.check, MENU.person]));
    return true;
  }
  if (offer) return false;
  const answer = sociable(text, understood);
  if (answer === undefined) return false;
  await context.sendActivity(suggesting(answer, Object.values(MENU)));
  return true;
}

function sociable(text: string, { intent }: Understood): string | undefined {
  if (ENDS.test(text) && intent !== 'thanks') return smallTalk.goodbye;
  if (!ACKNOWLEDGES.test(text)) return undefined;
  return /\bth(?:an)?[kx]/i.test(text) ? smallTalk.thanks : words.acknowledged;
}

/** How far back what the bot said of the password still counts as just said. */
const LATELY = 4;

/** The form leaves nothing behind but its last words, so that those tell whether something was promised. */
async function hearOfPassword(context: TurnContext, desk: Desk): Promise<boolean> {
  const said = (await desk.transcriptOf(context.activity.conversation.id))
    .filter(({ type, from }) => type === 'message' && from.role === 'bot')
    .slice(-LATELY)
    .map(({ text }) => text);
  const say = said.includes(password.sent)
    ? words.passwordLink
    : said.includes(password.person)
      ? words.passwordPerson
      : undefined;
  if (say === undefined) return false;
  await offerPerson(context, 'asked', say);
  return true;
}
