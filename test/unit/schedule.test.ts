import { Schedule, type Sweep } from '../../bot/schedule';
import { keptLog } from '../support/keptLog';
import { until } from '../support/until';

const NEVER_MS = 60 * 60 * 1000;

/** A sweep that runs until the test lets it go on. */
function held(name = 'held') {
  let running = 0;
  const seen = { runs: 0, atOnce: 0 };
  let letGo: () => void = () => undefined;
  const sweep: Sweep = {
    name,
    everyMs: NEVER_MS,
    run: async () => {
      running += 1;
      seen.runs += 1;
      seen.atOnce = Math.max(seen.atOnce, running);
      await new Promise<void>((resolve) => (letGo = resolve));
      running -= 1;
    },
  };
  return {
    sweep,
    seen,
    letGo: () => {
      letGo();
    },
  };
}

const counting = (everyMs = NEVER_MS, name = 'counting') => {
  const seen = { runs: 0 };
  const sweep: Sweep = { name, everyMs, run: async () => (seen.runs += 1) };
  return { sweep, seen };
};

const schedules: Schedule[] = [];
const scheduleOf = (...sweeps: Sweep[]) => {
  const log = keptLog();
  const schedule = new Schedule(sweeps, log);
  schedules.push(schedule);
  return { schedule, log };
};
afterEach(async () => {
  for (const schedule of schedules.splice(0)) await schedule.stop();
});

test('nothing runs before the start; then each at once and at its pace', async () => {
  const often = counting(5);
  const seldom = counting();
  const { schedule } = scheduleOf(often.sweep, seldom.sweep);
  expect(often.seen.runs + seldom.seen.runs).toBe(0);
  schedule.start();
  await until('a few runs', () => often.seen.runs >= 4);
  expect(seldom.seen.runs).toBe(1);
});

test('a kick runs a sweep now', async () => {
  const { sweep, seen } = counting();
  const { schedule } = scheduleOf(sweep);
  schedule.kick(sweep);
  await until('the run', () => seen.runs === 1);
});

test('a sweep never runs twice at a time; kicks during a run are one more run', async () => {
  const { sweep, seen, letGo } = held();
  const { schedule } = scheduleOf(sweep);
  for (let kicks = 0; kicks < 5; kicks += 1) schedule.kick(sweep);
  expect(seen.runs).toBe(1);
  letGo();
  await until('the second run', () => seen.runs === 2);
  letGo();
  await schedule.stop();
  expect(seen).toEqual({ runs: 2, atOnce: 1 });
});

test('sweeps do not wait for one another', async () => {
  const slow = held();
  const { sweep, seen } = counting();
  const { schedule } = scheduleOf(slow.sweep, sweep);
  schedule.start();
  await until('the other sweep', () => seen.runs === 1);
  slow.letGo();
});

test('one that fails is logged by name, and runs again', async () => {
  let runs = 0;
  const sweep: Sweep = {
    name: 'failing',
    everyMs: NEVER_MS,
    run: async () => {
      runs += 1;
      throw new Error('rina@example.org');
    },
  };
  const { schedule, log } = scheduleOf(sweep);
  await schedule.runAll();
  await schedule.runAll();
  expect(runs).toBe(2);
  expect(log.lines).toHaveLength(2);
  expect(log.lines[0]).toMatchObject({
    level: 'error',
    event: 'sweep.failed',
    fields: { kind: 'failing' },
  });
});

test('running all goes in order, each after the one before, and what one kicks is waited for', async () => {
  const order: string[] = [];
  const last: Sweep = { name: 'last', everyMs: NEVER_MS, run: async () => order.push('last') };
  const first: Sweep = {
    name: 'first',
    everyMs: NEVER_MS,
    run: async () => {
      order.push('first begins');
      await new Promise(setImmediate);
      order.push('first ends');
    },
  };
  const { schedule } = scheduleOf(first, last);
  await schedule.runAll();
  expect(order).toEqual(['first begins', 'first ends', 'last']);
});

test('stopping waits for what runs, and nothing runs after it', async () => {
  const { sweep, seen, letGo } = held();
  const { schedule } = scheduleOf(sweep);
  schedule.start();
  schedule.kick(sweep);
  let stopped = false;
  const stopping = schedule.stop().then(() => (stopped = true));
  await new Promise(setImmediate);
  expect(stopped).toBe(false);
  letGo();
  await stopping;
  schedule.kick(sweep);
  await schedule.runAll();
  expect(seen.runs).toBe(1);
});
