import type { Report } from '../../services/cases';
import type { Understood } from '../../services/understanding/types';
import type { Step } from '../formDialog';
import type { Draft, Slot } from './draft';

/** What an answer is read with. */
export interface Reading {
  readonly text: string;
  readonly understood: Understood;
  readonly now: Date;
  /** IANA name of the company's time zone. */
  readonly zone: string;
}

export type DraftStep = Step<Draft>;

export const taken = (state: Draft, say?: string): DraftStep => ({
  outcome: 'taken',
  state,
  ...(say ? { say } : {}),
});

export const ask = (state: Draft, asking: Slot): DraftStep => ({
  outcome: 'ask',
  state: { ...state, asking },
});

export const unclear = (say: string): DraftStep => ({ outcome: 'unclear', say });

export const withReport = (draft: Draft, changes: Partial<Report>): Draft => ({
  ...draft,
  report: { ...draft.report, ...changes },
});

export const countWords = (text: string): number => text.split(/\s+/).filter(Boolean).length;

export const DONT_KNOW =
  /\b(?:don'?t (?:know|remember|recall)|do not (?:know|remember)|not sure|unsure|no idea|cannot say|can'?t say|unknown|dunno|maybe|perhaps)\b/i;
