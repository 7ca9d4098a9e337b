import type { Vault } from './sealed';

/** Where the records of a collection hold something sealed. */
export interface SealedPlace {
  readonly collection: string;
  /** The array of the record whose elements hold it; absent: the record itself does. */
  readonly list?: string;
  /** Dotted, such as `released.as`. */
  readonly field: string;
  /** What it is sealed under, by the ids of the record and, in an array, of the element. */
  readonly pathOf: (id: string, elementId: string) => string;
  /** The keyed hashes of the record by which it is found, made of what stands opened here; other names stay. */
  readonly indexes?: (vault: Vault, opened: unknown) => Readonly<Record<string, unknown>>;
}
