import type { InboundMailRecords, InboundRecord } from '../../models/inboundMails';
import type { RawMails } from '../../models/rawMails';
import type { Audit, AuditAction } from '../audit';
import { sentences, type Notices } from '../notices';
import type { Clock, Log } from '../ports';
import { senderOf, type Routed } from './inspection';
import { readMail, type InboundMail } from './mail';
import type { Routing } from './routing';

export interface ProcessingParts {
  readonly audit: Audit;
  readonly inbound: InboundMailRecords;
  readonly notices: Notices;
  readonly rawMails: RawMails;
  readonly routing: Routing;
}

const BATCH = 50;
const FIRST_DELAY_MS = 5_000;
const LONGEST_DELAY_MS = 10 * 60_000;
/** With its delays half an hour; then a person has to look. */
const MOST_TRIES = 8;

const ACTIONS: Readonly<Record<Exclude<Routed['state'], 'later'>, AuditAction>> = {
  done: 'mail.received',
  held: 'mail.held',
  quarantined: 'mail.quarantined',
  discarded: 'mail.discarded',
};

/** Deals with the mails that were taken, in the order of their receipt; each is dealt with again until that succeeds. */
export class InboundProcessing {
  constructor(
    private readonly parts: ProcessingParts,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Deals with all that waits. Returns how many mails were settled. */
  async sweep(): Promise<number> {
    let settled = 0;
    await this.setAside();
    for (;;) {
      const due = await this.parts.inbound.due(this.clock.now(), BATCH);
      for (const record of due) if (await this.dealtOrLeft(record)) settled += 1;
      // Those put off are due again only later, so that this ends.
      if (due.length < BATCH) return settled;
    }
  }

  /** Mails whose seal cannot be opened with the keys at hand wait for a person, and for the key. */
  private async setAside(): Promise<void> {
    for (const id of await this.parts.inbound.unreadable(this.clock.now(), BATCH)) {
      this.log.error('mail.unreadable', { mailId: id, code: 'SealBroken' });
      await this.tellUnreadable(id);
      await this.parts.inbound.settle(id, { state: 'quarantined', reason: 'sealBroken' });
    }
  }

  /** A mail that cannot even be put off must not hold up those behind it. */
  private async dealtOrLeft(record: InboundRecord): Promise<boolean> {
    try {
      return await this.dealt(record);
    } catch (error) {
      this.log.error('mail.stuck', { mailId: record.id, error });
      return false;
    }
  }

  private async dealt(record: InboundRecord): Promise<boolean> {
    try {
      const raw = await this.parts.rawMails.read(record.id);
      const mail = await readMail(raw, record.envelope.from);
      const routed = await this.parts.routing.route({ record, mail }, raw);
      if (routed.state === 'later') {
        await this.putOff(record);
        return false;
      }
      await this.settle(record, routed, mail);
      // After it is settled: a mail that has yet to be dealt with has to be there.
      if (routed.blank) await this.parts.rawMails.remove(record.id);
      return true;
    } catch (error) {
      this.log.error('mail.undealt', { mailId: record.id, attempts: record.attempts + 1, error });
      return this.failed(record);
    }
  }

  private async failed(record: InboundRecord): Promise<boolean> {
    if (record.attempts + 1 < MOST_TRIES) {
      await this.putOff(record);
      return false;
    }
    await this.tellUnreadable(record.id);
    await this.settle(record, { state: 'quarantined', reason: 'unreadable' });
    return true;
  }

  private async tellUnreadable(id: string): Promise<void> {
    await this.parts.notices.toStaff('managersAndEscalation', {
      id: `${id}-mail.unreadable`,
      kind: 'mail.unreadable',
      subject: 'A mail to the desk cannot be read',
      blocks: sentences(
        'A mail came in that the desk could not deal with. It is kept, with the time at which it was received, and waits in quarantine for a person: npm run inbound -- list',
      ),
    });
  }

  private async putOff({ id, attempts }: InboundRecord): Promise<void> {
    const delay = Math.min(FIRST_DELAY_MS * 2 ** attempts, LONGEST_DELAY_MS);
    await this.parts.inbound.deferUntil(id, new Date(this.clock.now().getTime() + delay));
  }

  private async settle(
    { id, receivedAt, released, door }: InboundRecord,
    { state, reason, caseId }: Exclude<Routed, { state: 'later' }>,
    mail?: InboundMail,
  ): Promise<void> {
    await this.parts.audit.append({
      id: `${id}-${state}${released ? '-released' : ''}`,
      action: ACTIONS[state],
      at: receivedAt,
      about: { kind: 'mail', id },
      by: 'desk',
      facts: { door, ...(reason ? { reason } : {}), ...(caseId ? { caseId } : {}) },
    });
    // Only who opened a case or added to it has a thread to go on with; reasons stand for everything else.
    const ofThread = state === 'done' && caseId !== undefined && reason === undefined;
    const sender = mail && ofThread ? senderOf(mail) : undefined;
    await this.parts.inbound.settle(id, {
      state,
      ...(reason ? { reason } : {}),
      ...(caseId ? { caseId } : {}),
      ...(sender ? { fromIndexOf: sender } : {}),
      ...(mail?.messageId ? { messageId: mail.messageId } : {}),
    });
    this.log.info('mail.dealt', { mailId: id, state, ...(reason ? { code: reason } : {}) });
  }
}
