import type { TurnContext } from 'botbuilder';
import { findCode, findEmail } from '../../services/entities';
import type { MailboxTrouble } from '../../services/updates';
import { triage } from '../../services/triage';
import type { Understood } from '../../services/understanding/types';
import { isQuestion } from '../answers';
import { askerOf, cannotUseIt, isReadByOthers, personOf, userNameIn } from '../asker';
import { plainAside } from '../asides';
import type { Desk } from '../desk';
import { stateOf } from '../deskState';
import { FormDialog, type Aside, type Between, type Question, type Step } from '../formDialog';
import { unformatted } from '../messages';
import { leaveToReport } from '../report/options';
import { verify as words } from '../wording/record';

export const VERIFY_DIALOG = 'verify';

export interface VerifyOptions {
  /** An address or user name that is known already. */
  readonly claimed?: string;
  /** They have said already why they cannot use the mailbox on their record. */
  readonly trouble?: MailboxTrouble;
  /** A mailbox that is to be proved, rather than the one on the customer's record. */
  readonly mailbox?: string;
}

/** What a verification ends with; nothing when it was dropped. */
export type VerifyResult =
  | { readonly outcome: 'verified'; readonly customerId: string }
  | { readonly outcome: 'mailbox'; readonly email: string }
  /** The mailbox that was to be proved is another than they had said. */
  | { readonly outcome: 'otherMailbox'; readonly email: string }
  | {
      readonly outcome: 'noMailbox';
      readonly claimed: string;
      readonly trouble: MailboxTrouble;
    };

/** A verification under way; plain JSON, since it is kept as dialog state. */
interface Proving {
  readonly asking: 'who' | 'code' | 'trouble' | 'whoWithout';
  readonly mailbox?: string;
  readonly claimed?: string;
  readonly trouble?: MailboxTrouble;
  readonly result?: VerifyResult;
}

/** Has the customer show by a mailed code that a mailbox is theirs. */
export class VerifyDialog extends FormDialog<Proving, VerifyOptions> {
  constructor(desk: Desk) {
    super(VERIFY_DIALOG, desk);
  }

  protected async begin(context: TurnContext, options: VerifyOptions): Promise<Proving> {
    const { claimed, mailbox, trouble } = options;
    if (mailbox) return this.sent(context, { asking: 'code', mailbox }, mailbox);
    if (trouble) return { asking: 'whoWithout', trouble };
    return claimed ? this.sent(context, { asking: 'code' }, claimed) : { asking: 'who' };
  }

  protected question({ asking, mailbox }: Proving): Question {
    switch (asking) {
      case 'who':
        return { text: words.who, choices: [words.noMailbox] };
      case 'whoWithout':
        return { text: words.whoWithout, choices: [words.troubleChoices[3]] };
      case 'code':
        return {
          text: words.code,
          choices: mailbox ? [words.again] : [words.again, words.noMailbox],
        };
      case 'trouble':
        return { text: words.trouble, choices: words.troubleChoices };
    }
  }

  protected takesAnyWords(): boolean {
    return false;
  }

  protected async take(
    context: TurnContext,
    state: Proving,
    text: string,
    understood: Understood,
  ): Promise<Step<Proving>> {
    const [lost, shared, , afterAll] = words.troubleChoices;
    const { danger, urgency } = triage(text);
    const tells =
      understood.intent === 'report_security' &&
      urgency !== 'normal' &&
      !findEmail(text) &&
      !findCode(text) &&
      !isReadByOthers(text) &&
      ![...words.troubleChoices, words.again, words.noMailbox].some((label) => label === text);
    if (danger || (tells && !AGAIN.test(text)))
      return leaveToReport(context, this.desk.clock, text);
    if (state.asking === 'whoWithout' && text === afterAll)
      return { outcome: 'ask', state: { asking: 'who' } };
    if (!state.mailbox && state.asking === 'code' && (text === lost || text === shared))
      return takeTrouble(state, text);
    const waits = AGAIN.test(text) && state.asking === 'code';
    if (!state.mailbox && state.asking !== 'trouble' && !waits && cannotUseIt(text))
      return isReadByOthers(text)
        ? withoutMailbox({ ...state, trouble: 'shared' }, state.claimed)
        : { outcome: 'ask', state: { ...state, asking: 'trouble' } };
    switch (state.asking) {
      case 'who':
        return this.takeWho(context, state, text);
      case 'whoWithout':
        return withoutMailbox(state, findEmail(text) ?? userNameIn(text));
      case 'code':
        return this.takeCode(context, state, text);
      case 'trouble':
        return this.takeTrouble(context, state, text);
    }
  }

