import { TurnContext } from 'botbuilder';
import { FIELD_WORDS, isChoice } from '../../services/recordFields';
import { triage } from '../../services/triage';
import type { FieldChange } from '../../services/updates';
import type { Understood } from '../../services/understanding/types';
import { isQuestion, showPassage } from '../answers';
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
import { factsCard, suggesting } from '../messages';
import { draftIdOf } from '../report/draft';
import { REPORT_DIALOG, type ReportOptions } from '../report/reportDialog';
import { MENU } from '../wording';
import { update as words } from '../wording/record';
import { saidAt } from '../words';
import {
  doneWords,
  explanations,
  NO,
  NOTHING,
  OFFERS,
  rowOf,
  takeAnswer,
  takeContact,
  unclearAt,
  YES,
} from './updateAnswers';
import { VERIFY_DIALOG, type VerifyOptions, type VerifyResult } from './verifyDialog';
import { changesOn, inWords, isOptOut, nextAsking, withTold, type Told, type Wish } from './wish';

export const UPDATE_DIALOG = 'update';

export interface UpdateOptions {
  /** What the customer said; may tell already what is to be changed. */
  readonly text: string;
  /** They wrote it in a mail, and a link in our answer has proved their mailbox. */
  readonly byMail?: { readonly email: string; readonly hasRecord: boolean };
}

/** Has a customer's record changed: what, whose, shown before and after, confirmed. */
export class UpdateDialog extends FormDialog<Wish, UpdateOptions> {
  constructor(desk: Desk) {
    super(UPDATE_DIALOG, desk);
  }

  protected async begin(context: TurnContext, { text, byMail }: UpdateOptions): Promise<Wish> {
    const empty: Wish = { asking: 'what', wanted: {}, named: [], door: byMail ? 'mail' : 'chat' };
    const proof = await this.desk.verifications.proof(context.activity.conversation.id);
    const proved = proof ? { customerId: proof.customerId } : {};
    const told = withTold({ ...empty, ...proved }, text);
    if (!told.told && OFFERS.test(text)) return { ...told.wish, asking: 'offers' };
    if (byMail) await context.sendActivity(told.told ? words.fromMail : words.fromMailUnclear);
    else if (isQuestion(text)) await showPassage(context, this.desk, 'update.how', words.policy);
    await this.comment(context, told);
    if (!byMail || byMail.hasRecord) return told.wish;
    await context.sendActivity(words.noRecord);
    const cannot = { claimed: byMail.email, trouble: 'none' } as const;
    return { ...told.wish, cannot, contact: byMail.email, contactProved: true };
  }

  /** Says what cannot be done with what was told. */
  private async comment(context: TurnContext, told: Told): Promise<void> {
    const { phone } = this.desk;
    if (told.card) await context.sendActivity(phone ? words.cardByPhone(phone) : words.card);
    if (told.userName) await context.sendActivity(words.userName);
    for (const fault of told.faults) await context.sendActivity(fault);
  }

  /** To leave is one step, once it is known whose record it is. */
  protected override isComplete(wish: Wish): boolean {
    return wish.customerId !== undefined && isOptOut(wish);
  }

  protected question(wish: Wish): Question {
    const [field = 'name'] = wish.named;
    switch (wish.asking) {
      case 'what':
        return { text: words.what, choices: words.whatChoices };
      case 'offers':
        return { text: words.offers, choices: words.offersChoices };
      case 'value':
        return isChoice(field)
          ? { text: words.choice(FIELD_WORDS[field]), choices: words.choiceChoices }
          : { text: words.value(FIELD_WORDS[field]), choices: [] };
      case 'contact':
        return { text: words.contact, choices: [] };
      case 'correct':
        return { text: words.correct, choices: [] };
      case 'confirm':
        return wish.cannot
          ? { text: words.confirmPerson, choices: words.confirmPersonChoices }
          : { text: words.confirm, choices: words.confirmChoices };
      case 'verify':
      case 'proveContact':
      case 'proveNew':
        return { text: words.help, choices: [] };
    }
  }

  protected override calls({ asking, contact, wanted }: Wish): Call | undefined {
    const call = (options: VerifyOptions): Call => ({ dialog: VERIFY_DIALOG, options });
    if (asking === 'verify') return call({});
    if (asking === 'proveContact') return call({ mailbox: contact ?? '' });
    return asking === 'proveNew' ? call({ mailbox: String(wanted.email) }) : undefined;
  }

  protected override async resumed(
    _context: TurnContext,
    wish: Wish,
    result: VerifyResult | undefined,
  ): Promise<Step<Wish>> {
    switch (result?.outcome) {
      case 'verified': {
        const state = { ...wish, customerId: result.customerId };
        return { outcome: isOptOut(state) ? 'complete' : 'taken', state };
      }
      case 'noMailbox': {
        const { email } = wish.wanted;
        const contact = typeof email === 'string' ? { contact: email } : {};
        const { claimed, trouble } = result;
        return { outcome: 'taken', state: { ...wish, ...contact, cannot: { claimed, trouble } } };
      }
      case 'mailbox':
        return wish.asking === 'proveNew'
          ? { outcome: 'complete', state: wish }
          : { outcome: 'taken', state: { ...wish, contactProved: true } };
      case undefined:
        return { outcome: 'drop' };
    }
  }

  protected takesAnyWords(): boolean {
    return false;
  }

