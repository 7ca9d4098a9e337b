import fc from 'fast-check';
import { findChanges, findCode, readField, readFieldName } from '../../services/entities';
import type { RecordField } from '../../services/recordFields';
import { cpuMilliseconds } from '../support/cpuTime';

/** What a message tells; a field that is named without what it becomes is `none`. */
type Told = Partial<Record<RecordField, string | boolean>>;
type Row = [text: string, told: Told];
const none = '(not told)';

/** As a table states it; addresses are compared without case, spaces and punctuation. */
const told = (text: string, asked?: RecordField): Told =>
  Object.fromEntries(
    findChanges(text, asked).changes.map(({ field, value }) => [
      field,
      comparable(field, value ?? none),
    ]),
  );

const comparable = (field: string, value: string | boolean): string | boolean =>
  field.endsWith('Address') && typeof value === 'string' ? bare(value) : value;

const bare = (address: string): string => address.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '');

const expected = (row: Told): Told =>
  Object.fromEntries(
    Object.entries(row).map(([field, value]) => [field, comparable(field, value)]),
  );

function rows(name: string, table: Row[]): void {
  describe(name, () => {
    test.each(table)('%j', (text, row) => {
      expect(told(text)).toEqual(expected(row));
    });
  });
}

rows('several changes in one message', [
  [
    'I moved to 12 Park Street Kolkata 700016 and my new number is 98300 12345',
    { mailingAddress: '12 Park Street Kolkata 700016', phone: '+919830012345' },
  ],
  ['please change my number to 98300 12345', { phone: '+919830012345' }],
  [
    'new email is r.sen84@example.org, the old one was rsen@example.com',
    { email: 'r.sen84@example.org' },
  ],
  [
    'we moved, ship everything to 12 Park Street, Kolkata 700016 from now on',
    { shippingAddress: '12 Park Street, Kolkata 700016' },
  ],
  [
    'my bill should go to 44B Baker St, London NW1 6XE, mobile 07700 900123 (UK)',
    { billingAddress: '44B Baker St, London NW1 6XE', phone: '+447700900123' },
  ],
  ['someone logged in to my account last saturday', {}],
  ['any news on pd 7kq4 m2xa ?', {}],
  [
    'take me off the newsletter and note my new address 5 Elm Rd, Springfield, IL 62704',
    { newsletter: false, mailingAddress: '5 Elm Rd, Springfield, IL 62704' },
  ],
  [
    "I'm Priya Nair. New email: priya.nair@example.com, new phone: 98450 12345. Please change both.",
    { email: 'priya.nair@example.com', phone: '+919845012345' },
  ],
  [
    'change my mail to jo@example.com and my phone to +44 20 7946 0018',
    { email: 'jo@example.com', phone: '+442079460018' },
  ],
  [
    'Hi, shifted house. New addr Flat 4B, Rajdanga Main Rd, Kolkata - 700107. Mob 9830012345. Thanks, Asha',
    { mailingAddress: 'Flat 4B, Rajdanga Main Rd, Kolkata - 700107', phone: '+919830012345' },
  ],
  [
    'Please update:\nPhone: 98300 12345\nEmail: asha.r@example.com\nAddress: 12 Park Street\nKolkata 700016\n\nThanks\nAsha Rao',
    {
      phone: '+919830012345',
      email: 'asha.r@example.com',
      mailingAddress: '12 Park Street\nKolkata 700016',
    },
  ],
  [
    'pls chng my ph no to 9830012345 n email to asha@example.com',
    { phone: '+919830012345', email: 'asha@example.com' },
  ],
  [
    'change phone to 98300 12345, stop the newsletter, and no calls about offers',
    { phone: '+919830012345', newsletter: false, marketingPhone: false },
  ],
  [
    'billing and shipping: 7 Lake Road, Pune 411001',
    { billingAddress: '7 Lake Road, Pune 411001', shippingAddress: '7 Lake Road, Pune 411001' },
  ],
  [
    'My new address is 7 Lake Road, Pune 411001. Same address for billing please.',
    { mailingAddress: '7 Lake Road, Pune 411001', billingAddress: '7 Lake Road, Pune 411001' },
  ],
  [
    'Everything changed: name, phone, address. Where do I begin?',
    { name: none, phone: none, mailingAddress: none },
  ],
  [
    'Two things have changed: my surname (now Okafor) and my street (now 51 Quay Road).',
    { name: none, mailingAddress: '51 Quay Road' },
  ],
  [
    'use 12 Park Street, Kolkata 700016 for shipping and 5 Elm Road, Pune 411001 for billing',
    {
      shippingAddress: '12 Park Street, Kolkata 700016',
      billingAddress: '5 Elm Road, Pune 411001',
    },
  ],
  [
    'i got a new sim 98300 22222 and also moved, now at 9/2 Gariahat Road, Kolkata 700019',
    { phone: '+919830022222', mailingAddress: '9/2 Gariahat Road, Kolkata 700019' },
  ],
  [
    'my email n phone both changed - asha.new@example.com / 9830012345',
    { email: 'asha.new@example.com', phone: '+919830012345' },
  ],
  ['change my email and phone number please', { email: none, phone: none }],
  ['phone and address', { phone: none, mailingAddress: none }],
]);

