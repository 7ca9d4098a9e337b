import { REPLY_LINE, stripQuote } from '../../services/inbound/quoteStripping';
import { cpuMilliseconds } from '../support/cpuTime';

const ANSWER = `Dear Ms Rao,

We have deleted both accounts:
- savings
- the old card

It takes three days until you see it.

Regards, Anita`;

const OURS = [
  REPLY_LINE,
  '',
  'A customer has reported a privacy problem. It is due on Monday 8 June.',
  '',
  'In their words:',
  '| My number was given to an insurance agent.',
];
const quoted = (lines: readonly string[]): string =>
  lines.map((line) => (line === '' ? '>' : `> ${line}`)).join('\n');

const QUOTED = quoted(OURS);
const BARE = OURS.join('\n');

/** Replies as mail programs write them; all of them hold the answer above and nothing else. */
const CLIENTS: readonly (readonly [client: string, reply: string])[] = [
  [
    'Gmail on the web',
    `${ANSWER}\n\nOn Mon, 1 Jun 2026 at 10:00, Comantra Privacy Desk <desk@comantra.test>\nwrote:\n\n${QUOTED}\n`,
  ],
  [
    'Gmail on a phone',
    `${ANSWER}\r\n\r\nOn Mon, 1 Jun, 2026, 10:00 am Comantra Privacy Desk, <desk@comantra.test>\r\nwrote:\r\n\r\n${QUOTED.replace(/\n/g, '\r\n')}\r\n`,
  ],
  [
    'Gmail with a signature',
    `${ANSWER}\n\n-- \nAnita Sen\nPrivacy manager, Comantra\n\n\nOn Mon, 1 Jun 2026 at 10:00, Comantra Privacy Desk <desk@comantra.test> wrote:\n\n${QUOTED}`,
  ],
  [
    'Gmail in German',
    `${ANSWER}\n\nAm Mo., 1. Juni 2026 um 10:00 Uhr schrieb Comantra Privacy Desk <\ndesk@comantra.test>:\n\n${QUOTED}`,
  ],
  [
    'Gmail in French',
    `${ANSWER}\n\nLe lun. 1 juin 2026 à 10:00, Comantra Privacy Desk <desk@comantra.test> a\nécrit :\n\n${QUOTED}`,
  ],
  [
    'Gmail in Hindi',
    `${ANSWER}\n\nसोम, 1 जून 2026 को 10:00 am बजे को Comantra Privacy Desk <desk@comantra.test>\nने लिखा:\n\n${QUOTED}`,
  ],
  [
    'Gmail in Bengali',
    `${ANSWER}\n\nসোম, ১ জুন, ২০২৬ তারিখে ১০:০০ AM টায় Comantra Privacy Desk <desk@comantra.test>\nলিখেছেন:\n\n${QUOTED}`,
  ],
  [
    'Gmail in Spanish',
    `${ANSWER}\n\nEl lun, 1 jun 2026 a las 10:00, Comantra Privacy Desk (<desk@comantra.test>)\nescribió:\n\n${QUOTED}`,
  ],
  [
    'Outlook on the desktop',
    `${ANSWER}\n\nFrom: Comantra Privacy Desk <desk@comantra.test> \nSent: 01 June 2026 10:00\nTo: Anita Sen <anita@comantra.test>\nSubject: New case CPD-1\n\n${BARE}`,
  ],
  [
    'Outlook in German',
    `${ANSWER}\n\nVon: Comantra Privacy Desk <desk@comantra.test> \nGesendet: Montag, 1. Juni 2026 10:00\nAn: Anita Sen <anita@comantra.test>\nBetreff: New case CPD-1\n\n${BARE}`,
  ],
  [
    'Outlook in French',
    `${ANSWER}\n\nDe : Comantra Privacy Desk <desk@comantra.test>\nEnvoyé : lundi 1 juin 2026 10:00\nÀ : Anita Sen <anita@comantra.test>\nObjet : New case CPD-1\n\n${BARE}`,
  ],
  [
    'Outlook on the web',
    `${ANSWER}\n\n________________________________\nFrom: Comantra Privacy Desk <desk@comantra.test>\nSent: Monday, June 1, 2026 10:00 AM\nTo: Anita Sen <anita@comantra.test>\nSubject: New case CPD-1\n\n${BARE}`,
  ],
  [
    'Outlook on a phone',
    `${ANSWER}\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\nFrom: Comantra Privacy Desk <desk@comantra.test>\nSent: Monday, June 1, 2026 10:00:00 AM\nTo: Anita Sen <anita@comantra.test>\nSubject: New case CPD-1\n\n${BARE}`,
  ],
  [
    'Outlook with a warning that the server put on top',
    `${ANSWER}\n\n________________________________\nFrom: Comantra Privacy Desk <desk@comantra.test>\nSent: Monday, June 1, 2026 10:00 AM\nTo: Anita Sen\nSubject: New case CPD-1\n\nCAUTION: This email originated from outside your organisation.\n\n${BARE}`,
  ],
  [
    'Outlook of old',
    `${ANSWER}\n\n-----Original Message-----\nFrom: Comantra Privacy Desk [mailto:desk@comantra.test]\nSent: Monday, June 1, 2026 10:00 AM\nTo: Anita Sen\nSubject: New case CPD-1\n\n${BARE}`,
  ],
  [
    'Apple Mail',
    `${ANSWER}\n\n> On 1 Jun 2026, at 10:00 AM, Comantra Privacy Desk <desk@comantra.test> wrote:\n> \n${QUOTED}\n`,
  ],
  [
    'Apple Mail in German',
    `${ANSWER}\n\n> Am 01.06.2026 um 10:00 schrieb Comantra Privacy Desk <desk@comantra.test>:\n> \n${QUOTED}\n`,
  ],
  [
    'iPhone',
    `${ANSWER}\n\nSent from my iPhone\n\n> On 1 Jun 2026, at 10:00, Comantra Privacy Desk <desk@comantra.test> wrote:\n> \n> \uFEFF\n${QUOTED}`,
  ],
  [
    'iPhone in French',
    `${ANSWER}\n\nEnvoyé de mon iPhone\n\n> Le 1 juin 2026 à 10:00, Comantra Privacy Desk <desk@comantra.test> a écrit :\n> \n${QUOTED}`,
  ],
  [
    'Thunderbird',
    `${ANSWER}\n\nOn 01/06/2026 10:00, Comantra Privacy Desk wrote:\n${QUOTED}\n\n-- \nAnita Sen\n`,
  ],
  [
    'Thunderbird in German',
    `${ANSWER}\n\nAm 01.06.26 um 10:00 schrieb Comantra Privacy Desk:\n${QUOTED}`,
  ],
  [
    'Yahoo',
    `${ANSWER}\n\n    On Monday, June 1, 2026 at 10:00:00 AM GMT+5:30, Comantra Privacy Desk <desk@comantra.test> wrote:  \n \n ${BARE}`,
  ],
  [
    'Yahoo on a phone',
    `${ANSWER}\n\nSent from Yahoo Mail on Android \n \n  On Mon, 1 Jun 2026 at 10:00 am, Comantra Privacy Desk<desk@comantra.test> wrote:   ${BARE}`,
  ],
  [
    'Proton',
    `${ANSWER}\n\nSent with [Proton Mail](https://proton.me/) secure email.\n\nOn Monday, June 1st, 2026 at 10:00 AM, Comantra Privacy Desk <desk@comantra.test> wrote:\n\n${QUOTED}`,
  ],
  [
    'K-9',
    `${ANSWER}\n-- \nSent from my Android device with K-9 Mail. Please excuse my brevity.\n\nOn 1 June 2026 10:00:00 GMT+05:30, Comantra Privacy Desk <desk@comantra.test> wrote:\n${QUOTED}`,
  ],
  [
    'Zoho',
    `${ANSWER}\n\n\n\n---- On Mon, 01 Jun 2026 10:00:00 +0530 Comantra Privacy Desk <desk@comantra.test> wrote ----\n\n${QUOTED}`,
  ],
  [
    'a program in a language that is not known here',
    `${ANSWER}\n\nma 1.6.2026 klo 10.00 Comantra Privacy Desk <desk@comantra.test> viesti:\n${QUOTED}`,
  ],
  ['a program that introduces nothing', `${ANSWER}\n\n${QUOTED}`],
  ['a program that quotes without any mark', `${ANSWER}\n\n${BARE}`],
  [
    'a program that wraps and makes dashes longer',
    `${ANSWER}\n\nOn Mon, 1 Jun 2026 at 10:00, Desk <desk@comantra.test> wrote:\n> — Write your answer above\n> this line —\n> \n> A customer has reported`,
  ],
  [
    'a gateway that adds its notice at the very end',
    `${ANSWER}\n\nOn Mon, 1 Jun 2026 at 10:00, Desk <desk@comantra.test> wrote:\n${QUOTED}\n\nThis e-mail is confidential and intended only for the person it is addressed to.`,
  ],
];

