import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compose } from '../bot/compose';
import { parseConfig } from '../bot/config';
import { StaffAccountRecords } from '../models/staffAccounts';
import { openStore } from '../models/store';
import { hashPassword } from '../services/staffAccounts/passwords';
import { SECRET } from './servers';
import { Chat, LOST_MS, Page, PASSWORD, speakerOf, type ChatActivity, type Side } from './talkers';

/*
 * `node dist/bench/handoff.js`: how long words take from a customer to an agent and back, and what a long queue costs.
 *
 * The whole product runs in a process of its own, over an embedded store in files; customers come over Direct Line with
 * a socket each, agents over the console with a live socket each. Of `PAIRS` conversations at once each side says its
 * next message when its last one has arrived and a pause like that of somebody who types fast is over; both sides talk at
 * the same time. A time goes from before the POST to the message on the other's socket. The yardstick is the same path in
 * the same run with one conversation alone, half before and half after, in conversations that follow each other. The
 * queue is measured with many who wait against few: how long `GET /queue` takes, and how long it takes from before a
 * customer's wish for a person until all agents' sockets have its line.
 *
 * Whatever is lost, doubled, out of order, said by somebody else, or heard by an agent who does not hold the
 * conversation, is a failure: exit code 1. It takes about five minutes. The opening hours leave out one minute of the
 * day, from 23:59 in the company's zone.
 */

const AGENTS = 5;
const PAIRS = 50;
/** Each way, in each conversation. */
const MESSAGES = 20;
/** Of each side: half as many messages in a second as there are conversations, each way. */
const TYPING_MS: Range = [1000, 3000];
/** Conversations alone, before and again after. */
const ALONE = 8;
/** Alone nobody is in the way; shorter, yet a conversation may post no more than ten times in a second. */
const ALONE_TYPING_MS: Range = [120, 280];
const FEW_WAITING = 5;
const MANY_WAITING = 500;
const SAMPLES = 100;
/** The console looks up anew who waits when it has known it for a minute. */
const FORGOTTEN_MS = 61_000;
const OPENED_AT_ONCE = 10;
const POLL_MS = 50;
const WISH = 'I want to talk to a person';
const ALL_WEEK = { weekend: [], opens: '00:00', closes: '23:59' };

type Range = readonly [least: number, most: number];
type Times = Record<Side, number[]>;

/** What the serving process tells: its port, then on demand its processor time so far, in microseconds. */
interface Told {
  readonly port?: number;
  readonly cpu?: number;
}

/** Runs the product in this process, until its parent lets go of it. */
async function serve(directory: string): Promise<void> {
  const ring = `${SECRET.id}:${SECRET.secret.toString('base64')}`;
  const config = parseConfig({
    ...{ NODE_ENV: 'test', PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent' },
    ...{ SECRET_KEY: ring, DIRECT_LINE_SECRET: ring, TRUSTED_PROXIES: '1' },
    CALENDAR_FILE: path.join(directory, 'calendar.json'),
  });
  const product = await compose(config);
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system } satisfies Told);
  });
  process.once('disconnect', () => void product.close());
  process.send?.({ port: await product.start() } satisfies Told);
}

/** Puts the agents into the store before the desk starts. @returns their addresses. */
async function seed(directory: string): Promise<string[]> {
  writeFileSync(path.join(directory, 'calendar.json'), JSON.stringify(ALL_WEEK));
  const store = await openStore({ directory, keys: [SECRET] });
  const accounts = new StaffAccountRecords(store);
  await accounts.ensureIndexes();
  const passwordHash = await hashPassword(PASSWORD);
  const emails = Array.from({ length: AGENTS }, (_each, number) => `agent${number}@staff.example`);
  for (const email of emails) {
    const account = { id: randomUUID(), email, name: `Agent ${email}`, roles: ['agent'] };
    const state = { state: 'active', passwordHash, totpConfirmed: false } as const;
    const counts = { lastTotpStep: 0, epoch: 0, createdAt: new Date(), revision: 0 };
    await accounts.insert({ ...account, ...state, ...counts }, []);
  }
  await store.close();
  return emails;
}

/** The product in its process, and the pages of all agents. */
interface Desk {
  readonly url: string;
  readonly pages: readonly Page[];
  /** Processor time of the product so far, in microseconds. */
  readonly cpu: () => Promise<number>;
}

/** Agents take turns. */
function pageOf({ pages }: Desk, number: number): Page {
  const page = pages[number % pages.length];
  if (!page) throw new Error('There are no agents.');
  return page;
}

/** A conversation that an agent holds. */
interface Pair {
  readonly chat: Chat;
  readonly page: Page;
  /** Of the handoff. */
  readonly id: string;
  readonly said: Record<Side, string[]>;
}

