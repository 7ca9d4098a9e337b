import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { AuditEntry, ChainPlace, Verification } from './audit';
import { BEFORE_FIRST, entryFields, linkHash } from './auditChain';
import { ProductError } from './errors';

/** What following the chain needs of a line; all other fields are covered by the hash as they stand. */
const lineForm = z.looseObject({ seq: z.number(), hash: z.string(), mac: z.string() });

const RAW_KEY_BYTES = 32;
/** RFC 8410: what stands before the 32 bytes of an Ed25519 public key in a SubjectPublicKeyInfo. */
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** An entry as a line of JSON, without the line's end. */
export function exportLine(entry: AuditEntry): string {
  return JSON.stringify({ ...entryFields(entry), hash: entry.hash, mac: entry.mac });
}

/**
 * Follows the chain of exported lines to an anchored head, without any key; empty lines are passed over.
 * @param expected a head that was noted elsewhere: only with it do the hashes show that nobody made them all anew.
 * @throws ProductError `BadRequest` for a line that is no entry.
 */
export async function checkExport(
  lines: AsyncIterable<string> | Iterable<string>,
  expected: ChainPlace,
): Promise<Verification> {
  let place = BEFORE_FIRST;
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const { hash, mac: _mac, ...fields } = readLine(line, number);
    const seq = place.seq + 1;
    if (fields.seq !== seq) return { outcome: 'broken', seq, why: 'missing' };
    if (linkHash(place.hash, fields) !== hash) return { outcome: 'broken', seq, why: 'changed' };
    if (seq === expected.seq && hash !== expected.hash)
      return { outcome: 'broken', seq, why: 'otherHead' };
    place = { seq, hash };
  }
  if (place.seq < expected.seq)
    return { outcome: 'cut', lastSeq: place.seq, expectedSeq: expected.seq };
  return { outcome: 'whole', entries: place.seq, ...(place.seq > 0 ? { head: place } : {}) };
}

/**
 * Reads a public key as `npm run audit -- head` gives it.
 * @param encoded base64 of a SubjectPublicKeyInfo (DER), or of the 32 bytes alone.
 * @throws ProductError `BadArgument` for anything but an Ed25519 key.
 */
export function readPublicKey(encoded: string): KeyObject {
  const bytes = Buffer.from(encoded, 'base64');
  const der = bytes.length === RAW_KEY_BYTES ? Buffer.concat([PUBLIC_PREFIX, bytes]) : bytes;
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch (cause) {
    throw new ProductError('BadArgument', 'The public key cannot be read.', { cause });
  }
  throw new ProductError('BadArgument', 'The public key is not of the kind Ed25519.');
}

function readLine(line: string, number: number): z.infer<typeof lineForm> {
  try {
    return lineForm.parse(JSON.parse(line));
  } catch (cause) {
    throw new ProductError('BadRequest', `Line ${number} is no entry of an audit log.`, { cause });
  }
}
