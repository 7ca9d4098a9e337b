import fc from 'fast-check';
import {
  checkField,
  FIELD_WORDS,
  isChoice,
  masked,
  sameValue,
  shown,
  type FieldValue,
  type RecordField,
  type TextField,
} from '../../services/records/recordFields';
import { cpuMilliseconds } from '../support/cpuTime';

const TEXT_FIELDS: TextField[] = [
  'name',
  'email',
  'phone',
  'mailingAddress',
  'shippingAddress',
  'billingAddress',
];

test('the fields that are on or off are known', () => {
  const fields = Object.keys(FIELD_WORDS) as RecordField[];
  expect(fields.filter(isChoice)).toEqual([
    'newsletter',
    'marketingEmail',
    'marketingPhone',
    'marketingPost',
  ]);
});

describe('a value that can stand', () => {
  test.each<[TextField, string, string]>([
    ['name', 'Asha Sen', 'Asha Sen'],
    ['name', '  Asha\t  Sen ', 'Asha Sen'],
    ['name', 'Dr. Siobhán O’Brien-Ní Dhomhnaill', 'Dr. Siobhán O’Brien-Ní Dhomhnaill'],
    ['name', "D'Souza", "D'Souza"],
    ['name', 'आशा सेन', 'आशा सेन'],
    ['name', 'আশা সেন', 'আশা সেন'],
    ['name', '李小龍', '李小龍'],
    ['name', 'As\u200bha', 'Asha'],
    ['name', 'e\u0301a', 'éa'],
    ['name', 'a'.repeat(80), 'a'.repeat(80)],
    ['email', ' Asha+x@Example.com ', 'Asha+x@Example.com'],
    ['phone', '98300 12345', '+919830012345'],
    ['phone', '098300-12345', '+919830012345'],
    ['phone', '+44 20 7946 0018', '+442079460018'],
    ['phone', '07700 900123 (UK)', '+447700900123'],
    ['phone', '+447700900123', '+447700900123'],
    ['phone', '००९१ ९८३०० १२३४५', '+919830012345'],
    ['phone', '033 2229 1234', '+913322291234'],
    ['phone', '+1 212 555 0187', '+12125550187'],
    ['mailingAddress', '12 Park Street, Kolkata 700016', '12 Park Street, Kolkata 700016'],
    [
      'mailingAddress',
      '12 Park Street,\r\n\r\n  Kolkata   700016 ',
      '12 Park Street\nKolkata 700016',
    ],
    ['shippingAddress', 'PO Box 118, Nagpur', 'PO Box 118, Nagpur'],
    ['billingAddress', 'Rose Cottage\nTintagel', 'Rose Cottage\nTintagel'],
    ['mailingAddress', '5 Elm Rd, Springfield, IL 62704', '5 Elm Rd, Springfield, IL 62704'],
    ['mailingAddress', '१२ पार्क स्ट्रीट, कोलकाता ७०००१६', '१२ पार्क स्ट्रीट, कोलकाता ७०००१६'],
    ['mailingAddress', '12 Park Street, Kolkata 700 016', '12 Park Street, Kolkata 700 016'],
    [
      'mailingAddress',
      'Flat 4B, Second Floor, Shanti Apartments, 45 Rajdanga Main Road, Kasba, Kolkata, West Bengal 700107',
      'Flat 4B, Second Floor, Shanti Apartments\n45 Rajdanga Main Road, Kasba, Kolkata, West Bengal 700107',
    ],
  ])('%s: %j', (field, text, value) => {
    expect(checkField(field, text)).toEqual({ outcome: 'ok', value });
  });
});

const SIX_LINES = Array.from({ length: 6 }, (_, line) => `Line number ${line}`).join('\n');

