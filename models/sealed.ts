import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A key of the ring: its id stands in every record it sealed. */
export interface RingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** Seals personal fields and free text for the store, and makes the keyed indexes by which they are found again. */
export interface Vault {
  /**
   * Encrypts a JSON value for one place in the store.
   * @param path record and field, such as `cases/<id>/report`; the same path is needed to open it.
   */
  seal(value: unknown, path: string): string;
  /** Decrypts what `seal` made; throws when the key is unknown, or the value or its place was changed. */
  open(sealed: string, path: string): unknown;
  /** A keyed hash to look a value up by, one per purpose; equal values give equal hashes. */
  blindIndex(purpose: string, value: string): string;
  /** All hashes that a value may be stored under, the newest key's first. */
  blindIndexes(purpose: string, value: string): string[];
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_FORM = /^[A-Za-z0-9_-]{1,40}\.[A-Za-z0-9_-]+$/;

/**
 * AES-256-GCM with the path as additional data; keys derived per purpose by HKDF-SHA-256.
 * @param ring the first key writes, all read; at least one.
 */
export function vaultOf(ring: readonly RingKey[]): Vault {
  const [writer] = ring;
  if (!writer) throw new Error('A vault needs at least one key.');
  const derive = (key: RingKey, purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', key.secret, '', `comantra/${purpose}`, 32));
  const sealing = new Map(ring.map((key) => [key.id, derive(key, 'seal')]));
  const indexing = ring.map((key) => derive(key, 'index'));
  const indexKey = derive(writer, 'index');
  const sealingKey = derive(writer, 'seal');
  const hash = (key: Buffer, purpose: string, value: string): string =>
    createHmac('sha256', key).update(`${purpose}\0${value}`).digest('base64url');

  return {
    seal(value, path) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(path));
      const body = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
      return `${writer.id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, path) {
      const dot = sealed.indexOf('.');
      const key = sealing.get(sealed.slice(0, dot));
      if (!key) throw new Error('A sealed value names a key that is not in SECRET_KEY.');
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
        .setAAD(Buffer.from(path))
        .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
        decipher.final(),
      ]);
      return JSON.parse(body.toString('utf8')) as unknown;
    },
    blindIndex: (purpose, value) => hash(indexKey, purpose, value),
    blindIndexes: (purpose, value) => indexing.map((key) => hash(key, purpose, value)),
  };
}

/** The schema type of personal fields and free text: it takes what a vault sealed, and refuses anything in clear. */
export const sealed = () =>
  ({
    type: String,
    required: true,
    validate: {
      validator: (value: string) => SEALED_FORM.test(value),
      message: 'A sealed field was given a value in clear.',
    },
  }) as const;
