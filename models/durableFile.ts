import { open } from 'node:fs/promises';

/**
 * Writes a new file, which only the owner may read, so that it survives a power cut.
 * @param flag `wx` refuses a file that is there already.
 */
export async function writeDurably(path: string, bytes: Buffer, flag: 'w' | 'wx'): Promise<void> {
  const file = await open(path, flag, 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename in a directory survive a power cut; Windows cannot open a directory and needs no such flush. */
export async function flushDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
