import { decode, encode, field, isDocument, type Document } from './bson';
import { EmbeddedStoreError } from './errors';

/** MongoDB's limit for one message, in bytes. */
export const MAX_MESSAGE_BYTES = 48_000_000;

const HEADER_BYTES = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
/** The low half of an OP_MSG's flags holds those that a reader must know. */
const REQUIRED_FLAGS = 0xffff;

/** A command as it came in. */
export interface Request {
  readonly id: number;
  /** Whether it came as OP_QUERY, which a driver uses for its first greeting only, and is answered in kind. */
  readonly legacy: boolean;
  /** Whether the client waits for no answer. */
  readonly silent: boolean;
  readonly body: Document;
}

/** Cuts a stream of bytes into messages. */
export class Framer {
  private parts: Buffer[] = [];
  private held = 0;

  /** Whole messages, as far as they have come in. Throws EmbeddedStoreError on a length out of range. */
  *push(bytes: Buffer): Generator<Buffer, void> {
    this.parts.push(bytes);
    this.held += bytes.length;
    for (;;) {
      const length = this.nextLength();
      if (length === undefined || this.held < length) return;
      const all = this.joined();
      this.parts = length < all.length ? [all.subarray(length)] : [];
      this.held = all.length - length;
      yield all.subarray(0, length);
    }
  }

  private nextLength(): number | undefined {
    if (this.held < HEADER_BYTES) return undefined;
    if ((this.parts[0]?.length ?? 0) < HEADER_BYTES) this.joined();
    const length = this.parts[0]?.readInt32LE(0) ?? 0;
    if (length < HEADER_BYTES || length > MAX_MESSAGE_BYTES) {
      throw new EmbeddedStoreError('A message has a length out of range');
    }
    return length;
  }

  private joined(): Buffer {
    const all = this.parts.length === 1 ? this.parts[0] : undefined;
    const whole = all ?? Buffer.concat(this.parts);
    this.parts = [whole];
    return whole;
  }
}

/** Reads one message. Throws EmbeddedStoreError or CommandError 22 on what is malformed; the connection is then lost. */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code === OP_MSG) return readMessage(id, message);
  if (code === OP_QUERY) return readQuery(id, message);
  throw new EmbeddedStoreError(`The message kind ${code} is not supported`);
}

function readMessage(id: number, message: Buffer): Request {
  const flags = message.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0) {
    throw new EmbeddedStoreError('A message has unknown flags');
  }
  const end = message.length - ((flags & CHECKSUM_PRESENT) !== 0 ? 4 : 0);
  let body: Document | undefined;
  const sequences: [string, Document[]][] = [];
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const kind = message.readUInt8(at);
    const size = message.readInt32LE(at + 1);
    if (size < 5 || at + 1 + size > end)
      throw new EmbeddedStoreError('A message section has a length out of range');
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0 && !body) body = decode(section);
    else if (kind === 1) sequences.push(readSequence(section));
    else throw new EmbeddedStoreError('A message has an unknown section');
    at += 1 + size;
  }
  if (!body) throw new EmbeddedStoreError('A message has no body');
  for (const [name, documents] of sequences) {
    if (Object.hasOwn(body, name)) throw new EmbeddedStoreError('A message has a field twice');
    body[name] = documents;
  }
  return { id, legacy: false, silent: (flags & MORE_TO_COME) !== 0, body };
}

function readSequence(section: Buffer): [string, Document[]] {
  const nameEnd = section.indexOf(0, 4);
  if (nameEnd < 0) throw new EmbeddedStoreError('A message section has no name');
  const documents: Document[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const size = section.readInt32LE(at);
    if (size < 5) throw new EmbeddedStoreError('A document has a length out of range');
    documents.push(decode(section.subarray(at, at + size)));
    at += size;
  }
  const name = section.toString('utf8', 4, nameEnd);
  if (name === '__proto__') throw new EmbeddedStoreError('A message section has a forbidden name');
  return [name, documents];
}

/** Flags, collection name, skip and limit stand before the query. */
function readQuery(id: number, message: Buffer): Request {
  const nameEnd = message.indexOf(0, HEADER_BYTES + 4);
  const name = message.toString('utf8', HEADER_BYTES + 4, nameEnd);
  if (nameEnd < 0 || !name.endsWith('.$cmd'))
    throw new EmbeddedStoreError('OP_QUERY is for commands only');
  const start = nameEnd + 1 + 8;
  const body = decode(message.subarray(start, start + message.readInt32LE(start)));
  const inner = field(body, '$query');
  return {
    id,
    legacy: true,
    silent: false,
    body: { ...(isDocument(inner) ? inner : body), $db: name.slice(0, -'.$cmd'.length) },
  };
}

/** The bytes of an answer, in the form that the request came in. */
export function writeReply(request: Request, answer: Document, id: number): Buffer {
  const body = encode(answer);
  const head = Buffer.alloc(request.legacy ? HEADER_BYTES + 20 : HEADER_BYTES + 5);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(request.id, 8);
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  // OP_REPLY: flags, cursor (8 bytes) and start are 0; one document follows. OP_MSG: no flags, one section of kind 0.
  if (request.legacy) head.writeInt32LE(1, HEADER_BYTES + 16);
  return Buffer.concat([head, body]);
}

/** The bytes of a command, for a peer that speaks this protocol. */
export function writeCommand(body: Document, id: number): Buffer {
  return writeReply({ id: 0, legacy: false, silent: false, body: {} }, body, id);
}
