import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ActivityHandler } from 'botbuilder';
import { compose } from '../bot/compose';
import { parseConfig } from '../bot/config';
import { directLineChannel } from '../bot/directLine';
import { createLog } from '../bot/log';
import { closeServer, createServer, listen } from '../bot/server';
import { systemClock, systemIds } from '../bot/system';
import { ConversationRecords } from '../models/conversations';
import { openStore } from '../models/store';
import { Conversations } from '../services/conversations';
import { startProfile, type Shares } from './profile';

/** What is measured: the whole product, or a bot that says back what it hears. */
export type Role = 'product' | 'echo';

/** What the measuring process asks of a server's process. */
export type Command = 'cpu' | 'startProfile' | 'endProfile' | 'close';

/** What it is told. */
export interface Told {
  readonly port?: number;
  /** Processor time so far, user and system, of all threads, in microseconds. */
  readonly cpu?: number;
  readonly shares?: Shares;
}

/** The key of both servers' channel. */
export const SECRET = { id: 'bench', secret: Buffer.alloc(32, 7) };

interface Running {
  readonly port: number;
  close(): Promise<void>;
}

const UNLIMITED = { points: 1_000_000, seconds: 1 };

/** The product as it is shipped, over files; only the log is silent, and a proxy is trusted so that every conversation can have an address of its own. */
async function startWholeProduct(directory: string): Promise<Running> {
  const ring = `${SECRET.id}:${SECRET.secret.toString('base64')}`;
  const config = parseConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: directory,
    SECRET_KEY: ring,
    DIRECT_LINE_SECRET: ring,
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'silent',
  });
  const product = await compose(config);
  return { port: await product.start(), close: () => product.close() };
}

/** The SDK's echo bot, without state, behind the same channel and the same kind of store. */
async function startEcho(directory: string): Promise<Running> {
  const store = await openStore({ directory, keys: [SECRET] });
  const records = new ConversationRecords(store);
  await records.ensureIndexes();
  const log = createLog('silent');
  const bot = new ActivityHandler()
    .onMembersAdded(async (context, next) => {
      await context.sendActivity('Hello.');
      await next();
    })
    .onMessage(async (context, next) => {
      await context.sendActivity(`You said: ${context.activity.text}`);
      await next();
    });
  const channel = directLineChannel({
    conversations: new Conversations(records, systemClock),
    clock: systemClock,
    ids: systemIds,
    log,
    secrets: [SECRET],
    publicUrl: 'http://localhost:3978',
    corsOrigins: [],
    clientAddress: () => 'bench',
    redact: (text) => ({ text, masked: [] }),
    onTurn: (context) => bot.run(context),
    limits: { calls: UNLIMITED, burst: UNLIMITED, steady: UNLIMITED },
  });
  const server = createServer(log);
  channel.mount(server);
  await listen(server, 0, '127.0.0.1');
  return {
    port: server.address().port,
    close: async () => {
      const closed = closeServer(server);
      await channel.close();
      await closed;
      await store.close();
    },
  };
}

/** Runs one of the servers in this process, and answers the measuring process. */
export async function serve(role: Role): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), `desk-bench-${role}-`));
  const running = await (role === 'product' ? startWholeProduct : startEcho)(directory);
  const tell = (told: Told): void => {
    process.send?.(told);
  };
  let endProfile: () => Promise<Shares> = () => Promise.resolve({});
  const answers: Record<Command, () => Promise<void>> = {
    cpu: async () => {
      const { user, system } = process.cpuUsage();
      tell({ cpu: user + system });
    },
    startProfile: async () => {
      endProfile = await startProfile();
      tell({});
    },
    endProfile: async () => {
      tell({ shares: await endProfile() });
    },
    close: async () => {
      await running.close();
      rmSync(directory, { recursive: true, force: true });
      process.disconnect();
    },
  };
  process.on('message', (command: Command) => void answers[command]());
  tell({ port: running.port });
}
