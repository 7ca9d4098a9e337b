import type { Effect, WithEffects } from '../models/effects';
import type { Audit, AuditEvent } from './audit';
import type { Cases, CaseToOpen } from './cases';
import type { CaseMessage } from './caseEffects';
import { EffectSweep, type EffectSource } from './effectSweep';
import type { Messenger } from './effects';
import { ProductError } from './errors';
import type { Notice, Notices } from './notices';
import type { Clock, Log } from './ports';
import type { StaffAudience } from './staff';

/** Content of an effect of kind `notice`. */
export interface RecordNotice {
  readonly to:
    | { readonly staff: StaffAudience }
    | { readonly customer: string }
    /** The address of somebody of staff. */
    | { readonly oneOfStaff: string };
  readonly notice: Notice;
}

/** An event for the audit log, as an effect holds it; `by` may be the address of a member of staff. */
type RecordAudit = Omit<AuditEvent, 'id' | 'at'> & { readonly at: string };

/** Content of an effect of kind `case`; opening the same id again changes nothing. */
type RecordCase = Omit<CaseToOpen, 'receivedAt'> & { readonly receivedAt: string };

/** @param mark tells the effects of one cause apart; the id is `<owner>-<mark>`, at most 90 characters. */
export const noticeEffect = (
  ownerId: string,
  mark: string,
  to: RecordNotice['to'],
  notice: Omit<Notice, 'id'>,
): Effect => ({
  id: `${ownerId}-${mark}`,
  kind: 'notice',
  body: { to, notice: { ...notice, id: `${ownerId}-${mark}` } } satisfies RecordNotice,
});

export const auditEventEffect = (
  ownerId: string,
  mark: string,
  { at, ...event }: Omit<AuditEvent, 'id'>,
): Effect => ({
  id: `${ownerId}-audit-${mark}`,
  kind: 'audit',
  body: { ...event, at: at.toISOString() } satisfies RecordAudit,
});

/** A line for a conversation, as Bot Framework refers to it. */
export const conversationEffect = (
  ownerId: string,
  mark: string,
  message: CaseMessage,
): Effect => ({ id: `${ownerId}-message-${mark}`, kind: 'message', body: message });

export const caseEffect = (ownerId: string, { receivedAt, ...toOpen }: CaseToOpen): Effect => ({
  id: `${ownerId}-case-${toOpen.id}`,
  kind: 'case',
  body: { ...toOpen, receivedAt: receivedAt.toISOString() } satisfies RecordCase,
});

/** Carries out what follows from changes of records that are no cases: customers, update requests, verifications. */
export class RecordEffects {
  private readonly sweeps: readonly EffectSweep<WithEffects>[];

  constructor(
    sources: readonly EffectSource<WithEffects>[],
    private readonly parts: {
      readonly audit: Audit;
      readonly cases: Cases;
      readonly messenger: Messenger;
      readonly notices: Notices;
    },
    clock: Clock,
    log: Log,
  ) {
    this.sweeps = sources.map(
      (source) => new EffectSweep(source, (_owner, effect) => this.done(effect), clock, log),
    );
  }

  /** Carries out what waits; several sweeps at once do no harm. Returns how many effects were done. */
  async sweep(): Promise<number> {
    let done = 0;
    for (const sweep of this.sweeps) done += await sweep.sweep();
    return done;
  }

  private async done({ id, kind, body }: Effect): Promise<boolean> {
    const { audit, cases, messenger, notices } = this.parts;
    switch (kind) {
      case 'notice': {
        const { to, notice } = body as RecordNotice;
        if ('staff' in to) return (await notices.toStaff(to.staff, notice)) > 0;
        if ('oneOfStaff' in to) await notices.toOneOfStaff(to.oneOfStaff, notice);
        else await notices.toCustomer(to.customer, notice);
        return true;
      }
      case 'audit': {
        const { at, by, ...event } = body as RecordAudit;
        const who = by.includes('@') ? audit.fingerprint(by) : by;
        await audit.append({ ...event, id, at: new Date(at), by: who });
        return true;
      }
      case 'message': {
        const { reference, ...words } = body as CaseMessage;
        await messenger.send(reference, words, id);
        return true;
      }
      case 'case': {
        const { receivedAt, ...toOpen } = body as RecordCase;
        await cases.open({ ...toOpen, receivedAt: new Date(receivedAt) });
        return true;
      }
      case 'mail':
        throw new ProductError('BadArgument', 'Only cases carry mails of this kind.');
    }
  }
}
