import type { Case, FollowUp, Round } from '../../models/cases';
import type { CaseMail } from '../../services/caseMails';
import { REPLY_LINE } from '../../services/inbound/quoteStripping';
import { refuseUnsafeMail } from '../../services/mailer';
import {
  additionNotification,
  confirmedNotification,
  doneMail,
  echoMail,
  followUpMail,
  missedMail,
  notDoneMail,
  notification,
  offerMail,
  staffAwayMail,
  undeliveredMail,
  warningMail,
} from '../../services/staffMails';
import { caseOf, roundWith } from '../support/cases';

const DUE = 'Monday 30 November 2026, 6:00 pm IST';
const FACTS = [
  'Reference: PD-7KQ4-M2XA',
  'Kind: Suspected breach',
  'Urgency: High',
  `Answer due: ${DUE}`,
  'Received: Monday 23 November 2026, 10:00 am IST, by chat',
  'Noticed: yesterday evening (2026-11-22)',
  'About someone who works here: No',
  'Name: Rina Sen',
  'How to reach the customer: rina@example.org, +919830012345',
];
const WORDS = [
  'What the customer wrote, in their own words:',
  '| Somebody read my mail.',
  '| Twice.',
];
const HOW_TO_REPLY = [
  'To answer, reply to this mail. What you write above the line at the top goes to the customer as you wrote it, and stops the clock.',
  '',
  'To do something else, begin the first line of your reply with one of these:',
  '',
  '- #note: keeps your reply internal',
  '- #extend 2026-12-10 and a reason: promises a later day; the customer is told both',
  '- #close and a reason: closes the case without an answer; the customer is told the reason',
  '- #spam or #not-privacy: files the case away without a word to anybody',
];

/** Where no answer is owed. */
const MORE_BY_REPLY =
  'To say something more, reply to this mail: what you write above the line at the top goes to the customer.';

const LATER = new Date('2026-12-02T12:30:00Z');
const EXTENDED = roundWith({
  extensions: [
    {
      dueAt: LATER,
      at: new Date('2026-11-27T05:00:00Z'),
      by: 'manager@example.com',
      reason: 'The logs are abroad.',
    },
  ],
});
const ANSWERED = roundWith({
  answers: [
    {
      id: 'a1',
      answeredAt: new Date('2026-11-25T06:00:00Z'),
      by: 'manager@example.com',
      text: 'We looked.',
    },
  ],
});
const filed = (as: 'spam' | 'notPrivacy' | 'closed'): Round =>
  roundWith({
    closing: { as, at: new Date('2026-11-25T06:00:00Z'), by: 'manager@example.com', reason: 'r' },
  });

/** The promise that a mail of 1 December has made, of a case that was over before. */
const AGAIN = roundWith({
  promise: {
    ...roundWith().promise,
    receivedAt: new Date('2026-12-01T05:00:00Z'),
    dueAt: new Date('2026-12-08T12:30:00Z'),
  },
});

const followUp = (changes: Partial<FollowUp> = {}): FollowUp => ({
  mailId: '22222222-2222-4222-8222-222222222222',
  at: new Date('2026-11-24T05:00:00Z'),
  subject: 'Re: [PD-7KQ4-M2XA] Your message to Comantra',
  text: 'It happened again.',
  attachments: [],
  ...changes,
});

/** Every mail that staff get about a case. */
const MAILS: readonly [string, (about: Case) => CaseMail][] = [
  ['notification', notification],
  ['later confirmation', confirmedNotification],
  ['addition', additionNotification],
  ['follow-up', (about) => followUpMail(about, followUp(), false)],
  ['reopening', (about) => followUpMail(about, followUp(), true)],
  ['first warning', (about) => warningMail(about, 2)],
  ['second warning', (about) => warningMail(about, 1)],
  ['missed promise', (about) => missedMail(about)],
  ['echo', (about) => echoMail(about, 'We looked.', 'the privacy manager of Comantra', [])],
  ['confirmation of a word', (about) => doneMail(about, 'Your note is kept', 'It is kept.')],
  ['refusal', (about) => notDoneMail(about, 'manager@example.com', 'It is closed.')],
  ['alarm', (about) => undeliveredMail(about, 'the answer to the customer', '5.1.1', 'answer')],
  ['hand-over', (about) => staffAwayMail(about, 'away@example.com', 'next@example.com')],
  ['offer', (about) => offerMail(about, LATER, '2026-12-02')],
];
/** Those that tell of the case with the customer's own words from its report. */
const TELLING = MAILS.filter(([, mailOf]) => mailOf(caseOf()).text.includes('Somebody read'));

