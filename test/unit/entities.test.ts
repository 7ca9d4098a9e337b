import fc from 'fast-check';
import {
  findCaseReference,
  findEmail,
  findName,
  findNoticed,
  findPhone,
  findPin,
  isEmail,
} from '../../services/entities';
import { cpuMilliseconds } from '../support/cpuTime';

type Row = [text: string, found: string | undefined];

describe('findEmail', () => {
  test.each<Row>([
    ['mail rina@x.in.', 'rina@x.in'],
    ['Rina <rina@x.in>', 'rina@x.in'],
    ['"rina@x.in"', 'rina@x.in'],
    ["it's 'rina@x.in'", 'rina@x.in'],
    ["o'brien@x.in", "o'brien@x.in"],
    ['mailto:rina.sen+desk@mail.x.co.in?subject=1', 'rina.sen+desk@mail.x.co.in'],
    ['first@x.in, second@y.in', 'first@x.in'],
    ['@home I use rina@x.in', 'rina@x.in'],
    ['राम@उदाहरण.भारत', 'राम@उदाहरण.भारत'],
    ['rina＠ｘ．in', 'rina@x.in'],
    ['ri\u200bna@x.in', 'rina@x.in'],
    ['rina@x.in\r\nBcc: evil@y.com', 'rina@x.in'],
    ['rina\n@x.in', undefined],
    ['a@b', undefined],
    ['a@@b.in', undefined],
    ['rina@x..in', undefined],
    ['rina@x.123', undefined],
    [`${'a'.repeat(65)}@x.in`, undefined],
    [`a@${'b'.repeat(64)}.in`, undefined],
    [`a@${'b.'.repeat(130)}in`, undefined],
    ['no address here', undefined],
    ['', undefined],
  ])('%j', (text, found) => {
    expect(findEmail(text)).toBe(found);
  });
});