rows('telephone numbers', [
  ['pls chng my ph no to 98300-12345', { phone: '+919830012345' }],
  ['ph: 98300 12345', { phone: '+919830012345' }],
  ['98300 12345', { phone: '+919830012345' }],
  ['new no. 09830012345', { phone: '+919830012345' }],
  ['My contact number has changed. It is now +91 98300 12345.', { phone: '+919830012345' }],
  ['मेरा नया नंबर ९८३०० १२३४५', { phone: '+919830012345' }],
  ['not 98300 11111 any more but 98300 22222', { phone: '+919830022222' }],
  ['change my number from 98300 11111 to 98300 22222', { phone: '+919830022222' }],
  ['old number 98300 11111, new number 98300 22222', { phone: '+919830022222' }],
  ['98300 22222 instead of 98300 11111', { phone: '+919830022222' }],
  ['my number is no longer 98300 11111, use 98300 22222', { phone: '+919830022222' }],
  ['98300 11111 is dead, please take 98300 22222', { phone: '+919830022222' }],
  ['replace 98300 11111 with 98300 22222', { phone: '+919830022222' }],
  ['i lost 98300 11111, my number is now 98300 22222', { phone: '+919830022222' }],
  ['changed sim, new no 9000012345', { phone: '+919000012345' }],
  ['lost my sim, got a new one, number +44 7700 900123', { phone: '+447700900123' }],
  ['you can reach me on 033 2229 1234 from now on', { phone: '+913322291234' }],
  ['my new US number is (212) 555-0187', { phone: '+12125550187' }],
  [
    'I moved to Canada, my new mobile is 613-555-0142',
    { phone: '+16135550142', mailingAddress: none },
  ],
  ['my new landline in Berlin: 030 901820', { phone: '+4930901820' }],
  ['use 0049 30 901820', { phone: '+4930901820' }],
  ['Kolkata 700016 98300 12345 is where you find me now', { phone: '+919830012345' }],
  ["my wife's number is 98300 12345", {}],
  ["my wife's number is 98300 11111, mine has changed to 98300 22222", { phone: '+919830022222' }],
  [
    'please stop ringing my mother about upgrades, use my number instead: 98300 12345',
    { marketingPhone: false, phone: '+919830012345' },
  ],
  ['I called you on 033 4000 4000 yesterday to change my number', { phone: none }],
  ['someone from 98300 11111 called me', {}],
  ['my order number is 9830012345, change my phone', { phone: none }],
  ['case PD-7KQ4-M2XA: change my phone to 98300 12345', { phone: '+919830012345' }],
  ['my pin is 700016', {}],
  [
    'My name is Asha Rao, my registered mobile is 98300 11111, please change it to 98300 22222',
    { phone: '+919830022222' },
  ],
  ['change my registered mobile number to 98300 22222', { phone: '+919830022222' }],
  ['my email is asha@example.com, my new number is 98300 12345', { phone: '+919830012345' }],
  ['my phone number is wrong please correct it', { phone: none }],
  ['i have a new phone', { phone: none }],
  ['number changed', { phone: none }],
  ['hw do i chng my ph no', { phone: none }],
  [
    'Good morning, would you be so kind as to correct my telephone number? It ends in 42, not 24.',
    { phone: none },
  ],
  ['I want my mobile updated', { phone: none }],
]);

