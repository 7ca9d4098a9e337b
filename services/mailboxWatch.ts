import { sentences, type Notices } from './notices';
import type { Clock } from './ports';

/** So long a mailbox may stay unread before staff are alarmed. */
const PATIENCE_MS = 15 * 60 * 1000;

/** Alarms staff when the mailbox that the desk reads cannot be read; once for each time. */
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
    if (since === this.alarmedOf) return;
    if (this.clock.now().getTime() - readAt.getTime() < PATIENCE_MS) return;
    await this.notices.toStaff('managersAndEscalation', {
      id: `mailbox-${since.replace(/[-:.]/g, '')}-unread`,
      kind: 'desk.mailboxUnread',
      subject: 'The desk cannot read its mailbox',
      blocks: sentences(
        `The desk has not been able to read its mailbox since ${since}. Mail that comes in meanwhile is taken in, with its own time of receipt, as soon as the mailbox can be read again. Until then no promise is called missed, since an answer may lie there.`,
        'Please have the mailbox and IMAP_URL looked at.',
      ),
    });
    this.alarmedOf = since;
  }
}
