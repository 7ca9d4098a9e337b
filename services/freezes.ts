import { createHash } from 'node:crypto';
import type { Effect } from '../models/effects';
import type { Customer, Freeze } from '../models/customerContent';
import { lookUpForm, type CustomerRecords } from '../models/customers';
import { dueInWords } from './businessDays';
import type { Customers } from './customers';
import { disownedCase, heldByChat, heldByLink } from './freezeMails';
import type { Limits } from './limits';
import type { LinkPurpose, Links } from './links';
import type { Clock, Ids, Log } from './ports';
import { changeRecord, type Change, type RecordChange } from './recordChange';
import { auditEventEffect, caseEffect } from './recordEffects';
import type { Asker, Throttled } from './verification';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** So long a freeze holds that nobody stands behind: long enough for a person to look, too short to lock somebody out. */
export const UNVERIFIED_LASTS_MS = 72 * HOUR_MS;

const PER_CONVERSATION = { most: 3, windowMs: HOUR_MS };
const PER_ORIGIN = { most: 10, windowMs: DAY_MS };
/** By what was typed, and again by the record: a stranger can hold a record still for six days of thirty, no more. */
const PER_TARGET = { most: 2, windowMs: 30 * DAY_MS };

type Disowning = Extract<LinkPurpose, { kind: 'disown' }>;

/** What freezes are made with. */
export interface FreezeParts {
  readonly records: CustomerRecords;
  readonly customers: Customers;
  readonly links: Links;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** IANA zone in which instants are told. */
  readonly zone: string;
  readonly privacyMailbox: string;
  /** Called when a record has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}

/** Whether a record is held still now; a freeze that lapsed is none. */
export const isFrozen = ({ freeze }: Pick<Customer, 'freeze'>, now: Date): boolean =>
  freeze !== undefined && (freeze.lapsesAt === undefined || freeze.lapsesAt > now);

/** Holds records still, on the word of whoever asks, of a mailbox, or of staff. */
export class Freezes {
  constructor(private readonly parts: FreezeParts) {}

  /**
   * Holds the record of whoever asks in a chat, who has proved nothing, for 72 hours. The outcome does not tell whether
   * there is one, whether it was held before, or whether its own limit is met: a case is opened in any event.
   * @param typed an e-mail address or a user name.
   * @param caseId the case that is opened for it.
   */
  async asked(
    asker: Asker,
    typed: string,
    caseId?: string,
  ): Promise<{ readonly outcome: 'done' } | Throttled> {
    const { clock, customers, limits, log, onEffects, records } = this.parts;
    const key = lookUpForm(typed);
    const by = await this.metLimit(asker, key);
    if (by) return { outcome: 'throttled', by };
    const at = clock.now();
    const found = await customers.findForFreeze(typed, at);
    // By the record, too, or one could go on by its address when its user name is used up; told to nobody, since
    // otherwise two that were typed would be known to be one record's.
    const counted = await limits.take('freeze/record', found?.id ?? key, PER_TARGET);
    const lapsesAt = new Date(at.getTime() + UNVERIFIED_LASTS_MS);
    const freeze: Freeze = { at, by: 'unverified', lapsesAt, ...(caseId ? { caseId } : {}) };
    const hold: Change = (of) => (isFrozen(of, at) ? undefined : this.held(of, freeze));
    if (!(found && counted && (await changeRecord(records, found, hold)))) await this.decoy(freeze);
    log.info('freeze.asked', { conversationId: asker.conversationId });
    onEffects();
    return { outcome: 'done' };
  }

  /**
   * Somebody pressed "this wasn't me" in a mail: holds the record still until a person decides, and opens a case, once
   * per link; both in one write.
   */
  async disowned(linkId: string, purpose: Disowning): Promise<void> {
    const { clock, log, onEffects, records } = this.parts;
    const found = await records.byId(purpose.customerId);
    if (!found) return;
    const at = clock.now();
    const caseId = caseIdOf(linkId);
    const cause = `disown-${linkId}`;
    const done = await changeRecord(records, found, (of) => {
      if (of.handled.includes(cause)) return undefined;
      const frozen = { ...of, handled: [...of.handled, cause], freeze: frozenBy(of, at, caseId) };
      return { changed: frozen, effects: this.disowningEffects(of, linkId, caseId, purpose, at) };
    });
    if (!done) return;
    log.warn('record.disowned', { caseId });
    onEffects();
  }

