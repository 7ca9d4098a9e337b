import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ProductError } from '../services/errors';

/**
 * Writes a file that only this user can read (0600), and the folder for it where there is none; what stood there before
 * stays until the new one is whole.
 * @throws ProductError `BadArgument` where no file can be written.
 */
export async function writePrivately(
  file: string,
  content: string | Buffer | AsyncIterable<string>,
): Promise<void> {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(unfinished, content, { mode: 0o600, flag: 'wx', flush: true });
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    throw new ProductError('BadArgument', `${file} cannot be written.`, { cause: error });
  }
}
