import { lookUpForm } from '../../models/customers';
import type { Challenge, VerificationKind } from '../../models/verifications';
import { auditEventEffect, noticeEffect } from '../recordEffects';
import { CHALLENGE_KEPT_MS, RESEND_AFTER_MS, TRIES } from './bounds';
import type { Codes } from './codes';
import { readAloud, type CallAsker } from './aloud';
import { addressedTo, issued, targetOf, whereAsked } from './issuing';
import { guessedMail, placeOf } from './mails';
import type { VerificationParts } from './parts';
import { Throttles, type Asker, type Target, type Throttled } from './throttles';

/** Whether a code is on its way, as far as the asker may know. */
export type Sent = { readonly outcome: 'sent' } | Throttled;

/** What came of a try that was not right. */
export type NotRight =
  | { readonly outcome: 'wrong'; readonly attemptsLeft: number }
  /** No tries are left; from the one that was the last, too. */
  | { readonly outcome: 'spent' }
  | { readonly outcome: 'expired' }
  /** There is no code to be typed in this conversation. */
  | { readonly outcome: 'none' }
  | Throttled;

/** More than an address or user name has. */
const LONGEST_TYPED = 320;
const OF_CONVERSATION: Throttled = { outcome: 'throttled', by: 'conversation' };

/** Sends codes and looks at those that come back; see `bounds` for the whole life of a code. */
export class Challenges {
  private readonly throttles: Throttles;

  constructor(
    private readonly parts: VerificationParts,
    private readonly codes: Codes,
  ) {
    this.throttles = new Throttles(parts.limits);
  }

  /**
   * Asks for a code; the same work and the same outcomes whether or not there is a record.
   * @param options `again`: a new one is wanted, rather than the one that may be on its way already; `call`: it is to be
   * read out.
   */
  async ask(
    asker: Asker,
    kind: VerificationKind,
    asTyped: string,
    { again = false, call }: { readonly again?: boolean; readonly call?: CallAsker } = {},
  ): Promise<Sent> {
    const { records, customers, clock } = this.parts;
    const typed = asTyped.trim().slice(0, LONGEST_TYPED);
    const { conversationId } = asker;
    const now = clock.now();
    await records.removeOld(now);
    const addressed = await addressedTo(customers, kind, typed, call);
    const id = this.codes.challengeId(kind, conversationId, lookUpForm(typed));
    const before = await records.byId(id);
    const sentAfter = new Date(now.getTime() - RESEND_AFTER_MS);
    // Refused before anything is counted: impatience is not to use up what the mailbox is allowed.
    if (before && before.tries >= TRIES) return OF_CONVERSATION;
    // A turn that is run again after a crash asks a second time for what it has asked for.
    if (before?.open && before.sentAt > sentAfter)
      return again || before.content.purpose !== call?.purpose
        ? OF_CONVERSATION
        : { outcome: 'sent' };
    const refused = await this.throttles.send(asker, addressed.target);
    if (refused) return refused;
    const reaches = await this.throttles.reaches(addressed.target);
    const closedUntil = await this.throttles.closedUntil(addressed.target);
    const bound = { id, conversationId, kind };
    const aloud = call && (await readAloud(this.parts.links, call, addressed.content));
    const made = issued(this.parts, this.codes, bound, addressed, { reaches, closedUntil, aloud });
    const removeAt = new Date(now.getTime() + CHALLENGE_KEPT_MS);
    const unless = { tries: TRIES, sentAfter };
    if (!(await records.issue(made.challenge, removeAt, unless, [made.effect])))
      return OF_CONVERSATION;
    this.parts.onEffects();
    return { outcome: 'sent' };
  }

  /** Asks again for what was asked for last. */
  async askAgain(asker: Asker, kind: VerificationKind): Promise<Sent | { outcome: 'none' }> {
    const current = await this.parts.records.current(asker.conversationId, kind);
    return current
      ? this.ask(asker, kind, current.content.typed, { again: true })
      : { outcome: 'none' };
  }

  /**
   * Looks at a code; a right one is to be used up by `consume` of the records.
   * @param agentId whom it was read to.
   */
  async look(
    asker: Asker,
    kind: VerificationKind,
    code: string,
    agentId?: string,
  ): Promise<{ readonly outcome: 'right'; readonly challenge: Challenge } | NotRight> {
    const { records, clock } = this.parts;
    const challenge = await records.current(asker.conversationId, kind);
    if (challenge?.content.agentId !== agentId || !challenge) return { outcome: 'none' };
    if (challenge.expiresAt <= clock.now()) return { outcome: 'expired' };
    if (challenge.tries >= TRIES) return { outcome: 'spent' };
    const target = targetOf(challenge);
    const refused = await this.throttles.attempt(asker, target);
    if (refused) {
      if (refused.by === 'mailbox') await this.warn(challenge, target);
      return refused;
    }
    const looks = await this.throttles.looksAt(target);
    const tries = await records.takeTry(challenge, TRIES);
    if (tries === undefined) return this.overtaken(asker, kind);
    const right = this.codes.matches(challenge, code);
    if (looks && right) {
      await this.throttles.right(asker, target);
      return { outcome: 'right', challenge };
    }
    if (await this.throttles.closedUntil(target)) await this.warn(challenge, target);
    return tries < TRIES ? { outcome: 'wrong', attemptsLeft: TRIES - tries } : { outcome: 'spent' };
  }

  /** Somebody else tried at the same moment, and used it up or spent it. */
  private async overtaken(asker: Asker, kind: VerificationKind): Promise<NotRight> {
    const current = await this.parts.records.current(asker.conversationId, kind);
    return current && current.tries >= TRIES ? { outcome: 'spent' } : { outcome: 'none' };
  }

  /** Tells the mailbox, once a day, that somebody guesses its codes. */
  private async warn(challenge: Challenge, target: Target): Promise<void> {
    if (!(await this.throttles.tells(target))) return;
    const { records, clock, ids, privacyMailbox, companyPhone, onEffects } = this.parts;
    const { id, kind } = challenge;
    const { customerId, mailbox } = challenge.content;
    const mark = ids.uuid();
    await records.addEffects(id, [
      auditEventEffect(id, mark, {
        ...{ action: 'record.guessed', at: clock.now(), by: 'customer' },
        about:
          customerId === undefined
            ? whereAsked(this.parts.vault, challenge)
            : { kind: 'record', id: customerId },
        facts: { reason: 'tries' },
      }),
      ...(mailbox === undefined
        ? []
        : [
            noticeEffect(
              id,
              mark,
              { customer: mailbox },
              guessedMail(placeOf(kind), privacyMailbox, companyPhone),
            ),
          ]),
    ]);
    onEffects();
  }
}
