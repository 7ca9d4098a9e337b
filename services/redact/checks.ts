/** What a number that passes as a payment card is: of its issuer's usual length, or of one that is rarer. */
export type CardLength = 'usual' | 'rare';

interface Issuer {
  readonly prefix: RegExp;
  readonly usual: readonly number[];
  readonly rare?: readonly number[];
}

const SIXTEEN_TO_NINETEEN = { usual: [16], rare: [17, 18, 19] };

/** First digits and lengths that issuers use; the first match counts. */
const ISSUERS: readonly Issuer[] = [
  { prefix: /^4/, usual: [16], rare: [13, 19] }, // Visa
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, usual: [16] }, // Mastercard
  { prefix: /^3[47]/, usual: [15] }, // American Express
  { prefix: /^(?:30[0-5]|3095|36|38|39)/, usual: [14], rare: [16, 19] }, // Diners Club
  { prefix: /^35(?:2[89]|[3-8])/, ...SIXTEEN_TO_NINETEEN }, // JCB
  { prefix: /^(?:508|8[12])/, usual: [16], rare: [19] }, // RuPay; 60 and 65 are below
  { prefix: /^220[0-4]/, ...SIXTEEN_TO_NINETEEN }, // Mir
  {
    prefix: /^(?:50(?:18|20|38)|5612|5893|6304|6390|67(?:59|6[1-37]))/, // Maestro, which may be short
    usual: [16],
    rare: [12, 13, 14, 15, 17, 18, 19],
  },
  { prefix: /^(?:50|5[6-8]|6)/, ...SIXTEEN_TO_NINETEEN }, // Maestro, Discover, UnionPay, RuPay
];

/** Whether digits are a payment card's number: an issuer's prefix, one of its lengths, and the Luhn check. */
export function cardLength(digits: string): CardLength | undefined {
  const issuer = ISSUERS.find(({ prefix }) => prefix.test(digits));
  if (!issuer) return undefined;
  const usual = issuer.usual.includes(digits.length);
  if (!usual && !issuer.rare?.includes(digits.length)) return undefined;
  if (!passesLuhn(digits)) return undefined;
  return usual ? 'usual' : 'rare';
}

/** Whether digits are an Aadhaar number: twelve, the first from 2 to 9, and the Verhoeff check. */
export const isAadhaar = (digits: string): boolean =>
  /^[2-9]\d{11}$/.test(digits) && passesVerhoeff(digits);

const CLOCK = '(?:(?:[01]\\d|2[0-3])[0-5]\\d(?:[0-5]\\d)?)?';
const MONTH_AND_YEAR = '(?:0[1-9]|1[0-2])(?:19|20)\\d\\d';
const YEAR_AND_MONTH = '(?:19|20)\\d\\d(?:0[1-9]|1[0-2])';
const DAY = '(?:0[1-9]|[12]\\d|3[01])';
const DATE = new RegExp(`^(?:${YEAR_AND_MONTH}${DAY}|${DAY}${MONTH_AND_YEAR})${CLOCK}$`);

/** Whether digits read as a date, year or day first, with or without its time, as order numbers and time stamps do. */
export const readsAsDate = (digits: string): boolean => DATE.test(digits);

const IBAN_LENGTHS = { least: 15, most: 34 } as const;
/** Its longest form, with a space after every four. */
const MOST_OF_AN_IBAN = 42;

/** The length of the bank account number (IBAN: two letters, two digits, and the check modulo 97) that a text begins with. */
export function leadingIban(text: string): number {
  const [run = ''] = /^[A-Z]{2}\d{2}(?: ?[A-Z0-9])*/i.exec(text.slice(0, MOST_OF_AN_IBAN)) ?? [];
  const head = remainder97(run.slice(0, 4), 0);
  let body = 0;
  let characters = 4;
  let length = 0;
  for (let index = 4; index < run.length; index += 1) {
    const character = run.charAt(index);
    if (character === ' ') continue;
    body = remainder97(character, body);
    characters += 1;
    if (characters < IBAN_LENGTHS.least) continue;
    if (characters > IBAN_LENGTHS.most) break;
    // The check counts the first four characters, which stand for six digits, as if they were the last.
    const passes = (body * 1_000_000 + head) % 97 === 1;
    if (passes && !/[A-Z0-9]/i.test(text.charAt(index + 1))) length = index + 1;
  }
  return length;
}

/** The remainder modulo 97 of the digits before and of these characters, where A stands for 10 and Z for 35. */
function remainder97(characters: string, before: number): number {
  let remainder = before;
  for (const character of characters) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let fromEnd = 0; fromEnd < digits.length; fromEnd += 1) {
    const digit = Number(digits[digits.length - 1 - fromEnd]);
    const weighed = fromEnd % 2 === 1 ? digit * 2 : digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** Elements from here on are reversed; also how many turns make a whole one. */
const REVERSED = 5;

/** The product of two elements of the dihedral group of order ten, on which Verhoeff's check stands. */
function dihedral(a: number, b: number): number {
  const turned = a < REVERSED ? a + b : a - b;
  const reversed = a < REVERSED !== b < REVERSED;
  return (((turned % REVERSED) + REVERSED) % REVERSED) + (reversed ? REVERSED : 0);
}

const PERMUTATION = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (let fromEnd = 0; fromEnd < digits.length; fromEnd += 1) {
    let digit = Number(digits[digits.length - 1 - fromEnd]);
    for (let turn = 0; turn < fromEnd % 8; turn += 1) digit = PERMUTATION[digit] ?? digit;
    check = dihedral(check, digit);
  }
  return check === 0;
}
