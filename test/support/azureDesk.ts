import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConversationState,
  type Activity,
  type BotAdapter,
  type TurnContext,
} from 'botbuilder';
import type { Server } from 'restify';
import { afterwards } from '../../bot/afterwards';
import { mountAzureChannel, prepareAdapter } from '../../bot/channels';
import { parseConfig } from '../../bot/config';
import { deskOf, guidanceOf, policyOf } from '../../bot/desk';
import { ownHub } from '../../bot/engagementHub';
import { ConversationMessenger } from '../../bot/messenger';
import { officeOf } from '../../bot/office';
import { peopleOf, type People } from '../../bot/people';
import { Reach } from '../../bot/reach';
import { openRecords } from '../../bot/records';
import { closeServer, createServer } from '../../bot/server';
import { SupportBot } from '../../bot/supportBot';
import { ConversationRecords } from '../../models/conversations';
import { openStore, type Store } from '../../models/store';
import { CaseChecks } from '../../services/caseChecks';
import { ChildStop } from '../../services/childStop';
import { Conversations } from '../../services/conversations';
import { ReportDrafts } from '../../services/reportDrafts';
import { countedIds, TestClock } from './doubles';
import { keptLog } from './keptLog';
import { sharedUnderstanding, TEST_KEY } from './product';
import { until } from './until';

export const AZURE_DESK_URL = 'https://desk.example.com';

/** What the bot asked the channel to do. */
export interface Received {
  readonly method: string;
  readonly conversationId: string;
  readonly activity: Partial<Activity>;
}

/** The side of a channel that the bot answers to: keeps what it is sent, and refuses or waits when told to. */
export class ChannelService {
  readonly received: Received[] = [];
  /** Methods that are answered with 405, as a channel does which cannot change what was said. */
  readonly refused = new Set<string>();
  private held: { readonly until: Promise<void>; readonly release: () => void } | undefined;

  private constructor(private readonly server: HttpServer) {
    server.on('request', (request, response) => {
      void (async () => {
        let body = '';
        for await (const chunk of request) body += String(chunk);
        const [, id = ''] = /\/v3\/conversations\/([^/]+)/.exec(request.url ?? '') ?? [];
        const method = request.method ?? '';
        const activity = JSON.parse(body) as Partial<Activity>;
        this.received.push({ method, conversationId: decodeURIComponent(id), activity });
        await this.held?.until;
        response.writeHead(this.refused.has(method) ? 405 : 200, {
          'content-type': 'application/json',
        });
        response.end(JSON.stringify({ id: `reply-${this.received.length}` }));
      })();
    });
  }

