import { Secret, TOTP } from 'otpauth';
import { withPlainDigits } from '../digits';
import type { Ids } from '../ports';

/** A second factor to be put into an app. */
export interface TotpSetUp {
  /** In base32. */
  readonly secret: string;
  /** `otpauth://totp/…` */
  readonly uri: string;
}

const ISSUER = 'Comantra Privacy Desk';
const STEP_SECONDS = 30;
/** RFC 4226: as long as what SHA-1 gives. */
const SECRET_BYTES = 20;
/** A clock may be half a minute off, and typing takes a while. */
const WINDOW = 1;
const CODE = /^\d{6}$/;

/** A new secret of a second factor, in base32. */
export const newTotpSecret = (ids: Ids): string =>
  new Secret({ buffer: Uint8Array.from(ids.bytes(SECRET_BYTES)).buffer }).base32;

/** @param label whose it is, as the app shows it. */
export const totpSetUp = (secret: string, label: string): TotpSetUp => ({
  secret,
  uri: totpOf(secret, label).toString(),
});

/**
 * The step of time that a code belongs to, counted from 1970; undefined when it is no code of now, of the half minute
 * before or of the one after. RFC 6238: SHA-1, six digits, 30 seconds.
 */
export function stepOfCode(secret: string, typed: string, now: Date): number | undefined {
  const code = withPlainDigits(typed).replace(/\s/gu, '');
  if (!CODE.test(code)) return undefined;
  const timestamp = now.getTime();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? undefined : Math.floor(timestamp / 1000 / STEP_SECONDS) + delta;
}

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({
    ...{ issuer: ISSUER, label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS },
    secret: Secret.fromBase32(secret),
  });