describe('the answer in a reply', () => {
  test.each(CLIENTS)('%s: the answer whole, and nothing else', (_, reply) => {
    expect(stripQuote(reply)).toEqual({ text: ANSWER, belowQuote: false });
  });

  test.each(CLIENTS.filter(([client]) => !/wraps|quotes without|introduces nothing/.test(client)))(
    '%s: also where our mail did not begin with the reply line',
    (_, reply) => {
      const without = reply.replace(/-+ Write your answer above this line.*/, 'Hello,');
      expect(stripQuote(without)).toEqual({ text: ANSWER, belowQuote: false });
    },
  );

  test.each<[string, string]>([
    ['nothing', ''],
    ['blank lines', '\n \n\t\n'],
    ['only the quote', QUOTED],
    [
      'only the quote, introduced',
      `On Mon, 1 Jun 2026 at 10:00, Desk <d@c.test> wrote:\n${QUOTED}`,
    ],
    ['only the quote, unmarked', BARE],
    [
      'only a signature',
      `-- \nAnita Sen\n\nOn Mon, 1 Jun 2026 at 10:00, Desk <d@c.test> wrote:\n${QUOTED}`,
    ],
    ['only "Sent from my iPhone"', `\n\nSent from my iPhone\n\n${QUOTED}`],
    ['a signature below the quote', `${QUOTED}\n\n-- \nAnita Sen`],
  ])('is empty: %s', (_, reply) => {
    expect(stripQuote(reply)).toEqual({ text: '', belowQuote: false });
  });
});

