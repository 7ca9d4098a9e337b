import { createPrivateKey, createPublicKey, hkdfSync, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AuditKeys } from '../services/audit';
import { ProductError } from '../services/errors';
import type { Ids } from '../services/ports';
import type { Config, KeyOfRing } from './config';

/** The two key rings of a running product. */
export interface Secrets {
  /** Seals the store. */
  readonly store: readonly KeyOfRing[];
  /** Signs Direct Line tokens. */
  readonly directLine: readonly KeyOfRing[];
}

const SECRET_BYTES = 32;
const fileForm = z.object({ store: z.string(), directLine: z.string() });

/**
 * The configured secrets; outside production, missing ones are made once and kept in `DATA_DIR/secrets.json` (0600).
 * Two processes starting at once end up with the same secrets: the file is linked into place, never overwritten.
 */
export function secretsOf(config: Config, ids: Ids): Secrets {
  const { SECRET_KEY: store, DIRECT_LINE_SECRET: directLine } = config;
  if (store && directLine) return { store, directLine };
  const kept = keptSecrets(config.DATA_DIR, ids);
  return { store: store ?? kept.store, directLine: directLine ?? kept.directLine };
}

/**
 * The keys of the audit log, derived from the ring that seals the store (HKDF-SHA-256, one purpose each); the ring's
 * first key writes and signs, all verify.
 * @throws ProductError `ConfigInvalid` for a ring without a key.
 */
export function auditKeys(ring: readonly KeyOfRing[]): AuditKeys {
  const derived = (purpose: string): Buffer[] =>
    ring.map(({ secret }) =>
      Buffer.from(hkdfSync('sha256', secret, '', `comantra/${purpose}`, SECRET_BYTES)),
    );
  const signing = derived('audit-sign').map(ed25519Key);
  const [sign] = signing;
  if (!sign) throw new ProductError('ConfigInvalid', 'The audit log needs a key.');
  const verifyKeys = signing.map((key) => createPublicKey(key));
  const [publicKey] = verifyKeys.map((key) => key.export({ type: 'spki', format: 'der' }));
  return {
    mac: derived('audit-mac'),
    fingerprint: derived('audit-fingerprint'),
    sign,
    publicKey: publicKey?.toString('base64') ?? '',
    verifyKeys,
  };
}

/** RFC 8410: what stands before the 32 bytes of the seed in PKCS #8. */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const ed25519Key = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, seed]), format: 'der', type: 'pkcs8' });

function keptSecrets(directory: string, ids: Ids): Secrets {
  const file = join(directory, 'secrets.json');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${ids.uuid()}`;
  const secret = (): string => ids.bytes(SECRET_BYTES).toString('base64');
  writeFileSync(fresh, JSON.stringify({ store: secret(), directLine: secret() }), {
    mode: 0o600,
    flush: true,
  });
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
  const kept = fileForm.parse(JSON.parse(readFileSync(file, 'utf8')));
  const ring = (encoded: string): KeyOfRing[] => [
    { id: 'dev', secret: Buffer.from(encoded, 'base64') },
  ];
  return { store: ring(kept.store), directLine: ring(kept.directLine) };
}
