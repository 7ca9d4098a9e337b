import type { TurnContext } from 'botbuilder';
import { isBeyondTheDesk } from '../services/personNeeded';
import type { Understood } from '../services/understanding/types';
import type { Desk } from './desk';
import type { DeskState, Offer } from './deskState';
import { mayBeReport } from './meant';
import { suggesting } from './messages';
import { offerPerson } from './people/hearing';
import { MENU, NO, policyWords, report, YES } from './wording';
import { saidAt } from './words';

const MISUNDERSTOOD_BEFORE_A_PERSON = 2;

interface Said {
  readonly text: string;
  readonly understood: Understood;
  readonly state: DeskState;
}

/**
 * Says that there is no answer, and offers what there is instead: a report, a case, a person.
 * @param before how many messages in a row were not understood.
 */
export async function tellUnanswered(
  context: TurnContext,
  desk: Desk,
  said: Said,
  before: number,
): Promise<void> {
  const { text, understood, state } = said;
  if (understood.otherLanguage) await tellLanguage(context, state);
  else if (mayBeReport(text, understood))
    await offerCase(context, desk, said, report.offer, 'report');
  else if (understood.openQuestion) await offerCase(context, desk, said, policyWords.open);
  else if (isBeyondTheDesk(text)) await offerPerson(context, 'beyond');
  else {
    state.misunderstood = before + 1;
    if (state.misunderstood >= MISUNDERSTOOD_BEFORE_A_PERSON)
      await offerPerson(context, 'misunderstood');
    else await context.sendActivity(suggesting(policyWords.unknown, Object.values(MENU)));
  }
}

/** Tells which language the desk speaks, with a person to be had by saying yes. */
async function tellLanguage(context: TurnContext, state: DeskState): Promise<void> {
  state.personOffered = 'misunderstood';
  await context.sendActivity(suggesting(policyWords.language, [YES, NO]));
}

/** Offers to pass on what was said as a case. */
export async function offerCase(
  context: TurnContext,
  desk: Desk,
  { text, state }: Pick<Said, 'text' | 'state'>,
  say: string,
  as: Offer['as'] = 'question',
  others: readonly string[] = [],
): Promise<void> {
  state.offer = { as, text, at: saidAt(context, desk.clock) };
  await context.sendActivity(suggesting(say, [YES, NO, ...others]));
}
