import type { IncomingMessage } from 'node:http';
import { ProductError } from '../../services/errors';
import type { Throttle } from './limits';
import type { TokenHolder, Tokens, Verdict } from './tokens';

/** Who calls: somebody who holds the channel's secret, or one customer in one conversation. */
export type Caller = { readonly kind: 'secret' } | ({ readonly kind: 'customer' } & TokenHolder);

/** Tells who calls, and counts the calls of everybody who does not hold the secret. */
export class Callers {
  private readonly tokens: Tokens;
  private readonly calls: Throttle;
  private readonly addressOf: (request: IncomingMessage) => string;

  constructor(tokens: Tokens, calls: Throttle, addressOf: (request: IncomingMessage) => string) {
    this.tokens = tokens;
    this.calls = calls;
    this.addressOf = addressOf;
  }

  /** @throws ProductError `TokenInvalid`, `TokenExpired` or `TooManyRequests`. */
  async identify(request: IncomingMessage): Promise<Caller> {
    const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (bearer !== undefined && this.tokens.isSecret(bearer)) return { kind: 'secret' };
    await this.calls.take(this.addressOf(request));
    if (bearer === undefined)
      throw new ProductError('TokenInvalid', 'Send the secret or a token as Bearer.');
    return { kind: 'customer', ...holderOf(this.tokens.verify('token', bearer)) };
  }

  /** As `identify`, for calls about one conversation, which must be the customer's own. */
  async identifyFor(request: IncomingMessage, conversationId: string): Promise<Caller> {
    const caller = await this.identify(request);
    if (caller.kind === 'customer' && caller.conversationId !== conversationId)
      throw new ProductError('TokenInvalid', 'This token is for another conversation.');
    return caller;
  }

  /** Checks the token of a stream URL, which is good for nothing else. */
  async identifyStream(
    request: IncomingMessage,
    conversationId: string,
    token: string,
  ): Promise<TokenHolder> {
    await this.calls.take(this.addressOf(request));
    const holder = holderOf(this.tokens.verify('stream', token));
    if (holder.conversationId !== conversationId)
      throw new ProductError('TokenInvalid', 'This token is for another conversation.');
    return holder;
  }
}

/** The holder of a verified token; throws `TokenExpired` or `TokenInvalid`. */
export function holderOf(verdict: Verdict): TokenHolder {
  if (verdict.outcome === 'valid') return verdict.holder;
  if (verdict.outcome === 'expired')
    throw new ProductError('TokenExpired', 'This token has expired.');
  throw new ProductError('TokenInvalid', 'This token is not valid.');
}
