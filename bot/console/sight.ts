import { isMeant, seesCase, type CaseViewer } from '../../services/caseSight';
import type { Case } from '../../services/cases';
import type { Handoff } from '../../services/handoffs';
import type { Role } from '../../services/roles';
import type { Staff } from '../../services/staff';

/** What is asked to tell who may see what. */
export interface SightParts {
  readonly staff: Pick<Staff, 'isEscalation' | 'isOnDuty'>;
  /** Handoffs of a conversation, over and not over. */
  readonly handoffsOf: (conversationId: string) => Promise<readonly Handoff[]>;
  /** Cases that came from a conversation. */
  readonly casesOf: (conversationId: string) => Promise<readonly Case[]>;
}

/** Somebody of staff, and what they may do. */
export interface Viewer extends CaseViewer {
  readonly roles: readonly Role[];
}

/** Who of staff sees a case, and a conversation that a case came from. */
export class Sight {
  constructor(private readonly parts: SightParts) {}

  async ofCase(viewer: CaseViewer, about: Case): Promise<boolean> {
    const isEscalation = this.parts.staff.isEscalation(viewer.email);
    return seesCase(viewer, about, isEscalation, await this.heldBy(about));
  }

  /** Those of the cases that somebody sees, in the same order. */
  async amongCases(viewer: CaseViewer, cases: readonly Case[]): Promise<Case[]> {
    const seen = await Promise.all(cases.map((each) => this.ofCase(viewer, each)));
    return cases.filter((_, index) => seen[index]);
  }

  /** A conversation that somebody does not hold: who must not see a case that came from it must not read it either. */
  async ofConversation(viewer: CaseViewer, conversationId: string): Promise<boolean> {
    const cases = await this.parts.casesOf(conversationId);
    return (await this.amongCases(viewer, cases)).length === cases.length;
  }

  /**
   * Whether somebody may talk to the customer of a conversation: not when a case of it is about them. One about somebody
   * else does not stand in the way, though they do not see it: else nobody could talk to whoever complains of the manager.
   */
  async mayTalk(person: Viewer, conversationId: string): Promise<boolean> {
    if (this.parts.staff.isEscalation(person.email)) return true;
    const cases = await this.parts.casesOf(conversationId);
    for (const about of cases) {
      if (about.aboutStaff === 'privacy_manager' && (await this.isManager(person))) return false;
      if (isMeant(person, about, await this.letGoBefore(about))) return false;
    }
    return true;
  }

  /** Whether a case or a mail about the privacy manager is about them. */
  async isManager({ email, roles }: Pick<Viewer, 'email' | 'roles'>): Promise<boolean> {
    const { staff } = this.parts;
    if (staff.isEscalation(email)) return false;
    return roles.includes('privacyManager') || staff.isOnDuty(email);
  }

  private async heldBy({ aboutStaff, conversationId }: Case): Promise<string[]> {
    // Nobody can be meant by a case about nobody, and those are nearly all.
    if (aboutStaff === 'no' || conversationId === undefined) return [];
    const handoffs = await this.parts.handoffsOf(conversationId);
    const people = handoffs.flatMap(({ holder, lastHolder, history }) => [
      ...[holder, lastHolder],
      ...history.flatMap(({ by, to }) => [by, to]),
    ]);
    return [...new Set(people.flatMap((person) => person?.accountId ?? []))];
  }

  /** Who had talked to the customer before the case was opened: whoever opened it, or talks to them since, is not meant. */
  private async letGoBefore({ aboutStaff, conversationId, openedAt }: Case): Promise<string[]> {
    if (aboutStaff === 'no' || conversationId === undefined) return [];
    const handoffs = await this.parts.handoffsOf(conversationId);
    return handoffs.flatMap(({ history }) =>
      history.flatMap(({ what, by }, index) => {
        const letGo = history[index + 1];
        return what === 'claimed' && by && letGo && letGo.at <= openedAt ? by.accountId : [];
      }),
    );
  }
}
