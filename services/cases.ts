import { timingSafeEqual } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type {
  AboutStaff,
  Case,
  CaseChannel,
  CaseKind,
  CaseOrigin,
  CaseRecords,
  Effect,
  Report,
  Urgency,
} from '../models/cases';
import type { Vault } from '../models/sealed';
import { comparable } from './addresses';
import { auditEffect, mailEffect } from './caseEffects';
import { roundOf } from './caseRounds';
import { acknowledgement } from './customerMails';
import { digestFor } from './likeness';
import type { Clock, Ids, Log } from './ports';
import type { PromiseTerms } from './promise';
import { firstClock } from './promiseClock';
import { additionNotification, confirmedNotification, notification } from './staffMails';

export type { AboutStaff, Case, CaseKind, Report, Urgency } from '../models/cases';

/** What a case is opened from. */
export interface CaseToOpen {
  /** UUID; opening the same id again gives the case that is there. */
  readonly id: string;
  readonly kind: CaseKind;
  readonly urgency: Urgency;
  readonly aboutStaff: AboutStaff;
  readonly confirmed: boolean;
  readonly channel: CaseChannel;
  readonly conversationId?: string;
  /** When the customer first told it; the promise counts from here. */
  readonly receivedAt: Date;
  readonly report: Report;
  /** The mail it came by. */
  readonly origin?: CaseOrigin;
  /** What somebody in danger is told to do first, in the acknowledgement; a line each. */
  readonly safetySteps?: readonly string[];
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly conversationReference?: unknown;
}

/** What the customer is told of an opened case. */
export interface OpenedCase {
  readonly reference: string;
  readonly dueAt: Date;
  /** Six digits, for a confirmed case without an e-mail address. */
  readonly pin?: string;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP_LENGTH = 4;
const PIN_LENGTH = 6;
const REFERENCE_TRIES = 5;
const MARK_LENGTH = 12;
const DECOY_PATH = 'cases/decoy/report';
const DECOY_LENGTH = 400;

/** Opens cases and lets their owners see them. */
export class Cases {
  /** Opened when a reference is unknown, so that a look-up costs the same either way. */
  private readonly decoy: string;

  constructor(
    private readonly records: CaseRecords,
    private readonly terms: PromiseTerms,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly log: Log,
    private readonly options: {
      /** Address of the chat, for the mails. */
      readonly chatUrl: string;
      /** Called when a case is new or has changed, and has new effects: they are to be carried out at once. */
      readonly onEffects: (caseId: string) => void;
    },
  ) {
    this.decoy = vault.seal({ whatHappened: 'x'.repeat(DECOY_LENGTH) }, DECOY_PATH);
  }

  /**
   * Stores the case, its promise and its mails in one document write.
   * @param message told in the conversation once the case is stored.
   */
  async open(
    toOpen: CaseToOpen,
    message?: { readonly reference: unknown; readonly text: string },
  ): Promise<OpenedCase> {
    const { receivedAt, safetySteps, ...rest } = toOpen;
    const promise = await this.terms.from(receivedAt);
    const round = { promise, answers: [], extensions: [] };
    const openedAt = this.clock.now();
    const clock = firstClock(round, this.terms.calendar, openedAt);
    const digestAt = await digestFor(toOpen, this.records, openedAt);
    for (let tries = 0; tries < REFERENCE_TRIES; tries += 1) {
      const opened: Case = {
        ...rest,
        reference: this.newReference(),
        openedAt,
        opensByPin: !toOpen.report.email,
        rounds: [round],
        ...{ followUps: [], notes: [], handled: [], revision: 0 },
        ...(clock ? { clock } : {}),
        ...(digestAt ? { digestAt } : {}),
      };
      const effects = this.openingEffects(opened, safetySteps);
      if (message)
        effects.push({
          id: `${opened.id}-message`,
          kind: 'message',
          body: { ...message, text: message.text.replaceAll('{reference}', opened.reference) },
        });
      const stored = await this.records.insert(opened, effects);
      if (stored === 'referenceTaken') continue;
      if (stored === 'known') return this.known(toOpen);
      this.log.info('case.opened', { caseId: opened.id, kind: opened.kind, state: opened.urgency });
      this.options.onEffects(opened.id);
      return this.told(opened);
    }
    throw new Error('No free case reference was found.');
  }