rows('e-mail addresses', [
  ['change my email from a@b.com to c@d.com', { email: 'c@d.com' }],
  ['from bob@example.com to robert@example.com', { email: 'robert@example.com' }],
  ['replace old@example.com with new@example.com', { email: 'new@example.com' }],
  ['Kindly do change my mail id to suresh.k@example.com', { email: 'suresh.k@example.com' }],
  ['email=kim@example.org please overwrite', { email: 'kim@example.org' }],
  [
    'please use meera@example.org from now on instead of the old one',
    { email: 'meera@example.org' },
  ],
  [
    'asha@example.com is my old address, please use asha@example.org',
    { email: 'asha@example.org' },
  ],
  [
    "The e-mail on file is my ex's, can you swap it for mine, lena@example.org",
    { email: 'lena@example.org' },
  ],
  [
    'my old email account was closed, here’s a better one: nina_p@example.com',
    { email: 'nina_p@example.com' },
  ],
  [
    'our accounts department now wants the invoices at accounts@example.org',
    { email: 'accounts@example.org' },
  ],
  ['Add my wife’s email as well please: rina@example.com', {}],
  ['I wrote to info@comantra.net to change my email', { email: none }],
  [
    'my account is asha@example.com and I want to change my phone to 98300 12345',
    { phone: '+919830012345' },
  ],
  ['I am registered with asha@example.com. New phone 98300 12345', { phone: '+919830012345' }],
  ['can you change the email on my account', { email: none }],
  ['pls cange my emial', { email: none }],
  ['change mail id', { email: none }],
  ['the email u have is dead', { email: none }],
  ['my newsletter goes to the wrong address', { email: none }],
  ['E-mail address', { email: none }],
]);

