import type { StaffDeed, UpdateRequest } from '../../models/updateContent';
import { auditEventEffect } from '../recordEffects';
import type { Asker, Throttled } from '../verification';
import { apply } from './applying';
import { continuedAs, withdrawOf } from './ending';
import { request, type ConfirmedChange, type Requested } from './asking';
import { approve, done, refuse, vouch, type Approved, type Decided } from './deciding';
import type { UpdateParts } from './parts';
import { askPassword, type ForgottenPassword } from './password';
import { askPerson, type UnprovedChange } from './person';
import { propose, type Proposal, type Proposed } from './proposing';

export type {
  FieldChange,
  MailboxTrouble,
  StaffDeed,
  UpdateRequest,
  UpdateState,
} from '../../models/updateContent';
export type { ConfirmedChange, Requested } from './asking';
export type { Approved, Decided } from './deciding';
export { fieldsInWords } from './mails';
export type { UpdateParts } from './parts';
export type { ForgottenPassword } from './password';
export type { UnprovedChange } from './person';
export type { Proposal, Proposed } from './proposing';
export { readChanges, type TypedChanges } from './reading';
export { onlyLeaves, riskOf } from './risk';
export { noticeToSettle, TROUBLE_WORDS, whyItWaits } from './staffMail';

/** A request that came by mail. */
export type FiledMail = Required<
  Pick<UpdateRequest, 'id' | 'receivedAt' | 'email' | 'subject' | 'text'>
>;

/** Fewest and most characters of the reason that staff give. */
export const REASON_LENGTH = { least: 3, most: 500 } as const;

const APPLIED_AT_ONCE = 50;

/**
 * Takes wishes to have records changed, and carries them out. A request is stored first; then the record is changed by one
 * write, which carries the mails and names the request, so that it is made once; then the request is noted as applied.
 * A crash between any two is finished by `sweep`.
 */
export class Updates {
  constructor(private readonly parts: UpdateParts) {}

  /** A change that a verified customer has confirmed. */
  request(ask: ConfirmedChange): Promise<Requested> {
    return request(this.parts, ask);
  }

  /** A wish of somebody who could not prove the mailbox on file: the same whether or not there is a record. */
  askPerson(ask: UnprovedChange): Promise<void> {
    return askPerson(this.parts, ask);
  }

  /** A forgotten password, where there is no page for a new one: the same whether or not there is a record. */
  askPassword(
    asker: Asker,
    ask: ForgottenPassword,
  ): Promise<{ readonly outcome: 'taken' } | Throttled> {
    return askPassword(this.parts, asker, ask);
  }

  /** Files a request that came by mail, once; nothing is changed before its mailbox is proved. */
  async file(mail: FiledMail): Promise<void> {
    const { id, receivedAt: at } = mail;
    const audit = auditEventEffect(id, 'update.filed', {
      ...{ action: 'update.filed', at, by: 'customer', about: { kind: 'update', id } },
    });
    const filed = {
      kind: 'change',
      state: 'filed',
      door: 'mail',
      changes: [],
      revision: 0,
    } as const;
    await this.parts.records.insert({ ...mail, ...filed }, [audit]);
    this.parts.onEffects();
  }

  /** Marks the mailbox of a filed request as proved; false when it was before. */
  prove(id: string, at: Date): Promise<boolean> {
    return this.parts.records.prove(id, at);
  }

  /** A filed request went on in a chat: it is over, and what is asked for there is a request of its own. */
  continuedAs(id: string, conversationId?: string): Promise<void> {
    return continuedAs(this.parts, id, conversationId);
  }

  /** Withdraws what a conversation asked for and is not done, and blanks all that was told there. */
  withdrawOf(conversationId: string): Promise<void> {
    return withdrawOf(this.parts, conversationId);
  }

  /** The first of two persons: says whose record it is, and stands behind it. */
  vouch(
    id: string,
    deed: StaffDeed,
    userName?: string,
  ): Promise<Decided<'vouched'> | { readonly outcome: 'noRecord' }> {
    return vouch(this.parts, id, deed, userName);
  }

  /**
   * The second person: has it applied.
   * @param options `withholdNotice`: whether the mailbox on file until now is left untold; the deed's reason says why. It
   * has to be said either way where somebody else reads that mailbox.
   */
  approve(
    id: string,
    deed: StaffDeed,
    options?: { readonly withholdNotice?: boolean },
  ): Promise<Approved> {
    return approve(this.parts, id, deed, options);
  }

  /** Ends a request that is not carried out; the reason is sent to the customer. */
  refuse(id: string, deed: StaffDeed): Promise<Decided<'refused'>> {
    return refuse(this.parts, id, deed);
  }

  /** Ends a request about a forgotten password, which somebody has seen to. */
  done(id: string, deed: StaffDeed): Promise<Decided<'done'>> {
    return done(this.parts, id, deed);
  }

  /** A change that somebody of staff takes down for a customer; a second one has to approve it. */
  propose(proposal: Proposal): Promise<Proposed> {
    return propose(this.parts, proposal);
  }

  /** Finishes what a crash cut short; returns how many requests. One that cannot be does not hold up the others. */
  async sweep(): Promise<number> {
    const { records, clock, log } = this.parts;
    let finished = 0;
    for (const waiting of await records.toApply(clock.now(), APPLIED_AT_ONCE)) {
      try {
        await apply(this.parts, waiting);
        finished += 1;
      } catch (error) {
        log.error('update.failed', { kind: waiting.kind, error });
      }
    }
    return finished;
  }
}
