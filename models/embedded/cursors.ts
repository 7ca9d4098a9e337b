import { calculateObjectSize, Long } from 'bson';
import type { Document } from './bson';
import { CommandError } from './errors';

const IDLE_MS = 10 * 60 * 1000;
const FIRST_BATCH = 101;
const MAX_BATCH_BYTES = 16_000_000;
const MAX_OPEN = 10_000;

interface Cursor {
  readonly namespace: string;
  readonly documents: readonly Document[];
  at: number;
  timer: NodeJS.Timeout;
}

/** What is left of results that did not fit into one answer; documents are never changed in place, so they keep. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private lastId = 0n;

  /** The first batch of a result, and a cursor for the rest. */
  first(
    namespace: string,
    documents: readonly Document[],
    batchSize = FIRST_BATCH,
    single = false,
  ): Document {
    const batch = take(documents, 0, batchSize);
    let id = Long.ZERO;
    if (batch.length < documents.length && !single) {
      if (this.open.size >= MAX_OPEN) throw new CommandError(2, 'Too many open cursors');
      id = Long.fromBigInt(++this.lastId);
      const timer = this.expiry(id.toString());
      this.open.set(id.toString(), { namespace, documents, at: batch.length, timer });
    }
    return { cursor: { firstBatch: batch, id, ns: namespace }, ok: 1 };
  }

  /** The next batch. Throws CommandError 43 when the cursor has ended, expired or is another collection's. @param batchSize 0: no limit. */
  next(id: Long, namespace: string, batchSize = 0): Document {
    const name = id.toString();
    const cursor = this.open.get(name);
    if (cursor?.namespace !== namespace) throw new CommandError(43, `cursor id ${name} not found`);
    clearTimeout(cursor.timer);
    const batch = take(cursor.documents, cursor.at, batchSize === 0 ? Infinity : batchSize);
    cursor.at += batch.length;
    const done = cursor.at >= cursor.documents.length;
    if (done) this.open.delete(name);
    else cursor.timer = this.expiry(name);
    return { cursor: { nextBatch: batch, id: done ? Long.ZERO : id, ns: namespace }, ok: 1 };
  }

  /** Returns false when there is no such cursor of the collection. */
  kill(id: Long, namespace: string): boolean {
    const cursor = this.open.get(id.toString());
    if (cursor?.namespace !== namespace) return false;
    clearTimeout(cursor.timer);
    return this.open.delete(id.toString());
  }

  close(): void {
    for (const { timer } of this.open.values()) clearTimeout(timer);
    this.open.clear();
  }

  private expiry(name: string): NodeJS.Timeout {
    return setTimeout(() => this.open.delete(name), IDLE_MS).unref();
  }
}

/** As many documents as were asked for and fit into one answer, at least one where one was asked for. */
function take(documents: readonly Document[], from: number, most: number): Document[] {
  const batch: Document[] = [];
  let bytes = 0;
  for (let at = from; at < documents.length && batch.length < most; at++) {
    const document = documents[at] ?? {};
    bytes += calculateObjectSize(document);
    if (batch.length > 0 && bytes > MAX_BATCH_BYTES) break;
    batch.push(document);
  }
  return batch;
}
