import type { TurnContext } from 'botbuilder';
import { answerQuestion } from './answers';
import type { Desk } from './desk';
import type { Aside, Between } from './formDialog';
import { askForPersonAside } from './people/asking';
import { report } from './wording';

/**
 * Deals with what comes in between where a form has nothing of its own to do with it: a question is answered, a person
 * is named, anything else gets the form's help; then the form goes on.
 */
export async function plainAside<State>(
  context: TurnContext,
  desk: Desk,
  state: State,
  { kind, understood }: Between,
  help: string,
): Promise<Aside<State>> {
  if (kind === 'person') await askForPersonAside(context, desk);
  else if (kind !== 'question') await context.sendActivity(help);
  else if ((await answerQuestion(context, desk, understood)) === 'choice')
    return { state, askAgain: false };
  await context.sendActivity(report.back);
  return { state, askAgain: true };
}
