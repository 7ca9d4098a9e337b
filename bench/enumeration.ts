import { fork, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { compose } from '../bot/compose';
import { parseConfig } from '../bot/config';
import { CustomerRecords, type Customer as CustomerRecord } from '../models/customers';
import { openStore, type Store } from '../models/store';
import { Customer } from './customer';
import { SECRET } from './servers';

/*
 * `node dist/bench/enumeration.js`: whether the time of an answer tells if somebody is a customer.
 *
 * The whole product runs in a process of its own, over an embedded store in files. Customers ask for a change and say
 * whose record it is; what is measured is from the POST of that message to the bot's first answer (`asked`), and the same
 * for the message after it, a wrong code, while the mail of the one before may be on its way (`next`). Each sample has a
 * conversation, an address of origin and a name of its own, so that no limit is met; known and unknown ones take turns, and
 * which of the two comes first. The p-value is that of a two-sided rank-sum test: how often a difference as large would
 * come by chance.
 */

const SAMPLES = 120;
const WARM_UP = 10;
/** After each sample, so that what follows from it is done before the next one. */
const SETTLE_MS = 60;
/** The bot says two things in one turn; both are to be there before the next message. */
const SECOND_LINE_MS = 25;
const ASKING = 'Please change my telephone number to 98300 12345';
const WRONG_CODE = '000000';

/** What a sample says it is: as long for those who are known as for those who are not. */
const KINDS = {
  address: (number: number, known: boolean) =>
    `${known ? 'member' : 'nobody'}${number + 1000}@example.com`,
  userName: (number: number, known: boolean) => `${known ? 'm' : 'n'}.user.${number + 1000}`,
} as const;
type Kind = keyof typeof KINDS;

/** Milliseconds until the bot's answer. */
interface Sample {
  readonly asked: number;
  readonly next: number;
}

const settings = (directory: string): Record<string, string> => {
  const ring = `${SECRET.id}:${SECRET.secret.toString('base64')}`;
  return {
    ...{ NODE_ENV: 'test', PORT: '0', DATA_DIR: directory, LOG_LEVEL: 'silent' },
    ...{ SECRET_KEY: ring, DIRECT_LINE_SECRET: ring, TRUSTED_PROXIES: '1' },
  };
};

/** Runs the product in this process, until its parent says otherwise. */
async function serve(directory: string): Promise<void> {
  const product = await compose(parseConfig(settings(directory)));
  process.once('message', () => {
    void product.close().then(() => {
      process.disconnect();
    });
  });
  process.send?.({ port: await product.start() });
}

async function seed(store: Store): Promise<void> {
  const records = new CustomerRecords(store);
  const numbers = Array.from({ length: SAMPLES + WARM_UP }, (_each, number) => number);
  const customers = numbers.map((number): CustomerRecord => ({
    ...{ id: randomUUID(), userName: KINDS.userName(number, true), name: 'Asha Rao' },
    ...{ email: KINDS.address(number, true), mailingAddress: '8 Lake Terrace\nKolkata 700029' },
    ...{ newsletter: true, marketingEmail: true, marketingPhone: true, marketingPost: true },
    ...{ formerEmails: [], handled: [], revision: 0 },
  }));
  const importId = randomUUID();
  await records.stage(importId, new Date(), customers);
  await records.show(importId);
}

const timed = async (doing: Promise<void>): Promise<number> => {
  const began = performance.now();
  await doing;
  return performance.now() - began;
};

async function sample(url: string, client: number, name: string): Promise<Sample> {
  const customer = await Customer.open(url, client);
  await customer.say(ASKING);
  await pause(SETTLE_MS);
  const asked = await timed(customer.say(name));
  await pause(SECOND_LINE_MS);
  const next = await timed(customer.say(WRONG_CODE));
  customer.close();
  await pause(SETTLE_MS);
  return { asked, next };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Number(value.toFixed(3));

/** Two-sided, by the normal approximation, which a hundred samples are plenty for; ties do not occur in such times. */
function rankSumP(some: readonly number[], others: readonly number[]): number {
  const all = [
    ...some.map((value) => ({ value, mine: 1 })),
    ...others.map((value) => ({ value, mine: 0 })),
  ];
  const sum = all
    .sort((a, b) => a.value - b.value)
    .reduce((total, { mine }, place) => total + mine * (place + 1), 0);
  const n = some.length * others.length;
  const u = sum - (some.length * (some.length + 1)) / 2;
  const z = Math.abs(u - n / 2) / Math.sqrt((n * (all.length + 1)) / 12);
  return 2 * upperTail(z);
}

/** Of the standard normal distribution, for z of 0 or more; Abramowitz and Stegun 26.2.17, exact to 7.5e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153];
  const polynomial = series.reduce((sum, factor) => (sum + factor) * t, 0);
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}

function compared(known: readonly number[], unknown: readonly number[]) {
  const [one, other] = [median(known), median(unknown)];
  return {
    ...{ knownMs: rounded(one), unknownMs: rounded(other), differenceMs: rounded(one - other) },
    ...{ ratio: rounded(one / other), p: rounded(rankSumP(known, unknown)) },
  };
}

async function measured(url: string, kind: Kind, from: number) {
  const samples: Record<'known' | 'unknown', Sample[]> = { known: [], unknown: [] };
  for (let number = 0; number < SAMPLES + WARM_UP; number += 1) {
    const turns = number % 2 ? ([true, false] as const) : ([false, true] as const);
    for (const [place, known] of turns.entries()) {
      const client = from + number * 2 + place;
      const taken = await sample(url, client, KINDS[kind](number, known));
      if (number >= WARM_UP) samples[known ? 'known' : 'unknown'].push(taken);
    }
  }
  const of = (what: keyof Sample) =>
    compared(
      samples.known.map((each) => each[what]),
      samples.unknown.map((each) => each[what]),
    );
  return { asked: of('asked'), next: of('next') };
}

async function measure(): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'desk-bench-enumeration-'));
  const child: ChildProcess = fork(__filename, ['serve', directory]);
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  const store = await openStore({ directory, keys: [SECRET] });
  await seed(store);
  const url = `http://127.0.0.1:${port}`;
  const address = await measured(url, 'address', 1);
  const userName = await measured(url, 'userName', 10_000);
  // Each sample has to have come to the code, or something else was measured.
  const tried = { kind: 'record', tries: 1 };
  const reached = await store.connection.collection('verifications').countDocuments(tried);
  if (reached !== 4 * (SAMPLES + WARM_UP))
    throw new Error(`Only ${reached} samples asked for a code and tried one.`);
  await store.close();
  const exited = once(child, 'exit');
  child.send('close');
  await exited;
  rmSync(directory, { recursive: true, force: true });
  console.log(
    JSON.stringify({
      ...{ bench: 'enumeration', samples: SAMPLES, address, userName },
      ...{ node: process.version, cpus: availableParallelism() },
    }),
  );
}

const [, , role, directory] = process.argv;
const work = role === 'serve' && directory ? serve(directory) : measure();
work.catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
