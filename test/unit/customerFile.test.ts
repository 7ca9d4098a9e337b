import { csvFile, guarded, unguarded } from '../../services/csv';
import {
  customerHead,
  customerLine,
  MOST_CUSTOMERS,
  readCustomerFile,
  type TellingOfCustomer,
} from '../../services/records/customerFile';

const NO_CHOICES = {
  ...{ newsletter: false, marketingEmail: false },
  ...{ marketingPhone: false, marketingPost: false },
};

const read = (text: string | Buffer) =>
  readCustomerFile(typeof text === 'string' ? Buffer.from(text) : text);
const customersIn = (text: string | Buffer): TellingOfCustomer[] => {
  const file = read(text);
  if (file.outcome !== 'read') throw new Error(JSON.stringify(file.faults));
  return file.rows.map(({ customer }) => customer);
};
const faultsIn = (text: string | Buffer): string[] => {
  const file = read(text);
  return file.outcome === 'read'
    ? []
    : file.faults.map(({ line, column, why }) => `${line} ${column ?? '-'} ${why}`);
};
/** A file of one customer with one cell of interest. */
const withCell = (column: string, cell: string): string => `userName,${column}\nasha,"${cell}"\n`;

const ASHA: TellingOfCustomer = {
  ...{ userName: 'asha.rao', name: 'Asha Rao', email: 'Asha.Rao@example.com' },
  phone: '+919830012345',
  mailingAddress: '8 Lake Terrace\nKolkata 700029',
  shippingAddress: 'Flat 4B, Rajdanga Main Road\nKolkata 700107',
  billingAddress: '8 Lake Terrace\nKolkata 700029',
  ...{ newsletter: true, marketingEmail: false, marketingPhone: true, marketingPost: false },
  ...{ cardBrand: 'Visa', cardLast4: '0042' },
};

