import { timingSafeEqual } from 'node:crypto';
import type { Vault } from '../../models/sealed';
import type { ChallengeContent, VerificationKind } from '../../models/verifications';
import type { Ids } from '../ports';
import { CODES } from './bounds';

/** What a code is bound to: one that is read out also to who asked for it, and for what. */
interface Bound {
  readonly id: string;
  readonly conversationId: string;
  readonly content?: Pick<ChallengeContent, 'agentId' | 'purpose'>;
}

const DIGITS = String(CODES - 1).length;
const NO_CODE_BYTES = 32;

/** Draws codes, and tells what is kept of them; see `bounds` for their whole life. */
export class Codes {
  constructor(
    private readonly vault: Vault,
    private readonly ids: Ids,
  ) {}

  /** Six digits. */
  draw(): string {
    return String(this.ids.int(CODES)).padStart(DIGITS, '0');
  }

  /** The same conversation asking for the same has the same challenge. */
  challengeId(kind: VerificationKind, conversationId: string, typed: string): string {
    // Ids of mails are made of it, and they begin with no dash.
    return `v${this.vault.blindIndex(`verification/${kind}/${conversationId}`, typed)}`;
  }

  hash(to: Bound, code: string): string {
    return this.vault.blindIndex(purposeOf(to), code);
  }

  /** A hash that no code has. */
  hashOfNone(to: Bound): string {
    return this.hash(to, this.ids.bytes(NO_CODE_BYTES).toString('base64url'));
  }

  /** In a time that does not tell how much of it is right; a code outlives a change of keys. */
  matches(to: Bound & { readonly hash: string }, code: string): boolean {
    const kept = Buffer.from(to.hash);
    return this.vault
      .blindIndexes(purposeOf(to), code)
      .map((hash) => Buffer.from(hash))
      .some((hash) => hash.length === kept.length && timingSafeEqual(hash, kept));
  }
}

const purposeOf = ({ id, conversationId, content: { agentId, purpose } = {} }: Bound): string =>
  `verification-code/${id}/${conversationId}${agentId === undefined ? '' : `/${agentId}/${purpose ?? ''}`}`;