describe('isEmail', () => {
  test.each([
    'rina@x.in',
    'rina.sen+x@mail.example.co.in',
    "o'brien@x.ie",
    'r@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g',
    'राम@उदाहरण.भारत',
  ])('takes %s', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  test.each([
    ['a line break', 'rina@x.in\nBcc: evil@y.com'],
    ['a line break at the end', 'rina@x.in\n'],
    ['a carriage return', 'rina\r@x.in'],
    ['a line separator', 'rina\u2028@x.in'],
    ['a null', 'rina\0@x.in'],
    ['two addresses', 'rina@x.in,evil@y.com'],
    ['two addresses with a semicolon', 'rina@x.in;evil@y.com'],
    ['a name and an address', 'Rina <rina@x.in>'],
    ['a quoted name', '"rina sen"@x.in'],
    ['a comment', 'rina(x)@x.in'],
    ['a space', 'rina @x.in'],
    ['a no-break space', 'rina\u00a0@x.in'],
    ['a zero-width space', 'ri\u200bna@x.in'],
    ['a fullwidth at sign', 'rina＠x.in'],
    ['a fullwidth full stop', 'rina@x．in'],
    ['a fullwidth comma', 'rina@x.in，y.in'],
    ['a letter in disguise', 'ｒina@x.in'],
    ['an IP address', 'rina@[127.0.0.1]'],
    ['a bare host', 'root@localhost'],
    ['a leading dot', '.rina@x.in'],
    ['a trailing dot', 'rina.@x.in'],
    ['two dots', 'ri..na@x.in'],
    ['a hyphen before the dot', 'rina@x-.in'],
    ['two at signs', 'rina@x@y.in'],
    ['nothing before', '@x.in'],
    ['nothing after', 'rina@'],
    ['nothing', ''],
    ['too much', `rina@${'a.'.repeat(130)}in`],
    ['a colon', 'a:b@x.in'],
  ])('refuses %s', (_name, text) => {
    expect(isEmail(text)).toBe(false);
  });
});

describe('findPhone', () => {
  test.each<Row>([
    ['call 98300 12345', '+919830012345'],
    ['09830012345', '+919830012345'],
    ['+91 (98300) 12345', '+919830012345'],
    ['my number is 9830012345.', '+919830012345'],
    ['९८३०० १२३४५', '+919830012345'],
    ['9830012345 or 9831012345', '+919830012345'],
    ['700016 98300 12345', '+919830012345'],
    ['033 2229 1234', '+913322291234'],
    ['+44 7911 123456', '+447911123456'],
    ['about PD-1234-5678', undefined],
    ['rina9830012345@x.in', undefined],
    ['order 12345678', undefined],
    ['2345 6789 0124', undefined],
    ['pin 123456', undefined],
    ['on 22.11.2026', undefined],
    ['•••• •••• •••• 1234', undefined],
    ['', undefined],
  ])('%j', (text, found) => {
    expect(findPhone(text)).toBe(found);
  });

  test('a number without its country is of the country that is given', () => {
    expect(findPhone('07911 123456', 'GB')).toBe('+447911123456');
  });
});

describe('findCaseReference', () => {
  test.each<Row>([
    ['PD-7KQ4-M2XA', 'PD-7KQ4-M2XA'],
    ['Re: [PD-7KQ4-M2XA].', 'PD-7KQ4-M2XA'],
    ['pd 7kq4 m2xa', 'PD-7KQ4-M2XA'],
    ['pd7kq4m2xa', 'PD-7KQ4-M2XA'],
    ['PD – 7KQ4 – M2XA', 'PD-7KQ4-M2XA'],
    ['PD-OIL4-M2XA', 'PD-0114-M2XA'],
    ['pd-oool-iiii', 'PD-0001-1111'],
    ['PD-ABCD-EFGH', 'PD-ABCD-EFGH'],
    ['ＰＤ－７ＫＱ４－Ｍ２ＸＡ', 'PD-7KQ4-M2XA'],
    ['PD-१२३४-५६७८', 'PD-1234-5678'],
    ['P\u200bD-7KQ4-\u200bM2XA', 'PD-7KQ4-M2XA'],
    ['PD-7KQU-M2XA', undefined],
    ['PD-7KQ4-M2XAB', undefined],
    ['XPD-7KQ4-M2XA', undefined],
    ['pd data file', undefined],
    ['7KQ4-M2XA', undefined],
    ['', undefined],
  ])('%j', (text, found) => {
    expect(findCaseReference(text)).toBe(found);
  });
});

describe('findPin', () => {
  test.each<Row>([
    ['123456', '123456'],
    ['my pin is 123 456.', '123456'],
    ['1 2 3 4 5 6', '123456'],
    ['12-34-56', '123456'],
    ['012345', '012345'],
    ['१२३४५६', '123456'],
    ['１２３ ４５６', '123456'],
    ['PD-7KQ4-M2XA 123456', '123456'],
    ['PD-1234-5678 123456', '123456'],
    ['12345', undefined],
    ['1234567', undefined],
    ['98300 12345', undefined],
    ['1234 567', undefined],
    ['12.345678', undefined],
    ['123456.78', undefined],
    ['', undefined],
  ])('%j', (text, found) => {
    expect(findPin(text)).toBe(found);
  });
});

describe('findName', () => {
  test.each<Row>([
    ["I'm Rina Sen", 'Rina Sen'],
    ['I’m Rina, and I am worried', 'Rina'],
    ['this is Rahul from Kolkata', 'Rahul'],
    ['This is Mohammed Ahmed speaking', 'Mohammed Ahmed'],
    ['my name is rina sen and i want help', 'rina sen'],
    ["My name's Rina-Mae D'Souza.", "Rina-Mae D'Souza"],
    ['name: Dr. A. P. J. Kalam', 'Dr. A. P. J. Kalam'],
    ['Myself Rahul Roy', 'Rahul Roy'],
    ['Hi, Rina Sen here', 'Rina Sen'],
    ['Please help.\nRegards,\nRina Sen', 'Rina Sen'],
    ['mera naam Rina hai', 'Rina'],
    ['मेरा नाम रीना सेन है', 'रीना सेन'],
    ["I'm O'Brien", "O'Brien"],
    ["I'm worried", undefined],
    ['I am Worried about this', undefined],
    ['I AM WORRIED', undefined],
    ["I'm getting calls", undefined],
    ['This is urgent', undefined],
    ['This is a complaint', undefined],
    ['I am Indian', undefined],
    ['my name is on the list', undefined],
    ['my name is being misused', undefined],
    ['my name is misspelt', undefined],
    ["This is Rina's account", undefined],
    ['he said "this is Rohit from the bank"', undefined],
    ['a man claiming this is Rohit', undefined],
    ['my name is Mr', undefined],
    ['', undefined],
  ])('%j', (text, found) => {
    expect(findName(text)).toBe(found);
  });
});

describe('findNoticed, on Wednesday 25 November 2026 in India', () => {
  const notice = (text: string) =>
    findNoticed(text, new Date('2026-11-25T05:00:00Z'), 'Asia/Kolkata');

  test.each([
    ['just now', '2026-11-25'],
    ['now', '2026-11-25'],
    ['this morning', '2026-11-25'],
    ['tonight', '2026-11-25'],
    ['today evening', '2026-11-25'],
    ['half an hour ago', '2026-11-25'],
    ['10 mins back', '2026-11-25'],
    ['yesterday', '2026-11-24'],
    ['yday', '2026-11-24'],
    ['last night', '2026-11-24'],
    ['kal raat', '2026-11-24'],
    ['कल', '2026-11-24'],
    ['12 hours ago', '2026-11-24'],
    ['day before yesterday', '2026-11-23'],
    ['2 days back', '2026-11-23'],
    ['2days ago', '2026-11-23'],
    ['two weeks back', '2026-11-11'],
    ['some days ago', '2026-11-22'],
    ['for 3 weeks', '2026-11-04'],
    ['last week', '2026-11-18'],
    ['Wednesday', '2026-11-25'],
    ['last Wednesday', '2026-11-18'],
    ['Friday', '2026-11-20'],
    ['last Friday night', '2026-11-20'],
    ['since Monday', '2026-11-23'],
    ['over the weekend', '2026-11-21'],
    ['in March', '2026-03-01'],
    ['on 3rd nov', '2026-11-03'],
    ['3rd of November', '2026-11-03'],
    ['Nov. 3rd, 2026', '2026-11-03'],
    ['20nov', '2026-11-20'],
    ['20-Nov-26', '2026-11-20'],
    ['May 5', '2026-05-05'],
    ['on the 3rd', '2026-11-03'],
    ['on the 30th', '2026-10-30'],
    ['5/11', '2026-11-05'],
    ['12/11/2026', '2026-11-12'],
    ['3.11.26', '2026-11-03'],
    ['३/११/२०२६', '2026-11-03'],
    ['2026-11-20', '2026-11-20'],
    ['2026-11-20T23:00:00Z', '2026-11-20'],
    ['29/02/2024', '2024-02-29'],
    ['8pm on 20 nov', '2026-11-20'],
    ['31 dec', '2025-12-31'],
    ['25/11/2026', '2026-11-25'],
  ])('%j is %s', (text, date) => {
    expect(notice(text)).toMatchObject({ outcome: 'found', date });
  });

  test.each([
    '31/02',
    '31/02/2026',
    '31 february',
    'Feb 31',
    '30th Feb 2026',
    '2026-02-30',
    '11/25/2026',
    '32/13',
    '00/00/2026',
    '99/99/9999',
    '29/02',
    '29/02/2025',
    'on the 32nd',
  ])('%j does not exist', (text) => {
    expect(notice(`it was ${text}`)).toMatchObject({ outcome: 'impossible' });
  });

  test.each([
    'tomorrow',
    'next Friday',
    'next Wednesday',
    'coming Monday',
    'till Monday',
    'in 2 days',
    'next week',
    '26/11/2026',
    '26 nov',
    '25 dec',
    '3 nov 2027',
  ])('%j is still to come', (text) => {
    expect(notice(text)).toMatchObject({ outcome: 'future' });
  });

  test.each([
    'no idea',
    'may',
    'it may have been hacked',
    'at least 2 may have seen it',
    'may 5 people see it',
    'I sat down',
    'good morning',
    'at 5pm',
    'call me 24/7',
    '50/50',
    '3.5 lakh',
    'monday to friday',
    'within 5 days',
    'what do I do now?',
    'PD-1234-5678',
    '98300 12345',
    '192.168.1.10',
    '12-34-56',
    'born 12/05/1985',
    '',
  ])('%j tells no date', (text) => {
    expect(notice(text)).toBeUndefined();
  });

  test.each([
    ['I noticed it 2 days back at home', '2 days back'],
    ['it was last Friday night, I think', 'last Friday night'],
    ['around 31/02 or so', '31/02'],
    ['my card is due next Friday; saw it yesterday', 'yesterday'],
    ['on 31/02, sorry, 28/02', '28/02'],
  ])('%j: in the words %j', (text, words) => {
    expect(notice(text)).toMatchObject({ words });
  });

  test.each([
    ['Asia/Kolkata', '2026-11-25'],
    ['UTC', '2026-11-24'],
    ['Pacific/Kiritimati', '2026-11-25'],
    ['America/New_York', '2026-11-24'],
  ])('the day is that of %s', (zone, date) => {
    const now = new Date('2026-11-24T20:00:00Z');
    expect(findNoticed('today', now, zone)).toMatchObject({ outcome: 'found', date });
    expect(findNoticed(date, now, zone)).toMatchObject({ outcome: 'found', date });
  });
});

const readings: [string, (text: string) => unknown][] = [
  ['findEmail', findEmail],
  ['isEmail', isEmail],
  ['findPhone', (text) => findPhone(text)],
  ['findCaseReference', findCaseReference],
  ['findPin', findPin],
  ['findName', findName],
  ['findNoticed', (text) => findNoticed(text, new Date('2026-11-25T05:00:00Z'), 'Asia/Kolkata')],
];

describe.each(readings)('%s', (_name, read) => {
  const pieces = [
    '@',
    'a@',
    'a.',
    '.',
    ' ',
    '\n',
    '1',
    '1 ',
    '1-',
    '+1',
    '(',
    'PD-',
    'pd ',
    'P D ',
    'my name is ',
    "I'm ",
    'Aa ',
    '"',
    '5 days ',
    '1d ',
    '31/02 ',
    '1/',
    'monday ',
    'ago ',
    'क',
    '😀',
    '\u200b',
    '\u202e',
  ];

  test.each(pieces)('10,000 characters of %j take little time', (piece) => {
    const text = piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000);
    expect(cpuMilliseconds(() => read(text))).toBeLessThan(1000);
  });

  test('throws at no text', () => {
    const words = fc.oneof(
      fc.constantFrom(
        ...pieces,
        'last ',
        'next ',
        'feb ',
        '99',
        '0000',
        'on the ',
        '9999-12-31',
        'weeks ',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), (parts) => {
        read(parts.join(''));
      }),
      { numRuns: 300 },
    );
  });
});

test('every address that is found is one', () => {
  const part = fc.constantFrom(
    'a',
    'b1',
    '.',
    '@',
    '-',
    "'",
    'é',
    '\n',
    ' ',
    ',',
    '<',
    '.in',
    '＠',
    '\u200b',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), (parts) => {
      const found = findEmail(parts.join(''));
      expect(found === undefined || isEmail(found)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
