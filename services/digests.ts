import type { Case, CaseRecords } from '../models/cases';
import { dueInWords } from './businessDays';
import { markOf } from './caseEffects';
import { withDigestSent, type CaseChanges } from './caseChanges';
import { zoneOf } from './caseMails';
import { dueOf, roundOf } from './caseRounds';
import { KIND_WORDS } from './caseWords';
import { list, paragraph } from './mailText';
import type { Notices } from './notices';
import type { Clock } from './ports';
import type { ReplyTokens } from './replyTokens';
import type { CaseRecipient, StaffAudience } from './staff';

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
        await this.sendAll(
          cases.filter(({ digestAt }) => digestAt?.getTime() === at),
          audience,
          at,
        );
    }
  }

  /** Whoever may not hear of some of them gets a digest of the others. */
  private async sendAll(
    cases: readonly Case[],
    audience: StaffAudience,
    at: number,
  ): Promise<void> {
    const groups = new Map<string, { to: readonly CaseRecipient[]; of: Case[] }>();
    for (const each of cases) {
      const to = await this.notices.handlersOf(each, audience);
      const key = to.map(({ address }) => address).join(' ');
      const group = groups.get(key) ?? { to, of: [] };
      groups.set(key, group);
      group.of.push(each);
    }
    for (const [key, { to, of }] of groups) {
      // Nobody to tell: they wait until the setting is there.
      if (to.length === 0) continue;
      const isForAll = of.some(({ aboutStaff }) => aboutStaff !== 'staff');
      await this.send(of, to, `digest-${at}-${audience}${isForAll ? '' : `-${markOf(key)}`}`, at);
    }
  }

  private async send(
    cases: readonly Case[],
    to: readonly CaseRecipient[],
    id: string,
    at: number,
  ): Promise<void> {
    const lines: string[] = [];
    for (const each of cases) lines.push(await this.line(each));
    await this.notices.toRecipients(to, {
      id,
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
