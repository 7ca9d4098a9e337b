import type { CaseChecks } from '../services/caseChecks';
import type { Guidance } from '../services/guidance';
import type { Policy } from '../services/policy';
import type { Clock } from '../services/ports';
import type { ReportDrafts } from '../services/reportDrafts';
import type { Understanding } from '../services/understanding/types';

/** What the dialogs may call on. */
export interface Desk {
  readonly understanding: Understanding;
  readonly policy: Policy;
  readonly guidance: Guidance;
  readonly caseChecks: CaseChecks;
  readonly reportDrafts: ReportDrafts;
  readonly clock: Clock;
  /** Origin of the chat and of the policy page. */
  readonly publicUrl: string;
  /** IANA name of the company's time zone. */
  readonly zone: string;
  readonly privacyMailbox: string;
  readonly enquiryMailbox: string;
  readonly phone?: string;
  /** Whether somebody above the privacy manager can be told of a case. */
  readonly escalates: boolean;
}
