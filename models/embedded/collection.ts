import { ObjectId } from 'bson';
import { assertStorable, decode, encode, isArray, type Document } from './bson';
import { CommandError } from './errors';
import { Index, type IndexSpec, type Stored } from './indexes';
import { matcherOf, type Matcher } from './matcher';
import { candidates } from './planner';
import { sorted } from './sorting';
import { rank, RANK } from './values';

/** Where a collection notes what must reach the disk; the document is in BSON, or absent when it was removed. */
export type Recorder = (serial: number, bytes: Buffer | undefined) => void;

/** Counts that show whether indexes are used. */
export interface Tally {
  /** Documents that were compared with a query. */
  examined: number;
}

const ID_INDEX: IndexSpec = {
  name: '_id_',
  key: { _id: 1 },
  unique: true,
  sparse: false,
};

/** The documents of one collection with their indexes, in memory. */
export class Collection {
  readonly indexes = new Map<string, Index>([[ID_INDEX.name, new Index(ID_INDEX)]]);
  private readonly documents = new Map<number, Stored>();
  private nextSerial = 1;

  constructor(
    readonly namespace: string,
    /** Its number on disk. */
    readonly id: number,
    private readonly record: Recorder,
    private readonly tally: Tally,
  ) {}

  get size(): number {
    return this.documents.size;
  }

  /** Takes a document that is on disk already. */
  load(serial: number, document: Document): void {
    this.keep({ serial, document });
  }

  /**
   * The documents that answer a query, in the order of insertion unless an index was used. Read lazily: whoever changes
   * documents takes `matching`, lest an update meets its own result again.
   */
  *scan(query: Document, matches = matcherOf(query)): Generator<Document, void> {
    for (const stored of this.seek(query, matches)) yield stored.document;
  }

  /** All documents that answer a query, to be changed. */
  matching(query: Document): Stored[] {
    return [...this.seek(query, matcherOf(query))];
  }

  /** The first document that answers a query, in the given order if there is one. */
  first(query: Document, order: Document = {}): Stored | undefined {
    if (Object.keys(order).length === 0) {
      for (const stored of this.seek(query, matcherOf(query))) return stored;
      return undefined;
    }
    const all = this.matching(query);
    const [document] = sorted(
      all.map((stored) => stored.document),
      order,
    );
    return all.find((stored) => stored.document === document);
  }

  private *seek(query: Document, matches: Matcher): Generator<Stored, void> {
    for (const stored of candidates(query, this.indexes.values()) ?? this.documents.values()) {
      this.tally.examined++;
      if (matches(stored.document)) yield stored;
    }
  }

  /** Adds a document, with an ObjectId where it has no `_id`. Throws CommandError 11000 on a duplicate key. */
  insert(document: Document): Stored {
    const { _id: id, ...rest } = document;
    const bytes = this.storable(
      Object.hasOwn(document, '_id') ? { _id: id, ...rest } : { _id: new ObjectId(), ...document },
    );
    const stored = { serial: this.nextSerial, document: decode(bytes) };
    this.keep(stored);
    this.record(stored.serial, bytes);
    return stored;
  }

  /** Puts a new version in the place of a document. Returns false when nothing changed. */
  replace(stored: Stored, next: Document): boolean {
    const bytes = this.storable(next);
    if (bytes.equals(encode(stored.document))) return false;
    const document = decode(bytes);
    const changes = [...this.indexes.values()].map((index) => ({
      index,
      before: index.keysOf(stored.document),
      after: index.keysOf(document),
    }));
    for (const { index, after } of changes) this.refuseDuplicate(index, after, stored);
    for (const { index, before } of changes) index.remove(stored, before);
    stored.document = document;
    for (const { index, after } of changes) index.add(stored, after);
    this.record(stored.serial, bytes);
    return true;
  }

  remove(stored: Stored): void {
    for (const index of this.indexes.values()) index.remove(stored);
    this.documents.delete(stored.serial);
    this.record(stored.serial, undefined);
  }

  removeAll(): void {
    for (const stored of [...this.documents.values()]) this.remove(stored);
  }

  /** Builds an index over what is there. Throws CommandError 11000 when that breaks its uniqueness. */
  addIndex(spec: IndexSpec): void {
    const index = new Index(spec);
    for (const stored of this.documents.values()) {
      const keys = index.keysOf(stored.document);
      this.refuseDuplicate(index, keys, stored);
      index.add(stored, keys);
    }
    this.indexes.set(spec.name, index);
  }

  private keep(stored: Stored): void {
    const keys = [...this.indexes.values()].map((index) => ({
      index,
      keys: index.keysOf(stored.document),
    }));
    for (const { index, keys: own } of keys) this.refuseDuplicate(index, own);
    for (const { index, keys: own } of keys) index.add(stored, own);
    this.documents.set(stored.serial, stored);
    this.nextSerial = Math.max(this.nextSerial, stored.serial + 1);
  }

  private storable(document: Document): Buffer {
    assertStorable(document);
    const order = rank(document._id);
    if (isArray(document._id) || order === RANK.regex || document._id === undefined) {
      throw new CommandError(
        53,
        "The '_id' value cannot be an array, a regular expression or undefined",
      );
    }
    const odd = Object.keys(document).find((name) => name.startsWith('$'));
    if (odd !== undefined)
      throw new CommandError(
        52,
        `The dollar ($) prefixed field '${odd}' is not allowed at the top of a document`,
      );
    return encode(document);
  }

  private refuseDuplicate(index: Index, keys: readonly unknown[][], except?: Stored): void {
    const key = index.conflict(keys, except);
    if (!key) return;
    const value = Object.fromEntries(index.fields.map(({ path }, at) => [path, key[at]]));
    throw new CommandError(
      11000,
      `E11000 duplicate key error collection: ${this.namespace} index: ${index.spec.name} dup key: { ${index.fields.map(({ path }) => path).join(', ')} }`,
      { keyPattern: index.spec.key, keyValue: value },
    );
  }
}
