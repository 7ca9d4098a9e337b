import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import { DateTime } from 'luxon';
import { simpleParser, type ParsedMail } from 'mailparser';
import { newMail, replyOf, trayDelivery, type TrayMail } from '../../bot/trayReply';
import { seedFictitious } from '../../services/records/fictitiousCustomers';
import { countedIds, TestClock } from './doubles';
import { startProduct, TEST_KEY, type RunningProduct } from './product';
import { StaffPlay } from './staffPlay';
import { until } from './until';

const START = '2026-11-23T10:00:00+05:30';
const INDENT = '  ';
/** Who answers mails, and the mailbox whose last mail they answer; a customer answers the last that went to no staff. */
const STAFF: Readonly<Record<string, string>> = {
  Manager: 'privacy.manager@example.com',
  Escalation: 'escalation@example.com',
};
const BY_AGENT = /^Agent (\w+): (.*)$/;
const BY_MAIL = /^(Manager|Escalation|Customer) by mail: (.*)$/;
const STAFF_DEED =
  /^Staff: (vouch|approve|refuse)( --notice| --withhold-notice)? \(by (\S+)\): (.*)$/;
const FIRST_MAIL = /^Mail from (\S+) to (\S+@\S+): (.*?) \| (.*)$/;
/** Stands at the end of every mail to staff; held by a unit test, and written down here as one line. */
const HOW_TO_REPLY = [/^To answer, reply to this mail/, /^- #spam or #not-privacy/] as const;
const SECRET = TEST_KEY.secret.toString('base64');

/**
 * Plays a conversation against the whole product and writes down what happened, in the form of the file itself.
 *
 * Lines that are read: `Customer: …` (a `\n` stands for a line break, `{reference}` and `{pin}` for the last given), `@ <instant>` or `@ +90m` for the clock,
 * `* restart` for a new process over the same store, `* end chat` for the button of that name,
 * `* new chat` for another browser tab, `Manager by mail: …` (or `Escalation`, `Customer`) for a reply to the last mail they
 * got, `Mail from … to …: subject | text` for a first mail, `* fetch the link` and `* press the link` for the last “this wasn’t
 * me” link, `* continue by link` for a mail's link into a new chat, `Staff: vouch|approve|refuse (by …): reason` for the
 * last update request, `Agent Asha: …` and what `staffPlay` knows (`* Asha claims`) for the console (`approve --notice` or `--withhold-notice` where somebody else reads the mailbox on file), and `# …`, which is kept. `{code}` stands for the last mailed code. Everything else is written anew.
 */
export async function play(script: string): Promise<string> {
  const player = new Player();
  await player.open();
  try {
    for (const line of script.split('\n')) await player.read(line);
    return player.written();
  } finally {
    await player.close();
  }
}

class Player {
  private readonly clock = new TestClock(new Date(START));
  private readonly ids = countedIds();
  private readonly out: string[] = [];
  private readonly mailsSeen = new Set<string>();
  private running: RunningProduct | undefined;
  private readonly staff = new StaffPlay(() => this.product, this.clock, this.ids);
  private chat = { conversationId: '', userId: '', watermark: '' };

  /** The last mail to each mailbox, in the order of their arrival. */
  private readonly lastMails = new Map<string, ParsedMail>();

  /** The last that the bot gave. */
  private told = { reference: '', pin: '', code: '', link: '', continuing: '' };

  async open(): Promise<void> {
    this.running = await startProduct({ clock: this.clock, ids: this.ids });
    const { records } = this.running.product.office;
    await seedFictitious(records.customers, this.clock, this.ids);
  }

  async close(): Promise<void> {
    this.staff.close();
    await this.running?.close();
  }

  written(): string {
    return `${numbered(this.out.join('\n').trimEnd())}\n`;
  }

  async read(line: string): Promise<void> {
    const [, said] = /^Customer: (.*)$/.exec(line) ?? [];
    const [, who = '', written] = BY_MAIL.exec(line) ?? [];
    const [, agent = '', spoken] = BY_AGENT.exec(line) ?? [];
    if (said !== undefined) await this.say(line, said);
    else if (written !== undefined) await this.reply(line, who, written);
    else if (spoken !== undefined) await this.speak(agent, spoken);
    else if (FIRST_MAIL.test(line)) await this.firstMail(line);
    else if (STAFF_DEED.test(line)) await this.decide(line);
    else if (line.startsWith('#')) this.out.push(line);
    else if (line.startsWith('@ ')) await this.turnClock(line);
    else if (line.startsWith('* ')) await this.act(line);
    else if (line === '' && this.out.at(-1) !== '') this.out.push('');
  }

  private async say(line: string, said: string): Promise<void> {
    if (this.chat.conversationId === '') await this.newChat();
    this.out.push(line);
    await this.post({ type: 'message', text: this.filled(said) });
    await this.settle();
  }

  private async turnClock(line: string): Promise<void> {
    const [, minutes] = /^@ \+(\d+)m$/.exec(line) ?? [];
    if (minutes === undefined) this.clock.set(DateTime.fromISO(line.slice(2)).toJSDate());
    else this.clock.advance(Number(minutes) * 60_000);
    this.out.push(line);
    await this.staff.beat();
    await this.settle();
  }

  /** Written down when the customer hears it. */
  private async speak(agent: string, spoken: string): Promise<void> {
    const outcome = await this.staff.say(agent, this.filled(spoken));
    if (outcome !== 'said') this.out.push(`Agent ${agent}: ${spoken}`, `(${outcome})`);
    await this.settle();
  }

  private async act(line: string): Promise<void> {
    this.out.push(line);
    const outcome = await this.staff.act(line);
    if (outcome !== undefined) {
      this.out.push(`(${outcome})`);
      await this.settle();
      return;
    }
    if (line === '* restart') await this.restart();
    else if (line === '* end chat') await this.endChat();
    else if (line === '* new chat') await this.newChat();
    else if (line === '* fetch the link') await this.pressLink('GET');
    else if (line === '* press the link') await this.pressLink('POST');
    else if (line === '* continue by link') await this.continueByLink();
    else throw new Error(`The transcript asks for something unknown: ${line}`);
    await this.settle();
  }

  /** As a mail program does it: above the quoted mail, to the address that the mail names. */
  private async reply(line: string, who: string, written: string): Promise<void> {
    this.out.push(line);
    const staff = Object.values(STAFF);
    const last =
      who === 'Customer'
        ? [...this.lastMails].filter(([mailbox]) => !staff.includes(mailbox)).at(-1)?.[1]
        : this.lastMails.get(STAFF[who] ?? '');
    if (!last) throw new Error(`There is no mail to answer: ${line}`);
    await this.deliver(await replyOf(last, this.filled(written), this.stationery));
  }

  private async firstMail(line: string): Promise<void> {
    this.out.push(line);
    const [, from = '', to = '', subject = '', text = ''] = FIRST_MAIL.exec(line) ?? [];
    await this.deliver(
      await newMail(
        { from, to, subject: this.filled(subject), text: this.filled(text) },
        this.stationery,
      ),
    );
  }

  private async deliver(mail: TrayMail): Promise<void> {
    const delivered = await trayDelivery(this.product.product.intake, this.clock)(mail);
    if (delivered.outcome === 'refused') this.out.push(`(refused: ${delivered.message})`);
    await this.settle();
  }

  private async pressLink(method: 'GET' | 'POST'): Promise<void> {
    const response = await fetch(this.told.link, { method });
    const title = /<h1[^>]*>([^<]*)</.exec(await response.text())?.[1] ?? '';
    this.out.push(`(${response.status}: ${title})`);
  }

  private async continueByLink(): Promise<void> {
    await this.newChat();
    await this.post({ type: 'event', name: 'continueRequest', value: this.told.continuing });
  }

  /** The update request that was made last. */
  private async decide(line: string): Promise<void> {
    this.out.push(line);
    const [, action = '', notice, by = '', reason = ''] = STAFF_DEED.exec(line) ?? [];
    const { updates, records } = this.product.product.office;
    const last = (await records.updateRequests.waiting(50)).at(-1);
    if (!last) throw new Error(`There is no update request: ${line}`);
    const deed = { at: this.clock.now(), by, reason };
    const done =
      action === 'vouch'
        ? await updates.vouch(last.id, deed)
        : action === 'refuse'
          ? await updates.refuse(last.id, deed)
          : await updates.approve(last.id, deed, withholding(notice));
    this.out.push(`(${done.outcome})`);
    await this.settle();
  }

  private get stationery() {
    return { clock: this.clock, ids: this.ids };
  }

  private filled(text: string): string {
    return text
      .replaceAll('\\n', '\n')
      .replaceAll('{reference}', this.told.reference)
      .replaceAll('{pin}', this.told.pin)
      .replaceAll('{code}', this.told.code);
  }

  private async endChat(): Promise<void> {
    await this.post({ type: 'endOfConversation' });
    this.chat.conversationId = '';
  }

  private async restart(): Promise<void> {
    const { port, store, directory } = this.product;
    await this.product.close({ keepStore: true });
    const { clock, ids } = this;
    this.running = await startProduct({ clock, ids, port, store, directory });
  }

  private async newChat(): Promise<void> {
    const { conversationId, userId, token } = await this.call<{
      conversationId: string;
      userId: string;
      token: string;
    }>('POST', '/webchat/token', {});
    this.chat = { conversationId, userId, watermark: '' };
    await this.call('POST', '/v3/directline/conversations', {}, token);
    await this.settle();
  }

  private async post(activity: object): Promise<void> {
    await this.call('POST', `/v3/directline/conversations/${this.chat.conversationId}/activities`, {
      ...activity,
      from: { id: this.chat.userId },
    });
  }

  /** Waits until the turn is over and everything that followed from it is done, then writes it down. */
  private async settle(): Promise<void> {
    const { store, product } = this.product;
    const activities = store.connection.collection('activities');
    await until(
      'the turn to end',
      async () => (await activities.countDocuments({ pending: true })) === 0,
    );
    await product.sweep();
    await this.writeReplies();
    await this.writeMails();
  }

  private async writeReplies(): Promise<void> {
    const { conversationId, watermark } = this.chat;
    if (conversationId === '') return;
    const path = `/v3/directline/conversations/${conversationId}/activities?watermark=${watermark}`;
    const read = await this.call<{ activities: Activity[]; watermark: string }>('GET', path);
    this.chat.watermark = read.watermark;
    for (const activity of read.activities)
      if (activity.from.id === 'privacy-desk') this.writeReply(activity);
  }

  private writeReply(activity: Activity): void {
    const { text = '', attachments = [], suggestedActions } = activity as Partial<Activity>;
    const base = this.product.url;
    this.told.reference = /reference is \W*(PD-\w{4}-\w{4})/.exec(text)?.[1] ?? this.told.reference;
    this.told.pin = /PIN is \W*(\d{6})/.exec(text)?.[1] ?? this.told.pin;
    const lines = [
      ...(text === '' ? [] : text.split('\n')),
      ...attachments.flatMap(({ content }) => cardLines(content)),
      ...(suggestedActions?.actions.length
        ? [suggestedActions.actions.map(({ title }) => `[${title}]`).join(' ')]
        : []),
    ]
      .filter((line) => line !== '')
      .map((line) => line.replaceAll(base, 'https://desk'));
    const { agent } = (activity.channelData ?? {}) as { agent?: { name: string } };
    this.out.push(`${agent ? `Agent ${agent.name}` : 'Bot'}: ${lines.join(`\n${INDENT}`)}`);
  }

  private async writeMails(): Promise<void> {
    const { mailDirectory } = this.product.product;
    const files = readdirOrNone(mailDirectory).filter((file) => !this.mailsSeen.has(file));
    for (const file of files.sort()) {
      this.mailsSeen.add(file);
      const mail = await simpleParser(readFileSync(join(mailDirectory, file)));
      const to = [mail.to].flat()[0]?.text ?? '';
      this.out.push(`Mail to ${to}: ${mail.subject ?? ''}`);
      const reference = /\[(PD-\w{4}-\w{4})\]/.exec(mail.subject ?? '')?.[1];
      this.told.reference = reference ?? this.told.reference;
      const text = mail.text ?? '';
      this.told.code = /^\s*(?:.*: )?(\d{3} \d{3})$/m.exec(text)?.[1] ?? this.told.code;
      this.told.link = /https?:\S+\/link\/[\w-]{43}/.exec(text)?.[0] ?? this.told.link;
      this.told.continuing = /#continue=([\w-]{43})/.exec(text)?.[1] ?? this.told.continuing;
      // The head of the audit log differs from run to run.
      if (file.includes('audit-head')) continue;
      this.lastMails.delete(to);
      this.lastMails.set(to, mail);
      for (const line of mailLines(mail.text ?? ''))
        this.out.push(`${INDENT}| ${line}`.replaceAll(this.product.url, 'https://desk').trimEnd());
    }
  }

  /** Calls with the channel's secret, which does not expire: the clock of a transcript jumps. */
  private async call<T>(method: string, path: string, body?: object, bearer = SECRET): Promise<T> {
    const { url } = this.product;
    const response = await fetch(`${url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        origin: url,
        authorization: `Bearer ${bearer}`,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const answer = (await response.json()) as T;
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }

  private get product(): RunningProduct {
    if (!this.running) throw new Error('The product is not running.');
    return this.running;
  }
}

const withholding = (notice: string | undefined): { withholdNotice?: boolean } =>
  notice === undefined ? {} : { withholdNotice: notice === ' --withhold-notice' };

/** Drawn by chance, and in an order that differs from run to run: written as the first, the second … of their kind. */
const CHANCE = [
  {
    pattern: /PD-(?!7KQ4-M2XA)[0-9A-Z]{4}-[0-9A-Z]{4}/g,
    as: (n: string) => `PD-0000-${n.padStart(4, '0')}`,
  },
  { pattern: /(?<=(?:\/link\/|#continue=))[\w-]{43}/g, as: (n: string) => `token-${n}` },
  { pattern: /(?<=\| (?:.*: )?)\d{3} \d{3}$/gm, as: (n: string) => `000 ${n.padStart(3, '0')}` },
  { pattern: /(?<=PIN is (?:\*\*)?)\d{6}/g, as: (n: string) => n.padStart(6, '0') },
  {
    // Also the first eight digits alone, by which staff name an update request.
    pattern:
      /\b[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b|(?<=person: )[0-9a-f]{8}$/gm,
    as: (n: string) => `id-${n}`,
  },
] as const;

function numbered(text: string): string {
  return CHANCE.reduce((written, { pattern, as }) => {
    const seen: string[] = [];
    return written.replace(pattern, (drawn) => {
      if (!seen.includes(drawn)) seen.push(drawn);
      return as(String(seen.indexOf(drawn) + 1));
    });
  }, text);
}

/** A mail's lines without empty ones, what every mail to staff ends with as one line. */
function mailLines(text: string): string[] {
  const lines = text.split('\n').filter((line) => line !== '');
  const [from, to] = HOW_TO_REPLY.map((pattern) => lines.findIndex((line) => pattern.test(line)));
  if (from === undefined || to === undefined || from < 0) return lines;
  return [...lines.slice(0, from), '(how to reply)', ...lines.slice(to + 1)];
}

interface CardElement {
  readonly text?: string;
  readonly inlines?: readonly { readonly text: string }[];
}

function cardLines(content: unknown): string[] {
  const { body = [] } = content as { body?: readonly CardElement[] };
  return body.flatMap(({ text, inlines }) =>
    text === undefined
      ? (inlines?.[0]?.text ?? '').split('\n').map((line) => `|   ${line}`)
      : [`| ${text}`],
  );
}

function readdirOrNone(directory: string): string[] {
  try {
    return readdirSync(directory).filter((file) => file.endsWith('.eml'));
  } catch {
    return [];
  }
}
