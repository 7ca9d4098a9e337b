/*
 * A small server in process that speaks MongoDB's wire protocol, so that unmodified mongoose needs no MongoDB.
 * From outside in: serving (who holds the directory), sockets, server and wire (messages), commands/ (one per function),
 * engine (collections, and what must reach the disk), collection with indexes and planner, matcher and updates
 * (the query language), values (MongoDB's order), disk (LMDB).
 */
import { chmod, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Disk } from './disk';
import { EmbeddedStoreError } from './errors';
import { isServing } from './probe';
import { serveInMemory, tryToServe, type EmbeddedStore } from './serving';
import { listeningOf, uriOf } from './sockets';

export type { EmbeddedStore } from './serving';

/** More processes than this starting at one moment are refused. */
const ATTEMPTS = 20;

/**
 * Starts a store, or finds the one that already serves the directory.
 * @param options directory undefined: in memory. Otherwise the files live in its folder `store`.
 * Throws EmbeddedStoreError when the files cannot be read or their holder does not answer.
 */
export async function startEmbeddedStore(options: { directory?: string }): Promise<EmbeddedStore> {
  if (options.directory === undefined) return serveInMemory();
  const files = resolve(options.directory, 'store');
  await mkdir(files, { recursive: true, mode: 0o700 });
  await chmod(files, 0o700);
  const disk = Disk.open(files);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const holder = disk.holder();
      if (holder && (await isServing(listeningOf(holder.address, files), holder.token))) {
        await disk.close();
        return {
          uri: uriOf(listeningOf(holder.address, files)),
          guest: true,
          close: () => Promise.resolve(),
        };
      }
      const started = await tryToServe(disk, files, holder);
      if (started) return started;
    }
    throw new EmbeddedStoreError('The store changed hands too often while it was being opened');
  } catch (error) {
    await disk.close();
    throw error;
  }
}
