import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parse, serialize } from 'cookie';
import { ProductError } from '../../services/errors';
import type { StaffAccounts, StaffSession } from '../../services/staffAccounts';
import { comesFromOwnPage } from '../directLine/sameSite';

/** Browsers take a cookie of this name only over TLS, for this host alone, and for all of it. */
const OVER_TLS = '__Host-desk';
const WITHOUT_TLS = 'desk-console';
const CSRF_HEADER = 'x-csrf-token';

/** Tells by a request's cookie whose session it belongs to, and whether it comes from our own page. */
export class ConsoleSessions {
  private readonly ownOrigin: string;
  private readonly secure: boolean;

  constructor(
    private readonly accounts: Pick<StaffAccounts, 'session'>,
    publicUrl: string,
  ) {
    const { origin, protocol } = new URL(publicUrl);
    this.ownOrigin = origin;
    this.secure = protocol === 'https:';
  }

  /** Whose session the cookie of a request is; nobody's when there is none. It checks nothing else. */
  async sessionOf(
    request: IncomingMessage,
    { passive = false } = {},
  ): Promise<StaffSession | undefined> {
    const token = parse(request.headers.cookie ?? '')[this.cookieName];
    return token === undefined ? undefined : this.accounts.session(token, { passive });
  }

  /**
   * Whose session a request is made in.
   * @throws ProductError `NotSignedIn`; for anything but a GET that is not from our own page, or is without the session's
   * token, `NotAllowed`.
   */
  async callerOf(request: IncomingMessage): Promise<StaffSession> {
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes) this.refuseOtherSites(request);
    // A page reads by itself whenever something happens: only what is done shows that somebody is there.
    const session = await this.sessionOf(request, { passive: !changes });
    if (!session) throw notSignedIn();
    if (changes && !isSame(request.headers[CSRF_HEADER], session.csrf))
      throw new ProductError('NotAllowed', 'This page is out of date. Please load it again.');
    return session;
  }

  /**
   * Whose session a socket is asked for in; a socket is no call that may come from elsewhere, though its request is a GET.
   * @throws ProductError `NotSignedIn` or `NotAllowed`.
   */
  async callerOfSocket(request: IncomingMessage): Promise<StaffSession> {
    this.refuseOtherSites(request);
    const session = await this.sessionOf(request, { passive: true });
    if (!session) throw notSignedIn();
    return session;
  }

  /** @throws ProductError `NotAllowed` for what is not sent by a page that this desk served; browsers say where it is from. */
  refuseOtherSites({ headers }: IncomingMessage): void {
    if (headers.origin === undefined || !comesFromOwnPage(headers, this.ownOrigin))
      throw new ProductError('NotAllowed', 'That can only be asked from the console’s own page.');
  }

  /** The `Set-Cookie` that begins a session; it goes when the browser is closed. */
  cookieFor(token: string): string {
    return serialize(this.cookieName, token, this.attributes());
  }

  /** The `Set-Cookie` that ends it. */
  clearedCookie(): string {
    return serialize(this.cookieName, '', { ...this.attributes(), maxAge: 0 });
  }

  private get cookieName(): string {
    return this.secure ? OVER_TLS : WITHOUT_TLS;
  }

  private attributes() {
    return { httpOnly: true, sameSite: 'strict', path: '/', secure: this.secure } as const;
  }
}

const notSignedIn = (): ProductError =>
  new ProductError('NotSignedIn', 'You are not signed in, or no longer.');

/** In the same time wherever they differ. */
function isSame(given: string | string[] | undefined, expected: string): boolean {
  const hash = (value: string): Buffer => createHash('sha256').update(value).digest();
  return typeof given === 'string' && timingSafeEqual(hash(given), hash(expected));
}
