import type { TurnContext } from 'botbuilder';
import { DateTime } from 'luxon';
import { findCode } from '../../services/entities';
import type { Consent } from '../../services/consents';
import type { Standing } from '../../services/handoffs';
import { isQuestion } from '../answers';
import { askerOf } from '../asker';
import type { Desk } from '../desk';
import { clearOffers, stateOf } from '../deskState';
import { suggesting } from '../messages';
import { CONSENT, codeInChat, consent as words } from '../wording/handoff';
import { wordsOf } from '../words';
import { consentGiven, consentIn, takesBack } from './consent';

/**
 * A message while a person holds the conversation: theirs to answer. The bot takes nothing but what only it may: a code,
 * which no person is to see, and a consent, which no person is to give for somebody else.
 */
export async function hearWhileHeld(
  context: TurnContext,
  desk: Desk,
  { id, holder }: HeldStanding,
): Promise<void> {
  const text = wordsOf(context.activity);
  if (text === '') return;
  // What was offered before they talked to a person is no offer any more.
  clearOffers(stateOf(context));
  stateOf(context).withPerson = true;
  if (await takeBackConsent(context, desk)) return;
  if (wantsTheBot(text)) {
    // Not within this turn, which the words that follow would wait for.
    desk.later(() => desk.handoffs.giveBack(id, { ...holder, email: 'customer' }));
    return;
  }
  const pending = await desk.consents.pending(context.activity.conversation.id);
  if (pending && (consentIn(text) || findCode(text) === undefined))
    await takeConsent(context, desk, pending, text);
  else await takeCode(context, desk, text);
}

type HeldStanding = Extract<Standing, { state: 'held' }>;

const WANTS_THE_BOT =
  /^\W*(?:no,\W*)?(?:(?:please|pls|ok|okay|can|could|may|i|want|would|like|let|me|to|go|talk|speak|get|give|back|have)\W+)*(?:the |with the |to the )?(?:bot|robot|virtual assistant)(?:\W+(?:back|again|please|now|instead))*[\s.!]*$|^\W*(?:end|stop|leave|quit) (?:the |this )?(?:talk|conversation with (?:the|this) (?:agent|person)|agent)\W*$/i;

/** Whether somebody who talks to a person wants to go on with the bot. */
export const wantsTheBot = (text: string): boolean => WANTS_THE_BOT.test(text);

/** A consent can be taken back at any time, whoever holds the conversation; false when nothing of the kind was said. */
export async function takeBackConsent(context: TurnContext, desk: Desk): Promise<boolean> {
  const { id } = context.activity.conversation;
  const text = wordsOf(context.activity);
  // Only then is the store asked.
  if (!takesBack(text)) return false;
  const active = await desk.consents.active(id);
  if (!active) {
    if (text.toLowerCase() !== CONSENT.stop.toLowerCase()) return false;
    await context.sendActivity(words.none);
    return true;
  }
  await desk.consents.revoke(id);
  await context.sendActivity(words.revoked(active.askedBy.name));
  return true;
}

async function takeConsent(
  context: TurnContext,
  desk: Desk,
  asked: Consent,
  text: string,
): Promise<void> {
  const answer = consentIn(text);
  if (!answer) {
    // What else they say is for the person, who reads it.
    if (text.length <= SHORT && !isQuestion(text))
      await context.sendActivity(suggesting(words.unclear, BUTTONS));
    return;
  }
  const agent = asked.askedBy.name;
  if (!(await desk.consents.answer(asked.id, answer))) {
    await context.sendActivity(words.over);
    return;
  }
  if (answer === 'refused') {
    await context.sendActivity(words.refused(agent));
    return;
  }
  const until = DateTime.fromJSDate(desk.clock.now(), { zone: desk.zone })
    .plus({ minutes: asked.minutes })
    .setLocale('en-IN')
    .toFormat('h:mm a');
  await context.sendActivity(consentGiven(agent, until));
}
const BUTTONS = [CONSENT.yes, CONSENT.no];
/** A longer message is a question or a story, and no answer that was mistyped. */
const SHORT = 20;

/** A code that the person asked for: looked at here, and said to both. */
async function takeCode(context: TurnContext, desk: Desk, text: string): Promise<void> {
  const code = findCode(text);
  if (code === undefined) return;
  const asker = await askerOf(context, desk);
  const looked = await desk.verifications.check(asker, code);
  switch (looked.outcome) {
    case 'verified':
      stateOf(context).proved = true;
      desk.news.tell({ kind: 'conversation', conversationId: asker.conversationId });
      await context.sendActivity(codeInChat.right);
      break;
    case 'wrong':
      await context.sendActivity(codeInChat.wrong(looked.attemptsLeft));
      break;
    case 'spent':
    case 'expired':
    case 'throttled':
      await context.sendActivity(codeInChat.over);
      break;
    case 'none':
      // No code was asked for: whatever it is, the person reads it.
      break;
  }
}
