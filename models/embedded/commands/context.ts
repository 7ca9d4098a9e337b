import { field, isArray, isDocument, type Document } from '../bson';
import type { Collection } from '../collection';
import type { Cursors } from '../cursors';
import type { Engine } from '../engine';
import { CommandError, unsupported } from '../errors';
import { isNumber, toNumber, toWhole } from '../numbers';
import { same } from '../values';

/** What a command works with. */
export interface Context {
  readonly engine: Engine;
  readonly cursors: Cursors;
  /** The command's name, which is the first field of its body. */
  readonly name: string;
  readonly body: Document;
  /** The database that it is for. */
  readonly database: string;
}

/** Runs at once, without waiting for anything, so that no other command comes between. */
export type Command = (context: Context) => Document;

const MAX_NAMESPACE_BYTES = 255;

/** Refuses a command with a field that it does not know, rather than ignore it. */
export function allow(what: string, document: Document, names: readonly string[]): void {
  const odd = Object.keys(document).find((name) => !names.includes(name));
  if (odd !== undefined)
    throw new CommandError(40415, `BSON field '${what}.${odd}' is an unknown or unsupported field`);
}

/** Refuses options that change the outcome and are not offered, unless they are empty or off. */
export function refuse(document: Document, names: readonly string[]): void {
  for (const name of names)
    if (isOn(field(document, name))) throw unsupported(`The option '${name}'`);
}

function isOn(value: unknown): boolean {
  if (isArray(value)) return value.length > 0;
  if (isDocument(value)) return Object.keys(value).length > 0;
  return isNumber(value) ? toNumber(value) !== 0 : Boolean(value);
}

/** Allows the collation that compares plainly, and no other. */
export function refuseCollation(document: Document): void {
  const collation = field(document, 'collation');
  if (isDocument(collation) && Object.keys(collation).length === 1 && collation.locale === 'simple')
    return;
  refuse(document, ['collation']);
}

/** The full name of the collection that a command names. */
export function namespaceOf({ body, name, database }: Context): string {
  return namespace(database, body[name]);
}

/** Joins database and collection. Throws CommandError 73 on names that MongoDB refuses too. */
export function namespace(database: string, collection: unknown): string {
  if (typeof collection !== 'string')
    throw new CommandError(73, 'A collection is named by a string');
  const full = `${database}.${collection}`;
  const bad = collection === '' || /^\.|\.$|[\0$]|^system\./.test(collection);
  if (bad || Buffer.byteLength(full) > MAX_NAMESPACE_BYTES) {
    throw new CommandError(73, `Invalid collection name: '${collection}'`);
  }
  return full;
}

/** The collection that a command names, if there is one. */
export function existing(context: Context): Collection | undefined {
  return context.engine.collections.get(namespaceOf(context));
}

/** A field that holds a document; empty when it is absent. Throws CommandError 14 for anything else. */
export function documentField(document: Document, name: string): Document {
  const value = field(document, name) ?? {};
  if (!isDocument(value)) throw new CommandError(14, `'${name}' must be a document`);
  return value;
}

/** A field that holds a list of documents. */
export function documentsField(document: Document, name: string): Document[] {
  const value = field(document, name);
  if (!isArray(value) || !value.every(isDocument))
    throw new CommandError(14, `'${name}' must be an array of documents`);
  return value;
}

/** A field that is on or off; numbers count as MongoDB counts them. */
export function flag(document: Document, name: string, otherwise = false): boolean {
  const value = field(document, name);
  if (value === undefined || value === null) return otherwise;
  if (typeof value === 'boolean') return value;
  if (isNumber(value)) return toNumber(value) !== 0;
  throw new CommandError(14, `'${name}' must be a boolean`);
}

/** A field that holds a count of 0 or more. */
export function count(document: Document, name: string, otherwise = 0): number {
  const value = field(document, name);
  if (value === undefined || value === null) return otherwise;
  const number = toWhole(value, name);
  if (number < 0) throw new CommandError(2, `'${name}' may not be negative`);
  return number;
}

/** A hint must name an index that exists; the outcome is the same with any, so that it needs no obeying. */
export function checkHint(document: Document, collection: Collection | undefined): void {
  const hint = field(document, 'hint');
  if (
    hint === undefined ||
    (isDocument(hint) && (Object.keys(hint).length === 0 || '$natural' in hint))
  )
    return;
  const specs = [...(collection?.indexes.values() ?? [])].map(({ spec }) => spec);
  if (collection && !specs.some((spec) => spec.name === hint || same(spec.key, hint))) {
    throw new CommandError(2, 'hint provided does not correspond to an existing index');
  }
}
