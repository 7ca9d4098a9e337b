import type { Case, CaseRecords } from '../models/cases';
import { dueInWords } from './businessDays';
import { withDigestSent, type CaseChanges } from './caseChanges';
import { zoneOf } from './caseMails';
import { dueOf, roundOf } from './caseRounds';
import { KIND_WORDS } from './caseWords';
import { list, paragraph } from './mailText';
import type { Notices } from './notices';
import type { Clock } from './ports';
import type { ReplyTokens } from './replyTokens';
import type { StaffAudience } from './staff';

const LONGEST_SHOWN = 140;

/** Tells staff in one mail of the similar reports of an hour. */
export class Digests {
  constructor(
    private readonly records: CaseRecords,
    private readonly changes: CaseChanges,
    private readonly notices: Notices,
    private readonly tokens: ReplyTokens,
    private readonly clock: Clock,
  ) {}

  /** Sends the digests that are due, each once. */
  async sweep(): Promise<void> {
    const due = await this.records.digestDue(this.clock.now());
    for (const audience of ['managers', 'escalation'] as const) {
      const cases = due.filter(
        ({ aboutStaff }) => (aboutStaff === 'privacy_manager') === (audience === 'escalation'),
      );
      for (const at of new Set(cases.map(({ digestAt }) => digestAt?.getTime() ?? 0)))
        await this.send(
          cases.filter(({ digestAt }) => digestAt?.getTime() === at),
          audience,
          at,
        );
    }
  }

  private async send(cases: readonly Case[], audience: StaffAudience, at: number): Promise<void> {
    // Nobody to tell: they wait until the setting is there.
    if (!(await this.notices.reaches(audience))) return;
    const lines: string[] = [];
    for (const each of cases) lines.push(await this.line(each));
    await this.notices.toStaff(audience, {
      id: `digest-${at}-${audience}`,
      kind: 'desk.digest',
      subject: `${cases.some(isUrgent) ? 'URGENT ' : ''}${inNumber(cases.length)} much like others within an hour, each with its own promise`,
      blocks: [
        paragraph(
          `${inNumber(cases.length)} came in, much like others of the same hour. So that they do not fill your mailbox this mail tells of them all. Each is a case with a due date of its own, and you will be warned of each before it is due.`,
        ),
        paragraph(
          'To answer one, write to the address beside it. To file all of them away, reply to this mail with #spam or #not-privacy.',
        ),
        list(lines),
      ],
      about: { digestOf: cases.map(({ id }) => id) },
    });
    for (const { id } of cases)
      await this.changes.make(id, `digest-${at}`, (found) => ({
        outcome: 'told',
        changed: withDigestSent(found),
      }));
  }

  private async line(about: Case): Promise<string> {
    const replyTo = await this.tokens.mint({
      recipient: 'digest',
      recipientIs: 'staff',
      caseId: about.id,
    });
    const { whatHappened } = about.report;
    const words = whatHappened.replace(/\s+/g, ' ');
    const shown = words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}…` : words;
    const due = dueInWords(dueOf(roundOf(about)), zoneOf(about));
    return `${isUrgent(about) ? 'URGENT ' : ''}${about.reference}, ${KIND_WORDS[about.kind]}, due ${due}, ${replyTo}: “${shown}”`;
  }
}

const isUrgent = ({ urgency }: Case): boolean => urgency === 'now';

const inNumber = (count: number): string => (count === 1 ? '1 report' : `${count} reports`);
