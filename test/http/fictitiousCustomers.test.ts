import { openStore, type Store } from '../../models/store';
import { customerOf, storeCustomers } from '../support/customers';
import { startProduct, TEST_KEY, type RunningProduct } from '../support/product';

const DEVELOPMENT = { NODE_ENV: 'development', INBOUND_SMTP_PORT: '0' };
const PRODUCTION = {
  ...{ NODE_ENV: 'production', ALLOW_EMBEDDED_STORE: 'true' },
  ...{ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'desk@comantra.net' },
  PRIVACY_MANAGER_EMAIL: 'privacy.manager@example.com',
};
const THREE = ['asha.rao', 'emma.clarke', 'ravi.menon'];

describe('fictitious customers', () => {
  let store: Store;
  let running: RunningProduct;

  beforeEach(async () => {
    store = await openStore({ keys: [TEST_KEY] });
  });
  afterEach(() => running.close());

  const start = async (env: Readonly<Record<string, string>>, over = store): Promise<void> => {
    running = await startProduct({ env, store: over });
  };
  const onRecord = async (): Promise<string[]> => {
    const { customers } = running.product.office.records;
    return (await customers.page(10)).map(({ userName }) => userName).sort();
  };
  const named = (): string[] =>
    running.product
      .fictitious()
      .map(({ userName }) => userName)
      .sort();

  test('are in an empty store in development, three of them, and named to whoever starts it', async () => {
    await start(DEVELOPMENT);
    expect(await onRecord()).toEqual(THREE);
    expect(named()).toEqual(THREE);
  });

  test('are there once, however often the desk is started', async () => {
    await start(DEVELOPMENT);
    await running.close({ keepStore: true });
    await start(DEVELOPMENT);
    expect(await onRecord()).toEqual(THREE);
    expect(named()).toEqual(THREE);
  });

  test('do not come beside real ones', async () => {
    await start({});
    await storeCustomers(
      running.product.office.records.customers,
      customerOf({ userName: 'rina.das' }),
    );
    await running.close({ keepStore: true });
    await start(DEVELOPMENT);
    expect(await onRecord()).toEqual(['rina.das']);
    expect(named()).toEqual([]);
  });

  test.each([
    ['in production', PRODUCTION, undefined],
    ['in a test', {}, undefined],
    ['in a database of the company, even in development', DEVELOPMENT, 'mongodb'],
  ] as const)('are never %s', async (_where, env, kind) => {
    await start(env, { ...store, ...(kind ? { kind } : {}) });
    expect(await onRecord()).toEqual([]);
    expect(named()).toEqual([]);
  });
});
