import type { Activity } from 'botbuilder';
import { until } from './until';

/** A customer who chats through Direct Line's HTTP interface, and goes on after a restart of the desk. */
export class ChatCustomer {
  /** The texts of everything that the bot said, in order. */
  readonly heard: string[] = [];
  private watermark = '';

  private constructor(
    private readonly url: string,
    readonly conversationId: string,
    readonly token: string,
  ) {}

  static async open(url: string): Promise<ChatCustomer> {
    const response = await fetch(`${url}/webchat/token`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: '{}',
    });
    const { conversationId, token } = (await response.json()) as Record<string, string>;
    const customer = new ChatCustomer(url, conversationId ?? '', token ?? '');
    await customer.call('POST', '/v3/directline/conversations', {});
    await customer.until(/./);
    return customer;
  }

  /** Says something; resolves once it is acknowledged. */
  say(text: string): Promise<void> {
    return this.post({ type: 'message', text });
  }

  async post(activity: object): Promise<void> {
    const path = `/v3/directline/conversations/${this.conversationId}/activities`;
    await this.call('POST', path, { ...activity, from: { id: 'me' } });
  }

  /** Says something and gives the first reply that fits. */
  async ask(text: string, answer = /./): Promise<string> {
    const from = this.heard.length;
    await this.say(text);
    return this.until(answer, from);
  }

  /** The first text from the `from`-th on that fits, as soon as the bot says it. */
  until(answer: RegExp, from = 0): Promise<string> {
    return until(`the bot to say ${String(answer)}`, async () => {
      await this.listen();
      return this.heard.slice(from).find((text) => answer.test(text));
    });
  }

  /** The conversation's log as somebody sees it who opens the chat now. */
  async activities(): Promise<Activity[]> {
    const path = `/v3/directline/conversations/${this.conversationId}/activities`;
    return (await this.call<{ activities: Activity[] }>('GET', path)).activities;
  }

  /** The texts of `activities`. */
  async history(): Promise<string[]> {
    return (await this.activities()).map(({ text }) => text);
  }

  private async listen(): Promise<void> {
    const path = `/v3/directline/conversations/${this.conversationId}/activities?watermark=${this.watermark}`;
    const { activities, watermark } = await this.call<{
      activities: Activity[];
      watermark: string;
    }>('GET', path);
    this.watermark = watermark;
    for (const { from, text } of activities as Partial<Activity>[])
      if (from?.id === 'privacy-desk' && text) this.heard.push(text);
  }

  private async call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }
}