  private async takeWho(
    context: TurnContext,
    state: Proving,
    text: string,
  ): Promise<Step<Proving>> {
    const claimed = findEmail(text) ?? userNameIn(text);
    if (!claimed) return { outcome: 'unclear', say: words.whoUnclear };
    return { outcome: 'ask', state: await this.sent(context, state, claimed) };
  }

  /** Why they cannot use the mailbox; or the code after all. */
  private async takeTrouble(
    context: TurnContext,
    state: Proving,
    text: string,
  ): Promise<Step<Proving>> {
    const after = state.claimed ? 'code' : 'who';
    if (findCode(text) && state.claimed)
      return this.takeCode(context, { ...state, asking: 'code' }, text);
    if (/\bafter all\b/i.test(text)) return { outcome: 'ask', state: { ...state, asking: after } };
    return takeTrouble(state, text);
  }

  private async takeCode(
    context: TurnContext,
    state: Proving,
    text: string,
  ): Promise<Step<Proving>> {
    const code = findCode(text);
    if (code) return this.checked(context, state, code);
    if (AGAIN.test(text)) return this.sentAgain(context, state);
    const other = findEmail(text);
    if (other && state.mailbox)
      return {
        outcome: 'complete',
        state: { ...state, result: { outcome: 'otherMailbox', email: other } },
      };
    if (other) return this.takeWho(context, state, text);
    return { outcome: 'unclear', say: isQuestion(text) ? words.help : words.codeUnclear };
  }

  private async checked(
    context: TurnContext,
    state: Proving,
    code: string,
  ): Promise<Step<Proving>> {
    const { verifications } = this.desk;
    const asker = await askerOf(context, this.desk);
    const checked = state.mailbox
      ? await verifications.checkMailbox(asker, code)
      : await verifications.check(asker, code);
    const known = checked.outcome === 'none' ? await this.known(context, state) : undefined;
    if (known) return { outcome: 'complete', state: { ...state, result: known } };
    switch (checked.outcome) {
      case 'verified': {
        const result: VerifyResult =
          'customerId' in checked
            ? { outcome: 'verified', customerId: checked.customerId }
            : { outcome: 'mailbox', email: checked.email };
        stateOf(context).proved = true;
        await context.sendActivity(
          result.outcome === 'verified' ? words.verified : words.mailboxVerified,
        );
        return { outcome: 'complete', state: { ...state, result } };
      }
      case 'wrong':
        return { outcome: 'ask', state, say: words.wrong(checked.attemptsLeft) };
      case 'spent':
        await context.sendActivity(words.spent(personOf(this.desk)));
        return { outcome: 'complete', state };
      case 'expired':
      case 'none':
        return { outcome: 'ask', state, say: words[checked.outcome] };
      case 'throttled':
        return { outcome: 'ask', state, say: words.throttled[checked.by](personOf(this.desk)) };
    }
  }

  /** What the code has proved already: the turn is run again after a crash, or the code was sent twice. */
  private async known(
    context: TurnContext,
    { mailbox }: Proving,
  ): Promise<VerifyResult | undefined> {
    const { id } = context.activity.conversation;
    const { verifications } = this.desk;
    stateOf(context).proved = true;
    if (mailbox)
      return (await verifications.provedMailbox(id, mailbox))
        ? { outcome: 'mailbox', email: mailbox }
        : undefined;
    const proof = await verifications.proof(id);
    return proof && { outcome: 'verified', customerId: proof.customerId };
  }

