import { randomUUID } from 'node:crypto';
import { availableParallelism, tmpdir } from 'node:os';
import { parseConfig } from '../bot/config';
import { createLog } from '../bot/log';
import { officeOf, type Office } from '../bot/office';
import { openRecords } from '../bot/records';
import { secretsOf } from '../bot/secrets';
import { systemClock, systemIds } from '../bot/system';
import { openStore, type Store } from '../models/store';
import { Effects } from '../services/effects';
import { Outbox } from '../services/outbox';
import { PromiseSweep } from '../services/promiseSweep';

/*
 * `npm run bench`: processor time of a sweep of promises and effects with nothing due, over 1,000 and over 100,000 open
 * cases. A sweep that looked at the cases would take a hundred times as long over the latter; one that finds what is due
 * by an index takes the same.
 *
 * Both stores live in memory in this process, so that their work is counted, too; the yardstick is a ping of the store,
 * through the same driver. Rounds alternate between the three; each ratio is the median of the rounds' ratios.
 */

const FEW = 1_000;
const MANY = 100_000;
const WARM_UP_ROUNDS = 3;
const ROUNDS = 15;
const SWEEPS_PER_ROUND = 100;
const BATCH = 1_000;
const DAY_MS = 24 * 60 * 60 * 1000;
const KEY = { id: 'bench', secret: Buffer.alloc(32, 7) };

/** A desk's sweeps over a store of its own. */
interface Desk {
  readonly store: Store;
  readonly sweep: () => Promise<unknown>;
}

async function deskWith(openCases: number): Promise<Desk> {
  const ring = `${KEY.id}:${KEY.secret.toString('base64')}`;
  const config = parseConfig({
    ...{ NODE_ENV: 'test', DATA_DIR: tmpdir(), LOG_LEVEL: 'silent' },
    ...{ SECRET_KEY: ring, DIRECT_LINE_SECRET: ring },
  });
  const store = await openStore({ keys: [KEY] });
  const log = createLog('silent');
  const world = { clock: systemClock, ids: systemIds, log, onEffects: () => undefined };
  const office = officeOf(config, {
    ...{ store, ...world },
    records: await openRecords(store, config),
    secrets: secretsOf(config, systemIds),
  });
  await openMany(office, openCases);
  const { records, changes, terms } = office;
  const promises = new PromiseSweep(records.cases, changes, terms, systemClock, log, {
    person: 'write to us',
    mailIsIn: () => Promise.resolve(true),
  });
  const effects = new Effects(records.cases, partsOf(office), systemClock, log);
  return { store, sweep: () => Promise.all([promises.sweep(), effects.sweep()]) };
}

/** Nothing follows from any case here, so that none of these has anything to do. */
function partsOf({ audit, records, replyTokens, staff }: Office) {
  const mailer = {
    send: () => Promise.resolve({ outcome: 'accepted' as const }),
    close: () => Promise.resolve(),
  };
  const log = createLog('silent');
  const names = { from: 'desk@example.com', domain: 'example.com' };
  const outbox = new Outbox(records.outbox, mailer, systemClock, systemIds, log, names);
  return { audit, outbox, replyTokens, staff, messenger: { send: () => Promise.resolve() } };
}

/** Opens one case as the desk does, and stores the others as copies of it, due over the year to come. */
async function openMany({ cases, records, store }: Office, count: number): Promise<void> {
  const id = randomUUID();
  await cases.open({
    ...{ id, kind: 'breach', urgency: 'high', aboutStaff: 'no', confirmed: true, channel: 'chat' },
    receivedAt: systemClock.now(),
    report: { whatHappened: 'Somebody read my letters.', email: 'rina@example.org' },
  });
  for (const { content } of await records.cases.withEffects(count))
    for (const effect of content?.effects ?? []) await records.cases.removeEffect(id, effect.id);
  const collection = store.connection.collection<{ _id: string }>('cases');
  const first = await collection.findOne({ _id: id });
  const now = systemClock.now().getTime();
  for (let from = 1; from < count; from += BATCH)
    await collection.insertMany(
      Array.from({ length: Math.min(BATCH, count - from) }, (_, index) => ({
        ...first,
        ...{ _id: randomUUID(), reference: `PD-${from + index}` },
        openedAt: new Date(now - 7 * DAY_MS),
        clock: {
          event: 'warning2',
          nextAt: new Date(now + DAY_MS + ((from + index) / count) * 365 * DAY_MS),
        },
      })),
    );
}

/** Processor time per call, user and system, of all threads, in microseconds. */
async function cpuOf(act: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  for (let n = 0; n < SWEEPS_PER_ROUND; n += 1) await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / SWEEPS_PER_ROUND;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Number(value.toFixed(2));

async function measure(): Promise<void> {
  const few = await deskWith(FEW);
  const many = await deskWith(MANY);
  const rounds: { few: number; many: number; ping: number }[] = [];
  for (let round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round += 1) {
    const measured = {
      few: await cpuOf(few.sweep),
      many: await cpuOf(many.sweep),
      ping: await cpuOf(() => many.store.ping()),
    };
    if (round < 1) continue;
    rounds.push(measured);
    console.log(
      `round ${round}: ${FEW} cases ${measured.few.toFixed(0)} µs a sweep, ${MANY} cases ${measured.many.toFixed(0)} µs, a ping ${measured.ping.toFixed(0)} µs`,
    );
  }
  for (const { store } of [few, many]) await store.close();

  const ratio = median(rounds.map((each) => each.many / each.few));
  const toPing = median(rounds.map((each) => each.many / each.ping));
  console.log(
    `\nWith nothing due, a sweep over ${MANY} open cases takes ${ratio.toFixed(2)} times the processor time of one over ${FEW}, and ${toPing.toFixed(1)} times that of a ping.`,
  );
  const result = {
    bench: 'sweep',
    ratio: rounded(ratio),
    toPing: rounded(toPing),
    fewUs: Math.round(median(rounds.map((each) => each.few))),
    manyUs: Math.round(median(rounds.map((each) => each.many))),
    pingUs: Math.round(median(rounds.map((each) => each.ping))),
    rounds: rounds.length,
    sweepsPerRound: SWEEPS_PER_ROUND,
    node: process.version,
    cpus: availableParallelism(),
  };
  console.log(JSON.stringify(result));
}

measure().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
