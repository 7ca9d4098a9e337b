import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { WebSocket } from 'ws';
import type { LiveEvent, LiveSaying, SessionView } from '../../bot/console/contract';
import type { Clock } from '../../services/ports';
import { needsSecondFactor, type Role } from '../../services/roles';
import { hashPassword } from '../../services/staffAccounts/passwords';
import { ChatCustomer } from './chatCustomer';
import { startProduct, type ProductOptions, type RunningProduct } from './product';
import { until } from './until';

/** A Monday, 12:00 in Kolkata: the desk is open. */
export const MONDAY_NOON = new Date('2026-11-23T06:30:00Z');

/** What everybody of staff signs in with here. */
export const STAFF_PASSWORD = 'four plain words suffice';

let passwordHash: Promise<string> | undefined;

/** Goes on by itself, from an instant of the test's, and can be put forward. */
export class MovedClock implements Clock {
  private aheadMs: number;

  constructor(start = MONDAY_NOON) {
    this.aheadMs = start.getTime() - Date.now();
  }

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  advance(milliseconds: number): void {
    this.aheadMs += milliseconds;
  }
}

/** What the console answers to a call. */
export interface ConsoleAnswer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** The product with its console, within opening hours, and people of staff who are signed in. */
export class ConsoleDesk {
  private constructor(
    readonly product: RunningProduct,
    readonly clock: MovedClock,
  ) {}

  static async start(options: ProductOptions = {}): Promise<ConsoleDesk> {
    const clock = new MovedClock();
    return new ConsoleDesk(await startProduct({ clock, ...options }), clock);
  }

  get url(): string {
    return this.product.url;
  }

  /** Closes it and starts it again, over the same store and under the same address. */
  async restarted(): Promise<ConsoleDesk> {
    const { clock } = this;
    const { port, store, directory } = this.product;
    await this.product.close({ keepStore: true });
    return new ConsoleDesk(await startProduct({ clock, port, store, directory }), clock);
  }

  /** An active account, with a second factor where its roles need one. */
  account(name: string, ...roles: Role[]): Promise<StaffAccount> {
    return this.accountWith(name, roles, needsSecondFactor(roles));
  }

  /** As `account`. @param totpConfirmed whether it has a second factor. */
  accountWith(name: string, roles: readonly Role[], totpConfirmed: boolean): Promise<StaffAccount> {
    const words = name.toLowerCase().replace(/\W+/g, '.');
    const email = `${words}.${randomUUID().slice(0, 8)}@staff.example`;
    return this.accountAt(email, name, roles, totpConfirmed);
  }

  async accountAt(
    email: string,
    name: string,
    roles: readonly Role[],
    totpConfirmed = needsSecondFactor(roles),
  ): Promise<StaffAccount> {
    const { staffAccounts } = this.product.product.office.records;
    passwordHash ??= hashPassword(STAFF_PASSWORD);
    const id = randomUUID();
    const totpSecret = new Secret({ size: 20 }).base32;
    await staffAccounts.insert(
      {
        ...{ id, email, name, roles, state: 'active', totpSecret, totpConfirmed },
        passwordHash: await passwordHash,
        ...{ lastTotpStep: 0, epoch: 0, createdAt: this.clock.now(), revision: 0 },
      },
      [],
    );
    return { id, email, name, ...(totpConfirmed ? { totpSecret } : {}) };
  }

  /** Somebody with these roles, signed in; each name gets an account of its own. */
  async staff(name: string, ...roles: Role[]): Promise<StaffPage> {
    return this.signIn(await this.account(name, ...roles));
  }

  async signIn(account: StaffAccount): Promise<StaffPage> {
    const page = new StaffPage(this.url, account);
    await page.signIn(this.codeOf(account));
    return page;
  }

  /** What the app of somebody with a second factor shows now. */
  codeOf({ totpSecret }: StaffAccount): string | undefined {
    if (totpSecret === undefined) return undefined;
    const totp = new TOTP({ secret: Secret.fromBase32(totpSecret) });
    return totp.generate({ timestamp: this.clock.now().getTime() });
  }

  /** A customer in the chat who has asked for a person; `handoffId` is where they stand in the queue. */
  async waiting(words = 'I want to talk to a person'): Promise<WaitingCustomer> {
    const customer = await ChatCustomer.open(this.url);
    await customer.say(words);
    const { handoffs } = this.product.product.office.records;
    const handoff = await until('the customer to wait', () =>
      handoffs.newestOf(customer.conversationId),
    );
    return { customer, handoffId: handoff.id };
  }

  close(): Promise<void> {
    return this.product.close();
  }
}

