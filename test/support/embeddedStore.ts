import { createConnection, type Connection, type mongo } from 'mongoose';
import { startEmbeddedStore, type EmbeddedStore } from '../../models/embedded';

/** A document of a test. */
export type Row = mongo.Document & {
  _id: string | number | boolean | mongo.ObjectId | mongo.Long | mongo.Double;
};

/** A store in memory with a connection to it. */
export interface MemoryStore {
  readonly store: EmbeddedStore;
  readonly connection: Connection;
  /** A collection of any documents. */
  collection(name: string): mongo.Collection<Row>;
  /** How many documents were compared with a query while the action ran. */
  examined(action: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Starts a store of one test's own. */
export async function memoryStore(): Promise<MemoryStore> {
  const store = await startEmbeddedStore({});
  const connection = await createConnection(store.uri).asPromise();
  const tally = async (): Promise<number> => {
    const status = await connection.db!.command({ serverStatus: 1 });
    return (status.metrics as { queryExecutor: { scannedObjects: number } }).queryExecutor
      .scannedObjects;
  };
  return {
    store,
    connection,
    collection: (name) => connection.db!.collection<Row>(name),
    examined: async (action) => {
      const before = await tally();
      await action();
      return (await tally()) - before;
    },
    close: async () => {
      await connection.close();
      await store.close();
    },
  };
}
