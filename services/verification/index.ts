import type { CallPurpose } from '../../models/callContent';
import type { Challenge } from '../../models/verifications';
import { callConversation, type CallAsker } from './aloud';
import { Challenges, type NotRight, type Sent } from './challenges';
import { Codes } from './codes';
import type { VerificationParts } from './parts';
import { isSame, Proofs, type Proof } from './proofs';
import type { Asker } from './throttles';

export type { CallAsker } from './aloud';
export type { NotRight, Sent } from './challenges';
export type { VerificationParts } from './parts';
export type { Proof } from './proofs';
export type { Asker, Throttled } from './throttles';

/** When a code was on its way to a customer, or might have been, and could be used. */
export interface CodeOut {
  readonly from: Date;
  readonly until: Date;
}

/** Whether a code was on its way at an instant. */
export const isOutAt = (codes: readonly CodeOut[], at: Date): boolean =>
  codes.some(({ from, until }) => from <= at && at < until);

/** No code was asked for in this conversation that could be sent again. */
export interface NoCode {
  readonly outcome: 'none';
}

/** The code of a call was right; `purpose`: what it was asked for. */
export interface CallVerified {
  readonly outcome: 'verified';
  readonly customerId: string;
  readonly purpose: CallPurpose;
}

/**
 * Proves that a customer controls a mailbox, by a code that is mailed to it; `bounds` tells the whole life of a code, and
 * its limits.
 */
export class Verifications {
  private readonly challenges: Challenges;
  private readonly proofs: Proofs;

  constructor(private readonly parts: VerificationParts) {
    const codes = new Codes(parts.vault, parts.ids);
    this.challenges = new Challenges(parts, codes);
    this.proofs = new Proofs(parts, codes);
  }

  /**
   * Sends a code to the mailbox on file of the record that an e-mail address or user name finds; the outcome does not tell
   * whether there is one.
   */
  start(asker: Asker, typed: string): Promise<Sent> {
    return this.challenges.ask(asker, 'record', typed);
  }

  /** Sends a new code for what `start` was asked for last; the tries are counted on. */
  resend(asker: Asker): Promise<Sent | NoCode> {
    return this.challenges.askAgain(asker, 'record');
  }

  /** @param code six digits, with nothing between them. */
  async check(
    asker: Asker,
    code: string,
  ): Promise<{ readonly outcome: 'verified'; readonly customerId: string } | NotRight> {
    const looked = await this.challenges.look(asker, 'record', code);
    return looked.outcome === 'right' ? this.usedUp(looked.challenge) : looked;
  }

  /** As `start`, by an agent on the telephone, to whom the code is to be read. */
  startCall(call: CallAsker, typed: string): Promise<Sent> {
    return this.challenges.ask(askerOf(call), 'call', typed, { call });
  }

  /** As `check`, for `startCall`: for the very agent who asked. */
  async checkCall(
    call: Pick<CallAsker, 'callId' | 'agentId' | 'origin'>,
    code: string,
  ): Promise<CallVerified | NotRight> {
    const looked = await this.challenges.look(askerOf(call), 'call', code, call.agentId);
    if (looked.outcome !== 'right') return looked;
    const { purpose = 'question' } = looked.challenge.content;
    const used = await this.usedUp(looked.challenge);
    return used.outcome === 'verified' ? { ...used, purpose } : used;
  }

  /** Who was proved in this call, if the proof still holds: fifteen minutes. */
  callProof(callId: string): Promise<Proof | undefined> {
    return this.proofs.ofCall(callConversation(callId));
  }

  /** Ends what was proved in a call and voids its codes: at its end, or when the owner of the mailbox did not call. */
  stopCall(callId: string): Promise<void> {
    return this.forget(callConversation(callId));
  }

  /**
   * Sends a code to a mailbox that is to become the one on file.
   * @param email a valid address.
   */
  startMailbox(asker: Asker, email: string): Promise<Sent> {
    return this.challenges.ask(asker, 'mailbox', email);
  }

  /** As `resend`, for `startMailbox`. */
  resendMailbox(asker: Asker): Promise<Sent | NoCode> {
    return this.challenges.askAgain(asker, 'mailbox');
  }

  /** As `check`, for `startMailbox`. */
  async checkMailbox(
    asker: Asker,
    code: string,
  ): Promise<{ readonly outcome: 'verified'; readonly email: string } | NotRight> {
    const looked = await this.challenges.look(asker, 'mailbox', code);
    if (looked.outcome !== 'right') return looked;
    const { mailbox: email = '' } = looked.challenge.content;
    const used = await this.proofs.byCode(looked.challenge, email);
    return used ? { outcome: 'verified', email } : { outcome: 'none' };
  }

  /** When codes were on their way in this conversation, in its last day: what was said then may hold one. */
  codesOut(conversationId: string): Promise<CodeOut[]> {
    return this.parts.records.codesOut(conversationId);
  }

  /** Who was proved in this conversation, if the proof still holds: fifteen minutes, five without a word. */
  proof(conversationId: string): Promise<Proof | undefined> {
    return this.proofs.of(conversationId);
  }

  /** To be called with every word of the customer: keeps a proof from lapsing as idle. */
  seen(conversationId: string): Promise<void> {
    return this.proofs.seen(conversationId);
  }

  /** Whether the mailbox was proved in this conversation in the last fifteen minutes, by a code or a link. */
  provedMailbox(conversationId: string, email: string): Promise<boolean> {
    return this.proofs.provedMailbox(conversationId, email);
  }

  /** A link in a mail proved the mailbox that it went to; `customerId` is absent when no record has that address. */
  async proveByLink(asker: Asker, email: string): Promise<{ readonly customerId?: string }> {
    const customerId = await this.proofs.byLink(asker.conversationId, email);
    return customerId === undefined ? {} : { customerId };
  }

  /** Removes codes and counts that are over. */
  async removeOld(): Promise<void> {
    await this.parts.records.removeOld(this.parts.clock.now());
    await this.parts.limits.removeOld();
  }

  /** Removes all that a conversation was asked to prove by, and what it proved. */
  erase(conversationId: string): Promise<void> {
    return this.parts.records.erase(conversationId, this.parts.clock.now());
  }

  /** Ends what was proved in a conversation and voids its codes: at the end of the chat, or when an agent hands back. */
  forget(conversationId: string): Promise<void> {
    return this.parts.records.forget(conversationId);
  }

  private async usedUp(
    challenge: Challenge,
  ): Promise<{ readonly outcome: 'verified'; readonly customerId: string } | NotRight> {
    const { customerId = '', mailbox = '' } = challenge.content;
    // The record may have got another mailbox since the code went out; whoever reads this one is then nobody to it.
    const customer = await this.parts.customers.byId(customerId);
    if (!isSame(customer?.email, mailbox)) return { outcome: 'expired' };
    const used = await this.proofs.byCode(challenge, mailbox, customerId);
    return used ? { outcome: 'verified', customerId } : { outcome: 'none' };
  }
}

const askerOf = ({ callId, origin }: Pick<CallAsker, 'callId' | 'origin'>): Asker => ({
  conversationId: callConversation(callId),
  ...(origin === undefined ? {} : { origin }),
});
