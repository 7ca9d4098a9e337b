import { statfsSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { open, type RootDatabase } from 'lmdb';
import { decode, encode, type Document } from './bson';
import type { Change, Journal } from './engine';
import { EmbeddedStoreError } from './errors';

/** Raised whenever records written before can no longer be read. */
const FORMAT = 1;
const FORMAT_KEY = 'format';
const SERVING_KEY = 'serving';
const CHECKSUM_BYTES = 4;
/** How long a write may take before the disk counts as broken. */
const WRITE_MS = 20_000;
/** More than the largest message makes of changes. */
const MIN_FREE_BYTES = 128 * 1024 * 1024;

/** Names for records: collection and serial of a document; serial 0 is the collection's description. */
type RecordKey = string | [number, number];

/** Who serves a directory, as its disk says. */
export interface Holder {
  /** Rises by one with every process that takes over. */
  readonly generation: number;
  /** A socket's file name in the directory of the files, an absolute path, or a port of 127.0.0.1. */
  readonly address: string;
  /** Random; the holder greets with it, so that a stranger on the same port is not taken for it. */
  readonly token: string;
}

/**
 * The files of a store: one LMDB record per document, a checksum before each. Every write is bound to the generation that
 * this process took, in the transaction itself: once another process took over, nothing more can be written from here.
 */
export class Disk implements Journal {
  private generation: number | undefined;
  private broken = false;

  private constructor(
    private readonly directory: string,
    private readonly records: RootDatabase<Buffer, RecordKey>,
  ) {}

  /** Throws EmbeddedStoreError when the files are not a store of this format. */
  static open(directory: string): Disk {
    let records: RootDatabase<Buffer, RecordKey>;
    try {
      // Without overlapping sync a commit resolves only when it is flushed. Batches by event turn are lmdb's own, whose
      // failure it leaves unhandled, which would end the process.
      records = open({
        path: directory,
        encoding: 'binary',
        useVersions: true,
        overlappingSync: false,
        eventTurnBatching: false,
      });
    } catch (cause) {
      throw new EmbeddedStoreError(`The store in ${directory} cannot be opened`, { cause });
    }
    return new Disk(directory, records);
  }

  /** Who serves, or served last; read anew. */
  holder(): Holder | undefined {
    this.records.resetReadTxn();
    const entry = this.records.getEntry(SERVING_KEY);
    if (!entry) return undefined;
    const { address, token } = unpack(SERVING_KEY, entry.value);
    if (typeof address !== 'string' || typeof token !== 'string' || entry.version === undefined) {
      throw unreadable(SERVING_KEY);
    }
    return { generation: entry.version, address, token };
  }

  /** Makes this process the holder, unless another one became it since `last` was read. */
  async take(last: Holder | undefined, next: { address: string; token: string }): Promise<boolean> {
    this.checkFormat();
    const generation = (last?.generation ?? 0) + 1;
    const claim = (): void => {
      quiet(this.records.put(FORMAT_KEY, pack({ version: FORMAT })));
      quiet(this.records.put(SERVING_KEY, pack(next), generation));
    };
    const won = await this.settled(
      last
        ? this.records.ifVersion(SERVING_KEY, last.generation, claim)
        : this.records.ifNoExists(SERVING_KEY, claim),
    );
    if (won) this.generation = generation;
    return won;
  }

  /** Throws EmbeddedStoreError on records of another format. */
  checkFormat(): void {
    const bytes = this.records.get(FORMAT_KEY);
    const version = bytes ? Number(unpack(FORMAT_KEY, bytes).version) : undefined;
    if (version === undefined && this.records.getKeysCount() === 0) return;
    if (version !== FORMAT) {
      throw new EmbeddedStoreError(
        `The store has the format ${version ?? 'unknown'}; this version reads ${FORMAT}`,
      );
    }
  }

  /** All records, each collection's description before its documents. Throws EmbeddedStoreError on one that is damaged. */
  *read(): Generator<Change, void> {
    this.records.resetReadTxn();
    for (const { key, value } of this.records.getRange()) {
      if (key === FORMAT_KEY || key === SERVING_KEY) continue;
      if (!isPair(key)) throw new EmbeddedStoreError(`The store holds an unknown record: ${key}`);
      const [collection, serial] = key;
      yield {
        namespace: '',
        collection,
        serial: serial === 0 ? undefined : serial,
        bytes: verified(key, value),
      };
    }
  }

  async write(changes: readonly Change[]): Promise<void> {
    if (this.generation === undefined)
      throw new EmbeddedStoreError('The store is not held by this process');
    const written = await this.settled(
      this.records.ifVersion(SERVING_KEY, this.generation, () => {
        for (const { collection, serial = 0, bytes } of changes) {
          const key: RecordKey = [collection, serial];
          quiet(bytes ? this.records.put(key, sealed(bytes)) : this.records.remove(key));
        }
      }),
    );
    if (!written) throw new EmbeddedStoreError('Another process has taken this store over');
  }

  /** The outcome of a transaction. Throws EmbeddedStoreError with the reason when it failed. */
  private async settled(transaction: Promise<boolean>): Promise<boolean> {
    try {
      return await inTime(transaction);
    } catch (error) {
      this.broken = true;
      // lmdb gives its reason as a rejection of its own, which may never come and which nobody else would catch.
      (error as { commitError?: Promise<unknown> }).commitError?.catch(() => undefined);
      throw new EmbeddedStoreError('The disk refused a write', { cause: error });
    }
  }

  /**
   * Whether the disk is far from full: lmdb 3.5.6 can overrun its own memory when a write fails, and end the process.
   * What was acknowledged is safe even then.
   */
  hasRoom(): boolean {
    const { bavail, bsize } = statfsSync(this.directory);
    return bavail * bsize >= MIN_FREE_BYTES;
  }

  /** After a failed write the files stay open until the process ends, as lmdb may still hold locks. */
  async close(): Promise<void> {
    if (!this.broken) await this.records.close();
  }
}

/** Parts of a transaction share its fate, of which the whole tells. */
function quiet(part: Promise<unknown>): void {
  part.catch(() => undefined);
}

/** Rejects when lmdb neither writes nor says why, as it does after some faults of the disk. */
async function inTime<T>(transaction: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EmbeddedStoreError('The disk did not answer'));
    }, WRITE_MS);
  });
  try {
    return await Promise.race([transaction, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isPair(key: unknown): key is [number, number] {
  return Array.isArray(key) && key.length === 2 && key.every(Number.isSafeInteger);
}

function sealed(bytes: Buffer): Buffer {
  const sum = Buffer.alloc(CHECKSUM_BYTES);
  sum.writeUInt32LE(crc32(bytes));
  return Buffer.concat([sum, bytes]);
}

function verified(key: RecordKey, value: Buffer): Buffer {
  const bytes = value.subarray(CHECKSUM_BYTES);
  if (value.length <= CHECKSUM_BYTES || value.readUInt32LE(0) !== crc32(bytes))
    throw unreadable(key);
  return bytes;
}

function pack(document: Document): Buffer {
  return sealed(encode(document));
}

function unpack(key: RecordKey, value: Buffer): Document {
  return decode(verified(key, value));
}

function unreadable(key: RecordKey): EmbeddedStoreError {
  return new EmbeddedStoreError(`The store's record ${String(key)} is damaged`);
}
