import { createHash, createHmac, sign, verify, type KeyObject } from 'node:crypto';
import type { AuditEntry, AuditHead } from '../models/auditEntries';
import { canonicalJson } from './canonicalJson';

/** The keys of the audit log; of each list the newest is first. */
export interface AuditKeys {
  /** 32 bytes each; the first writes, all are tried when the log is verified. */
  readonly mac: readonly Buffer[];
  /** 32 bytes each; for the fingerprints of staff. */
  readonly fingerprint: readonly Buffer[];
  /** An Ed25519 private key; signs heads. */
  readonly sign: KeyObject;
  /** What `sign` is verified with: SubjectPublicKeyInfo (DER), in base64. */
  readonly publicKey: string;
  /** Ed25519 public keys; a kept head must be signed by one of them. */
  readonly verifyKeys: readonly KeyObject[];
}

/** A place in the chain. */
export interface ChainPlace {
  /** 0: before the first entry. */
  readonly seq: number;
  /** In hexadecimal. */
  readonly hash: string;
}

/**
 * Why a link is broken. `missing`: nothing stands in this place, though something does after it; `changed`: what stands
 * there does not follow from the entry before; `forged`: it follows, but was not written with the key; `otherHead`: the
 * log once had another entry there, as a head says that was noted or kept; `forgedHead`: a kept head was not signed with
 * the key.
 */
export type BrokenLink = 'missing' | 'changed' | 'forged' | 'otherHead' | 'forgedHead';

/** Where every chain begins. */
export const BEFORE_FIRST: ChainPlace = { seq: 0, hash: '0'.repeat(64) };

/** An entry as its hash covers it, and as an exported line gives it beside `hash` and `mac`; instants in UTC. */
export function entryFields(entry: Omit<AuditEntry, 'hash' | 'mac'>) {
  const { seq, id, action, at, about, by, facts } = entry;
  const { kind, id: subject } = about;
  return {
    seq,
    id,
    action,
    at: at.toISOString(),
    about: { kind, id: subject },
    by,
    ...(facts ? { facts } : {}),
  };
}

/** The hash of an entry that follows one with the hash `before`: SHA-256 over that hash and the entry's canonical JSON. */
export function linkHash(before: string, fields: unknown): string {
  return createHash('sha256')
    .update(`${before}${canonicalJson(fields)}`)
    .digest('hex');
}

/** What only the holder of the key can add to a hash. */
export function linkMac(hash: string, key: Buffer): string {
  return createHmac('sha256', key).update(hash).digest('hex');
}

/** Why an entry does not follow a place; undefined when it does. */
export function faultAfter(
  before: ChainPlace,
  entry: AuditEntry,
  keys: readonly Buffer[],
): BrokenLink | undefined {
  if (entry.seq !== before.seq + 1) return 'missing';
  if (linkHash(before.hash, entryFields(entry)) !== entry.hash) return 'changed';
  return keys.some((key) => linkMac(entry.hash, key) === entry.mac) ? undefined : 'forged';
}

/** A head for where the log stands, signed. */
export function signedHead({ seq, hash }: ChainPlace, at: Date, keys: AuditKeys): AuditHead {
  const signature = sign(null, Buffer.from(headText({ seq, hash, at })), keys.sign);
  return { seq, hash, at, signature: signature.toString('base64'), publicKey: keys.publicKey };
}

/** Whether a head was signed with one of the keys. */
export function isSignedBy(
  head: Omit<AuditHead, 'publicKey'>,
  verifyKeys: readonly KeyObject[],
): boolean {
  const text = Buffer.from(headText(head));
  const signature = Buffer.from(head.signature, 'base64');
  return verifyKeys.some((key) => verify(null, text, key, signature));
}

/** The text that the signature of a head covers. */
export function headText({ seq, hash, at }: Pick<AuditHead, 'seq' | 'hash' | 'at'>): string {
  return `comantra-audit-head\n${seq}\n${hash}\n${at.toISOString()}\n`;
}
