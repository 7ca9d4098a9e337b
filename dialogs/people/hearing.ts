import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import type { Handoff } from '../../services/handoffs';
import type { Understood } from '../../services/understanding/types';
import { isUrgent } from '../answers';
import type { Desk } from '../desk';
import { stateOf } from '../deskState';
import { suggesting } from '../messages';
import { REPORT_DIALOG, type ReportOptions } from '../report/options';
import { MENU, NO, YES } from '../wording';
import { PERSON_MENU, person as words } from '../wording/handoff';
import { saidAt } from '../words';
import { askForPerson, tellPosition } from './asking';
import { wantsTheBot } from './held';
import { CALL_BACK_DIALOG, type CallBackOptions } from './callBackDialog';

const POLITE = String.raw`(?:(?:hi|hello|no[,.!]|ok|okay|please|pls|sorry|actually|and|then|now)\W*\s)*`;
const TAIL = String.raw`(?:\W+(?:please|now|thanks|thank you|then))*\W*$`;
const POSITION =
  /\b(?:where|what|which)\b.{0,25}\b(?:queue|line|position|number|place)\b|\bhow (?:long|many)\b.{0,30}\b(?:wait|queue|line|ahead|before me|until|till|take)\b/i;
/** The whole message: many a sentence speaks of leaving, waiting or persons. */
const LEAVES = new RegExp(
  String.raw`^\W*${POLITE}(?:(?:i(?:'d like| want| would like)? to |let me |can i |may i )?(?:leave|quit|exit|get out of|take me (?:out of|off)|remove me from) (?:the |this )?(?:queue|line|waiting list)|(?:i )?(?:don'?t|do not|no longer) (?:need|want)(?: to talk to)? (?:a |an |the |any )?(?:person|agent|human|anyone|anybody)(?: any ?more)?|(?:i )?(?:won'?t|can'?t|cannot) wait (?:any longer|any ?more|that long|so long))${TAIL}`,
  'i',
);
/** Whoever says so, the whole message through, is told again where they stand. */
const WAITS = new RegExp(
  String.raw`^\W*(?:(?:ok|okay|fine|all ?right|sure|yes|no problem|thanks|thank you|then|please)\W+)*(?:(?:i|we)(?:'ll|'m|'re| will| am| are| can| shall)?|still|just)(?: (?:just|still|happy to|here))* (?:wait|waiting|hold|holding)(?: here| on)?(?: for (?:him|her|them|it|my turn|some(?:one|body)|(?:a |an |the |my |another )?(?:next |first |free |other )?(?:person|agent|human|colleague|one)))?${TAIL}`,
  'i',
);
/** Whoever waits and says so asks where the person is that they wait for; from anybody else it means something else. */
const NUDGES = new RegExp(
  String.raw`^\W*(?:(?:hi|hello|hey|ok|okay|sorry|please|excuse me|sir|madam|so|and|but|um+)\W+)*(?:(?:hi|hello|hey)(?= *\?|\W+(?:hi|hello|hey)\b)|(?:are |r )?(?:you|u)(?: (?:guys|people|still|even|all))* (?:there|here|around|with me)|(?:is |are )?(?:there )?(?:any|some) ?(?:one|body)(?: (?:there|here|around|at the desk|coming|free|available|home))?|how (?:much )?(?:long|longer|soon)(?: (?:more|now|again|still))*(?: (?:will|would|does|do|is|shall|must|should) (?:it|this|that|i|we|they|he|she|somebody|someone)(?: (?:still|usually|normally|have to))*(?: (?:be|take|last|need|go on|wait|going to (?:be|take)))?)?|when (?:will|does|is|do) (?:some(?:one|body)|they|he|she|(?:the|a|an|your|my) (?:person|agent|human|colleague)|it be my turn|my turn)(?: (?:come|coming|answer|reply|be here|join|talk|write|respond|free|here|available))*|(?:where|why) (?:is|are) (?:they|he|she|(?:the|my|your) (?:person|agent|human|colleague)|every(?:one|body))|what(?:'s| is) taking so long|(?:it(?:'s| is) )?(?:taking|been) (?:so |too |very )?long|(?:any )?(?:news|update)|still (?:nobody|no ?one|nothing|there))(?:\W+(?:please|now|then|there|yet|or not|hi|hey|hello|for (?:me|a person|the person|an agent|someone|somebody)|to (?:me|come|wait)))*\W*$`,
  'i',
);
const CALL_BACK = new RegExp(
  String.raw`^\W*${POLITE}(?:(?:can|could|would|will) (?:you|some(?:one|body)) )?(?:please )?(?:(?:i(?:'d like| want| would like) (?:you|some(?:one|body)) to |ask (?:them|some(?:one|body)) to )?(?:call|ring|phone) me(?: back)?|(?:i (?:want|need)|i(?:'d| would) like|request)? ?(?:a )?call[- ]?back|i(?:'d like| want| would like) to be called(?: back)?|give me a call(?: back)?|some(?:one|body) call me(?: back)?)(?:\W+(?:on|at|tomorrow|today|later|when|about|again|soon)\b.{0,60})?${TAIL}`,
  'i',
);
const OPEN_CASE = /^\W*(?:please )?open (?:a|the) case\W*$/i;

