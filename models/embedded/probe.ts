import { connect } from 'node:net';
import { field } from './bson';
import { EmbeddedStoreError } from './errors';
import { Framer, readRequest, writeCommand } from './wire';

/** A store greets only once it has read its files, which can take some seconds. */
const ANSWER_MS = 30_000;
/** The kernel refuses a connection to a socket whose process is gone, or finds no socket. */
const GONE = new Set(['ECONNREFUSED', 'ENOENT', 'ENOTSOCK', 'ECONNRESET', 'EPIPE']);

/** Where a store listens: the path of a socket, or a port of 127.0.0.1. */
export type Listening = { path: string } | { host: string; port: number };

/**
 * Whether the store that greets with this token is alive there.
 * Throws EmbeddedStoreError when that cannot be told: no answer in time, or no permission to ask.
 */
export function isServing(where: Listening, token: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(where);
    const framer = new Framer();
    const inDoubt = (cause?: unknown): void => {
      reject(
        new EmbeddedStoreError('Another process has the store and does not answer', { cause }),
      );
      socket.destroy();
    };
    const conclude = (alive: boolean): void => {
      resolve(alive);
      socket.destroy();
    };
    socket.setTimeout(ANSWER_MS, inDoubt);
    socket.once('connect', () => socket.write(writeCommand({ hello: 1, $db: 'admin' }, 1)));
    socket.on('data', (bytes) => {
      try {
        for (const message of framer.push(bytes))
          conclude(field(readRequest(message).body, 'embeddedStore') === token);
      } catch {
        // Whoever answers in another tongue is not a store.
        conclude(false);
      }
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (GONE.has(error.code ?? '')) conclude(false);
      else inDoubt(error);
    });
    socket.on('close', () => {
      conclude(false);
    });
  });
}