/** Asks for a person. @returns the handoff, and in milliseconds how long until all pages had its line. */
async function ask({ pages }: Desk, chat: Chat): Promise<{ id: string; ms: number }> {
  const lines = pages.map((page) => page.arrivals.next('new line'));
  const began = performance.now();
  await chat.say(WISH);
  const arrived = await Promise.all(lines);
  const [{ id } = { id: '' }] = arrived;
  if (arrived.some((each) => each.id !== id))
    throw new Error('The pages heard of different lines.');
  return { id, ms: Math.max(...arrived.map(({ at }) => at)) - began };
}

async function begin(desk: Desk, number: number): Promise<Pair> {
  const page = pageOf(desk, number);
  const chat = await Chat.open(desk.url);
  const { id } = await ask(desk, chat);
  await page.did(`/handoffs/${id}/claim`, {}, 'claimed');
  return { chat, page, id, said: { customer: [], agent: [] } };
}

async function finish({ chat, page, id }: Pair): Promise<void> {
  const how = { disposition: 'solved' };
  await page.did(`/handoffs/${id}/close`, how, 'done');
  chat.close();
}

const SAYING: Readonly<Record<Side, (pair: Pair) => Promise<number>>> = {
  customer: async ({ chat, page, id, said: { customer: said } }) => {
    const text = `No. ${said.length + 1}: it is still not there, and the shop says that it was sent on.`;
    said.push(text);
    const arrived = page.arrivals.next(`${id} ${text}`);
    const began = performance.now();
    await chat.say(text);
    return (await arrived).at - began;
  },
  agent: async ({ chat, page, id, said: { agent: said } }) => {
    const text = `No. ${said.length + 1}: thank you, I am looking at it; which day was it when they sent it?`;
    said.push(text);
    const arrived = chat.arrivals.next(text);
    const began = performance.now();
    await page.did(`/handoffs/${id}/say`, { id: randomUUID(), text }, 'said');
    return (await arrived).at - began;
  },
};

/** Both sides talk at the same time. @returns milliseconds of each message, each way. */
async function talk(pair: Pair, [least, most]: Range): Promise<Times> {
  const speak = async (side: Side): Promise<number[]> => {
    const times: number[] = [];
    while (times.length < MESSAGES) {
      await pause(least + Math.random() * (most - least));
      times.push(await SAYING[side](pair));
    }
    return times;
  };
  const [customer, agent] = await Promise.all([speak('customer'), speak('agent')]);
  return { customer, agent };
}

const same = (some: readonly string[], others: readonly string[]): boolean =>
  JSON.stringify(some) === JSON.stringify(others);

/** @throws Error that says what is wrong with what came of a talk. */
async function check({ pages }: Desk, { chat, page, id, said }: Pair): Promise<void> {
  const log = await chat.log();
  const talked = log.slice(1 + log.findIndex(({ channelData }) => channelData?.talkingTo));
  const textsOf = (activities: readonly ChatActivity[]) => activities.map(({ text = '' }) => text);
  const loggedOf = (side: Side) => textsOf(talked.filter((each) => speakerOf(each) === side));
  const seen = (page.heard.get(id) ?? []).filter(({ from }) => from !== 'bot');
  const right: Record<string, boolean> = {
    'the log has the customer’s words otherwise': same(loggedOf('customer'), said.customer),
    'the log has the agent’s words otherwise': same(loggedOf('agent'), said.agent),
    'the bot spoke, too': talked.length === said.customer.length + said.agent.length,
    'the customer heard otherwise': same(chat.heard, [WISH, ...textsOf(talked)]),
    'the agent heard otherwise': same(
      seen.map(({ text }) => text),
      textsOf(talked),
    ),
    'another agent heard it': pages.every((each) => each === page || !each.heard.has(id)),
  };
  const faults = Object.keys(right).filter((fault) => !right[fault]);
  if (faults.length > 0) throw new Error(`A conversation failed: ${faults.join('; ')}.`);
}

const together = (times: readonly Times[]): Times => ({
  customer: times.flatMap(({ customer }) => customer),
  agent: times.flatMap(({ agent }) => agent),
});

/** Conversations one after the other. */
async function alone(desk: Desk, count: number): Promise<Times> {
  const times: Times[] = [];
  for (let number = 0; number < count; number += 1) {
    const pair = await begin(desk, number);
    times.push(await talk(pair, ALONE_TYPING_MS));
    await check(desk, pair);
    await finish(pair);
  }
  return together(times);
}

async function atOnce(desk: Desk) {
  const pairs: Pair[] = [];
  for (let number = 0; number < PAIRS; number += 1) pairs.push(await begin(desk, number));
  const [cpu, began] = [await desk.cpu(), performance.now()];
  const times = together(await Promise.all(pairs.map((pair) => talk(pair, TYPING_MS))));
  const messages = times.customer.length + times.agent.length;
  const took = {
    seconds: (performance.now() - began) / 1000,
    cpuMs: ((await desk.cpu()) - cpu) / 1000 / messages,
  };
  for (const pair of pairs) {
    await check(desk, pair);
    await finish(pair);
  }
  return { ...took, times, messages };
}

