import { BSONRegExp } from 'bson';
import { clone, field, isArray, isDocument, setField, type Document } from './bson';
import { addToSet, pull, pullAll, push } from './arrayUpdates';
import { CommandError } from './errors';
import { add, isNumber } from './numbers';
import { MISSING, parsePath, setAt, unsetAt, valueAt } from './paths';
import { compare, same } from './values';

/** Makes the new document from the old one, which it leaves as it is. */
export type Update = (document: Document, inserting: boolean) => Document;

/** What an operator makes of the value at its path; MISSING means that there is, or shall be, none. */
type Change = (current: unknown) => unknown;
type Operator = (operand: unknown, path: string) => Change;

interface Action {
  readonly operator: string;
  readonly parts: readonly string[];
  readonly change: Change;
}

const OPERATORS = new Map<string, Operator>([
  ['$set', (operand) => () => clone(operand)],
  ['$setOnInsert', (operand) => () => clone(operand)],
  ['$unset', () => () => MISSING],
  ['$inc', increment],
  ['$min', (operand) => bound(operand, (order) => order < 0)],
  ['$max', (operand) => bound(operand, (order) => order > 0)],
  ['$push', push],
  ['$pull', pull],
  ['$pullAll', pullAll],
  ['$addToSet', addToSet],
]);

/** Whether an update is made of operators; the alternative is a whole new document. */
export function isOperatorUpdate(update: Document): boolean {
  return Object.keys(update).some((name) => name.startsWith('$'));
}

/** Compiles `{ $set: … }` and the like, or a replacement. Throws CommandError for what is unknown or conflicts. */
export function updateOf(update: unknown): Update {
  if (!isDocument(update))
    throw new CommandError(
      9,
      'Updates by an aggregation pipeline are not supported by the embedded store',
    );
  if (!isOperatorUpdate(update)) return replacementOf(update);
  const actions = Object.keys(update).flatMap((name) => actionsOf(name, update[name]));
  refuseConflicts(actions);
  return (document, inserting) => {
    const next = clone(document);
    for (const { operator, parts, change } of actions) {
      if (operator === '$setOnInsert' && !inserting) continue;
      const value = change(valueAt(next, parts));
      if (value === MISSING) unsetAt(next, parts);
      else setAt(next, parts, value);
    }
    keepId(document, next);
    return next;
  };
}

function replacementOf(update: Document): Update {
  return (document) => {
    const next: Document = {};
    const id = Object.hasOwn(document, '_id') ? document._id : field(update, '_id');
    if (id !== undefined) next._id = id;
    for (const name of Object.keys(update)) setField(next, name, clone(update[name]));
    keepId(document, next);
    return next;
  };
}

function keepId(before: Document, after: Document): void {
  if (!Object.hasOwn(before, '_id')) return;
  if (!Object.hasOwn(after, '_id') || !same(before._id, after._id)) {
    throw new CommandError(
      66,
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  }
}

function actionsOf(name: string, operands: unknown): Action[] {
  const operator = OPERATORS.get(name);
  if (!operator) {
    throw new CommandError(
      9,
      `Unknown or unsupported modifier: ${name}. The embedded store has ${[...OPERATORS.keys()].join(', ')}`,
    );
  }
  if (!isDocument(operands))
    throw new CommandError(9, `Modifiers operate on fields but ${name} has none`);
  return Object.keys(operands).map((path) => ({
    operator: name,
    parts: parsePath(path),
    change: operator(operands[path], path),
  }));
}

function refuseConflicts(actions: readonly Action[]): void {
  const paths = actions.map(({ parts }) => parts.join('.')).sort();
  const taken = new Set<string>();
  for (const path of paths) {
    const parts = path.split('.');
    for (let length = 1; length <= parts.length; length++) {
      if (taken.has(parts.slice(0, length).join('.'))) {
        throw new CommandError(40, `Updating the path '${path}' would create a conflict`);
      }
    }
    taken.add(path);
  }
}

function increment(operand: unknown, path: string): Change {
  if (!isNumber(operand))
    throw new CommandError(14, `Cannot increment '${path}' with a non-numeric argument`);
  return (current) => {
    if (current === MISSING) return operand;
    if (!isNumber(current))
      throw new CommandError(14, `Cannot apply $inc to the value of non-numeric type at '${path}'`);
    return add(current, operand);
  };
}

function bound(operand: unknown, replaces: (order: number) => boolean): Change {
  return (current) =>
    current === MISSING || replaces(compare(operand, current)) ? clone(operand) : current;
}

/**
 * The document that an upsert starts from: what the query says a field equals.
 * @returns without `_id` when the query does not name it.
 */
export function seedOf(query: Document): Document {
  const seed: Document = {};
  collectEqualities(query, seed);
  return seed;
}

function collectEqualities(query: Document, seed: Document): void {
  for (const name of Object.keys(query)) {
    const operand = query[name];
    if (name === '$and' && isArray(operand)) {
      for (const part of operand) if (isDocument(part)) collectEqualities(part, seed);
    } else if (!name.startsWith('$')) {
      const value = equalityOf(operand);
      if (value !== MISSING) setAt(seed, parsePath(name), clone(value));
    }
  }
}

function equalityOf(operand: unknown): unknown {
  if (operand instanceof BSONRegExp) return MISSING;
  if (!isDocument(operand)) return operand;
  if (!(Object.keys(operand)[0] ?? '').startsWith('$')) return operand;
  return Object.hasOwn(operand, '$eq') ? operand.$eq : MISSING;
}
