import { createHash } from 'node:crypto';
import type { Effect } from '../models/effects';
import type { LinkPurpose, LinkRecords } from '../models/links';
import type { Clock, Ids } from './ports';

export type { LinkPurpose } from '../models/links';

const MINUTE_MS = 60 * 1000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const DISOWN_LASTS_MS = 72 * HOUR_MS;
export const CONTINUE_LASTS_MS = 72 * HOUR_MS;
export const INVITE_LASTS_MS = 72 * HOUR_MS;
export const STOP_CALL_LASTS_MS = 72 * HOUR_MS;
export const RESET_LASTS_MS = 30 * MINUTE_MS;
/** How long it is known of a link that it is over; then it is as any that never was. */
const KEPT_MS = 30 * DAY_MS;

/** What stands after `#` is sent to no server and by no scanner that merely fetches the link. */
const PLACES: Readonly<Record<LinkPurpose['kind'], string>> = {
  continue: '#continue=',
  invite: 'console#invite=',
  disown: 'link/',
  reset: 'link/',
  stopCall: 'link/',
};

const TOKEN_BYTES = 32;
/** The form of a link's token: 256 random bits in base64url. */
export const LINK_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** How a link stands; `id` fixes what follows from it, so that it follows once. */
export type LookedAt =
  | { readonly outcome: 'open'; readonly id: string; readonly purpose: LinkPurpose }
  | { readonly outcome: 'used' }
  | { readonly outcome: 'expired' }
  | { readonly outcome: 'unknown' };

/** A link that was made; its token stands nowhere but in the mail. */
export interface MintedLink {
  readonly id: string;
  readonly token: string;
  readonly url: string;
  readonly expiresAt: Date;
}

/** What follows from a link's being made, such as the mail that carries it. */
type FollowsFrom = (link: MintedLink) => readonly Effect[];

const NOTHING: FollowsFrom = () => [];

/** Links in mails: whoever presses one shows that they read that mailbox. Only the token's hash is kept, without a key. */
export class Links {
  constructor(
    private readonly records: LinkRecords,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly publicUrl: string,
  ) {}

  /** A new link for one purpose, and what follows from it, in one write. */
  async mint(purpose: LinkPurpose, lastsMs: number, follows = NOTHING): Promise<MintedLink> {
    const made = this.made(purpose, lastsMs);
    await this.records.insert({ ...made, purpose }, follows(made));
    return made;
  }

  /** Costs what `mint` costs, and comes to nothing: for whoever asks about somebody we do not know. */
  async mintDecoy(purpose: LinkPurpose, lastsMs: number, follows = NOTHING): Promise<MintedLink> {
    const made = this.made(purpose, lastsMs);
    await this.records.insertDecoy({ ...made, purpose }, follows(made));
    return made;
  }

  /** How a link stands; changes nothing. */
  async look(token: string): Promise<LookedAt> {
    if (!LINK_TOKEN.test(token)) return { outcome: 'unknown' };
    const found = await this.records.byId(hashOf(token));
    if (!found) return { outcome: 'unknown' };
    if (found.usedBy !== undefined) return { outcome: 'used' };
    if (found.expiresAt <= this.clock.now()) return { outcome: 'expired' };
    return { outcome: 'open', id: found.id, purpose: found.purpose };
  }

  /**
   * Uses a link up; of two at once, one gets it.
   * @param by the same user may use it again until it is over, such as a turn that was cut short.
   * @param effects what follows from it the first time, in the same write.
   */
  async use(token: string, by: string, effects: readonly Effect[] = []): Promise<LookedAt> {
    if (!LINK_TOKEN.test(token)) return { outcome: 'unknown' };
    const id = hashOf(token);
    const fresh = await this.records.use(id, by, this.clock.now(), effects);
    const found = await this.records.byId(id);
    if (!found) return { outcome: 'unknown' };
    if (fresh || (found.usedBy === by && found.expiresAt > this.clock.now()))
      return { outcome: 'open', id, purpose: found.purpose };
    return { outcome: found.usedBy === undefined ? 'expired' : 'used' };
  }

  /** Forgets the links that were over long ago; cheap where there are none. */
  async removeOld(): Promise<void> {
    await this.records.removeExpired(new Date(this.clock.now().getTime() - KEPT_MS));
  }

  private made(purpose: LinkPurpose, lastsMs: number): MintedLink {
    const token = this.ids.bytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + lastsMs);
    return { id: hashOf(token), token, url: this.urlOf(purpose, token), expiresAt };
  }

  private urlOf({ kind }: LinkPurpose, token: string): string {
    return `${this.publicUrl}/${PLACES[kind]}${token}`;
  }
}

/** SHA-256 of a link's token, under which the link is kept. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
