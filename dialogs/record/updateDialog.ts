import { TurnContext } from 'botbuilder';
import type { RecordField } from '../../services/records/recordFields';
import { triage } from '../../services/triage';
import { fieldsInWords, onlyLeaves, type FieldChange } from '../../services/updates';
import type { Understood } from '../../services/understanding/types';
import { isQuestion, showPassage } from '../answers';
import { troubleIn } from '../asker';
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
import { stateOf, understoodOf } from '../deskState';
import { factsCard, suggesting } from '../messages';
import { draftIdOf } from '../report/draft';
import { leaveToReport } from '../report/options';
import { MENU } from '../wording';
import { update as words } from '../wording/record';
import { isNo, isYes, NOTHING, OFFERS, takeAnswer, takeContact, takenOut } from './wishAnswers';
import { doneWords, explanations, questionOf, rowOf, unclearAt } from './wishWords';
import { VERIFY_DIALOG, type VerifyOptions, type VerifyResult } from './verifyDialog';
import { changesOn, isOptOut, nextAsking, withTold, withValue, type Told, type Wish } from './wish';

export const UPDATE_DIALOG = 'update';
/** So many values are said to stand on a record already, in one chat. */
const MOST_COMPARED = 5;

export interface UpdateOptions {
  /** What the customer said; may tell already what is to be changed. */
  readonly text: string;
  /** That of their mail. */
  readonly subject?: string;
  /** They wrote it in a mail, and a link in our answer has proved their mailbox. */
  readonly byMail?: { readonly email: string; readonly hasRecord: boolean };
}

/** Has a customer's record changed: what, whose, shown before and after, confirmed. */
export class UpdateDialog extends FormDialog<Wish, UpdateOptions> {
  constructor(desk: Desk) {
    super(UPDATE_DIALOG, desk);
  }

  protected async begin(
    context: TurnContext,
    { text, subject = '', byMail }: UpdateOptions,
  ): Promise<Wish> {
    const empty: Wish = {
      ...{ asking: 'what', wanted: {}, named: [], door: byMail ? 'mail' : 'chat' },
      ...troubleIn(text),
    };
    const proof = await this.desk.verifications.proof(context.activity.conversation.id);
    const proved = proof ? { customerId: proof.customerId } : {};
    const body = withTold({ ...empty, ...proved }, text);
    // A subject says in short what the mail tells whole.
    const told = body.told || subject === '' ? body : withTold(body.wish, subject);
    if (!told.told && OFFERS.test(text)) return { ...told.wish, asking: 'offers' };
    if (byMail) await context.sendActivity(told.told ? words.fromMail : words.fromMailUnclear);
    else if (isQuestion(text) && !understoodOf(context).alsoAsked)
      await showPassage(context, this.desk, 'update.how', words.policy);
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
    return questionOf(wish);
  }

  protected override calls({ asking, contact, trouble, wanted }: Wish): Call | undefined {
    const call = (options: VerifyOptions): Call => ({ dialog: VERIFY_DIALOG, options });
    if (asking === 'verify') return call(trouble ? { trouble } : {});
    if (asking === 'proveContact') return call({ mailbox: contact ?? '' });
    return asking === 'proveNew' ? call({ mailbox: String(wanted.email) }) : undefined;
  }

