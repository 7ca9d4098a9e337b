import { field, type Document } from '../bson';
import { CommandError } from '../errors';
import { matcherOf } from '../matcher';
import { projectionOf } from '../projection';
import { updateOf } from '../updates';
import {
  allow,
  checkHint,
  documentField,
  existing,
  flag,
  namespaceOf,
  refuse,
  refuseCollation,
  type Command,
  type Context,
} from './context';
import { upsert } from './writes';
import { keyFieldsOf } from '../sorting';

const REFUSED = ['arrayFilters', 'let'];
const KNOWN = [
  'query',
  'update',
  'remove',
  'new',
  'upsert',
  'sort',
  'fields',
  'hint',
  'collation',
  'bypassDocumentValidation',
];

/** Finds one document, changes or removes it, and returns it as it was or has become, in one step. */
export const findAndModify: Command = (context) => {
  const { body, name } = context;
  allow(name, body, [name, ...KNOWN, ...REFUSED]);
  refuse(body, REFUSED);
  refuseCollation(body);
  const project = projectionOf(documentField(body, 'fields'));
  keyFieldsOf(documentField(body, 'sort'));
  matcherOf(documentField(body, 'query'));
  const removing = flag(body, 'remove');
  if (removing === Object.hasOwn(body, 'update'))
    throw new CommandError(9, 'Either an update or remove=true must be specified');
  if (removing && (flag(body, 'upsert') || flag(body, 'new')))
    throw new CommandError(9, 'Cannot specify upsert or new with remove=true');
  const { lastErrorObject, value } = removing ? removeFirst(context) : updateFirst(context);
  return { lastErrorObject, value: value ? project(value) : null, ok: 1 };
};

interface Outcome {
  readonly lastErrorObject: Document;
  readonly value?: Document;
}

function removeFirst(context: Context): Outcome {
  const stored = first(context);
  if (!stored) return { lastErrorObject: { n: 0 } };
  existing(context)?.remove(stored);
  return { lastErrorObject: { n: 1 }, value: stored.document };
}

function updateFirst(context: Context): Outcome {
  const { body, engine } = context;
  const raw = field(body, 'update');
  const change = updateOf(raw);
  const stored = first(context);
  if (stored) {
    const before = stored.document;
    existing(context)?.replace(stored, change(before, false));
    return {
      lastErrorObject: { n: 1, updatedExisting: true },
      value: flag(body, 'new') ? stored.document : before,
    };
  }
  if (!flag(body, 'upsert')) return { lastErrorObject: { n: 0, updatedExisting: false } };
  const made = upsert(engine.ensure(namespaceOf(context)), documentField(body, 'query'), raw);
  return {
    lastErrorObject: { n: 1, updatedExisting: false, upserted: made._id },
    value: flag(body, 'new') ? made : undefined,
  };
}

function first(context: Context) {
  const { body } = context;
  const collection = existing(context);
  checkHint(body, collection);
  return collection?.first(documentField(body, 'query'), documentField(body, 'sort'));
}
