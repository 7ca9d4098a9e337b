import { BSONRegExp } from 'bson';
import { clone, field, isArray, isDocument, type Document } from './bson';
import { CommandError } from './errors';
import { conditionOf, isOperators, matcherOf } from './matcher';
import { toWhole } from './numbers';
import { MISSING } from './paths';
import { same } from './values';

type Change = (current: unknown) => unknown;

/** `$push`: a value, or `$each` with `$slice`. */
export function push(operand: unknown, path: string): Change {
  const { items, slice } = itemsOf('$push', operand, ['$each', '$slice']);
  return (current) => {
    const all = [...arrayAt(current, path, '$push'), ...items.map((item) => clone(item))];
    if (slice === undefined) return all;
    return slice < 0 ? all.slice(slice) : all.slice(0, slice);
  };
}

/** `$addToSet`: a value, or `$each`; a value that is there already is not added. */
export function addToSet(operand: unknown, path: string): Change {
  const { items } = itemsOf('$addToSet', operand, ['$each']);
  return (current) => {
    const all = [...arrayAt(current, path, '$addToSet')];
    for (const item of items) if (!all.some((other) => same(other, item))) all.push(clone(item));
    return all;
  };
}

/** `$pull`: removes the elements that equal a value or answer a condition. */
export function pull(operand: unknown, path: string): Change {
  const goes = pullTest(operand);
  return (current) =>
    current === MISSING ? MISSING : arrayAt(current, path, '$pull').filter((item) => !goes(item));
}

/** `$pullAll`: removes the elements that equal one of the values. */
export function pullAll(operand: unknown, path: string): Change {
  if (!isArray(operand)) throw new CommandError(2, '$pullAll requires an array argument');
  return (current) =>
    current === MISSING
      ? MISSING
      : arrayAt(current, path, '$pullAll').filter(
          (item) => !operand.some((value) => same(value, item)),
        );
}

function pullTest(operand: unknown): (item: unknown) => boolean {
  if (operand instanceof BSONRegExp || isOperators(operand)) {
    const condition = conditionOf(operand);
    return (item) => condition([item], true);
  }
  if (!isDocument(operand)) return (item) => same(item, operand);
  const matches = matcherOf(operand);
  return (item) => isDocument(item) && matches(item);
}

function arrayAt(current: unknown, path: string, name: string): unknown[] {
  if (current === MISSING) return [];
  if (isArray(current)) return current;
  throw new CommandError(2, `The field '${path}' must be an array for ${name}`);
}

function itemsOf(
  name: string,
  operand: unknown,
  allowed: readonly string[],
): { items: unknown[]; slice?: number } {
  if (!isOperators(operand)) return { items: [operand] };
  const odd = Object.keys(operand).find((key) => !allowed.includes(key));
  if (odd !== undefined)
    throw new CommandError(9, `${odd} in ${name} is not supported by the embedded store`);
  const items = field(operand, '$each');
  if (!isArray(items)) throw new CommandError(9, `${name} modifiers need an $each with an array`);
  return { items, slice: sliceOf(operand) };
}

function sliceOf(operand: Document): number | undefined {
  return Object.hasOwn(operand, '$slice') ? toWhole(operand.$slice, '$slice') : undefined;
}
