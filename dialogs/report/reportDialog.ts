import { TurnContext } from 'botbuilder';
import { dueInWords } from '../../services/businessDays';
import { handledBy, KIND_WORDS } from '../../services/caseWords';
import type { DraftContent } from '../../services/reportDrafts';
import { asksToHold, reportedKind, triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { answerQuestion, barredFromReporters } from '../answers';
import type { Desk } from '../desk';
import { stateOf } from '../deskState';
import {
  FormDialog,
  type Aside,
  type Between,
  type Call,
  type Question,
  type Step,
} from '../formDialog';
import { FREEZE_DIALOG, type FreezeOptions, type FreezeResult } from '../record/freezeDialog';
import { suggesting, unformatted } from '../messages';
import { askForPersonAside } from '../people/asking';
import { MENU, report as words, REPORT_KINDS } from '../wording';
import {
  draftIdOf,
  nextSlot,
  staffOf,
  storyOf,
  withMore,
  withOwnEmail,
  withStory,
  type Draft,
} from './draft';
import { asksForHelp, tellsWhatHappened, withFacts } from './readings';
import { takeSlot } from './slots';
import { countWords } from './steps';
import { REPORT_DIALOG, type ReportOptions } from './options';
import { summaryCard } from './summary';

/** Fewer are no more than a wrong answer. */
const TELLING_WORDS = 3;

/** Takes a report, or a question for the privacy manager, and opens the case. */
export class ReportDialog extends FormDialog<Draft, ReportOptions> {
  constructor(desk: Desk) {
    super(REPORT_DIALOG, desk);
  }

  protected async begin(context: TurnContext, options: ReportOptions): Promise<Draft> {
    const { text, at, question, urgent, claimed, asks } = options;
    const { id: conversationId } = context.activity.conversation;
    // One report at a time: what a failed turn may have left behind is not a second one.
    await this.desk.reportDrafts.cancelOfConversation(conversationId);
    if (!question) stateOf(context).reported = true;
    const empty: Draft = {
      id: draftIdOf(conversationId, context.activity.id ?? at),
      receivedAt: at,
      asking: 'whatHappened',
      kind: question ? 'question' : 'breach',
      urgency: urgent ? 'high' : 'normal',
      report: { whatHappened: '', ...(claimed ? { claimed } : {}) },
      added: [],
      detailsAsked: false,
      guided: false,
    };
    const told = this.beginning(empty, text, new Date(at));
    const whole = asks && told.report.whatHappened === '' ? withMore(told, text) : told;
    const draft = await this.guide(context, whole, text);
    await context.sendActivity(
      draft.guided ? words.beginGuided : question ? words.beginQuestion : words.begin,
    );
    return draft;
  }

  /** The draft with what the first words tell: the story, or at least who is writing. */
  private beginning(empty: Draft, text: string, at: Date): Draft {
    const told =
      empty.kind === 'question'
        ? text !== ''
        : tellsWhatHappened(text) || reportedKind(text) === 'misuse';
    const { zone } = this.desk;
    if (told) return withStory(empty, text, at, zone);
    const endangered = empty.kind !== 'question' && asksToHold(text);
    return withOwnEmail(
      {
        ...empty,
        ...(endangered ? { endangered } : {}),
        report: withFacts(empty.report, text, at, zone),
      },
      text,
    );
  }

  protected question(draft: Draft): Question {
    const ask = (text: string, choices: readonly string[] = []): Question => ({ text, choices });
    const { report } = draft;
    switch (draft.asking) {
      case 'freeze':
        return ask(words.help);
      case 'whatHappened':
        return ask(draft.kind === 'question' ? words.whatToPass : words.whatHappened);
      case 'noticed':
        return ask(words.noticed, words.noticedChoices);
      case 'email':
        return ask(words.email, [words.emailLeftOut]);
      case 'emailPrivate':
        return ask(
          words.emailPrivate(unformatted(draft.emailRead ?? '')),
          words.emailPrivateChoices,
        );
      case 'aboutStaff':
        return ask(words.aboutStaff, words.aboutStaffChoices);
      case 'details':
        return ask(
          words.details,
          report.name || report.phone
            ? [words.detailsSkip, words.detailsRemove]
            : [words.detailsSkip],
        );
      case 'confirm':
        return ask(words.confirm(handledBy(staffOf(draft))), words.confirmChoices);
      case 'change':
        return ask(words.change, words.changeChoices);
      case 'kind':
        return ask(
          words.kind,
          REPORT_KINDS.map((kind) => KIND_WORDS[kind]),
        );
      case 'drop':
        return ask(words.drop, words.dropChoices);
    }
  }

  protected override calls({ asking, id }: Draft): Call | undefined {
    const options: FreezeOptions = { caseId: id };
    return asking === 'freeze' ? { dialog: FREEZE_DIALOG, options } : undefined;
  }

  /** Whatever came of holding the record still, the report goes on. */
  protected override async resumed(
    context: TurnContext,
    draft: Draft,
    result: FreezeResult | undefined,
  ): Promise<Step<Draft>> {
    const { held = false, heard, unanswered = false } = result ?? {};
    const { report, freezeUnanswered = false } = draft;
    const again = unanswered && !freezeUnanswered;
    const asked: Draft = {
      ...{ ...draft, freezeAsked: !again, freezeUnanswered: unanswered },
      report: held ? { ...report, held } : report,
    };
    if (heard === undefined) return { outcome: 'taken', state: asked };
    const { clock, zone } = this.desk;
    const facts = withFacts(asked.report, heard, clock.now(), zone);
    const known = withOwnEmail({ ...asked, report: facts }, heard);
    const state = withMore(await this.guide(context, known, heard), heard);
    return { outcome: 'taken', state, ...(unanswered ? { say: words.moreAdded } : {}) };
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
    const guided = await this.guide(context, draft, text);
    const step = takeSlot(guided, { text, understood, now, zone: this.desk.zone });
    // Whoever is in danger is not told that their words were no answer.
    const tells = guided !== draft || countWords(text) >= TELLING_WORDS;
    if (step.outcome === 'unclear' && guided.guided && tells) {
      const state = withMore(guided, text);
      await this.keep(context, state);
      return {
        outcome: 'more',
        state,
        say: asksForHelp(text) ? this.steps(draft) : words.moreAdded,
      };
    }
    if ('state' in step && step.outcome !== 'complete') await this.keep(context, step.state);
    return step;
  }

  protected async settled(context: TurnContext, draft: Draft): Promise<Draft> {
    const next = { ...draft, asking: nextSlot(draft) };
    await this.keep(context, next);
    return next;
  }

  /** A customer who is still there has not left their report, whatever they say. */
  protected override async heard(context: TurnContext, draft: Draft): Promise<void> {
    await this.keep(context, draft);
  }

  /** Soft words end a correction, and never drop a story that was told without asking. */
  protected override stopped(draft: Draft): Draft | undefined {
    if (draft.report.whatHappened === '') return undefined;
    const next = nextSlot(draft);
    return { ...draft, asking: draft.asking === next ? 'drop' : next };
  }

  protected override async show(context: TurnContext, draft: Draft): Promise<void> {
    if (draft.asking === 'confirm') await context.sendActivity(summaryCard(draft));
  }

  protected async finish(context: TurnContext, draft: Draft): Promise<undefined> {
    const content = this.contentOf(context, draft);
    const { reference, dueAt, pin } = await this.desk.reportDrafts.confirm(
      draft.id,
      context.activity.conversation.id,
      new Date(draft.receivedAt),
      content,
    );
    stateOf(context).opened = { reference, dueAt: dueAt.toISOString(), byPin: pin !== undefined };
    const waits = staffOf(draft) === 'privacy_manager' && !this.desk.escalates;
    const opened = (waits ? words.openedAndKept : words.opened)(
      handledBy(staffOf(draft)),
      reference,
      dueInWords(dueAt, this.desk.zone),
    );
    const { email = '' } = content.report;
    const next = pin ? words.nextByPin(pin) : words.nextByMail(unformatted(email));
    const text = `${opened}\n\n${next}`;
    const sent = await context.sendActivity(suggesting(text, [MENU.check]));
    if (pin && sent)
      stateOf(context).pinShown = { activityId: sent.id, text: text.replace(pin, '••••••') };
  }

  protected async cancel(context: TurnContext, draft: Draft): Promise<void> {
    const { passedOnAs } = await this.desk.reportDrafts.cancel(draft.id);
    const dropped = draft.report.held ? words.cancelledHeld : words.cancelled;
    const text = passedOnAs ? words.passedOnAlready(passedOnAs) : dropped;
    await context.sendActivity(suggesting(text, Object.values(MENU)));
  }

  protected async aside(
    context: TurnContext,
    draft: Draft,
    between: Between,
  ): Promise<Aside<Draft> | undefined> {
    // Danger is no aside, however it is put.
    if (triage(between.text).danger) return undefined;
    if (draft.guided && (asksForHelp(between.text) || between.kind === 'help'))
      return this.noted(context, draft, between.text, this.steps(draft));
    switch (between.kind) {
      case 'help':
        await context.sendActivity(words.help);
        break;
      case 'menu':
        await context.sendActivity(words.menuAside);
        break;
      case 'person':
        if (draft.guided) await context.sendActivity(words.stillHere);
        await askForPersonAside(context, this.desk);
        break;
      case 'open':
        return this.noted(context, draft, between.text, words.openAside);
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
    if (barredFromReporters(between.understood))
      return this.noted(context, draft, between.text, words.liability);
    const given = await answerQuestion(context, this.desk, between.understood);
    if (given === 'choice') return { state: draft, askAgain: false };
    await context.sendActivity(words.back);
    return { state: draft, askAgain: true };
  }

  /** What to do in the danger that was told of: who asks for that is told once more, and not what the policy says. */
  private steps(draft: Draft): string {
    const { danger } = triage(storyOf(draft));
    return danger ? words.guidance(this.desk.guidance[danger]) : words.stillHere;
  }

  /** A question for a person goes into the report. */
  private async noted(
    context: TurnContext,
    draft: Draft,
    text: string,
    say: string,
  ): Promise<Aside<Draft>> {
    await context.sendActivity(say);
    const state = withMore(draft, text);
    await this.keep(context, state);
    return { state, askAgain: true };
  }

  /** Somebody who is being harmed this minute gets the safety steps before any question, once. */
  private async guide(context: TurnContext, draft: Draft, text: string): Promise<Draft> {
    const { danger } = triage(text);
    if (!danger || draft.guided) return draft;
    await context.sendActivity(words.guidance(this.desk.guidance[danger]));
    return { ...draft, guided: true };
  }

  private async keep(context: TurnContext, draft: Draft): Promise<void> {
    const { conversation } = context.activity;
    const receivedAt = new Date(draft.receivedAt);
    const content = this.contentOf(context, draft);
    await this.desk.reportDrafts.save(draft.id, conversation.id, receivedAt, content);
  }

  private contentOf(context: TurnContext, draft: Draft): DraftContent {
    const { kind, urgency, aboutStaff, emailRead } = draft;
    const report = { ...draft.report, whatHappened: storyOf(draft) };
    return {
      kind,
      urgency,
      ...(aboutStaff ? { aboutStaff } : {}),
      report: emailRead ? { ...report, email: emailRead, emailUnconfirmed: true } : report,
      reference: TurnContext.getConversationReference(context.activity),
    };
  }
}
