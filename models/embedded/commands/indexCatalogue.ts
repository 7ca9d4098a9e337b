import { Int32 } from 'bson';
import { field, isDocument, type Document } from '../bson';
import type { Collection } from '../collection';
import { CommandError, unsupported } from '../errors';
import type { IndexSpec } from '../indexes';
import { isOperators, matcherOf } from '../matcher';
import { keyFieldsOf } from '../sorting';
import { same } from '../values';
import {
  allow,
  documentField,
  documentsField,
  existing,
  flag,
  namespaceOf,
  refuseCollation,
  type Command,
  type Context,
} from './context';

const createIndexes: Command = (context) => {
  const { body, engine } = context;
  allow('createIndexes', body, ['createIndexes', 'indexes', 'commitQuorum']);
  const specs = documentsField(body, 'indexes').map(specOf);
  const created = !existing(context);
  const collection = engine.ensure(namespaceOf(context));
  const before = collection.indexes.size;
  for (const spec of specs) if (!exists(collection, spec)) engine.addIndex(collection, spec);
  return {
    numIndexesBefore: before,
    numIndexesAfter: collection.indexes.size,
    createdCollectionAutomatically: created,
    ok: 1,
  };
};

/** `background` has had no effect since MongoDB 4.2. */
const INDEX_OPTIONS = [
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'background',
  'v',
  'collation',
];

function specOf(raw: Document): IndexSpec {
  const odd = Object.keys(raw).find((name) => !INDEX_OPTIONS.includes(name));
  if (odd !== undefined)
    throw new CommandError(67, `The index option '${odd}' is not supported by the embedded store`);
  refuseCollation(raw);
  const key = documentField(raw, 'key');
  const name = field(raw, 'name');
  if (Object.keys(key).length === 0 || typeof name !== 'string' || name === '') {
    throw new CommandError(67, 'An index needs a key and a name');
  }
  if (Object.values(key).some((kind) => typeof kind === 'string')) {
    throw new CommandError(
      67,
      'Text, geographic and hashed indexes are not supported by the embedded store',
    );
  }
  keyFieldsOf(key);
  const partial = partialOf(raw);
  const sparse = flag(raw, 'sparse');
  if (partial && sparse)
    throw new CommandError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  return {
    name,
    key,
    unique: flag(raw, 'unique'),
    sparse,
    ...(partial && { partialFilterExpression: partial }),
  };
}

/** What MongoDB allows in a partial index as well: an element of an array that answers is enough for each of them. */
const PARTIAL_OPERATORS = ['$eq', '$in', '$gt', '$gte', '$lt', '$lte', '$exists', '$type'];

function partialOf(raw: Document): Document | undefined {
  const partial = field(raw, 'partialFilterExpression');
  if (partial === undefined) return undefined;
  if (!isDocument(partial))
    throw new CommandError(67, 'partialFilterExpression must be a document');
  for (const [path, condition] of Object.entries(partial)) {
    const names = isOperators(condition) ? Object.keys(condition) : [];
    const odd = [path.startsWith('$') ? path : undefined, ...names].find(
      (name) => name !== undefined && !PARTIAL_OPERATORS.includes(name),
    );
    if (odd !== undefined || (isOperators(condition) && field(condition, '$exists') === false)) {
      throw new CommandError(
        67,
        `Unsupported expression in a partial index: ${odd ?? '$exists: false'}`,
      );
    }
  }
  matcherOf(partial);
  return partial;
}

/** Whether the very index is there; refuses another one of its name or key. */
function exists(collection: Collection, spec: IndexSpec): boolean {
  if (sameKey(spec.key, { _id: 1 })) return true;
  for (const { spec: other } of collection.indexes.values()) {
    const [named, keyed] = [other.name === spec.name, sameKey(other.key, spec.key)];
    if (named && keyed && sameOptions(other, spec)) return true;
    if (named)
      throw new CommandError(
        86,
        `An index of the name ${spec.name} exists with another key or options`,
      );
    if (keyed && same(other.partialFilterExpression, spec.partialFilterExpression)) {
      throw new CommandError(85, `Index already exists with a different name: ${other.name}`);
    }
  }
  return false;
}

function sameKey(a: Document, b: Document): boolean {
  return (
    Object.keys(a).join('\0') === Object.keys(b).join('\0') &&
    same(
      keyFieldsOf(a).map((one) => one.direction),
      keyFieldsOf(b).map((one) => one.direction),
    )
  );
}

function sameOptions(a: IndexSpec, b: IndexSpec): boolean {
  return (
    a.unique === b.unique &&
    a.sparse === b.sparse &&
    same(a.partialFilterExpression, b.partialFilterExpression)
  );
}

function found(context: Context): Collection {
  const collection = existing(context);
  if (!collection) throw new CommandError(26, `ns does not exist: ${namespaceOf(context)}`);
  return collection;
}

const listIndexes: Command = (context) => {
  allow('listIndexes', context.body, ['listIndexes', 'cursor']);
  const specs = [...found(context).indexes.values()].map(({ spec }) => ({
    v: new Int32(2),
    key: spec.key,
    name: spec.name,
    ...(spec.unique && spec.name !== '_id_' && { unique: true }),
    ...(spec.sparse && { sparse: true }),
    ...(spec.partialFilterExpression && { partialFilterExpression: spec.partialFilterExpression }),
  }));
  return context.cursors.first(namespaceOf(context), specs, Infinity);
};

const dropIndexes: Command = (context) => {
  const { body, engine } = context;
  allow('dropIndexes', body, ['dropIndexes', 'index']);
  const collection = found(context);
  const wanted = field(body, 'index');
  const specs = [...collection.indexes.values()].map(({ spec }) => spec);
  const chosen =
    wanted === '*'
      ? specs.slice(1)
      : specs.filter(
          (spec) => spec.name === wanted || (isDocument(wanted) && sameKey(spec.key, wanted)),
        );
  if (wanted !== '*' && chosen.length === 0) throw new CommandError(27, 'index not found');
  if (chosen.some((spec) => spec.name === '_id_'))
    throw new CommandError(72, 'cannot drop _id index');
  if (wanted !== '*' && typeof wanted !== 'string' && !isDocument(wanted))
    throw unsupported('Dropping several indexes by name');
  for (const spec of chosen) engine.dropIndex(collection, spec.name);
  return { nIndexesWas: specs.length, ok: 1 };
};

/** What makes, lists and drops indexes. */
export const indexCatalogue: Readonly<Record<string, Command>> = {
  createIndexes,
  listIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
};
