import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseConfig } from '../../bot/config';
import { ROOT } from '../../bot/root';
import { secretsOf } from '../../bot/secrets';
import { systemIds } from '../../bot/system';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'desk-secrets-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

const made = (env: Record<string, string> = {}, under = 'data') =>
  secretsOf(parseConfig({ DATA_DIR: path.join(directory, under), ...env }), systemIds);

test('secrets are made once, 32 bytes each, and differ from one another', () => {
  const first = made();
  expect(made()).toEqual(first);
  expect(first.store).toHaveLength(1);
  expect(first.store[0]!.secret).toHaveLength(32);
  expect(first.directLine[0]!.secret).toHaveLength(32);
  expect(first.store[0]!.secret.equals(first.directLine[0]!.secret)).toBe(false);
});

test('another directory gets others', () => {
  expect(made({}, 'here')).not.toEqual(made({}, 'there'));
});

test('nobody else on the machine can read them, and nothing but them is left behind', () => {
  made();
  made();
  const data = path.join(directory, 'data');
  expect(statSync(path.join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(data).mode & 0o777).toBe(0o700);
  expect(readdirSync(data)).toEqual(['secrets.json']);
});

test('configured secrets are used, and no file is made', () => {
  const entry = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`;
  const secrets = made({ SECRET_KEY: entry('s', 1), DIRECT_LINE_SECRET: entry('d', 2) });
  expect(secrets.store).toEqual([{ id: 's', secret: Buffer.alloc(32, 1) }]);
  expect(secrets.directLine).toEqual([{ id: 'd', secret: Buffer.alloc(32, 2) }]);
  expect(readdirSync(directory)).toEqual([]);
});

test('one that is configured stands beside one that is kept', () => {
  const kept = made();
  const secret = Buffer.alloc(32, 3);
  const mixed = made({ SECRET_KEY: `s:${secret.toString('base64')}` });
  expect(mixed).toEqual({ store: [{ id: 's', secret }], directLine: kept.directLine });
});

test('a file that was damaged is not replaced: what it sealed would be lost', () => {
  made();
  const file = path.join(directory, 'data', 'secrets.json');
  chmodSync(file, 0o600);
  writeFileSync(file, '{');
  expect(() => made()).toThrow();
  expect(readFileSync(file, 'utf8')).toBe('{');
});

test('processes that start at once agree on them', async () => {
  const child = path.join(ROOT, 'test/support/printSecrets.cjs');
  const children = Array.from({ length: 3 }, () =>
    fork(child, [path.join(directory, 'data')], { silent: false }),
  );
  const exits = children.map((each) => once(each, 'exit'));
  const ready = children.map((each) => once(each, 'message'));
  await Promise.all(ready);
  const answers = children.map((each) => once(each, 'message'));
  for (const each of children) each.send('now');
  const told = (await Promise.all(answers)).map(([secrets]) => JSON.stringify(secrets));
  expect(new Set(told).size).toBe(1);
  expect(told[0]).toContain('"store"');
  await Promise.all(exits);
});
