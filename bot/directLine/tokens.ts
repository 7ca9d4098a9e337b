import {
  createHash,
  createSecretKey,
  hkdfSync,
  timingSafeEqual,
  type KeyObject,
} from 'node:crypto';
import { decode, sign, verify, TokenExpiredError, type JwtPayload } from 'jsonwebtoken';
import type { Clock } from '../../services/ports';

/** A secret of the ring: its id stands in the header of every token it signed. */
export interface TokenSecret {
  readonly id: string;
  readonly secret: Buffer;
}

/** `token` is for REST calls, `stream` for opening the socket; neither is accepted as the other. */
export type TokenKind = 'token' | 'stream';

/** Whom a token speaks for. */
export interface TokenHolder {
  readonly conversationId: string;
  readonly userId: string;
}

/** What came of verifying a token. */
export type Verdict =
  | { readonly outcome: 'valid'; readonly holder: TokenHolder }
  | { readonly outcome: 'expired' }
  | { readonly outcome: 'invalid' };

/** How long a REST token lives; Direct Line 3.0: 30 minutes, and clients refresh halfway. */
export const TOKEN_SECONDS = 30 * 60;
/** How long a stream URL lives; Direct Line 3.0: 60 seconds. */
export const STREAM_TOKEN_SECONDS = 60;
/** How long after its expiry the page may still exchange its own token for a new one. */
export const RENEWAL_SECONDS = 8 * 60 * 60;

const SECONDS: Record<TokenKind, number> = { token: TOKEN_SECONDS, stream: STREAM_TOKEN_SECONDS };
const ALGORITHM = 'HS256';
const LONGEST_TOKEN = 2048;

/**
 * Signs and verifies Direct Line tokens, and recognises the secrets themselves.
 *
 * The claim that Web Chat reads is named `user`. The signing key is derived from the secret, so that the secret which
 * callers send as Bearer is not itself a key.
 */
export class Tokens {
  private readonly keys: ReadonlyMap<string, KeyObject>;
  private readonly digests: readonly { readonly id: string; readonly digest: Buffer }[];
  private readonly signer: { readonly id: string; readonly key: KeyObject };
  private readonly clock: Clock;

  /** @param secrets the first signs, all verify; at least one. */
  constructor(secrets: readonly TokenSecret[], clock: Clock) {
    this.keys = new Map(secrets.map(({ id, secret }) => [id, signingKey(secret)]));
    this.digests = secrets.map(({ id, secret }) => ({ id, digest: digestOf(secret) }));
    const [first] = this.keys;
    if (!first) throw new Error('Tokens need at least one secret.');
    this.signer = { id: first[0], key: first[1] };
    this.clock = clock;
  }

  issue(kind: TokenKind, holder: TokenHolder): string {
    const iat = this.now();
    const { conversationId: conv, userId: user } = holder;
    const claims = { kind, conv, user, iat, exp: iat + SECONDS[kind] };
    return sign(claims, this.signer.key, { algorithm: ALGORITHM, keyid: this.signer.id });
  }

  verify(kind: TokenKind, token: string): Verdict {
    return this.judge(kind, token, 0);
  }

  /** As `verify` for REST tokens, and also valid for a while after their expiry. */
  verifyForRenewal(token: string): Verdict {
    return this.judge('token', token, RENEWAL_SECONDS);
  }

  /** Whether this Bearer text is a secret, as base64 of its bytes or `id:base64`; compared in constant time. */
  isSecret(bearer: string): boolean {
    const colon = bearer.indexOf(':');
    const id = colon < 0 ? undefined : bearer.slice(0, colon);
    const digest = digestOf(Buffer.from(bearer.slice(colon + 1), 'base64'));
    const matches = this.digests.map(
      (known) => timingSafeEqual(known.digest, digest) && (id === undefined || id === known.id),
    );
    return matches.includes(true);
  }

  private judge(kind: TokenKind, token: string, grace: number): Verdict {
    if (token.length > LONGEST_TOKEN) return { outcome: 'invalid' };
    try {
      const key = this.keys.get(keyIdOf(token));
      if (!key) return { outcome: 'invalid' };
      const claims = verify(token, key, {
        algorithms: [ALGORITHM],
        clockTimestamp: this.now(),
        clockTolerance: grace,
      });
      const holder = typeof claims === 'string' ? undefined : holderOf(claims, kind);
      return holder ? { outcome: 'valid', holder } : { outcome: 'invalid' };
    } catch (error) {
      return { outcome: error instanceof TokenExpiredError ? 'expired' : 'invalid' };
    }
  }

  private now(): number {
    return Math.floor(this.clock.now().getTime() / 1000);
  }
}

// A KeyObject, because the library otherwise parses the secret anew for every token.
const signingKey = (secret: Buffer): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'comantra/direct-line-token', 32)));

const digestOf = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const keyIdOf = (token: string): string => decode(token, { complete: true })?.header.kid ?? '';

function holderOf(claims: JwtPayload, kind: TokenKind): TokenHolder | undefined {
  const { conv, user } = claims as Record<string, unknown>;
  if (claims.kind !== kind || typeof claims.exp !== 'number') return undefined;
  if (typeof conv !== 'string' || typeof user !== 'string') return undefined;
  return { conversationId: conv, userId: user };
}
