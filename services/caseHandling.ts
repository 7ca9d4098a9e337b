import { isDeepStrictEqual } from 'node:util';
import type { Answer, Case, CaseRecords, ClosedAs, Effect } from '../models/cases';
import type { StaffPerson } from '../models/handoffContent';
import { answerEffects, answeredRound, withAnswer } from './answering';
import { closesOn, dueInWords } from './businessDays';
import { withClock, type CaseChanges, type Deed, type Handled } from './caseChanges';
import { auditEffect, mailEffect, markOf, messageEffect } from './caseEffects';
import type { CaseMail } from './caseMails';
import { closedNews, extendedNews, reopenedNews } from './caseNews';
import { dueOf, isOpen, roundOf, withRound } from './caseRounds';
import { CLOSED_WORDS } from './caseWords';
import { closedMail, extendedMail, lookedAtAgainMail } from './customerMails';
import type { Clock } from './ports';
import type { PromiseTerms } from './promise';
import { clockAfter } from './promiseClock';
import { withNewPromise } from './reopening';
import {
  doneMail,
  namedMail,
  notDoneMail,
  reopenedMail,
  staffAwayMail,
  undeliveredMail,
} from './staffMails';

export type { Deed, Handled } from './caseChanges';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A slip in the year could not be taken back: a promised date is never brought forward. */
const FARTHEST_MS = 62 * DAY_MS;
const MOST_NAMED = 16;

/** What staff do to a case: each is one write, with all that follows from it. */
export class CaseHandling {
  constructor(
    private readonly records: CaseRecords,
    private readonly changes: CaseChanges,
    private readonly terms: PromiseTerms,
    private readonly clock: Clock,
    /** Address of the chat, for the mails. */
    private readonly chatUrl: string,
  ) {}

  /**
   * Sends the customer an answer; the first one stops the clock at the moment it was received.
   * @param files how many files came with it: they are not passed on, and staff are told so.
   */
  answer(
    caseId: string,
    deed: Deed,
    text: string,
    files = 0,
  ): Promise<Handled<'answered' | 'answeredAgain'>> {
    return this.changes.make(caseId, deed.cause, (found) => {
      const given: Answer = { id: deed.cause, answeredAt: deed.at, by: deed.by, text };
      const first = answeredRound(found, deed.at).answers.length === 0;
      const changed = withAnswer(found, given);
      const effects = answerEffects(changed, given, { first, files, chatUrl: this.chatUrl });
      return { outcome: first ? 'answered' : 'answeredAgain', changed, effects };
    });
  }

  /** Keeps words of staff for staff. */
  note(caseId: string, deed: Deed, text: string): Promise<Handled<'noted'>> {
    return this.changes.make(caseId, deed.cause, (found) => ({
      outcome: 'noted',
      changed: { ...found, notes: [...found.notes, { at: deed.at, by: deed.by, text }] },
      effects: [
        audit(found, 'case.noted', deed),
        staffMail(
          found,
          doneMail(found, 'Your note is kept', `The customer was not told. The note: ${text}`),
          deed,
        ),
      ],
    }));
  }

  /**
   * Promises a later date; the first promise stays what the verdict goes by.
   * @param date a local date, `YYYY-MM-DD`; the answer is then due at close of business on it.
   */
  async extend(
    caseId: string,
    deed: Deed,
    date: string,
    reason: string,
  ): Promise<Handled<'extended' | 'notOpen' | 'notLater' | 'closedDay' | 'tooFar'>> {
    const known = await this.records.byId(caseId);
    if (!known) return { outcome: 'unknown' };
    const calendar = await this.terms.calendarOf(roundOf(known).promise);
    return this.changes.make(caseId, deed.cause, (found) => {
      const round = roundOf(found);
      const { zone } = round.promise;
      if (!isOpen(round)) return { outcome: 'notOpen' };
      // A date that is promised now is one of the calendar in force, which may be another than the promise was counted by.
      const dueAt = closesOn(date, this.terms.calendar, zone);
      if (!dueAt) return { outcome: 'closedDay' };
      const before = dueOf(round);
      const from = Math.max(before.getTime(), deed.at.getTime());
      if (dueAt.getTime() - from > FARTHEST_MS) return { outcome: 'tooFar' };
      if (dueAt <= before || dueAt <= deed.at) return { outcome: 'notLater' };
      const extension = { dueAt, at: deed.at, by: deed.by, reason };
      const extended = withRound(found, { extensions: [...round.extensions, extension] });
      const clock = clockAfter(roundOf(extended), calendar, deed.at);
      const changed = withClock({ ...found, ...extended }, clock);
      const words = extendedNews(changed, before, reason);
      const facts = { from: before.toISOString(), to: dueAt.toISOString() };
      return {
        outcome: 'extended',
        changed,
        effects: [
          audit(changed, 'case.extended', deed, facts),
          ...toCustomer(changed, (to) => extendedMail(changed, to, before, reason), deed),
          ...messageEffect(changed, words, markOf(deed.cause)),
          staffMail(
            changed,
            doneMail(
              changed,
              'The answer is due later now',
              `It is due by ${dueInWords(dueAt, zone)} now. The customer is told so, and the reason: ${reason}`,
            ),
            deed,
          ),
        ],
      };
    });
  }

