import type { TurnContext } from 'botbuilder';
import type { DialogContext } from 'botbuilder-dialogs';
import type { Handoff } from '../../services/handoffs';
import type { Understood } from '../../services/understanding/types';
import type { Desk } from '../desk';
import { stateOf } from '../deskState';
import { suggesting } from '../messages';
import { REPORT_DIALOG, type ReportOptions } from '../report/options';
import { MENU, NO, YES } from '../wording';
import { PERSON_MENU, person as words } from '../wording/handoff';
import { saidAt } from '../words';
import { askForPerson, tellPosition } from './asking';
import { CALL_BACK_DIALOG, type CallBackOptions } from './callBackDialog';

const POSITION =
  /\b(?:where|what|which)\b.{0,25}\b(?:queue|line|position|number|place)\b|\bhow (?:long|many)\b.{0,30}\b(?:wait|queue|line|ahead|before me|until|till|take)\b/i;
const LEAVES =
  /\b(?:leave|quit|exit|out of|forget|remove me|take me (?:off|out))\b.{0,15}\b(?:queue|line|person|agent)\b|^\W*(?:i )?(?:don'?t|do not|no longer) (?:need|want) (?:a |the )?(?:person|agent|human|anyone)\b|^\W*(?:i )?(?:won'?t|can'?t|cannot) wait\b/i;
const CALL_BACK =
  /\b(?:call|ring|phone) me\b|\bcall[- ]?back\b|\bcan (?:some(?:one|body)|you) (?:call|ring|phone)\b/i;
const OPEN_CASE = /^\W*(?:please )?open (?:a|the) case\W*$/i;

/** What somebody who waits, or was told about people, may say of it. */
type OfPeople = keyof typeof PERSON_MENU;

function saysOfPeople(text: string, { intent }: Understood): OfPeople | undefined {
  const said = text.replaceAll('’', "'");
  if (said.length > LONGEST) return undefined;
  if (OPEN_CASE.test(said)) return 'openCase';
  if (LEAVES.test(said)) return 'leave';
  if (/^where am i in the queue/i.test(said) || POSITION.test(said)) return 'position';
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
  if (offered && understood.intent === 'yes') await askForPerson(context, desk, offered);
  else if (offered && (understood.intent === 'no' || understood.intent === 'cancel'))
    await context.sendActivity(suggesting(words.notAsked, Object.values(MENU)));
  else return ofPeople[saysOfPeople(text, understood) ?? 'none'](context, desk, dc, text);
  return true;
}

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
    if (!/\b(?:queue|in line)\b/i.test(text)) return false;
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

/** Offers a person, to be had by saying yes. */
export async function offerPerson(context: TurnContext, reason: Handoff['reason']): Promise<void> {
  stateOf(context).personOffered = reason;
  await context.sendActivity(suggesting(OFFERS[reason], [YES, NO]));
}

const OFFERS: Readonly<Record<Handoff['reason'], string>> = {
  asked: words.notWaiting,
  misunderstood: words.offerAgain,
  anger: words.offerAngry,
  beyond: words.offerBeyond,
};
