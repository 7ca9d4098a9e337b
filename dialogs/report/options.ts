import type { TurnContext } from 'botbuilder';
import type { Report } from '../../services/cases';
import type { Clock } from '../../services/ports';
import { saidAt } from '../words';

/** The dialog that takes reports. */
export const REPORT_DIALOG = 'report';

/** What a report begins with. */
export interface ReportOptions {
  /** What the customer said; may be only that they want to report. */
  readonly text: string;
  /** ISO instant at which they said it. */
  readonly at: string;
  /** A question for the privacy manager asks for less than a report. */
  readonly question: boolean;
  /** Whatever the words say, it is urgent. */
  readonly urgent?: true;
  /** The words also ask what a person has to answer. */
  readonly asks?: true;
  /** The record that they mean and could not prove to be theirs. */
  readonly claimed?: NonNullable<Report['claimed']>;
}

/** Goes over to a report that begins with these words. */
export function leaveToReport(
  context: TurnContext,
  clock: Clock,
  text: string,
): { readonly outcome: 'leave'; readonly dialog: string; readonly options: ReportOptions } {
  const options: ReportOptions = { text, at: saidAt(context, clock), question: false };
  return { outcome: 'leave', dialog: REPORT_DIALOG, options };
}
