import { TurnContext } from 'botbuilder';
import { dueInWords } from '../../services/businessDays';
import { findPhone } from '../../services/entities';
import type { Understood } from '../../services/understanding/types';
import { isUrgent } from '../answers';
import { plainAside } from '../asides';
import type { Desk } from '../desk';
import { FormDialog, type Aside, type Between, type Question, type Step } from '../formDialog';
import { suggesting } from '../messages';
import { draftIdOf } from '../report/draft';
import { leaveToReport } from '../report/options';
import { MENU } from '../wording';
import { callBack as words } from '../wording/handoff';

export const CALL_BACK_DIALOG = 'callBack';

/** What a call-back begins with. */
export interface CallBackOptions {
  /** What the customer said; may hold the number. */
  readonly text: string;
  /** Name of an intent. */
  readonly topic: string;
}

interface Asking {
  readonly id: string;
  readonly topic: string;
  readonly phone?: string;
  readonly about?: string;
}

/** Takes down where, and about what, a customer wants to be called. */
export class CallBackDialog extends FormDialog<Asking, CallBackOptions> {
  constructor(desk: Desk) {
    super(CALL_BACK_DIALOG, desk);
  }

  protected async begin(context: TurnContext, { text, topic }: CallBackOptions): Promise<Asking> {
    const { conversation, id = '' } = context.activity;
    const phone = findPhone(text);
    return { id: draftIdOf(conversation.id, id), topic, ...(phone ? { phone } : {}) };
  }

  protected question({ phone }: Asking): Question {
    return phone === undefined
      ? { text: words.phone, choices: [] }
      : { text: words.about, choices: [words.skip] };
  }

  protected takesAnyWords({ phone }: Asking): boolean {
    return phone !== undefined;
  }

  protected async take(
    context: TurnContext,
    state: Asking,
    text: string,
    understood: Understood,
  ): Promise<Step<Asking>> {
    const reports = isUrgent(text) || understood.intent === 'report_security';
    if (state.phone === undefined) {
      const phone = findPhone(text);
      if (phone) return { outcome: 'taken', state: { ...state, phone } };
      return reports
        ? leaveToReport(context, this.desk.clock, text)
        : { outcome: 'unclear', say: words.phoneUnclear };
    }
    const skips = text.toLowerCase() === words.skip.toLowerCase() || understood.intent === 'no';
    const told = skips ? state : { ...state, about: text };
    if (!reports) return { outcome: 'complete', state: told };
    // They are called, and need not wait for that to be heard.
    await context.sendActivity(await this.asked(context, told));
    return leaveToReport(context, this.desk.clock, text);
  }

  protected async settled(_context: TurnContext, state: Asking): Promise<Asking> {
    return state;
  }

  protected async finish(context: TurnContext, state: Asking): Promise<undefined> {
    const said = await this.asked(context, state);
    await context.sendActivity(suggesting(said, Object.values(MENU)));
    return undefined;
  }

  /** Has somebody call them, and says so. */
  private async asked(
    { activity }: TurnContext,
    { id, topic, phone = '', about }: Asking,
  ): Promise<string> {
    const { handoffs, zone } = this.desk;
    const asked = await handoffs.askCallBack({
      ...{ id, topic, phone, reason: 'asked' },
      ...{ conversationId: activity.conversation.id, channelId: activity.channelId },
      conversationReference: TurnContext.getConversationReference(activity),
      ...(about ? { words: about } : {}),
    });
    if (asked === 'tooMany') return words.tooMany;
    const { open, opensAt } = handoffs.hours();
    return words.done(open ? undefined : dueInWords(opensAt, zone));
  }

  protected async cancel(context: TurnContext): Promise<void> {
    await context.sendActivity(suggesting(words.cancelled, Object.values(MENU)));
  }

  protected async aside(
    context: TurnContext,
    state: Asking,
    between: Between,
  ): Promise<Aside<Asking>> {
    return plainAside(context, this.desk, state, between, words.help);
  }
}
