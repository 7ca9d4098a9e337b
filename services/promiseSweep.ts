import type { Case, CaseRecords, DueCase, Effect, NextClockEvent } from '../models/cases';
import { dueAt, isOpenAt, localDate } from './businessDays';
import type { CaseChanges } from './caseChanges';
import { auditEffect, mailEffect, markOf, messageEffect } from './caseEffects';
import { dueOf, isOpen, roundOf } from './caseRounds';
import { apologyMail, apologyWords } from './customerMails';
import type { Clock, Log } from './ports';
import type { PromiseTerms } from './promise';
import { clockAfterEvent } from './promiseClock';
import { missedMail, offerMail, warningMail } from './staffMails';

const BATCH = 100;
/** A warning this much behind its time says why. */
const LATE_MS = 60 * 60 * 1000;

/** Warns before promises are due, and says when one was missed: each event once, whoever sweeps and however late. */
export class PromiseSweep {
  /** Cases whose seal cannot be opened, so that each is logged once and not at every sweep. */
  private readonly sealed = new Set<string>();

  constructor(
    private readonly records: CaseRecords,
    private readonly changes: CaseChanges,
    private readonly terms: PromiseTerms,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly options: {
      /** How a customer reaches a person, such as "write to info@example.com". */
      readonly person: string;
      /** Whether all mail received up to then has been taken in, so that no answer is overlooked. */
      readonly mailIsIn: (upTo: Date) => Promise<boolean>;
    },
  ) {}

  /** Lets everything happen that is due, what the desk slept through included. Returns how many events happened. */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    let happened = 0;
    for (;;) {
      const inPass = await this.pass(now);
      if (inPass === 0) return happened;
      happened += inPass;
    }
  }

  /** Goes through all cases that are due, those behind others that have to wait as well. */
  private async pass(now: Date): Promise<number> {
    let happened = 0;
    let waiting = 0;
    for (;;) {
      const due = await this.records.clockDue(now, BATCH, waiting);
      for (const each of due) {
        if (await this.guarded(each, now)) happened += 1;
        else waiting += 1;
      }
      if (due.length < BATCH) return happened;
    }
  }

  /** Whether something happened. One case that cannot be dealt with must not hold up the others. */
  private async guarded({ id, case: found }: DueCase, now: Date): Promise<boolean> {
    if (!found) {
      if (!this.sealed.has(id))
        this.log.error('promise.failed', { caseId: id, code: 'SealBroken' });
      this.sealed.add(id);
      return false;
    }
    try {
      return await this.letHappen(found, now);
    } catch (error) {
      this.log.error('promise.failed', { caseId: id, error });
      return false;
    }
  }

  private async letHappen(found: Case, now: Date): Promise<boolean> {
    const { clock } = found;
    if (!clock) return false;
    const round = roundOf(found);
    if (clock.event === 'missed' && !(await this.options.mailIsIn(dueOf(round)))) return false;
    const calendar = await this.terms.calendarOf(round.promise);
    // One that the desk slept through goes to the customer in opening hours, too.
    if (clock.event === 'apology' && !isOpenAt(now, calendar, round.promise.zone)) return false;
    const handled = await this.changes.clockEvent(found.id, clock, (current) => ({
      next: clockAfterEvent(roundOf(current), calendar, clock.event),
      effects: this.effectsOf(current, clock, now),
    }));
    this.log.info('promise.clock', { caseId: found.id, kind: clock.event, state: handled.outcome });
    return handled.outcome === 'happened';
  }

  private effectsOf(found: Case, { event, nextAt }: NextClockEvent, now: Date): Effect[] {
    const due = dueOf(roundOf(found));
    // Of one promise and one date: an extension brings further warnings.
    const mark = markOf(`${event} ${found.rounds.length} ${due.toISOString()}`);
    const late = now.getTime() - nextAt.getTime() >= LATE_MS ? nextAt : undefined;
    const facts = { event, planned: nextAt.toISOString(), dueAt: due.toISOString() };
    switch (event) {
      case 'warning2':
      case 'warning1':
        return [
          auditEffect(found, 'case.warned', now, 'desk', facts, mark),
          mailEffect(found, warningMail(found, event === 'warning2' ? 2 : 1, late), mark),
        ];
      case 'missed':
        return [
          auditEffect(found, 'case.missed', now, 'desk', facts, mark),
          mailEffect(found, missedMail(found, late), mark),
        ];
      case 'apology':
        return [
          auditEffect(found, 'case.apologised', now, 'desk', facts, mark),
          ...this.apology(found, mark),
        ];
    }
  }

  private apology(found: Case, mark: string): Effect[] {
    const { confirmed, report } = found;
    const { person } = this.options;
    return [
      ...(confirmed && report.email
        ? [mailEffect(found, apologyMail(found, report.email, person), mark)]
        : []),
      ...messageEffect(found, { text: apologyWords(found, person) }, mark),
    ];
  }

  /**
   * Offers staff an extension where the calendar now has a closed day that it had not when the answer was promised;
   * once per case and calendar. Nothing moves by itself, and a day that was closed and is open now shortens nothing.
   */
  async offerExtensions(): Promise<void> {
    const { calendar, hash } = this.terms;
    for (const found of await this.records.countedByAnotherCalendar(hash)) {
      const { receivedAt, zone, days } = roundOf(found).promise;
      const later = dueAt(receivedAt, calendar, zone, days);
      if (later <= dueOf(roundOf(found))) continue;
      const cause = `calendar-${hash}`;
      await this.changes.make(found.id, cause, (current) =>
        isOpen(roundOf(current))
          ? { outcome: 'offered', changed: current, effects: this.offer(current, later, cause) }
          : { outcome: 'answered' },
      );
    }
  }

  private offer(found: Case, later: Date, cause: string): Effect[] {
    const mark = markOf(cause);
    const facts = { calendar: this.terms.hash };
    const { zone } = roundOf(found).promise;
    return [
      auditEffect(found, 'case.extensionOffered', this.clock.now(), 'desk', facts, mark),
      mailEffect(found, offerMail(found, later, localDate(later, zone)), mark),
    ];
  }
}