/** What somebody who waits, or was told about people, may say of it. */
type OfPeople = keyof typeof PERSON_MENU;

function saysOfPeople(text: string, { intent }: Understood): OfPeople | undefined {
  const said = text.replaceAll('’', "'");
  if (said.length > LONGEST) return undefined;
  if (OPEN_CASE.test(said)) return 'openCase';
  if (LEAVES.test(said)) return 'leave';
  if ([/^where am i in the queue/i, POSITION, WAITS, NUDGES].some((pattern) => pattern.test(said)))
    return 'position';
  return CALL_BACK.test(said) && intent !== 'faq' ? 'callBack' : undefined;
}
const LONGEST = 100;

interface Said {
  readonly text: string;
  readonly understood: Understood;
  readonly dc: DialogContext;
}

/** Deals with what is said of people rather than to the desk: an offer taken up, the queue, a call-back; false when it is nothing of it. */
export async function hearOfPeople(context: TurnContext, desk: Desk, said: Said): Promise<boolean> {
  const { text, understood, dc } = said;
  const state = stateOf(context);
  const offered = state.personOffered;
  delete state.personOffered;
  if (isUrgent(text)) return false;
  if (offered && understood.intent === 'yes') await askForPerson(context, desk, offered);
  else if (offered && (understood.intent === 'no' || understood.intent === 'cancel'))
    await context.sendActivity(suggesting(words.notAsked, Object.values(MENU)));
  else if (wantsTheBot(text)) {
    await desk.handoffs.leave(context.activity.conversation.id);
    await context.sendActivity(suggesting(words.here, Object.values(MENU)));
  } else if (understood.intent === 'cancel' && !offered)
    return ofPeople.leave(context, desk, dc, text);
  else return ofPeople[saysOfPeople(text, understood) ?? 'none'](context, desk, dc, text);
  return true;
}

/** What somebody who waits says of the queue in the middle of a form; false when it is nothing of it. */
export async function hearOfQueue(
  context: TurnContext,
  desk: Desk,
  { text, understood, dc }: Said,
): Promise<boolean> {
  const said = isUrgent(text) ? undefined : saysOfPeople(text, understood);
  if ((said !== 'position' && said !== 'leave') || !OF_QUEUE.test(text)) return false;
  const standing = await desk.handoffs.standing(context.activity.conversation.id);
  return standing?.state === 'waiting' && ofPeople[said](context, desk, dc, text);
}

const OF_QUEUE = /\b(?:queue|in line)\b/i;

const ofPeople: Readonly<
  Record<
    OfPeople | 'none',
    (context: TurnContext, desk: Desk, dc: DialogContext, text: string) => Promise<boolean>
  >
> = {
  none: async () => false,
  position: async (context, desk, _dc, text) => {
    if (await tellPosition(context, desk)) return true;
    // Not every question of how long something takes is about a queue.
    if (!OF_QUEUE.test(text)) return false;
    await offerPerson(context, 'asked');
    return true;
  },
  leave: async (context, desk) => {
    if (!(await desk.handoffs.leave(context.activity.conversation.id))) return false;
    await context.sendActivity(suggesting(words.left, Object.values(MENU)));
    return true;
  },
  openCase: async (context, desk, dc) => {
    const options: ReportOptions = { text: '', at: saidAt(context, desk.clock), question: true };
    await dc.beginDialog(REPORT_DIALOG, options);
    return true;
  },
  callBack: async (context, _desk, dc, text) => {
    const { topic = 'talk_to_agent' } = stateOf(context);
    await dc.beginDialog(CALL_BACK_DIALOG, { text, topic } satisfies CallBackOptions);
    return true;
  },
};

/**
 * Offers a person, to be had by saying yes.
 * @param say words for it, where the reason alone does not give them.
 */
export async function offerPerson(
  context: TurnContext,
  reason: Handoff['reason'],
  say = OFFERS[reason],
): Promise<void> {
  stateOf(context).personOffered = reason;
  await context.sendActivity(suggesting(say, [YES, NO]));
}

const OFFERS: Readonly<Record<Handoff['reason'], string>> = {
  asked: words.notWaiting,
  misunderstood: words.offerAgain,
  anger: words.offerAngry,
  beyond: words.offerBeyond,
};