describe('own words that look like a quote', () => {
  const intro = `On Mon, 1 Jun 2026 at 10:00, Desk <desk@comantra.test> wrote:\n${QUOTED}`;
  test.each([
    'On Monday I wrote to him:\nplease delete it.',
    'On 12 May 2026 at 10:30 we wrote:\n\nYour data is gone.',
    'On 3 May 2026 asha@example.test wrote:\nplease delete it. We have done so.',
    'From: our records we see nothing.\nTo: be sure, ask again.',
    'From: the bank',
    'Sent from our Kolkata office on 3 May.\nThe letter reached you on 6 May.\nPlease look again.',
    'Two letters went out.\n\nSent from our Kolkata office on 3 May\nand from Delhi\non 6 May',
    'Two letters went out.\nSent from our Kolkata office',
    'Two letters went out.\n\nSent from Kolkata on 3 May\nand from Delhi\non 6 May',
    'Two letters went out.\nSent from Kolkata and Delhi.',
    'Three steps:\n1. open the page\n2. press Delete\n\n* done',
    'First part.\n\n---\n\nSecond part, as important.',
    'First part.\n\n____\n\nSecond part.',
    'Thank you.\n\nRegards,\nAnita Sen',
    'Done.\n\nBest wishes,\nAnita\n\nThis message is confidential and intended for Ms Rao.',
    'Call 1800 123 456.',
    'Your PIN was sent on 1 June 2026 to:\nasha@example.test',
    'Le compte est fermé.\nAm I right that you have two?',
    '5 > 3, and a > b',
  ])('stay: %j', (own) => {
    expect(stripQuote(`${own}\n\n${intro}`)).toEqual({ text: own, belowQuote: false });
  });

  test('a line right above the introduction stays', () => {
    const reply = `On 3 June we deleted it\n${intro}`;
    expect(stripQuote(reply).text).toBe('On 3 June we deleted it');
  });

  test.each([
    'From: the bank\nWe know nothing.',
    'On Monday I wrote to him:\nplease delete it.',
    'On 12 May 2026 at 10:30 we wrote:\n\nYour data is gone.',
  ])('stay without any quote: %j', (own) => {
    expect(stripQuote(own)).toEqual({ text: own, belowQuote: false });
  });
});

