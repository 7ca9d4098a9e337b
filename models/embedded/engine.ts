import { decode, encode, isDocument, type Document } from './bson';
import { Collection, type Tally } from './collection';
import { EmbeddedStoreError } from './errors';
import type { IndexSpec } from './indexes';

/** One record to write or, without bytes, to remove: a collection's description, or a document of it. */
export interface Change {
  readonly namespace: string;
  readonly collection: number;
  /** Absent for the description of the collection. */
  readonly serial?: number;
  readonly bytes?: Buffer;
}

/** Where changes are kept. */
export interface Journal {
  /** Writes all or none; resolves once they would survive a power cut. */
  write(changes: readonly Change[]): Promise<void>;
  /** Whether there is room for another command's changes; asked before each, since a full disk is fatal. */
  hasRoom(): boolean;
}

/** The description of a collection on disk. */
interface Description {
  readonly namespace: string;
  readonly indexes: readonly IndexSpec[];
}

/** All collections; memory runs ahead of the disk only within commands that have not been answered. */
export class Engine {
  readonly collections = new Map<string, Collection>();
  readonly tally: Tally = { examined: 0 };
  /** Why nothing is served any more. */
  failure: EmbeddedStoreError | undefined;
  private changes: Change[] = [];
  private nextId = 1;
  /** The last unfinished write of each namespace. */
  private readonly pending = new Map<string, Promise<void>>();

  /** @param token what the store greets with, so that other processes know it. */
  constructor(
    private readonly journal: Journal,
    readonly token = '',
  ) {}

  /** Takes what is on disk: the descriptions first, then the documents. */
  load(changes: Iterable<Change>): void {
    const byId = new Map<number, Collection>();
    for (const { collection: id, serial, bytes = Buffer.alloc(0) } of changes) {
      const content = decode(bytes);
      if (serial === undefined) byId.set(id, this.describe(id, content));
      else {
        const collection = byId.get(id);
        if (!collection)
          throw new EmbeddedStoreError(`A document belongs to the unknown collection ${id}`);
        collection.load(serial, content);
      }
    }
  }

  private describe(id: number, content: Document): Collection {
    const { namespace, indexes } = content;
    if (typeof namespace !== 'string' || !Array.isArray(indexes)) {
      throw new EmbeddedStoreError(`The description of collection ${id} cannot be read`);
    }
    const collection = this.add(namespace, id);
    for (const spec of indexes as readonly unknown[]) {
      if (!isDocument(spec))
        throw new EmbeddedStoreError(`An index of collection ${id} cannot be read`);
      collection.addIndex(spec as unknown as IndexSpec);
    }
    return collection;
  }

  /** The collection, made if need be. */
  ensure(namespace: string): Collection {
    const existing = this.collections.get(namespace);
    if (existing) return existing;
    const collection = this.add(namespace, this.nextId);
    this.noteDescription(collection);
    return collection;
  }

  drop(collection: Collection): void {
    collection.removeAll();
    this.collections.delete(collection.namespace);
    this.changes.push({ namespace: collection.namespace, collection: collection.id });
  }

  addIndex(collection: Collection, spec: IndexSpec): void {
    collection.addIndex(spec);
    this.noteDescription(collection);
  }

  dropIndex(collection: Collection, name: string): void {
    collection.indexes.delete(name);
    this.noteDescription(collection);
  }

  hasRoom(): boolean {
    return this.journal.hasRoom();
  }

  /** Writes what was changed since the last call, and waits for every earlier write of the namespace too. */
  async settle(namespace: string): Promise<void> {
    if (this.changes.length > 0) {
      const changes = this.changes;
      this.changes = [];
      const written = this.write(changes);
      for (const name of new Set(changes.map((change) => change.namespace)))
        this.track(name, written);
      await written;
    }
    await this.pending.get(namespace);
  }

  /** Waits until no write is under way. */
  async idle(): Promise<void> {
    await Promise.allSettled(this.pending.values());
  }

  private track(namespace: string, written: Promise<void>): void {
    this.pending.set(namespace, written);
    const forget = (): void => {
      if (this.pending.get(namespace) === written) this.pending.delete(namespace);
    };
    written.then(forget, forget);
  }

  private async write(changes: readonly Change[]): Promise<void> {
    try {
      await this.journal.write(changes);
    } catch (cause) {
      // Memory now holds what the disk does not: an answer from it could be a lie.
      this.failure ??= new EmbeddedStoreError(
        'The store could not write to its disk and has stopped',
        { cause },
      );
      throw this.failure;
    }
  }

  private add(namespace: string, id: number): Collection {
    const record = (serial: number, bytes: Buffer | undefined): void => {
      this.changes.push({ namespace, collection: id, serial, bytes });
    };
    const collection = new Collection(namespace, id, record, this.tally);
    this.collections.set(namespace, collection);
    this.nextId = Math.max(this.nextId, id + 1);
    return collection;
  }

  private noteDescription(collection: Collection): void {
    const [, ...indexes] = [...collection.indexes.values()].map(({ spec }) => spec);
    const description: Description = { namespace: collection.namespace, indexes };
    this.changes.push({
      namespace: collection.namespace,
      collection: collection.id,
      bytes: encode({ ...description }),
    });
  }
}