  /** Sends the first code; where it could not be sent, what was asked is asked again. */
  private async sent(context: TurnContext, state: Proving, to: string): Promise<Proving> {
    const { verifications } = this.desk;
    const asker = await askerOf(context, this.desk);
    const started = state.mailbox
      ? await verifications.startMailbox(asker, to)
      : await verifications.start(asker, to);
    if (started.outcome === 'throttled') {
      await context.sendActivity(words.throttled[started.by](personOf(this.desk)));
      return { ...state, asking: state.mailbox ? 'code' : 'who' };
    }
    await context.sendActivity(state.mailbox ? words.sentTo(unformatted(to)) : words.sent);
    return { ...state, asking: 'code', claimed: to };
  }

  private async sentAgain(context: TurnContext, state: Proving): Promise<Step<Proving>> {
    const { verifications } = this.desk;
    const asker = await askerOf(context, this.desk);
    const sent = state.mailbox
      ? await verifications.resendMailbox(asker)
      : await verifications.resend(asker);
    switch (sent.outcome) {
      case 'sent':
        return { outcome: 'ask', state, say: words.sentAgain };
      case 'none': {
        const { mailbox, claimed = '' } = state;
        return { outcome: 'ask', state: await this.sent(context, state, mailbox ?? claimed) };
      }
      case 'throttled':
        // A code may still be on its way, so the question stays.
        return {
          outcome: 'ask',
          state,
          say:
            sent.by === 'conversation'
              ? words.tooSoon
              : words.throttled[sent.by](personOf(this.desk)),
        };
    }
  }

  protected async settled(_context: TurnContext, state: Proving): Promise<Proving> {
    return state;
  }

  protected async finish(): Promise<undefined> {
    return undefined;
  }

  protected override result({ result }: Proving): VerifyResult | undefined {
    return result;
  }

  protected async cancel(): Promise<void> {
    // Whoever asked for the proof says what was dropped.
  }

  protected async aside(
    context: TurnContext,
    state: Proving,
    between: Between,
  ): Promise<Aside<Proving> | undefined> {
    if (between.kind === 'open') return undefined;
    return plainAside(context, this.desk, state, between, words.help);
  }
}

const AGAIN =
  /\b(?:new (?:code|one)|another code|resend|send (?:it |the code |a new code )?again|not (?:here|arrived|coming|come|received|there)|has ?n(?:['’]?t|ot) (?:come|arrived)|send another|nothing in my (?:inbox|mail\w*)|did ?n(?:['’]?t|ot) (?:get|receive|come|arrive)|(?:don['’]?t|do not|can['’]?t|cannot) (?:see|find)|never (?:got|came|received|arrived)|no (?:mail|code|e-?mail) (?:yet|here|came|so far|arrived)|nothing (?:came|arrived|here|yet)|have ?n(?:['’]?t|ot) (?:got|received))\b/i;

function takeTrouble(state: Proving, text: string): Step<Proving> {
  const [lost, shared, none] = words.troubleChoices;
  const said = text.trim().toLowerCase();
  const trouble: MailboxTrouble | undefined =
    said === shared.toLowerCase() || isReadByOthers(text) || /\bshared?\b/i.test(text)
      ? 'shared'
      : said === none.toLowerCase() || /\b(?:none|never had|no (?:e-?mail|address))\b/i.test(text)
        ? 'none'
        : said === lost.toLowerCase() ||
            /\b(?:lost|closed|gone|forgot|old|deleted|access|left)\b/i.test(text)
          ? 'lost'
          : undefined;
  if (!trouble) return { outcome: 'unclear', say: words.troubleUnclear };
  return withoutMailbox({ ...state, trouble }, state.claimed);
}

/** Whoever cannot use the mailbox still has to say which record is theirs. */
function withoutMailbox(state: Proving, claimed: string | undefined): Step<Proving> {
  if (!claimed)
    return state.asking === 'whoWithout'
      ? { outcome: 'unclear', say: words.whoUnclear }
      : { outcome: 'ask', state: { ...state, asking: 'whoWithout' } };
  const { trouble = 'lost' } = state;
  return {
    outcome: 'complete',
    state: { ...state, result: { outcome: 'noMailbox', claimed, trouble } },
  };
}
