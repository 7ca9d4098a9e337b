import { sentences, type Notices } from './notices';
import type { Clock } from './ports';

const DAY_MS = 24 * 60 * 60 * 1000;
/** So long a mailbox may stay unread before staff are alarmed. */
const PATIENCE_MS = 15 * 60 * 1000;

/** Alarms staff when the mailbox that the desk reads cannot be read; at once, and again every day. */
export class MailboxWatch {
  /** Of which silence staff were alarmed. */
  private alarmedOf = '';

  constructor(
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  /** @param readAt when the mailbox was last read to its end, or the desk started. */
  async check(readAt: Date): Promise<void> {
    const since = readAt.toISOString();
    const silentMs = this.clock.now().getTime() - readAt.getTime();
    if (silentMs < PATIENCE_MS) return;
    const days = Math.floor(silentMs / DAY_MS);
    const alarm = `${since.replace(/[-:.]/g, '')}-${days}`;
    if (alarm === this.alarmedOf) return;
    await this.notices.toStaff('managersAndEscalation', {
      id: `mailbox-${alarm}-unread`,
      kind: 'desk.mailboxUnread',
      subject: 'The desk cannot read its mailbox',
      blocks: sentences(
        `The desk has not been able to read its mailbox since ${since}. Mail that comes in meanwhile is taken in, with its own time of receipt, as soon as the mailbox can be read again. Until then no promise is called missed, since an answer may lie there.`,
        'Please have the mailbox and IMAP_URL looked at.',
      ),
    });
    this.alarmedOf = alarm;
  }
}
