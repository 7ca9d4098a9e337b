import { timingSafeEqual } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type {
  AboutStaff,
  Case,
  CaseKind,
  CaseRecords,
  Effect,
  Report,
  Urgency,
} from '../models/cases';
import type { Vault } from '../models/sealed';
import {
  acknowledgement,
  additionNotification,
  answerMail,
  confirmedNotification,
  notification,
  type CaseMail,
} from './caseMails';
import type { Ids, Log } from './ports';
import type { PromiseTerms } from './promise';

export type { AboutStaff, Case, CaseKind, Report, Urgency } from '../models/cases';

/** What a case is opened from. */
export interface CaseToOpen {
  /** UUID; opening the same id again gives the case that is there. */
  readonly id: string;
  readonly kind: CaseKind;
  readonly urgency: Urgency;
  readonly aboutStaff: AboutStaff;
  readonly confirmed: boolean;
  readonly conversationId: string;
  /** When the customer first told it; the promise counts from here. */
  readonly receivedAt: Date;
  readonly report: Report;
  /** Where the conversation can be reached, as Bot Framework gives it. */
  readonly conversationReference?: unknown;
}

/** What came of answering a case. */
export type Answering =
  | { readonly outcome: 'answered'; readonly dueAt: Date; readonly kept: boolean }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'answeredBefore'; readonly answeredAt: Date };

/** What the customer is told of an opened case. */
export interface OpenedCase {
  readonly reference: string;
  readonly dueAt: Date;
  /** Six digits, for a confirmed case without an e-mail address. */
  readonly pin?: string;
}

/** Content of an effect of kind `message`: a line for the conversation the case came from. */
export interface CaseMessage {
  readonly reference: unknown;
  readonly text: string;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUP_LENGTH = 4;
const PIN_LENGTH = 6;
const REFERENCE_TRIES = 5;
const MARK_LENGTH = 12;
const DECOY_PATH = 'cases/decoy/report';
const DECOY_LENGTH = 400;

/** Said in the conversation: the answer itself is shown only to whoever proves that the case is theirs. */
const ANSWER_IS_HERE =
  'The answer to your case {reference} is here. Choose “Check a case” and give the e-mail address or PIN that it was opened with to read it.';

/** Lower case and trimmed: the form in which two spellings of an address are compared. */
const comparable = (address: string): string => address.trim().toLowerCase();

/** Opens cases and lets their owners see them. */
export class Cases {
  /** Opened when a reference is unknown, so that a look-up costs the same either way. */
  private readonly decoy: string;

  constructor(
    private readonly records: CaseRecords,
    private readonly terms: PromiseTerms,
    private readonly vault: Vault,
    private readonly ids: Ids,
    private readonly log: Log,
    private readonly options: {
      /** Address of the chat, for the mails. */
      readonly chatUrl: string;
      /** Called when a case has new effects, so that they are carried out at once. */
      readonly onEffects: () => void;
    },
  ) {
    this.decoy = vault.seal({ whatHappened: 'x'.repeat(DECOY_LENGTH) }, DECOY_PATH);
  }

  /**
   * Stores the case, its promise and its mails in one document write.
   * @param message told in the conversation once the case is stored.
   */
  async open(toOpen: CaseToOpen, message?: CaseMessage): Promise<OpenedCase> {
    const { receivedAt, ...rest } = toOpen;
    const promise = await this.terms.from(receivedAt);
    for (let tries = 0; tries < REFERENCE_TRIES; tries += 1) {
      const opened: Case = {
        ...rest,
        reference: this.newReference(),
        channel: 'chat',
        promise,
        opensByPin: !toOpen.report.email,
      };
      const effects = this.mailEffects(opened, [notification(opened), ...this.toCustomer(opened)]);
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
      this.options.onEffects();
      return this.told(opened);
    }
    throw new Error('No free case reference was found.');
  }

  /** The same draft arrived before: what the customer told since is added, until they have confirmed it. */
  private async known(toOpen: CaseToOpen): Promise<OpenedCase> {
    const existing = await this.records.byId(toOpen.id);
    if (!existing) throw new Error('A case that was stored is not there.');
    const { id, kind, urgency, aboutStaff, report, confirmed } = toOpen;
    const told = { id, kind, urgency, aboutStaff, report, confirmed, opensByPin: !report.email };
    const changed: Case = { ...existing, ...told };
    if (existing.confirmed || isDeepStrictEqual(existing, changed)) return this.told(existing);
    const effects = confirmed
      ? this.mailEffects(changed, [confirmedNotification(changed), ...this.toCustomer(changed)])
      : this.mailEffects(changed, [additionNotification(changed)], `-${this.markOf(told)}`);
    if (await this.records.update(told, effects)) {
      this.log.info(confirmed ? 'case.confirmed' : 'case.added', { caseId: id });
      this.options.onEffects();
    }
    return this.told(changed);
  }

  /**
   * Records the privacy manager's answer, which stops the clock; the customer is told in the chat that it is there, and
   * is sent it where they gave an address.
   * @param answeredAt when the answer reached the desk.
   */
  async answer(reference: string, text: string, answeredAt: Date): Promise<Answering> {
    const found = await this.records.byReference(reference);
    if (!found) return { outcome: 'unknown' };
    if (found.answer) return { outcome: 'answeredBefore', answeredAt: found.answer.answeredAt };
    const { id, report, confirmed, conversationReference, promise } = found;
    const { chatUrl } = this.options;
    const mails = confirmed && report.email ? [answerMail(found, report.email, text, chatUrl)] : [];
    const effects = this.mailEffects(found, mails);
    if (conversationReference)
      effects.push({
        id: `${id}-answer-message`,
        kind: 'message',
        body: {
          reference: conversationReference,
          text: ANSWER_IS_HERE.replace('{reference}', reference),
        },
      });
    if (!(await this.records.answer(id, { answeredAt, text }, effects)))
      return { outcome: 'answeredBefore', answeredAt };
    this.log.info('case.answered', { caseId: id });
    this.options.onEffects();
    return { outcome: 'answered', dueAt: promise.dueAt, kept: answeredAt <= promise.dueAt };
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

  private told({ id, reference, promise, confirmed, opensByPin }: Case): OpenedCase {
    return {
      reference,
      dueAt: promise.dueAt,
      ...(confirmed && opensByPin ? { pin: this.pinOf(id) } : {}),
    };
  }

  private toCustomer(opened: Case): CaseMail[] {
    const { email } = opened.report;
    return opened.confirmed && email ? [acknowledgement(opened, email, this.options.chatUrl)] : [];
  }

  /** @param mark tells mails of one kind about one case apart. */
  private mailEffects(opened: Case, mails: readonly CaseMail[], mark = ''): Effect[] {
    return mails.map((mail) => ({
      id: `${opened.id}-${mail.kind}${mark}`,
      kind: 'mail',
      body: mail,
    }));
  }

  /** The same for the same words, so that passing them on twice is one mail. */
  private markOf(told: Pick<Case, 'kind' | 'aboutStaff' | 'report'>): string {
    return this.vault.blindIndex('case-addition', JSON.stringify(told)).slice(0, MARK_LENGTH);
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
