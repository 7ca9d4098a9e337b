import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../models/store';

/** All that a store keeps, by collection, as it lies there. */
export async function documentsOf({
  connection,
}: Store): Promise<{ readonly name: string; readonly text: string }[]> {
  const names = (await connection.listCollections()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const documents = await connection.collection(name).find({}).toArray();
      return { name, text: JSON.stringify(documents) };
    }),
  );
}

/** All files of a desk but those of its mail tray, in order; `name` is relative to the folder. */
export function filesOf(directory: string): { readonly name: string; readonly bytes: Buffer }[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.startsWith('mail/') && statSync(join(directory, name)).isFile())
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(directory, name)) }));
}

/** What is found in a file, in whichever way its text is written there. */
export const inBytes = <T>(bytes: Buffer, find: (text: string) => readonly T[]): T[] =>
  (['latin1', 'utf16le'] as const).flatMap((encoding) => [...find(bytes.toString(encoding))]);
