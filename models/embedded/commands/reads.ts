import { Long } from 'bson';
import { field, isArray, type Document } from '../bson';
import { CommandError } from '../errors';
import { matcherOf } from '../matcher';
import { toWhole } from '../numbers';
import { MISSING, parsePath, reach } from '../paths';
import { projectionOf } from '../projection';
import { keyFieldsOf, sorted } from '../sorting';
import { same } from '../values';
import { runPipeline } from './aggregation';
import {
  allow,
  checkHint,
  count,
  documentField,
  documentsField,
  existing,
  flag,
  namespace,
  namespaceOf,
  refuse,
  refuseCollation,
  type Command,
  type Context,
} from './context';

const FIND_REFUSED = [
  'min',
  'max',
  'returnKey',
  'showRecordId',
  'tailable',
  'awaitData',
  'oplogReplay',
  'let',
];
const FIND_HARMLESS = ['noCursorTimeout', 'allowPartialResults', 'allowDiskUse'];

/** The documents that answer a query; read as they are asked for, where no order has to be found first. */
function found(context: Context, query: Document, order: Document = {}): Iterable<Document> {
  const collection = existing(context);
  checkHint(context.body, collection);
  // Compiled also where there is nothing to search, so that a bad query never passes.
  const matches = matcherOf(query);
  keyFieldsOf(order);
  const documents = collection?.scan(query, matches) ?? [];
  return Object.keys(order).length === 0 ? documents : sorted([...documents], order);
}

const find: Command = (context) => {
  const { body, cursors } = context;
  allow('find', body, [
    'find',
    'filter',
    'sort',
    'limit',
    'skip',
    'projection',
    'hint',
    'batchSize',
    'singleBatch',
    'collation',
    ...FIND_REFUSED,
    ...FIND_HARMLESS,
  ]);
  refuse(body, FIND_REFUSED);
  refuseCollation(body);
  const project = projectionOf(documentField(body, 'projection'));
  const all = found(context, documentField(body, 'filter'), documentField(body, 'sort'));
  const documents = slice(all, body).map(project);
  return cursors.first(namespaceOf(context), documents, batchSize(body), flag(body, 'singleBatch'));
};

function batchSize(body: Document): number | undefined {
  return Object.hasOwn(body, 'batchSize') ? count(body, 'batchSize') : undefined;
}

function slice(documents: Iterable<Document>, body: Document): Document[] {
  let skip = count(body, 'skip');
  const limit = count(body, 'limit') || Infinity;
  const taken: Document[] = [];
  for (const document of documents) {
    if (skip-- > 0) continue;
    taken.push(document);
    if (taken.length >= limit) break;
  }
  return taken;
}

const getMore: Command = ({ body, cursors, database }) => {
  allow('getMore', body, ['getMore', 'collection', 'batchSize']);
  const id = field(body, 'getMore');
  if (!(id instanceof Long)) throw new CommandError(14, 'A cursor is named by a 64-bit integer');
  return cursors.next(id, namespace(database, field(body, 'collection')), batchSize(body));
};

const killCursors: Command = (context) => {
  const { body, cursors } = context;
  allow('killCursors', body, ['killCursors', 'cursors']);
  const ids = field(body, 'cursors');
  if (!isArray(ids)) throw new CommandError(14, "'cursors' must be an array");
  const killed = ids.filter((id) => id instanceof Long && cursors.kill(id, namespaceOf(context)));
  return {
    cursorsKilled: killed,
    cursorsNotFound: ids.filter((id) => !killed.includes(id)),
    cursorsAlive: [],
    cursorsUnknown: [],
    ok: 1,
  };
};

const countDocuments: Command = (context) => {
  const { body } = context;
  allow('count', body, ['count', 'query', 'limit', 'skip', 'hint', 'collation']);
  refuseCollation(body);
  const limit =
    field(body, 'limit') === undefined ? 0 : Math.abs(toWhole(field(body, 'limit'), 'limit'));
  const query = documentField(body, 'query');
  const collection = existing(context);
  const all =
    Object.keys(query).length === 0 ? (collection?.size ?? 0) : [...found(context, query)].length;
  const left = Math.max(0, all - count(body, 'skip'));
  return { n: limit === 0 ? left : Math.min(limit, left), ok: 1 };
};

const distinct: Command = (context) => {
  const { body } = context;
  allow('distinct', body, ['distinct', 'key', 'query', 'hint', 'collation']);
  refuseCollation(body);
  const key = field(body, 'key');
  if (typeof key !== 'string') throw new CommandError(14, "'key' must be a string");
  const parts = parsePath(key);
  const values: unknown[] = [];
  for (const document of found(context, documentField(body, 'query'))) {
    for (const value of reach(document, parts).flatMap((one) => (isArray(one) ? one : [one]))) {
      if (value !== MISSING && !values.some((other) => same(other, value))) values.push(value);
    }
  }
  return { values, ok: 1 };
};

const aggregate: Command = (context) => {
  const { body, cursors } = context;
  const refused = ['explain', 'let'];
  allow('aggregate', body, [
    'aggregate',
    'pipeline',
    'cursor',
    'hint',
    'collation',
    'allowDiskUse',
    'bypassDocumentValidation',
    ...refused,
  ]);
  refuse(body, refused);
  refuseCollation(body);
  const cursor = documentField(body, 'cursor');
  allow('cursor', cursor, ['batchSize']);
  const documents = runPipeline(documentsField(body, 'pipeline'), (query) => [
    ...found(context, query),
  ]);
  return cursors.first(namespaceOf(context), documents, batchSize(cursor));
};

/** What looks without changing. */
export const reads: Readonly<Record<string, Command>> = {
  find,
  getMore,
  killCursors,
  count: countDocuments,
  distinct,
  aggregate,
};
