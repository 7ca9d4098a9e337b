import { TurnContext } from 'botbuilder';
import { dueInWords } from '../../services/businessDays';
import { handledBy } from '../../services/caseMails';
import type { DraftContent } from '../../services/reportDrafts';
import { triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { answerQuestion, barredFromReporters } from '../answers';
import type { Desk } from '../desk';
import { stateOf } from '../deskState';
import { FormDialog, type Aside, type Between, type Question, type Step } from '../formDialog';
import { kindWords, otherWays, report as words, REPORT_KINDS } from '../wording';
import { draftIdOf, nextSlot, tellsWhatHappened, withStory, type Draft } from './draft';
import { takeSlot } from './slots';
import { summaryCard } from './summary';

export const REPORT_DIALOG = 'report';

/** What a report begins with. */
export interface ReportOptions {
  /** What the customer said; may be only that they want to report. */
  readonly text: string;
  /** ISO instant at which they said it. */
  readonly at: string;
  /** A question for the privacy manager asks for less than a report. */
  readonly question: boolean;
}

/** Takes a report, or a question for the privacy manager, and opens the case. */
export class ReportDialog extends FormDialog<Draft, ReportOptions> {
  constructor(desk: Desk) {
    super(REPORT_DIALOG, desk);
  }

  protected async begin(context: TurnContext, options: ReportOptions): Promise<Draft> {
    const { text, at, question } = options;
    const { activity } = context;
    if (!question) stateOf(context).reported = true;
    const empty: Draft = {
      id: draftIdOf(activity.conversation.id, activity.id ?? at),
      receivedAt: at,
      asking: 'whatHappened',
      kind: question ? 'question' : 'breach',
      urgency: 'normal',
      report: { whatHappened: '' },
      detailsAsked: false,
      guided: false,
    };
    const told = question ? text !== '' : tellsWhatHappened(text);
    const draft = told ? withStory(empty, text, new Date(at), this.desk.zone) : empty;
    const guided = question ? draft : await this.guide(context, draft, text);
    await context.sendActivity(question ? words.beginQuestion : words.begin);
    return guided;
  }

  protected question(draft: Draft): Question {
    const ask = (text: string, choices: readonly string[] = []): Question => ({ text, choices });
    switch (draft.asking) {
      case 'whatHappened':
        return ask(draft.kind === 'question' ? words.whatToPass : words.whatHappened);
      case 'noticed':
        return ask(words.noticed, words.noticedChoices);
      case 'email':
        return ask(words.email, [words.emailLeftOut]);
      case 'emailPrivate':
        return ask(words.emailPrivate(draft.emailRead ?? ''), words.emailPrivateChoices);
      case 'aboutStaff':
        return ask(words.aboutStaff, words.aboutStaffChoices);
      case 'details':
        return ask(words.details, [words.detailsSkip]);
      case 'confirm':
        return ask(words.confirm(handledBy(draft.aboutStaff ?? 'no')), words.confirmChoices);
      case 'change':
        return ask(words.change, words.changeChoices);
      case 'kind':
        return ask(words.kind, REPORT_KINDS.map(kindWords));
    }
  }

  protected takesAnyWords({ asking }: Draft): boolean {
    return asking === 'whatHappened';
  }

  protected async take(
    context: TurnContext,
    draft: Draft,
    text: string,
    understood: Understood,
  ): Promise<Step<Draft>> {
    const now = this.desk.clock.now();
    const step = takeSlot(draft, { text, understood, now, zone: this.desk.zone });
    if (step.outcome !== 'taken' || draft.kind === 'question') return step;
    return { ...step, state: await this.guide(context, step.state, text) };
  }

  protected async settled(context: TurnContext, draft: Draft): Promise<Draft> {
    const next = { ...draft, asking: nextSlot(draft) };
    await this.keep(context, next);
    return next;
  }

  protected override async show(context: TurnContext, draft: Draft): Promise<void> {
    if (draft.asking === 'confirm') await context.sendActivity(summaryCard(draft));
  }

  protected async finish(context: TurnContext, draft: Draft): Promise<void> {
    const opened = await this.desk.reportDrafts.confirm(
      draft.id,
      context.activity.conversation.id,
      new Date(draft.receivedAt),
      this.contentOf(context, draft),
    );
    const { reference, dueAt, pin } = opened;
    const due = dueInWords(dueAt, this.desk.zone);
    const next = pin ? words.nextByPin(pin) : words.nextByMail(draft.report.email ?? '');
    const text = `${words.opened(handledBy(draft.aboutStaff ?? 'no'), reference, due)}\n\n${next}`;
    const sent = await context.sendActivity(text);
    if (pin && sent)
      stateOf(context).pinShown = { activityId: sent.id, text: text.replace(pin, '••••••') };
  }

  protected async cancel(context: TurnContext, draft: Draft): Promise<void> {
    const { passedOnAs } = await this.desk.reportDrafts.cancel(draft.id);
    await context.sendActivity(passedOnAs ? words.passedOnAlready(passedOnAs) : words.cancelled);
  }

  protected async aside(
    context: TurnContext,
    draft: Draft,
    between: Between,
  ): Promise<Aside<Draft> | undefined> {
    const { privacyMailbox, phone } = this.desk;
    switch (between.kind) {
      case 'help':
        await context.sendActivity(words.help);
        break;
      case 'person':
        await context.sendActivity(otherWays.personAside(privacyMailbox, phone));
        break;
      case 'question':
        return this.answered(context, draft, between);
    }
    await context.sendActivity(words.back);
    return { state: draft, askAgain: true };
  }

  private async answered(
    context: TurnContext,
    draft: Draft,
    between: Between,
  ): Promise<Aside<Draft>> {
    if (barredFromReporters(between.understood)) return this.noted(context, draft, between.text);
    const given = await answerQuestion(context, this.desk, between.understood);
    if (given === 'choice') return { state: draft, askAgain: false };
    await context.sendActivity(words.back);
    return { state: draft, askAgain: true };
  }

  /** Who bears a loss is for a person to say: the question goes into the report. */
  private async noted(context: TurnContext, draft: Draft, text: string): Promise<Aside<Draft>> {
    await context.sendActivity(words.liability);
    const { report } = draft;
    const whatHappened = report.whatHappened === '' ? '' : `${report.whatHappened}\n${text}`;
    const state = { ...draft, report: { ...report, whatHappened } };
    await this.keep(context, state);
    return { state, askAgain: true };
  }

  /** Somebody who is being harmed this minute gets the safety steps before any question, once. */
  private async guide(context: TurnContext, draft: Draft, text: string): Promise<Draft> {
    const { danger, urgency } = triage(text);
    if (!danger || draft.guided) return draft;
    await context.sendActivity(words.guidance(this.desk.guidance[danger]));
    return { ...draft, guided: true, urgency };
  }

  private async keep(context: TurnContext, draft: Draft): Promise<void> {
    const { conversation } = context.activity;
    const receivedAt = new Date(draft.receivedAt);
    const content = this.contentOf(context, draft);
    await this.desk.reportDrafts.save(draft.id, conversation.id, receivedAt, content);
  }

  private contentOf(context: TurnContext, draft: Draft): DraftContent {
    const { kind, urgency, aboutStaff, report, emailRead } = draft;
    return {
      kind,
      urgency,
      ...(aboutStaff ? { aboutStaff } : {}),
      report: emailRead ? { ...report, email: emailRead } : report,
      reference: TurnContext.getConversationReference(context.activity),
    };
  }
}
