import type { Effect } from '../../models/effects';
import type { Customer, Freeze } from '../../models/customerContent';
import { lookUpForm, type CustomerRecords } from '../../models/customers';
import { metLimit } from '../askerLimits';
import { dueInWords } from '../businessDays';
import type { Customers } from './customers';
import { derivedId } from '../derivedId';
import { askedInVain, disownedCase, heldByChat, heldByLink } from './freezeMails';
import type { Limits } from '../limits';
import type { LinkPurpose, Links } from '../links';
import type { Clock, Ids, Log } from '../ports';
import { changeRecord, type RecordChange } from './recordChange';
import { auditEventEffect, caseEffect } from '../recordEffects';
import type { Asker, Throttled } from '../verification';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

/** So long a freeze holds that nobody stands behind: long enough for a person to look, too short to lock somebody out. */
export const UNVERIFIED_LASTS_MS = 72 * HOUR_MS;

const BOUNDS = {
  conversation: { most: 3, windowMs: HOUR_MS },
  origin: { most: 10, windowMs: DAY_MS },
};
/** Freezes of a record that began so: a stranger can hold one still for six days of thirty, no more. */
const ALLOWANCE = { most: 2, windowMs: 30 * DAY_MS };

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
   * Holds the record of whoever asks in a chat, who has proved nothing, for 72 hours; where several may be meant, each of
   * them. The outcome does not tell whether there is one, whether it was held before, or whether it may be held so often:
   * where it may not, staff are told. For each record there is one write, to it or beside it; without any there is one,
   * too.
   * @param typed an e-mail address or a user name.
   * @param caseId the case that is opened for it.
   * @param cause fixed by the turn: asked again with it, nothing is counted or held again.
   */
  async asked(
    asker: Asker,
    typed: string,
    caseId?: string,
    cause: string = this.parts.ids.uuid(),
  ): Promise<{ readonly outcome: 'done' } | Throttled> {
    const { clock, customers, limits, log, onEffects } = this.parts;
    const mark = `asked-${derivedId(`freeze/${asker.conversationId}\0${cause}`)}`;
    const throttled = await metLimit(limits, 'freeze', BOUNDS, asker, { cause: mark });
    if (throttled) return throttled;
    const at = clock.now();
    const lapsesAt = new Date(at.getTime() + UNVERIFIED_LASTS_MS);
    const freeze: Freeze = { at, by: 'unverified', lapsesAt, ...(caseId ? { caseId } : {}) };
    const found = await customers.findForFreeze(typed, at);
    for (const each of found) await this.holdUnproved(each, freeze, mark);
    if (found.length === 0) await this.decoy(freeze);
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
    const at = clock.now();
    const caseId = derivedId(`disown/${linkId}`);
    const cause = `disown-${linkId}`;
    const done = await changeRecord(records, found, (of) => {
      if (of.handled.includes(cause)) return undefined;
      const frozen = { ...of, handled: [...of.handled, cause], freeze: frozenBy(of, at, caseId) };
      return { changed: frozen, effects: this.disowningEffects(of, linkId, caseId, purpose, at) };
    });
    if (done !== 'changed') return;
    log.warn('record.disowned', { caseId });
    onEffects();
  }

  /** Holds a record, or tells staff where it may not be held so again; nothing where it is held, or was for this cause. */
  private async holdUnproved(found: Customer, freeze: Freeze, cause: string): Promise<void> {
    const { at } = freeze;
    const done = await changeRecord(this.parts.records, found, (of) => {
      if (of.handled.includes(cause) || isFrozen(of, at)) return undefined;
      const handled = [...of.handled, cause];
      const since = at.getTime() - ALLOWANCE.windowMs;
      const times = (of.heldUnproved ?? []).filter((time) => time.getTime() > since);
      if (times.length >= ALLOWANCE.most)
        return { changed: { ...of, handled }, effects: [askedInVain(of.id, at, freeze.caseId)] };
      return this.held({ ...of, handled, heldUnproved: [...times, at] }, freeze);
    });
    if (done !== 'changed') await this.decoy(freeze);
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
        ...heldByChat(of, mark, freeze, dueInWords(lapsesAt, zone), privacyMailbox),
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
