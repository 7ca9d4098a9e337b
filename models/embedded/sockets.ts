import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import type { Listening } from './probe';
import type { Server } from './server';

/** The longest path of a socket that every system takes, in bytes. */
const MAX_SOCKET_PATH = 103;
const TEMPORARY = 'privacy-desk-';

/** Listens under a name of its own. @param files undefined: in memory. @returns the address for the claim. */
export async function listen(server: Server, files: string | undefined): Promise<string> {
  if (process.platform === 'win32') return String(await server.listen(undefined));
  const name = `${randomBytes(4).toString('hex')}.sock`;
  const fits = files !== undefined && Buffer.byteLength(join(files, name)) <= MAX_SOCKET_PATH;
  const path = fits ? join(files, name) : join(await mkdtemp(join(tmpdir(), TEMPORARY)), name);
  await server.listen(path);
  await chmod(path, 0o600);
  return fits ? name : path;
}

/** Where to connect for an address. @param files the directory that a bare file name is in. */
export function listeningOf(address: string, files: string): Listening {
  if (/^[0-9]+$/.test(address)) return { host: '127.0.0.1', port: Number(address) };
  return { path: isAbsolute(address) ? address : join(files, address) };
}

/** What a MongoDB driver connects to. */
export function uriOf(where: Listening): string {
  const host = 'path' in where ? encodeURIComponent(where.path) : `${where.host}:${where.port}`;
  return `mongodb://${host}/privacy-desk?directConnection=true`;
}

/** Removes the socket, and the folder that was made for it alone. */
export async function removeSocket(address: string, files: string): Promise<void> {
  const where = listeningOf(address, files);
  if (!('path' in where)) return;
  await rm(where.path, { force: true });
  const folder = dirname(where.path);
  if (isAbsolute(address) && basename(folder).startsWith(TEMPORARY))
    await rm(folder, { recursive: true, force: true });
}
