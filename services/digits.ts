const ONE_DECIMAL_DIGIT = /^\p{Nd}$/u;
const DIGITS_OF_A_SCRIPT = 10;

/**
 * The value of a character that is a decimal digit in any script (`4`, `४`, `৪`, `٤`, fullwidth `4`, superscript `⁴`).
 * @param character one code point.
 */
export function digitValue(character: string): number | undefined {
  const plain = character.normalize('NFKC');
  if (plain >= '0' && plain <= '9' && plain.length === 1) return Number(plain);
  if (!ONE_DECIMAL_DIGIT.test(plain)) return undefined;
  // Unicode keeps the ten digits of a script together, so the place in the block is the value.
  const code = plain.codePointAt(0) ?? 0;
  let first = code;
  while (ONE_DECIMAL_DIGIT.test(String.fromCodePoint(first - 1))) first -= 1;
  return (code - first) % DIGITS_OF_A_SCRIPT;
}

/** The text with every decimal digit of any script as `0` to `9`, and nothing else changed. */
export function withPlainDigits(text: string): string {
  return text.replace(/\p{N}/gu, (character) => digitValue(character)?.toString() ?? character);
}
