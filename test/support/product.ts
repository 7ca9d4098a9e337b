import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compose, type Product, type Replacements } from '../../bot/compose';
import { parseConfig } from '../../bot/config';
import { openStore, type Store } from '../../models/store';
import { policyOf, understandingOf } from '../../bot/desk';
import type { Understanding } from '../../services/understanding/types';

/** A whole product on a free port, with a store in memory and mails kept in a fresh directory. */
export interface RunningProduct {
  readonly url: string;
  readonly port: number;
  readonly product: Product;
  readonly store: Store;
  /** Its `DATA_DIR`. */
  readonly directory: string;
  /** Closes the product; `keepStore` leaves the store open for the next one. */
  close(options?: { keepStore?: boolean }): Promise<void>;
}

export interface ProductOptions extends Replacements {
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
  readonly port?: number;
}

export const TEST_KEY = { id: 'test', secret: Buffer.alloc(32, 7) };
const ring = `test:${TEST_KEY.secret.toString('base64')}`;

let shared: Promise<Understanding> | undefined;

/** The product's own understanding, in its thread, one per test process. */
export function sharedUnderstanding(): Promise<Understanding> {
  shared ??= understandingOf(policyOf());
  return shared;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => {
        resolve(port);
      });
    });
  });
}

export async function startProduct(options: ProductOptions = {}): Promise<RunningProduct> {
  const { env = {}, directory = mkdtempSync(join(tmpdir(), 'desk-')), ...replacements } = options;
  const port = options.port ?? (await freePort());
  const store = replacements.store ?? (await openStore({ keys: [TEST_KEY] }));
  const config = parseConfig({
    NODE_ENV: 'test',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: directory,
    SECRET_KEY: ring,
    DIRECT_LINE_SECRET: ring,
    ESCALATION_EMAIL: 'escalation@example.com',
    LOG_LEVEL: 'silent',
    ...env,
  });
  const understanding = replacements.understanding ?? (await sharedUnderstanding());
  // The store outlives the product when a test restarts it.
  const lent: Store = { ...store, close: async () => undefined };
  const product = await compose(config, { ...replacements, store: lent, understanding });
  await product.start();
  return {
    url: config.publicUrl,
    port,
    product,
    store,
    directory,
    async close({ keepStore = false } = {}) {
      await product.close();
      if (keepStore) return;
      await store.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