  private async metLimit(asker: Asker, key: string): Promise<Throttled['by'] | undefined> {
    const { limits } = this.parts;
    const { conversationId, origin } = asker;
    if (!(await limits.take('freeze/conversation', conversationId, PER_CONVERSATION)))
      return 'conversation';
    if (origin !== undefined && !(await limits.take('freeze/origin', origin, PER_ORIGIN)))
      return 'origin';
    return (await limits.take('freeze/typed', key, PER_TARGET)) ? undefined : 'mailbox';
  }

  /** An unverified freeze, its audit entry and its mails. */
  private held(of: Customer, freeze: Freeze): RecordChange {
    const { privacyMailbox, zone } = this.parts;
    const { at, caseId, lapsesAt = at } = freeze;
    const mark = `frozen-${of.revision + 1}`;
    return {
      changed: { ...of, freeze },
      effects: [
        auditEventEffect(of.id, mark, {
          ...{ action: 'record.frozen', at, by: 'customer', about: { kind: 'record', id: of.id } },
          facts: {
            by: freeze.by,
            lapsesAt: lapsesAt.toISOString(),
            ...(caseId ? { caseId } : {}),
          },
        }),
        ...heldByChat(of, mark, at, dueInWords(lapsesAt, zone), privacyMailbox),
      ],
    };
  }

  /** Costs what holding a record costs; there is none to hold. */
  private async decoy(freeze: Freeze): Promise<void> {
    const { ids, links, records } = this.parts;
    const customerId = ids.uuid();
    const nobody: Customer = {
      ...{ id: customerId, userName: 'nobody', email: NOBODY, formerEmails: [] },
      ...{ newsletter: false, marketingEmail: false, marketingPhone: false, marketingPost: false },
      ...{ handled: [], revision: 0 },
    };
    const { effects } = this.held(nobody, freeze);
    const purpose = { kind: 'disown', customerId, mailbox: '', about: 'request' } as const;
    // A change of a record looks first whether another has its address.
    await records.byEmail(NOBODY);
    await links.mintDecoy(purpose, 0, () => effects);
  }

  private disowningEffects(
    of: Customer,
    linkId: string,
    caseId: string,
    purpose: Disowning,
    at: Date,
  ): Effect[] {
    const { privacyMailbox } = this.parts;
    const { about, mailbox, updateId } = purpose;
    const onFile = of.email !== undefined && lookUpForm(of.email) === lookUpForm(mailbox);
    const mark = `disowned-${linkId.slice(0, MARK_LENGTH)}`;
    const facts = { caseId, about, onFile, ...(updateId ? { updateId } : {}) };
    const event = { at, by: 'customer', about: { kind: 'record', id: of.id } } as const;
    return [
      auditEventEffect(of.id, mark, { ...event, action: 'record.disowned', facts }),
      ...(of.freeze && !of.freeze.lapsesAt
        ? []
        : [
            auditEventEffect(of.id, `${mark}-frozen`, {
              ...{ ...event, action: 'record.frozen', facts: { by: 'link', caseId } },
            }),
          ]),
      caseEffect(of.id, disownedCase(caseId, of.id, purpose, onFile, at)),
      ...heldByLink(of, mark, at, privacyMailbox),
    ];
  }
}

/** A freeze that has an end gives way to that of a link, which has none. */
const frozenBy = ({ freeze }: Customer, at: Date, caseId: string): Freeze =>
  freeze && !freeze.lapsesAt ? freeze : { at, by: 'link', caseId };

const NOBODY = 'nobody@example.com';
const MARK_LENGTH = 16;

/** The case that a link opens, by an id of its own: opening it again changes nothing. */
function caseIdOf(linkId: string): string {
  const hex = createHash('sha256').update(`disown/${linkId}`).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
