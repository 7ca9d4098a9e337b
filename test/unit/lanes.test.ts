import { Lanes } from '../../services/lanes';

const tick = () => new Promise((resolve) => setImmediate(resolve));

test('jobs of one key run one at a time and in order, of different keys side by side', async () => {
  const lanes = new Lanes();
  const events: string[] = [];
  const job = (name: string) => async () => {
    events.push(`${name} starts`);
    await tick();
    events.push(`${name} ends`);
  };
  await Promise.all([
    lanes.run('a', job('a1')),
    lanes.run('a', job('a2')),
    lanes.run('b', job('b')),
  ]);
  expect(events.filter((event) => event.startsWith('a'))).toEqual([
    ...['a1 starts', 'a1 ends', 'a2 starts', 'a2 ends'],
  ]);
  expect(events.indexOf('b starts')).toBeLessThan(events.indexOf('a1 ends'));
});

test('a job that fails rejects its own promise and does not hold up the next', async () => {
  const lanes = new Lanes();
  const failing = lanes.run('a', () => Promise.reject(new Error('no')));
  const next = lanes.run('a', async () => 'done');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('done');
});

test('a job that is given from within a job waits for it, also when given at once', async () => {
  const lanes = new Lanes();
  const events: string[] = [];
  let inner: Promise<void> | undefined;
  await lanes.run('a', async () => {
    inner = lanes.run('a', async () => {
      events.push('inner');
    });
    await tick();
    events.push('outer');
  });
  await inner;
  expect(events).toEqual(['outer', 'inner']);
});

test('a lane is busy until its last job has ended, and idle waits for all', async () => {
  const lanes = new Lanes();
  const first = lanes.run('a', tick);
  void lanes.run('a', tick);
  expect(lanes.busy('a')).toBe(true);
  expect(lanes.busy('b')).toBe(false);
  await first;
  expect(lanes.busy('a')).toBe(true);
  await lanes.idle();
  expect(lanes.busy('a')).toBe(false);
});
