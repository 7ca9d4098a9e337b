import type { Case, CaseRecords, CaseWithEffects, Effect } from '../models/cases';
import type { CaseMail } from './caseMails';
import type { CaseMessage } from './cases';
import type { Outbox } from './outbox';
import type { Clock, Log } from './ports';

/** Says something in a conversation of its own accord, through whichever channel the conversation came. */
export interface Messenger {
  /**
   * @param reference the conversation's reference, as Bot Framework gives it.
   * @param key the same key twice is one message.
   */
  send(reference: unknown, text: string, key: string): Promise<void>;
}

/** Whom a mail about a case goes to. */
export interface StaffAddresses {
  readonly managers: readonly string[];
  /** Unset: mails for it wait in their case until it is configured. */
  readonly escalation?: string;
}

const BATCH = 50;
/** An unproved address gets no more acknowledgements than this a day: the desk must not be a way to flood somebody. */
const ACKNOWLEDGEMENTS_PER_DAY = 5;

const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 60 * 60 * 1000;
/** Ten delays that double and 71 of an hour: three days of trying, those on which the desk stood still not counted. */
const MOST_ATTEMPTS = 81;

/** Carries out what follows from a case: its effects were stored with it, and are removed once done. */
export class Effects {
  /** Effects without an address and cases that cannot be opened, so that each is logged once and not at every sweep. */
  private readonly logged = new Set<string>();

  constructor(
    private readonly records: CaseRecords,
    private readonly outbox: Outbox,
    private readonly messenger: Messenger,
    private readonly staff: StaffAddresses,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Carries out what waits; several sweeps at once do no harm. Returns how many effects were done. */
  async sweep(): Promise<number> {
    let done = 0;
    let after = '';
    // Page by page through all cases, so that those which have to wait do not stand in the way of others.
    for (;;) {
      const page = await this.records.withEffects(BATCH, after);
      for (const waiting of page) done += await this.ofCase(waiting);
      if (page.length < BATCH) return done;
      after = page.at(-1)?.id ?? after;
    }
  }

  private async ofCase({ id, content }: CaseWithEffects): Promise<number> {
    if (!content) {
      if (this.isNew(id)) this.log.error('effect.failed', { caseId: id, code: 'SealBroken' });
      return 0;
    }
    const now = this.clock.now();
    let done = 0;
    for (const effect of content.effects) {
      if (effect.nextTryAt && effect.nextTryAt > now) continue;
      if (await this.carriedOut(content.case, effect)) done += 1;
    }
    return done;
  }

  private async carriedOut(opened: Case, effect: Effect): Promise<boolean> {
    try {
      if (effect.kind === 'mail') {
        if (!(await this.mail(opened, effect.id, effect.body as CaseMail))) return false;
      } else {
        const { reference, text } = effect.body as CaseMessage;
        await this.messenger.send(reference, text, effect.id);
      }
    } catch (error) {
      await this.failed(opened.id, effect, error);
      return false;
    }
    await this.records.removeEffect(opened.id, effect.id);
    return true;
  }

  /** Puts an effect off, longer each time; a message to a conversation that cannot be reached is given up at last. */
  private async failed(caseId: string, effect: Effect, error: unknown): Promise<void> {
    const { id, kind } = effect;
    const attempts = (effect.attempts ?? 0) + 1;
    if (kind === 'message' && attempts >= MOST_ATTEMPTS) {
      this.log.error('effect.abandoned', { caseId, kind, attempts, error });
      await this.records.removeEffect(caseId, id);
      return;
    }
    this.log.error('effect.failed', { caseId, kind, attempts, error });
    const delay = Math.min(FIRST_DELAY_MS * 2 ** (attempts - 1), LONGEST_DELAY_MS);
    const nextTryAt = new Date(this.clock.now().getTime() + delay);
    await this.records.deferEffect(caseId, id, attempts, nextTryAt);
  }

  private isNew(id: string): boolean {
    const known = this.logged.has(id);
    this.logged.add(id);
    return !known;
  }

  private async mail(opened: Case, id: string, mail: CaseMail): Promise<boolean> {
    const addresses = this.addressesOf(mail);
    if (addresses.length === 0) {
      if (this.isNew(id))
        this.log.warn('effect.unaddressed', { caseId: opened.id, kind: mail.kind });
      return false;
    }
    const { kind, subject, text, html } = mail;
    for (const [index, to] of addresses.entries())
      await this.outbox.enqueue({
        id: `${id}-${index + 1}`,
        kind,
        to,
        subject,
        text,
        html,
        caseId: opened.id,
        createdAt: this.clock.now(),
        ...(kind === 'case.acknowledgement' ? { cap: { perDay: ACKNOWLEDGEMENTS_PER_DAY } } : {}),
      });
    return true;
  }

  private addressesOf({ audience, to }: CaseMail): readonly string[] {
    switch (audience) {
      case 'managers':
        return this.staff.managers;
      case 'escalation':
        return this.staff.escalation ? [this.staff.escalation] : [];
      case 'customer':
        return to ? [to] : [];
    }
  }
}
