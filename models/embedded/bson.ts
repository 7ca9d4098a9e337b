import { BSONError, DBRef, deserialize, serialize } from 'bson';
import { CommandError } from './errors';

/** A BSON document: own properties only; numbers are Int32, Double, Long or Decimal128 once decoded. */
export type Document = Record<string, unknown>;

/** MongoDB's limit for one document, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
const MAX_DEPTH = 100;

/** Decodes BSON, keeping the exact number types. Throws CommandError 22 on malformed bytes. */
export function decode(bytes: Uint8Array): Document {
  try {
    return deserialize(bytes, { promoteValues: false, promoteLongs: false, bsonRegExp: true });
  } catch (error) {
    throw new CommandError(
      22,
      `Invalid BSON: ${error instanceof Error ? error.message : 'unreadable'}`,
    );
  }
}

/** Encodes a document. Throws CommandError when it cannot be BSON or is over 16 MiB. */
export function encode(document: Document): Buffer {
  try {
    const bytes = serialize(document, { ignoreUndefined: false });
    if (bytes.length > MAX_DOCUMENT_BYTES) {
      throw new CommandError(10334, `A document of ${bytes.length} bytes is over the limit`);
    }
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  } catch (error) {
    if (error instanceof BSONError || error instanceof RangeError) {
      throw new CommandError(22, `Not a BSON document: ${error.message}`);
    }
    throw error;
  }
}

/** Whether a value is an embedded document, and neither an array nor one of BSON's own types. */
export function isDocument(value: unknown): value is Document {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Whether a value is an array (of unknown values, not of any). */
export function isArray(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

/** The document's own field; never what a prototype holds. */
export function field(document: Document, name: string): unknown {
  return Object.hasOwn(document, name) ? document[name] : undefined;
}

/** Sets a document's own field, whatever its name; `__proto__` too becomes a field like any other. */
export function setField(document: Document, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(document, name, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    document[name] = value;
  }
}

/** A copy in which every document and array is new; BSON's own values are shared, as nothing changes them. */
export function clone<T>(value: T): T;
export function clone(value: unknown): unknown {
  if (isArray(value)) return value.map((item) => clone(item));
  if (!isDocument(value)) return value;
  const copy: Document = {};
  for (const name of Object.keys(value)) setField(copy, name, clone(value[name]));
  return copy;
}

/** Refuses what the store would not keep faithfully: DBRefs and documents nested deeper than 100. */
export function assertStorable(value: unknown, depth = 0): void {
  if (depth > MAX_DEPTH) throw new CommandError(2, 'A document is nested deeper than 100 levels');
  if (value instanceof DBRef)
    throw new CommandError(2, 'DBRef is not supported by the embedded store');
  if (isArray(value)) for (const item of value) assertStorable(item, depth + 1);
  else if (isDocument(value)) {
    for (const name of Object.keys(value)) assertStorable(value[name], depth + 1);
  }
}
