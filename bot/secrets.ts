import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
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
