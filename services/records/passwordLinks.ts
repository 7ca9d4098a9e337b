import type { Customer } from '../../models/customerContent';
import { lookUpForm, type CustomerRecords } from '../../models/customers';
import type { Effect } from '../../models/effects';
import type { Vault } from '../../models/sealed';
import { metLimit } from '../askerLimits';
import type { Customers } from './customers';
import { isFrozen } from './freezes';
import type { Limits } from '../limits';
import { DISOWN_LASTS_MS, RESET_LASTS_MS, type Links, type MintedLink } from '../links';
import { heldStillMail, passwordMail } from './passwordMail';
import type { Clock, Ids, Log } from '../ports';
import { auditEventEffect } from '../recordEffects';
import { readSigned, signed } from './signedTickets';
import type { Asker, Throttled } from '../verification';

const PURPOSE = 'reset-ticket';
const HOUR_MS = 60 * 60 * 1000;

/** By what was typed, and again by the record, so that nobody's mailbox is flooded. */
const PER_TARGET = { most: 3, windowMs: 24 * HOUR_MS };
const BOUNDS = {
  conversation: { most: 3, windowMs: HOUR_MS },
  origin: { most: 10, windowMs: HOUR_MS },
  mailbox: PER_TARGET,
};

/** Who a ticket let in. */
export type Redeemed =
  | { readonly outcome: 'ok'; readonly userName: string }
  /** Used, over, not ours, or of a record that is held still: the account site need not know which. */
  | { readonly outcome: 'refused' };

/** What password links are made with. */
export interface PasswordLinkParts {
  readonly records: CustomerRecords;
  readonly customers: Customers;
  readonly links: Links;
  readonly limits: Limits;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly privacyMailbox: string;
  readonly companyPhone?: string | undefined;
  /** Called when a link has effects, so that they are carried out at once. */
  readonly onEffects: () => void;
}

/**
 * The way back in after a forgotten password: a signed link into the account site, mailed to the mailbox on file. The
 * policy says that the password is mailed (password.safe_email); that is never done.
 */
export class PasswordLinks {
  /** @param accountUrl the account site's page for a new password, with its query; without it nothing is sent. */
  constructor(
    private readonly parts: PasswordLinkParts,
    private readonly accountUrl?: string,
  ) {}

  /** Whether there is an account site to send somebody to. */
  get available(): boolean {
    return this.accountUrl !== undefined;
  }

  /**
   * Mails a link that is good for thirty minutes, once; where the record is held still, why there is none. The outcome
   * does not tell whether there is a record, whether it has a mailbox, whether it is held still, or whether its own limit
   * is met.
   * @param typed an e-mail address or a user name.
   */
  async send(asker: Asker, typed: string): Promise<{ readonly outcome: 'sent' } | Throttled> {
    const { clock, customers, ids, limits, log, onEffects } = this.parts;
    const key = lookUpForm(typed);
    const throttled = await metLimit(limits, 'reset', BOUNDS, asker, { typed: key });
    if (throttled) return throttled;
    const found = await customers.find(typed);
    const counted = await limits.take('reset/record', found?.id ?? key, PER_TARGET);
    if (found?.email === undefined || !counted) await this.mint('nobody', ids.uuid(), NOBODY);
    else await this.mint(isFrozen(found, clock.now()) ? 'held' : 'free', found.id, found.email);
    log.info('reset.asked', { conversationId: asker.conversationId });
    onEffects();
    return { outcome: 'sent' };
  }

  /** For the account site: whom a ticket stands for, once. */
  async redeem(ticket: string): Promise<Redeemed> {
    const { clock, ids, links, log, onEffects, records, vault } = this.parts;
    const [token = '', until = ''] = readSigned(vault, PURPOSE, ticket)?.split('.') ?? [];
    if (token === '' || Number(until) * 1000 <= clock.now().getTime()) return REFUSED;
    const looked = await links.look(token);
    if (looked.outcome !== 'open' || looked.purpose.kind !== 'reset') return REFUSED;
    const of = await records.byId(looked.purpose.customerId);
    if (!of || isFrozen(of, clock.now())) return REFUSED;
    const used = await links.use(token, ids.uuid(), [this.usedEffect(looked.id, of)]);
    if (used.outcome !== 'open') return REFUSED;
    log.info('reset.used');
    onEffects();
    return { outcome: 'ok', userName: of.userName };
  }

  /** Both links and the mail; the same work where they come to nothing, or to a mail without them. */
  private async mint(
    standing: 'free' | 'held' | 'nobody',
    customerId: string,
    mailbox: string,
  ): Promise<void> {
    const { ids, links, privacyMailbox, companyPhone } = this.parts;
    const free = standing === 'free';
    // Nobody gets the links of the others, and nothing could be done with them.
    const about = free ? customerId : ids.uuid();
    const disown = await links.mint(
      { kind: 'disown', customerId: about, mailbox, about: 'reset' },
      DISOWN_LASTS_MS,
    );
    const mint: Links['mint'] = (...of) =>
      standing === 'nobody' ? links.mintDecoy(...of) : links.mint(...of);
    await mint({ kind: 'reset', customerId: about }, RESET_LASTS_MS, (reset) =>
      standing === 'held'
        ? [heldStillMail(reset.id, mailbox, { privacyMailbox, companyPhone })]
        : this.sentEffects(about, mailbox, reset, disown.url),
    );
  }

  private sentEffects(
    customerId: string,
    mailbox: string,
    reset: MintedLink,
    disownUrl: string,
  ): Effect[] {
    const { clock, privacyMailbox } = this.parts;
    const url = new URL(this.accountUrl ?? '');
    url.searchParams.set('ticket', this.ticketOf(reset));
    return [
      auditEventEffect(reset.id, 'sent', {
        ...{ action: 'reset.sent', at: clock.now(), by: 'customer' },
        about: { kind: 'record', id: customerId },
      }),
      passwordMail(reset.id, mailbox, { url: url.href, disownUrl, privacyMailbox }),
    ];
  }

  private usedEffect(linkId: string, { id }: Customer): Effect {
    const at = this.parts.clock.now();
    const about = { kind: 'record', id } as const;
    return auditEventEffect(linkId, 'used', { action: 'reset.used', at, by: 'customer', about });
  }

  private ticketOf({ token, expiresAt }: MintedLink): string {
    const until = Math.floor(expiresAt.getTime() / 1000);
    return signed(this.parts.vault, PURPOSE, `${token}.${until}`);
  }
}

const REFUSED: Redeemed = { outcome: 'refused' };
const NOBODY = 'nobody@example.com';
