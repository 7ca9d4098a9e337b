import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** A key of the ring: its id stands in every record it sealed. */
export interface RingKey {
  readonly id: string;
  /** 32 bytes. */
  readonly secret: Buffer;
}

/** Seals personal fields and free text for the store, and makes the keyed indexes by which they are found again. */
export interface Vault {
  /** The ids of the ring's keys; the first writes. */
  readonly keyIds: readonly string[];
  /**
   * Encrypts a JSON value for one place in the store.
   * @param path record and field, such as `cases/<id>/report`; the same path is needed to open it.
   */
  seal(value: unknown, path: string): string;
  /** Decrypts what `seal` made; throws when the key is unknown, or the value or its place was changed. */
  open(sealed: string, path: string): unknown;
  /** Encrypts bytes for a file; `path` as for `seal`. */
  sealBytes(bytes: Buffer, path: string): Buffer;
  /** Decrypts what `sealBytes` made; throws as `open` does. */
  openBytes(sealed: Buffer, path: string): Buffer;
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

  /** Nonce, tag and ciphertext. */
  const encrypted = (clear: Buffer, path: string): Buffer => {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(Buffer.from(path));
    const body = [cipher.update(clear), cipher.final()];
    return Buffer.concat([nonce, cipher.getAuthTag(), ...body]);
  };
  const decrypted = (keyId: string, bytes: Buffer, path: string): Buffer => {
    const key = sealing.get(keyId);
    if (!key) throw new Error('A sealed value names a key that is not in SECRET_KEY.');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES))
      .setAAD(Buffer.from(path))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([
      decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
      decipher.final(),
    ]);
  };

  return {
    keyIds: ring.map(({ id }) => id),
    seal(value, path) {
      const bytes = encrypted(Buffer.from(JSON.stringify(value)), path);
      return `${writer.id}.${bytes.toString('base64url')}`;
    },
    open(sealed, path) {
      const dot = sealed.indexOf('.');
      const bytes = Buffer.from(sealed.slice(dot + 1), 'base64url');
      return JSON.parse(decrypted(sealed.slice(0, dot), bytes, path).toString('utf8')) as unknown;
    },
    sealBytes: (bytes, path) =>
      Buffer.concat([Buffer.from(`${writer.id}.`), encrypted(bytes, path)]),
    openBytes(sealed, path) {
      const dot = sealed.indexOf('.');
      return decrypted(sealed.toString('latin1', 0, dot), sealed.subarray(dot + 1), path);
    },
    blindIndex: (purpose, value) => hash(indexKey, purpose, value),
    blindIndexes: (purpose, value) => indexing.map((key) => hash(key, purpose, value)),
  };
}

/** The id of the key that a value was sealed with. */
export const keyIdOf = (sealedValue: string): string =>
  sealedValue.slice(0, Math.max(0, sealedValue.indexOf('.')));

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
