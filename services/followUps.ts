import type { Case, Effect, FollowUp, Round } from '../models/cases';
import type { CaseChanges, Handled } from './caseChanges';
import { auditEffect, mailEffect, markOf } from './caseEffects';
import { isOpen, roundOf } from './caseRounds';
import { namesTheManager } from './caseWords';
import { addedMail, openAgainMail } from './customerMails';
import type { Clock } from './ports';
import type { PromiseTerms } from './promise';
import { withNewPromise } from './reopening';
import { followUpMail } from './staffMails';

/** Takes what customers write after their case was opened. */
export class FollowUps {
  constructor(
    private readonly changes: CaseChanges,
    private readonly terms: PromiseTerms,
    private readonly clock: Clock,
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
      const added: Case = {
        ...found,
        aboutStaff: accusesManager(found, followUp) ? 'privacy_manager' : found.aboutStaff,
        followUps: [...found.followUps, followUp],
      };
      const mark = markOf(followUp.mailId);
      if (!asks || !isOver(roundOf(found), followUp.at))
        return {
          outcome: 'added',
          changed: added,
          effects: [
            auditEffect(added, 'case.messageAdded', followUp.at, 'customer', undefined, mark),
            mailEffect(added, followUpMail(added, followUp, false), mark),
            ...(asks ? receipt(added, followUp, mark) : []),
          ],
        };
      const now = this.clock.now();
      const { changed, facts } = withNewPromise(added, promise, this.terms.calendar, now);
      const { email } = changed.report;
      return {
        outcome: 'reopened',
        changed,
        effects: [
          auditEffect(changed, 'case.reopened', followUp.at, 'customer', facts, mark),
          mailEffect(changed, followUpMail(changed, followUp, true), mark),
          ...(email && changed.confirmed
            ? [mailEffect(changed, openAgainMail(changed, email, this.chatUrl), mark)]
            : []),
        ],
      };
    });
  }
}

/**
 * Answered, or closed with a reason, before something was written; what was filed away as no case at all is not opened
 * again by more of the same.
 */
const isOver = ({ answers: [first], closing }: Round, writtenAt: Date): boolean =>
  (first !== undefined && first.answeredAt <= writtenAt) ||
  (closing?.as === 'closed' && closing.at <= writtenAt);

/**
 * Says that files have arrived: only while the case is open, and to the one whose case it is. Words alone get no receipt,
 * or a mailbox that answers by itself would go on with us.
 */
function receipt(added: Case, { attachments, from }: FollowUp, mark: string): Effect[] {
  const { confirmed, report } = added;
  const theirs = confirmed && report.email && !from;
  if (attachments.length === 0 || !theirs || !isOpen(roundOf(added))) return [];
  return [mailEffect(added, addedMail(added, report.email, attachments.length), mark)];
}

const ABOUT_THEIR_ANSWER =
  /(?:manager|officer)(?:['’]s)?\s+(?:has\s+)?(?:answer\w*|repl\w+|mail\w*|messages?|letters?|wrote|written|decision)/i;

/** "It was the privacy manager himself": from here on the case is for the person above alone. */
const accusesManager = ({ kind }: Case, { text }: FollowUp): boolean =>
  kind !== 'question' && namesTheManager(text) && !ABOUT_THEIR_ANSWER.test(text);