describe('a file of customers', () => {
  test('with all columns', () => {
    const text = [
      'userName,name,email,phone,mailingAddress,shippingAddress,billingAddress,newsletter,marketingEmail,marketingPhone,marketingPost,cardBrand,cardLast4',
      'asha.rao,Asha Rao,Asha.Rao@example.com,98300 12345,"8 Lake Terrace\nKolkata 700029","Flat 4B, Rajdanga Main Road\nKolkata 700107","8 Lake Terrace\nKolkata 700029",true,false,true,false,Visa,0042',
    ].join('\n');
    expect(customersIn(text)).toEqual([ASHA]);
  });

  test.each([
    ['its columns in any order', 'email,userName\na@x.org,asha\n'],
    ['other capitals and spaces in the headers', 'E-Mail,User Name\na@x.org,asha\n'],
    ['a byte order mark and CRLF', '\uFEFFuserName,email\r\nasha,a@x.org\r\n'],
    ['old line breaks', 'userName,email\rasha,a@x.org\r'],
    ['no line break at its end', 'userName,email\nasha,a@x.org'],
    ['semicolons', 'userName;email\nasha;a@x.org\n'],
    ['tabs', 'userName\temail\nasha\ta@x.org\n'],
    ['quotation marks everywhere', '"userName","email"\n"asha","a@x.org"\n'],
    ['spaces around cells', 'userName, email\n asha , a@x.org \n'],
    ['empty lines', '\n\nuserName,email\n\nasha,a@x.org\n,\n\n'],
  ])('may have %s', (_what, text) => {
    expect(customersIn(text)).toEqual([{ userName: 'asha', email: 'a@x.org', ...NO_CHOICES }]);
  });

  test('may have no customer', () => {
    expect(customersIn('userName,email\n')).toEqual([]);
  });

  test('may hold accents and any script', () => {
    expect(customersIn('userName,name\nzoë,आशा राव\n')).toMatchObject([
      { userName: 'zoë', name: 'आशा राव' },
    ]);
  });

  test.each([
    ...['true', 'TRUE', 'yes', 'Yes', '1', 'on'].map((cell) => [cell, true] as const),
    ...['false', 'FALSE', 'no', '0', 'off', ''].map((cell) => [cell, false] as const),
  ])('takes the choice “%s” for %s', (cell, value) => {
    expect(customersIn(withCell('newsletter', cell))).toMatchObject([{ newsletter: value }]);
  });

  test.each([
    ['is empty', '', '1 - The file is empty.'],
    ['is blank', '\n\n', '1 - The file is empty.'],
    ['is in UTF-16', Buffer.from('\uFEFFuserName\nasha\n', 'utf16le'), 'UTF-8'],
    ['is in UTF-16 without a mark', Buffer.from('userName\nasha\n', 'utf16le'), 'UTF-8'],
    ['is in Latin-1', Buffer.from('userName\nzoë\n', 'latin1'), 'UTF-8'],
    ['is a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), 'UTF-8'],
    ['ends within quotation marks', 'userName,name\nasha,"Asha\nb,c', '3 - The file ends within'],
    ['has a stray quotation mark', 'userName,name\nasha,As"ha\n', '2 - A quotation mark stands'],
    ['has text after one', 'userName,name\nasha,"Asha" Rao\n', '2 - A quotation mark stands'],
    ['has a row too short', 'userName,name,email\nasha,Asha\n', '2 - It has 2 cells'],
    ['has a row too long', 'userName,name\nasha,Asha,Rao\n', '2 - It has 3 cells'],
    ['has an unknown column', 'userName,Telefon\nasha,1\n', '1 - There is no column “Telefon”.'],
    ['has a column twice', 'userName,email,e-mail\nasha,a@x.org,\n', '1 email The column is named'],
    ['has no user names', 'email\na@x.org\n', '1 userName The column is missing.'],
  ])('that %s is refused in words', (_what, text, words) => {
    expect(faultsIn(text)).toHaveLength(1);
    expect(faultsIn(text)[0]).toContain(words);
  });

  test.each([
    ['a first line that is a customer', 'asha.rao,Asha Rao,asha@example.com\n'],
    ['a header that is no word', 'userName,asha@example.com\nx,y\n'],
    ['a long header', 'userName,Asha Rao lives in Kolkata and more\nx,y\n'],
    ['a cell after a stray quotation mark', 'userName,name\nasha,As"ha Rao\n'],
    ['a name with digits', withCell('name', 'Asha Rao 9830012345')],
    ['an address that is none', withCell('mailingAddress', '<b>Asha Rao Kolkata</b>')],
    ['a telephone number that is none', withCell('phone', '12345')],
    ['a choice that is none', withCell('newsletter', 'asha says maybe')],
    ['a user name that is none', 'userName\n"<asha>"\n'],
  ])('is refused without repeating %s', (_what, text) => {
    const faults = faultsIn(text);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.join('\n').toLowerCase()).not.toMatch(/asha|9830|12345|kolkata/);
  });

  test.each([
    ['userName', '', 'It is missing.'],
    ['userName', 'x'.repeat(101), 'at most 100'],
    ['userName', 'a\u200Bb', 'all in sight'],
    ['email', 'asha at example', 'e-mail address'],
    ['phone', '12', 'telephone number'],
    ['cardLast4', '42', 'exactly the last four'],
    ['cardLast4', '04242', 'exactly the last four'],
    ['cardLast4', '४२४२', 'exactly the last four'],
    ['cardBrand', 'A brand with too many letters', 'at most 20 letters'],
    ['cardBrand', 'Visa 4242', 'at most 20 letters'],
    ['newsletter', 'perhaps', 'true or false'],
    ['cardLast4', '4111 1111 1111 1111', 'payment card'],
    ['cardBrand', '4111111111111111', 'payment card'],
    ['name', 'Asha 4111-1111-1111-1111', 'payment card'],
    ['phone', '4111 1111 1111 1111', 'payment card'],
    ['billingAddress', '12 Park Street\n４１１１ １１１１ １１１１ １１１１', 'payment card'],
    ['userName', '4111111111111111', 'payment card'],
    ['mailingAddress', '2341 2341 2346, Park Street Kolkata', 'Aadhaar'],
  ])('refuses in %s: %s', (column, cell, words) => {
    const text = column === 'userName' ? `userName,name\n"${cell}",Asha\n` : withCell(column, cell);
    const faults = faultsIn(text);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^2 ${column} .*${words}`));
  });

  test.each(['+44 20 7946 0958', '+919830012345', '9198300 12345', '098300-12345'])(
    'takes the telephone number %s',
    (phone) => {
      expect(customersIn(withCell('phone', phone))[0]?.phone).toMatch(/^\+(44|91)\d{10}$/);
    },
  );

  test('tells all faults, by the lines of the file', () => {
    const text = [
      'userName,email,mailingAddress,newsletter',
      'one,one@x.org,"12 Park Street',
      '',
      'Kolkata 700016",yes',
      '',
      'two,no address,,maybe',
      'ONE,ONE@x.org,"12 Park Street',
      'Kolkata 700016",no',
      ',,,',
      ',x@x.org,,',
    ].join('\r\n');
    expect(faultsIn(text).map((fault) => fault.split(' ').slice(0, 2).join(' '))).toEqual([
      '6 email',
      '6 newsletter',
      '7 userName',
      '7 email',
      '10 userName',
    ]);
    expect(faultsIn(text)[2]).toContain('the same as on line 2');
  });

  test('of more customers than can be is refused', () => {
    const rows = Array.from({ length: MOST_CUSTOMERS + 1 }, (_, n) => `u${n}\n`);
    expect(faultsIn(`userName\n${rows.join('')}`)[0]).toContain('more than 200000 customers');
  });
});

describe('what is exported', () => {
  const written = (...customers: TellingOfCustomer[]): string =>
    csvFile([customerHead(), ...customers.map(customerLine)]);

  test('is imported as it was', () => {
    const others: TellingOfCustomer[] = [
      { userName: 'bare', ...NO_CHOICES },
      { userName: '=cmd()', name: "Sinéad O'Neil", ...NO_CHOICES },
      {
        userName: "'=a",
        ...NO_CHOICES,
        mailingAddress: '-5 Park Street, "Lake View"\nKolkata 700016',
      },
      { userName: "''@b", ...NO_CHOICES, marketingPost: true },
      { userName: '+', ...NO_CHOICES },
      { userName: "'", ...NO_CHOICES },
    ];
    expect(customersIn(written(ASHA, ...others))).toEqual([ASHA, ...others]);
  });

  test('is no formula to a spreadsheet, and keeps telephone numbers', () => {
    const text = written(ASHA, { userName: '=HYPERLINK("http://x")', ...NO_CHOICES });
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain(',+919830012345,');
  });
});

test.each(['', 'a', '=a', "'=a", "''=a", '-', '+1', '@x', '\tx', "'a", "'", "'' =a"])(
  'a guarded cell is found again: %j',
  (cell) => {
    expect(unguarded(guarded(cell))).toBe(cell);
    expect(guarded(cell)).not.toMatch(/^[=+\-@\t\r]/);
  },
);
