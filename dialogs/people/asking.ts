import { EventFactory, type TurnContext } from 'botbuilder';
import { derivedId } from '../../services/derivedId';
import { dueInWords } from '../../services/businessDays';
import type { Handoff } from '../../services/handoffs';
import type { Desk } from '../desk';
import { stateOf, understoodOf } from '../deskState';
import { suggesting } from '../messages';
import { NO } from '../wording';
import { PERSON_MENU, person as words } from '../wording/handoff';
import { saidAt } from '../words';

const WAITING_ACTIONS = [PERSON_MENU.position, PERSON_MENU.leave];
const ALONE_ACTIONS = [PERSON_MENU.openCase, PERSON_MENU.callBack, PERSON_MENU.leave];
const CLOSED_ACTIONS = [PERSON_MENU.openCase, PERSON_MENU.callBack, NO];

/** Asks for a person, or says when there is one; ends the turn's answer. */
export async function askForPerson(
  context: TurnContext,
  desk: Desk,
  reason: Handoff['reason'] = 'asked',
): Promise<void> {
  const { standing, hours } = await asked(context, desk, reason);
  if (!standing || !desk.staffed()) offerCase(context, desk);
  if (!standing) {
    const opens = dueInWords(hours.opensAt, desk.zone);
    await context.sendActivity(suggesting(words.closed(opens), CLOSED_ACTIONS));
  } else if (standing.state === 'waiting') {
    await context.sendActivity(
      desk.staffed()
        ? suggesting(words.waiting(standing.ahead), WAITING_ACTIONS)
        : suggesting(words.waitingAlone(standing.ahead, closesIn(desk), desk.phone), ALONE_ACTIONS),
    );
  }
}

/** A mere yes opens a case, where nobody can come at once. */
function offerCase(context: TurnContext, desk: Desk): void {
  stateOf(context).offer = { as: 'question', text: '', at: saidAt(context, desk.clock) };
}

/** As `askForPerson`, in the middle of a form that goes on. */
export async function askForPersonAside(context: TurnContext, desk: Desk): Promise<void> {
  const { standing, hours } = await asked(context, desk, 'asked');
  if (!standing)
    await context.sendActivity(words.closedAside(dueInWords(hours.opensAt, desk.zone)));
  else if (standing.state === 'waiting')
    await context.sendActivity(
      desk.staffed()
        ? words.waiting(standing.ahead)
        : words.waitingAlone(standing.ahead, closesIn(desk), desk.phone),
    );
}

/** Bot Framework: `handoff.initiate` carries the context and the transcript to the hub, and never reaches the customer. */
async function asked(context: TurnContext, desk: Desk, reason: Handoff['reason']) {
  const { id: conversationId } = context.activity.conversation;
  const hours = desk.handoffs.hours();
  const before = await desk.handoffs.standing(conversationId);
  if (before || !hours.open) return { standing: before, hours };
  const proof = await desk.verifications.proof(conversationId);
  const value = {
    id: derivedId(`${conversationId}|${context.activity.id ?? ''}/handoff`),
    reason,
    topic: topicOf(context),
    verified: proof !== undefined,
  };
  const transcript = { activities: await desk.transcriptOf(conversationId) };
  await context.sendActivity(EventFactory.createHandoffInitiation(context, value, transcript));
  return { standing: await desk.handoffs.standing(conversationId), hours };
}

/** What the customer last asked that was not the person. */
function topicOf(context: TurnContext): string {
  const { intent } = understoodOf(context);
  return intent === 'talk_to_agent' ? (stateOf(context).topic ?? intent) : intent;
}

const closesIn = (desk: Desk): string | undefined => {
  const { closesAt } = desk.handoffs.hours();
  // They close today: the hour is enough.
  return closesAt && dueInWords(closesAt, desk.zone).split(', ').at(-1);
};

/** Says where they stand; false when they do not wait. */
export async function tellPosition(context: TurnContext, desk: Desk): Promise<boolean> {
  const standing = await desk.handoffs.standing(context.activity.conversation.id);
  if (standing?.state !== 'waiting') return false;
  await context.sendActivity(
    desk.staffed()
      ? suggesting(words.standing(standing.ahead), WAITING_ACTIONS)
      : suggesting(words.standingAlone(standing.ahead, closesIn(desk), desk.phone), ALONE_ACTIONS),
  );
  return true;
}
