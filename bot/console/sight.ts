import { seesCase } from '../../services/caseSight';
import type { Case } from '../../services/cases';
import type { Handoff } from '../../services/handoffs';
import type { Staff } from '../../services/staff';
import type { Caller } from './route';

/** What is asked to tell who may see what. */
export interface SightParts {
  readonly staff: Pick<Staff, 'isEscalation'>;
  /** Handoffs of a conversation, over and not over. */
  readonly handoffsOf: (conversationId: string) => Promise<readonly Handoff[]>;
  /** Cases that came from a conversation. */
  readonly casesOf: (conversationId: string) => Promise<readonly Case[]>;
}

/** Who of staff sees a case, and a conversation that a case came from. */
export class Sight {
  constructor(private readonly parts: SightParts) {}

  async ofCase(caller: Caller, about: Case): Promise<boolean> {
    const isEscalation = this.parts.staff.isEscalation(caller.email);
    return seesCase(caller, about, isEscalation, await this.heldBy(about));
  }

  /** Those of the cases that somebody sees, in the same order. */
  async amongCases(caller: Caller, cases: readonly Case[]): Promise<Case[]> {
    const seen = await Promise.all(cases.map((each) => this.ofCase(caller, each)));
    return cases.filter((_, index) => seen[index]);
  }

  /** A conversation that somebody does not hold: who must not see a case that came from it must not read it either. */
  async ofConversation(caller: Caller, conversationId: string): Promise<boolean> {
    const cases = await this.parts.casesOf(conversationId);
    return (await this.amongCases(caller, cases)).length === cases.length;
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
}