  protected override async resumed(
    context: TurnContext,
    wish: Wish,
    result: VerifyResult | undefined,
  ): Promise<Step<Wish>> {
    switch (result?.outcome) {
      case 'verified': {
        const state = { ...wish, customerId: result.customerId };
        return { outcome: isOptOut(state) ? 'complete' : 'taken', state };
      }
      case 'noMailbox': {
        if (isOptOut(wish)) await context.sendActivity(words.leaveByLink);
        const { email } = wish.wanted;
        const contact = typeof email === 'string' ? { contact: email } : {};
        const { claimed, trouble } = result;
        return { outcome: 'taken', state: { ...wish, ...contact, cannot: { claimed, trouble } } };
      }
      case 'mailbox':
        return wish.asking === 'proveNew'
          ? { outcome: 'complete', state: wish }
          : { outcome: 'taken', state: { ...wish, contactProved: true } };
      case 'otherMailbox': {
        if (wish.asking === 'proveContact')
          return { outcome: 'taken', state: { ...wish, contact: result.email } };
        const { wish: state, fault } = withValue(wish, 'email', result.email);
        return { outcome: 'taken', state, ...(fault ? { say: fault } : {}) };
      }
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
    if (triage(text).danger) return leaveToReport(context, this.desk.clock, text);
    if (wish.asking === 'contact') return takeContact(wish, text);
    const told = withTold(wish, text);
    const out = told.valued && !told.repeats ? undefined : takenOut(wish, text);
    if (out)
      return nextAsking(out) === 'what' ? { outcome: 'drop' } : { outcome: 'taken', state: out };
    if (!told.valued && wish.asking === 'confirm' && isQuestion(text))
      return { outcome: 'unclear', say: unclearAt(wish) };
    if (!told.told && wish.asking === 'confirm') {
      if (isYes(text)) return this.confirmed(context, wish);
      if (isNo(text, understood)) return { outcome: 'ask', state: { ...wish, asking: 'correct' } };
    }
    // An answer is taken whole, as it was given, unless it tells of other fields, too.
    const [asked] = wish.asking === 'value' ? wish.named : [];
    const answers = !told.told || told.fields.every((field) => field === asked);
    const answered = answers ? takeAnswer(wish, text) : undefined;
    if (told.told || answered) {
      await this.comment(context, answered ? { ...told, faults: [] } : told);
      if (answered?.fault) await context.sendActivity(answered.fault);
      return { outcome: 'taken', state: answered?.wish ?? told.wish };
    }
    if (told.card || told.userName) {
      await this.comment(context, told);
      return { outcome: 'taken', state: wish };
    }
    if (wish.asking === 'what' && OFFERS.test(text))
      return { outcome: 'ask', state: { ...wish, asking: 'offers' } };
    const mayLeave = wish.asking === 'what' || wish.asking === 'offers';
    if (mayLeave && (understood.intent === 'no' || NOTHING.test(text))) return { outcome: 'drop' };
    if (understood.intent === 'report_security')
      return leaveToReport(context, this.desk.clock, text);
    return { outcome: 'unclear', say: unclearAt(wish) };
  }

  /** A new address has to be proved, too, before it is put on a record. */
  private async confirmed(context: TurnContext, wish: Wish): Promise<Step<Wish>> {
    const changed = wish.changes?.some(({ field }) => field === 'email') ?? false;
    const contactIsIt = wish.contactProved === true && wish.contact === wish.wanted.email;
    const { id } = context.activity.conversation;
    return !changed || contactIsIt || (await this.provesNew(id, wish))
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
    // Nothing of a record is shown or compared once the proof is gone, whoever sits there now.
    if (!(await this.proves(context, wish)))
      return this.settled(context, await lapsed(context, wish));
    const customer = await this.desk.customers.byId(wish.customerId ?? '');
    const { changes, already } = changesOn(customer, wish);
    if (already.length > 0 && !(await this.sayAlready(context, wish, already)))
      return { ...wish, asking: 'what', wanted: {}, changes: [] };
    const wanted = Object.fromEntries(changes.map(({ field }) => [field, wish.wanted[field]]));
    return { ...wish, asking: changes.length === 0 ? 'what' : asking, wanted, changes };
  }

  /** Whether the proof holds still, for the record that the form is about. */
  private async proves(context: TurnContext, { customerId }: Wish): Promise<boolean> {
    const proof = await this.desk.verifications.proof(context.activity.conversation.id);
    return proof !== undefined && proof.customerId === customerId;
  }

  /** @returns false where enough of the record was compared in this chat. */
  private async sayAlready(
    context: TurnContext,
    { wanted }: Wish,
    already: readonly RecordField[],
  ): Promise<boolean> {
    // Each tells a value of the record to whoever can only read its mailbox.
    const state = stateOf(context);
    state.compared = (state.compared ?? 0) + already.length;
    if (state.compared > MOST_COMPARED) {
      await context.sendActivity(words.comparedEnough(this.desk.privacyMailbox));
      return false;
    }
    const off = already.every((field) => wanted[field] === false);
    const say = off ? words.alreadyOff : words.already;
    await context.sendActivity(say(fieldsInWords(already)));
    return true;
  }

  protected override async show(context: TurnContext, wish: Wish): Promise<void> {
    if (wish.asking !== 'confirm') return;
    await context.sendActivity(factsCard(words.cardTitle, (wish.changes ?? []).map(rowOf)));
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
    if (!(await this.proves(context, wish)))
      return this.settled(context, await lapsed(context, wish));
    const changes = wish.changes?.length ? wish.changes : await this.current(context, wish);
    if (changes.length === 0) return undefined;
    return this.requested(context, wish, {
      ...{ id, customerId: wish.customerId ?? '', changes, conversationReference, door: wish.door },
      newMailboxProved: await this.provesNew(conversation.id, wish),
    });
  }

  private async requested(
    context: TurnContext,
    wish: Wish,
    ask: Parameters<Desk['updates']['request']>[0],
  ): Promise<Wish | undefined> {
    const requested = await this.desk.updates.request(ask);
    switch (requested.outcome) {
      case 'done':
        await this.say(context, doneWords(wish, requested.applied, requested.waiting));
        return undefined;
      case 'conflict':
        await context.sendActivity(words.conflict(fieldsInWords(requested.fields)));
        return this.settled(context, wish);
      case 'mailboxUnproved':
        return { ...wish, asking: 'proveNew' };
      case 'frozen': {
        // To leave works always, whatever else was asked for.
        const leaving = ask.changes.filter(onlyLeaves);
        await context.sendActivity(words.frozen(this.desk.privacyMailbox));
        return leaving.length === 0 || leaving.length === ask.changes.length
          ? undefined
          : this.requested(context, wish, { ...ask, changes: leaving });
      }
      case 'emailTaken':
        await this.say(context, words.emailTaken);
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
    if (already.length > 0) await this.sayAlready(context, wish, already);
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

/** Whoever sits there now has to prove the mailbox anew. */
async function lapsed(context: TurnContext, wish: Wish): Promise<Wish> {
  await context.sendActivity(words.lapsed);
  const { customerId: _lapsed, changes: _shown, ...rest } = wish;
  return rest;
}
