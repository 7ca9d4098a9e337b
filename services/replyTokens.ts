import { createHash } from 'node:crypto';
import type { ReplyPurpose, ReplyTokenRecords } from '../models/replyTokens';
import type { Clock, Ids } from './ports';

export type { ReplyPurpose } from '../models/replyTokens';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';
/** Each of them 5 bits: 130 bits, which nobody guesses. */
const LENGTH = 26;
const ADDRESS = /^case\+([a-z2-7]{26})@(.+)$/;

/**
 * Reply addresses `case+<token>@<domain>`: whoever writes to one shows that they got the mail in which it stood. Only the
 * token's hash is kept, without a key, so that it outlives a change of keys.
 */
export class ReplyTokens {
  constructor(
    private readonly records: ReplyTokenRecords,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly domain: string,
  ) {}

  /** A new reply address for one purpose. */
  async mint(purpose: ReplyPurpose): Promise<string> {
    const token = Array.from(this.ids.bytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]);
    await this.records.insert(hashOf(token.join('')), purpose, this.clock.now());
    return `case+${token.join('')}@${this.domain}`;
  }

  /** What a reply address was made for; undefined for any other address. */
  async purposeOf(address: string): Promise<ReplyPurpose | undefined> {
    const [, token, domain] = ADDRESS.exec(address.toLowerCase()) ?? [];
    if (!token || domain !== this.domain.toLowerCase()) return undefined;
    return this.records.find(hashOf(token));
  }
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
