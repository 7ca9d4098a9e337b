import { ActivityTypes, type TurnContext } from 'botbuilder';
import {
  Dialog,
  type DialogContext,
  type DialogInstance,
  type DialogReason,
  type DialogTurnResult,
} from 'botbuilder-dialogs';
import type { Understood } from '../services/understanding/types';
import type { Desk } from './desk';
import { understoodOf } from './deskState';
import { callsOutright, interruption, type Interruption } from './interruptions';
import { suggesting } from './messages';
import { wordsOf } from './words';

/** What became of the customer's answer to the question that a form had asked. */
export type Step<State> =
  /** Understood; the form goes on. `say` is said first. */
  | { readonly outcome: 'taken'; readonly state: State; readonly say?: string }
  /** Understood, and `state` says which question comes next; `say` is said first. */
  | { readonly outcome: 'ask'; readonly state: State; readonly say?: string }
  /** Not an answer, but worth keeping: `say` says so, and the same question is asked again. */
  | { readonly outcome: 'more'; readonly state: State; readonly say: string }
  /** The customer wants it dropped. */
  | { readonly outcome: 'drop' }
  /** Not an answer to it; `say` asks again. */
  | { readonly outcome: 'unclear'; readonly say: string }
  /** It is something else altogether: another dialog takes over. */
  | { readonly outcome: 'leave'; readonly dialog: string; readonly options: object }
  /** The form is complete. */
  | { readonly outcome: 'complete'; readonly state: State };

/** Words that came in the middle of a form. */
export interface Between {
  readonly kind: Exclude<Interruption, 'cancel' | 'stop'>;
  readonly text: string;
  readonly understood: Understood;
}

/** A question of a form: what is asked and what may be pressed instead of typing. */
export interface Question {
  readonly text: string;
  readonly choices: readonly string[];
}

/** Another dialog that has to be gone through before a form asks its next question. */
export interface Call {
  readonly dialog: string;
  readonly options: object;
}

/** What came of a question put in between: where the form stands, and whether it asks its own again at once. */
export interface Aside<State> {
  readonly state: State;
  readonly askAgain: boolean;
}

/**
 * A dialog that asks for what is missing, one question at a time.
 * An answer may be any words; a question put in between is answered and the form comes back to its own.
 */
export abstract class FormDialog<
  State extends object,
  Options extends object,
