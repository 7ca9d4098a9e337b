import { endangersRecord, presses, reportedKind, triage, type Triage } from '../../services/triage';

type Row = readonly [
  words: string,
  kind: Triage['kind'],
  urgency: Triage['urgency'],
  danger?: Triage['danger'],
];

const HAPPENING_NOW: readonly Row[] = [
  ['Somebody is on my computer right now', 'breach', 'now', 'computer'],
  ['someone’s on my laptop and i cant stop it', 'breach', 'now', 'computer'],
  ['HELP THE MOUSE IS MOVING BY ITSELF', 'breach', 'now', 'computer'],
  ['my cursor moves on its own, what do I do', 'breach', 'now', 'computer'],
  ['there is a man controlling my screen as we speak', 'breach', 'now', 'computer'],
  ['A stranger has taken over my computer', 'breach', 'now', 'computer'],
  ['the hacker is still inside my pc', 'breach', 'now', 'computer'],
  ['my computer is being controlled by somebody I do not know', 'breach', 'now', 'computer'],
  ['your man said he was done but he is still connected', 'breach', 'now', 'computer'],
  ['AnyDesk is still open and I cannot close it', 'breach', 'now', 'computer'],
  ['a caller tells me to install TeamViewer', 'breach', 'now', 'computer'],
  ['she is going through my files on my computer at this moment', 'breach', 'now', 'computer'],
  [
    'Good afternoon. I am seventy-four. A gentleman is on my late husband’s computer,\nor rather on my\ncomputer, and I did not ask him to.',
    'breach',
    'now',
    'computer',
  ],
  ['sir one person is operating my system kindly help', 'breach', 'now', 'computer'],
  ['money is going out of my bank as I type', 'breach', 'now', 'money'],
  ['They keep taking money from my card', 'breach', 'now', 'money'],
  ['money keeps disappearing from my savings since yesterday', 'breach', 'now', 'money'],
  ['please help, my bank account is being emptied', 'breach', 'now', 'money'],
  ['somebody keeps buying things with my card', 'breach', 'now', 'money'],
  ['he is transferring my savings somewhere', 'breach', 'now', 'money'],
  ['I am on the phone with a man who wants an OTP', 'breach', 'now', 'money'],
  ['the agent is telling me to buy gift cards', 'breach', 'now', 'money'],
  ['rupees are being debited from my account, please stop it', 'misuse', 'now', 'money'],
  ['someone is on my computer right now and is transferring money', 'breach', 'now', 'money'],
];

const OVER: readonly Row[] = [
  ['Someone was on my computer last week', 'breach', 'high'],
  ['A stranger got into my laptop yesterday and now it is slow', 'breach', 'high'],
  ['money was taken from my bank last month and I still have no answer', 'breach', 'high'],
  ['Someone got access to my computer in March', 'breach', 'high'],
  ['they locked my files and want bitcoin', 'breach', 'high'],
  ['the mouse was moving by itself three days ago', 'breach', 'normal'],
  ['He made me buy gift cards two weeks ago', 'breach', 'high'],
  ['somebody hacked my account', 'misuse', 'high'],
  ['Someone logged into my account from another city', 'misuse', 'high'],
  ['my password has been changed and it was not me', 'misuse', 'high'],
  ['My account was used without my permission', 'misuse', 'high'],
  ['There are orders I did not place', 'misuse', 'high'],
  ['my ex knows my password and reads my tickets', 'misuse', 'high'],
  ['somebody opened a subscription in my name', 'misuse', 'high'],
  ['there is a login from Romania in my account', 'misuse', 'high'],
  ['someone changed my e-mail', 'misuse', 'high'],
  ['somebody has changed my phone number and it was not me', 'misuse', 'high'],
  ['my address was changed without my asking', 'misuse', 'high'],
  ['I never asked to change my e-mail address', 'misuse', 'high'],
  ['my e-mail address has been changed, it wasn’t me', 'misuse', 'high'],
  ['i cannot get in, i am locked out of everything, i think a friend did it', 'misuse', 'high'],
  ['something is odd with my account', 'misuse', 'normal'],
  ['My data was leaked', 'breach', 'high'],
  ['I found my phone number on a forum, published for everyone', 'breach', 'high'],
  ['You sent my invoice to another customer', 'breach', 'high'],
  ['I can see someone else’s order in my account', 'breach', 'high'],
  ['your technician copied my photos', 'breach', 'high'],
  ['you sold my e-mail address and I want to complain', 'breach', 'high'],
  ['blackmail mail says they got everything', 'breach', 'high'],
  ['mera account hack ho gaya hai', 'breach', 'high'],
  ['I gave my OTP to a man who phoned', 'breach', 'high'],
  ['I clicked the link in a mail that looked like yours', 'breach', 'high'],
  ['there are two charges on my card that I never made', 'breach', 'high'],
  ['I got a phishing mail in your name', 'breach', 'normal'],
  ['A caller claimed to be from Comantra', 'breach', 'normal'],
  ['he said he was calling from Comantra, is that true', 'breach', 'normal'],
  ['a fake website looks like yours', 'breach', 'normal'],
  ['your agent asked me for my bank password', 'breach', 'normal'],
  ['was it you that sent me a suspicious sms', 'breach', 'normal'],
  ['I found a security hole in your website', 'breach', 'normal'],
  ['security incident', 'breach', 'normal'],
  ['I want to file a complaint', 'complaint', 'normal'],
  ['You keep sending marketing to my late father', 'complaint', 'normal'],
  ['your lady on the phone was rude to me', 'complaint', 'normal'],
  ['i opted out months ago and still get your newsletter', 'complaint', 'normal'],
  ['I never agreed to be recorded', 'complaint', 'normal'],
  ['you read out my address without asking me', 'complaint', 'normal'],
  ['nobody has answered me for two months, unacceptable', 'complaint', 'normal'],
];

