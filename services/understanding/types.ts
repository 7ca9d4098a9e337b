/** What a customer's message may ask for; the closed set of `labels`. */
export const INTENTS = [
  'faq',
  'update_data',
  'report_security',
  'case_status',
  'talk_to_agent',
  'forgot_password_action',
  'unsubscribe',
  'export_or_delete_data',
  'child_user',
  'greeting',
  'thanks',
  'goodbye',
  'cancel',
  'yes',
  'no',
] as const;

export type Intent = (typeof INTENTS)[number];

/** A policy passage that may answer, with its calibrated score from 0 to 1. */
export interface RankedPassage {
  readonly id: string;
  readonly score: number;
}

/** What a message was understood to ask. */
export interface Understood {
  /** The best intent, or `out_of_scope` when none is likely enough. */
  readonly intent: Intent | 'out_of_scope';
  /** The best intent when rejection is left aside. */
  readonly bestIntent: Intent;
  /** Confidence in `intent`, from 0 to 1. */
  readonly score: number;
  /** Passages best first, whatever the intent; at most five. */
  readonly passages: readonly RankedPassage[];
  /** For `faq`: the ids to show. One is an answer, two or three are a choice. Empty for any other intent. */
  readonly offered: readonly string[];
  /** For `out_of_scope`: a privacy question that the policy leaves open, fit for the privacy manager. */
  readonly openQuestion: boolean;
  /** A second thing that the same message asks: its own reading. */
  readonly alsoAsked?: Understood;
  /** The message is whole only in the light of what was asked before. */
  readonly inContext?: boolean;
  /** The message is in another language or script than the desk's. */
  readonly otherLanguage?: boolean;
}

/** What was asked last, for a message that says only half. */
export interface Asked {
  /** The last question's normal words, at most 200 characters. */
  readonly plain: string;
  /** Passages shown last, best first. */
  readonly passages: readonly string[];
  readonly intent: Understood['intent'];
}

/** Probability of each class, in sum 1; empty when a text has nothing in common with any example. */
export type Probabilities = ReadonlyMap<string, number>;

/** Text to intent and passage; bounded in time whatever the text. */
export interface Understanding {
  /** @param before what was asked last, where the message may go on with it. */
  understand(text: string, before?: Asked): Promise<Understood>;
  /** Ends its thread, where it has one. */
  close?(): Promise<void>;
}
