import type { Consent, ConsentRecords } from '../../models/consents';
import type { Handoff } from '../../models/handoffContent';
import type { DeskNews } from '../deskNews';
import { ProductError } from '../errors';
import type { CustomerSide } from '../handoffs/customerSide';
import type { Clock, Ids, Log } from '../ports';
import { redact } from '../redact';
import { personOf, type StaffMember } from '../staffMember';
import { askedEffects, settledEffects } from './effects';

export type { Consent } from '../../models/consents';

/** What consents are dealt with by. */
export interface ConsentParts {
  readonly records: ConsentRecords;
  readonly customerSide: Pick<CustomerSide, 'askConsent'>;
  readonly news: DeskNews;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  /** Called when a consent has new effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}

/** The longest time that a consent can hold. */
export const MOST_MINUTES = 240;
/** In characters. */
export const LONGEST_SCOPE = 500;

const MINUTE_MS = 60_000;
const AT_ONCE = 50;

/** How an open consent is settled. */
type Settled = Pick<Consent, 'state'> & { readonly by?: Consent['endedBy'] };

/**
 * Consents to remote help: asked for by the agent who holds the conversation, given by the customer in their chat, and
 * over when either of them, its time or the conversation ends it. One at a time is open in a conversation.
 */
export class Consents {
  constructor(private readonly parts: ConsentParts) {}

  /**
   * Asks the customer in their chat.
   * @param scope what the agent wants to do, in words; at most 500 characters.
   * @param minutes how long it is to hold: 1 to 240.
   * @returns `askedBefore`: one is asked for, or holds.
   * @throws ProductError `BadArgument`.
   */
  async ask(
    handoff: Handoff,
    person: StaffMember,
    scope: string,
    minutes: number,
  ): Promise<'asked' | 'askedBefore' | 'notHeld'> {
    const { records, clock, ids, onEffects } = this.parts;
    const { id: handoffId, conversationId, conversationReference } = handoff;
    if (handoff.state !== 'held' || handoff.holder?.accountId !== person.accountId)
      return 'notHeld';
    const consent: Consent = {
      ...{ id: ids.uuid(), handoffId, conversationId, conversationReference, state: 'asked' },
      ...{ askedBy: personOf(person), askedAt: clock.now(), scope: checkedScope(scope) },
      ...{ minutes: checkedMinutes(minutes), shown: false, revision: 0 },
    };
    if ((await records.insert(consent, askedEffects(consent, person))) === 'taken')
      return 'askedBefore';
    this.tell(consent);
    onEffects();
    await this.show(consent).catch((error: unknown) => {
      // It stands in the store: the sweep shows it.
      this.parts.log.error('consent.unshown', { error });
    });
    return 'asked';
  }

  /** The one that the customer is yet to answer. */
  async pending(conversationId: string): Promise<Consent | undefined> {
    const open = await this.parts.records.openOf(conversationId);
    return open?.state === 'asked' ? open : undefined;
  }

  /** The one that holds now. */
  async active(conversationId: string): Promise<Consent | undefined> {
    const open = await this.parts.records.openOf(conversationId);
    return open && this.holds(open) ? open : undefined;
  }

  /** The customer's answer; false when the question is open no more, and was not answered like this before. */
  async answer(consentId: string, answer: 'given' | 'refused'): Promise<boolean> {
    const settled = await this.settle(consentId, (found) =>
      found.state === 'asked' ? { state: answer } : undefined,
    );
    // A turn that is run again after a crash answers a second time.
    return settled || (await this.parts.records.byId(consentId))?.state === answer;
  }

  /** The customer takes back what holds in their conversation; false when nothing does. */
  async revoke(conversationId: string): Promise<boolean> {
    const open = await this.active(conversationId);
    if (!open) return false;
    return this.settle(open.id, (found) =>
      this.holds(found) ? { state: 'revoked', by: 'customer' } : undefined,
    );
  }

  /** The agent who asked ends it, or takes the question back; false when there is none that is open. */
  async end(handoffId: string, person: StaffMember): Promise<boolean> {
    const open = (await this.ofHandoff(handoffId)).find(isOpen);
    if (open?.askedBy.accountId !== person.accountId) return false;
    return this.settle(
      open.id,
      (found) => (isOpen(found) ? { state: 'ended', by: 'agent' } : undefined),
      person,
    );
  }

  /** Whoever asked talks to the customer no more. */
  async endOfConversation(conversationId: string): Promise<void> {
    const open = await this.parts.records.openOf(conversationId);
    if (!open) return;
    await this.settle(open.id, (found) =>
      isOpen(found) ? { state: 'ended', by: 'conversation' } : undefined,
    );
  }

  /** All that were asked for in a handoff, in order. */
  ofHandoff(handoffId: string): Promise<Consent[]> {
    return this.parts.records.ofHandoff(handoffId);
  }

  /** Shows what a crash kept from being shown, and ends what is over by its time; returns how many. */
  async sweep(): Promise<number> {
    const { records, clock, log } = this.parts;
    let done = 0;
    for (const consent of await records.toShow(AT_ONCE)) {
      try {
        await this.show(consent);
        done += 1;
      } catch (error) {
        log.error('consent.unshown', { error });
      }
    }
    for (const { id } of await records.overAt(clock.now(), AT_ONCE)) {
      const ended = await this.settle(id, (found) =>
        found.state === 'given' && !this.holds(found) ? { state: 'ended', by: 'time' } : undefined,
      );
      if (ended) done += 1;
    }
    return done;
  }

  private holds({ state, until }: Consent): boolean {
    return state === 'given' && until !== undefined && until > this.parts.clock.now();
  }

  private async show(consent: Consent): Promise<void> {
    const { records, customerSide } = this.parts;
    await customerSide.askConsent(consent);
    for (;;) {
      const found = await records.byId(consent.id);
      if (!found || found.shown || (await records.change({ ...found, shown: true }, []))) return;
    }
  }

  /** Settles a consent as it stands; false when nothing is to be settled. */
  private async settle(
    id: string,
    decide: (found: Consent) => Settled | undefined,
    person?: StaffMember,
  ): Promise<boolean> {
    const { records, clock, onEffects } = this.parts;
    for (;;) {
      const found = await records.byId(id);
      const settled = found && decide(found);
      if (!settled) return false;
      const changed = settledAs(found, settled, clock.now());
      if (!(await records.change(changed, settledEffects(changed, clock.now(), person)))) continue;
      this.tell(changed);
      onEffects();
      return true;
    }
  }

  private tell({ conversationId }: Consent): void {
    this.parts.news.tell({ kind: 'conversation', conversationId });
  }
}

const isOpen = ({ state }: Consent): boolean => state === 'asked' || state === 'given';

function settledAs(found: Consent, { state, by }: Settled, now: Date): Consent {
  if (state === 'given') {
    const until = new Date(now.getTime() + found.minutes * MINUTE_MS);
    return { ...found, state, givenAt: now, until };
  }
  return { ...found, state, endedAt: now, ...(by ? { endedBy: by } : {}) };
}

function checkedScope(scope: string): string {
  const text = redact(scope).text.trim();
  if (text === '' || text.length > LONGEST_SCOPE)
    throw new ProductError('BadArgument', `What it is for takes 1 to ${LONGEST_SCOPE} characters.`);
  return text;
}

function checkedMinutes(minutes: number): number {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES)
    throw new ProductError('BadArgument', `A consent holds for 1 to ${MOST_MINUTES} minutes.`);
  return minutes;
}
