import { VALUE_KEYS, valuesOf, type Values } from '../entities';

/** One line of a file of values: a message and what it tells. */
export interface ValuesLine {
  readonly text: string;
  readonly values: Values;
}

/** A message, what it tells, and what was read of it. */
export interface ReadValues extends ValuesLine {
  readonly found: Values;
}

/** How many values are right; shares from 0 to 1, and 1 where there is nothing to take the share of. */
export interface ValuesMeasures {
  /** Values that the messages tell. */
  readonly values: number;
  readonly right: number;
  /** Values told and not read. */
  readonly missing: number;
  /** Values read otherwise than told, or not told at all. */
  readonly wrong: number;
  /** Of the values read, those that are right. */
  readonly precision: number;
  /** Of the values told, those that are read. */
  readonly recall: number;
}

/** The instant at which the messages of an evaluation file are read, and the zone in which their dates are meant. */
const NOW = new Date('2026-11-23T10:00+05:30');
const ZONE = 'Asia/Kolkata';

const CHOICES: ReadonlySet<string> = new Set<keyof Values>(['newsletter']);
const KEYS: ReadonlySet<string> = new Set(VALUE_KEYS);

/**
 * Reads one line of a file of values: `{"text": …, "values": {…}}`.
 * @throws Error saying what is wrong with the line.
 */
export function parseValuesLine(line: string): ValuesLine {
  const { text, values } = parseObject(line, 'This');
  if (typeof text !== 'string') throw new Error('"text" is not a text.');
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw new Error('"values" is not an object.');
  for (const [key, value] of Object.entries(values)) {
    if (!KEYS.has(key)) throw new Error(`The value ${JSON.stringify(key)} is unknown.`);
    const kind = CHOICES.has(key) ? 'boolean' : 'string';
    if (typeof value !== kind) throw new Error(`The value of "${key}" is no ${kind}.`);
  }
  return { text, values };
}

function parseObject(line: string, what: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`${what} is not JSON.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${what} is not a JSON object.`);
  return value as Record<string, unknown>;
}

/** As values are compared: addresses without case, spaces and punctuation, names without case and spaces. */
function comparable(key: keyof Values, value: string | boolean): string | boolean {
  if (typeof value === 'boolean') return value;
  if (key.endsWith('Address')) return value.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  return key === 'name' ? value.toLowerCase().replace(/\s/g, '') : value;
}

/** How a value was read; undefined where none is told and none was read. */
function verdictOf(
  { values, found }: ReadValues,
  key: keyof Values,
): { readonly right: boolean; readonly missing: boolean; readonly wrong: boolean } {
  const [told, read] = [values[key], found[key]];
  const right =
    told !== undefined && read !== undefined && comparable(key, told) === comparable(key, read);
  return { right, missing: told !== undefined && !right, wrong: read !== undefined && !right };
}

/** Takes the measures of messages that were read. */
export function measureValues(all: readonly ReadValues[]): ValuesMeasures {
  const verdicts = all.flatMap((each) => VALUE_KEYS.map((key) => verdictOf(each, key)));
  const count = (is: 'right' | 'missing' | 'wrong'): number =>
    verdicts.filter((verdict) => verdict[is]).length;
  const [right, wrong] = [count('right'), count('wrong')];
  const values = all.reduce((sum, { values: told }) => sum + Object.keys(told).length, 0);
  return {
    ...{ values, right, missing: values - right, wrong },
    precision: share(right, right + wrong),
    recall: share(right, values),
  };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/**
 * Reads the messages of a file of values and compares.
 * @returns a line for each message with a wrong or missing value, and the measures.
 * @throws Error naming the line that cannot be read.
 */
export function evaluateValues(fileText: string): {
  readonly lines: string[];
  readonly measures: ValuesMeasures;
} {
  const read = linesOf(fileText).map((line) => ({
    ...line,
    found: valuesOf(line.text, NOW, ZONE),
  }));
  return { lines: read.flatMap(faultLine), measures: measureValues(read) };
}

function linesOf(fileText: string): ValuesLine[] {
  return fileText
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line, place) => {
      if (line.trim() === '') return [];
      try {
        return [parseValuesLine(line)];
      } catch (error) {
        throw new Error(`Line ${place + 1}: ${(error as Error).message}`, { cause: error });
      }
    });
}

/** The message with what is wrong or missing of it; nothing where all is right. */
function faultLine(line: ReadValues): string[] {
  const faulty = VALUE_KEYS.filter((key) => {
    const { missing, wrong } = verdictOf(line, key);
    return missing || wrong;
  });
  const told = (values: Values): string =>
    JSON.stringify(Object.fromEntries(faulty.map((key) => [key, values[key]])));
  return faulty.length === 0
    ? []
    : [
        `${JSON.stringify(line.text)}\n  expected ${told(line.values)}\n  found    ${told(line.found)}`,
      ];
}
