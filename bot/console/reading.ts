import type { Audit } from '../../services/audit';
import { ProductError } from '../../services/errors';
import type { Handoff, Handoffs } from '../../services/handoffs';
import type { Clock } from '../../services/ports';
import { may } from '../../services/roles';
import type { Caller } from './route';
import type { Sight } from './sight';

const HOUR_DIGITS = 'YYYY-MM-DDTHH'.length;

/** Whether somebody talks to the customer of this handoff now. */
export const holds = ({ accountId }: Pick<Caller, 'accountId'>, handoff: Handoff): boolean =>
  handoff.state === 'held' && handoff.holder?.accountId === accountId;

/** Who reads a conversation: whoever holds it, and those who oversee; that they did is audited. */
export class Reading {
  constructor(
    private readonly parts: {
      readonly handoffs: Pick<Handoffs, 'byId'>;
      readonly sight: Sight;
      readonly audit: Audit;
      readonly clock: Clock;
    },
  ) {}

  async mayRead(caller: Caller, handoff: Handoff): Promise<boolean> {
    const { sight } = this.parts;
    const { conversationId } = handoff;
    if (holds(caller, handoff)) return sight.mayTalk(caller, conversationId);
    return (
      may(caller.roles, 'conversations.oversee') && sight.ofConversation(caller, conversationId)
    );
  }

  /**
   * Keeps whoever a case of a conversation is about from doing anything about it, and those who oversee from what they may
   * not read; whether somebody holds it is asked by whoever does it.
   * @throws ProductError `NotFound`.
   */
  async refuseConcerned(caller: Caller, id: string): Promise<void> {
    const { handoffs, sight } = this.parts;
    const handoff = await handoffs.byId(id);
    if (!handoff) return;
    const { conversationId, state, lastHolder } = handoff;
    const isTheirs =
      holds(caller, handoff) ||
      (state === 'ended' && lastHolder?.accountId === caller.accountId) ||
      !may(caller.roles, 'conversations.oversee');
    const fits =
      (await sight.mayTalk(caller, conversationId)) &&
      (isTheirs || (await sight.ofConversation(caller, conversationId)));
    if (!fits) throw new ProductError('NotFound', 'There is no such conversation.');
  }

  /**
   * Opens a conversation for somebody who may read it.
   * @throws ProductError `NotFound` or `NotAllowed`.
   */
  async open(caller: Caller, id: string): Promise<Handoff> {
    const handoff = await this.known(id);
    if (!(await this.mayRead(caller, handoff)))
      throw new ProductError('NotAllowed', 'You do not hold this conversation.');
    await this.note(caller, handoff);
    return handoff;
  }

  /** @throws ProductError `NotFound`. */
  async known(id: string): Promise<Handoff> {
    const handoff = await this.parts.handoffs.byId(id);
    if (!handoff) throw new ProductError('NotFound', 'There is no such conversation.');
    return handoff;
  }

  /** Notes that somebody reads what they do not hold. */
  async note(caller: Caller, handoff: Handoff): Promise<void> {
    if (holds(caller, handoff)) return;
    await noteReading(this.parts, caller, 'handoff.read', { kind: 'handoff', id: handoff.id });
  }
}

/** Notes in the audit log that somebody reads something; once an hour, since a page looks again with every change. */
export async function noteReading(
  { audit, clock }: { readonly audit: Audit; readonly clock: Clock },
  { accountId, email }: Caller,
  action: 'handoff.read' | 'case.read' | 'mail.read',
  about: { readonly kind: 'handoff' | 'case' | 'mail'; readonly id: string },
): Promise<void> {
  const at = clock.now();
  const hour = at.toISOString().slice(0, HOUR_DIGITS);
  const id = `${action}-${about.id}-${accountId}-${hour}`;
  await audit.append({ id, action, at, about, by: audit.fingerprint(email) });
}
