import { BSONRegExp, MaxKey, MinKey } from 'bson';
import { isArray, isDocument, type Document } from './bson';
import { CommandError } from './errors';
import { isNumber, toNumber, toWhole } from './numbers';
import { MISSING, parsePath, reach } from './paths';
import { regexOf } from './regex';
import { typeTest } from './types';
import { compare, rank, RANK, same } from './values';

/** Whether a document answers a query. */
export type Matcher = (document: Document) => boolean;
/** Whether the values that a path reached answer a condition; `whole`: arrays among them do not answer by their elements. */
type Condition = (reached: readonly unknown[], whole?: boolean) => boolean;
type ValueTest = (value: unknown) => boolean;

/** Compiles a MongoDB query. Throws CommandError 2 for what is unknown or malformed; nothing is ignored. */
export function matcherOf(query: Document): Matcher {
  const tests = Object.keys(query)
    .filter((name) => name !== '$comment')
    .map((name) =>
      name.startsWith('$') ? logicalOf(name, query[name]) : fieldOf(name, query[name]),
    );
  return (document) => tests.every((test) => test(document));
}

function logicalOf(name: string, operand: unknown): Matcher {
  if (name !== '$and' && name !== '$or' && name !== '$nor') {
    throw new CommandError(2, `unknown top level operator: ${name}`);
  }
  if (!isArray(operand) || operand.length === 0)
    throw new CommandError(2, `${name} must be a nonempty array`);
  const matchers = operand.map((item) => {
    if (!isDocument(item)) throw new CommandError(2, `${name} entries need to be full objects`);
    return matcherOf(item);
  });
  if (name === '$and') return (document) => matchers.every((matches) => matches(document));
  const any: Matcher = (document) => matchers.some((matches) => matches(document));
  return name === '$or' ? any : (document) => !any(document);
}

function fieldOf(path: string, operand: unknown): Matcher {
  const parts = parsePath(path);
  const condition = conditionOf(operand);
  return (document) => condition(reach(document, parts));
}

/** Whether an operand is a document of operators, such as `{ $gt: 1 }`, and not a value. */
export function isOperators(operand: unknown): operand is Document {
  return isDocument(operand) && (Object.keys(operand)[0] ?? '').startsWith('$');
}

/** Compiles what stands behind a field: a value, a regular expression or operators. */
export function conditionOf(operand: unknown): Condition {
  if (operand instanceof BSONRegExp) return any(regexTest(operand, ''));
  if (!isOperators(operand)) return equalTo(operand);
  const conditions = Object.keys(operand)
    .filter((name) => name !== '$options')
    .map((name) => operatorOf(name, operand[name], operand));
  if (Object.hasOwn(operand, '$options') && !Object.hasOwn(operand, '$regex')) {
    throw new CommandError(2, '$options needs a $regex');
  }
  return (reached, whole) => conditions.every((condition) => condition(reached, whole));
}

type OperatorCompiler = (operand: unknown, siblings: Document) => Condition;

const OPERATORS = new Map<string, OperatorCompiler>([
  ['$eq', (operand) => equalTo(noRegex('$eq', operand))],
  ['$ne', (operand) => not(equalTo(noRegex('$ne', operand)))],
  ['$gt', (operand) => any(ordered(operand, (order) => order > 0))],
  ['$gte', (operand) => any(ordered(operand, (order) => order >= 0))],
  ['$lt', (operand) => any(ordered(operand, (order) => order < 0))],
  ['$lte', (operand) => any(ordered(operand, (order) => order <= 0))],
  ['$in', (operand) => oneOf('$in', operand)],
  ['$nin', (operand) => not(oneOf('$nin', operand))],
  ['$exists', (operand) => exists(operand)],
  ['$not', (operand) => negation(operand)],
  ['$elemMatch', (operand) => elemMatch(operand)],
  ['$size', (operand) => size(operand)],
  ['$all', (operand) => all(operand)],
  ['$regex', (operand, siblings) => any(regexTest(operand, optionsOf(siblings)))],
  ['$type', (operand) => typeCondition(operand)],
]);

function operatorOf(name: string, operand: unknown, siblings: Document): Condition {
  const compile = OPERATORS.get(name);
  if (!compile) throw new CommandError(2, `unknown operator: ${name}`);
  return compile(operand, siblings);
}