> extends Dialog<Options> {
  constructor(
    id: string,
    protected readonly desk: Desk,
  ) {
    super(id);
  }

  /** The form as it begins, from what is known already. */
  protected abstract begin(context: TurnContext, options: Options): Promise<State>;
  /** What to ask next. */
  protected abstract question(state: State): Question;
  /** Whether the question that is asked takes any words at all. */
  protected abstract takesAnyWords(state: State): boolean;
  protected abstract take(
    context: TurnContext,
    state: State,
    text: string,
    understood: Understood,
  ): Promise<Step<State>>;
  /** Called after each step, before the next question. */
  protected abstract settled(context: TurnContext, state: State): Promise<State>;
  /** Does what the form is for; a state is given when it has to go on asking. */
  protected abstract finish(context: TurnContext, state: State): Promise<State | undefined>;
  protected abstract cancel(context: TurnContext, state: State): Promise<void>;
  /** Deals with something put in between; undefined when it is nothing of the kind. */
  protected abstract aside(
    context: TurnContext,
    state: State,
    between: Between,
  ): Promise<Aside<State> | undefined>;
  /** The dialog to go through where the state does not call for a question. */
  protected calls(_state: State): Call | undefined {
    return undefined;
  }
  /** Takes what the called dialog ended with; undefined when it was dropped. */
  protected async resumed(
    _context: TurnContext,
    _state: State,
    _result: unknown,
  ): Promise<Step<State>> {
    return { outcome: 'drop' };
  }
  /** Whether the first message already told everything. */
  protected isComplete(_state: State): boolean {
    return false;
  }
  /** What to ask somebody who may want to leave; undefined when the form is simply dropped. */
  protected stopped(_state: State): State | undefined {
    return undefined;
  }
  /** Called with every word of the customer, whatever it turns out to mean. */
  protected async heard(_context: TurnContext, _state: State): Promise<void> {
    // Most forms leave no trace until they are complete.
  }
  /** What must be seen before the question, such as a summary. */
  protected async show(_context: TurnContext, _state: State): Promise<void> {
    // Most questions need nothing shown before them.
  }

  override async beginDialog(dc: DialogContext, options?: Options): Promise<DialogTurnResult> {
    const state = await this.begin(dc.context, options ?? ({} as Options));
    if (this.isComplete(state))
      return this.after(dc, state, { outcome: 'complete', state }, undefined);
    return this.goOn(dc, await this.settled(dc.context, state));
  }

  override async continueDialog(dc: DialogContext): Promise<DialogTurnResult> {
    if (dc.context.activity.type !== (ActivityTypes.Message as string)) return Dialog.EndOfTurn;
    const text = wordsOf(dc.context.activity);
    const state = this.stateOf(dc.activeDialog);
    await this.heard(dc.context, state);
    const understood = understoodOf(dc.context);
    const kind = interruption(text, understood, this.question(state).choices);
    if (kind === 'cancel' || kind === 'stop') {
      const asking = kind === 'stop' ? this.stopped(state) : undefined;
      return asking ? this.goOn(dc, asking) : this.dropped(dc, state);
    }
    const between = kind && { kind, text, understood };
    if (between && (isSurely(between) || (this.takesAnyWords(state) && !isTold(between)))) {
      const aside = await this.aside(dc.context, state, between);
      if (aside) return this.back(dc, aside);
    }
    const step = await this.take(dc.context, state, text, understood);
    return this.after(dc, state, step, between);
  }

  override async resumeDialog(
    dc: DialogContext,
    _reason: DialogReason,
    result?: unknown,
  ): Promise<DialogTurnResult> {
    const state = this.stateOf(dc.activeDialog);
    return this.after(dc, state, await this.resumed(dc.context, state, result), undefined);
  }

  /** What whoever called this dialog gets of it; undefined unless it came to its end. */
  protected result(_state: State): unknown {
    return undefined;
  }

  private async dropped(dc: DialogContext, state: State): Promise<DialogTurnResult> {
    await this.cancel(dc.context, state);
    return dc.endDialog();
  }

  override async repromptDialog(context: TurnContext, instance: DialogInstance): Promise<void> {
    await this.ask(context, this.stateOf(instance));
  }

  private async after(
    dc: DialogContext,
    state: State,
    step: Step<State>,
    between: Between | undefined,
  ): Promise<DialogTurnResult> {
    switch (step.outcome) {
      case 'complete': {
        const open = await this.finish(dc.context, step.state);
        return open ? this.goOn(dc, open) : dc.endDialog(this.result(step.state));
      }
      case 'drop':
        return this.dropped(dc, state);
      case 'ask':
        if (step.say) await dc.context.sendActivity(step.say);
        return this.goOn(dc, step.state);
      case 'leave':
        return dc.replaceDialog(step.dialog, step.options);
      case 'taken':
        if (step.say) await dc.context.sendActivity(step.say);
        return this.goOn(dc, await this.settled(dc.context, step.state));
      case 'more': {
        const aside = between && (await this.aside(dc.context, state, between));
        if (aside) return this.back(dc, aside);
        await dc.context.sendActivity(step.say);
        return this.goOn(dc, step.state);
      }
      case 'unclear': {
        const aside = between && (await this.aside(dc.context, state, between));
        if (aside) return this.back(dc, aside);
        await dc.context.sendActivity(suggesting(step.say, this.question(state).choices));
        return Dialog.EndOfTurn;
      }
    }
  }

  private async back(
    dc: DialogContext,
    { state, askAgain }: Aside<State>,
  ): Promise<DialogTurnResult> {
    if (askAgain) return this.goOn(dc, state);
    if (dc.activeDialog) dc.activeDialog.state = state;
    return Dialog.EndOfTurn;
  }

  private async goOn(dc: DialogContext, state: State): Promise<DialogTurnResult> {
    if (dc.activeDialog) dc.activeDialog.state = state;
    const call = this.calls(state);
    if (call) return dc.beginDialog(call.dialog, call.options);
    await this.ask(dc.context, state);
    return Dialog.EndOfTurn;
  }

  private async ask(context: TurnContext, state: State): Promise<void> {
    await this.show(context, state);
    const { text, choices } = this.question(state);
    await context.sendActivity(suggesting(text, choices));
  }

  private stateOf(instance: DialogInstance | undefined): State {
    return instance?.state as State;
  }
}

/** Never an answer to anything that a form asks. */
const isSurely = ({ kind, text }: Between): boolean =>
  kind === 'menu' || (kind === 'person' && callsOutright(text));

/** Where any words are asked for, only a short call for a person is one. */
const isTold = ({ kind, text }: Between): boolean => kind === 'person' && text.length > SHORT_CALL;
const SHORT_CALL = 30;
