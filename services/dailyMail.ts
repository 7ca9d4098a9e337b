import type { InboundMailRecords } from '../models/inboundMails';
import type { Audit } from './audit';
import { localDate, opensOn, type Calendar } from './businessDays';
import { facts, paragraph } from './mailText';
import type { Notices } from './notices';
import type { Clock } from './ports';

/** What the daily mail is made of. */
export interface DailyMailParts {
  readonly audit: Audit;
  readonly inbound: InboundMailRecords;
  readonly notices: Notices;
}

/**
 * Mails the signed head of the audit log to the managers, once a day: kept in their mailboxes, it shows whether the log was
 * changed or cut off later.
 */
export class DailyMail {
  /** The day of which this process knows that its mail was sent, so that a sweep costs nothing. */
  private done = '';

  constructor(
    private readonly parts: DailyMailParts,
    private readonly clock: Clock,
    private readonly calendar: Calendar,
    private readonly zone: string,
  ) {}

  /** Sends the day's mail from the opening hour on, weekends included; a desk begun since has nothing to attest yet. */
  async sweep(): Promise<void> {
    const now = this.clock.now();
    const day = localDate(now, this.zone);
    if (day === this.done) return;
    const opening = opensOn(day, this.calendar, this.zone);
    const begunAt = await this.parts.audit.begunAt();
    if (now < opening || !begunAt || begunAt >= opening) return;
    const id = `audit-head-${day}`;
    await this.send(id, now);
    this.done = day;
  }

  private async send(id: string, now: Date): Promise<void> {
    const head = await this.parts.audit.head();
    if (!head) return;
    const counts = await this.parts.inbound.counts();
    await this.parts.notices.toStaff('managers', {
      id,
      kind: 'desk.auditHead',
      subject: `Keep this mail: the desk’s audit log on ${localDate(now, this.zone)}`,
      blocks: [
        paragraph(
          'Everything that happens to a case is written to a log that cannot be changed unnoticed. This mail says where the log stands today. Whoever keeps it can show later whether the log was changed or cut off.',
        ),
        facts(
          ['Head', `${head.seq}:${head.hash}`],
          ['Time', head.at.toISOString()],
          ['Signature', head.signature],
          ['Public key', head.publicKey],
        ),
        paragraph(
          `To check it at the desk: npm run audit -- verify --head ${head.seq}:${head.hash}`,
        ),
        paragraph(
          counts.quarantined + counts.held === 0
            ? 'No mail waits in quarantine.'
            : `Mails that wait for a person: ${counts.quarantined} in quarantine, ${counts.held} held for #send or #discard. To see them: npm run inbound -- list`,
        ),
      ],
    });
  }
}
