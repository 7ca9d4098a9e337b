import type { Activity } from 'botbuilder';
import type { CaseChecks } from '../services/caseChecks';
import type { Cases } from '../services/cases';
import type { Choices } from '../services/choices';
import type { ChildStop } from '../services/childStop';
import type { Consents } from '../services/consents';
import type { DeskNews } from '../services/deskNews';
import type { Handoffs } from '../services/handoffs';
import type { Customers } from '../services/records/customers';
import type { Enquiries } from '../services/inbound/enquiries';
import type { Freezes } from '../services/records/freezes';
import type { Links } from '../services/links';
import type { PasswordLinks } from '../services/records/passwordLinks';
import type { Guidance } from '../services/guidance';
import type { Policy } from '../services/policy';
import type { Clock } from '../services/ports';
import type { ReportDrafts } from '../services/reportDrafts';
import type { Updates } from '../services/updates';
import type { Verifications } from '../services/verification';
import type { Understanding } from '../services/understanding/types';

/** What the dialogs may call on. */
export interface Desk {
  readonly understanding: Understanding;
  readonly policy: Policy;
  readonly guidance: Guidance;
  readonly caseChecks: CaseChecks;
  readonly cases: Pick<Cases, 'open'>;
  readonly choices: Pick<Choices, 'taken'>;
  readonly childStop: ChildStop;
  readonly consents: Pick<Consents, 'pending' | 'active' | 'answer' | 'revoke'>;
  readonly customers: Pick<Customers, 'byId'>;
  readonly enquiries: Pick<Enquiries, 'continued'>;
  readonly freezes: Pick<Freezes, 'asked'>;
  readonly handoffs: Pick<
    Handoffs,
    | ('hours' | 'standing' | 'askCallBack' | 'leave')
    | ('chatEnded' | 'rate' | 'mailTranscript' | 'giveBack')
  >;
  /** Does something once the turn is over. */
  readonly later: (job: () => Promise<unknown>) => void;
  readonly links: Pick<Links, 'use'>;
  readonly news: Pick<DeskNews, 'tell'>;
  readonly passwordLinks: Pick<PasswordLinks, 'available' | 'send'>;
  readonly updates: Updates;
  readonly verifications: Verifications;
  /** Stands for where a conversation came from; undefined where its channel does not tell. */
  readonly originOf: (conversationId: string) => Promise<string | undefined>;
  readonly reportDrafts: ReportDrafts;
  /** Whether anybody is at the console who could take a conversation. */
  readonly staffed: () => boolean;
  /** What was said in a conversation, for whoever takes it over. */
  readonly transcriptOf: (conversationId: string) => Promise<Activity[]>;
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
