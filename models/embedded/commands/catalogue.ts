import type { Collection } from '../collection';
import { CommandError } from '../errors';
import { matcherOf } from '../matcher';
import {
  allow,
  documentField,
  existing,
  flag,
  namespaceOf,
  refuse,
  refuseCollation,
  type Command,
} from './context';

const create: Command = (context) => {
  const { body, engine } = context;
  const refused = [
    'capped',
    'timeseries',
    'viewOn',
    'pipeline',
    'validator',
    'expireAfterSeconds',
    'clusteredIndex',
    'size',
    'max',
  ];
  allow('create', body, ['create', 'collation', ...refused]);
  refuse(body, refused);
  refuseCollation(body);
  if (existing(context))
    throw new CommandError(48, `Collection ${namespaceOf(context)} already exists.`);
  engine.ensure(namespaceOf(context));
  return { ok: 1 };
};

const drop: Command = (context) => {
  allow('drop', context.body, ['drop']);
  const collection = existing(context);
  if (collection) context.engine.drop(collection);
  return { ns: namespaceOf(context), ok: 1 };
};

const dropDatabase: Command = ({ engine, body, database }) => {
  allow('dropDatabase', body, ['dropDatabase']);
  for (const collection of ofDatabase([...engine.collections.values()], database))
    engine.drop(collection);
  return { dropped: database, ok: 1 };
};

function ofDatabase(collections: readonly Collection[], database: string): Collection[] {
  return collections.filter(({ namespace }) => namespace.startsWith(`${database}.`));
}

const listCollections: Command = ({ engine, cursors, body, database }) => {
  allow('listCollections', body, [
    'listCollections',
    'filter',
    'nameOnly',
    'authorizedCollections',
    'cursor',
  ]);
  const matches = matcherOf(documentField(body, 'filter'));
  const all = ofDatabase([...engine.collections.values()], database)
    .map(({ namespace }) => ({
      name: namespace.slice(database.length + 1),
      type: 'collection',
      options: {},
      info: { readOnly: false },
    }))
    .filter(matches);
  const listed = flag(body, 'nameOnly') ? all.map(({ name, type }) => ({ name, type })) : all;
  return cursors.first(`${database}.$cmd.listCollections`, listed, Infinity);
};

/** What makes, lists and drops collections. */
export const catalogue: Readonly<Record<string, Command>> = {
  create,
  drop,
  dropDatabase,
  listCollections,
};
