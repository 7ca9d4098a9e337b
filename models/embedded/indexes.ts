import { isArray, type Document } from './bson';
import { CommandError } from './errors';
import { matcherOf, type Matcher } from './matcher';
import { MISSING, reach } from './paths';
import { SortedList } from './sortedList';
import { keyFieldsOf, type KeyField } from './sorting';
import { compare } from './values';

/** A stored document and its place in the order of insertion, which is also its key on disk. */
export interface Stored {
  readonly serial: number;
  document: Document;
}

/** An index as clients name and list it. */
export interface IndexSpec {
  readonly name: string;
  readonly key: Document;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partialFilterExpression?: Document;
}

/** One entry of an index: the values of its fields, and whose they are. */
export interface IndexEntry {
  readonly key: readonly unknown[];
  readonly stored: Stored;
}

/** An index: entries sorted by key, then by insertion; directions do not matter, as it is never read for its order. */
export class Index {
  readonly fields: readonly KeyField[];
  /** Whether a document ever had several entries, so that two conditions may be met by two of them. */
  multikey = false;
  private readonly entries = new SortedList<IndexEntry>(
    (a, b) => compareKeys(a.key, b.key) || a.stored.serial - b.stored.serial,
  );
  private readonly covers: Matcher;

  constructor(readonly spec: IndexSpec) {
    this.fields = keyFieldsOf(spec.key);
    this.covers = matcherOf(spec.partialFilterExpression ?? {});
  }

  /** The keys under which a document stands here; none when it is sparse or partial and leaves the document out. */
  keysOf(document: Document): unknown[][] {
    if (!this.covers(document)) return [];
    const columns = this.fields.map(({ parts }) => distinctValues(reach(document, parts)));
    if (this.spec.sparse && columns.every((values) => values.every((value) => value === MISSING)))
      return [];
    if (columns.filter((values) => values.length > 1).length > 1) {
      throw new CommandError(171, `cannot index parallel arrays in ${this.spec.name}`);
    }
    let keys: unknown[][] = [[]];
    for (const values of columns) {
      keys = keys.flatMap((key) =>
        values.map((value) => [...key, value === MISSING ? null : value]),
      );
    }
    return keys;
  }

  add(stored: Stored, keys = this.keysOf(stored.document)): void {
    if (keys.length > 1) this.multikey = true;
    for (const key of keys) this.entries.add({ key, stored });
  }

  remove(stored: Stored, keys = this.keysOf(stored.document)): void {
    for (const key of keys) this.entries.remove({ key, stored });
  }

  /** The key of another document that a unique index forbids to repeat. */
  conflict(keys: readonly unknown[][], except?: Stored): readonly unknown[] | undefined {
    if (!this.spec.unique) return undefined;
    return keys.find((key) => {
      for (const entry of this.startingAt(key)) {
        if (compareKeys(entry.key, key) !== 0) return false;
        if (entry.stored !== except) return true;
      }
      return false;
    });
  }

  /** Entries in order, from the first whose leading values are not below the given ones. */
  startingAt(prefix: readonly unknown[]): Iterable<IndexEntry> {
    return this.entries.from((entry) => comparePrefix(entry.key, prefix) >= 0);
  }
}

/** Orders whole keys. */
function compareKeys(a: readonly unknown[], b: readonly unknown[]): number {
  return comparePrefix(a, b) || a.length - b.length;
}

/** Orders the leading values of a key against a prefix. */
export function comparePrefix(key: readonly unknown[], prefix: readonly unknown[]): number {
  for (const [at, value] of prefix.entries()) {
    const order = compare(key[at], value);
    if (order !== 0) return order;
  }
  return 0;
}

function distinctValues(reached: readonly unknown[]): unknown[] {
  const values = reached.flatMap((value) => {
    if (!isArray(value)) return [value];
    return value.length === 0 ? [null] : value;
  });
  if (values.length <= 1) return values.length === 1 ? values : [MISSING];
  const present = values.map((value) => (value === MISSING ? null : value)).sort(compare);
  return present.filter((value, at) => at === 0 || compare(value, present[at - 1]) !== 0);
}
