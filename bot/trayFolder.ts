import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser, type ParsedMail } from 'mailparser';

const LARGEST_MAIL_BYTES = 5 * 1024 * 1024;
const MAIL_FILE = /^\d{8}T\d{9}Z-[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.eml$/;

/** Whether a name is one that a kept mail can have; no other is looked up. */
export const isMailFile = (name: string): boolean => MAIL_FILE.test(name);

/** Names begin with the time, so the newest come first; nothing but whole mails is listed. */
export async function mailFiles(directory: string): Promise<string[]> {
  try {
    return (await readdir(directory))
      .filter((name) => MAIL_FILE.test(name))
      .sort()
      .reverse();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The mail in a file; undefined when there is none to read. */
export async function readMail(directory: string, file: string): Promise<ParsedMail | undefined> {
  const bytes = await readFileOf(directory, file);
  if (!bytes) return undefined;
  try {
    return await simpleParser(bytes, {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      skipTextLinks: true,
    });
  } catch {
    return undefined;
  }
}

/** The file's bytes; undefined when it is missing, unreadable, too large, or no plain file such as a link. */
export async function readFileOf(directory: string, file: string): Promise<Buffer | undefined> {
  try {
    const handle = await open(join(directory, file), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const stat = await handle.stat();
      return stat.isFile() && stat.size <= LARGEST_MAIL_BYTES ? await handle.readFile() : undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}
