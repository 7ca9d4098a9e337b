import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Activity } from 'botbuilder';
import { DateTime } from 'luxon';
import { simpleParser } from 'mailparser';
import { countedIds, TestClock } from './doubles';
import { startProduct, TEST_KEY, type RunningProduct } from './product';
import { until } from './until';

const START = '2026-11-23T10:00:00+05:30';
const INDENT = '  ';
const ANSWERS = '* the manager answers: ';
const SECRET = TEST_KEY.secret.toString('base64');

/**
 * Plays a conversation against the whole product and writes down what happened, in the form of the file itself.
 *
 * Lines that are read: `Customer: …` (a `\n` stands for a line break, `{reference}` and `{pin}` for the last given), `@ <instant>` or `@ +90m` for the clock,
 * `* restart` for a new process over the same store, `* end chat` for the button of that name,
 * `* new chat` for another browser tab, `* the manager answers: …` for the last case, and `# …`, which is kept. Everything else is written anew.
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
  private chat = { conversationId: '', userId: '', watermark: '' };

  /** The last that the bot gave. */
  private told = { reference: '', pin: '' };

  async open(): Promise<void> {
    this.running = await startProduct({ clock: this.clock, ids: this.ids });
  }

  async close(): Promise<void> {
    await this.running?.close();
  }

  written(): string {
    return `${this.out.join('\n').trimEnd()}\n`;
  }

  async read(line: string): Promise<void> {
    const [, said] = /^Customer: (.*)$/.exec(line) ?? [];
    if (said !== undefined) await this.say(line, said);
    else if (line.startsWith('#')) this.out.push(line);
    else if (line.startsWith('@ ')) await this.turnClock(line);
    else if (line.startsWith('* ')) await this.act(line);
    else if (line === '' && this.out.at(-1) !== '') this.out.push('');
  }

  private async say(line: string, said: string): Promise<void> {
    if (this.chat.conversationId === '') await this.newChat();
    this.out.push(line);
    const text = said
      .replaceAll('\\n', '\n')
      .replaceAll('{reference}', this.told.reference)
      .replaceAll('{pin}', this.told.pin);
    await this.post({ type: 'message', text });
    await this.settle();
  }

  private async turnClock(line: string): Promise<void> {
    const [, minutes] = /^@ \+(\d+)m$/.exec(line) ?? [];
    if (minutes === undefined) this.clock.set(DateTime.fromISO(line.slice(2)).toJSDate());
    else this.clock.advance(Number(minutes) * 60_000);
    this.out.push(line);
    await this.settle();
  }

  private async act(line: string): Promise<void> {
    this.out.push(line);
    if (line === '* restart') await this.restart();
    else if (line === '* end chat') await this.endChat();
    else if (line === '* new chat') await this.newChat();
    else if (line.startsWith(ANSWERS)) await this.answer(line.slice(ANSWERS.length));
    else throw new Error(`The transcript asks for something unknown: ${line}`);
    await this.settle();
  }

  private async answer(text: string): Promise<void> {
    const { cases } = this.product.product;
    const { outcome } = await cases.answer(this.told.reference, text, this.clock.now());
    if (outcome !== 'answered') this.out.push(`(${outcome})`);
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
    this.out.push(`Bot: ${lines.join(`\n${INDENT}`)}`);
  }

  private async writeMails(): Promise<void> {
    const { mailDirectory } = this.product.product;
    const files = readdirOrNone(mailDirectory).filter((file) => !this.mailsSeen.has(file));
    for (const file of files.sort()) {
      this.mailsSeen.add(file);
      const mail = await simpleParser(readFileSync(join(mailDirectory, file)));
      const to = [mail.to].flat()[0]?.text ?? '';
      this.out.push(`Mail to ${to}: ${mail.subject ?? ''}`);
      const lines = (mail.text ?? '').split('\n').filter((line) => line !== '');
      for (const line of lines)
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
