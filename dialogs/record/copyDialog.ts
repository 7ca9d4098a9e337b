import { TurnContext } from 'botbuilder';
import { dueInWords } from '../../services/businessDays';
import { isFrozen } from '../../services/records/freezes';
import { triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { cannotUseIt } from '../asker';
import { plainAside } from '../asides';
import type { Desk } from '../desk';
import {
  FormDialog,
  type Aside,
  type Between,
  type Call,
  type Question,
  type Step,
} from '../formDialog';
import { suggesting } from '../messages';
import { draftIdOf } from '../report/draft';
import { REPORT_DIALOG, type ReportOptions } from '../report/options';
import { MENU, NO, YES } from '../wording';
import { copy as words } from '../wording/record';
import { VERIFY_DIALOG, type VerifyResult } from './verifyDialog';

export const COPY_DIALOG = 'copy';

export interface CopyOptions {
  readonly text: string;
  /** ISO instant at which they said it. */
  readonly at: string;
}

interface Asking extends CopyOptions {
  readonly id: string;
  readonly asking: 'offer' | 'verify';
  readonly customerId?: string;
}

/** Brings a wish for a copy or for erasure to the privacy manager, once the mailbox on file is proved. */
export class CopyDialog extends FormDialog<Asking, CopyOptions> {
  constructor(desk: Desk) {
    super(COPY_DIALOG, desk);
  }

  protected async begin(context: TurnContext, { text, at }: CopyOptions): Promise<Asking> {
    const { conversation, id = at } = context.activity;
    await context.sendActivity(words.lead);
    return { text, at, asking: 'offer', id: draftIdOf(conversation.id, id) };
  }

  protected question(): Question {
    return { text: words.offer, choices: [YES, NO] };
  }

  protected override calls({ asking }: Asking): Call | undefined {
    return asking === 'verify' ? { dialog: VERIFY_DIALOG, options: {} } : undefined;
  }

  protected override async resumed(
    context: TurnContext,
    state: Asking,
    result: VerifyResult | undefined,
  ): Promise<Step<Asking>> {
    if (result?.outcome === 'verified')
      return { outcome: 'complete', state: { ...state, customerId: result.customerId } };
    if (result?.outcome !== 'noMailbox') return { outcome: 'drop' };
    const { claimed: name, trouble } = result;
    return this.unproved(context, state, { claimed: { name, trouble } });
  }

  /** Without proof it is a question like any other. */
  private async unproved(
    context: TurnContext,
    { text, at }: Asking,
    meant: Pick<ReportOptions, 'claimed'>,
  ): Promise<Step<Asking>> {
    await context.sendActivity(words.unproved);
    const options: ReportOptions = { text, at, question: true, ...meant };
    return { outcome: 'leave', dialog: REPORT_DIALOG, options };
  }

  protected takesAnyWords(): boolean {
    return false;
  }

  protected async take(
    context: TurnContext,
    state: Asking,
    text: string,
    understood: Understood,
  ): Promise<Step<Asking>> {
    if (triage(text).danger || understood.intent === 'report_security') {
      const options: ReportOptions = { text, at: state.at, question: false };
      return { outcome: 'leave', dialog: REPORT_DIALOG, options };
    }
    if (cannotUseIt(text)) return this.unproved(context, state, {});
    if (understood.intent === 'no') return { outcome: 'drop' };
    if (understood.intent !== 'yes') return { outcome: 'unclear', say: words.offer };
    const { conversation } = context.activity;
    const proof = await this.desk.verifications.proof(conversation.id);
    return proof
      ? { outcome: 'complete', state: { ...state, customerId: proof.customerId } }
      : { outcome: 'ask', state: { ...state, asking: 'verify' } };
  }

  protected async settled(_context: TurnContext, state: Asking): Promise<Asking> {
    return state;
  }

  protected async finish(context: TurnContext, state: Asking): Promise<undefined> {
    const customer = await this.desk.customers.byId(state.customerId ?? '');
    const now = this.desk.clock.now();
    const frozen = customer !== undefined && isFrozen(customer, now);
    const opened = await this.desk.cases.open({
      ...{ id: state.id, kind: 'question', urgency: 'normal', aboutStaff: 'no', confirmed: true },
      ...{ channel: 'chat', conversationId: context.activity.conversation.id },
      receivedAt: new Date(state.at),
      report: {
        whatHappened: state.text,
        ...(customer?.email ? { email: customer.email } : {}),
        ...(customer ? { record: { userName: customer.userName, frozen } } : {}),
      },
      conversationReference: TurnContext.getConversationReference(context.activity),
    });
    if (frozen) await context.sendActivity(words.frozen);
    const due = dueInWords(opened.dueAt, this.desk.zone);
    await context.sendActivity(suggesting(words.opened(opened.reference, due), [MENU.check]));
    return undefined;
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