  /** Closes a case for good, with or without an answer; files it away when it is none. */
  close(
    caseId: string,
    deed: Deed,
    as: ClosedAs,
    reason: string,
  ): Promise<Handled<'closed' | 'closedBefore' | 'needsReason'>> {
    return this.changes.make(caseId, deed.cause, (found) => {
      const round = roundOf(found);
      if (round.closing) return { outcome: 'closedBefore' };
      const unanswered = round.answers.length === 0;
      if (as === 'closed' && unanswered && reason === '') return { outcome: 'needsReason' };
      const { clock: _clock, digestAt: _digestAt, ...rest } = found;
      const closing = { as, at: deed.at, by: deed.by, reason };
      const changed: Case = { ...rest, ...withRound(found, { closing }) };
      const tell = as === 'closed' && unanswered;
      return {
        outcome: 'closed',
        changed,
        effects: [
          audit(changed, as === 'closed' ? 'case.closed' : 'case.filed', deed, {
            as,
            answered: !unanswered,
          }),
          ...(tell
            ? [
                ...toCustomer(changed, (to) => closedMail(changed, to, reason), deed),
                ...messageEffect(changed, closedNews(changed, reason), markOf(deed.cause)),
              ]
            : []),
          staffMail(
            changed,
            doneMail(
              changed,
              unanswered ? `The case is ${CLOSED_WORDS[as]}` : 'The case is closed',
              tell ? 'The customer is told so, with your reason.' : 'The customer is not told.',
            ),
            deed,
          ),
        ],
      };
    });
  }

  /** Opens a case again that was answered or closed, with a promise that counts from now; the customer is told both. */
  async reopen(
    caseId: string,
    deed: Deed,
    reason: string,
  ): Promise<Handled<'reopened' | 'stillOpen' | 'needsReason'>> {
    const promise = await this.terms.from(deed.at);
    return this.changes.make(caseId, deed.cause, (found) => {
      if (isOpen(roundOf(found))) return { outcome: 'stillOpen' };
      if (reason.trim() === '') return { outcome: 'needsReason' };
      const { at, by } = deed;
      const { changed, facts } = withNewPromise(found, promise, this.terms.calendar, at, {
        ...{ at, by, reason },
      });
      return {
        outcome: 'reopened',
        changed,
        effects: [
          audit(changed, 'case.reopened', deed, facts),
          ...toCustomer(
            changed,
            (to) => lookedAtAgainMail(changed, to, reason, this.chatUrl),
            deed,
          ),
          ...messageEffect(changed, reopenedNews(changed, reason), markOf(deed.cause)),
          staffMail(changed, reopenedMail(changed, reason), deed),
        ],
      };
    });
  }

  /**
   * Says whom of staff a case is about, in the place of who was named before: they see neither it nor its transcript. The
   * escalation address is told.
   * @param people at most 16.
   */
  name(
    caseId: string,
    deed: Deed,
    people: readonly StaffPerson[],
  ): Promise<Handled<'named' | 'unchanged' | 'tooMany'>> {
    return this.changes.make(caseId, deed.cause, (found) => {
      const changed = withNamed(found, people);
      const { namedStaff = [] } = changed;
      if (namedStaff.length > MOST_NAMED) return { outcome: 'tooMany' };
      if (isDeepStrictEqual(found.namedStaff ?? [], namedStaff)) return { outcome: 'unchanged' };
      const facts = namedStaff.map((id, index): [string, string] => [`account${index + 1}`, id]);
      return {
        outcome: 'named',
        changed,
        effects: [
          audit(changed, 'case.named', deed, {
            count: namedStaff.length,
            ...Object.fromEntries(facts),
          }),
          staffMail(changed, namedMail(changed, deed.by, [...new Set(people.map(nameOf))]), deed),
        ],
      };
    });
  }

