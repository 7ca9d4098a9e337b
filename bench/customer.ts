import { once } from 'node:events';
import { WebSocket } from 'ws';
import { SECRET } from './servers';

const GREETING_TIMEOUT_MS = 10_000;

/** A customer in a conversation of their own, who waits for each answer on the conversation's socket. */
export class Customer {
  private answered: () => void = () => undefined;

  private constructor(
    private readonly url: string,
    private readonly conversationId: string,
    private readonly headers: Record<string, string>,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      const { activities = [] } = (data.length > 0 ? JSON.parse(data.toString()) : {}) as {
        activities?: { from: { role?: string } }[];
      };
      if (activities.some(({ from }) => from.role === 'bot')) this.answered();
    });
  }

  /** Opens a conversation; resolves when the bot has greeted. @param number tells customers apart. */
  static async open(url: string, number: number): Promise<Customer> {
    // An address of its own, as behind a proxy: the limits are for one customer, not for a thousand.
    const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
    const post = async (path: string, bearer: string) => {
      const response = await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${bearer}` },
      });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      return (await response.json()) as Record<'token' | 'conversationId' | 'streamUrl', string>;
    };
    const { token } = await post(
      '/v3/directline/tokens/generate',
      SECRET.secret.toString('base64'),
    );
    const { conversationId, streamUrl } = await post('/v3/directline/conversations', token);
    const { host } = new URL(url);
    const stream = new URL(streamUrl);
    stream.host = host;
    const socket = new WebSocket(stream, { headers: { 'x-forwarded-for': address } });
    const authorized = { ...headers, authorization: `Bearer ${token}` };
    const customer = new Customer(url, conversationId, authorized, socket);
    const greeted = customer.answer();
    await once(socket, 'open');
    await greeted;
    return customer;
  }

  /** Says something; resolves when the first answer to it is there. */
  async say(text: string): Promise<void> {
    const answered = this.answer();
    const path = `/v3/directline/conversations/${this.conversationId}/activities`;
    const response = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: this.headers,
      body: JSON.stringify({ type: 'message', text, from: { id: 'me' } }),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`The message was refused: ${response.status}`);
    await answered;
  }

  close(): void {
    this.socket.terminate();
  }

  private answer(): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error('The bot did not answer.'));
      }, GREETING_TIMEOUT_MS);
      this.answered = () => {
        clearTimeout(late);
        resolve();
      };
    });
  }
}
