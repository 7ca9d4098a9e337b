import { randomUUID } from 'node:crypto';
import { openStore, type Store } from '../../models/store';

/** Opens a store with nothing in it; it is closed, and on MongoDB dropped, when the test is over. */
export type OpenEmpty = () => Promise<Store>;

/** The key that the stores of these suites seal with. */
export const STORE_KEY = { id: 'k1', secret: Buffer.alloc(32, 7) };

/** Describes tests of what is stored: on the embedded store and, where `MONGODB_URI` is set, on MongoDB as well. */
export function describeOnStores(title: string, tests: (open: OpenEmpty) => void): void {
  const { MONGODB_URI: uri } = process.env;
  const kinds = [['embedded', undefined], ...(uri ? ([['mongodb', uri]] as const) : [])] as const;
  describe.each(kinds)(`${title} (%s)`, (_kind, mongodbUri) => {
    const opened: Store[] = [];
    afterEach(async () => {
      for (const store of opened.splice(0)) {
        if (mongodbUri) await store.connection.dropDatabase();
        await store.close();
      }
    });
    tests(async () => {
      const store = await openStore({
        keys: [STORE_KEY],
        ...(mongodbUri ? { mongodbUri: ofItsOwn(mongodbUri) } : {}),
      });
      opened.push(store);
      return store;
    });
  });
}

/** The same server, and a database that no other test uses. */
function ofItsOwn(uri: string): string {
  const url = new URL(uri);
  url.pathname = `/desk_test_${randomUUID()}`;
  return url.href;
}
