import { findPhoneNumbersInText, type CountryCode } from 'libphonenumber-js';
import { withPlainDigits } from '../digits';
import { withoutCaseReferences } from './references';
import { withSpokenWritten } from './spoken';

const MOST_OF_AN_EMAIL = 254;
const MOST_OF_A_LOCAL_PART = 64;
const LOCAL_PART = /^[\p{L}\p{M}\p{N}_%+'&~-]+(?:\.[\p{L}\p{M}\p{N}_%+'&~-]+)*$/u;
const LABEL = /^(?!-)[\p{L}\p{M}\p{N}-]{1,63}(?<!-)$/u;
const TOP_LABEL = /^(?:[\p{L}\p{M}]{2,63}|xn--[a-z0-9-]{1,59})$/iu;

const IN_LOCAL_PART = /^[\p{L}\p{M}\p{N}_%+'&~.-]$/u;
const IN_DOMAIN = /^[\p{L}\p{M}\p{N}.-]$/u;

const INDIAN_MOBILE = /(?<!\d)(?:\+?91[ -]?|0)?([6-9]\d{4}[ -]?\d{5})(?![ -]?\d)/;
const INDIAN_DIGITS = 10;

/** An e-mail address, roughly: the digits in it are no telephone number. */
const AROUND_AT = /[^\s@]{1,64}@[^\s@]{1,190}/g;

/**
 * Whether a text is one e-mail address that can stand in a mail header: no spaces, line breaks, quotes, commas or
 * brackets, none of them in disguise (characters that Unicode makes others of), and a domain with a dot.
 * Letters of any script; at most 254 characters.
 */
export function isEmail(text: string): boolean {
  if (text.length > MOST_OF_AN_EMAIL || text !== text.normalize('NFKC')) return false;
  const [local = '', domain = '', ...rest] = text.split('@');
  const labels = domain.split('.');
  return (
    rest.length === 0 &&
    local.length <= MOST_OF_A_LOCAL_PART &&
    LOCAL_PART.test(local) &&
    labels.length > 1 &&
    labels.every((label) => LABEL.test(label)) &&
    TOP_LABEL.test(labels.at(-1) ?? '')
  );
}

/**
 * The first e-mail address in a text, as it is typed, or told in words ("ravi at gmail dot com") where none is typed;
 * linear in the length of the text.
 */
export function findEmail(text: string): string | undefined {
  // Fullwidth letters and zero-width characters come from keyboards and copying, not from the address.
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return typedEmail(plain) ?? typedEmail(withSpokenWritten(plain));
}

function typedEmail(plain: string): string | undefined {
  for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
    const before = Array.from(
      plain.slice(Math.max(0, at - MOST_OF_A_LOCAL_PART - 1), at),
    ).reverse();
    const after = Array.from(plain.slice(at + 1, at + MOST_OF_AN_EMAIL));
    const local = leading(before, IN_LOCAL_PART)
      .reverse()
      .join('')
      .replace(/^['&~.%-]+/, '');
    const domain = leading(after, IN_DOMAIN)
      .join('')
      .replace(/[.-]+$/, '');
    const email = `${local}@${domain}`;
    if (isEmail(email)) return email;
  }
  return undefined;
}

function leading(characters: readonly string[], kind: RegExp): string[] {
  const end = characters.findIndex((character) => !kind.test(character));
  return characters.slice(0, end < 0 ? characters.length : end);
}

/**
 * The first telephone number in a text, as E.164 (`+919830012345`).
 * @param country that of a number without its own.
 */
export function findPhone(text: string, country: CountryCode = 'IN'): string | undefined {
  const plain = withSpokenWritten(withoutCaseReferences(withPlainDigits(text))).replace(
    AROUND_AT,
    ' ',
  );
  const found = findPhoneNumbersInText(plain, country).find(
    ({ number }) =>
      number.isValid() &&
      (number.country !== 'IN' || number.nationalNumber.length === INDIAN_DIGITS),
  );
  if (found) return found.number.number;
  // After a postcode the library takes both for one number.
  const mobile = country === 'IN' ? INDIAN_MOBILE.exec(plain)?.[1] : undefined;
  return mobile && `+91${mobile.replace(/\D/g, '')}`;
}
