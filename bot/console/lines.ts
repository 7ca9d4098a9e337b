import { createHash } from 'node:crypto';
import { takerOf, turnOf, type Handoff } from '../../services/handoffs';
import type { Customers } from '../../services/records/customers';
import { masked } from '../../services/records/recordFields';
import type { Clock } from '../../services/ports';
import type { Verifications } from '../../services/verification';
import type { HandoffLine } from './contract';
import { CHANNEL_WORDS, topicInWords } from './words';

/** Who a conversation's customer is, as far as they have proved it. */
export interface Identity {
  /** Masked, or the name of a visitor who proved nothing. */
  readonly customer: string;
  readonly verified: boolean;
  /** Of the record whose mailbox was proved. */
  readonly userName?: string;
}

interface Known {
  readonly identity: Promise<Identity>;
  readonly at: number;
}

/** A proof lapses by itself, and nothing tells of that: what is known of one is looked up again after this long. */
const KNOWN_MS = 60_000;
const MOST_KNOWN = 5_000;
const VISITOR_DIGITS = 4;

/** Makes lines of the queue; 500 of them are asked for again and again, so that identities are kept for a while. */
export class Lines {
  /** Looked up once for all pages that ask at the same moment. */
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly parts: {
      readonly verifications: Pick<Verifications, 'proof'>;
      readonly customers: Pick<Customers, 'byId'>;
      readonly clock: Clock;
    },
  ) {}

  async lineOf(handoff: Handoff): Promise<HandoffLine> {
    const { id, state, requestedAt, reason, topic, channelId, holder, meantFor } = handoff;
    const takenBy = takerOf(handoff, this.parts.clock.now());
    const { customer, verified } = await this.identityOf(handoff.conversationId);
    return {
      ...{ id, reason, customer, verified },
      state: lineState(state),
      turn: turnOf(handoff),
      requestedAt: requestedAt.toISOString(),
      topic: topicInWords(topic),
      channel: CHANNEL_WORDS[channelId] ?? channelId,
      ...(holder && state === 'held' ? { holder } : {}),
      ...(takenBy ? { takenBy } : {}),
      ...(meantFor && state === 'waiting' ? { meantFor } : {}),
    };
  }

  async identityOf(conversationId: string): Promise<Identity> {
    const now = this.parts.clock.now().getTime();
    const known = this.known.get(conversationId);
    if (known && now - known.at < KNOWN_MS) return known.identity;
    if (this.known.size >= MOST_KNOWN) this.known.clear();
    const fresh: Known = { identity: this.lookUp(conversationId), at: now };
    this.known.set(conversationId, fresh);
    fresh.identity.catch(() => {
      if (this.known.get(conversationId) === fresh) this.known.delete(conversationId);
    });
    return fresh.identity;
  }

  /** Something was proved in a conversation, or is so no more: it is looked up again. */
  changed(conversationId: string): void {
    this.known.delete(conversationId);
  }

  private async lookUp(conversationId: string): Promise<Identity> {
    const { verifications, customers } = this.parts;
    const proof = await verifications.proof(conversationId);
    const record = proof && (await customers.byId(proof.customerId));
    if (!record) return { customer: visitor(conversationId), verified: false };
    const { email, userName } = record;
    return {
      customer: email === undefined ? userName : masked('email', email),
      ...{ verified: true, userName },
    };
  }
}

/** One that has ended stands where it stood last. */
function lineState(state: Handoff['state']): HandoffLine['state'] {
  if (state === 'waiting') return 'waiting';
  return state === 'callBack' || state === 'calledBack' ? 'callBack' : 'held';
}

/** A name that tells visitors apart and says nothing of them. */
function visitor(conversationId: string): string {
  const hash = createHash('sha256').update(conversationId).digest('hex');
  return `Visitor ${hash.slice(0, VISITOR_DIGITS).toUpperCase()}`;
}
