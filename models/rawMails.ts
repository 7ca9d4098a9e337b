import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { flushDirectory, writeDurably } from './durableFile';
import { keyIdOf, type Vault } from './sealed';

const SEALED = /^([\w-]+)\.sealed$/;
const DRAFT = '.draft';
/** The longest id of a key, and the dot after it. */
const KEY_ID_BYTES = 41;

/**
 * The mails that came in, as they came: sealed files `<id>.sealed` that only the owner may read. They are not documents,
 * since MongoDB's end at 16 MB and the embedded store keeps its documents in memory.
 */
export class RawMails {
  private drafts = 0;

  /** @param directory made when it is missing. */
  constructor(
    private readonly directory: string,
    private readonly vault: Vault,
  ) {}

  /** Keeps a mail so that it survives a power cut; rejects, and leaves nothing behind, when the disk refuses. */
  async keep(id: string, raw: Buffer): Promise<void> {
    const draft = this.newDraft(id);
    try {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      await writeDurably(draft, this.vault.sealBytes(raw, pathOf(id)), 'wx');
      await rename(draft, this.fileOf(id));
      await flushDirectory(this.directory);
    } catch (error) {
      for (const file of [draft, this.fileOf(id)])
        await rm(file, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  /** The mail as it came; rejects when it is not there or its seal is broken. */
  async read(id: string): Promise<Buffer> {
    return this.vault.openBytes(await readFile(this.fileOf(id)), pathOf(id));
  }

  async remove(id: string): Promise<void> {
    await rm(this.fileOf(id), { force: true });
  }

  /**
   * Removes what a crash left behind: drafts, and files without a record.
   * @param before what was written later stays: its record may be on its way.
   * @param known gives those of the ids that are recorded.
   * @returns how many files were removed.
   */
  async prune(
    before: Date,
    known: (ids: readonly string[]) => Promise<ReadonlySet<string>>,
  ): Promise<number> {
    const old: string[] = [];
    for (const name of await this.names())
      if ((name.endsWith(DRAFT) || SEALED.test(name)) && (await this.isOlder(name, before)))
        old.push(name);
    const ids = old.flatMap((name) => SEALED.exec(name)?.[1] ?? []);
    const recorded = await known(ids);
    // A store that knows none of them is not the one they belong to.
    const leftovers = old.filter((name) => {
      const id = SEALED.exec(name)?.[1];
      return id === undefined || (recorded.size > 0 && !recorded.has(id));
    });
    for (const name of leftovers) await rm(join(this.directory, name), { force: true });
    return leftovers.length;
  }

  /** The ids of all mails that are kept. */
  async ids(): Promise<string[]> {
    return (await this.names()).flatMap((name) => SEALED.exec(name)?.[1] ?? []);
  }

  /** The id of the key that a mail is sealed with; undefined when the mail is no longer there. */
  async keyIdOf(id: string): Promise<string | undefined> {
    const file = await open(this.fileOf(id)).catch(() => undefined);
    if (!file) return undefined;
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(KEY_ID_BYTES), 0, KEY_ID_BYTES);
      return keyIdOf(buffer.toString('latin1', 0, bytesRead));
    } finally {
      await file.close();
    }
  }

  /**
   * Seals a mail anew with the key that writes now; a crash leaves the old file or the new one. A mail that is removed at
   * this very moment may come back, without a record, for `prune` to remove.
   */
  async reseal(id: string): Promise<void> {
    const raw = await this.read(id);
    const draft = this.newDraft(id);
    try {
      await writeDurably(draft, this.vault.sealBytes(raw, pathOf(id)), 'wx');
      await stat(this.fileOf(id));
      await rename(draft, this.fileOf(id));
      await flushDirectory(this.directory);
    } catch (error) {
      await rm(draft, { force: true }).catch(() => undefined);
      throw error;
    }
  }

  private newDraft(id: string): string {
    this.drafts += 1;
    return join(this.directory, `.${id}.${process.pid}.${this.drafts}${DRAFT}`);
  }

  private async names(): Promise<string[]> {
    try {
      return await readdir(this.directory);
    } catch {
      return [];
    }
  }

  private async isOlder(name: string, before: Date): Promise<boolean> {
    try {
      return (await stat(join(this.directory, name))).mtime < before;
    } catch {
      return false;
    }
  }

  private fileOf(id: string): string {
    return join(this.directory, `${id}.sealed`);
  }
}

const pathOf = (id: string): string => `mail-in/${id}`;