describe('a value that cannot, and why', () => {
  test.each<[TextField, string, string, RegExp]>([
    ['name', 'nothing', '  ', /full name/],
    ['name', 'digits', 'Asha 2', /letters/],
    ['name', 'an e-mail address', 'a@b.com', /letters/],
    ['name', 'markup', '<b>Asha</b>', /letters/],
    ['name', 'a web address', 'https://x.in', /letters/],
    ['name', 'only signs', "-.'", /letters/],
    ['name', 'two lines', 'Asha\nSen', /one line/],
    ['name', '81 characters', 'a'.repeat(81), /80 characters/],
    ['name', '2,000 characters', 'a'.repeat(2000), /80 characters/],
    ['email', 'no address', 'asha', /name@example\.com/],
    ['email', 'two addresses', 'a@b.com, c@d.com', /name@example\.com/],
    ['email', 'a line break', 'a@b.com\nBcc: c@d.com', /name@example\.com/],
    ['phone', 'a digit too few', '98300 1234', /country code, such as \+44/],
    ['phone', 'a digit too many', '98300 123456', /country code/],
    ['phone', 'a foreign number that cannot be', '+44 123', /country code/],
    ['phone', 'a number that no country has', '+1 123 456 7890', /country code/],
    ['phone', 'words', 'my phone', /country code/],
    ['phone', '2,000 digits', '1'.repeat(2000), /country code/],
    ['mailingAddress', 'nothing', '', /whole address/],
    ['mailingAddress', 'a place alone', 'Kolkata', /whole address/],
    ['mailingAddress', 'a street alone', '12 Park Street', /whole address/],
    ['mailingAddress', 'only a PIN code', '700016', /only a postcode/],
    ['mailingAddress', 'only a PIN code, said to be one', 'PIN: 700 016', /only a postcode/],
    ['mailingAddress', 'only a postcode', 'SW1A 2AA', /only a postcode/],
    ['mailingAddress', 'an e-mail address', 'a@b.com, Kolkata', /e-mail address/],
    ['mailingAddress', 'markup', '12 <b>Park</b> Street, Kolkata', /angle brackets/],
    ['mailingAddress', 'a link', 'https://x.in/12, Kolkata', /links/],
    ['mailingAddress', 'a control character', '12 Park\u0007 Street, Kolkata', /punctuation/],
    ['mailingAddress', 'a card number', '12 Park Street •••• •••• •••• 1111', /card number/],
    ['mailingAddress', 'seven lines', `${SIX_LINES}\nLine number 7`, /six lines/],
    ['mailingAddress', '2,000 characters', '12 Park Street, '.repeat(125), /six lines/],
    [
      'mailingAddress',
      'a word of 70 letters',
      `12 Park ${'a'.repeat(70)}, Kolkata`,
      /60 characters/,
    ],
    ['mailingAddress', 'a PIN code of five digits', '12 Park Street, Kolkata 70001', /PIN code/],
    ['mailingAddress', 'a PIN code that begins with 0', '12 Park Street, Pune 011001', /PIN code/],
    ['mailingAddress', 'what is said to be a PIN code', '12 Park Street, PIN 1234567', /PIN code/],
  ])('%s: %s', (field, _name, text, why) => {
    expect(checkField(field, text)).toEqual({
      outcome: 'invalid',
      why: expect.stringMatching(why) as string,
    });
  });

  test('the reason repeats nothing that was typed', () => {
    for (const field of TEXT_FIELDS) {
      const checked = checkField(field, '<zyxwv@zyxwv>');
      expect(JSON.stringify(checked)).not.toContain('zyxwv');
      expect(checked.outcome).toBe('invalid');
    }
  });

  test('six lines of sixty characters are an address', () => {
    expect(checkField('mailingAddress', SIX_LINES)).toEqual({ outcome: 'ok', value: SIX_LINES });
  });
});