  static async open(): Promise<ChannelService> {
    const server = createHttpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ChannelService(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`;
  }

  /** What was said in a conversation, in order. */
  texts(conversationId: string): string[] {
    return this.received
      .filter((each) => each.method === 'POST' && each.conversationId === conversationId)
      .map(({ activity }) => activity.text ?? '');
  }

  /** From now on nothing is acknowledged, until the returned function is called. */
  hold(): () => void {
    let release = (): void => undefined;
    const until = new Promise<void>((resolve) => (release = resolve));
    this.held = { until, release };
    return () => {
      this.held = undefined;
      release();
    };
  }

  close(): void {
    this.held?.release();
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** `/api/messages` with the real adapter, which without credentials asks for no token, and a bot behind it. */
export class AzureDesk {
  readonly log = keptLog();
  private readonly server: Server = createServer(this.log);
  readonly adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication());
  readonly messenger: ConversationMessenger;
  private sent = 0;

  private constructor(
    readonly service: ChannelService,
    private readonly store: Store,
    onTurn: (context: TurnContext) => Promise<void>,
    { conversations, hub }: Pick<SupportDesk, 'conversations' | 'hub'>,
  ) {
    const { adapter, log } = this;
    prepareAdapter(adapter, log, hub);
    mountAzureChannel(this.server, adapter, { conversations, log, onTurn });
    this.messenger = new ConversationMessenger(
      // Nothing in these tests comes through our own channel.
      new Reach(() => ({ directLine: adapter, cloud: { adapter, appId: '' } })),
      { find: async () => undefined },
      new TestClock(new Date(0)),
    );
  }

  /** @param of what the turns run on; a bot that knows nobody to hand over to, without it. */
  static async start(
    onTurn: (context: TurnContext) => Promise<void>,
    of?: Pick<SupportDesk, 'conversations' | 'hub'>,
  ): Promise<AzureDesk> {
    const store = await openStore({ keys: [TEST_KEY] });
    const records = new ConversationRecords(store);
    const conversations = new Conversations(records, new TestClock(new Date(0)));
    const alone = { conversations, hub: { initiate: async () => undefined } };
    const desk = new AzureDesk(await ChannelService.open(), store, onTurn, of ?? alone);
    await new Promise<void>((resolve) => {
      desk.server.listen(0, '127.0.0.1', resolve);
    });
    return desk;
  }

  /** Posts what a channel would; resolves with the answer when the turn is over. */
  async post(posted: unknown): Promise<{ status: number; body: unknown }> {
    const { port } = this.server.address();
    const response = await fetch(`http://127.0.0.1:${port}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(posted),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  }

  /** A message of a conversation as a channel posts it; `changes` take the place of what it holds. */
  message(conversationId: string, changes: object = {}): Record<string, unknown> {
    this.sent += 1;
    return {
      type: 'message',
      id: `message-${this.sent}`,
      channelId: 'msteams',
      serviceUrl: this.service.url,
      conversation: { id: conversationId },
      from: { id: 'customer' },
      recipient: { id: 'desk' },
      text: 'hello',
      ...changes,
    };
  }

  /** Says something, and gives what the bot said in its turn. */
  async say(conversationId: string, text: string, changes: object = {}): Promise<string[]> {
    const before = this.service.texts(conversationId).length;
    const { status } = await this.post(this.message(conversationId, { text, ...changes }));
    if (status !== 200) throw new Error(`The desk answered ${status}.`);
    return this.service.texts(conversationId).slice(before);
  }

  /** Resolves when the bot has sent so much in a conversation. */
  heard(conversationId: string, count: number): Promise<string[]> {
    return until(`${count} texts in ${conversationId}`, () => {
      const texts = this.service.texts(conversationId);
      return texts.length >= count ? texts : undefined;
    });
  }

  async close(): Promise<void> {
    this.service.close();
    await closeServer(this.server);
    await this.store.close();
  }
}

/** The desk's own bot, and those who take over from it. */
export type SupportDesk = Awaited<ReturnType<typeof supportDesk>>;

/** The desk's own bot over a store; `reachBy` lets persons speak. */
export async function supportDesk(store: Store) {
  const config = parseConfig({ NODE_ENV: 'test', PUBLIC_URL: AZURE_DESK_URL });
  const clock = new TestClock(new Date('2026-11-23T04:30:00Z'));
  const log = keptLog();
  const ids = countedIds();
  const records = await openRecords(store, config);
  const secrets = { store: [TEST_KEY], directLine: [TEST_KEY] };
  const onEffects = (): void => undefined;
  const office = officeOf(config, {
    ...{ store, records, secrets, clock, ids, log, onEffects },
  });
  const { cases } = office;
  const conversations = new Conversations(records.conversations, clock);
  const reportDrafts = new ReportDrafts(records.reportDrafts, cases, clock, log);
  const guidance = guidanceOf();
  const policy = policyOf();
  const understanding = await sharedUnderstanding();
  let adapter: BotAdapter | undefined;
  const people: People = peopleOf(office, {
    ...{ conversations, guidance, policy, understanding, clock, ids, log, onEffects },
    publicUrl: AZURE_DESK_URL,
    adapters: () => {
      if (!adapter) throw new Error('Nobody can be reached.');
      return { directLine: adapter, cloud: { adapter, appId: '' } };
    },
    afterTalk: (context, handoff) => bot.afterTalk(context, handoff),
    showPin: (context, text, hidden) => bot.showPin(context, text, hidden),
  });
  const desk = deskOf(config, {
    ...{ ...office, ...people, clock, reportDrafts, guidance, policy, understanding },
    caseChecks: new CaseChecks(cases, records.attempts, clock),
    childStop: new ChildStop({ ...office, conversations, reportDrafts, vault: store.vault }, clock),
    // Mail does not come in here.
    enquiries: { continued: async () => undefined },
    originOf: (id) => conversations.originOf(id),
    staffed: () => true,
    later: afterwards(log),
  });
  const bot: SupportBot = new SupportBot(desk, new ConversationState(records.botState));
  return {
    ...{ bot, clock, conversations, office, people },
    hub: ownHub(people.handoffs),
    reachBy(used: BotAdapter): void {
      adapter = used;
    },
  };
}