describe('an answer below or inside the quote', () => {
  const intro = 'On Mon, 1 Jun 2026 at 10:00, Desk <desk@comantra.test> wrote:';

  test('below: a person looks, with the answer alone', () => {
    expect(stripQuote(`${intro}\n${QUOTED}\n\nWe have deleted it.\n\n-- \nAnita`)).toEqual({
      text: 'We have deleted it.',
      belowQuote: true,
    });
  });

  test('between the quoted lines: all of it is found', () => {
    const [first, second] = [quoted(OURS.slice(0, 3)), quoted(OURS.slice(3))];
    expect(stripQuote(`${intro}\n${first}\n\nDone.\n\n${second}\n\nAlso done.`)).toEqual({
      text: 'Done.\n\nAlso done.',
      belowQuote: true,
    });
  });

  test('above and below: both are kept', () => {
    expect(stripQuote(`Hello,\n\n${intro}\n${QUOTED}\nsee above`)).toEqual({
      text: 'Hello,\n\nsee above',
      belowQuote: true,
    });
  });

  test('with the customer quoted by hand: the quote stays in its place', () => {
    const own = 'You asked:\n\n> Is it gone?\n\nYes, since Monday.';
    expect(stripQuote(`${own}\n\n${intro}\n${QUOTED}`)).toEqual({ text: own, belowQuote: true });
  });

  test('below an unmarked quote: found where it is known what we sent', () => {
    const head = 'From: Desk <d@c.test>\nSent: 1 June 2026\nTo: Anita\nSubject: Case\n\n';
    const reply = `${head}${BARE}\n\nWe have deleted it.`;
    expect(stripQuote(reply, OURS)).toEqual({ text: 'We have deleted it.', belowQuote: true });
    expect(stripQuote(`${head}${BARE}`, OURS)).toEqual({ text: '', belowQuote: false });
  });

  test('known lines are dropped wherever they stand, and wrapped ones below the quote', () => {
    const known = ['We keep your data for five years and then delete it.', 'OK'];
    expect(stripQuote(`${known[0]!}\nThat is wrong.\nOK`, known).text).toBe('That is wrong.\nOK');
    const wrapped = `Done.\n\n${intro}\n> We keep your data for five\nyears and then delete it.`;
    expect(stripQuote(wrapped, known)).toEqual({ text: 'Done.', belowQuote: false });
  });
});

describe('replies that are made to take long', () => {
  const LIMIT_MS = 10_000;
  test.each<[string, string]>([
    ['10,000 quoted lines', `Done.\n\n${`${QUOTED}\n`.repeat(1667)}`],
    ['one line of a million characters', 'On a '.repeat(200_000)],
    ['a line of spaces', ' '.repeat(200_000)],
    ['blank lines', '\n'.repeat(200_000)],
    ['openers without an end', 'On Mon, 1 Jun 2026 <a@b.test>\n'.repeat(20_000)],
    ['heads without an end', 'From: a <a@b.test>\n'.repeat(20_000)],
    ['heads one after the other', 'From: a\nTo: b\nSent: c\n'.repeat(5000) + QUOTED],
    ['reply lines', `${REPLY_LINE}\n`.repeat(10_000)],
    ['half reply lines', 'Write your answer\n'.repeat(20_000)],
    ['Op and schreef', `Op ${'a schreef '.repeat(16)}\n`.repeat(1000)],
    ['Danish', `${'sep. a skrev '.repeat(12)}\n`.repeat(1000)],
    [
      'Polish and Chinese',
      `W dniu ${'a pisze '.repeat(18)}\n在 ${'写道'.repeat(70)}\n`.repeat(500),
    ],
    ['dashes', `${'-'.repeat(159)}\n`.repeat(1000)],
    ['angle brackets', `From: ${'<['.repeat(70)}\n`.repeat(1000)],
  ])('%s: under a second', (_, reply) => {
    expect(cpuMilliseconds(() => stripQuote(reply, OURS))).toBeLessThan(LIMIT_MS);
  });

  test('many own lines among what is known to be ours: under a second', () => {
    const known = Array.from({ length: 5000 }, (_, at) => `This is line ${at} of what we sent`);
    const own = `> a\n${'a line that is not there\n'.repeat(20_000)}`;
    expect(cpuMilliseconds(() => stripQuote(own, known))).toBeLessThan(LIMIT_MS);
    expect(stripQuote(own, known).belowQuote).toBe(true);
  });
});
