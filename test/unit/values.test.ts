import { readFileSync } from 'node:fs';
import path from 'node:path';
import { valuesOf } from '../../services/entities';
import {
  evaluateValues,
  measureValues,
  parseValuesLine,
} from '../../services/understanding/valuesEvaluation';
import { cpuMilliseconds } from '../support/cpuTime';

const NOW = new Date('2026-11-23T10:00+05:30');
const ZONE = 'Asia/Kolkata';
const read = (name: string): string =>
  readFileSync(path.join(__dirname, '..', 'understanding', name), 'utf8');

test('messages by another author are read to the bounds', () => {
  const { measures } = evaluateValues(read('values.jsonl'));
  expect(measures.values).toBeGreaterThan(100);
  expect(measures.precision).toBeGreaterThanOrEqual(0.95);
  expect(measures.recall).toBeGreaterThanOrEqual(0.85);
});

test('every variant of what a message can tell is read as it was meant', () => {
  expect(evaluateValues(read('valueVariants.jsonl')).lines).toEqual([]);
});

describe('a line of a file of values', () => {
  test('has a text and the values that it tells', () => {
    const line = { text: 'no newsletter, I am Asha', values: { newsletter: false, name: 'Asha' } };
    expect(parseValuesLine(JSON.stringify(line))).toEqual(line);
  });

  test.each([
    ['no JSON', '{', 'This is not JSON.'],
    ['a list', '[]', 'This is not a JSON object.'],
    ['no text', '{"values":{}}', '"text" is not a text.'],
    ['no values', '{"text":"a"}', '"values" is not an object.'],
    ['an unknown key', '{"text":"a","values":{"fax":"1"}}', 'The value "fax" is unknown.'],
    ['a choice in words', '{"text":"a","values":{"newsletter":"no"}}', 'no boolean'],
    ['a number for a text', '{"text":"a","values":{"phone":1}}', 'no string'],
  ])('is refused with %s', (_name, line, why) => {
    expect(() => parseValuesLine(line)).toThrow(why);
  });

  test('that cannot be read is named by its number', () => {
    expect(() => evaluateValues('{"text":"a","values":{}}\n\n{')).toThrow('Line 3: ');
  });
});

describe('the measures', () => {
  test('count a value that differs as wrong and missing, one too many as wrong', () => {
    const measures = measureValues([
      { text: '', values: { name: 'A B', phone: '+911' }, found: { name: 'ab', phone: '+912' } },
      { text: '', values: { newsletter: false }, found: { noticedAt: '2026-11-23' } },
    ]);
    expect(measures).toEqual({
      ...{ values: 3, right: 1, missing: 2, wrong: 2 },
      precision: 1 / 3,
      recall: 1 / 3,
    });
  });

  test.each([
    ['mailingAddress', '12, Park St.\nKolkata', '12 park st kolkata', 1],
    ['name', 'Meera  Nair', 'meera nair', 1],
    ['name', 'Meera Nair', 'Mira Nair', 0],
    ['email', 'A@x.in', 'a@x.in', 0],
  ] as const)('compare %s %j with %j', (key, told, found, right) => {
    const measures = measureValues([
      { text: '', values: { [key]: told }, found: { [key]: found } },
    ]);
    expect(measures.right).toBe(right);
  });

  test('of nothing are whole', () => {
    expect(measureValues([])).toMatchObject({ values: 0, precision: 1, recall: 1 });
  });

  test('come with the message, what was expected and what was found', () => {
    const { lines } = evaluateValues(
      '{"text":"I am Asha Rao","values":{"name":"Asha Ray","newsletter":true}}',
    );
    expect(lines).toEqual([
      '"I am Asha Rao"\n  expected {"name":"Asha Ray","newsletter":true}\n  found    {"name":"Asha Rao"}',
    ]);
  });
});

test('a date is that of the zone', () => {
  const text = 'I saw it today';
  expect(valuesOf(text, new Date('2026-11-22T20:00Z'), ZONE)).toEqual({ noticedAt: '2026-11-23' });
  expect(valuesOf(text, new Date('2026-11-22T20:00Z'), 'UTC')).toEqual({ noticedAt: '2026-11-22' });
});

const PIECES = [
  ...['@', 'a at ', 'a dot ', 'one ', 'double ', 'P D ', 'pd-', 'my name is ', 'Thanks, ', 'Aa '],
  ...['newsletter ', 'if i ', 'not ', 'is ', 'I saw ', 'he told ', 'the old ', 'wrong, ', 'and '],
  ...['5 Elm Rd. ', '12 Park Street, ', 'change my name to ', 'Change Aa to Aa ', 'it should be '],
  ...['since ', 'two din ', 'monday before last ', 'a week or ', '1 ', '31/02 ', 'क', '\u200b'],
];

test.each(PIECES)('10,000 characters of %j take little time', (piece) => {
  const text = piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000);
  expect(cpuMilliseconds(() => valuesOf(text, NOW, ZONE))).toBeLessThan(1500);
});
