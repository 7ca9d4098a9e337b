import type { Case, FollowUp, Round } from '../models/cases';
import { withClock, type CaseChanges, type Handled } from './caseChanges';
import { auditEffect, mailEffect, markOf } from './caseEffects';
import { roundOf } from './caseRounds';
import { openAgainMail } from './customerMails';
import type { PromiseTerms } from './promise';
import { clockAfter } from './promiseClock';
import { followUpMail } from './staffMails';

/** Takes what customers write after their case was opened. */
export class FollowUps {
  constructor(
    private readonly changes: CaseChanges,
    private readonly terms: PromiseTerms,
    /** Address of the chat, for the mails. */
    private readonly chatUrl: string,
  ) {}

  /**
   * Adds what the customer wrote, and forwards it; the deadline of an open case stays.
   * @param asks whether it asks for something; then a case that was answered or closed opens again, with a new promise.
   */
  async add(
    caseId: string,
    followUp: FollowUp,
    asks: boolean,
  ): Promise<Handled<'added' | 'reopened'>> {
    const promise = await this.terms.from(followUp.at);
    return this.changes.make(caseId, followUp.mailId, (found) => {
      const added: Case = { ...found, followUps: [...found.followUps, followUp] };
      const mark = markOf(followUp.mailId);
      if (!asks || !isOver(roundOf(found)))
        return {
          outcome: 'added',
          changed: added,
          effects: [
            auditEffect(added, 'case.messageAdded', followUp.at, 'customer', undefined, mark),
            mailEffect(added, followUpMail(added, followUp, false), mark),
          ],
        };
      const round: Round = { promise, answers: [], extensions: [] };
      const clock = clockAfter(round, this.terms.calendar, promise.receivedAt);
      const changed = withClock({ ...added, rounds: [...added.rounds, round] }, clock);
      const { email } = changed.report;
      const facts = {
        receivedAt: promise.receivedAt.toISOString(),
        dueAt: promise.dueAt.toISOString(),
        calendar: promise.calendarHash,
      };
      return {
        outcome: 'reopened',
        changed,
        effects: [
          auditEffect(changed, 'case.reopened', followUp.at, 'customer', facts, mark),
          mailEffect(changed, followUpMail(changed, followUp, true), mark),
          ...(email
            ? [mailEffect(changed, openAgainMail(changed, email, this.chatUrl), mark)]
            : []),
        ],
      };
    });
  }
}

/** Answered, or closed with a reason; what was filed away as no case at all is not opened again by more of the same. */
const isOver = ({ answers, closing }: Round): boolean =>
  answers.length > 0 || closing?.as === 'closed';
