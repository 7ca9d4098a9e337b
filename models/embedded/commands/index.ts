import { field, isDocument, type Document } from '../bson';
import type { Cursors } from '../cursors';
import type { Engine } from '../engine';
import { CommandError } from '../errors';
import { isNumber, toNumber } from '../numbers';
import { catalogue } from './catalogue';
import { allow, type Command } from './context';
import { findAndModify } from './findAndModify';
import { diagnostics, greetings } from './handshake';
import { indexCatalogue } from './indexCatalogue';
import { reads } from './reads';
import { writes } from './writes';

const WRITING: Readonly<Record<string, Command>> = {
  ...writes,
  ...catalogue,
  ...indexCatalogue,
  findAndModify,
  findandmodify: findAndModify,
};

const COMMANDS = new Map<string, Command>(
  Object.entries({ ...greetings, ...diagnostics, ...reads, ...WRITING }),
);

/** Fields that any command may carry; they are checked here or cannot change the outcome, since no command waits. */
const GENERIC = [
  '$db',
  'lsid',
  '$readPreference',
  '$clusterTime',
  'comment',
  'maxTimeMS',
  'readConcern',
  'writeConcern',
];

/** Read concerns that one copy meets by itself. */
const LEVELS: readonly unknown[] = ['local', 'available', 'majority'];

/** Runs a command and answers once its changes, and those that it saw, are on disk. Never rejects: a refusal is an answer. */
export async function runCommand(
  engine: Engine,
  cursors: Cursors,
  raw: Document,
): Promise<Document> {
  try {
    return await run(engine, cursors, raw);
  } catch (error) {
    return refusal(error);
  }
}

async function run(engine: Engine, cursors: Cursors, raw: Document): Promise<Document> {
  const name = Object.keys(raw)[0] ?? '';
  const command = COMMANDS.get(name);
  if (!command) throw new CommandError(59, `no such command: '${name}'`);
  const database = field(raw, '$db');
  if (typeof database !== 'string' || !/^[^\0/\\. "$]{1,63}$/.test(database))
    throw new CommandError(73, 'Invalid database name');
  if (Object.hasOwn(greetings, name)) return command({ engine, cursors, name, body: {}, database });
  checkGeneric(raw);
  const body = Object.fromEntries(Object.entries(raw).filter(([key]) => !GENERIC.includes(key)));
  if (engine.failure) throw engine.failure;
  if (Object.hasOwn(WRITING, name) && !engine.hasRoom())
    throw new CommandError(14031, 'The disk of the store is almost full; nothing more is written');
  const subject = body[name];
  try {
    return command({ engine, cursors, name, body, database });
  } finally {
    // Also after a refusal: what earlier statements of the command changed stays changed.
    await engine.settle(typeof subject === 'string' ? `${database}.${subject}` : database);
  }
}

function checkGeneric(raw: Document): void {
  for (const name of ['txnNumber', 'startTransaction', 'autocommit']) {
    if (Object.hasOwn(raw, name))
      throw new CommandError(
        20,
        'Transaction numbers are only allowed on a replica set member or mongos',
      );
  }
  const write = field(raw, 'writeConcern');
  if (isDocument(write)) {
    allow('writeConcern', write, ['w', 'j', 'wtimeout', 'fsync']);
    const w = field(write, 'w');
    const one = w === undefined || w === 'majority' || (isNumber(w) && toNumber(w) <= 1);
    if (!one)
      throw new CommandError(
        100,
        'A write concern over one node cannot be met by the embedded store',
      );
  }
  const read = field(raw, 'readConcern');
  if (isDocument(read)) {
    allow('readConcern', read, ['level']);
    const level = field(read, 'level');
    if (level !== undefined && !LEVELS.includes(level)) {
      throw new CommandError(72, 'This read concern is not supported by the embedded store');
    }
  }
}

function refusal(error: unknown): Document {
  if (error instanceof CommandError) {
    return {
      ok: 0,
      errmsg: error.message,
      code: error.code,
      codeName: error.codeName,
      ...error.details,
    };
  }
  const known = error instanceof Error ? error.message : 'unknown';
  return { ok: 0, errmsg: known, code: 96, codeName: 'OperationFailed' };
}
