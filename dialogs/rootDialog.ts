import type { StatePropertyAccessor, TurnContext } from 'botbuilder';
import { DialogSet, type DialogContext, type DialogState } from 'botbuilder-dialogs';
import { findChanges } from '../services/entities';
import { asksToHold, triage } from '../services/triage';
import type { Intent, Understood } from '../services/understanding/types';
import { askerOf } from './asker';
import {
  answerQuestion,
  barredFromReporters,
  chosenPassage,
  isQuestion,
  reportsHarm,
  showPassage,
  tellsOfChildsData,
  tellsOfHarm,
} from './answers';
import type { Desk } from './desk';
import { clearState, rememberUnderstood, stateOf, type DeskState, type Offer } from './deskState';
import { asksForHelp } from './interruptions';
import { suggesting } from './messages';
import { REPORT_DIALOG, type ReportOptions } from './report/options';
import { ReportDialog } from './report/reportDialog';
import { CopyDialog, COPY_DIALOG, type CopyOptions } from './record/copyDialog';
import { FreezeDialog } from './record/freezeDialog';
import { PasswordDialog, PASSWORD_DIALOG, type PasswordOptions } from './record/passwordDialog';
import { UpdateDialog, UPDATE_DIALOG, type UpdateOptions } from './record/updateDialog';
import { VerifyDialog } from './record/verifyDialog';
import { StatusDialog, STATUS_DIALOG, type StatusOptions } from './statusDialog';
import {
  greeting,
  HELP,
  MENU,
  NO,
  notices,
  otherWays,
  policyWords,
  report,
  smallTalk,
  YES,
} from './wording';
import { update } from './wording/record';
import { saidAt, wordsOf } from './words';

/** What leaving the list is in words of ours, where the customer's own name no list. */
const LEAVE = 'no newsletter';

const MENU_ACTIONS = Object.values(MENU);
const MISUNDERSTOOD_BEFORE_A_PERSON = 2;
/** From this score on, what is out of scope is no report told in unusual words. */
const SURELY_FOREIGN = 0.85;