/** The whole text, from the reply line to the signature. */
const textIs = (mail: CaseMail, ...lines: string[]): void => {
  expect(mail.text).toBe(
    [REPLY_LINE, '', ...lines, '', '-- ', 'Comantra Privacy Desk', ''].join('\n'),
  );
};

const withoutEmail = (changes: Partial<Case['report']> = {}): Case => {
  const { email: _email, phone: _phone, ...report } = caseOf().report;
  return caseOf({ opensByPin: true, report: { ...report, ...changes } });
};

describe('every mail to staff', () => {
  test.each(MAILS)('names the case in its subject, once: %s', (_what, mailOf) => {
    expect(mailOf(caseOf()).subject.split('[PD-7KQ4-M2XA] ')).toHaveLength(2);
  });

  test.each(MAILS)('begins with the line above which they answer: %s', (_what, mailOf) => {
    const { text, html } = mailOf(caseOf());
    expect(text.split('\n')[0]).toBe(REPLY_LINE);
    const body = html.slice(html.indexOf('<body')).replace(/<[^>]*>/g, '');
    expect(body.startsWith(REPLY_LINE)).toBe(true);
  });

  test.each(MAILS)('says the same in text and HTML: %s', (_what, mailOf) => {
    const { text, html } = mailOf(caseOf());
    const shown = html.replace(/<[^>]*>/g, ' ').replace(/&\w+;|&#\d+;/g, ' ');
    const words = (said: string): string[] => said.match(/[\p{L}\p{N}#@+-]{3,}/gu) ?? [];
    for (const word of words(text.replace(/^-- $/m, ''))) expect(shown).toContain(word);
  });

  test.each(MAILS)('is sent by the desk and not by a person: %s', (_what, mailOf) => {
    expect(mailOf(caseOf()).byPerson).toBeFalsy();
  });

  test.each(TELLING)('marks every line of the customer as theirs: %s', (_what, mailOf) => {
    expect(mailOf(caseOf()).text).toContain(`\n\n${WORDS.join('\n')}\n\n`);
  });

  test('is one of fourteen, of which seven tell the whole case', () => {
    expect([MAILS.length, TELLING.length]).toEqual([14, 7]);
  });
});

describe('the addressees of a mail to staff', () => {
  const audiences = (about: Case) =>
    Object.fromEntries(
      MAILS.map(([what, mailOf]) => {
        const { audience, to } = mailOf(about);
        return [what, to ? `${audience}: ${to}` : audience];
      }),
    );
  const ONE = {
    refusal: 'one: manager@example.com',
    'hand-over': 'one: next@example.com',
  };

  test('are the managers, and with them the escalation address for a missed promise', () => {
    for (const aboutStaff of ['no', 'staff'] as const)
      expect(audiences(caseOf({ aboutStaff }))).toEqual({
        ...Object.fromEntries(MAILS.map(([what]) => [what, 'managers'])),
        'missed promise': 'managersAndEscalation',
        ...ONE,
      });
  });

  test('are nobody but the escalation address where the case is about the privacy manager', () => {
    expect(audiences(caseOf({ aboutStaff: 'privacy_manager' }))).toEqual({
      ...Object.fromEntries(MAILS.map(([what]) => [what, 'escalation'])),
      ...ONE,
    });
  });

  test.each([
    ['no', 'staff', 'managersAndEscalation'],
    ['privacy_manager', 'staff', 'escalation'],
    ['no', 'customer', 'managers'],
    ['privacy_manager', 'customer', 'escalation'],
  ] as const)(
    'of the alarm, for a case about %s and a mail to %s, are %s',
    (aboutStaff, of, audience) => {
      expect(undeliveredMail(caseOf({ aboutStaff }), 'a mail', '550', of).audience).toBe(audience);
    },
  );
});

describe('the notification of a confirmed case', () => {
  test('says what, when, how to reach the customer, until when, and how to answer', () => {
    const mail = notification(caseOf());
    expect(mail).toMatchObject({
      kind: 'case.notification',
      audience: 'managers',
      subject: `[PD-7KQ4-M2XA] Suspected breach, answer due ${DUE}`,
    });
    expect(mail.to).toBeUndefined();
    textIs(
      mail,
      'A customer has opened a case in the chat.',
      '',
      ...FACTS,
      '',
      ...WORDS,
      '',
      ...HOW_TO_REPLY,
    );
  });

  test('begins with URGENT when it goes on', () => {
    const mail = notification(caseOf({ urgency: 'now' }));
    expect(mail.subject).toMatch(/^URGENT \[PD-7KQ4-M2XA\] /);
    expect(mail.text).toContain('Urgency: URGENT: the customer says it is happening now\n');
  });

  test.each<[string, Case, string]>([
    [
      'address alone',
      caseOf({ report: { ...withoutEmail().report, email: 'a@example.org' } }),
      'a@example.org',
    ],
    ['telephone alone', withoutEmail({ phone: '+919830012345' }), '+919830012345'],
    [
      'neither',
      withoutEmail(),
      'Only in the chat, with the reference and a PIN: the customer gave no address.',
    ],
    [
      'an address that they did not confirm',
      caseOf({ report: { whatHappened: 'x', email: 'a@example.org', emailUnconfirmed: true } }),
      'a@example.org (not confirmed, and the customer has not said who else can read it: do not write there unasked)',
    ],
    [
      'none, since somebody else reads their mailbox',
      withoutEmail({ mailboxShared: true }),
      'Only in the chat (somebody else can read their mailbox: write to no address in the text below)',
    ],
    [
      'a telephone number alone, since somebody else reads their mailbox',
      withoutEmail({ mailboxShared: true, phone: '+919830012345' }),
      '+919830012345 (somebody else can read their mailbox: write to no address in the text below)',
    ],
    ['neither, and not confirmed', { ...withoutEmail(), confirmed: false }, 'Not told yet.'],
  ])('tells how to reach a customer who gave %s', (_what, opened, reach) => {
    expect(notification(opened).text).toContain(`How to reach the customer: ${reach}\n`);
  });

  test('says what was not told', () => {
    const { text } = notification(caseOf({ report: { whatHappened: 'Something.' } }));
    expect(text).toContain('\nNoticed: Not told\n');
    expect(text).toContain('\nName: Not told\n');
  });

  test('keeps the customer’s own words for the time when no date was read', () => {
    const report = { whatHappened: 'x', noticed: { words: 'some weeks back' } };
    expect(notification(caseOf({ report })).text).toContain('\nNoticed: some weeks back\n');
  });
});

describe('the notification of a case that came by mail', () => {
  const byMail = (changes: Partial<NonNullable<Case['origin']>> = {}): Case =>
    caseOf({
      channel: 'mail',
      report: { whatHappened: 'Please look.', email: 'rina@example.org' },
      origin: {
        mailId: '22222222-2222-4222-8222-222222222222',
        subject: 'My account',
        attachments: [],
        bulk: false,
        unverified: false,
        ...changes,
      },
    });

  test('says so, and gives its subject instead of a time that nobody was asked for', () => {
    textIs(
      notification(byMail()),
      'A customer has written a mail.',
      '',
      ...FACTS.slice(0, 4),
      'Received: Monday 23 November 2026, 10:00 am IST, by mail',
      'Subject: My account',
      'About someone who works here: Not asked',
      'Name: Not told',
      'How to reach the customer: rina@example.org',
      '',
      'What the customer wrote, in their own words:',
      '| Please look.',
      '',
      ...HOW_TO_REPLY,
    );
  });

  test.each<[Case['channel'], Case['aboutStaff'], string]>([
    ['mail', 'no', 'Not asked'],
    ['mail', 'staff', 'Yes'],
    ['mail', 'privacy_manager', 'Yes, the privacy manager'],
    ['chat', 'no', 'No'],
  ])('by %s about %s has, of someone who works here: %s', (channel, aboutStaff, said) => {
    expect(notification(caseOf({ channel, aboutStaff })).text).toContain(
      `\nAbout someone who works here: ${said}\n`,
    );
  });

  test('says that there is no subject', () => {
    expect(notification(byMail({ subject: '' })).text).toContain('\nSubject: (none)\n');
  });

  test('says when nothing shows who wrote it', () => {
    expect(notification(byMail({ unverified: true })).text).toContain(
      '\nSender: Nothing shows that the mail came from the address that it names.\n',
    );
    expect(notification(byMail()).text).not.toContain('Sender:');
  });

  test('lists the files, and says how to get them', () => {
    const attachments = [
      { name: 'screen.png', type: 'image/png', bytes: 240_000 },
      { name: '../../etc/passwd', type: 'text/plain', bytes: 12 },
    ];
    expect(notification(byMail({ attachments })).text).toContain(
      [
        'Files came with it. They were stored and not opened:',
        '',
        '- screen.png (image/png, 240 kB)',
        '- ../../etc/passwd (text/plain, 12 bytes)',
        '',
        'To get them: npm run inbound -- save 22222222-2222-4222-8222-222222222222 --out FOLDER',
        '',
      ].join('\n'),
    );
  });
});

test('the notification of an unconfirmed case says so in the subject and first of all', () => {
  const mail = notification(caseOf({ confirmed: false }));
  expect(mail.subject).toBe(`[PD-7KQ4-M2XA] Unconfirmed: Suspected breach, answer due ${DUE}`);
  expect(mail.text.split('\n')[2]).toBe(
    'A customer told this in the chat an hour ago or longer and did not confirm it. It is passed on so that it is not lost; parts may be missing or wrong.',
  );
});

const COMPLAINT = caseOf({ kind: 'complaint', urgency: 'normal', aboutStaff: 'staff' });
const COMPLAINT_FACTS = FACTS.map((line) =>
  line
    .replace('Suspected breach', 'Privacy complaint')
    .replace('High', 'Normal')
    .replace('here: No', 'here: Yes'),
);

test('the notification of a later confirmation says what the case says now', () => {
  const mail = confirmedNotification(COMPLAINT);
  expect(mail).toMatchObject({
    kind: 'case.confirmed',
    subject: `[PD-7KQ4-M2XA] Now confirmed: Privacy complaint, answer due ${DUE}`,
  });
  textIs(
    mail,
    'The customer has confirmed a case that was passed on unconfirmed. This is what it says now; the due date has not changed.',
    '',
    ...COMPLAINT_FACTS,
    '',
    ...WORDS,
    '',
    ...HOW_TO_REPLY,
  );
});

test('the notification of what was told since says what the case says now', () => {
  const mail = additionNotification({ ...COMPLAINT, confirmed: false });
  expect(mail).toMatchObject({
    kind: 'case.addition',
    subject: `[PD-7KQ4-M2XA] Unconfirmed, more was told: Privacy complaint, answer due ${DUE}`,
  });
  textIs(
    mail,
    'The customer has told more of a case that was passed on unconfirmed, and has still not confirmed it. This is what it says now; the due date has not changed.',
    '',
    ...COMPLAINT_FACTS,
    '',
    ...WORDS,
    '',
    ...HOW_TO_REPLY,
  );
});

describe('what the customer writes later', () => {
  test('is forwarded with its subject, and the date that stays', () => {
    const mail = followUpMail(caseOf(), followUp(), false);
    expect(mail).toMatchObject({
      kind: 'case.followUp',
      subject: '[PD-7KQ4-M2XA] The customer has written again',
    });
    textIs(
      mail,
      `The customer has written again. The answer is still due by ${DUE}.`,
      '',
      'Subject: Re: [PD-7KQ4-M2XA] Your message to Comantra',
      '',
      'What the customer wrote, in their own words:',
      '| It happened again.',
      '',
      ...FACTS,
      '',
      ...HOW_TO_REPLY,
    );
  });

  test.each<[string, Round]>([
    ['answered', ANSWERED],
    ['closed', filed('closed')],
    ['answered', { ...ANSWERED, closing: filed('closed').closing }],
  ])(
    'opens a case that was %s again, with the new date in the subject and first of all',
    (what, round) => {
      const newDue = 'Tuesday 8 December 2026, 6:00 pm IST';
      const mail = followUpMail(caseOf({ rounds: [round, AGAIN] }), followUp(), true);
      expect(mail).toMatchObject({
        kind: 'case.reopened',
        subject: `[PD-7KQ4-M2XA] Open again, answer due ${newDue}`,
      });
      expect(mail.text.split('\n')[2]).toBe(
        `The customer has written again after the case was ${what}. It is open again, with a new promise: the answer is due by ${newDue}. If nothing is asked, reply “#close” and why.`,
      );
      expect(mail.text).toContain(
        `\nAnswer due: ${newDue}\nReceived: Tuesday 1 December 2026, 10:30 am IST, by mail\n`,
      );
      expect(mail.text).toContain(`\n\n${HOW_TO_REPLY[0]}\n\n`);
    },
  );

  test.each<[string, Round, string, string]>([
    [
      'answered',
      ANSWERED,
      'The customer has written again. It asks for nothing, so the case stays answered.',
      'Answered: Wednesday 25 November 2026, 11:30 am IST',
    ],
    [
      'filed as spam',
      filed('spam'),
      'The customer has written again about a case that was filed as spam. Answer it if it should not have been.',
      'Was filed as spam: Wednesday 25 November 2026, 11:30 am IST',
    ],
    [
      'filed as not about privacy',
      filed('notPrivacy'),
      'The customer has written again about a case that was filed as not about privacy. Answer it if it should not have been.',
      'Was filed as not about privacy: Wednesday 25 November 2026, 11:30 am IST',
    ],
  ])('and leaves a case that was %s as it is, says so', (_what, round, lead, standing) => {
    const { text } = followUpMail(caseOf({ rounds: [round] }), followUp(), false);
    expect(text.split('\n')[2]).toBe(lead);
    expect(text).toContain(`\n${standing}\n`);
    expect(text).not.toContain('Answer due');
    expect(text).toContain(`\n\n${MORE_BY_REPLY}\n\n`);
    expect(text).not.toContain('#');
  });

  test('is not passed off as the customer’s where somebody else wrote it', () => {
    const { text } = followUpMail(caseOf(), followUp({ from: 'amit@example.net' }), false);
    expect(text).toContain(
      '\n\nWhat amit@example.net wrote, who is not the customer:\n| It happened again.\n\n',
    );
    expect(text).not.toContain('in their own words');
  });

  test('says when nothing shows who wrote it', () => {
    const said = '\n\nNothing shows that this mail came from the address that it names.\n\n';
    expect(followUpMail(caseOf(), followUp({ unverified: true }), false).text).toContain(said);
    expect(followUpMail(caseOf(), followUp(), false).text).not.toContain(said);
  });

  test('is forwarded without a subject where there is none', () => {
    expect(followUpMail(caseOf(), followUp({ subject: '' }), false).text).not.toContain('Subject:');
  });

  test('lists the files that came with it', () => {
    const attachments = [{ name: 'screen.png', type: 'image/png', bytes: 1_500_000 }];
    const { text } = followUpMail(caseOf(), followUp({ attachments }), false);
    expect(text).toContain('\n- screen.png (image/png, 1.5 MB)\n');
    expect(text).toContain('-- save 22222222-2222-4222-8222-222222222222 --out FOLDER\n');
  });
});

describe('a warning', () => {
  test.each([
    [2, 'Two business days left', 'on the business day after next'],
    [1, 'One business day left', 'on the next business day'],
  ] as const)('%i business days before says until when', (days, subject, when) => {
    const mail = warningMail(caseOf(), days);
    expect(mail).toMatchObject({
      kind: 'case.warning',
      subject: `[PD-7KQ4-M2XA] ${subject}: answer due ${DUE}`,
    });
    textIs(
      mail,
      `This case has no answer yet. It is due by ${DUE}: ${when}.`,
      '',
      ...FACTS,
      '',
      ...WORDS,
      '',
      ...HOW_TO_REPLY,
    );
  });

  test('that is late says why', () => {
    const { text } = warningMail(caseOf(), 1, new Date('2026-11-27T03:30:00Z'));
    expect(text.split('\n')[4]).toBe(
      'This mail should have gone out on Friday 27 November 2026, 9:00 am IST. It is late because the desk was not running then, or did not know of the case yet.',
    );
  });

  test('shows what the customer has added since, the latest three, and whose words they are', () => {
    const followUps = [
      followUp({ text: 'The first.' }),
      followUp({ text: 'The second.' }),
      followUp({ text: 'The third,\nof two lines.', from: 'amit@example.net' }),
      followUp({ text: 'The fourth.' }),
    ];
    const words = [
      ...WORDS,
      '',
      'What the customer wrote then, in their own words:',
      '| The second.',
      '',
      'What amit@example.net wrote then, who is not the customer:',
      '| The third,',
      '| of two lines.',
      '',
      'What the customer wrote then, in their own words:',
      '| The fourth.',
      '',
      ...HOW_TO_REPLY,
    ].join('\n');
    for (const mail of [warningMail(caseOf({ followUps }), 1), missedMail(caseOf({ followUps }))]) {
      expect(mail.text).toContain(`\n\n${words}\n\n`);
      expect(mail.text).not.toContain('The first.');
    }
  });

  test('goes by the later date, and gives the one that was promised first', () => {
    const { subject, text } = warningMail(caseOf({ rounds: [EXTENDED] }), 2);
    const later = 'Wednesday 2 December 2026, 6:00 pm IST';
    expect(subject).toBe(`[PD-7KQ4-M2XA] Two business days left: answer due ${later}`);
    expect(text).toContain(`\nAnswer due: ${later} (promised first: ${DUE})\n`);
  });
});

describe('the mail about a missed promise', () => {
  test('says so first, and what the customer will be told', () => {
    const mail = missedMail(caseOf());
    expect(mail).toMatchObject({
      kind: 'case.missed',
      audience: 'managersAndEscalation',
      subject: `[PD-7KQ4-M2XA] MISSED: the answer was due ${DUE}`,
    });
    textIs(
      mail,
      `The answer to this case was due by ${DUE}, and there is none. The promise is missed. The customer will be told so, with an apology, when the company next opens, unless they have their answer by then. Please answer now.`,
      '',
      ...FACTS,
      '',
      ...WORDS,
      '',
      ...HOW_TO_REPLY,
    );
  });

  test('that is late says why', () => {
    expect(missedMail(caseOf(), new Date('2026-11-30T12:30:00.001Z')).text).toContain(
      `This mail should have gone out on ${DUE}. It is late because the desk was not running then, or did not know of the case yet.`,
    );
  });
});

describe('the echo of an answer', () => {
  const STANDING = 'It reached the desk in time: the promise is kept.';
  const echo = (about: Case): CaseMail =>
    echoMail(about, 'We looked.\nIt was us.', 'the privacy manager of Comantra', [STANDING]);

  test('says how the promise stands, which way it goes, and shows what was sent', () => {
    const mail = echo(caseOf({ conversationReference: {}, rounds: [ANSWERED] }));
    expect(mail).toMatchObject({
      kind: 'case.echo',
      subject: '[PD-7KQ4-M2XA] The answer has gone to the customer',
    });
    textIs(
      mail,
      STANDING,
      '',
      'It goes to the customer in the chat and by mail to rina@example.org.',
      '',
      'What the customer was sent, from the privacy manager of Comantra:',
      '| We looked.',
      '| It was us.',
      '',
      'If something else has to be said, reply to this mail: it goes to the customer as a further answer.',
    );
  });

  test.each<[string, Case, string]>([
    ['an address alone', caseOf(), 'It goes to the customer by mail to rina@example.org.'],
    [
      'a conversation alone',
      { ...withoutEmail(), conversationReference: {} },
      'It goes to the customer in the chat.',
    ],
    [
      'an address that was not confirmed',
      caseOf({ confirmed: false, conversationReference: {} }),
      'It goes to the customer in the chat.',
    ],
    [
      'neither',
      withoutEmail(),
      'The desk knows no way to bring it to the customer: they see it when they check the case.',
    ],
  ])('names the ways where there is %s', (_what, about, way) => {
    expect(echo(about).text.split('\n')[4]).toBe(way);
  });
});

test('what a word on the first line has done is confirmed in a sentence', () => {
  const mail = doneMail(caseOf(), 'Your note is kept', 'The customer was not told.');
  expect(mail).toMatchObject({ kind: 'case.done', subject: '[PD-7KQ4-M2XA] Your note is kept' });
  textIs(mail, 'The customer was not told.');
});

describe('what was not done', () => {
  const notDone = (about: Case): CaseMail =>
    notDoneMail(about, 'manager@example.com', 'That day is a closed one.');

  test('is told to who asked for it, with the reason, how the case stands and how to do it', () => {
    const mail = notDone(caseOf());
    expect(mail).toMatchObject({
      kind: 'case.notDone',
      subject: '[PD-7KQ4-M2XA] Nothing was done with your reply',
    });
    textIs(
      mail,
      'That day is a closed one.',
      '',
      'Reference: PD-7KQ4-M2XA',
      `Answer due: ${DUE}`,
      '',
      ...HOW_TO_REPLY,
    );
  });

  test.each<[string, Round]>([
    ['Answered', ANSWERED],
    ['Was closed without an answer', filed('closed')],
  ])('names no word for a promise where none is owed: %s', (standing, round) => {
    textIs(
      notDone(caseOf({ rounds: [round] })),
      'That day is a closed one.',
      '',
      'Reference: PD-7KQ4-M2XA',
      `${standing}: Wednesday 25 November 2026, 11:30 am IST`,
      '',
      MORE_BY_REPLY,
    );
  });
});

describe('the alarm about a mail that came back', () => {
  test('names the mail and the reason, and the other way to the customer', () => {
    const mail = undeliveredMail(
      caseOf({ conversationReference: {} }),
      'the answer to the customer',
      '5.2.2',
      'answer',
    );
    expect(mail).toMatchObject({
      kind: 'case.undelivered',
      subject: '[PD-7KQ4-M2XA] Not delivered: the answer to the customer',
    });
    textIs(
      mail,
      'The answer to the customer came back undelivered (5.2.2). The mailbox may be full, gone or misspelt.',
      '',
      'The customer can still be reached in the chat that they wrote in.',
      '',
      ...FACTS,
    );
  });

  test('says that there is no other way', () => {
    expect(undeliveredMail(caseOf(), 'the answer', '550', 'answer').text).toContain(
      '\n\nThe desk knows no other way to reach the customer.\n\n',
    );
  });

  test('says nothing of the customer’s ways where it was a mail to staff', () => {
    textIs(
      undeliveredMail(caseOf(), 'a mail to manager@example.com', '550', 'staff'),
      'A mail to manager@example.com came back undelivered (550). The mailbox may be full, gone or misspelt.',
      '',
      ...FACTS,
    );
  });
});

test('the hand-over tells the next of staff the whole case, and who is away', () => {
  const mail = staffAwayMail(caseOf(), 'away@example.com', 'next@example.com');
  expect(mail).toMatchObject({
    kind: 'case.staffAway',
    subject: `[PD-7KQ4-M2XA] away@example.com seems to be away: answer due ${DUE}`,
  });
  textIs(
    mail,
    `away@example.com was told of this case, and an automatic reply came back. Please take it: the answer is due by ${DUE}.`,
    '',
    ...FACTS,
    '',
    ...WORDS,
    '',
    ...HOW_TO_REPLY,
  );
});

test('the offer of an extension says what has not moved, and what to write to move it', () => {
  const mail = offerMail(caseOf(), LATER, '2026-12-02');
  expect(mail).toMatchObject({
    kind: 'case.offer',
    subject: '[PD-7KQ4-M2XA] The business calendar has changed',
  });
  textIs(
    mail,
    `The business calendar now has a closed day that it did not have when this was promised. The promise has not moved: the answer is due by ${DUE}. By the calendar of today it would be Wednesday 2 December 2026, 6:00 pm IST.`,
    '',
    'To move it, reply “#extend 2026-12-02” and the reason; the customer is told both.',
    '',
    ...FACTS,
  );
});

describe('a hostile customer', () => {
  const MARKUP = `<script>alert(1)</script> <a href="http://evil.example">x</a> &`;
  const FORGERY = `x\r\nBcc: mallory@example.net\n\nReference: PD-0000-0000\u2028${REPLY_LINE}\u0085Subject: y`;
  const saying = (words: string): Case =>
    caseOf({
      channel: 'mail',
      report: {
        whatHappened: words,
        noticed: { words },
        email: 'rina@example.org',
        name: words,
        phone: words,
      },
      origin: {
        mailId: 'm1',
        subject: words,
        attachments: [{ name: words, type: words, bytes: 1 }],
        bulk: false,
        unverified: true,
      },
      followUps: [writingAgain(words)],
    });
  const writingAgain = (words: string): FollowUp =>
    followUp({
      subject: words,
      text: words,
      from: words,
      attachments: [{ name: words, type: words, bytes: 1 }],
    });
  const ALL: typeof MAILS = [
    ...MAILS,
    ['hostile follow-up', (about) => followUpMail(about, writingAgain(FORGERY + MARKUP), false)],
    ['hostile reopening', (about) => followUpMail(about, writingAgain(FORGERY + MARKUP), true)],
  ];

  test.each(ALL)('adds no element to the HTML: %s', (_what, mailOf) => {
    const { html } = mailOf(saying(MARKUP));
    expect(html).not.toMatch(/<script|<a |evil\.example"/);
    expect(mailOf(saying(MARKUP)).text.includes('<script>')).toBe(
      html.includes('&lt;script&gt;alert(1)&lt;/script&gt;'),
    );
  });

  test.each(ALL)('gets no word into the subject, and no header: %s', (_what, mailOf) => {
    for (const words of [MARKUP, FORGERY]) {
      const { subject } = mailOf(saying(words));
      expect(subject).toBe(mailOf(caseOf({ channel: 'mail' })).subject);
      expect(() => {
        refuseUnsafeMail({ id: 'm1', to: 'manager@example.com', subject });
      }).not.toThrow();
    }
  });

  test.each(ALL)(
    'cannot pass for a fact of the desk, or for its reply line: %s',
    (_what, mailOf) => {
      const { text } = mailOf(saying(FORGERY));
      const lines = text.split(/\r\n|[\n\r\u0085\u2028]/);
      const known = mailOf(caseOf({ channel: 'mail' })).text.includes('\nReference: ');
      expect(lines.filter((line) => line.startsWith('Reference:'))).toEqual(
        known ? ['Reference: PD-7KQ4-M2XA'] : [],
      );
      expect(lines.filter((line) => line.startsWith(REPLY_LINE))).toHaveLength(1);
      expect(lines.filter((line) => line.startsWith('Bcc:'))).toEqual([]);
    },
  );
});