  private openingEffects(opened: Case, safetySteps?: readonly string[]): Effect[] {
    const { promise } = roundOf(opened);
    return [
      auditEffect(opened, 'case.opened', opened.openedAt, 'customer', {
        reference: opened.reference,
        channel: opened.channel,
        kind: opened.kind,
        receivedAt: promise.receivedAt.toISOString(),
        dueAt: promise.dueAt.toISOString(),
        calendar: promise.calendarHash,
      }),
      ...(opened.digestAt ? [] : [mailEffect(opened, notification(opened))]),
      ...this.toCustomer(opened, safetySteps),
    ];
  }

  /** The same draft arrived before: what the customer told since is added, until they have confirmed it. */
  private async known(toOpen: CaseToOpen): Promise<OpenedCase> {
    const { id, kind, urgency, aboutStaff, report, confirmed } = toOpen;
    const told = { id, kind, urgency, aboutStaff, report, confirmed, opensByPin: !report.email };
    for (;;) {
      const existing = await this.records.byId(id);
      if (!existing) throw new Error('A case that was stored is not there.');
      const changed: Case = { ...existing, ...told };
      if (existing.confirmed || isDeepStrictEqual(existing, changed)) return this.told(existing);
      if (!(await this.records.change(changed, this.effectsOfTelling(changed)))) continue;
      this.log.info(confirmed ? 'case.confirmed' : 'case.added', { caseId: id });
      this.options.onEffects(id);
      return this.told(changed);
    }
  }

  private effectsOfTelling(changed: Case): Effect[] {
    const now = this.clock.now();
    if (changed.confirmed)
      return [
        auditEffect(changed, 'case.confirmed', now, 'customer'),
        mailEffect(changed, confirmedNotification(changed)),
        ...this.toCustomer(changed),
      ];
    const mark = this.markOf(changed);
    return [
      auditEffect(changed, 'case.added', now, 'customer', undefined, mark),
      mailEffect(changed, additionNotification(changed), mark),
    ];
  }

  /**
   * The case behind a reference, for whoever also has the e-mail address or PIN that it was opened with.
   * A wrong pair and an unknown reference take the same path and cannot be told apart.
   */
  async check(reference: string, proof: string): Promise<Case | undefined> {
    const found = await this.records.byReference(reference);
    if (!found) this.vault.open(this.decoy, DECOY_PATH);
    const expected = found ? this.proofsOf(found) : this.pinsOf('unknown');
    const given = this.vault.blindIndex('case-proof', comparable(proof));
    const right = expected
      .map((each) => this.vault.blindIndex('case-proof', comparable(each)))
      .map((each) => timingSafeEqual(Buffer.from(each), Buffer.from(given)))
      .some(Boolean);
    return right ? found : undefined;
  }

  /** The reference of the case with this id, if it was opened. */
  async referenceOf(id: string): Promise<string | undefined> {
    return (await this.records.byId(id))?.reference;
  }

  private proofsOf({ id, confirmed, opensByPin, report }: Case): string[] {
    if (!confirmed) return [this.ids.uuid()];
    return opensByPin || !report.email ? this.pinsOf(id) : [report.email];
  }

  private told(opened: Case): OpenedCase {
    const { id, reference, confirmed, opensByPin } = opened;
    const { promise } = roundOf(opened);
    return {
      reference,
      dueAt: promise.dueAt,
      ...(confirmed && opensByPin ? { pin: this.pinOf(id) } : {}),
    };
  }

  private toCustomer(opened: Case, safetySteps?: readonly string[]): Effect[] {
    const { email } = opened.report;
    if (!opened.confirmed || !email || opened.origin?.bulk) return [];
    return [mailEffect(opened, acknowledgement(opened, email, this.options.chatUrl, safetySteps))];
  }

  /** The same for the same words, so that passing them on twice is one mail. */
  private markOf({ kind, aboutStaff, report }: Case): string {
    const told = JSON.stringify({ kind, aboutStaff, report });
    return this.vault.blindIndex('case-addition', told).slice(0, MARK_LENGTH);
  }

  private newReference(): string {
    const group = (): string =>
      Array.from({ length: GROUP_LENGTH }, () => CROCKFORD[this.ids.int(CROCKFORD.length)]).join(
        '',
      );
    return `PD-${group()}-${group()}`;
  }

  /** A PIN is derived from the case's id by a key, so that a turn run again after a crash shows the same one. */
  private pinOf(id: string): string {
    return this.pinsOf(id)[0] ?? '';
  }

  private pinsOf(id: string): string[] {
    return this.vault
      .blindIndexes('case-pin', id)
      .map((hash) => Buffer.from(hash, 'base64url').readUIntBE(0, 6) % 10 ** PIN_LENGTH)
      .map((pin) => String(pin).padStart(PIN_LENGTH, '0'));
  }
}
