import { Secret, TOTP } from 'otpauth';
import type {
  ConversationView,
  QueueView,
  SessionView,
  UpdateView,
} from '../../bot/console/contract';
import type { Clock, Ids } from '../../services/ports';
import { needsSecondFactor, type Role } from '../../services/roles';
import { hashPassword } from '../../services/staffAccounts/passwords';
import { STAFF_PASSWORD, StaffPage, type LivePage } from './consoleDesk';
import type { RunningProduct } from './product';

const PEOPLE: Readonly<Record<string, readonly Role[]>> = {
  Asha: ['agent'],
  Ravi: ['agent'],
  Meera: ['supervisor'],
};

interface Signed {
  readonly page: StaffPage;
  readonly live: LivePage;
}

type Deed = (who: Signed, match: RegExpExecArray) => Promise<string>;

/** What people of staff do in a transcript, through the console's own interface; each gives what came of it. */
export class StaffPlay {
  private readonly signed = new Map<string, Signed>();
  /** Of second factors. */
  private readonly secrets = new Map<string, Secret>();
  /** The conversation that was claimed last. */
  private handoffId = '';

  constructor(
    private readonly product: () => RunningProduct,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Does what a line such as `* Asha claims` says; undefined when it is not about staff. */
  async act(line: string): Promise<string | undefined> {
    const [, name = '', words = ''] = /^\* (\w+) (.+)$/.exec(line) ?? [];
    if (!Object.hasOwn(PEOPLE, name)) return undefined;
    if (words === 'signs in') return this.signIn(name);
    if (words === 'loses the page') return this.loses(name);
    await this.again(name);
    for (const [pattern, deed] of this.deeds) {
      const match = pattern.exec(words);
      if (match) return deed(this.who(name), match);
    }
    throw new Error(`Staff are asked for something unknown: ${line}`);
  }

  /** An agent says something in the chat. */
  async say(name: string, text: string): Promise<string> {
    await this.again(name);
    const { page } = this.who(name);
    const said = { id: this.ids.uuid(), text };
    return this.outcome(page, 'say', said);
  }

  /** The open pages are there still, however far the clock has jumped. */
  async beat(): Promise<void> {
    const { office } = this.product().product;
    for (const { page } of this.signed.values())
      await office.records.handoffs.seen(page.account.id, this.clock.now());
  }

  close(): void {
    for (const { live } of this.signed.values()) live.close();
    this.signed.clear();
  }

  private readonly deeds: readonly (readonly [RegExp, Deed])[] = [
    [/^claims$/, (who) => this.claim(who)],
    [/^looks$/, async ({ page }) => seen(await page.read(`/handoffs/${this.handoffId}`))],
    [
      /^asks for a code for (.+)$/,
      ({ page }, [, claimed]) => this.outcome(page, 'verify', { claimed }),
    ],
    [/^proposes (.+?): (.+)$/, (who, [, changes, reason]) => this.propose(who, changes, reason)],
    [
      /^closes as (\w+)$/,
      ({ page }, [, disposition]) => this.ofTurn(page, 'close', { disposition }),
    ],
    [/^hands back$/, ({ page }) => this.ofTurn(page, 'return')],
    [/^puts it back$/, ({ page }) => this.ofTurn(page, 'transfer')],
    [
      /^passes it to (\w+)$/,
      ({ page }, [, name = '']) =>
        this.ofTurn(page, 'transfer', { to: this.who(name).page.account.id }),
    ],
    [
      /^asks to help remotely for (\d+) minutes: (.+)$/,
      ({ page }, [, minutes, scope]) =>
        this.outcome(page, 'consent', { scope, minutes: Number(minutes) }),
    ],
    [/^ends the remote session$/, ({ page }) => this.outcome(page, 'consent/end')],
    [/^notes: (.+)$/, ({ page }, [, text]) => this.outcome(page, 'note', this.once({ text }))],
    [/^opens a case as (\w+)$/, (who, [, kind]) => this.openCase(who, kind)],
    [/^(approves|refuses): (.+)$/, (who, [, what, reason]) => this.decide(who, what, reason)],
  ];

  private async signIn(name: string): Promise<string> {
    const { office } = this.product().product;
    const roles = PEOPLE[name] ?? [];
    const id = this.ids.uuid();
    const email = `${name.toLowerCase()}@staff.example`;
    const secret = new Secret({ size: 20 });
    const totpConfirmed = needsSecondFactor(roles);
    await office.records.staffAccounts.insert(
      {
        ...{ id, email, name, roles, state: 'active', totpSecret: secret.base32, totpConfirmed },
        passwordHash: await hashPassword(STAFF_PASSWORD),
        ...{ lastTotpStep: 0, epoch: 0, createdAt: this.clock.now(), revision: 0 },
      },
      [],
    );
    const page = new StaffPage(this.product().url, { id, email, name });
    if (totpConfirmed) this.secrets.set(name, secret);
    await page.signIn(this.codeOf(name));
    this.signed.set(name, { page, live: await page.live() });
    return 'signed in';
  }

  /** Whose session has ended, with the clock, signs in again. */
  private async again(name: string): Promise<void> {
    const { page } = this.who(name);
    const { signedIn } = await page.read<SessionView>('/session');
    if (signedIn) return;
    await page.signIn(this.codeOf(name));
    this.signed.set(name, { page, live: await page.live() });
  }

  private codeOf(name: string): string | undefined {
    const secret = this.secrets.get(name);
    return secret && new TOTP({ secret }).generate({ timestamp: this.clock.now().getTime() });
  }

  private async loses(name: string): Promise<string> {
    this.who(name).live.close();
    this.signed.delete(name);
    return 'gone';
  }

  private async claim({ page }: Signed): Promise<string> {
    const { waiting } = await page.read<QueueView>('/queue');
    const [first] = waiting;
    if (!first) return 'nobody waits';
    this.handoffId = first.id;
    const { reason, topic, customer, turn: since } = first;
    return `${await this.outcome(page, 'claim', { since })}: ${customer}, ${topic}, ${reason}`;
  }

  private async propose({ page }: Signed, changes = '', reason = ''): Promise<string> {
    const pairs = changes.split('; ').map((each) => each.split('='));
    return this.outcome(page, 'propose', { changes: Object.fromEntries(pairs) as object, reason });
  }

  /** From the first message of the customer that the agent sees. */
  private async openCase({ page }: Signed, kind = ''): Promise<string> {
    const { messages } = await page.read<ConversationView>(`/handoffs/${this.handoffId}`);
    const first = messages.find(({ from }) => from === 'customer');
    return this.outcome(
      page,
      'case',
      this.once({
        ...{ kind, urgency: 'normal', aboutStaff: 'no' },
        ...{ sequence: first?.sequence, words: first?.text },
      }),
    );
  }

  private async decide({ page }: Signed, what = '', reason = ''): Promise<string> {
    const [last] = (await page.read<readonly UpdateView[]>('/updates')).slice(-1);
    const deed = what === 'approves' ? 'approve' : 'refuse';
    const { words } = await page.did<{ words: string }>(`/updates/${last?.id ?? ''}/${deed}`, {
      reason,
    });
    return words;
  }

  /** A deed that is meant for the conversation as the page shows it. */
  private async ofTurn(page: StaffPage, deed: string, body: object = {}): Promise<string> {
    const { held } = await page.read<QueueView>('/queue');
    const since = held.find(({ id }) => id === this.handoffId)?.turn;
    return this.outcome(page, deed, { ...body, since });
  }

  private async outcome(page: StaffPage, deed: string, body: object = {}): Promise<string> {
    const path = `/handoffs/${this.handoffId}/${deed}`;
    const { status, body: answer } = await page.post<{ outcome?: string; error?: object }>(
      path,
      body,
    );
    return answer.outcome ?? `${status} ${JSON.stringify(answer.error)}`;
  }

  private once(body: object): object {
    return { id: this.ids.uuid(), ...body };
  }

  private who(name: string): Signed {
    const found = this.signed.get(name);
    if (!found) throw new Error(`${name} has not signed in.`);
    return found;
  }
}

/** What the agent's page shows of a conversation beside what was said. */
function seen({ customer, verified, consents, notes, draft, messages }: ConversationView): string {
  const said = messages.filter(({ from }) => from === 'customer').map(({ text }) => text);
  return [
    `${customer}, ${verified ? 'verified' : 'not verified'}`,
    ...consents.map(({ state, scope }) => `remote help (${scope}): ${state}`),
    ...notes.map(({ by, text }) => `note of ${by}: ${text}`),
    ...(draft === '' ? [] : [`draft: ${draft}`]),
    `the customer wrote: ${said.slice(-LAST_SHOWN).join(' / ')}`,
  ].join('; ');
}
const LAST_SHOWN = 3;
