import { WebSocket } from 'ws';
import type {
  ClaimedView,
  HandoffDoneView,
  LiveEvent,
  MessageView,
  SaidView,
  SessionView,
} from '../bot/console/contract';
import { SECRET } from './servers';

/** What every agent signs in with. */
export const PASSWORD = 'four plain words suffice';
/** What has not come by then is lost. */
export const LOST_MS = 20_000;

/** Who of two people speaks. */
export type Side = 'customer' | 'agent';
type Outcome = (ClaimedView | HandoffDoneView | SaidView)['outcome'];

/** Something that came over a socket; `at` as `performance.now()` has it. */
interface Arrival {
  readonly at: number;
  readonly id: string;
}

/** What is waited for on a socket, by name. */
class Arrivals {
  private readonly awaited = new Map<string, (arrival: Arrival) => void>();

  next(name: string): Promise<Arrival> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`Lost: ${name}`));
      }, LOST_MS);
      this.awaited.set(name, (arrival) => {
        clearTimeout(late);
        this.awaited.delete(name);
        resolve(arrival);
      });
    });
  }

  tell(name: string, id = ''): void {
    this.awaited.get(name)?.({ at: performance.now(), id });
  }
}

async function call(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response;
}

/** A message or event of the chat. */
export interface ChatActivity {
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly role?: string };
  readonly channelData?: { readonly agent?: object; readonly talkingTo?: string };
}

/** Whose words a message of the chat holds. */
export const speakerOf = ({ from, channelData }: ChatActivity): Side | 'bot' => {
  if (from.role !== 'bot') return 'customer';
  return channelData?.agent ? 'agent' : 'bot';
};

/** A customer's chat; each is reached from an address of its own, as behind a proxy. */
export class Chat {
  private static opened = 0;
  readonly arrivals = new Arrivals();
  /** What people said, as it came. */
  readonly heard: string[] = [];

  private constructor(
    private readonly activitiesUrl: string,
    private readonly headers: Record<string, string>,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      const set = (data.length > 0 ? JSON.parse(data.toString()) : {}) as {
        activities?: readonly ChatActivity[];
      };
      for (const activity of set.activities ?? []) this.hear(activity);
    });
  }

  /** Resolves when the bot has greeted. */
  static async open(url: string): Promise<Chat> {
    const number = (Chat.opened += 1);
    const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
    const post = async (where: string, bearer: string) => {
      const authorized = { ...headers, authorization: `Bearer ${bearer}` };
      const init = { method: 'POST', headers: authorized };
      return (await (await call(`${url}/v3/directline${where}`, init)).json()) as Record<
        'token' | 'conversationId' | 'streamUrl',
        string
      >;
    };
    const { token } = await post('/tokens/generate', SECRET.secret.toString('base64'));
    const { conversationId, streamUrl } = await post('/conversations', token);
    const stream = new URL(streamUrl);
    stream.host = new URL(url).host;
    const chat = new Chat(
      `${url}/v3/directline/conversations/${conversationId}/activities`,
      { ...headers, authorization: `Bearer ${token}` },
      new WebSocket(stream, { headers: { 'x-forwarded-for': address } }),
    );
    await chat.arrivals.next('bot');
    return chat;
  }

  say(text: string): Promise<void> {
    return this.post({ type: 'message', text });
  }

  /** Ends the conversation. */
  end(): Promise<void> {
    return this.post({ type: 'endOfConversation' });
  }

  /** The messages that the desk has of the conversation. */
  async log(): Promise<ChatActivity[]> {
    const response = await call(this.activitiesUrl, { headers: this.headers });
    const { activities } = (await response.json()) as { activities: ChatActivity[] };
    return activities.filter(({ type }) => type === 'message');
  }

  close(): void {
    this.socket.terminate();
  }

  private async post(activity: object): Promise<void> {
    const body = JSON.stringify({ ...activity, from: { id: 'me' } });
    const { headers } = this;
    await (await call(this.activitiesUrl, { method: 'POST', headers, body })).arrayBuffer();
  }

  private hear(activity: ChatActivity): void {
    const { type, text = '' } = activity;
    if (type !== 'message') return;
    const speaker = speakerOf(activity);
    this.arrivals.tell(speaker === 'agent' ? text : speaker);
    if (speaker !== 'bot') this.heard.push(text);
  }
}

/** The console's page of an agent. */
export class Page {
  readonly arrivals = new Arrivals();
  /** Handoffs that wait, as its socket tells. */
  readonly waiting = new Set<string>();
  /** Messages by handoff, as they came. */
  readonly heard = new Map<string, MessageView[]>();
  private readonly known = new Set<string>();

  private constructor(
    private readonly api: string,
    private readonly headers: Record<string, string>,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      this.hear(JSON.parse(data.toString()) as LiveEvent);
    });
  }

  /** Signs in; resolves when the live socket stands. */
  static async open(url: string, email: string): Promise<Page> {
    const api = `${url}/console/api`;
    const headers = { 'content-type': 'application/json', origin: url };
    const body = JSON.stringify({ email, password: PASSWORD });
    const response = await call(`${api}/sign-in`, { method: 'POST', headers, body });
    const { csrf = '' } = (await response.json()) as Partial<
      Extract<SessionView, { signedIn: true }>
    >;
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/console/live`, {
      headers: { origin: url, cookie },
    });
    const page = new Page(api, { ...headers, cookie, 'x-csrf-token': csrf }, socket);
    await page.arrivals.next('ready');
    return page;
  }

  async get(where: string): Promise<string> {
    return (await call(`${this.api}${where}`, { headers: this.headers })).text();
  }

  /** Does something that has to come out so. */
  async did(where: string, body: object, wanted: Outcome): Promise<void> {
    const init = { method: 'POST', headers: this.headers, body: JSON.stringify(body) };
    const { outcome } = (await (await call(`${this.api}${where}`, init)).json()) as {
      readonly outcome: Outcome;
    };
    if (outcome !== wanted) throw new Error(`${where}: ${outcome} rather than ${wanted}`);
  }

  close(): void {
    this.socket.terminate();
  }

  private hear(event: LiveEvent): void {
    if (event.kind === 'ready') this.arrivals.tell('ready');
    else if (event.kind === 'gone') {
      this.waiting.delete(event.id);
      this.arrivals.tell(`gone ${event.id}`);
    } else if (event.kind === 'line') {
      const { id, state } = event.line;
      if (state === 'waiting') this.waiting.add(id);
      else this.waiting.delete(id);
      if (!this.known.has(id)) this.arrivals.tell('new line', id);
      this.known.add(id);
    } else if (event.kind === 'message') {
      const { handoffId, message } = event;
      this.arrivals.tell(`${handoffId} ${message.text}`);
      const heard = this.heard.get(handoffId) ?? [];
      heard.push(message);
      this.heard.set(handoffId, heard);
    }
  }
}
