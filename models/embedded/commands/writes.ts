import { field, type Document } from '../bson';
import type { Collection } from '../collection';
import { CommandError } from '../errors';
import type { Stored } from '../indexes';
import { matcherOf } from '../matcher';
import { isOperatorUpdate, seedOf, updateOf } from '../updates';
import {
  allow,
  checkHint,
  count,
  documentField,
  documentsField,
  existing,
  flag,
  namespaceOf,
  refuse,
  refuseCollation,
  type Command,
  type Context,
} from './context';

const COMMON = ['ordered', 'bypassDocumentValidation', 'let'];

/** Runs the statements of a write command one by one; a refused one is reported and, if ordered, ends the run. */
function eachStatement(
  context: Context,
  statements: readonly Document[],
  run: (statement: Document, at: number) => void,
): Document {
  const ordered = flag(context.body, 'ordered', true);
  const writeErrors: Document[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      run(statement, index);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      writeErrors.push({ index, code: error.code, errmsg: error.message, ...error.details });
      if (ordered) break;
    }
  }
  return { ok: 1, ...(writeErrors.length > 0 && { writeErrors }) };
}

function statementsOf({ body }: Context, name: string): Document[] {
  refuse(body, ['let']);
  const statements = documentsField(body, name);
  if (statements.length === 0) throw new CommandError(2, `'${name}' may not be empty`);
  return statements;
}

const insert: Command = (context) => {
  const { body, engine } = context;
  allow('insert', body, ['insert', 'documents', ...COMMON]);
  const documents = statementsOf(context, 'documents');
  const collection = engine.ensure(namespaceOf(context));
  let n = 0;
  const outcome = eachStatement(context, documents, (document) => {
    collection.insert(document);
    n++;
  });
  return { n, ...outcome };
};

const update: Command = (context) => {
  const { body } = context;
  allow('update', body, ['update', 'updates', ...COMMON]);
  const upserted: Document[] = [];
  let [n, nModified] = [0, 0];
  const outcome = eachStatement(context, statementsOf(context, 'updates'), (statement, index) => {
    const result = updateOne(context, statement);
    n += result.matched;
    nModified += result.modified;
    if (result.id !== undefined) {
      n++;
      upserted.push({ index, _id: result.id });
    }
  });
  return { n, nModified, ...(upserted.length > 0 && { upserted }), ...outcome };
};

/** The documents that a statement is about. */
function targetsOf(
  context: Context,
  statement: Document,
  query: Document,
  multi: boolean,
): Stored[] {
  const collection = existing(context);
  checkHint(statement, collection);
  // Compiled also where there is nothing to search, so that a bad query never passes.
  matcherOf(query);
  if (multi) return collection?.matching(query) ?? [];
  const first = collection?.first(query);
  return first ? [first] : [];
}

function updateOne(
  context: Context,
  statement: Document,
): { matched: number; modified: number; id?: unknown } {
  const refused = ['arrayFilters', 'sort'];
  allow('updates', statement, ['q', 'u', 'multi', 'upsert', 'hint', 'collation', ...refused]);
  refuse(statement, refused);
  refuseCollation(statement);
  const query = documentField(statement, 'q');
  const raw = field(statement, 'u');
  const change = updateOf(raw);
  const multi = flag(statement, 'multi');
  if (multi && !isOperatorUpdate(documentField(statement, 'u')))
    throw new CommandError(9, 'multi update is not supported for replacement-style update');
  const targets = targetsOf(context, statement, query, multi);
  const collection = existing(context);
  let modified = 0;
  for (const stored of targets) {
    if (collection?.replace(stored, change(stored.document, false))) modified++;
  }
  const matched = targets.length;
  if (matched > 0 || !flag(statement, 'upsert')) return { matched, modified };
  return {
    matched,
    modified,
    id: upsert(context.engine.ensure(namespaceOf(context)), query, raw)._id,
  };
}

/** Inserts what an upsert that matched nothing makes of its query and update. */
export function upsert(collection: Collection, query: Document, update: unknown): Document {
  const seed = seedOf(query);
  // A replacement takes from the query no more than the id.
  const id = Object.hasOwn(seed, '_id') ? { _id: seed._id } : {};
  const start = isOperatorUpdate(update as Document) ? seed : id;
  return collection.insert(updateOf(update)(start, true)).document;
}

const remove: Command = (context) => {
  const { body } = context;
  allow('delete', body, ['delete', 'deletes', ...COMMON]);
  let n = 0;
  const outcome = eachStatement(context, statementsOf(context, 'deletes'), (statement) => {
    allow('deletes', statement, ['q', 'limit', 'hint', 'collation']);
    refuseCollation(statement);
    const query = documentField(statement, 'q');
    const limit = count(statement, 'limit');
    if (limit > 1) throw new CommandError(9, 'The limit of a delete must be 0 or 1');
    for (const stored of targetsOf(context, statement, query, limit === 0)) {
      existing(context)?.remove(stored);
      n++;
    }
  });
  return { n, ...outcome };
};

/** What changes documents. */
export const writes: Readonly<Record<string, Command>> = { insert, update, delete: remove };
