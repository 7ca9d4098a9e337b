import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { flushDirectory, writeDurably } from './durableFile';
import type { Vault } from './sealed';

const SEALED = /^([\w-]+)\.sealed$/;
const DRAFT = '.draft';

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
    this.drafts += 1;
    const draft = join(this.directory, `.${id}.${process.pid}.${this.drafts}${DRAFT}`);
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