  protected async take(
    context: TurnContext,
    before: Wish,
    text: string,
    understood: Understood,
  ): Promise<Step<Wish>> {
    const wish = before.asking === 'confirm' ? { ...before, explained: true } : before;
    if (triage(text).danger) return this.toReport(context, text);
    if (wish.asking === 'confirm' && (NO.test(text) || understood.intent === 'no'))
      return { outcome: 'ask', state: { ...wish, asking: 'correct' } };
    if (wish.asking === 'confirm' && (YES.test(text) || understood.intent === 'yes'))
      return this.confirmed(context, wish);
    if (wish.asking === 'contact') return takeContact(wish, text);
    const told = withTold(wish, text);
    const answered = told.told ? undefined : takeAnswer(wish, text);
    if (told.told || answered) {
      await this.comment(context, told);
      if (answered?.fault) await context.sendActivity(answered.fault);
      return { outcome: 'taken', state: answered?.wish ?? told.wish };
    }
    if (told.card || told.userName) {
      await this.comment(context, told);
      return { outcome: 'taken', state: wish };
    }
    if (wish.asking === 'what' && OFFERS.test(text))
      return { outcome: 'ask', state: { ...wish, asking: 'offers' } };
    if (understood.intent === 'no' || NOTHING.test(text)) return { outcome: 'drop' };
    if (understood.intent === 'report_security') return this.toReport(context, text);
    return { outcome: 'unclear', say: unclearAt(wish) };
  }

  private toReport(context: TurnContext, text: string): Step<Wish> {
    const at = saidAt(context, this.desk.clock);
    const options: ReportOptions = { text, at, question: false };
    return { outcome: 'leave', dialog: REPORT_DIALOG, options };
  }

  /** A new address has to be proved, too, before it is put on a record. */
  private async confirmed(context: TurnContext, wish: Wish): Promise<Step<Wish>> {
    const { email } = wish.wanted;
    const { id } = context.activity.conversation;
    const changed = wish.changes?.some(({ field }) => field === 'email') ?? false;
    const proved =
      wish.cannot !== undefined ||
      !changed ||
      (await this.desk.verifications.provedMailbox(id, String(email)));
    return proved
      ? { outcome: 'complete', state: wish }
      : { outcome: 'ask', state: { ...wish, asking: 'proveNew' } };
  }

  protected async settled(context: TurnContext, wish: Wish): Promise<Wish> {
    const next = nextAsking(wish);
    const asking = next === 'what' && wish.asking === 'offers' ? 'offers' : next;
    if (asking !== 'confirm' || wish.cannot) {
      const changes = wish.cannot ? changesOn(undefined, wish).changes : [];
      return { ...wish, asking, changes };
    }
    const customer = await this.desk.customers.byId(wish.customerId ?? '');
    const { changes, already } = changesOn(customer, wish);
    if (already.length > 0) await context.sendActivity(words.already(inWords(already)));
    const wanted = Object.fromEntries(changes.map(({ field }) => [field, wish.wanted[field]]));
    return { ...wish, asking: changes.length === 0 ? 'what' : asking, wanted, changes };
  }

  protected override async show(context: TurnContext, wish: Wish): Promise<void> {
    if (wish.asking !== 'confirm') return;
    await context.sendActivity(factsCard(words.card_title, (wish.changes ?? []).map(rowOf)));
    const said = explanations(wish);
    if (said.length > 0) await context.sendActivity(said.join('\n\n'));
  }

  protected async finish(context: TurnContext, wish: Wish): Promise<Wish | undefined> {
    const { conversation, id: activityId = '' } = context.activity;
    const id = draftIdOf(conversation.id, activityId);
    const conversationReference = TurnContext.getConversationReference(context.activity);
    if (wish.cannot) {
      const { cannot, contact = '', changes = [] } = wish;
      await this.desk.updates.askPerson({
        ...{ id, ...cannot, email: contact, conversationReference },
        changes: changes.map((change) => ({ ...change, before: null })),
      });
      await this.say(context, words.passedOn);
      return undefined;
    }
    const proof = await this.desk.verifications.proof(conversation.id);
    if (!proof || proof.customerId !== wish.customerId) {
      await context.sendActivity(words.lapsed);
      const { customerId: _lapsed, changes: _shown, ...rest } = wish;
      return this.settled(context, rest);
    }
    const changes = wish.changes?.length ? wish.changes : await this.current(context, wish);
    if (changes.length === 0) return undefined;
    const requested = await this.desk.updates.request({
      ...{ id, customerId: proof.customerId, changes, conversationReference, door: wish.door },
      newMailboxProved: await this.provesNew(conversation.id, wish),
    });
    switch (requested.outcome) {
      case 'done':
        await this.say(context, doneWords(wish, requested.applied, requested.waiting));
        return undefined;
      case 'conflict':
        await context.sendActivity(words.conflict(inWords(requested.fields)));
        return this.settled(context, wish);
      case 'mailboxUnproved':
        return { ...wish, asking: 'proveNew' };
      case 'frozen':
      case 'emailTaken':
        await this.say(context, words[requested.outcome]);
        return undefined;
    }
  }

  private async provesNew(conversationId: string, { wanted }: Wish): Promise<boolean> {
    const { email } = wanted;
    return (
      typeof email === 'string' &&
      (await this.desk.verifications.provedMailbox(conversationId, email))
    );
  }

  /** What would change now, for whoever was shown nothing before. */
  private async current(context: TurnContext, wish: Wish): Promise<FieldChange[]> {
    const customer = await this.desk.customers.byId(wish.customerId ?? '');
    const { changes, already } = changesOn(customer, wish);
    if (already.length > 0) await this.say(context, words.already(inWords(already)));
    return changes;
  }

  private async say(context: TurnContext, text: string): Promise<void> {
    await context.sendActivity(suggesting(text, Object.values(MENU)));
  }

  protected async cancel(context: TurnContext): Promise<void> {
    await this.say(context, words.cancelled);
  }

  protected async aside(context: TurnContext, wish: Wish, between: Between): Promise<Aside<Wish>> {
    return plainAside(context, this.desk, wish, between, words.help);
  }
}
