import {
  Binary,
  BSONRegExp,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'bson';
import { isArray, isDocument } from './bson';
import { CommandError } from './errors';
import { isNumber, toNumber } from './numbers';

type TypeTest = (value: unknown) => boolean;

const TYPES: readonly (readonly [number, string, TypeTest])[] = [
  [1, 'double', (value) => value instanceof Double || typeof value === 'number'],
  [2, 'string', (value) => typeof value === 'string'],
  [3, 'object', isDocument],
  [4, 'array', isArray],
  [5, 'binData', (value) => value instanceof Binary],
  [7, 'objectId', (value) => value instanceof ObjectId],
  [8, 'bool', (value) => typeof value === 'boolean'],
  [9, 'date', (value) => value instanceof Date],
  [10, 'null', (value) => value === null],
  [11, 'regex', (value) => value instanceof BSONRegExp],
  [16, 'int', (value) => value instanceof Int32],
  [17, 'timestamp', (value) => value instanceof Timestamp],
  [18, 'long', (value) => value instanceof Long && !(value instanceof Timestamp)],
  [19, 'decimal', (value) => value instanceof Decimal128],
  [-1, 'minKey', (value) => value instanceof MinKey],
  [127, 'maxKey', (value) => value instanceof MaxKey],
];

/** The test for `$type`'s operand: a number, a name, or an array of them. */
export function typeTest(operand: unknown): TypeTest {
  const tests = (isArray(operand) ? operand : [operand]).map(single);
  if (tests.length === 0) throw new CommandError(9, '$type must match at least one type');
  return (value) => tests.some((test) => test(value));
}

function single(wanted: unknown): TypeTest {
  if (wanted === 'number') return isNumber;
  const code = isNumber(wanted) ? toNumber(wanted) : undefined;
  const entry = TYPES.find(([number, name]) =>
    code === undefined ? name === wanted : number === code,
  );
  if (!entry) throw new CommandError(2, `Unknown type name alias: ${String(wanted)}`);
  return entry[2];
}
