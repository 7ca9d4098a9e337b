import { createPrivateKey, type KeyObject } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import DKIM from 'nodemailer/lib/dkim';
import { ProductError } from '../errors';

/** With what, and in whose name, mails are signed; RFC 6376. */
export interface DkimKey {
  readonly domainName: string;
  /** The public key stands in the DNS at `<keySelector>._domainkey.<domainName>`. */
  readonly keySelector: string;
  /** From `readDkimKey`. */
  readonly privateKey: KeyObject;
}

const LEAST_BITS = 1024;

/** nodemailer's own list of what is worth signing, and what tells other machines not to answer. */
const SIGNED_HEADERS = [
  'From:Reply-To:Subject:Date:Message-ID:To:Cc:In-Reply-To:References',
  'MIME-Version:Content-Type:Content-Transfer-Encoding:Auto-Submitted',
].join(':');

/**
 * Reads the private key that mails are signed with. Only RSA: nodemailer signs with nothing else, and would send the
 * mail unsigned without a word.
 * @param pem PKCS#8 or PKCS#1, as `openssl genrsa` writes it.
 * @throws ProductError `ConfigInvalid`, saying what is wrong and never a part of the key.
 */
export function readDkimKey(pem: string): KeyObject {
  const key = privateKeyOf(pem);
  const { asymmetricKeyType: type = 'unknown', asymmetricKeyDetails: details } = key;
  if (type !== 'rsa') {
    throw refused(`is of the kind ${type}; mails are signed with an RSA key only`);
  }
  const bits = details?.modulusLength ?? 0;
  if (bits < LEAST_BITS) {
    throw refused(`has ${bits} bits; an RSA key needs ${LEAST_BITS} at least, and 2048 is usual`);
  }
  return key;
}

function privateKeyOf(pem: string): KeyObject {
  if (/-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(pem)) {
    throw refused('is a public key; the private one signs');
  }
  if (pem.includes('-----BEGIN CERTIFICATE-----')) {
    throw refused('is a certificate; a private key is needed');
  }
  if (pem.includes('ENCRYPTED')) {
    throw refused('is locked with a passphrase; the desk cannot ask for it');
  }
  try {
    return createPrivateKey({ key: pem, format: 'pem' });
  } catch {
    // The cause is left out, since nothing of the file may reach a log.
    throw refused('is no private key in PEM form (-----BEGIN PRIVATE KEY-----)');
  }
}

const refused = (why: string): ProductError =>
  new ProductError('ConfigInvalid', `The DKIM key ${why}.`);

/** The key as nodemailer takes it; the signature holds no time, so the same mail has the same one. */
export const dkimOptions = (key: DkimKey) => ({ ...key, headerFieldNames: SIGNED_HEADERS });

/** A complete mail with its signature in front. */
export function signed(mail: Buffer, key: DkimKey): Promise<Buffer> {
  return buffer(new DKIM(dkimOptions(key)).sign(mail));
}