describe('sameValue', () => {
  test.each<[RecordField, FieldValue | undefined, FieldValue | null | undefined, boolean]>([
    ['mailingAddress', '12 Park Street\nKolkata 700016', '12, PARK STREET, Kolkata-700 016', true],
    ['mailingAddress', '12 Park Street', '21 Park Street', false],
    ['email', 'Asha@Example.com', 'asha@example.com ', true],
    ['email', 'asha+x@example.com', 'asha@example.com', false],
    ['phone', '+919830012345', '+91 98300 12345', true],
    ['phone', '+919830012345', '+919830012346', false],
    ['name', 'Asha  Sen', 'Asha Sen', true],
    ['name', 'asha sen', 'Asha Sen', false],
    ['name', 'e\u0301', 'é', true],
    ['name', undefined, null, true],
    ['name', undefined, 'Asha', false],
    ['newsletter', true, true, true],
    ['newsletter', true, false, false],
    ['marketingPost', undefined, false, true],
  ])('%s: %j and %j', (field, one, other, same) => {
    expect(sameValue(field, one, other)).toBe(same);
    expect(sameValue(field, other, one)).toBe(same);
  });
});

describe('masked and shown', () => {
  test.each<[RecordField, FieldValue | null | undefined, string, string]>([
    ['name', 'Asha R.', 'A••• R•••', 'Asha R.'],
    ['name', 'Al', 'A•••', 'Al'],
    ['name', 'A', '•••', 'A'],
    ['name', "O'Brien", 'O•••', "O'Brien"],
    ['name', 'आशा सेन', 'आ••• से•••', 'आशा सेन'],
    ['email', 'asha.rao@example.com', 'a•••@e•••.com', 'asha.rao@example.com'],
    ['email', 'a@e.co.in', 'a•••@e•••.in', 'a@e.co.in'],
    ['phone', '+919830012345', 'ends in 45', '+91 98300 12345'],
    ['phone', '12345', '•••', '12345'],
    [
      'mailingAddress',
      '12 Park Street\nKolkata 700016',
      '12 P… 700016',
      '12 Park Street, Kolkata 700016',
    ],
    ['mailingAddress', '12 A', '1…', '12 A'],
    ['mailingAddress', '12 A\n700016', '1…', '12 A, 700016'],
    ['shippingAddress', '44B Baker St\nLondon NW1 6XE', '4… NW1', '44B Baker St, London NW1 6XE'],
    [
      'billingAddress',
      'Rose Cottage,\nChurch Lane, Tintagel',
      'R…',
      'Rose Cottage, Church Lane, Tintagel',
    ],
    ['newsletter', true, 'on', 'on'],
    ['newsletter', false, 'off', 'off'],
    ['marketingPhone', undefined, 'off', 'off'],
    ['name', undefined, 'none', 'none'],
    ['phone', null, 'none', 'none'],
    ['mailingAddress', ' ', 'none', 'none'],
  ])('%s: %j', (field, value, hidden, full) => {
    expect(masked(field, value)).toBe(hidden);
    expect(shown(field, value)).toBe(full);
  });
});

describe('hostile text', () => {
  const pieces = [
    '1',
    '1 ',
    '98300 ',
    '+',
    'a',
    'é',
    ',',
    '\n',
    'a, ',
    '@',
    '<',
    'PIN 1',
    ' ',
    'क',
  ];

  test.each(pieces)('4,000 characters of %j take little time', (piece) => {
    const text = piece.repeat(4000).slice(0, 4000);
    const read = (): void => {
      for (const field of TEXT_FIELDS) {
        checkField(field, text);
        masked(field, text);
        shown(field, text);
        sameValue(field, text, 'x');
      }
    };
    expect(cpuMilliseconds(read)).toBeLessThan(500);
  });

  test('what is taken is taken again as it is, and never shows whole when masked', () => {
    const words = fc.oneof(
      fc.constantFrom(...pieces, 'Park Street', 'Kolkata 700016', '12 ', 'Asha ', 'a@b.com'),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXT_FIELDS),
        fc.array(words, { maxLength: 12 }),
        (field, parts) => {
          const checked = checkField(field, parts.join(''));
          if (checked.outcome !== 'ok') return;
          expect(checkField(field, checked.value)).toEqual(checked);
          expect(masked(field, checked.value)).not.toContain(checked.value);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