rows('postal addresses', [
  [
    'i moved, new adress is 14 Lake View Road, Pune 411001',
    { mailingAddress: '14 Lake View Road, Pune 411001' },
  ],
  ['my new address is nine bay view swansea', { mailingAddress: 'nine bay view swansea' }],
  [
    'I moved to Canada, my address is 120 Maple Drive, Ottawa',
    { mailingAddress: '120 Maple Drive, Ottawa' },
  ],
  [
    'my address: Flat 4B, Rajdanga Main Rd, Kolkata - 700107, please note',
    { mailingAddress: 'Flat 4B, Rajdanga Main Rd, Kolkata - 700107' },
  ],
  ['we live at 15 Beech Road now', { mailingAddress: '15 Beech Road' }],
  [
    'I have shifted my house, new flat is C-404 Green Park, Thane West',
    { mailingAddress: 'C-404 Green Park, Thane West' },
  ],
  [
    'Who should I tell that we’ve moved? We are now at 4 Windmill Rise.',
    { mailingAddress: '4 Windmill Rise' },
  ],
  [
    'our company has relocated, the new premises are 9 Industrial Estate, Faridabad',
    { mailingAddress: '9 Industrial Estate, Faridabad' },
  ],
  [
    'hi there so my name is margaret willis and i used to live in cardiff and now i live in swansea and i would like you to change that my new address is nine bay view swansea',
    { mailingAddress: 'nine bay view swansea' },
  ],
  ['I live now in Lyon, 10 rue des Fleurs', { mailingAddress: 'Lyon, 10 rue des Fleurs' }],
  [
    'moved from 12 Park Street, Kolkata 700016 to 5 Elm Road, Pune 411001',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  [
    'My old address was 12 Park Street, Kolkata 700016. The new one: 5 Elm Road, Pune 411001',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  ['no longer at 12 Park Street but at 5 Elm Road, Pune', { mailingAddress: '5 Elm Road, Pune' }],
  ['12 Park Street, Kolkata 700016 please', { mailingAddress: '12 Park Street, Kolkata 700016' }],
  [
    'c/o Sharma, 12/1A Ballygunge Place, Kolkata 700 019 thanks',
    { mailingAddress: 'c/o Sharma, 12/1A Ballygunge Place, Kolkata 700 019' },
  ],
  [
    'new address:\nMs Asha Rao\n12 Park Street\n2nd Floor\nKolkata 700016\nWest Bengal\nIndia\nThanks',
    {
      mailingAddress: 'Ms Asha Rao\n12 Park Street\n2nd Floor\nKolkata 700016\nWest Bengal\nIndia',
    },
  ],
  [
    'Kindly note I am having new address as Plot No. 45, Sector 18, Gurugram, Haryana 122015',
    { mailingAddress: 'Plot No. 45, Sector 18, Gurugram, Haryana 122015' },
  ],
  [
    'I’ve moved! 10 Downing Street, London SW1A 2AA, UK from 1 May',
    { mailingAddress: '10 Downing Street, London SW1A 2AA, UK' },
  ],
  ['new address PO Box 118, Nagpur', { mailingAddress: 'PO Box 118, Nagpur' }],
  [
    'I moved to 350 Fifth Avenue, Apt 12, New York, NY 10118, my number stays the same',
    { mailingAddress: '350 Fifth Avenue, Apt 12, New York, NY 10118' },
  ],
  [
    'address shud be H.No. 12-3-456, Banjara Hills, Hyderabad 500034 asap',
    { mailingAddress: 'H.No. 12-3-456, Banjara Hills, Hyderabad 500034' },
  ],
  [
    'What happens with my letters now that I have moved? Please send them to 31 Elm Avenue, York',
    { mailingAddress: '31 Elm Avenue, York' },
  ],
  [
    'am going abroad for a year, send everything to my parents, 6 Church Lane, Goa',
    { mailingAddress: '6 Church Lane, Goa' },
  ],
  ['my street is name change by city, now is Gandhi Street', { mailingAddress: none }],
  ['my brother moved to 12 Park Street, Kolkata 700016', {}],
  ["my wife's address is 12 Park Street, Kolkata 700016", {}],
  [
    'My parents have moved to 5 Elm Road, Pune; my phone is now 98300 12345',
    { phone: '+919830012345' },
  ],
  [
    'My wife and I have moved to 5 Elm Road, Pune 411001',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  ['I have moved house', { mailingAddress: none }],
  ['i shifted to Hyderabad', { mailingAddress: none }],
  ['my pin code was wrongly entered, it should be 600028', { mailingAddress: none }],
  ['This is the third time I ask: my house number is 17 and not 71!', { mailingAddress: none }],
  [
    'hello i moved to a new apartment the street is the same but the number is now forty four and the apartment is seven can you write that down please',
    { mailingAddress: none },
  ],
  ['chnage addres plz', { mailingAddress: none }],
  ['how do i change my address', { mailingAddress: none }],
  ['Your letters go to my old flat, please put it right', { mailingAddress: none }],
  ['how to correct a misspelt street name?', { mailingAddress: none }],
  ['I moved 2 months ago and nothing arrives', { mailingAddress: none }],
]);

rows('shipping and billing addresses', [
  [
    'Invoices should go to 22 Harbour Street, Bristol BS1 4QA from April',
    { billingAddress: '22 Harbour Street, Bristol BS1 4QA' },
  ],
  [
    'My billing address is different now: Flat 3B, Rosewood Apartments, Bengaluru 560001',
    { billingAddress: 'Flat 3B, Rosewood Apartments, Bengaluru 560001' },
  ],
  [
    'the bills go to the wrong place, they should come to PO Box 118, Nagpur',
    { billingAddress: 'PO Box 118, Nagpur' },
  ],
  [
    'Please have future deliveries sent to 7 Orchard Close, Leeds',
    { shippingAddress: '7 Orchard Close, Leeds' },
  ],
  [
    "ship my stuff to my brother's, 5 Hill Lane, Shimla",
    { shippingAddress: '5 Hill Lane, Shimla' },
  ],
  ['shipping addr -> 88 MG Road, Kochi 682016', { shippingAddress: '88 MG Road, Kochi 682016' }],
  ['deliver to the back entrance from now on, 12 Market St', { shippingAddress: '12 Market St' }],
  [
    'Head office moved; please change billing and shipping both to Plot 45, Sector 18, Gurugram',
    {
      billingAddress: 'Plot 45, Sector 18, Gurugram',
      shippingAddress: 'Plot 45, Sector 18, Gurugram',
    },
  ],
  [
    'billing stays the same but shipping goes to the warehouse, Unit 6, Dock Road',
    { shippingAddress: 'Unit 6, Dock Road' },
  ],
  [
    'new address 7 Lake Road, Pune 411001, keep billing as it is',
    { mailingAddress: '7 Lake Road, Pune 411001' },
  ],
  ['from now on deliver to 12 Hill Road, Pune', { shippingAddress: '12 Hill Road, Pune' }],
  [
    '12 Park Street, Kolkata 700016 is my new billing address',
    { billingAddress: '12 Park Street, Kolkata 700016' },
  ],
  [
    'all my addresses are now 7 Lake Road, Pune 411001',
    {
      mailingAddress: '7 Lake Road, Pune 411001',
      billingAddress: '7 Lake Road, Pune 411001',
      shippingAddress: '7 Lake Road, Pune 411001',
    },
  ],
  [
    'moved to 7 Lake Road, Pune 411001, use it for billing too',
    { mailingAddress: '7 Lake Road, Pune 411001', billingAddress: '7 Lake Road, Pune 411001' },
  ],
  ['edit my shipping address', { shippingAddress: none }],
  ['update my billing information', { billingAddress: none }],
  ['modify billing address', { billingAddress: none }],
  ['send bills to my office not to my home', { billingAddress: none }],
  ['my delivery address is out of date', { shippingAddress: none }],
  ['billing address pls change', { billingAddress: none }],
]);

rows('names', [
  ['I got married, my name is now Asha Sen', { name: 'Asha Sen' }],
  ['please can you make my account in my married name, Hannah Schmidt', { name: none }],
  ['change my name to asha sen please', { name: 'asha sen' }],
  ['change my name from Asha Rao to Asha Sen', { name: 'Asha Sen' }],
  [
    'my new name is Dr. Asha R. Sen and my phone is 98300 12345',
    { name: 'Dr. Asha R. Sen', phone: '+919830012345' },
  ],
  ['My name is spelt wrong, it should be Catherine Jones with a C', { name: 'Catherine Jones' }],
  [
    'Please update my details:\nName: Asha Sen\nPhone: 98300 12345',
    { name: 'Asha Sen', phone: '+919830012345' },
  ],
  [
    'name: Ahmed Siddiqui, new address: 2 Palm Grove, Lucknow 226001',
    { mailingAddress: '2 Palm Grove, Lucknow 226001' },
  ],
  ['my name should read Siobhán O’Brien', { name: "Siobhán O'Brien" }],
  ['change my surname to Sen', { name: none }],
  ['I got married and my surname is now Kulkarni', { name: none }],
  ['u got my name wrong its jon not john', { name: none }],
  ['spelled Asya not Asha, please correct my name', { name: none }],
  ['my last name changed after divorce', { name: none }],
  ['Correct my name', { name: none }],
  ['My name is Asha Rao and I want to change my phone to 98300 12345', { phone: '+919830012345' }],
  ['my name is Asha', {}],
  ["my wife's name is now Rina Sen", {}],
  ['I am now living in Pune', {}],
  ['I got married', {}],
]);

rows('newsletter and offers', [
  ['unsubscribe', { newsletter: false }],
  ['unsuscribe me plz', { newsletter: false }],
  ['take me off your list', { newsletter: false }],
  ["I don't want the newsletter any more", { newsletter: false }],
  ['newsletter off', { newsletter: false }],
  ['i want out of the newsletter', { newsletter: false }],
  [
    'Dear friends, your newsletter is very nicely made, but I am ninety now, so please stop sending it.',
    { newsletter: false },
  ],
  ['my son signed me up for your newsletter and I don’t want it', { newsletter: false }],
  ['please delete info@example.com from the newsletter distribution', { newsletter: false }],
  ['how to get rid of the newsletter', { newsletter: false }],
  ['sign me up for the newsletter', { newsletter: true }],
  ['i want to receive the newsletter after all', { newsletter: true }],
  ['I unsubscribed by mistake, put me back on the newsletter', { newsletter: true }],
  ['please don’t stop the newsletter', {}],
  ['I don’t get the newsletter any more, why?', {}],
  ['i get the newsletter twice', {}],
  ['stop emailing me', { newsletter: false, marketingEmail: false }],
  ['no more calls', { marketingPhone: false }],
  ['stop calling me with offers', { marketingPhone: false }],
  ['stop texting me offers', { marketingPhone: false }],
  ['I do not want to be phoned about new products any more', { marketingPhone: false }],
  ['ENOUGH WITH THE SALES CALLS', { marketingPhone: false }],
  ['how do I stop you from ringing me with offers', { marketingPhone: false }],
  ['how can I opt out of marketing calls', { marketingPhone: false }],
  ['put my number on do not call', { marketingPhone: false }],
  [
    'please remove my phone number from your sales people’s list but keep my account',
    { marketingPhone: false },
  ],
  ['I want to stop receiving marketing calls but keep service emails', { marketingPhone: false }],
  ['stop the texts about special offers, mails are ok', { marketingPhone: false }],
  ['don’t post me catalogues', { marketingPost: false }],
  ['No more flyers, thank you.', { marketingPost: false }],
  ['no more promotional emails please', { marketingEmail: false }],
  ['promo mails yes, calls no', { marketingEmail: true, marketingPhone: false }],
  [
    'I’d prefer to get offers by post rather than by phone',
    { marketingPost: true, marketingPhone: false },
  ],
  [
    'put me down for e-mail offers but not for calls',
    { marketingEmail: true, marketingPhone: false },
  ],
  [
    'I would like to hear about your offers by e-mail only',
    { marketingEmail: true, marketingPhone: false, marketingPost: false },
  ],
  ['no marketing at all', { marketingEmail: false, marketingPhone: false, marketingPost: false }],
  [
    'set all my marketing to off',
    { marketingEmail: false, marketingPhone: false, marketingPost: false },
  ],
  ['dont want ads', { marketingEmail: false, marketingPhone: false, marketingPost: false }],
  ['No offers at all', { marketingEmail: false, marketingPhone: false, marketingPost: false }],
  [
    'unsubscribe me from everything',
    { newsletter: false, marketingEmail: false, marketingPhone: false, marketingPost: false },
  ],
  [
    'make it so that I only get mails about my orders',
    { newsletter: false, marketingEmail: false, marketingPhone: false, marketingPost: false },
  ],
  ['You can send me promotions again, I changed my mind', {}],
  ['please change my marketing preferences', {}],
  ['please call me only after 6 pm, write that in my file', {}],
  ['nobody called me back', {}],
]);

rows('nothing to change', [
  ['update my details', {}],
  ['I would like to modify my personal information', {}],
  ['change my password', {}],
  ['update my credit card', {}],
  ['change my username', {}],
  ['what does the policy say about my address?', {}],
  ['do you share my phone number with anyone', {}],
  ['', {}],
  ['my card is •••• •••• •••• 1111, please note the new one', {}],
  ['my aadhaar •••• •••• 1234 has changed', {}],
  ['thank you so much', {}],
]);

describe('what is changed elsewhere or never', () => {
  test.each([
    ['update my credit card', true],
    ['my card has expired', true],
    ['I have a new credit card', true],
    ['Can I give you a new card, the old one expires in June', true],
    ['my card is •••• •••• •••• 1111', true],
    ['changed my sim card, new number 98300 12345', false],
    ['my aadhaar card •••• •••• 1234 is new', false],
    ['someone used my credit card', false],
    ['change my address', false],
  ])('%j wants a card changed: %j', (text, card) => {
    expect(findChanges(text).card).toBe(card);
  });

  test.each([
    ['change my username', true],
    ['I want a new user name', true],
    ['my username is asha84, change my phone', false],
    ['forgot my username', false],
    ['change my name', false],
  ])('%j wants the user name changed: %j', (text, userName) => {
    expect(findChanges(text).userName).toBe(userName);
  });
});

test('what is told without its name is for the field that was asked for', () => {
  expect(told('12 Park Street, Kolkata 700016', 'billingAddress')).toEqual(
    expected({ billingAddress: '12 Park Street, Kolkata 700016' }),
  );
  expect(told('shipping: 12 Park Street, Kolkata 700016', 'billingAddress')).toEqual(
    expected({ shippingAddress: '12 Park Street, Kolkata 700016' }),
  );
});

test('an address keeps its line breaks and its case', () => {
  expect(findChanges('ship to\n12 Park Street\nKolkata 700016\nthanks').changes).toEqual([
    { field: 'shippingAddress', value: '12 Park Street\nKolkata 700016' },
  ]);
});

describe('readField', () => {
  test.each<[RecordField, string, string | boolean | undefined]>([
    ['name', 'Asha Sen', 'Asha Sen'],
    ['name', "it's asha sen", 'asha sen'],
    ['name', 'Asha Sen please', 'Asha Sen'],
    ['name', 'My new name is Asha Sen.', 'Asha Sen'],
    ['name', "I don't know", undefined],
    ['name', 'why do you ask?', undefined],
    ['email', 'asha@example.com please', 'asha@example.com'],
    ['email', 'a@b.com, not c@d.com', 'a@b.com'],
    ['email', 'no idea', undefined],
    ['phone', "it's 98300 12345", '+919830012345'],
    ['phone', '07700 900123 (UK)', '+447700900123'],
    ['phone', '12', undefined],
    ['mailingAddress', '12 Park Street\nKolkata 700016', '12 Park Street\nKolkata 700016'],
    [
      'mailingAddress',
      "It's 12 Park Street, Kolkata 700016, thanks!",
      '12 Park Street, Kolkata 700016',
    ],
    ['mailingAddress', 'my new address is Rose Cottage, Tintagel', 'Rose Cottage, Tintagel'],
    ['mailingAddress', 'Kolkata', 'Kolkata'],
    ['shippingAddress', 'what do you mean?', undefined],
    ['billingAddress', "I don't want to say", undefined],
    ['newsletter', 'yes', true],
    ['newsletter', 'Off', false],
    ['newsletter', 'On', true],
    ['marketingPhone', 'stop them', false],
    ['marketingPost', 'keep', true],
    ['marketingEmail', "don't stop", true],
    ['marketingEmail', 'what is that?', undefined],
    ['newsletter', "I don't know", undefined],
  ])('%s: %j', (field, text, value) => {
    expect(readField(field, text)).toBe(value);
  });
});

describe('readFieldName', () => {
  test.each<[string, RecordField | undefined]>([
    ['the phone number', 'phone'],
    ['Telephone', 'phone'],
    ['mobile', 'phone'],
    ['my number', 'phone'],
    ['billing', 'billingAddress'],
    ['the billing address please', 'billingAddress'],
    ['shipping', 'shippingAddress'],
    ['where you deliver: delivery address', 'shippingAddress'],
    ['E-mail address', 'email'],
    ['my mail id', 'email'],
    ['email', 'email'],
    ['Mailing address', 'mailingAddress'],
    ['address', 'mailingAddress'],
    ['the post code', 'mailingAddress'],
    ['Name', 'name'],
    ['my surname', 'name'],
    ['newsletter', 'newsletter'],
    ['offers by post', 'marketingPost'],
    ['offers by telephone', 'marketingPhone'],
    ['offers by e-mail', 'marketingEmail'],
    ['user name', undefined],
    ['nothing', undefined],
    ['', undefined],
  ])('%j', (text, field) => {
    expect(readFieldName(text)).toBe(field);
  });
});

describe('findCode', () => {
  test.each<[string, string | undefined]>([
    ['123456', '123456'],
    ['123 456', '123456'],
    ['my code is 123-456', '123456'],
    ['12 34 56.', '123456'],
    ['1 2 3 4 5 6', '123456'],
    ['123\u00a0456', '123456'],
    ['१२३४५६', '123456'],
    ['１２３４５６', '123456'],
    ['123\u200b456', '123456'],
    ['123–456', '123456'],
    ['code: 012345, thanks', '012345'],
    ['123456 or 654321', undefined],
    ['123456 (yes, 123456)', '123456'],
    ['12345', undefined],
    ['1234567', undefined],
    ['98300 12345', undefined],
    ['PD-1234-5612', undefined],
    ['', undefined],
  ])('%j', (text, code) => {
    expect(findCode(text)).toBe(code);
  });
});

describe('hostile text', () => {
  const read = (text: string): void => {
    findChanges(text);
    findCode(text);
    readFieldName(text);
    readField('mailingAddress', text);
    readField('name', text);
    readField('newsletter', text);
  };
  const pieces = [
    '1',
    '1 ',
    '12 ',
    '98300 12345 ',
    '98300',
    '+1 ',
    'a@b.com ',
    '@',
    'a',
    ' ',
    '\n',
    ',',
    'my name is now ',
    'change my name ',
    'change ',
    'from Asha to ',
    'address is ',
    'moved to ',
    '12 Park Street, ',
    '5 Elm ',
    'billing and shipping ',
    'stop ',
    'no offers by phone and ',
    'my wife ',
    'the ',
    'new ',
    'same billing ',
    'old ',
    'A ',
    'flat 1 ',
    'please ',
    'É',
    'क',
    '•••• ',
    '\u200b',
  ];

  test.each(pieces)('4,000 characters of %j take little time', (piece) => {
    const text = piece.repeat(Math.ceil(4000 / piece.length)).slice(0, 4000);
    expect(
      cpuMilliseconds(() => {
        read(text);
      }),
    ).toBeLessThan(600);
  });

  test('throws at no text', () => {
    const words = fc.oneof(
      fc.constantFrom(...pieces, 'Kolkata 700016', '(', ')', '"', '->', 'name: ', '\uE000'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), (parts) => {
        read(parts.join(''));
      }),
      { numRuns: 300 },
    );
  });
});
