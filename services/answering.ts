import type { Answer, Case, Effect, Round } from '../models/cases';
import { dueInWords } from './businessDays';
import { auditEffect, mailEffect, markOf, messageEffect } from './caseEffects';
import { zoneOf } from './caseMails';
import { answerNews } from './caseNews';
import { roundOf } from './caseRounds';
import { handledBy } from './caseWords';
import { answerMail } from './customerMails';
import { echoMail } from './staffMails';

const FILES_STAY =
  'The files that came with your reply were kept and not passed on: the desk sends customers no files.';

/** The promise that an answer belongs to: the last that had begun when it was received. */
export function answeredRound({ rounds }: Pick<Case, 'rounds'>, receivedAt: Date): Round {
  const begun = rounds.filter(({ promise }) => promise.receivedAt <= receivedAt);
  return begun.at(-1) ?? roundOf({ rounds });
}

/** The case with an answer more; the clock of the promise that it belongs to stands still from then on. */
export function withAnswer(found: Case, given: Answer): Case {
  const round = answeredRound(found, given.answeredAt);
  const answers = [...round.answers, given].sort(
    (one, other) => one.answeredAt.getTime() - other.answeredAt.getTime(),
  );
  const rounds = found.rounds.map((each) => (each === round ? { ...round, answers } : each));
  const { clock, digestAt: _digestAt, ...rest } = found;
  const ofAnEarlier = clock !== undefined && round !== found.rounds.at(-1);
  return { ...rest, rounds, ...(ofAnEarlier ? { clock } : {}) };
}

/**
 * What follows from an answer.
 * @param changed the case with the answer in it.
 * @param options.first whether it is the one that stopped the clock.
 * @param options.files how many files came with it, which are not passed on.
 */
export function answerEffects(
  changed: Case,
  { id, answeredAt, by, text }: Answer,
  { first, files, chatUrl }: { first: boolean; files: number; chatUrl: string },
): Effect[] {
  const { promise } = answeredRound(changed, answeredAt);
  const kept = answeredAt <= promise.dueAt;
  const mark = markOf(id);
  const { confirmed, report } = changed;
  const facts = { answeredAt: answeredAt.toISOString(), dueAt: promise.dueAt.toISOString(), kept };
  const from = `${handledBy(changed.aboutStaff)} of Comantra`;
  return [
    first
      ? auditEffect(changed, 'case.answered', answeredAt, by, facts, mark)
      : auditEffect(changed, 'case.answeredAgain', answeredAt, by, undefined, mark),
    ...(confirmed && report.email
      ? [
          mailEffect(
            changed,
            answerMail(changed, report.email, text, first && !kept, chatUrl),
            mark,
          ),
        ]
      : []),
    ...messageEffect(changed, answerNews(changed, text, !first), mark),
    mailEffect(
      changed,
      echoMail(changed, text, from, [
        standing(changed, answeredAt, first),
        ...(files > 0 ? [FILES_STAY] : []),
      ]),
      mark,
    ),
  ];
}

function standing(changed: Case, answeredAt: Date, first: boolean): string {
  if (!first) return 'This was a further answer; the clock had stopped before.';
  const { dueAt } = answeredRound(changed, answeredAt).promise;
  const [reached, due] = [answeredAt, dueAt].map((at) => dueInWords(at, zoneOf(changed)));
  return answeredAt <= dueAt
    ? `The answer reached the desk on ${reached}: the promise is kept.`
    : `The answer reached the desk on ${reached}; it was due by ${due}, so the promise was missed.`;
}
