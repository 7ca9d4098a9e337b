import { Decimal128, Double, Int32, Long, Timestamp } from 'bson';
import { CommandError } from './errors';

/** Any of BSON's number types, or a number made here. */
export type BsonNumber = number | Int32 | Double | Long | Decimal128;

const INT32_MIN = -(2 ** 31);
const INT32_MAX = 2 ** 31 - 1;

/** Whether a value is one of BSON's numbers; a Timestamp, which extends Long, is not. */
export function isNumber(value: unknown): value is BsonNumber {
  return (
    typeof value === 'number' ||
    value instanceof Int32 ||
    value instanceof Double ||
    (value instanceof Long && !(value instanceof Timestamp)) ||
    value instanceof Decimal128
  );
}

/** The nearest JavaScript number. */
export function toNumber(value: BsonNumber): number {
  if (typeof value === 'number') return value;
  if (value instanceof Int32 || value instanceof Double) return value.value;
  return value instanceof Long ? value.toNumber() : Number(value.toString());
}

/** A whole number of a command, such as a limit. Throws CommandError 14 for anything else. */
export function toWhole(value: unknown, name: string): number {
  const number = isNumber(value) ? toNumber(value) : NaN;
  if (!Number.isSafeInteger(number)) throw new CommandError(14, `'${name}' must be a whole number`);
  return number;
}

/** Orders numbers of all types by their exact value; NaN is below all, and equal to itself. */
export function compareNumbers(a: BsonNumber, b: BsonNumber): number {
  const [x, y] = [toNumber(a), toNumber(b)];
  if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(y)) - Number(Number.isNaN(x));
  if (x !== y) return x < y ? -1 : 1;
  // Equal as doubles: only types that are wider than a double can still differ.
  if (!Number.isFinite(x) || (!isWide(a) && !isWide(b))) return 0;
  const [p, q] = [fraction(a), fraction(b)];
  const [left, right] = [p.over * q.under, q.over * p.under];
  return left === right ? 0 : left < right ? -1 : 1;
}

function isWide(value: BsonNumber): boolean {
  return value instanceof Long || value instanceof Decimal128;
}

function fraction(value: BsonNumber): { over: bigint; under: bigint } {
  if (value instanceof Long) return { over: value.toBigInt(), under: 1n };
  if (value instanceof Decimal128) return decimalFraction(value.toString());
  let over = toNumber(value);
  let under = 1n;
  while (!Number.isInteger(over)) {
    over *= 2;
    under *= 2n;
  }
  return { over: BigInt(over), under };
}

function decimalFraction(text: string): { over: bigint; under: bigint } {
  const [mantissa = '0', exponent = '0'] = text.split('E');
  const [whole = '0', decimals = ''] = mantissa.split('.');
  const power = Number(exponent) - decimals.length;
  const digits = BigInt(whole + decimals);
  return power >= 0
    ? { over: digits * 10n ** BigInt(power), under: 1n }
    : { over: digits, under: 10n ** BigInt(-power) };
}

/** Adds as MongoDB's $inc: int32 grows into int64, anything with a double is a double. Decimal128 is refused. */
export function add(a: BsonNumber, b: BsonNumber): BsonNumber {
  if (a instanceof Decimal128 || b instanceof Decimal128) {
    throw new CommandError(9, 'Decimal128 arithmetic is not supported by the embedded store');
  }
  if (isWhole(a) && isWhole(b)) return addWhole(a, b);
  return new Double(toNumber(a) + toNumber(b));
}

function isWhole(value: BsonNumber): value is Int32 | Long {
  return value instanceof Int32 || value instanceof Long;
}

function addWhole(a: Int32 | Long, b: Int32 | Long): Int32 | Long {
  const sum = whole(a) + whole(b);
  if (sum !== BigInt.asIntN(64, sum))
    throw new CommandError(2, 'The sum is over the range of a 64-bit integer');
  const small = a instanceof Int32 && b instanceof Int32 && sum >= INT32_MIN && sum <= INT32_MAX;
  return small ? new Int32(Number(sum)) : Long.fromBigInt(sum);
}

function whole(value: Int32 | Long): bigint {
  return value instanceof Long ? value.toBigInt() : BigInt(value.value);
}
