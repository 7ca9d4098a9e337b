import { TurnContext } from 'botbuilder';
import { findEmail } from '../../services/entities';
import { triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { showPassage } from '../answers';
import { askerOf, personOf, userNameIn } from '../asker';
import { plainAside } from '../asides';
import type { Desk } from '../desk';
import { FormDialog, type Aside, type Between, type Question, type Step } from '../formDialog';
import { suggesting } from '../messages';
import { draftIdOf } from '../report/draft';
import { leaveToReport } from '../report/options';
import { MENU } from '../wording';
import { password as words, verify } from '../wording/record';

export const PASSWORD_DIALOG = 'password';

export interface PasswordOptions {
  readonly text: string;
}

interface Forgotten {
  readonly claimed?: string;
}

/** Helps somebody who forgot their password, and says the same whether or not there is a record. */
export class PasswordDialog extends FormDialog<Forgotten, PasswordOptions> {
  constructor(desk: Desk) {
    super(PASSWORD_DIALOG, desk);
  }

  protected async begin(context: TurnContext, { text }: PasswordOptions): Promise<Forgotten> {
    await showPassage(context, this.desk, 'password.forgot', words.lead);
    const claimed = findEmail(text);
    return claimed ? { claimed } : {};
  }

  protected override isComplete({ claimed }: Forgotten): boolean {
    return claimed !== undefined;
  }

  protected question(): Question {
    return { text: words.who, choices: [] };
  }

  protected takesAnyWords(): boolean {
    return false;
  }

  protected async take(
    context: TurnContext,
    _state: Forgotten,
    text: string,
    understood: Understood,
  ): Promise<Step<Forgotten>> {
    if (understood.intent === 'report_security' || triage(text).urgency !== 'normal')
      return leaveToReport(context, this.desk.clock, text);
    const claimed = findEmail(text) ?? userNameIn(text);
    if (claimed) return { outcome: 'complete', state: { claimed } };
    return { outcome: 'unclear', say: verify.whoUnclear };
  }

  protected async settled(_context: TurnContext, state: Forgotten): Promise<Forgotten> {
    return state;
  }

  protected async finish(context: TurnContext, { claimed = '' }: Forgotten): Promise<undefined> {
    const { passwordLinks, updates } = this.desk;
    const asker = await askerOf(context, this.desk);
    const { conversation, id: activityId = '' } = context.activity;
    const asked = passwordLinks.available
      ? await passwordLinks.send(asker, claimed)
      : await updates.askPassword(asker, {
          id: draftIdOf(conversation.id, activityId),
          claimed,
          conversationReference: TurnContext.getConversationReference(context.activity),
        });
    const said =
      asked.outcome === 'throttled'
        ? verify.throttled[asked.by](personOf(this.desk))
        : passwordLinks.available
          ? words.sent
          : words.person;
    await context.sendActivity(suggesting(said, Object.values(MENU)));
    return undefined;
  }

  protected async cancel(context: TurnContext): Promise<void> {
    await context.sendActivity(suggesting(words.cancelled, Object.values(MENU)));
  }

  protected async aside(
    context: TurnContext,
    state: Forgotten,
    between: Between,
  ): Promise<Aside<Forgotten>> {
    return plainAside(context, this.desk, state, between, words.help);
  }
}
