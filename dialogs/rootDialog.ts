import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import { DialogSet, type DialogContext, type DialogState } from 'botbuilder-dialogs';
import { findChanges } from '../services/entities';
import { soundsAngry } from '../services/personNeeded';
import { asksToHold, triage } from '../services/triage';
import type { Intent, Understood } from '../services/understanding/types';
import { askerOf } from './asker';
import {
  answerQuestion,
  barredFromReporters,
  reportsHarm,
  surelyAsks,
  takeChoice,
  tellsOfChildsData,
  tellsOfHarm,
} from './answers';
import type { Desk } from './desk';
import { answerAlso, forgetForm, rememberAlso, rememberChosen, understandNext } from './asking';
import { stopForChild } from './children';
import { clearOffers, rememberUnderstood, stateOf, type DeskState, type Offer } from './deskState';
import { asksForHelp } from './interruptions';
import {
  BY_FORM,
  forgetOpened,
  inLightOfLanguage,
  isCertainlyChild,
  keepTopic,
  LEAVE,
  noteTopic,
  offersNothing,
  tellsChange,
} from './meant';
import { suggesting } from './messages';
import { hearOfUs, hearOfUsInForm } from './people/aboutUs';
import { askAfterTalk, takeAfterTalk } from './people/afterTalk';
import { askForPerson } from './people/asking';
import { CallBackDialog } from './people/callBackDialog';
import { offerPerson } from './people/hearing';
import type { Handoff } from '../services/handoffs';
import { wantsNoReport } from './report/beside';
import { REPORT_DIALOG, type ReportOptions } from './report/options';
import { ReportDialog } from './report/reportDialog';
import { CopyDialog, COPY_DIALOG, type CopyOptions } from './record/copyDialog';
import { FreezeDialog } from './record/freezeDialog';
import { PasswordDialog, PASSWORD_DIALOG, type PasswordOptions } from './record/passwordDialog';
import { UpdateDialog, UPDATE_DIALOG, type UpdateOptions } from './record/updateDialog';
import { VerifyDialog } from './record/verifyDialog';
import { offerCase, tellUnanswered } from './unanswered';
import { StatusDialog, STATUS_DIALOG, type StatusOptions } from './statusDialog';
import {
  greeting,
  HELP,
  MENU,
  notices,
  policyWords,
  report,
  smallTalk,
  toChildren,
} from './wording';
import { update } from './wording/record';
import { saidAt, wordsOf } from './words';

const MENU_ACTIONS = Object.values(MENU);

interface Said {
  readonly text: string;
  readonly understood: Understood;
  readonly dc: DialogContext;
  readonly state: DeskState;
}

/** One message to the desk: a choice that was offered, the dialog that is open, or whatever the message asks for. */
export class RootDialog {
  private readonly dialogs: DialogSet;

  constructor(
    private readonly desk: Desk,
    dialogState: StatePropertyAccessor<DialogState>,
  ) {
    this.dialogs = new DialogSet(dialogState)
      .add(new ReportDialog(desk))
      .add(new StatusDialog(desk))
      .add(new VerifyDialog(desk))
      .add(new UpdateDialog(desk))
      .add(new FreezeDialog(desk))
      .add(new PasswordDialog(desk))
      .add(new CopyDialog(desk))
      .add(new CallBackDialog(desk));
  }

  async greet(context: TurnContext): Promise<void> {
    await context.sendActivity(suggesting(greeting(this.desk.phone), MENU_ACTIONS));
  }

  async onMessage(context: TurnContext): Promise<void> {
    const text = wordsOf(context.activity);
    const dc = await this.dialogs.createContext(context);
    const state = stateOf(context);
    if (text === '') {
      await context.sendActivity(notices.noWords);
      if (dc.activeDialog) await dc.repromptDialog();
      return;
    }
    if (state.withPerson) {
      // They were put back into the queue: what they say now answers nothing of before.
      delete state.withPerson;
      await dc.cancelAllDialogs();
      delete state.also;
    }
    const chosen = await takeChoice(context, this.desk, text);
    if (chosen) {
      rememberChosen(state, chosen);
      await answerAlso(context, this.desk, dc);
      if (!dc.activeDialog) return;
      await context.sendActivity(report.back);
      await dc.repromptDialog();
      return;
    }
    const understood = await understandNext(this.desk, { text, dc, state });
    rememberUnderstood(context, understood);
    const said = { text, understood, dc, state };
    if (state.child || isCertainlyChild(understood, dc))
      await stopForChild(context, this.desk, said);
    else if (await takeAfterTalk(context, this.desk, state, said)) return;
    else if (dc.activeDialog) await this.goOn(context, said);
    else await this.dispatch(context, said);
  }

