import type { TurnContext } from 'botbuilder';
import type { Asked, Understood } from '../services/understanding/types';
import type { PassageChoice } from './messages';

/** Something that the customer may have passed on as a case by saying yes. */
export interface Offer {
  readonly as: 'question' | 'report';
  /** What would be passed on; empty when the customer has yet to say it. */
  readonly text: string;
  /** ISO instant at which the customer said it. */
  readonly at: string;
}

/** What a conversation remembers between turns, beside its dialogs. */
export interface DeskState {
  /** Passages that were offered and not yet chosen from. */
  choices?: readonly PassageChoice[];
  /** The question that they were offered for, where its words alone say what was asked. */
  choicesFor?: string;
  offer?: Offer;
  /** The customer has reported something here: who bears a loss is no answer for them. */
  reported?: boolean;
  /** The writer has said that they are a child: nothing more is asked of them here. */
  child?: boolean;
  /** The messages that told a child why: all that is left of their chat. */
  childTold?: readonly string[];
  /** A mailbox was proved here: the customer's words keep that from lapsing. */
  proved?: boolean;
  /** How many values were said to stand on the customer's record already. */
  compared?: number;
  /** Messages in a row that were not understood. */
  misunderstood?: number;
  /** What the customer was asked after a person had talked to them. */
  afterTalk?: {
    readonly handoffId: string;
    readonly asked: 'rating' | 'transcript';
    /** Whether the transcript can be mailed. */
    readonly transcript: boolean;
  };
  /** What was asked last, for a message that says only half; `at` is the ISO instant of it. */
  asked?: Asked & { readonly at: string };
  /** The second thing that a message asked, to be answered when the first is dealt with. */
  also?: {
    readonly text: string;
    /** ISO instant at which the customer said it. */
    readonly at: string;
    /** The passages that answer it, best first. */
    readonly offered: readonly string[];
  };
  /** What the customer last asked about: an intent's name. */
  topic?: string;
  /** A person talked to the customer since the bot last did: a form that was open is over. */
  withPerson?: boolean;
  /** A person was offered, to be had by saying yes. */
  personOffered?: 'asked' | 'misunderstood' | 'anger' | 'beyond';
  /** The case that was opened last in this conversation, until something else is talked about; never its PIN. */
  opened?: {
    readonly reference: string;
    /** ISO instant by which an answer was promised. */
    readonly dueAt: string;
    /** The answer is read here with a PIN, and not mailed. */
    readonly byPin: boolean;
  };
  /** Anger was met with an offer once. */
  soothed?: boolean;
  /** The message that shows a PIN; it is hidden in the log at the next turn. */
  pinShown?: { readonly activityId: string; readonly text: string };
}

const KEY = Symbol('desk state');

export function rememberState(context: TurnContext, state: DeskState): void {
  context.turnState.set(KEY, state);
}

/** The state of this turn's conversation; changes are saved when the turn ends. */
export function stateOf(context: TurnContext): DeskState {
  return context.turnState.get<DeskState | undefined>(KEY) ?? {};
}

/** Forgets what a mere yes, a choice or a sequel would have gone on with. */
export function clearOffers(state: DeskState): void {
  delete state.offer;
  delete state.personOffered;
  delete state.choices;
  delete state.choicesFor;
  delete state.also;
  delete state.asked;
}

/** Forgets everything that a conversation's state holds. */
export function clearState(state: DeskState): void {
  for (const field of Object.keys(state)) Reflect.deleteProperty(state, field);
}

const UNDERSTOOD = Symbol('what the message was understood to ask');

export function rememberUnderstood(context: TurnContext, understood: Understood): void {
  context.turnState.set(UNDERSTOOD, understood);
}

/** What this turn's message was understood to ask. */
export const understoodOf = (context: TurnContext): Understood =>
  context.turnState.get<Understood>(UNDERSTOOD);