/** What sounds alike and is none of it. */
const NOT_NOW: readonly string[] = [
  'Your cookies are on my computer',
  'I am using my computer to write this',
  'who will be in possession of my phone number',
  'I still have no answer, and the money question is open',
  'he is not on my computer any more',
  'somebody keeps requesting my password',
  'somebody at your office is stealing card numbers',
  'until now nobody answered me',
];

const treated = ([words, kind, urgency, danger]: Row): void => {
  expect(triage(words)).toEqual({ kind, urgency, ...(danger ? { danger } : {}) });
};

test.each([
  ['someone changed my e-mail', true],
  ['please freeze my account', true],
  ['Lock my record at once', true],
  ['somebody hacked my account', true],
  ['you sent my invoice to another customer', false],
  ['please change my e-mail', false],
  ['I changed my e-mail address last week', false],
  ['my number has changed to 98300 12345', false],
])('whether “%s” endangers the record: %s', (words, endangered) => {
  expect(endangersRecord(words)).toBe(endangered);
});

describe('a harm that goes on while it is told is urgent and names its danger', () => {
  test.each(HAPPENING_NOW.map((row) => ({ words: row[0], row })))('$words', ({ row }) => {
    treated(row);
  });
});

describe('what is over is sorted by what it was', () => {
  test.each(OVER.map((row) => ({ words: row[0], row })))('$words', ({ row }) => {
    treated(row);
  });
});

test.each([
  ['Please take me off the newsletter list.', undefined],
  ['please change my phone number to 98300 12345 and take me off the newsletter', undefined],
  ['Newsletter\nPlease remove me from your mailing list.', undefined],
  ['please stop calling me with offers', undefined],
  ['Stop sending me your newsletter', undefined],
  ['no marketing by post any more, please', undefined],
  ['sign me up for the newsletter', undefined],
  ['i opted out months ago and still get your newsletter', 'complaint'],
  ['I asked you to stop sending me the newsletter', 'complaint'],
  ['You keep sending marketing to my late father', 'complaint'],
  ['I get your newsletter without my consent, unsubscribe me', 'complaint'],
  ['Your newsletter is an insult', 'complaint'],
  ['somebody hacked my account; also unsubscribe me from the newsletter', 'misuse'],
  ['you leaked my data, take me off the newsletter', 'breach'],
])('what “%s” reports, sent as a mail: %s', (words, kind) => {
  expect(reportedKind(words)).toBe(kind);
});

test('told as a report, a wish to get no more newsletters is a complaint', () => {
  expect(triage('Stop sending me your newsletter').kind).toBe('complaint');
});

describe('no danger is seen where none is', () => {
  test.each(NOT_NOW)('%s', (words) => {
    expect(triage(words).danger).toBeUndefined();
  });
});

test('case, apostrophes, line breaks and invisible characters make no difference', () => {
  const plain = triage("someone's on my computer right now");
  expect(triage('SOMEONE’S  ON\r\nMY COM\u200bPUTER RIGHT NOW')).toEqual(plain);
  expect(plain.danger).toBe('computer');
});

test('words that say nothing are a report of the mildest sort', () => {
  for (const words of ['', '   ', '😀😀', '<b></b>', '?'])
    expect(triage(words)).toEqual({ kind: 'breach', urgency: 'normal' });
});

describe('twenty thousand characters are read in a moment', () => {
  test.each([
    ['one endless word', 'a'],
    ['spaces', ' '],
    ['somebody', 'somebody '],
    ['somebody is', 'somebody is on on my '],
    ['my', 'my '],
    ['money without an end', 'money taken my '],
    ['the beginnings of everything', 'my account he is mouse cursor money took card order data '],
    ['quotes', "''''"],
    ['line breaks', '\n'],
  ])('%s', (_name, piece) => {
    const words = piece.repeat(Math.ceil(20_000 / piece.length));
    const began = performance.now();
    triage(words);
    expect(performance.now() - began).toBeLessThan(100);
  });
});

describe('anger and haste', () => {
  test.each([
    'your technician was rude, this is outrageous',
    'URGENT: somebody read my mails',
    'please investigate this immediately',
    'answer me asap',
    'jaldi kuch karo, somebody called me',
  ])('press: %s', (words) => {
    expect(presses(words)).toBe(true);
  });

  test.each([
    'your technician was rude to me',
    'I immediately changed my password',
    'he asked for my date of birth',
  ])('do not press: %s', (words) => {
    expect(presses(words)).toBe(false);
  });
});
