import { randomBytes } from 'node:crypto';
import type { Disk, Holder } from './disk';
import { Engine } from './engine';
import { Server } from './server';
import { listen, listeningOf, removeSocket, uriOf } from './sockets';

/** A running store, or the way to one that another process runs. */
export interface EmbeddedStore {
  /** For any MongoDB driver. */
  readonly uri: string;
  /** Whether another process serves the store, so that it ends with that process. */
  readonly guest: boolean;
  /** Lets running commands end and releases the directory; a store that another process runs goes on. */
  close(): Promise<void>;
}

/** Starts a store that keeps nothing. */
export async function serveInMemory(): Promise<EmbeddedStore> {
  const server = new Server();
  server.serve(new Engine({ write: () => Promise.resolve(), hasRoom: () => true }));
  const address = await listen(server, undefined);
  return {
    uri: uriOf(listeningOf(address, '')),
    guest: false,
    close: async () => {
      await server.close();
      await removeSocket(address, '');
    },
  };
}

/**
 * Listens first and then claims the directory in one transaction, so that whoever reads the claim can connect.
 * @param last who held it before, and is gone.
 * @returns undefined when another process was quicker.
 */
export async function tryToServe(
  disk: Disk,
  files: string,
  last: Holder | undefined,
): Promise<EmbeddedStore | undefined> {
  const token = randomBytes(16).toString('hex');
  const server = new Server();
  const address = await listen(server, files);
  const stop = async (): Promise<void> => {
    await server.close();
    await removeSocket(address, files);
  };
  try {
    if (!(await disk.take(last, { address, token }))) {
      await stop();
      return undefined;
    }
    const engine = new Engine(disk, token);
    engine.load(disk.read());
    server.serve(engine);
    // The socket of a killed process stays behind. Others' are left alone: they may be about to try and lose.
    if (last) await removeSocket(last.address, files);
    return {
      uri: uriOf(listeningOf(address, files)),
      guest: false,
      close: async () => {
        await stop();
        await engine.idle();
        await disk.close();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
