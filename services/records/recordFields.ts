import { parsePhoneNumberFromString } from 'libphonenumber-js';
import {
  CHOICE_FIELDS,
  type ChoiceField,
  type RecordField,
  type TextField,
} from '../../models/customerContent';
import { comparable } from '../addresses';
import { checkAddress } from './addressCheck';
import { isEmail } from '../entities/contact';
import { readPhone } from '../entities/phones';
import { lineOf } from '../plainWords';

export type { ChoiceField, RecordField, TextField };

/** What a field is called when a customer or staff are told of it. */
export const FIELD_WORDS: Record<RecordField, string> = {
  name: 'name',
  email: 'e-mail address',
  phone: 'telephone number',
  mailingAddress: 'mailing address',
  shippingAddress: 'shipping address',
  billingAddress: 'billing address',
  newsletter: 'newsletter',
  marketingEmail: 'offers by e-mail',
  marketingPhone: 'offers by telephone',
  marketingPost: 'offers by post',
};

/** What a field holds; a choice is on or off. */
export type FieldValue = string | boolean;

/** A value that can be stored, as it is to be stored, or why it cannot: one sentence that repeats nothing of it. */
export type Checked =
  | { readonly outcome: 'ok'; readonly value: string }
  | { readonly outcome: 'invalid'; readonly why: string };

/** Whether a field is one that is on or off. */
export const isChoice = (field: RecordField): field is ChoiceField =>
  (CHOICE_FIELDS as readonly RecordField[]).includes(field);

const isAddress = (field: RecordField): boolean => field.endsWith('Address');

const invalid = (why: string): Checked => ({ outcome: 'invalid', why });
const ok = (value: string): Checked => ({ outcome: 'ok', value });

/**
 * Checks a value and brings it into the form that is stored: telephone numbers as E.164 (of India where no country
 * shows), addresses as one to six lines of at most 60 characters.
 */
export function checkField(field: TextField, text: string): Checked {
  switch (field) {
    case 'name':
      return checkName(text);
    case 'email':
      return checkEmail(text);
    case 'phone':
      return checkPhone(text);
    case 'mailingAddress':
    case 'shippingAddress':
    case 'billingAddress':
      return checkAddress(text);
  }
}

const MOST_OF_A_NAME = 80;
/** Letters of any script with their marks and joiners, full stops, apostrophes, hyphens and spaces. */
const NAME = /^(?=.*\p{L})(?:[\p{L}\p{M}.'’ \p{Pd}]|\u200c|\u200d)+$/u;
const MOST_READ = 500;

function checkName(text: string): Checked {
  if (text.length > MOST_READ || /[\n\r]/.test(text.trim()))
    return invalid('A name is one line of at most 80 characters.');
  const name = lineOf(text).normalize('NFC');
  if (name === '') return invalid('Please tell me the full name.');
  if (name.length > MOST_OF_A_NAME)
    return invalid('A name can have at most 80 characters; please shorten it.');
  return NAME.test(name)
    ? ok(name)
    : invalid(
        'A name is made of letters, with spaces, hyphens, apostrophes and full stops; please leave out digits and other signs.',
      );
}

function checkEmail(text: string): Checked {
  const email = text.trim();
  return isEmail(email)
    ? ok(email)
    : invalid('That does not look like an e-mail address; it is written like name@example.com.');
}

const checkPhone = (text: string): Checked => {
  const phone = text.length > MOST_READ ? undefined : readPhone(text);
  return phone === undefined
    ? invalid(
        'I could not read a telephone number in that; please write all its digits, from another country than India with the country code, such as +44.',
      )
    : ok(phone);
};

type Maybe = FieldValue | null | undefined;

/** Whether two values of a field say the same: addresses without case, spaces and punctuation, e-mail case-blind. */
export function sameValue(field: RecordField, one: Maybe, other: Maybe): boolean {
  if (isChoice(field)) return Boolean(one) === Boolean(other);
  return keyOf(field, one) === keyOf(field, other);
}

function keyOf(field: RecordField, value: Maybe): string {
  const text = typeof value === 'string' ? value.normalize('NFC').trim() : '';
  if (field === 'email') return comparable(text);
  if (field === 'phone') return text.replace(/[^\d]/g, '');
  if (isAddress(field))
    return text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return text.replace(/\s+/g, ' ');
}

const NOTHING = 'none';
const HIDDEN = '•••';
const onOrOff = (value: Maybe): string => (value === true ? 'on' : 'off');

/** A value so that its owner knows it again and nobody else learns it. */
export function masked(field: RecordField, value: Maybe): string {
  if (isChoice(field)) return onOrOff(value);
  if (typeof value !== 'string' || value.trim() === '') return NOTHING;
  const text = value.trim();
  if (field === 'name') return maskedName(text);
  if (field === 'email') return maskedEmail(text);
  if (field === 'phone') return maskedPhone(text);
  return maskedAddress(text);
}

const firstOf = (word: string): string => /^[^\p{L}\p{N}]*(.\p{M}*)/u.exec(word)?.[1] ?? '';

/** A name of one letter would be given away whole. */
function maskedName(text: string): string {
  const words = text.split(/\s+/);
  if ((text.match(/\p{L}/gu) ?? []).length < 2) return HIDDEN;
  return words.map((word) => firstOf(word) + HIDDEN).join(' ');
}

function maskedEmail(text: string): string {
  const [local = '', domain = ''] = text.split('@');
  const top = domain.split('.').at(-1) ?? '';
  return `${firstOf(local)}${HIDDEN}@${firstOf(domain)}${HIDDEN}.${top}`;
}

const LEAST_TO_SHOW_OF_A_PHONE = 7;

function maskedPhone(text: string): string {
  const digits = text.replace(/\D/g, '');
  return digits.length < LEAST_TO_SHOW_OF_A_PHONE ? HIDDEN : `ends in ${digits.slice(-2)}`;
}

const LEAST_TO_SHOW_OF_AN_ADDRESS = 15;
/** A postcode at the end; of one of the United Kingdom, which names a few houses, only the first half. */
const POSTCODE_AT_END =
  /(?<![\p{L}\p{N}])(?:(\d{3} ?\d{3}|\d{4,5})|([A-Z]{1,2}\d[A-Z\d]?) \d[A-Z]{2})\P{N}{0,20}$/iu;

function maskedAddress(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const [first = '', second = ''] = line.split(' ');
  if (line.length < LEAST_TO_SHOW_OF_AN_ADDRESS) return `${firstOf(line)}…`;
  const head = /^\d{1,4},?$/.test(first)
    ? `${first.replace(',', '')} ${firstOf(second)}…`
    : `${firstOf(first)}…`;
  const [, code, half] = POSTCODE_AT_END.exec(line) ?? [];
  const tail = code ?? half;
  return tail === undefined ? head : `${head} ${tail}`;
}

/** A value in full, for the customer who is proved: a telephone number in its international form, an address in one line. */
export function shown(field: RecordField, value: Maybe): string {
  if (isChoice(field)) return onOrOff(value);
  if (typeof value !== 'string' || value.trim() === '') return NOTHING;
  if (field === 'phone') return parsePhoneNumberFromString(value)?.formatInternational() ?? value;
  return isAddress(field) ? linesIn(value).join(', ') : value;
}

const linesIn = (address: string): string[] =>
  address
    .split(/[\r\n]+/)
    .map((line) => line.trim().replace(/,$/, ''))
    .filter((line) => line !== '');