/** True when a reached value, or an element of a reached array, passes. */
function any(test: ValueTest): Condition {
  return (reached, whole) =>
    reached.some((value) => test(value) || (!whole && isArray(value) && value.some(test)));
}

function not(condition: Condition): Condition {
  return (reached, whole) => !condition(reached, whole);
}

function noRegex(name: string, operand: unknown): unknown {
  if (operand instanceof BSONRegExp)
    throw new CommandError(2, `${name} with a regular expression is not supported`);
  return operand;
}

function equalTo(operand: unknown): Condition {
  // A value of an unsupported type must be refused even where no document is compared with it.
  const order = rank(operand);
  if (order === RANK.null)
    return any((value) => value === MISSING || value === null || value === undefined);
  return any((value) => value !== MISSING && same(value, operand));
}

/** Comparisons hold within one type only; MinKey and MaxKey compare with all. */
function ordered(operand: unknown, holds: (order: number) => boolean): ValueTest {
  const bracket = rank(operand);
  if (operand instanceof BSONRegExp)
    throw new CommandError(2, 'Cannot compare with a regular expression');
  const everyType = operand instanceof MinKey || operand instanceof MaxKey;
  return (value) => {
    const present = value === MISSING ? null : value;
    if (!everyType && rank(present) !== bracket) return false;
    if (isNaNValue(present) !== isNaNValue(operand)) return false;
    return holds(compare(present, operand));
  };
}

function isNaNValue(value: unknown): boolean {
  return isNumber(value) && Number.isNaN(toNumber(value));
}

function oneOf(name: string, operand: unknown): Condition {
  if (!isArray(operand)) throw new CommandError(2, `${name} needs an array`);
  const choices = operand.map((item) => {
    if (isOperators(item)) throw new CommandError(2, `cannot nest $ under ${name}`);
    return conditionOf(item);
  });
  return (reached, whole) => choices.some((choice) => choice(reached, whole));
}

function exists(operand: unknown): Condition {
  const wanted = isNumber(operand) ? toNumber(operand) !== 0 : Boolean(operand);
  return (reached) => reached.some((value) => value !== MISSING) === wanted;
}

function negation(operand: unknown): Condition {
  if (operand instanceof BSONRegExp || isOperators(operand)) return not(conditionOf(operand));
  throw new CommandError(2, '$not needs a regex or a document');
}

const LOGICAL = ['$and', '$or', '$nor'];

function elemMatch(operand: unknown): Condition {
  if (!isDocument(operand)) throw new CommandError(2, '$elemMatch needs an Object');
  const first = Object.keys(operand)[0] ?? '';
  if (first.startsWith('$') && !LOGICAL.includes(first)) {
    const condition = conditionOf(operand);
    return elements((item) => condition([item], true));
  }
  const matches = matcherOf(operand);
  return elements((item) => isDocument(item) && matches(item));
}

function elements(test: ValueTest): Condition {
  return (reached) => reached.some((value) => isArray(value) && value.some(test));
}

function size(operand: unknown): Condition {
  const wanted = toWhole(operand, '$size');
  if (wanted < 0) throw new CommandError(2, '$size may not be negative');
  return (reached) => reached.some((value) => isArray(value) && value.length === wanted);
}

function all(operand: unknown): Condition {
  if (!isArray(operand)) throw new CommandError(2, '$all needs an array');
  const conditions = operand.map((item) => {
    if (isOperators(item) && Object.keys(item)[0] !== '$elemMatch')
      throw new CommandError(2, 'no $ expressions in $all');
    return conditionOf(item);
  });
  return (reached, whole) =>
    conditions.length > 0 && conditions.every((condition) => condition(reached, whole));
}

function optionsOf(siblings: Document): string {
  const options = Object.hasOwn(siblings, '$options') ? siblings.$options : '';
  if (typeof options !== 'string') throw new CommandError(2, '$options has to be a string');
  return options;
}

function regexTest(operand: unknown, options: string): ValueTest {
  const regex = regexOf(operand, options);
  return (value) =>
    (typeof value === 'string' && regex.test(value)) ||
    (value instanceof BSONRegExp && operand instanceof BSONRegExp && same(value, operand));
}

function typeCondition(operand: unknown): Condition {
  const test = typeTest(operand);
  return any((value) => value !== MISSING && test(value));
}