/** Lets customers ask until so many wait; their chats stay open. */
async function fill({ url, pages }: Desk, count: number): Promise<void> {
  let toOpen = count - Math.max(...pages.map(({ waiting }) => waiting.size));
  const open = async (): Promise<void> => {
    while (toOpen > 0) {
      toOpen -= 1;
      await (await Chat.open(url)).say(WISH);
    }
  };
  await Promise.all(Array.from({ length: OPENED_AT_ONCE }, open));
  const began = performance.now();
  while (pages.some(({ waiting }) => waiting.size < count)) {
    if (performance.now() - began > LOST_MS)
      throw new Error('Not all who asked came to the queue.');
    await pause(POLL_MS);
  }
}

async function readQueue(page: Page, count: number): Promise<{ ms: number; bytes: number }> {
  const began = performance.now();
  const text = await page.get('/queue');
  const ms = performance.now() - began;
  const { waiting } = JSON.parse(text) as { waiting: readonly unknown[] };
  if (waiting.length !== count) throw new Error(`${waiting.length} wait rather than ${count}.`);
  return { ms, bytes: Buffer.byteLength(text) };
}

async function queueWith(desk: Desk, count: number) {
  await fill(desk, count);
  const [queue, line]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let number = 0; number < SAMPLES; number += 1) {
    const read = await readQueue(pageOf(desk, number), count);
    queue.push(read.ms);
    ({ bytes } = read);
  }
  for (let number = 0; number < SAMPLES; number += 1) {
    const chat = await Chat.open(desk.url);
    const { id, ms } = await ask(desk, chat);
    line.push(ms);
    const gone = desk.pages.map((page) => page.arrivals.next(`gone ${id}`));
    await chat.end();
    await Promise.all(gone);
    chat.close();
  }
  return { queue, line, bytes };
}

const rounded = (value: number): number => Number(value.toFixed(1));

/** A line of the table: milliseconds of what is measured and of its yardstick. */
function row(times: readonly number[], yardstick: readonly number[]): Record<string, number> {
  const percentile = (some: readonly number[], share: number): number =>
    [...some].sort((a, b) => a - b)[Math.ceil(some.length * share) - 1] ?? Number.NaN;
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const [unit50, unit99] = [percentile(yardstick, 0.5), percentile(yardstick, 0.99)];
  return {
    ...{ p50: rounded(p50), p99: rounded(p99) },
    ...{ 'yardstick p50': rounded(unit50), 'yardstick p99': rounded(unit99) },
    ...{ 'ratio p50': rounded(p50 / unit50), 'ratio p99': rounded(p99 / unit99) },
  };
}

async function figures(desk: Desk): Promise<void> {
  // The code is compiled while it runs for the first times.
  await alone(desk, 2);
  const before = await alone(desk, ALONE);
  const { times, messages, seconds, cpuMs } = await atOnce(desk);
  const yardstick = together([before, await alone(desk, ALONE)]);
  const few = await queueWith(desk, FEW_WAITING);
  const many = await queueWith(desk, MANY_WAITING);
  await pause(FORGOTTEN_MS);
  const afresh = await Promise.all(desk.pages.map((page) => readQueue(page, MANY_WAITING)));
  console.log(
    `${PAIRS} conversations at once: ${messages} messages in ${rounded(seconds)} s, ${rounded(cpuMs)} ms of the desk's processor time each; none was lost, doubled or out of order.`,
  );
  console.log(`Milliseconds; the yardstick: one conversation alone, or ${FEW_WAITING} waiting.`);
  console.table({
    'customer to agent': row(times.customer, yardstick.customer),
    'agent to customer': row(times.agent, yardstick.agent),
    [`GET /queue, ${MANY_WAITING} waiting`]: row(many.queue, few.queue),
    [`a new line, ${MANY_WAITING} waiting`]: row(many.line, few.line),
  });
  console.log(
    `GET /queue has ${many.bytes} bytes, with ${FEW_WAITING} waiting ${few.bytes}. Of ${AGENTS} at once, when all have to be looked up anew, the last takes ${rounded(Math.max(...afresh.map(({ ms }) => ms)))} ms.`,
  );
  console.log(`Node.js ${process.version}, ${availableParallelism()} processors.`);
}

async function told(child: ChildProcess): Promise<Told> {
  const [message] = (await once(child, 'message')) as [Told];
  return message;
}

async function measure(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'desk-bench-handoff-'));
  const emails = await seed(directory);
  const child = fork(__filename, ['serve', directory]);
  const exited = once(child, 'exit');
  try {
    const { port = 0 } = await told(child);
    const url = `http://127.0.0.1:${port}`;
    const pages = await Promise.all(emails.map((email) => Page.open(url, email)));
    const cpu = async (): Promise<number> => {
      child.send('cpu');
      return (await told(child)).cpu ?? Number.NaN;
    };
    await figures({ url, pages, cpu });
    for (const page of pages) page.close();
  } finally {
    child.disconnect();
    await exited;
    rmSync(directory, { recursive: true, force: true });
  }
}

const [, , role, directory] = process.argv;
const work = role === 'serve' && directory ? serve(directory) : measure();
work.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
