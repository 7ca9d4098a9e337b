import { lookUpForm } from '../../models/customers';
import type { Effect } from '../../models/effects';
import type { Challenge, MailboxProof, VerificationKind } from '../../models/verifications';
import { auditEventEffect } from '../recordEffects';
import { CHALLENGE_KEPT_MS, PROOF_IDLE_MS, PROOF_LASTS_MS } from './bounds';
import type { Codes } from './codes';
import type { VerificationParts } from './parts';

/** That a customer was proved in a conversation; `until`: when that ends at the latest, however much they say. */
export interface Proof {
  readonly customerId: string;
  readonly until: Date;
}

const OF_CHATS: readonly VerificationKind[] = ['record', 'mailbox'];
const OF_CALLS: readonly VerificationKind[] = ['call'];

/** The proof of a record's mailbox. */
interface Held extends MailboxProof {
  readonly customerId: string;
}

const holderIn = (proofs: readonly MailboxProof[]): Held | undefined =>
  proofs.find((proof): proof is Held => proof.customerId !== undefined);

/** What was proved in conversations, and for how long it holds; see `bounds`. */
export class Proofs {
  constructor(
    private readonly parts: VerificationParts,
    private readonly codes: Codes,
  ) {}

  /** A right code proved a mailbox; false when somebody else has used the code at the same moment. */
  async byCode(challenge: Challenge, mailbox: string, customerId?: string): Promise<boolean> {
    const by = challenge.kind === 'call' ? 'call' : 'code';
    const { proof, removeAt, effects } = this.proved(challenge.id, mailbox, by, customerId);
    const used = await this.parts.records.consume(challenge, proof, removeAt, effects);
    if (used) this.parts.onEffects();
    return used;
  }

  /** A link in a mail proved a mailbox, and so the customer who has it on file. */
  async byLink(conversationId: string, email: string): Promise<string | undefined> {
    const { records, customers, clock, onEffects } = this.parts;
    const found = await customers.find(email);
    // A user name may look like an address, and proves nothing.
    const customerId = isSame(found?.email, email) ? found?.id : undefined;
    const id = this.codes.challengeId('record', conversationId, lookUpForm(email));
    const now = clock.now();
    const { proof, removeAt, effects } = this.proved(id, email, 'link', customerId);
    const challenge: Challenge = {
      ...{ id, conversationId, kind: 'record', open: false, tries: 0, sentAt: now, expiresAt: now },
      hash: this.codes.hashOfNone({ id, conversationId }),
      content: { typed: email },
    };
    await records.prove(challenge, proof, removeAt, effects);
    onEffects();
    return customerId;
  }

  /** Who was proved in a chat, if it still holds. */
  async of(conversationId: string): Promise<Proof | undefined> {
    const proofs = await this.recent(conversationId);
    const held = holderIn(proofs);
    return held && held.seenAt > this.ago(PROOF_IDLE_MS) ? this.ofHolder(held, proofs) : undefined;
  }

  /** Who was proved in a call, if it still holds; what they say there is not noted. */
  async ofCall(conversationId: string): Promise<Proof | undefined> {
    const proofs = await this.recent(conversationId, OF_CALLS);
    const held = holderIn(proofs);
    return held && this.ofHolder(held, proofs);
  }

  async provedMailbox(conversationId: string, email: string): Promise<boolean> {
    return this.areOf(email, await this.recent(conversationId));
  }

  /** The customer said something; a proof that has lapsed stays so. */
  seen(conversationId: string): Promise<void> {
    const { records, clock } = this.parts;
    const lasting = this.ago(PROOF_LASTS_MS);
    return records.seen(conversationId, clock.now(), lasting, this.ago(PROOF_IDLE_MS));
  }

  private async ofHolder(
    { customerId, at }: Held,
    proofs: readonly MailboxProof[],
  ): Promise<Proof | undefined> {
    const email = (await this.parts.customers.byId(customerId))?.email;
    // Who proved the mailbox that was on file has nothing to do with the one that is, unless they proved that, too.
    if (email === undefined || !this.areOf(email, proofs)) return undefined;
    return { customerId, until: new Date(at.getTime() + PROOF_LASTS_MS) };
  }

  private recent(
    conversationId: string,
    kinds: readonly VerificationKind[] = OF_CHATS,
  ): Promise<MailboxProof[]> {
    return this.parts.records.proofs(conversationId, kinds, this.ago(PROOF_LASTS_MS));
  }

  private areOf(email: string, proofs: readonly MailboxProof[]): boolean {
    const indexes = this.parts.records.mailboxIndexes(email);
    return proofs.some(({ mailbox }) => indexes.includes(mailbox));
  }

  private proved(
    challengeId: string,
    email: string,
    by: 'code' | 'link' | 'call',
    customerId: string | undefined,
  ): { proof: MailboxProof; removeAt: Date; effects: Effect[] } {
    const { records, clock, ids } = this.parts;
    const at = clock.now();
    const proof = { at, seenAt: at, mailbox: records.mailboxIndex(email) };
    const removeAt = new Date(at.getTime() + CHALLENGE_KEPT_MS);
    if (customerId === undefined) return { proof, removeAt, effects: [] };
    const verified = auditEventEffect(challengeId, ids.uuid(), {
      ...{ action: 'record.verified', at, by: 'customer', facts: { by } },
      about: { kind: 'record', id: customerId },
    });
    return { proof: { ...proof, customerId }, removeAt, effects: [verified] };
  }

  private ago(milliseconds: number): Date {
    return new Date(this.parts.clock.now().getTime() - milliseconds);
  }
}

/** Whether two spellings are one address on file. */
export const isSame = (one: string | undefined, other: string): boolean =>
  one !== undefined && lookUpForm(one) === lookUpForm(other);
