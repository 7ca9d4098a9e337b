import { Binary, BSONRegExp, BSONSymbol, Code, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { isArray, isDocument, type Document } from './bson';
import { CommandError } from './errors';
import { compareNumbers, isNumber, type BsonNumber } from './numbers';

/** MongoDB's order of types, lowest first; a missing value ranks as null. */
export const RANK = {
  minKey: 0,
  null: 1,
  number: 2,
  string: 3,
  document: 4,
  array: 5,
  binary: 6,
  objectId: 7,
  boolean: 8,
  date: 9,
  timestamp: 10,
  regex: 11,
  code: 12,
  maxKey: 13,
} as const;

/** The place of a value's type in MongoDB's order of types. */
export function rank(value: unknown): number {
  if (value === null || value === undefined) return RANK.null;
  if (typeof value === 'string' || value instanceof BSONSymbol) return RANK.string;
  if (isNumber(value)) return RANK.number;
  if (isArray(value)) return RANK.array;
  if (isDocument(value)) return RANK.document;
  if (value instanceof ObjectId) return RANK.objectId;
  if (value instanceof Date) return RANK.date;
  if (typeof value === 'boolean') return RANK.boolean;
  if (value instanceof Binary) return RANK.binary;
  return rareRank(value);
}

function rareRank(value: unknown): number {
  if (value instanceof Timestamp) return RANK.timestamp;
  if (value instanceof BSONRegExp) return RANK.regex;
  if (value instanceof Code) return RANK.code;
  if (value instanceof MinKey) return RANK.minKey;
  if (value instanceof MaxKey) return RANK.maxKey;
  throw new CommandError(2, 'A value has a BSON type that the embedded store does not support');
}

/** Orders any two values as MongoDB does: by type, then within the type. Returns below, at or above 0. */
export function compare(a: unknown, b: unknown): number {
  const order = rank(a);
  const difference = order - rank(b);
  return difference === 0 ? compareWithin(order, a, b) : difference;
}

/** Whether two values are the same to MongoDB; numbers of different types are, when their value is. */
export function same(a: unknown, b: unknown): boolean {
  return compare(a, b) === 0;
}

function compareWithin(order: number, a: unknown, b: unknown): number {
  switch (order) {
    case RANK.number:
      return compareNumbers(a as BsonNumber, b as BsonNumber);
    case RANK.string:
      return compareText(String(a), String(b));
    case RANK.document:
      return compareDocuments(a as Document, b as Document);
    case RANK.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case RANK.binary:
      return compareBinaries(a as Binary, b as Binary);
    case RANK.objectId:
      return compareHex((a as ObjectId).toHexString(), (b as ObjectId).toHexString());
    case RANK.boolean:
    case RANK.date:
      return Number(a) - Number(b);
    case RANK.timestamp:
      return (a as Timestamp).compare(b as Timestamp);
    case RANK.regex:
      return compareText(regexText(a as BSONRegExp), regexText(b as BSONRegExp));
    case RANK.code:
      return compareText(JSON.stringify(a), JSON.stringify(b));
    default:
      return 0;
  }
}

function compareHex(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function regexText(value: BSONRegExp): string {
  return `${value.pattern}\0${value.options}`;
}

/** By code point, which is the order of the UTF-8 bytes; JavaScript's `<` goes by UTF-16 unit. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === length) return a.length - b.length;
  const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
  const [xHigh, yHigh] = [isSurrogate(x), isSurrogate(y)];
  return xHigh === yHigh ? x - y : xHigh ? 1 : yHigh ? -1 : 0;
}

/** Surrogates stand for code points above every other unit. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function compareDocuments(a: Document, b: Document): number {
  const [left, right] = [Object.keys(a), Object.keys(b)];
  for (const [at, name] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    const difference =
      rank(a[name]) - rank(b[other]) || compareText(name, other) || compare(a[name], b[other]);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function compareArrays(a: unknown[], b: unknown[]): number {
  for (const [at, item] of a.entries()) {
    if (at >= b.length) return 1;
    const difference = compare(item, b[at]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  return (
    a.length() - b.length() ||
    a.sub_type - b.sub_type ||
    Buffer.compare(a.buffer.subarray(0, a.length()), b.buffer.subarray(0, b.length()))
  );
}