  /**
   * Marks that a mail about the case came back, and alarms staff.
   * @param cause holds the id of the mail, and with it the mark of the answer that it carried.
   * @param what names the mail in words, such as "your answer".
   * @param of which mail it was: the alarm about a mail to staff goes to all of them.
   */
  undelivered(
    caseId: string,
    cause: string,
    what: string,
    why: string,
    of: 'answer' | 'customer' | 'staff',
  ): Promise<Handled<'marked'>> {
    const at = this.clock.now();
    return this.changes.make(caseId, cause, (found) => {
      const isBack = ({ id }: Answer): boolean => of === 'answer' && cause.includes(markOf(id));
      const rounds = found.rounds.map((round) => ({
        ...round,
        answers: round.answers.map((each) =>
          isBack(each) ? { ...each, undelivered: true } : each,
        ),
      }));
      const changed: Case = { ...found, rounds };
      const mark = markOf(cause);
      return {
        outcome: 'marked',
        changed,
        effects: [
          auditEffect(changed, 'case.undelivered', at, 'desk', undefined, mark),
          mailEffect(changed, undeliveredMail(changed, what, why, of), mark),
        ],
      };
    });
  }

  /** Asks another member of staff to take a case from one who is away; once per case, promise and person. */
  async staffAway(
    caseId: string,
    away: string,
    next: string,
  ): Promise<Handled<'passedOn' | 'answered'>> {
    const at = this.clock.now();
    const known = await this.records.byId(caseId);
    if (!known) return { outcome: 'unknown' };
    const cause = awayCause(known, away);
    return this.changes.make(caseId, cause, (found) => {
      if (!isOpen(roundOf(found))) return { outcome: 'answered' };
      return {
        outcome: 'passedOn',
        changed: found,
        effects: [
          auditEffect(found, 'case.staffAway', at, away, undefined, markOf(cause)),
          mailEffect(found, staffAwayMail(found, away, next), markOf(cause)),
        ],
      };
    });
  }

  /** Tells one member of staff why what they asked for was not done. */
  notDone(caseId: string, deed: Deed, why: string): Promise<Handled<'told'>> {
    return this.changes.make(caseId, deed.cause, (found) => ({
      outcome: 'told',
      changed: found,
      effects: [staffMail(found, notDoneMail(found, deed.by, why), deed)],
    }));
  }
}

/** A case that is about these people of staff. */
export const withNamed = (
  found: Case,
  people: readonly Pick<StaffPerson, 'accountId'>[],
): Case => ({
  ...found,
  namedStaff: [...new Set(people.map(({ accountId }) => accountId))].sort(),
  ...(found.aboutStaff === 'no' && people.length > 0 ? { aboutStaff: 'staff' } : {}),
});

const nameOf = ({ name }: StaffPerson): string => name;

/** Under what a case notes that somebody is away, as long as the promise in force lasts. */
export const awayCause = ({ rounds }: Pick<Case, 'rounds'>, away: string): string =>
  `away-${rounds.length}-${markOf(away.toLowerCase())}`;

const audit = (
  about: Case,
  action: Parameters<typeof auditEffect>[1],
  { at, by, cause }: Deed,
  facts?: Parameters<typeof auditEffect>[4],
): Effect => auditEffect(about, action, at, by, facts, markOf(cause));

const staffMail = (about: Case, mail: CaseMail, { cause }: Deed): Effect =>
  mailEffect(about, mail, markOf(cause));

/** The customer is written to only at an address that they confirmed. */
const toCustomer = (about: Case, mail: (to: string) => CaseMail, { cause }: Deed): Effect[] =>
  about.confirmed && about.report.email
    ? [mailEffect(about, mail(about.report.email), markOf(cause))]
    : [];