export interface WaitingCustomer {
  readonly customer: ChatCustomer;
  readonly handoffId: string;
}

/** An account and what its owner knows; the password is `STAFF_PASSWORD`. */
export interface StaffAccount {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** In base32. */
  readonly totpSecret?: string;
}

/** The console's page of somebody, as far as the desk can tell: cookie, CSRF token and origin. */
export class StaffPage {
  cookie = '';
  csrf = '';

  constructor(
    private readonly url: string,
    readonly account: StaffAccount,
  ) {}

  async signIn(code?: string): Promise<void> {
    const { email } = this.account;
    const answer = await this.post<SessionView>('/sign-in', {
      ...{ email, password: STAFF_PASSWORD },
      ...(code === undefined ? {} : { code }),
    });
    if (!('signedIn' in answer.body) || !answer.body.signedIn)
      throw new Error(`Not signed in: ${JSON.stringify(answer.body)}`);
    this.csrf = answer.body.csrf;
    this.cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  get<T = Record<string, unknown>>(path: string): Promise<ConsoleAnswer<T>> {
    return this.call<T>('GET', path, {});
  }

  /** @param headers in the place of those that the page sends. */
  post<T = Record<string, unknown>>(
    path: string,
    body: unknown = {},
    headers: Record<string, string> = {},
  ): Promise<ConsoleAnswer<T>> {
    return this.call<T>('POST', path, {
      headers: {
        'content-type': 'application/json',
        origin: this.url,
        'x-csrf-token': this.csrf,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  /** What was answered to a call that has to go well. */
  async read<T>(path: string): Promise<T> {
    return done(await this.get<T>(path));
  }

  /** What was answered to a deed that has to go well. */
  async did<T>(path: string, body: unknown = {}): Promise<T> {
    return done(await this.post<T>(path, body));
  }

  /** Opens the page's socket, and waits until it stands. */
  async live(): Promise<LivePage> {
    const live = new LivePage(this.url, this.cookie);
    await live.next('ready');
    return live;
  }

  private async call<T>(
    method: string,
    path: string,
    init: { readonly headers?: Record<string, string>; readonly body?: string },
  ): Promise<ConsoleAnswer<T>> {
    const response = await fetch(`${this.url}/console/api${path}`, {
      ...{ ...init, method },
      headers: { ...init.headers, ...(this.cookie === '' ? {} : { cookie: this.cookie }) },
    });
    const { status, headers } = response;
    const text = await response.text();
    const isJson = headers.get('content-type')?.startsWith('application/json') ?? false;
    return { status, headers, body: (isJson ? JSON.parse(text) : text) as T };
  }
}

function done<T>({ status, body }: ConsoleAnswer<T>): T {
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** The socket of somebody's page, which keeps what it hears. */
export class LivePage {
  readonly heard: LiveEvent[] = [];
  closedWith: number | undefined;
  private readonly socket: WebSocket;

  constructor(url: string, cookie: string, origin = url) {
    this.socket = new WebSocket(`${url.replace(/^http/, 'ws')}/console/live`, {
      headers: { origin, cookie },
    });
    this.socket.on('message', (data: Buffer) => {
      this.heard.push(JSON.parse(data.toString()) as LiveEvent);
    });
    this.socket.on('close', (code) => {
      this.closedWith = code;
    });
    this.socket.on('error', () => undefined);
  }

  /** The first event of a kind that fits, from the `from`-th event on, as soon as it is heard. */
  next<K extends LiveEvent['kind']>(
    kind: K,
    fits: (event: Extract<LiveEvent, { kind: K }>) => boolean = () => true,
    from = 0,
  ): Promise<Extract<LiveEvent, { kind: K }>> {
    return until(`an event of kind ${kind}`, () =>
      this.heard
        .slice(from)
        .filter((event): event is Extract<LiveEvent, { kind: K }> => event.kind === kind)
        .find(fits),
    );
  }

  kinds(): string[] {
    return [...new Set(this.heard.map(({ kind }) => kind))].sort();
  }

  say(saying: LiveSaying | string): void {
    this.socket.send(typeof saying === 'string' ? saying : JSON.stringify(saying));
  }

  /** Resolves when all has arrived that was sent to this page before. */
  async caughtUp(): Promise<void> {
    const answered = new Promise((resolve) => this.socket.once('pong', resolve));
    this.socket.ping();
    await answered;
  }

  close(): void {
    this.socket.terminate();
  }
}

/** The HTTP status with which a socket is refused. */
export function refusedLive(url: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/console/live`, { headers });
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('The socket was opened.'));
    });
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
  });
}
