import type { ReportDraft, ReportDraftRecords } from '../models/reportDrafts';
import type { AboutStaff, CaseKind, Cases, OpenedCase, Report, Urgency } from './cases';
import { handledBy, namesTheManager } from './caseWords';
import { ProductError } from './errors';
import type { Clock, Log } from './ports';

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
/** Passing a draft on takes milliseconds; after this long, whoever claimed it is taken for dead. */
export const CLAIM_MS = 60 * 1000;
const BATCH = 50;

/** Said in the conversation when what was told there was passed on without a confirmation. */
const passedOn = (kind: CaseKind, aboutStaff: AboutStaff): string =>
  `You had not confirmed your ${kind === 'question' ? 'question' : 'report'}, so that it is not lost I have passed on what you told me to ${handledBy(aboutStaff)}, marked as unconfirmed. The reference is {reference}. You can still complete it: just write here. You can check it here once you have confirmed it.`;

/** Keeps reports while they are told, and passes on those that were left. */
export class ReportDrafts {
  /** Drafts that could not be passed on, so that each is logged once and not at every sweep. */
  private readonly stuck = new Set<string>();

  constructor(
    private readonly records: ReportDraftRecords,
    private readonly cases: Cases,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

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

  /**
   * The customer wants it dropped; gives the reference if it had already been passed on, or is being passed on at this
   * moment.
   */
  async cancel(id: string): Promise<{ readonly passedOnAs?: string }> {
    const now = this.clock.now();
    if (!(await this.records.removeUnclaimed(id, now))) {
      const claimed = await this.records.claimed(id, now);
      // Whoever claimed it will open the case, if they are alive. Opening it here too is the same case, and makes the
      // answer true either way.
      if (claimed) await this.openUnconfirmed(claimed);
      await this.records.remove(id);
    }
    const passedOnAs = await this.cases.referenceOf(id);
    return passedOnAs ? { passedOnAs } : {};
  }

  /** The chat was ended by the customer: what they had not confirmed is withdrawn. */
  async cancelOfConversation(conversationId: string): Promise<void> {
    await this.records.removeOfConversation(conversationId);
  }

  /** Passes on every draft that was left for an hour; those that cannot be do not hold up the others. */
  async passOnLeft(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - UNCONFIRMED_AFTER_MS);
    let after = '';
    for (;;) {
      const page = await this.records.untouchedSince(before, BATCH, after);
      for (const draft of page) await this.passOnOrLog(draft);
      if (page.length < BATCH) return;
      after = page.at(-1)?.id ?? after;
    }
  }

  private async passOnOrLog(draft: ReportDraft): Promise<void> {
    try {
      await this.passOn(draft);
      this.stuck.delete(draft.id);
    } catch (error) {
      if (!this.stuck.has(draft.id)) this.log.error('draft.stuck', { caseId: draft.id, error });
      this.stuck.add(draft.id);
    }
  }

  private async passOn(draft: ReportDraft): Promise<void> {
    const { id, touchedAt } = draft;
    if (contentOf(draft).report.whatHappened === '') {
      await this.records.remove(id, touchedAt);
      return;
    }
    const now = this.clock.now();
    const until = new Date(now.getTime() + CLAIM_MS);
    if (!(await this.records.claim(draft, now, until))) return;
    await this.openUnconfirmed(draft);
    this.log.info('draft.passedOn', { caseId: id });
    await this.records.remove(id, touchedAt);
    // It is still there when the customer told more meanwhile: they may confirm or cancel that.
    await this.records.release(id, until);
  }

  private async openUnconfirmed(draft: ReportDraft): Promise<void> {
    const { id, conversationId, receivedAt } = draft;
    const content = contentOf(draft);
    const toOpen = toCase(id, conversationId, receivedAt, content, false);
    const text = passedOn(toOpen.kind, toOpen.aboutStaff);
    await this.cases.open(toOpen, { reference: content.reference, text });
  }
}

function contentOf({ content }: ReportDraft): DraftContent {
  if (!content) throw new ProductError('SealBroken', 'A report draft cannot be opened.');
  // What `save` stored under this very id; the vault refuses anything else.
  return content as DraftContent;
}

function toCase(
  id: string,
  conversationId: string,
  receivedAt: Date,
  content: DraftContent,
  confirmed: boolean,
): Parameters<Cases['open']>[0] {
  const { kind, urgency, report, reference: conversationReference } = content;
  // A report that names the manager must not reach them before its teller was asked; a question to them often does.
  const suspected = kind !== 'question' && namesTheManager(report.whatHappened);
  const aboutStaff = content.aboutStaff ?? (suspected ? 'privacy_manager' : 'no');
  return {
    ...{ id, kind, urgency, aboutStaff, confirmed, report, channel: 'chat' },
    ...{ conversationId, conversationReference, receivedAt },
  };
}
