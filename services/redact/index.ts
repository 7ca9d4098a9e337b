import { leadingIban } from './checks';
import { digitRuns } from './groups';
import { digitsOf, numbersIn, type Masked } from './readings';

/** A text without card and Aadhaar numbers. */
export interface Redacted {
  readonly text: string;
  /** One entry for each number that was masked, in the order of the text. */
  readonly masked: readonly Masked[];
}

const MASK = { card: '•••• •••• •••• ', aadhaar: '•••• •••• ' } as const;
const LAST_FOUR = 4;
const MASKED_BEFORE = /(?<=•••• •••• )\d{4}(?!\d)/g;
const START_OF_AN_IBAN = /(?<![A-Z0-9])[A-Z]{2}\d{2}/gi;

/**
 * Masks payment card and Aadhaar numbers, in the digits of any script, and leaves everything else as it was.
 *
 * A card becomes `•••• •••• •••• 1234` and an Aadhaar number `•••• •••• 1234`, whatever its length, grouping and
 * script. A card is an issuer's prefix, length and Luhn check; an Aadhaar number is twelve digits, the first from
 * 2 to 9, and the Verhoeff check. Telephone numbers, postcodes, dates and bank accounts (IBAN) stay. Masking again
 * changes nothing. Linear in the length of the text.
 */
export function redact(text: string): Redacted {
  const masked: Masked[] = [];
  let clean = '';
  let done = 0;
  for (const { kind, groups } of digitRuns(withoutFixed(text)).flatMap(numbersIn)) {
    const start = groups[0]?.start ?? done;
    clean += text.slice(done, start) + MASK[kind] + digitsOf(groups).slice(-LAST_FOUR);
    done = groups.at(-1)?.end ?? start;
    masked.push(kind);
  }
  return { text: clean + text.slice(done), masked };
}

/** The text with letters in place of what is fixed: the digits that an earlier mask left, and bank accounts. */
function withoutFixed(text: string): string {
  const unmasked = text.replace(MASKED_BEFORE, 'xxxx');
  let result = '';
  let done = 0;
  for (const { index } of unmasked.matchAll(START_OF_AN_IBAN)) {
    if (index < done) continue;
    const length = leadingIban(unmasked.slice(index));
    result += unmasked.slice(done, index) + 'x'.repeat(length);
    done = index + length;
  }
  return result + unmasked.slice(done);
}
