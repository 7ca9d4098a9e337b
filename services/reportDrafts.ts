import type { ReportDraft, ReportDraftRecords } from '../models/reportDrafts';
import type { AboutStaff, CaseKind, Cases, OpenedCase, Report, Urgency } from './cases';
import { ProductError } from './errors';
import type { Clock, Ids, Log } from './ports';

/** A report while it is being told. */
export interface DraftContent {
  readonly kind: CaseKind;
  readonly urgency: Urgency;
  /** Unset until the customer was asked. */
  readonly aboutStaff?: AboutStaff;
  readonly report: Report;
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly reference: unknown;
}

/** An hour without a word from the customer makes a report one that will not be confirmed. */
export const UNCONFIRMED_AFTER_MS = 60 * 60 * 1000;
const BATCH = 50;
const NAMES_THE_MANAGER = /\bprivacy (manager|officer)\b/i;

/** Said in the conversation when its report was passed on without a confirmation. */
const PASSED_ON =
  'You had not confirmed your report, so that it is not lost I have passed on what you told me to the privacy manager, marked as unconfirmed. The reference is {reference}. You can still complete it: just write here.';

/** Keeps reports while they are told, and passes on those that were left. */
export class ReportDrafts {
  constructor(
    private readonly records: ReportDraftRecords,
    private readonly cases: Cases,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Log,
  ) {}

  newId(): string {
    return this.ids.uuid();
  }

  /** Stores what was told so far. */
  async save(
    id: string,
    conversationId: string,
    receivedAt: Date,
    content: DraftContent,
  ): Promise<void> {
    const touchedAt = this.clock.now();
    await this.records.save({ id, conversationId, receivedAt, touchedAt, content });
  }

  /** The customer confirmed: the draft becomes a case, or confirms the one that it became while they were away. */
  async confirm(
    id: string,
    conversationId: string,
    receivedAt: Date,
    content: DraftContent,
  ): Promise<OpenedCase> {
    const opened = await this.cases.open(toCase(id, conversationId, receivedAt, content, true));
    await this.records.remove(id);
    return opened;
  }

  /** The customer wants it dropped; gives the reference if it had already been passed on. */
  async cancel(id: string): Promise<{ readonly passedOnAs?: string }> {
    await this.records.remove(id);
    const passedOnAs = await this.cases.referenceOf(id);
    return passedOnAs ? { passedOnAs } : {};
  }

  /** The chat was ended by the customer: what they had not confirmed is withdrawn. */
  async cancelOfConversation(conversationId: string): Promise<void> {
    await this.records.removeOfConversation(conversationId);
  }

  /** Passes on every draft that was left for an hour; one that cannot be does not hold up the others. */
  async passOnLeft(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - UNCONFIRMED_AFTER_MS);
    for (const draft of await this.records.untouchedSince(before, BATCH)) {
      try {
        await this.passOn(draft);
      } catch (error) {
        this.log.error('draft.stuck', { caseId: draft.id, error });
      }
    }
  }

  private async passOn(draft: ReportDraft): Promise<void> {
    const { id, conversationId, receivedAt, touchedAt } = draft;
    const content = draft.content as DraftContent | undefined;
    if (!content) throw new ProductError('SealBroken', 'A report draft cannot be opened.');
    if (content.report.whatHappened !== '') {
      const toOpen = toCase(id, conversationId, receivedAt, content, false);
      await this.cases.open(toOpen, { reference: content.reference, text: PASSED_ON });
      this.log.info('draft.passedOn', { caseId: id });
    }
    await this.records.remove(id, touchedAt);
  }
}

function toCase(
  id: string,
  conversationId: string,
  receivedAt: Date,
  content: DraftContent,
  confirmed: boolean,
): Parameters<Cases['open']>[0] {
  const { kind, urgency, report, reference: conversationReference } = content;
  const aboutStaff =
    content.aboutStaff ?? (NAMES_THE_MANAGER.test(report.whatHappened) ? 'privacy_manager' : 'no');
  return {
    ...{ id, kind, urgency, aboutStaff, confirmed, report },
    ...{ conversationId, conversationReference, receivedAt },
  };
}