/** The passages that the dialogs quote; a test holds them to the policy. */
export const QUOTED = ['update.how', 'password.forgot', 'children.under13'] as const;

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
      .add(new CopyDialog(desk));
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
    const chosen = chosenPassage(state, text);
    delete state.choices;
    if (chosen) {
      await showPassage(context, this.desk, chosen);
      if (!dc.activeDialog) return;
      await context.sendActivity(report.back);
      await dc.repromptDialog();
      return;
    }
    const understood = this.desk.understanding.understand(text);
    rememberUnderstood(context, understood);
    const said = { text, understood, dc, state };
    if (state.child || isCertainlyChild(understood, dc)) await this.stopForChild(context, said);
    else if (dc.activeDialog) await dc.continueDialog();
    else await this.dispatch(context, said);
  }

  /** Somebody opened the link that we had mailed them: it proves their mailbox, and their mail says what they want. */
  async continueRequest(context: TurnContext, token: string): Promise<void> {
    const { enquiries, links, verifications } = this.desk;
    const { id: conversationId } = context.activity.conversation;
    const dc = await this.dialogs.createContext(context);
    const state = stateOf(context);
    if (state.child) {
      await context.sendActivity(otherWays.childAgain);
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
    const understood = this.desk.understanding.understand(text);
    rememberUnderstood(context, understood);
    if (understood.intent === 'child_user' && understood.score === 1) {
      await this.stopForChild(context, { text, understood, dc, state });
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

  /** Nothing more is asked of a child, and what they told is not kept. */
  private async stopForChild(context: TurnContext, { dc, state, understood }: Said): Promise<void> {
    const { conversation } = context.activity;
    if (state.child) {
      const again = await context.sendActivity(otherWays.childAgain);
      state.childTold = [...(state.childTold ?? []), again?.id ?? ''];
      await this.desk.childStop.stop(conversation.id, state.childTold);
      return;
    }
    await dc.cancelAllDialogs();
    await this.desk.reportDrafts.cancelOfConversation(conversation.id);
    const told = await showPassage(context, this.desk, 'children.under13', otherWays.child);
    // A likelihood must not shut a grown-up out of the chat.
    if (understood.score < 1) return;
    clearState(state);
    state.child = true;
    state.childTold = [told ?? ''];
    await this.desk.childStop.stop(conversation.id, state.childTold);
  }

  private async dispatch(context: TurnContext, said: Said): Promise<void> {
    const { state, understood, text } = said;
    const { offer, misunderstood = 0 } = state;
    delete state.offer;
    delete state.misunderstood;
    if (await this.menu(context, said)) return;
    // Rules, not statistics: somebody who is being harmed this minute must not be misunderstood.
    if (triage(text).danger || asksToHold(text)) await this.report(context, said);
    else if (tellsOfChildsData(text)) await this.report(context, said, true);
    else if (offer && understood.intent === 'yes') await this.accept(said, offer);
    else if (offer && (understood.intent === 'no' || understood.intent === 'cancel'))
      await context.sendActivity(suggesting(policyWords.notPassed, MENU_ACTIONS));
    else if (understood.intent === 'out_of_scope' && tellsChange(text)) await this.change(said);
    else if (understood.intent === 'out_of_scope')
      await this.outOfScope(context, said, misunderstood);
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
    else if (is(MENU.person)) await this.person(context, said);
    else return false;
    return true;
  }

  private readonly forIntent: Readonly<
    Record<Intent, (context: TurnContext, said: Said) => Promise<void>>
  > = {
    faq: async (context, said) => {
      const { text, state, understood } = said;
      if (tellsOfHarm(text)) await this.offer(context, said, report.offer, 'report');
      else if (!barredFromReporters(understood))
        await answerQuestion(context, this.desk, understood);
      else if (reportsHarm(text)) await this.report(context, said);
      else if (state.reported) await this.offer(context, said, policyWords.barred);
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
    talk_to_agent: (context, said) => this.person(context, said),
    child_user: (context, said) => this.stopForChild(context, said),
    greeting: (context) => this.greet(context),
    thanks: (context) => this.say(context, smallTalk.thanks),
    goodbye: (context) => this.say(context, smallTalk.goodbye, []),
    cancel: (context) => this.say(context, smallTalk.nothingToCancel),
    yes: (context) => this.say(context, smallTalk.nothingAsked),
    no: (context) => this.say(context, smallTalk.nothingAsked),
  };

  private async report(context: TurnContext, { text, dc }: Said, urgent = false): Promise<void> {
    const options: ReportOptions = {
      ...{ text, at: saidAt(context, this.desk.clock), question: false },
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

  private async person(context: TurnContext, said: Said): Promise<void> {
    const { privacyMailbox, phone } = this.desk;
    await this.offer(context, { ...said, text: '' }, otherWays.person(privacyMailbox, phone));
  }

  private async outOfScope(context: TurnContext, said: Said, before: number): Promise<void> {
    const { bestIntent, score } = said.understood;
    const perhaps = bestIntent === 'report_security' && score < SURELY_FOREIGN;
    if (tellsOfHarm(said.text) || (perhaps && !isQuestion(said.text))) {
      await this.offer(context, said, report.offer, 'report');
      return;
    }
    if (said.understood.openQuestion) {
      await this.offer(context, said, policyWords.open);
      return;
    }
    said.state.misunderstood = before + 1;
    const { privacyMailbox, phone } = this.desk;
    const again = said.state.misunderstood >= MISUNDERSTOOD_BEFORE_A_PERSON;
    await this.say(
      context,
      again ? policyWords.unknownAgain(privacyMailbox, phone) : policyWords.unknown,
    );
  }

  /** Offers to pass on what was said as a case. */
  private async offer(
    context: TurnContext,
    said: Said,
    text: string,
    as: Offer['as'] = 'question',
  ): Promise<void> {
    said.state.offer = { as, text: said.text, at: saidAt(context, this.desk.clock) };
    await context.sendActivity(suggesting(text, [YES, NO]));
  }

  private async say(
    context: TurnContext,
    text: string,
    actions: readonly string[] = MENU_ACTIONS,
  ): Promise<void> {
    await context.sendActivity(suggesting(text, actions));
  }
}

/** What the form for changes asks about itself, also where it read nothing. */
const BY_FORM: ReadonlySet<Intent | 'out_of_scope'> = new Set<Intent | 'out_of_scope'>([
  'update_data',
  'unsubscribe',
  'out_of_scope',
]);

const tellsChange = (text: string): boolean => findChanges(text).changes.length > 0;

/** In the middle of a report a likelihood is not enough: a parent who says how old a child is must not lose it. */
const isCertainlyChild = (understood: Understood, dc: DialogContext): boolean =>
  understood.intent === 'child_user' && (!dc.activeDialog || understood.score === 1);