  /** A person has talked to the customer, and the bot goes on: a form that was open before is over. */
  async afterTalk(context: TurnContext, handoff: Handoff): Promise<void> {
    const dc = await this.dialogs.createContext(context);
    await dc.cancelAllDialogs();
    clearOffers(stateOf(context));
    await askAfterTalk(context, stateOf(context), handoff);
  }

  /** Somebody opened the link that we had mailed them: it proves their mailbox, and their mail says what they want. */
  async continueRequest(context: TurnContext, token: string): Promise<void> {
    const { enquiries, links, verifications } = this.desk;
    const { id: conversationId } = context.activity.conversation;
    const dc = await this.dialogs.createContext(context);
    const state = stateOf(context);
    if (state.child) {
      await context.sendActivity(toChildren.again);
      return;
    }
    // By the very activity: only a turn that is run again after a crash may use the link again.
    const link = await links.use(token, `${conversationId}|${context.activity.id ?? ''}`);
    const request =
      link.outcome === 'open' && link.purpose.kind === 'continue'
        ? await enquiries.continued(link.purpose.updateId, conversationId)
        : undefined;
    if (!request) {
      await this.say(context, update.linkUsed);
      return;
    }
    const { email = '', text = '', subject = '' } = request;
    const understood = await this.desk.understanding.understand(text);
    rememberUnderstood(context, understood);
    if (understood.intent === 'child_user' && understood.score === 1) {
      await stopForChild(context, this.desk, { understood, dc, state });
      return;
    }
    const asker = await askerOf(context, this.desk);
    const { customerId } = await verifications.proveByLink(asker, email);
    state.proved = true;
    await dc.cancelAllDialogs();
    if (!BY_FORM.has(understood.intent) && !tellsChange(`${subject}\n${text}`)) {
      await context.sendActivity(update.fromMailOther);
      await this.dispatch(context, { text, understood, dc, state });
      return;
    }
    const options: UpdateOptions = {
      ...{ text, subject },
      byMail: { email, hasRecord: customerId !== undefined },
    };
    await dc.beginDialog(UPDATE_DIALOG, options);
  }

  private async goOn(context: TurnContext, said: Said): Promise<void> {
    const { dc } = said;
    rememberAlso(context, this.desk, said);
    if (await hearOfUsInForm(context, this.desk, said)) await dc.repromptDialog();
    else await dc.continueDialog();
    forgetForm(said);
    await answerAlso(context, this.desk, dc);
  }

  private async dispatch(context: TurnContext, said: Said): Promise<void> {
    const { state, understood, text } = said;
    const { offer, misunderstood = 0 } = state;
    delete state.offer;
    delete state.misunderstood;
    const topic = noteTopic(said);
    if (await this.menu(context, said)) {
      forgetOpened(said);
      return;
    }
    if (await hearOfUs(context, this.desk, said, offer)) {
      keepTopic(state, topic);
      return;
    }
    forgetOpened(said);
    rememberAlso(context, this.desk, said);
    const angry = soundsAngry(text) && !state.soothed;
    if (angry) state.soothed = true;
    if (angry && understood.intent === 'out_of_scope' && !tellsOfHarm(text)) {
      await offerPerson(context, 'anger');
      return;
    }
    await this.deal(context, said, { offer, misunderstood });
    await answerAlso(context, this.desk, said.dc);
    if (angry && !said.dc.activeDialog && offersNothing(state)) await offerPerson(context, 'anger');
  }

  private async deal(
    context: TurnContext,
    said: Said,
    { offer, misunderstood }: { readonly offer: Offer | undefined; readonly misunderstood: number },
  ): Promise<void> {
    const { understood, text } = said;
    // Rules, not statistics: somebody who is being harmed this minute must not be misunderstood.
    if (triage(text).danger || asksToHold(text)) await this.report(context, said);
    else if (tellsOfChildsData(text)) await this.report(context, said, true);
    else if (offer && understood.intent === 'yes') await this.accept(said, offer);
    else if (offer && (understood.intent === 'no' || understood.intent === 'cancel'))
      await context.sendActivity(suggesting(policyWords.notPassed, MENU_ACTIONS));
    else if (understood.intent === 'report_security' && wantsNoReport(text))
      await context.sendActivity(suggesting(report.nothing, MENU_ACTIONS));
    else if (understood.intent === 'out_of_scope' && tellsChange(text)) await this.change(said);
    else if (understood.intent === 'out_of_scope')
      await tellUnanswered(context, this.desk, inLightOfLanguage(said), misunderstood);
    else await this.forIntent[understood.intent](context, said);
  }

