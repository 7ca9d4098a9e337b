import { createConnection, type Connection } from 'mongoose';
import { startEmbeddedStore } from './embedded';
import { vaultOf, type RingKey, type Vault } from './sealed';

/** The open store: a mongoose connection of its own, so that several products can live in one process. */
export interface Store {
  readonly kind: 'embedded' | 'mongodb';
  /** Whether another process serves the embedded store, as when a command runs beside the desk. */
  readonly guest: boolean;
  readonly connection: Connection;
  readonly vault: Vault;
  /** Resolves when the store answers; rejects when it does not. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** MongoDB; when absent, the embedded store is used. */
  readonly mongodbUri?: string;
  /** Where the embedded store keeps its files; when absent too, it lives in memory. */
  readonly directory?: string;
  readonly keys: readonly RingKey[];
}

const CONNECT_TIMEOUT_MS = 5000;

/** Opens MongoDB, or the embedded store behind the same driver. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const vault = vaultOf(options.keys);
  const embedded = options.mongodbUri
    ? undefined
    : await startEmbeddedStore({ directory: options.directory });
  const connection = createConnection(options.mongodbUri ?? embedded?.uri ?? '', {
    serverSelectionTimeoutMS: CONNECT_TIMEOUT_MS,
    autoIndex: false,
    autoCreate: false,
  });
  try {
    await connection.asPromise();
  } catch (error) {
    await connection.close().catch(() => undefined);
    await embedded?.close();
    throw error;
  }
  return {
    kind: embedded ? 'embedded' : 'mongodb',
    guest: embedded?.guest ?? false,
    connection,
    vault,
    ping: async () => {
      await connection.db?.command({ ping: 1 });
    },
    close: async () => {
      await connection.close();
      await embedded?.close();
    },
  };
}
