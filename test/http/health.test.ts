import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compose } from '../../bot/compose';
import { parseConfig } from '../../bot/config';
import { ROOT } from '../../bot/root';
import { openStore } from '../../models/store';
import { ProductError } from '../../services/errors';
import { ChatCustomer } from '../support/chatCustomer';
import { startChild } from '../support/children';
import {
  freePort,
  sharedUnderstanding,
  startProduct,
  TEST_KEY,
  type RunningProduct,
} from '../support/product';

const directory = mkdtempSync(path.join(tmpdir(), 'desk-health-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

describe('a running product', () => {
  let running: RunningProduct;
  beforeAll(async () => {
    running = await startProduct({ env: { LOG_LEVEL: 'error' } });
  });
  afterAll(() => running.close());

  const ask = (where: string, init?: RequestInit) => fetch(`${running.url}${where}`, init);

  test('/healthz tells that it runs and what it stores in, and nothing else', async () => {
    const response = await ask('/healthz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ok', store: 'embedded' });
  });

  test('/readyz tells that the store answers', async () => {
    const response = await ask('/readyz');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'ready' });
  });

  describe('/metrics', () => {
    const metrics = async (): Promise<string> => (await ask('/metrics')).text();
    const valueOf = async (line: string): Promise<number> => {
      const found = (await metrics()).split('\n').find((each) => each.startsWith(`${line} `));
      return Number(found?.split(' ').at(-1));
    };

    test('is text for Prometheus, with the desk’s own numbers and those of the process', async () => {
      const response = await ask('/metrics');
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
      const text = await response.text();
      for (const name of ['desk_turn_seconds_count', 'desk_outbox_mails{state="queued"} 0'])
        expect(text).toContain(name);
      expect(text).toContain('process_cpu_seconds_total');
    });

    test('counts turns and events, and holds nothing that a customer said', async () => {
      const before = await valueOf('desk_turn_seconds_count');
      const customer = await ChatCustomer.open(running.url);
      await customer.ask(
        'a caller claimed to be from you yesterday and asked about zanzibar',
        /e-mail/,
      );
      await customer.ask('priyamvada@example.org', /I have read/);
      await customer.ask('no, only me', /works here/);
      await customer.ask('no', /optional/);
      await customer.ask('Priyamvada Sen, 98300 12345', /check it/);
      const told = await customer.ask('send it', /PD-/);
      await running.product.sweep();
      expect(await valueOf('desk_turn_seconds_count')).toBe(before + 7);
      expect(await valueOf('desk_events_total{event="case.opened"}')).toBe(1);
      const [reference = 'none'] = /PD-\w{4}-\w{4}/.exec(told) ?? [];
      const text = await metrics();
      expect(text).not.toMatch(/zanzibar|priyamvada|98300|9830012345|claimed/i);
      expect(text).not.toContain(reference);
      expect(text).not.toContain(customer.conversationId);
    });
  });

  describe('what is not there', () => {
    test.each([
      ['an unknown path', '/nowhere', 'GET'],
      ['an unknown path below a known one', '/healthz/more', 'GET'],
      ['a method that is not offered', '/healthz', 'DELETE'],
      ['a method that is offered elsewhere', '/webchat/token', 'PUT'],
      ['the source', '/../package.json', 'GET'],
      ['Azure Bot Service, without an app id', '/api/messages', 'POST'],
    ])('%s is a 404 in the envelope', async (_what, where, method) => {
      const response = await ask(where, { method });
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      const body = (await response.json()) as { error: { code: string; message: string } };
      expect(body).toEqual({ error: { code: 'NotFound', message: expect.any(String) as string } });
      expect(body.error.message).not.toMatch(/restify|nowhere|healthz/i);
    });
  });

  test.each(['/healthz', '/readyz', '/metrics', '/nowhere', '/', '/policy'])(
    'the security headers stand on %s, and the server does not name itself',
    async (where) => {
      const { headers } = await ask(where);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('server')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );
});

test('/readyz is 503 in the envelope while the store does not answer, and /healthz is not', async () => {
  const running = await startProduct({ directory });
  await running.store.close();
  const ready = await fetch(`${running.url}/readyz`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({
    error: { code: 'StoreUnavailable', message: expect.any(String) as string },
  });
  expect((await fetch(`${running.url}/healthz`)).status).toBe(200);
  await running.product.close();
});

test('a port that is taken is told in words, with what to do, and closing works all the same', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const config = parseConfig({ PORT: String(port), DATA_DIR: directory, LOG_LEVEL: 'silent' });
  const store = await openStore({ keys: [TEST_KEY] });
  const product = await compose(config, { store, understanding: await sharedUnderstanding() });
  const fault = await product.start().catch((error: unknown) => error);
  expect(fault).toBeInstanceOf(ProductError);
  expect((fault as ProductError).message).toBe(
    `Port ${port} is taken by another program. Stop it, or set PORT to another number.`,
  );
  await product.close();
  other.close();
});

describe('closing', () => {
  test('finishes the turn that runs, and what was answered is there after a restart', async () => {
    const understanding = await sharedUnderstanding();
    let closing: Promise<void> | undefined;
    const running = await startProduct({
      understanding: {
        understand: (text) => {
          // In the middle of the turn.
          closing ??= running.close({ keepStore: true });
          return understanding.understand(text);
        },
      },
    });
    const { store, port } = running;
    const customer = await ChatCustomer.open(running.url);
    await customer.say('do you sell my data?');
    while (!closing) await new Promise(setImmediate);
    await closing;
    await expect(fetch(running.url)).rejects.toThrow();
    expect(await store.connection.collection('activities').countDocuments({ pending: true })).toBe(
      0,
    );

    const again = await startProduct({ store, port });
    expect((await customer.history()).join('\n')).toContain('The policy says');
    await again.close();
  });

  test('leaves nothing open: a process with nothing else to do ends', async () => {
    const child = startChild(path.join(ROOT, 'test/support/productChild.ts'), [
      String(await freePort()),
    ]);
    const exit = once(child.process, 'exit');
    const deadline = setTimeout(() => void child.kill(), 20_000);
    await child.line('closed');
    expect(await exit).toEqual([0, null]);
    clearTimeout(deadline);
  });
});
