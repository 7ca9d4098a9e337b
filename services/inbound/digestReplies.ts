import type { CaseHandling, Deed } from '../caseHandling';
import { sentences, type Notices } from '../notices';
import type { Routed } from './inspection';
import type { StaffCommand } from './staffCommand';

/** Does what staff say about all the cases of a digest at once. */
export class DigestReplies {
  constructor(
    private readonly handling: CaseHandling,
    private readonly notices: Notices,
  ) {}

  /** Only filing away goes for all of them: an answer is for one customer. */
  async deal(caseIds: readonly string[], command: StaffCommand, deed: Deed): Promise<Routed> {
    if (command.kind === 'file')
      for (const caseId of caseIds) await this.handling.close(caseId, deed, command.as, '');
    else
      await this.notices.toOneOfStaff(deed.by, {
        id: `${deed.cause}-mail.notDone`,
        kind: 'mail.notDone',
        subject: 'Nothing was done with your reply to a digest',
        blocks: sentences(
          'A reply to a digest can only file all its cases away, with #spam or #not-privacy on the first line. To answer one of them, write to the address that stands beside it in the digest.',
        ),
      });
    return { state: 'done', reason: command.kind };
  }
}