  private async accept({ dc }: Said, { as, ...told }: Offer): Promise<void> {
    const options: ReportOptions = { ...told, question: as === 'question' };
    await dc.beginDialog(REPORT_DIALOG, options);
  }

  /** The suggested actions of the greeting, and help. */
  private async menu(context: TurnContext, said: Said): Promise<boolean> {
    const pressed = said.text.toLowerCase();
    const is = (action: string): boolean => pressed === action.toLowerCase();
    if (asksForHelp(said.text)) await context.sendActivity(suggesting(HELP, MENU_ACTIONS));
    else if (is(MENU.policy))
      await context.sendActivity(suggesting(policyWords.ask, policyWords.examples));
    else if (is(MENU.change)) await this.change(said, '');
    else if (is(MENU.report)) await this.report(context, said);
    else if (is(MENU.check)) await this.check(said);
    else if (is(MENU.person)) await askForPerson(context, this.desk);
    else return false;
    return true;
  }

  private readonly forIntent: Readonly<
    Record<Intent, (context: TurnContext, said: Said) => Promise<void>>
  > = {
    faq: async (context, said) => {
      const { text, state, understood } = said;
      if (tellsOfHarm(text) && !surelyAsks(text, understood))
        await offerCase(context, this.desk, said, report.offer, 'report');
      else if (!barredFromReporters(understood))
        await answerQuestion(context, this.desk, understood);
      else if (reportsHarm(text)) await this.report(context, said);
      else if (state.reported)
        await offerCase(context, this.desk, said, policyWords.barred, 'question', [MENU.person]);
      else await answerQuestion(context, this.desk, understood);
    },
    report_security: (context, said) => this.report(context, said),
    case_status: (_context, said) => this.check(said),
    update_data: (_context, said) => this.change(said),
    unsubscribe: (_context, said) =>
      this.change(said, findChanges(said.text).changes.length > 0 ? said.text : LEAVE),
    forgot_password_action: async (_context, { dc, text }) => {
      await dc.beginDialog(PASSWORD_DIALOG, { text } satisfies PasswordOptions);
    },
    export_or_delete_data: async (context, { dc, text }) => {
      const options: CopyOptions = { text, at: saidAt(context, this.desk.clock) };
      await dc.beginDialog(COPY_DIALOG, options);
    },
    talk_to_agent: (context) => askForPerson(context, this.desk),
    child_user: (context, said) => stopForChild(context, this.desk, said),
    greeting: (context) => this.greet(context),
    thanks: (context) => this.say(context, smallTalk.thanks),
    goodbye: (context) => this.say(context, smallTalk.goodbye, []),
    cancel: (context) => this.say(context, smallTalk.nothingToCancel),
    yes: (context) => this.say(context, smallTalk.nothingAsked),
    no: (context) => this.say(context, smallTalk.nothingAsked),
  };

  private async report(
    context: TurnContext,
    { text, dc, state }: Said,
    urgent = false,
  ): Promise<void> {
    // Who bears a loss is asked in the report itself, and nowhere else.
    const asks = state.also !== undefined && barredFromReporters(state.also);
    if (asks) {
      delete state.also;
      await context.sendActivity(report.liability);
    }
    const options: ReportOptions = {
      ...{ text, at: saidAt(context, this.desk.clock), question: false },
      ...(asks ? { asks: true } : {}),
      ...(urgent ? { urgent } : {}),
    };
    await dc.beginDialog(REPORT_DIALOG, options);
  }

  private async check({ text, dc }: Said): Promise<void> {
    await dc.beginDialog(STATUS_DIALOG, { text } satisfies StatusOptions);
  }

  private async change({ dc, text: said }: Said, text = said): Promise<void> {
    await dc.beginDialog(UPDATE_DIALOG, { text } satisfies UpdateOptions);
  }

  private async say(
    context: TurnContext,
    text: string,
    actions: readonly string[] = MENU_ACTIONS,
  ): Promise<void> {
    await context.sendActivity(suggesting(text, actions));
  }
}
