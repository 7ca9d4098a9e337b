import { createServer, type Server as NetServer, type Socket } from 'node:net';
import { runCommand } from './commands';
import { Cursors } from './cursors';
import type { Engine } from './engine';
import { Framer, readRequest, writeReply } from './wire';

/** How long a client may take to read its last answer. */
const HANG_UP_MS = 1000;

/** Speaks MongoDB's wire protocol on one listening socket. */
export class Server {
  private readonly sockets = new Set<Socket>();
  private readonly running = new Set<Promise<void>>();
  private readonly cursors = new Cursors();
  private readonly net: NetServer;
  private engine: Engine | undefined;
  private replies = 0;

  constructor() {
    this.net = createServer((socket) => {
      this.accept(socket);
    });
    // A connection that cannot be accepted, as when files run out, is the loss of its client only.
    this.net.on('error', () => undefined);
  }

  /** @param where the path of a unix domain socket, or undefined for a free port of 127.0.0.1; returns that port. */
  async listen(where: string | undefined): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.net.once('error', reject);
      const listening = (): void => {
        this.net.off('error', reject);
        resolve();
      };
      if (where === undefined) this.net.listen(0, '127.0.0.1', listening);
      else this.net.listen(where, listening);
    });
    const address = this.net.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Begins to answer, also what came in while the engine was still loading. */
  serve(engine: Engine): void {
    this.engine = engine;
    for (const socket of this.sockets) socket.resume();
  }

  /** Takes no more connections, lets running commands end and be answered, then hangs up. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.net.close(() => {
        resolve();
      });
    });
    for (const socket of this.sockets) socket.pause();
    await Promise.all(this.running);
    for (const socket of this.sockets) hangUp(socket);
    this.cursors.close();
    await closed;
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.setNoDelay(true);
    const framer = new Framer();
    if (!this.engine) socket.pause();
    socket.on('close', () => this.sockets.delete(socket));
    // A client that goes away is no fault of ours, and its socket closes.
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      try {
        for (const message of framer.push(bytes)) this.answer(socket, message);
      } catch {
        // Bytes that are no message leave nobody to answer.
        socket.destroy();
      }
    });
  }

  private answer(socket: Socket, message: Buffer): void {
    if (!this.engine) return;
    const request = readRequest(message);
    const task = runCommand(this.engine, this.cursors, request.body)
      .then((answer) => {
        if (!request.silent && !socket.destroyed)
          socket.write(writeReply(request, answer, ++this.replies));
      })
      .catch(() => {
        // The answer could not be put into bytes.
        socket.destroy();
      });
    this.running.add(task);
    void task.finally(() => this.running.delete(task));
  }
}

/** Ends a connection once its last answer was taken, or the client has had time for it. */
function hangUp(socket: Socket): void {
  socket.destroySoon();
  setTimeout(() => socket.destroy(), HANG_UP_MS).unref();
}
