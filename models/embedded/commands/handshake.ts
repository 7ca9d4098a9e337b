import { MAX_DOCUMENT_BYTES, type Document } from '../bson';
import { Int32 } from 'bson';
import { MAX_MESSAGE_BYTES } from '../wire';
import type { Command } from './context';

/** As MongoDB 7.0; the driver wants at least 8. */
const WIRE_VERSION = 21;
const SESSION_MINUTES = 30;
const WRITE_BATCH = 100_000;

/** A standalone server: without `setName` the driver sends no retryable writes. */
const hello: Command = ({ engine }) => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: WRITE_BATCH,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  logicalSessionTimeoutMinutes: SESSION_MINUTES,
  readOnly: false,
  embeddedStore: engine.token,
  ok: 1,
});

const done: Command = () => ({ ok: 1 });

const buildInfo: Command = () => ({
  version: '7.0.0',
  versionArray: [7, 0, 0, 0].map((part) => new Int32(part)),
  modules: [],
  storageEngine: 'comantra-embedded',
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  ok: 1,
});

/** MongoDB's counter of examined documents, by which a test sees that an index is used. */
const serverStatus: Command = ({ engine }): Document => ({
  metrics: { queryExecutor: { scannedObjects: engine.tally.examined } },
  ok: 1,
});

/** What a driver asks to greet a server and keep in touch with it; answered even after the store has failed. */
export const greetings: Readonly<Record<string, Command>> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  endSessions: done,
};

/** What asks the server about itself. */
export const diagnostics: Readonly<Record<string, Command>> = {
  ping: done,
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
};
