import fc from 'fast-check';
import { findChanges, findCode, readField, readFieldName } from '../../services/entities';
import type { RecordField } from '../../services/records/recordFields';
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

rows('a change said in other words', [
  [
    'Respected Sir, I have shifted from Flat 2A, 14 Gariahat Road, Kolkata 700019 to Flat 9C, Tower 3, 375 Prince Anwar Shah Road, Kolkata 700068. Kindly update. My mobile no. remains same.',
    { mailingAddress: 'Flat 9C, Tower 3, 375 Prince Anwar Shah Road, Kolkata 700068' },
  ],
  [
    'kindly change my registered mobile number 9830011111 to 9830022222',
    { phone: '+919830022222' },
  ],
  [
    'Pls update my address as 14/2 Lake Place, Kolkata-700029 and ph no as 9830098300',
    { mailingAddress: '14/2 Lake Place, Kolkata-700029', phone: '+919830098300' },
  ],
  [
    'Address change: old - 12 Park Street, Kolkata 700016; new - 5 Elm Road, Pune 411001',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  ['previous email: a@b.com\ncurrent email: c@d.com', { email: 'c@d.com' }],
  ['new ph 9830012345 old ph 9831111111', { phone: '+919830012345' }],
  ['it is 98300 12345, not 98300 54321', { phone: '+919830012345' }],
  ['swap asha@old.com for asha@new.com', { email: 'asha@new.com' }],
  ['asha@old.com -> asha@new.com', { email: 'asha@new.com' }],
  ['I lost access to asha@old.com, use asha@new.com', { email: 'asha@new.com' }],
  ['i no longer use asha@old.com; asha@new.com is better', { email: 'asha@new.com' }],
  [
    'i made a typo in my email, it should be asha.rao@example.com not asha.roa@example.com',
    { email: 'asha.rao@example.com' },
  ],
  ['email: asha@x.com (this is my current one on file), new: asha@y.com', { email: 'asha@y.com' }],
  ['Please remove a@b.com and put c@d.com', { email: 'c@d.com' }],
  [
    'Please send my parcels to my office: Infinity Tower, 5th Floor, Sector V, Salt Lake, Kolkata 700091',
    { shippingAddress: 'Infinity Tower, 5th Floor, Sector V, Salt Lake, Kolkata 700091' },
  ],
  [
    'Bill to: Acme Pvt Ltd, 9 Camac Street, Kolkata 700017',
    { billingAddress: 'Acme Pvt Ltd, 9 Camac Street, Kolkata 700017' },
  ],
  [
    'shipping address - same as billing - 9 Camac Street, Kolkata 700017',
    {
      shippingAddress: '9 Camac Street, Kolkata 700017',
      billingAddress: '9 Camac Street, Kolkata 700017',
    },
  ],
  [
    'Mailing: 1 A Street, Pune 411001. Billing: 2 B Street, Pune 411002. Shipping: 3 C Street, Pune 411003.',
    {
      mailingAddress: '1 A Street, Pune 411001',
      billingAddress: '2 B Street, Pune 411002',
      shippingAddress: '3 C Street, Pune 411003',
    },
  ],
  [
    'please use 7 Lake Road, Pune 411001 as both my billing and shipping address',
    { billingAddress: '7 Lake Road, Pune 411001', shippingAddress: '7 Lake Road, Pune 411001' },
  ],
  [
    'my home address is changed to 12 Park Street, Kolkata 700016, and bills should go there too',
    {
      mailingAddress: '12 Park Street, Kolkata 700016',
      billingAddress: '12 Park Street, Kolkata 700016',
    },
  ],
  [
    'change shipping to 15 Marine Drive, Mumbai 400020 but keep billing at 3 Ring Road, Delhi 110024',
    { shippingAddress: '15 Marine Drive, Mumbai 400020' },
  ],
  [
    'my invoices are still sent to 3 Ring Road, Delhi 110024. I am at 15 Marine Drive, Mumbai 400020 since June',
    { mailingAddress: '15 Marine Drive, Mumbai 400020' },
  ],
  [
    'new place: 88 Orchard Boulevard, #12-34, Singapore 248653. phone +65 9123 4567',
    { mailingAddress: '88 Orchard Boulevard, #12-34, Singapore 248653', phone: '+6591234567' },
  ],
  ["I'm in Dubai now, number 050 123 4567", { phone: '+971501234567' }],
  [
    'New postal address is P.O. Box 4512, Dubai, UAE',
    { mailingAddress: 'P.O. Box 4512, Dubai, UAE' },
  ],
  [
    'Address: Hauptstraße 5, 10115 Berlin, Germany',
    { mailingAddress: 'Hauptstraße 5, 10115 Berlin, Germany' },
  ],
  [
    'my address has changed to near Shiv Mandir, Gandhi Nagar, Bhopal 462001',
    { mailingAddress: 'near Shiv Mandir, Gandhi Nagar, Bhopal 462001' },
  ],
  [
    'now staying at C/O Mr. R. K. Das, 23/1 Hindustan Road, Kolkata-700029',
    { mailingAddress: 'C/O Mr. R. K. Das, 23/1 Hindustan Road, Kolkata-700029' },
  ],
  [
    'I have moved to\n12 Park Street\nKolkata 700016\n\nRegards\nAsha',
    { mailingAddress: '12 Park Street\nKolkata 700016' },
  ],
  [
    'plz note new addrs h.no 8-2-293, road no 14, banjara hills, hyd 500034 n mobile 9949012345',
    {
      mailingAddress: 'h.no 8-2-293, road no 14, banjara hills, hyd 500034',
      phone: '+919949012345',
    },
  ],
  [
    'I’ve recently relocated to Flat 7, Hawthorn House, 18 Mill Lane, Cambridge CB2 1RX. Would you kindly amend your records?',
    { mailingAddress: 'Flat 7, Hawthorn House, 18 Mill Lane, Cambridge CB2 1RX' },
  ],
  [
    'change address to 12 Park Street, Kolkata, 700016 and email to a@b.com and phone to 9830012345 and name to Asha Sen',
    {
      mailingAddress: '12 Park Street, Kolkata, 700016',
      email: 'a@b.com',
      phone: '+919830012345',
      name: 'Asha Sen',
    },
  ],
  ['please send the newsletter to asha@new.com instead', { email: 'asha@new.com' }],
  [
    'cancel my subscription to the newsletter and change my email to a@b.com',
    { newsletter: false, email: 'a@b.com' },
  ],
  ['pls unsubscribe my email asha@example.com from newsletter', { newsletter: false }],
  ['my number is 98300 12345 and I never agreed to sales calls', { marketingPhone: false }],
  ['remove 98300 12345 from your call list', { marketingPhone: false }],
  [
    'Hello, this is Asha Rao (asha@example.com). I moved to 12 Park Street, Kolkata 700016.',
    { mailingAddress: '12 Park Street, Kolkata 700016' },
  ],
  [
    "My husband's number 98300 11111 is on my account, please put 98300 22222",
    { phone: '+919830022222' },
  ],
  [
    'my neighbour at 12 Park Street gets my mail, I am at 14 Park Street, Kolkata 700016',
    { mailingAddress: '14 Park Street, Kolkata 700016' },
  ],
  ['my address is fine, just change the phone to 98300 12345', { phone: '+919830012345' }],
  ['change phone, keep address', { phone: none }],
  ['no change to my phone', {}],
  ['set shipping address same as my home address', { shippingAddress: none }],
  [
    'I have got married. Kindly change my name from Miss Asha Rao to Mrs. Asha Sen.',
    { name: 'Mrs. Asha Sen' },
  ],
  ['my name is wrongly written as Asa Sen, it should be Asha Sen', { name: 'Asha Sen' }],
  ['I go by Alex Morgan now', { name: 'Alex Morgan' }],
  ["I've legally changed my name to Jordan Lee Smith", { name: 'Jordan Lee Smith' }],
  [
    'please stop sending me SMS and emails about offers',
    { marketingPhone: false, marketingEmail: false },
  ],
  ['your sales guys keep calling me, make it stop', { marketingPhone: false }],
  ['remove me from sms list', { marketingPhone: false }],
  ['yes to newsletter, no to sales calls', { newsletter: true, marketingPhone: false }],
  [
    'Opt-out: phone, post. Opt-in: email',
    { marketingPhone: false, marketingPost: false, marketingEmail: true },
  ],
  ['stop newsletter but send me offers by sms', { newsletter: false, marketingPhone: true }],
  [
    "I don't want to receive any communication from you",
    { newsletter: false, marketingEmail: false, marketingPhone: false, marketingPost: false },
  ],
]);

rows('what stands beside a change is none', [
  ['my name is Asha Rao and I am not able to change my phone number', { phone: none }],
  ['my name is Asha Rao and I now want my phone to be 98300 12345', { phone: '+919830012345' }],
  ['My name is Rahul Dev Burman now, was Rahul Burman', { name: 'Rahul Dev Burman' }],
  [
    'correct address: 27/B, Sarat Bose Rd, Kolkata 700020 (not 72/B)',
    { mailingAddress: '27/B, Sarat Bose Rd, Kolkata 700020' },
  ],
  [
    'from Jan 1 we are at 18 Elgin Crescent, London W11 2JA; our number won’t change',
    { mailingAddress: '18 Elgin Crescent, London W11 2JA' },
  ],
  [
    'kindly note my new office address: 3rd Floor, Regent House, 12 Government Place East, Kolkata 700069',
    { mailingAddress: '3rd Floor, Regent House, 12 Government Place East, Kolkata 700069' },
  ],
  [
    'delivery: 6 Acacia Avenue, Croydon CR0 1AB\nbilling: same',
    {
      shippingAddress: '6 Acacia Avenue, Croydon CR0 1AB',
      billingAddress: '6 Acacia Avenue, Croydon CR0 1AB',
    },
  ],
  ['sign me up for the newsletter at asha@example.com', { newsletter: true }],
]);

rows('what somebody else did is no wish', [
  ['someone changed my phone number', {}],
  ['who changed my email?', {}],
  ['hacker changed my email to evil@example.com', {}],
  ['somebody changed my address to 5 Elm Road, Pune 411001', {}],
  ['is your office at 2 Ring Road, Delhi 110024 still open?', {}],
  ['I visited your shop at 2 Ring Road, Delhi 110024', {}],
  ['I moved the router to the 2nd floor', {}],
  ["don't sell my number", {}],
  ['why do you need my phone number?', {}],
  ['will I get an email when I change my account', {}],
  ['opt out of having my information shared in a new manner', {}],
]);

rows('letters in many voices', [
  [
    'Dear Comantra,\nplease note my new mailing address: 12 Park Street, Kolkata 700016.\nMy new phone number is 98301 54321.\nAsha Rao',
    { mailingAddress: '12 Park Street, Kolkata 700016', phone: '+919830154321' },
  ],
  [
    '14 Mill Lane\nCambridge\nCB2 1RX\n\n12 March 2026\n\nDear Sir or Madam,\n\nI am writing to let you know that I have recently moved house and that my new\naddress is 27 Hawthorn Close, Ely CB7 4AA. I should be grateful if you would amend\nyour records accordingly.\n\nYours faithfully,\n\nMargaret Willis (Mrs)',
    { mailingAddress: '27 Hawthorn Close, Ely CB7 4AA' },
  ],
  [
    'Dear Comantra Team,\n\nPlease update my contact information on file. My new phone number is (212) 555-0187 and my new email is\nj.porter@example.com.\n\nThank you,\n\nJames Porter\n350 Fifth Avenue, Apt 12\nNew York, NY 10118',
    { phone: '+12125550187', email: 'j.porter@example.com' },
  ],
  [
    'To\nThe Customer Care Officer\nComantra Pvt Ltd\n9 Camac Street\nKolkata 700017\n\nSub: Change of address\n\nRespected Sir,\n\nWith due respect I beg to state that I have shifted my residence from 14 Gariahat Road, Kolkata 700019 to the below mentioned address:\n\nFlat 9C, Tower 3\n375 Prince Anwar Shah Road\nKolkata\n700068\n\nKindly do the needful and update the same in your esteemed records.\n\nThanking you,\nYours faithfully,\nS. K. Das\nMob: 98300 11111',
    { mailingAddress: 'Flat 9C, Tower 3\n375 Prince Anwar Shah Road\nKolkata\n700068' },
  ],
  [
    'Dear Sir/Madam,\n\nKindly note that w.e.f. 1st June my correspondence address will be as follows:\n\nMrs. Lakshmi Iyer\nNo. 14, 2nd Cross Street\nMylapore\nChennai - 600 004\nTamil Nadu\n\nPlease acknowledge receipt.\n\nThanking you in anticipation,\nLakshmi Iyer\nCell: 94440 12345',
    {
      mailingAddress:
        'Mrs. Lakshmi Iyer\nNo. 14, 2nd Cross Street\nMylapore\nChennai - 600 004\nTamil Nadu',
    },
  ],
  [
    'To,\nComantra Customer Service,\nKolkata.\n\nDate: 12/03/2026\n\nSub: Request for updation of mobile number\nRef: Customer ID 10293847\n\nDear Sir,\n\nI, Ramesh Gupta, am your customer since 2012. My mobile number registered with you is 98300 11111 which is no longer in use. I request you to kindly update my new mobile number 98301 54321 in your records.\n\nThanking you,\n\nYours faithfully,\n\nRamesh Gupta\n22/1 Southern Avenue\nKolkata - 700026',
    { phone: '+919830154321' },
  ],
  [
    'Dear Team\n\nThis has reference to my telephonic conversation with your executive yesterday. As requested I am giving below my changed particulars:\n\nMobile: 98301 54321\nEmail: ramesh.gupta@example.com\nResidential address: 22/1 Southern Avenue, Kolkata - 700026\n\nThis is for your kind information and necessary action.\n\nRegards\nRamesh Gupta',
    {
      phone: '+919830154321',
      email: 'ramesh.gupta@example.com',
      mailingAddress: '22/1 Southern Avenue, Kolkata - 700026',
    },
  ],
  [
    'Dear Comantra\n\nYou keep writing to 12 Park Street, Kolkata 700016. We left there two years ago! We live at 5 Elm Road, Pune 411001. Please correct this at once.\n\nA. Rao',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  [
    'Sirs,\n\nplease note that our telephone number has been changed to 020 7946 0018 and our e-mail to office@harrow.example.com.\n\nFaithfully yours,\nHarrow & Finch\n9 King Street, London EC2V 8EA',
    { phone: '+442079460018', email: 'office@harrow.example.com' },
  ],
  [
    'hello\n\nmy wife and me are moved since may. our adress is now\n\nHauptstraße 5\n10115 Berlin\nGermany\n\nphone +49 30 901820\n\ngreetings\njens',
    { mailingAddress: 'Hauptstraße 5\n10115 Berlin\nGermany', phone: '+4930901820' },
  ],
  [
    'Dear Comantra,\n\nI have noticed that my phone number is wrong in your file. You have 98300 11111. The right one is 98301 54321.\n\nYours sincerely\nA. Rao',
    { phone: '+919830154321' },
  ],
  [
    'Respected Sir,\n\nMyself Suresh Kumar. I have purchased new SIM. My new no. is 98301 54321, kindly do the needful. Also address is changed, new address given below.\n\nFlat No 302, Sai Krupa Apts\nNear HP Petrol Pump\nKondapur\nHyderabad\nPIN: 500084\n\nThanks & regards\nSuresh Kumar',
    {
      phone: '+919830154321',
      mailingAddress:
        'Flat No 302, Sai Krupa Apts\nNear HP Petrol Pump\nKondapur\nHyderabad\nPIN: 500084',
    },
  ],
  [
    'Jane Q. Porter\n123 Main Street\nSpringfield, IL 62704\n\nMarch 3, 2026\n\nComantra Inc.\n500 Market Street\nSan Francisco, CA 94105\n\nTo Whom It May Concern:\n\nPlease be advised that effective April 1 my mailing address will be:\n\n48 Oak Avenue, Unit 7\nMadison, WI 53703\n\nMy phone number will stay the same.\n\nSincerely,\n\nJane Q. Porter',
    { mailingAddress: '48 Oak Avenue, Unit 7\nMadison, WI 53703' },
  ],
  [
    'Respected Madam,\n\nEarlier I was staying at 14 Gariahat Road, Kolkata 700019. Presently I am residing at:\n\nC/o Mr. R. K. Das\n23/1 Hindustan Road\nP.O. Gariahat\nKolkata-700029\nWest Bengal\n\nKindly update and oblige.\n\nYours truly,\nAnita Das',
    {
      mailingAddress:
        'C/o Mr. R. K. Das\n23/1 Hindustan Road\nP.O. Gariahat\nKolkata-700029\nWest Bengal',
    },
  ],
  [
    "Dear Comantra,\n\nWe are away until September. Could you please deliver all orders to our\nneighbours' shop, 12 Market Street, Leeds LS1 6DT, until then? Our telephone number is\nstill the same.\n\nMany thanks,\nSam",
    { shippingAddress: '12 Market Street, Leeds LS1 6DT' },
  ],
  [
    'Hello Comantra,\nI am Asha Rao, customer since 2015, phone 98300 11111. I moved last week.\nNew address -\n5 Elm Road,\nBaner,\nPune,\nMaharashtra,\n411001.\nKindly update.\nAsha Rao',
    { mailingAddress: '5 Elm Road,\nBaner,\nPune,\nMaharashtra,\n411001' },
  ],
  [
    'Dear Comantra,\n\nPlease be informed that our family has shifted to a new place.\n\n#21, 3rd Main, 5th Cross\nJayanagar\nBengaluru 560 011\n\nKindly update the address for letters and for parcels.\n\nWith regards,\nVenkat Rao',
    { mailingAddress: '#21, 3rd Main, 5th Cross\nJayanagar\nBengaluru 560 011' },
  ],
  [
    'Dear Sir or Madam,\n\nI no longer have a landline. Please note my mobile number instead: 07700 900456.\n\nYours faithfully,\nE. Moore\n4 Fore Street\nExeter\nEX4 1AA',
    { phone: '+447700900456' },
  ],
  [
    'Dear Comantra,\n\nThe phone number you have for me belongs to my ex-husband now. Mine is 98301 54321.\nMy e-mail address remains meera@example.com.\n\nMeera Nair',
    { phone: '+919830154321' },
  ],
  [
    'Dear Comantra team,\n\nWhile I was on the phone with you on Monday (033 4000 4000) I was told to write. So: please change my e-mail to anil.v@example.com. My customer number is 10293847.\n\nKind regards from Noida\nAnil Verma\nC-404, Palm Residency, Sector 62, Noida 201301\n98300 11111',
    { email: 'anil.v@example.com' },
  ],
  [
    'Greetings,\n\nmy name is Maria Gomez. I moved from Seattle to Portland last week. New address: 2200 NW Everett St Apt 9, Portland, OR 97210. Cell stays the same: 206-555-0142.\n\nMaria',
    { mailingAddress: '2200 NW Everett St Apt 9, Portland, OR 97210' },
  ],
  [
    'Sub: Correction in my name\n\nSir,\n\nMy name has been wrongly mentioned as Anil Varma. The correct name is Anil Kumar Verma. Please correct.\n\nAnil Kumar Verma',
    { name: 'Anil Kumar Verma' },
  ],
  [
    'Dear Comantra,\n\nPlease change my shipping address as follows\nA. Rao, c/o Sharma Medical Store, opp. SBI, Main Bazar, Kullu, H.P. 175101\nand my mobile no. to 94180 12345.\n\nA. Rao',
    {
      shippingAddress: 'A. Rao, c/o Sharma Medical Store, opp. SBI, Main Bazar, Kullu, H.P. 175101',
      phone: '+919418012345',
    },
  ],
  [
    "Dear Comantra,\n\nWe've changed our telephone system. Main line: 020 7946 0018. Old: 020 7946 0001.\n\nHarrow & Finch, London",
    { phone: '+442079460018' },
  ],
  [
    'Dear Comantra,\n\nWe moved last month and I forgot to tell you. Could you please send everything to 5 Elm\nRoad, Pune 411001 from now on? My mobile is also new, the number is +91 98301\n54321. Thank you.\n\nAsha Rao',
    { mailingAddress: '5 Elm\nRoad, Pune 411001', phone: '+919830154321' },
  ],
  [
    'Dear Comantra,\n\nI have changed my job, so please use my private mobile, 98301 54321, and my private e-mail address,\nasha.rao@example.com, instead of the office ones (033 2229 1234 and a.rao@acme.example.com).\n\nRegards\nAsha',
    { phone: '+919830154321', email: 'asha.rao@example.com' },
  ],
  [
    'Dear Comantra,\n\nmy telephone number on your letters (98300 11111) is wrong. It should be 98300 11112.\n\nWarm regards,\nAsha Rao\n98300 11112',
    { phone: '+919830011112' },
  ],
  [
    'dear comantra\n\nhow r u. i am changed my mobile no. new no is 9830154321 old no is 9830011111. pls update n confirm.\n\nthanks n regards\nsuresh\nkolkata',
    { phone: '+919830154321' },
  ],
  [
    'Dear Sir or Madam\n\nChange of address: Mr and Mrs P. Hall\n\nWith effect from Monday 4 May 2026 our address will be 6 Acacia Avenue, Croydon, Surrey CR0 1AB. Our telephone number will be 020 8123 4567.\n\nYours faithfully\nPeter Hall',
    { mailingAddress: '6 Acacia Avenue, Croydon, Surrey CR0 1AB', phone: '+442081234567' },
  ],
  [
    'To Whom It May Concern,\n\nI would like to request that you update my shipping address. The correct address is:\n1200 Pine Street, Apt. 5B\nSeattle, WA 98101\n\nMy billing address should remain unchanged.\n\nBest,\nMaria Gomez\n(206) 555-0142',
    { shippingAddress: '1200 Pine Street, Apt. 5B\nSeattle, WA 98101' },
  ],
  [
    'Dear Ms Sen,\n\nas discussed on the phone today, the new delivery address for our account is Plot 45, Sector 18,\nGurugram, Haryana 122015. Please also change the telephone number for deliveries to\n+91 124 456 7890.\n\nWith kind regards,\nVikram Malhotra\nMalhotra Traders\nRegd. Office: 3 Ring Road, Delhi 110024',
    { shippingAddress: 'Plot 45, Sector 18,\nGurugram, Haryana 122015', phone: '+911244567890' },
  ],
  [
    'Dear Comantra,\n\nthis is Asha Rao, user name asha84. I want my e-mail changed from asha@example.com to\nasha.new@example.com because I lost access to the old mailbox.\n\nAsha Rao\nasha.new@example.com',
    { email: 'asha.new@example.com' },
  ],
]);

rows('letters: addresses over several lines', [
  [
    "Good afternoon\n\nJust to say we've moved:\n\nRose Cottage\nFore Street\nTintagel\nCornwall\nPL34 0AA\n\nMany thanks\nJan & Peter Trelawny",
    { mailingAddress: 'Rose Cottage\nFore Street\nTintagel\nCornwall\nPL34 0AA' },
  ],
  [
    'Dear Madam,\n\nI hope you are well.\n\nSince last month I live in a new flat. The address is:\n\nFlat 4B\nRajdanga Main Road\nKolkata - 700107\n\nPlease send bills there too.\n\nMy telephone number remains the same.\n\nYours sincerely\nR. Mukherjee',
    {
      mailingAddress: 'Flat 4B\nRajdanga Main Road\nKolkata - 700107',
      billingAddress: 'Flat 4B\nRajdanga Main Road\nKolkata - 700107',
    },
  ],
  [
    'Dear Comantra,\n\nplease note:\n\nBilling address:\n9 Camac Street\n3rd Floor\nKolkata 700017\n\nShipping address:\nPlot 45, Sector 18\nGurugram\nHaryana 122015\n\nRegards,\nA. Sen\nAcme Pvt Ltd',
    {
      billingAddress: '9 Camac Street\n3rd Floor\nKolkata 700017',
      shippingAddress: 'Plot 45, Sector 18\nGurugram\nHaryana 122015',
    },
  ],
  [
    'Dear Comantra,\n\nMy new mailing address:\n\n12 Park Street\n\nKolkata\n\n700016\n\nThanks\n\nAsha Rao',
    { mailingAddress: '12 Park Street\nKolkata\n700016' },
  ],
  [
    'Dear Comantra\n\nPlease could you change the address to which you send my invoices? It should be:\nAccounts Department\nHarbour House\n22 Harbour Street\nBristol\nBS1 4QA\n\nMy home address stays as it is.\n\nYours\nT. Hughes',
    { billingAddress: 'Accounts Department\nHarbour House\n22 Harbour Street\nBristol\nBS1 4QA' },
  ],
  [
    'My new address:\n350 Fifth Avenue, Apt 12\nNew York, NY 10118\nThanks',
    { mailingAddress: '350 Fifth Avenue, Apt 12\nNew York, NY 10118' },
  ],
  [
    'New address:\n4 Fore Street\nExeter\nDevon\nEX4 1AA',
    { mailingAddress: '4 Fore Street\nExeter\nDevon\nEX4 1AA' },
  ],
  [
    'Good morning,\n\nwe are a small firm and have just moved into new premises. Could you send all invoices to\n\nHarrow & Finch Ltd\nUnit 6, Dock Road\nLiverpool\nL3 4AB\n\nfrom now on? Parcels can still go to the old place.\n\nMany thanks\n\nBeth Harrow\nOffice manager',
    { billingAddress: 'Harrow & Finch Ltd\nUnit 6, Dock Road\nLiverpool\nL3 4AB' },
  ],
  [
    "Subject: new address\n\nDear all, we've finally moved in! Here's where you'll find us:\n\nThe Old Rectory,\nChurch Lane,\nLittle Wilbraham,\nCambridge\nCB21 5JY\n\nTel: 01223 496000\n\nLove, Tess and Rob",
    {
      mailingAddress: 'The Old Rectory,\nChurch Lane,\nLittle Wilbraham,\nCambridge\nCB21 5JY',
      phone: '+441223496000',
    },
  ],
  [
    'Dear Comantra,\n\nPlease amend our records as follows -\n\nBill to:\nAcme Pvt Ltd\n9 Camac Street\nKolkata 700017\n\nShip to:\nAcme Warehouse\n44 Diamond Harbour Road\nKolkata 700063\n\nThanks,\nAccounts',
    {
      billingAddress: 'Acme Pvt Ltd\n9 Camac Street\nKolkata 700017',
      shippingAddress: 'Acme Warehouse\n44 Diamond Harbour Road\nKolkata 700063',
    },
  ],
  [
    "Hi Comantra,\n\nhope all's well! I'd like my orders to go to my office in future:\n\nHarrow & Finch\n3rd Floor\n12 King Street\nLondon EC2V 8EA\n\nInvoices as before, please.\n\nBest,\nBeth",
    { shippingAddress: 'Harrow & Finch\n3rd Floor\n12 King Street\nLondon EC2V 8EA' },
  ],
  [
    "Dear Comantra,\nI'm writing about the letter of 3 March. It went to the wrong house.\nThe correct address reads:\nMs. A. Rao\nc/o Sharma\n12/1A Ballygunge Place\nKolkata 700 019\nRegards,\nA. Rao",
    { mailingAddress: 'Ms. A. Rao\nc/o Sharma\n12/1A Ballygunge Place\nKolkata 700 019' },
  ],
  [
    'Dear Comantra,\n\nunsubscribe me please and note the following change of address for the deliveries:\n\n4 Windmill Rise\nYork\nYO1 7AB\n\nOtherwise all is well.\n\nBest\nMel',
    { newsletter: false, shippingAddress: '4 Windmill Rise\nYork\nYO1 7AB' },
  ],
  [
    'Dear Comantra,\n\nFor delivery please use:\n\nA. Rao\nReception, Infinity Tower\nSector V, Salt Lake\nKolkata 700091\n\nand for invoices:\n\nA. Rao\n5 Elm Road\nPune 411001\n\nThanks a lot,\nA. Rao',
    {
      shippingAddress: 'A. Rao\nReception, Infinity Tower\nSector V, Salt Lake\nKolkata 700091',
      billingAddress: 'A. Rao\n5 Elm Road\nPune 411001',
    },
  ],
  [
    'Please change my billing address. The new one is 5 Elm Road, Pune 411001.',
    { billingAddress: '5 Elm Road, Pune 411001' },
  ],
]);

rows('letters: signatures, headings and disclaimers', [
  [
    'Dear Comantra,\n\nMy e-mail address has changed. Please use asha.new@example.com from now on.\n\nKind regards,\nAsha Rao\n12 Park Street, Kolkata 700016\n+91 98300 11111',
    { email: 'asha.new@example.com' },
  ],
  [
    'Hello,\n\nI have moved and changed my number. My new details are below.\n\nBest wishes\nAsha Rao\n5 Elm Road\nPune 411001\n98301 54321',
    { mailingAddress: '5 Elm Road\nPune 411001', phone: '+919830154321' },
  ],
  [
    'Hi,\n\nplease change my mobile to 98301 54321.\n\nAsha\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, please delete it and notify legal@example.org or call +91 33 2229 1234. To unsubscribe from our newsletter write to the above address. Registered office: 9 Camac Street, Kolkata 700017.',
    { phone: '+919830154321' },
  ],
  [
    'Please cancel my newsletter.\n\nAsha Rao\n12 Park Street\nKolkata 700016\nTel: 98300 11111',
    { newsletter: false },
  ],
  [
    "Hello, I've moved. Please update my postal address.\n\nRegards\nAsha Rao\n5 Elm Road\nPune 411001",
    { mailingAddress: '5 Elm Road\nPune 411001' },
  ],
  [
    '27 Hawthorn Close\nEly\nCambs\nCB7 4AA\n\n1st April 2026\n\nDear Comantra,\n\nPlease note that I have moved to the above address.\n\nYours sincerely,\nMargaret Willis',
    { mailingAddress: '27 Hawthorn Close\nEly\nCambs\nCB7 4AA' },
  ],
  [
    'Dear Comantra,\n\nwhat data do you hold on me?\n\nRegards\nAsha Rao\n12 Park Street, Kolkata 700016\nPh 98300 11111',
    {},
  ],
  [
    'My billing address is now 9 Camac Street, Kolkata 700017.\n\n-- \nAsha Rao | Acme Pvt Ltd | 98300 11111 | www.example.com\n12 Park Street, Kolkata 700016',
    { billingAddress: '9 Camac Street, Kolkata 700017' },
  ],
  [
    'Hello\n\nCould you please stop sending catalogues to me by post?\n\nBest wishes\n\nPeter Hall\n6 Acacia Avenue\nCroydon\nCR0 1AB\n07700 900123',
    { marketingPost: false },
  ],
  [
    'Dear Comantra,\n\nMy new postal address is 5 Elm Road, Pune 411001.\n\nRegards,\nAsha Rao\nE: asha@example.com\nM: 98300 11111\nW: www.example.com',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  [
    'Dear Comantra,\n\nplease change my email to asha.new@example.com.\n\nRegards,\nAsha Rao\n\nPS: my phone number is now 98301 54321.',
    { email: 'asha.new@example.com', phone: '+919830154321' },
  ],
  [
    "Dear all,\nWe've moved offices! From 1 June our address is\nInfinity Tower, 5th Floor\nSector V, Salt Lake\nKolkata 700091.\nPhone and e-mail remain unchanged.\nRegards\nAcme Pvt Ltd\n033 2229 1234",
    { mailingAddress: 'Infinity Tower, 5th Floor\nSector V, Salt Lake\nKolkata 700091' },
  ],
  [
    'Dear Comantra,\n\nMy son has moved to 14 Lake View Road, Pune 411001. My own address has not changed, but my phone has: it is now 98301 54321.\n\nKind regards\nMeera Nair',
    { phone: '+919830154321' },
  ],
  [
    'Dear Comantra,\n\nI recently married. My new name is Priya Nair-Menon. My address, phone and e-mail stay the same.\n\nBest regards,\nPriya Nair-Menon\n6 Church Lane, Goa 403001\n98450 12345',
    { name: 'Priya Nair-Menon' },
  ],
  ["Hi,\nI've got a new mobile.\n\nThanks\nSam Porter\n07700 900123", { phone: '+917700900123' }],
  [
    'Dear Comantra,\n\nThank you for your letter. My address is still 12 Park Street, Kolkata 700016, but my surname is now Sen.\n\nAsha Sen (formerly Rao)',
    { name: none },
  ],
  [
    'Ms Asha Rao\n12 Park Street\nKolkata 700016\n98300 11111\nasha@example.com\n\n12.03.2026\n\nComantra\nPrivacy Desk\nKolkata\n\nDear Sir or Madam,\n\nplease send me no more offers by post.\n\nYours faithfully,\nAsha Rao',
    { marketingPost: false },
  ],
  [
    'Dear Comantra,\n\nCould you tell me whether my order 98301543 has left? It should go to my usual address.\n\nRegards\nAsha Rao\n12 Park Street\nKolkata 700016',
    {},
  ],
  [
    'Dear Comantra,\n\nmy email for the newsletter should be asha.new@example.com.\n\nAsha Rao\nSenior Analyst\nAcme Pvt Ltd\nDirect: +91 33 2229 1234\n\nThe information contained in this message is privileged and intended only for the recipient. If you do not want to receive messages like this, reply STOP.',
    { email: 'asha.new@example.com' },
  ],
  [
    'hi pls see my new contacts in my signature\n\nrgds\nAsha Rao\nM 98301 54321\nE asha.new@example.com',
    { phone: '+919830154321', email: 'asha.new@example.com' },
  ],
  [
    "Hi\nI'd like to be taken off the newsletter. Also no more calls about offers please.\nRegards,\nTom Hall\nSales Director | Harrow & Finch\n12 King Street, London\n+44 20 7946 0018 | tom@harrow.example.com",
    { newsletter: false, marketingPhone: false },
  ],
  [
    'From: Asha Rao\n12 Park Street\nKolkata 700016\n\nTo: Comantra\n9 Camac Street\nKolkata 700017\n\nDear Sir,\n\nPlease change my phone number to 98301 54321.\n\nAsha Rao',
    { phone: '+919830154321' },
  ],
  [
    'Dear Comantra,\n\nPlease do not change my address; I only want my phone number corrected. It is 98301 54321.\n\nRegards,\nAsha Rao\n12 Park Street\nKolkata 700016',
    { phone: '+919830154321' },
  ],
  [
    'Dear Comantra,\n\nmy phone number changed.\n\nAsha Rao\nNew mobile: 98301 54321\nKolkata',
    { phone: '+919830154321' },
  ],
  [
    'Hello, you have spelled our street wrongly. It is not Elme Road but Elm Road: 5 Elm Road, Pune 411001.\n\nRegards Asha Rao 98300 11111',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
]);

rows('what the old one does is told behind the new one', [
  [
    'my new email is ravi.new@example.org, the old one closes on Friday',
    { email: 'ravi.new@example.org' },
  ],
  [
    'my new email is ravi.new@example.org, my old one will stop next week',
    { email: 'ravi.new@example.org' },
  ],
  ['my new number is 98301 54321 as the old one no longer works', { phone: '+919830154321' }],
  [
    'change my phone to 98301 54321. 98300 11111, my old number, is dead',
    { phone: '+919830154321' },
  ],
]);

rows('signatures within a line', [
  [
    'kindly update my mobile to 9830177777. Regards, Ravi Menon, 45 MG Road, Kochi 682001, Tel 0484 123456',
    { phone: '+919830177777' },
  ],
  [
    'kindly update my mobile to 9830177777 thanks & regards ravi menon, 45 mg road, kochi 682001',
    { phone: '+919830177777' },
  ],
  [
    'Change my email to asha.new@example.com. Thanks, Asha Rao | 12 Park Street, Kolkata 700016 | 98300 11111',
    { email: 'asha.new@example.com' },
  ],
  [
    'kindly update my mobile to 9830177777.\nThanks & regards\nRavi Menon | 45 MG Road, Kochi 682001',
    { phone: '+919830177777' },
  ],
  ['Thanks & regards\nRavi Menon | 45 MG Road, Kochi 682001', {}],
  [
    'Please update my postal address. Regards, Asha Rao, 5 Elm Road, Pune 411001',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  [
    'Change my email to asha.new@example.com. Thanks, also phone to 98301 54321',
    { email: 'asha.new@example.com', phone: '+919830154321' },
  ],
  [
    'my new address is\n12 Hill House\nLove Lane, Pune 411001',
    { mailingAddress: '12 Hill House\nLove Lane, Pune 411001' },
  ],
  ['Thanks\n5 Elm Road, Pune 411001', { mailingAddress: '5 Elm Road, Pune 411001' }],
  [
    'Change my phone to 98301 54321. Thanks, and my new address is 5 Elm Road, Pune 411001',
    { phone: '+919830154321', mailingAddress: '5 Elm Road, Pune 411001' },
  ],
]);

rows('letters: old and new side by side', [
  [
    'Dear team,\n\nkindly change my address.\n\nOld address:\n12 Park Street\nKolkata 700016\n\nNew address:\n5 Elm Road\nNear City Mall\nPune\n411001\n\nRegards,\nAsha',
    { mailingAddress: '5 Elm Road\nNear City Mall\nPune\n411001' },
  ],
  [
    'Please change my e-mail address\n\nFrom: asha.old@example.com\nTo: asha.new@example.com\n\nand my phone\n\nFrom: 98300 11111\nTo: 98301 54321\n\nAsha Rao',
    { email: 'asha.new@example.com', phone: '+919830154321' },
  ],
  [
    'Hello Comantra,\n\nPlease change my billing address\n\nfrom:\n12 Park Street\nKolkata 700016\n\nto:\n5 Elm Road\nPune 411001\n\nThank you!\nAsha',
    { billingAddress: '5 Elm Road\nPune 411001' },
  ],
  [
    'Dear Comantra,\n\nOld details:\nAsha Rao\n12 Park Street\nKolkata 700016\n98300 11111\n\nNew details:\nAsha Rao\n5 Elm Road\nPune 411001\n98301 54321\n\nPlease update.\nAsha',
    { mailingAddress: '5 Elm Road\nPune 411001', phone: '+919830154321' },
  ],
  [
    'Hi Comantra\n\nEmail change please.\nCurrent: tom@example.org\nNew: tom.b@example.com\n\nTa\nTom',
    { email: 'tom.b@example.com' },
  ],
  [
    'I write to inform you that I shall be moving on 1 May.\n\nMy present address: 14 Mill Lane, Cambridge CB2 1RX\nMy future address: 27 Hawthorn Close, Ely CB7 4AA\n\nM. Willis',
    { mailingAddress: '27 Hawthorn Close, Ely CB7 4AA' },
  ],
  [
    'Dear Support\n\nKindly do the change of address from\nB-12, Green Park\nNew Delhi 110016\nto\nC-404, Palm Residency\nSector 62\nNoida 201301\n\nThanks\nAnil',
    { mailingAddress: 'C-404, Palm Residency\nSector 62\nNoida 201301' },
  ],
  [
    'Request: Mobile number updation\n\nCustomer Name : Anil Verma\nCustomer ID : 10293847\nExisting Mobile : 9830011111\nNew Mobile : 9830154321\nReason : lost SIM\n\nSignature\nAnil Verma',
    { phone: '+919830154321' },
  ],
  [
    'Old mobile no.: 98300 11111\nNew mobile no.: 98301 54321\nOld e-mail: a@example.com\nNew e-mail: b@example.com',
    { phone: '+919830154321', email: 'b@example.com' },
  ],
  [
    "Dear Sirs,\n\nI was married on 3 May and have taken my husband's name. Please change my name from Hannah Schmidt to Hannah Clarke on all my accounts.\n\nYours faithfully\nHannah Clarke\n(formerly Schmidt)",
    { name: 'Hannah Clarke' },
  ],
  [
    'Hello,\n\nmy name is misspelt on your invoices. It says Aasha Rau; it should be Asha Rao.\n\nSincerely,\nAsha Rao\n98300 11111',
    { name: 'Asha Rao' },
  ],
]);

rows('letters: forms and lists', [
  [
    'Dear Comantra,\n\nplease do the following:\n\n1. Change my phone number to 98301 54321\n2. Change my address to 5 Elm Road, Pune 411001\n3. Take me off the newsletter\n\nThanks\nAsha Rao',
    { phone: '+919830154321', mailingAddress: '5 Elm Road, Pune 411001', newsletter: false },
  ],
  [
    'Name: Asha Rao\nCustomer no: 10293847\nNew phone: 98301 54321\nOld phone: 98300 11111',
    { phone: '+919830154321' },
  ],
  [
    'Kindly update my records as under: Name - Asha Sen, Mobile - 98301 54321, Address - 5 Elm Road, Pune 411001, Email - asha.sen@example.com.',
    {
      name: 'Asha Sen',
      phone: '+919830154321',
      mailingAddress: '5 Elm Road, Pune 411001',
      email: 'asha.sen@example.com',
    },
  ],
  [
    'Change of details\n\nName: Asha Sen\nCustomer no: 10293847\nAddress: 5 Elm Road\nPune 411001\nPhone: 98301 54321\nE-mail: asha.sen@example.com',
    {
      name: 'Asha Sen',
      mailingAddress: '5 Elm Road\nPune 411001',
      phone: '+919830154321',
      email: 'asha.sen@example.com',
    },
  ],
  [
    'Please update my phone number.\n\nName: Asha Rao\nPhone: 98301 54321\nAddress: 12 Park Street, Kolkata 700016',
    { phone: '+919830154321' },
  ],
  [
    'Hi team,\n\nMy details have changed as follows:\n- phone: 98301 54321\n- e-mail: asha.new@example.com\n- billing address: 5 Elm Road, Pune 411001\n\nEverything else stays as it is.\n\nAsha',
    {
      phone: '+919830154321',
      email: 'asha.new@example.com',
      billingAddress: '5 Elm Road, Pune 411001',
    },
  ],
  [
    'Pls make below changes\na) mob - 98301 54321\nb) mail id - asha.new@example.com\nc) add - 5 Elm Road, Pune 411001\nrgds\nasha',
    {
      phone: '+919830154321',
      email: 'asha.new@example.com',
      mailingAddress: '5 Elm Road, Pune 411001',
    },
  ],
  [
    'kindly update: Name: Asha Sen; Phone: +91 98301 54321; Email: asha.sen@example.com',
    { name: 'Asha Sen', phone: '+919830154321', email: 'asha.sen@example.com' },
  ],
  [
    'Name: Asha Rao\nCustomer no.: 10293847\nOld address: 12 Park Street, Kolkata 700016\nNew address: 5 Elm Road, Pune 411001\nNew phone: 98301 54321\nOld phone: 98300 11111\nE-mail: asha@example.com',
    { mailingAddress: '5 Elm Road, Pune 411001', phone: '+919830154321' },
  ],
  [
    'Change of address form\n\n1. Name: Asha Rao\n2. Old address: 12 Park Street, Kolkata 700016\n3. New address: 5 Elm Road, Pune 411001\n4. Effective from: 01/06/2026\n5. Signature: A. Rao',
    { mailingAddress: '5 Elm Road, Pune 411001' },
  ],
  [
    'Hello, please update the following:\n* Name: Asha Sen (was Asha Rao)\n* Mobile: 98301 54321\n* Address: Flat 4B, Rajdanga Main Road, Kolkata - 700107',
    {
      name: 'Asha Sen',
      phone: '+919830154321',
      mailingAddress: 'Flat 4B, Rajdanga Main Road, Kolkata - 700107',
    },
  ],
  [
    'Dear sir,\nkindly change following things in my account\n(1) Mob no 98301 54321 in place of 98300 11111\n(2) Email id ramesh@example.com in place of ramesh.old@example.com\n(3) Pin code 700026 in place of 700029\nObliged,\nRamesh',
    { phone: '+919830154321', email: 'ramesh@example.com', mailingAddress: none },
  ],
  [
    'Dear Customer Service,\n\nPer our call, here is my updated info:\n\nPhone: (415) 555-0134\nEmail: d.lee@example.com\nMailing address: 77 Harbor Blvd, Apt 3, Belmont, CA 94002\nBilling address: same\n\nThanks,\nDana Lee',
    {
      phone: '+14155550134',
      email: 'd.lee@example.com',
      mailingAddress: '77 Harbor Blvd, Apt 3, Belmont, CA 94002',
      billingAddress: '77 Harbor Blvd, Apt 3, Belmont, CA 94002',
    },
  ],
  [
    'Dear Comantra,\n\n1.) New e-mail: asha.new@example.com\n2.) New mobile: +91-98301-54321\n3.) Newsletter: no, thank you\n4.) Offers by post: no\n\nBest wishes\nAsha Rao',
    {
      email: 'asha.new@example.com',
      phone: '+919830154321',
      newsletter: false,
      marketingPost: false,
    },
  ],
  [
    'Pls correct:\nName : ASHA SEN\nAddr : 5 ELM ROAD, BANER, PUNE 411001\nMob : 9830154321\nMail : ASHA@EXAMPLE.COM',
    {
      name: 'ASHA SEN',
      mailingAddress: '5 ELM ROAD, BANER, PUNE 411001',
      phone: '+919830154321',
      email: 'ASHA@EXAMPLE.COM',
    },
  ],
  [
    "Please correct my details as below.\nFull name: Siobhan O'Brien\nDate of birth: 12/03/1980\nMobile: 98301 54321",
    { name: "Siobhan O'Brien", phone: '+919830154321' },
  ],
  [
    '1) change address to 5 Elm Road, Pune 2) phone to 98301 54321',
    { mailingAddress: '5 Elm Road, Pune', phone: '+919830154321' },
  ],
  [
    'Dear Comantra,\n\nPlease update my record with these:\n\n  Telephone ......... 98301 54321\n  E-mail ............ asha.new@example.com\n\nAsha',
    { phone: '+919830154321', email: 'asha.new@example.com' },
  ],
]);

rows('letters: what is to go', [
  ['pls remove my phone number from your records', { phone: none }],
  [
    'Dear Comantra,\n\npls remove my phone number from your records.\n\nRegards,\nAsha Rao\n98300 11111',
    { phone: none },
  ],
  ['pls remove my phone number 98300 11111 from your records', { phone: none }],
  [
    'Dear Comantra,\n\nplease take my old landline 033 2229 1234 out of your records; I only use the mobile now.\n\nRegards,\nAsha Rao\nMobile 98301 54321',
    { phone: none },
  ],
  [
    "Dear Comantra,\n\nplease remove my phone number and my shipping address from your records. I don't order any more.\n\nRegards,\nAsha Rao\n12 Park Street, Kolkata 700016\n98300 11111",
    { phone: none, shippingAddress: none },
  ],
  [
    'Kindly delete my landline no. from your record as the same has been surrendered.\n\nYours faithfully\nB. Banerjee\n14/2 Lake Place, Kolkata-700029\nPh: 2464 1234',
    { phone: none },
  ],
  [
    'Dear Comantra,\n\nplease remove my phone number 98300 11111 from your records.\n\nRegards,\nAsha Rao',
    { phone: none },
  ],
]);

rows('letters: where things go', [
  [
    'bill to home 8 Lake Terrace Kolkata 700029',
    { billingAddress: '8 Lake Terrace Kolkata 700029' },
  ],
  [
    'ship to office: 3rd Floor, Regent House, 12 Government Place East, Kolkata 700069',
    { shippingAddress: '3rd Floor, Regent House, 12 Government Place East, Kolkata 700069' },
  ],
  [
    'deliver to Office 12, Regent House, Dubai',
    { shippingAddress: 'Office 12, Regent House, Dubai' },
  ],
  [
    'send parcels to work, 22 Harbour Street, Bristol BS1 4QA',
    { shippingAddress: '22 Harbour Street, Bristol BS1 4QA' },
  ],
  [
    'ship to home address 8 Lake Terrace, Kolkata 700029',
    { shippingAddress: '8 Lake Terrace, Kolkata 700029' },
  ],
  [
    'my home address is 8 Lake Terrace, Kolkata 700029. Please change it in your file',
    { mailingAddress: '8 Lake Terrace, Kolkata 700029' },
  ],
  [
    "Dear Comantra,\n\nI shall be at my daughter's until the autumn, so please deliver my orders to her: 7 Orchard Close, Leeds LS8 2AB. Letters should still come to my home.\n\nYours,\nEdith Moore",
    { shippingAddress: '7 Orchard Close, Leeds LS8 2AB' },
  ],
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
    ['it says 123 456', '123456'],
    ['I got 123456 in the mail just now', '123456'],
    ['the code in the mail is: 123456 thanks a lot for the help', '123456'],
    ['123 456, is that right?', '123456'],
    ['my postcode is 700016 by the way', undefined],
    ['pin code 700016', undefined],
    ['Kolkata 700029', undefined],
    ['12 Park Street Kolkata 700016', undefined],
    ['OTP 482913 aaya hai', '482913'],
    ['mera OTP 482913 hai bhai', '482913'],
    ['482 913 is the OTP I got on my telephone', undefined],
    ['I received 482913 from Comantra', '482913'],
    ['482913!!! finally arrived', '482913'],
    ['code 4 8 2 - 9 1 3', '482913'],
    ['the OTP has come at last: 482913', '482913'],
    ['OTP for 14 Park Street, Kolkata 700016', undefined],
    ['I received 700016 Kolkata', undefined],
    ['my code has not come, but my order 482913 has', undefined],
    ['order number 482913', undefined],
    ['my phone number is 482913', undefined],
    ['OTP 98300 12345', undefined],
    ['no order of mine, the code is 482913', '482913'],
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
    'Dear Sir,\n',
    'Thanks and regards,\nAsha Rao\n',
    'Asha Rao.\n',
    'Thanks and ',
    'Name: ',
    'New phone: ',
    'Old address:\n',
    'please update my details below:\n',
    'update ',
    'remove my phone ',
    'my name is misspelt ',
    'The Old Rectory,\n',
    'it should be:\n',
    '12 Park Street\n\n',
    '12 Park Street\nDevon\n',
    '1) 5 Elm Road ',
    '\n\n',
    'A. ',
    'this message is confidential\n',
    'to my home 12 Park Street ',
    'bill to home ',
    'Regards, 98300 12345, 98300 12345',
    'Regards ' + '9'.repeat(300) + '@x.in ',
    'you sent my bill ',
    'Name ',
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
