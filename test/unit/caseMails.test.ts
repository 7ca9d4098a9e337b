import type { Case } from '../../models/cases';
import {
  acknowledgement,
  additionNotification,
  answerMail,
  confirmedNotification,
  notification,
  type CaseMail,
} from '../../services/caseMails';
import { caseOf } from '../support/cases';

const SIGNATURE = ['-- ', 'Comantra Privacy Desk', ''];
const CLOSING =
  'The answer is due by Monday 30 November 2026, 6:00 pm IST. It is entered at the desk with “npm run cases -- answer PD-7KQ4-M2XA”; that stops the clock and brings it to the customer.';
const CHAT = 'https://desk.example.com';

const textIs = (mail: CaseMail, ...lines: string[]): void => {
  expect(mail.text).toBe([...lines, '', ...SIGNATURE].join('\n'));
};

const withoutEmail = (changes: Partial<Case['report']> = {}): Case => {
  const { email: _email, phone: _phone, ...report } = caseOf().report;
  return caseOf({ opensByPin: true, report: { ...report, ...changes } });
};

describe('the notification of a confirmed case', () => {
  test('says what, when, how to reach the customer, and until when', () => {
    const mail = notification(caseOf());
    expect(mail).toMatchObject({
      kind: 'case.notification',
      audience: 'managers',
      subject: '[PD-7KQ4-M2XA] Suspected breach, answer due Monday 30 November 2026, 6:00 pm IST',
    });
    expect(mail.to).toBeUndefined();
    textIs(
      mail,
      'A customer has opened a case in the chat.',
      '',
      'Reference: PD-7KQ4-M2XA',
      'Kind: Suspected breach',
      'Urgency: High',
      'Answer due: Monday 30 November 2026, 6:00 pm IST',
      'Received: Monday 23 November 2026, 10:00 am IST',
      'Noticed: yesterday evening (2026-11-22)',
      'About someone who works here: No',
      'Name: Rina Sen',
      'How to reach the customer: rina@example.org, +919830012345',
      '',
      'What the customer wrote, in their own words:',
      '| Somebody read my mail.',
      '| Twice.',
      '',
      CLOSING,
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

test('the notification of an unconfirmed case says so in the subject and first of all', () => {
  const mail = notification(caseOf({ confirmed: false }));
  expect(mail.subject).toBe(
    '[PD-7KQ4-M2XA] Unconfirmed: Suspected breach, answer due Monday 30 November 2026, 6:00 pm IST',
  );
  expect(mail.text.split('\n')[0]).toBe(
    'A customer told this in the chat an hour ago or longer and did not confirm it. It is passed on so that it is not lost; parts may be missing or wrong.',
  );
});

const FACTS = [
  'Reference: PD-7KQ4-M2XA',
  'Kind: Privacy complaint',
  'Urgency: Normal',
  'Answer due: Monday 30 November 2026, 6:00 pm IST',
  'Received: Monday 23 November 2026, 10:00 am IST',
  'Noticed: yesterday evening (2026-11-22)',
  'About someone who works here: Yes',
  'Name: Rina Sen',
  'How to reach the customer: rina@example.org, +919830012345',
  '',
  'What the customer wrote, in their own words:',
  '| Somebody read my mail.',
  '| Twice.',
];
const complaint = caseOf({ kind: 'complaint', urgency: 'normal', aboutStaff: 'staff' });

test('the notification of a later confirmation says what the case says now', () => {
  const mail = confirmedNotification(complaint);
  expect(mail).toMatchObject({
    kind: 'case.confirmed',
    audience: 'managers',
    subject:
      '[PD-7KQ4-M2XA] Now confirmed: Privacy complaint, answer due Monday 30 November 2026, 6:00 pm IST',
  });
  textIs(
    mail,
    'The customer has confirmed a case that was passed on unconfirmed. This is what it says now; the due date has not changed.',
    '',
    ...FACTS,
    '',
    CLOSING,
  );
});

test('the notification of what was told since says what the case says now', () => {
  const mail = additionNotification({ ...complaint, confirmed: false });
  expect(mail).toMatchObject({
    kind: 'case.addition',
    audience: 'managers',
    subject:
      '[PD-7KQ4-M2XA] Unconfirmed, more was told: Privacy complaint, answer due Monday 30 November 2026, 6:00 pm IST',
  });
  textIs(
    mail,
    'The customer has told more of a case that was passed on unconfirmed, and has still not confirmed it. This is what it says now; the due date has not changed.',
    '',
    ...FACTS,
    '',
    CLOSING,
  );
});

describe('a case about the privacy manager', () => {
  test.each([
    ['notification', notification],
    ['later confirmation', confirmedNotification],
    ['addition', additionNotification],
  ])('goes to the escalation address and to nobody else: %s', (_what, mailOf) => {
    const mail = mailOf(caseOf({ aboutStaff: 'privacy_manager' }));
    expect(mail.audience).toBe('escalation');
    expect(mail.to).toBeUndefined();
    expect(mail.text).toContain('About someone who works here: Yes, the privacy manager\n');
  });

  test('about other staff goes to the managers', () => {
    expect(notification(caseOf({ aboutStaff: 'staff' })).audience).toBe('managers');
  });
});

describe('the acknowledgement', () => {
  const mail = acknowledgement(caseOf(), 'rina@example.org', CHAT);

  test('gives the reference, the due date and what happens next', () => {
    expect(mail).toMatchObject({
      kind: 'case.acknowledgement',
      audience: 'customer',
      to: 'rina@example.org',
      subject: '[PD-7KQ4-M2XA] We have your message',
    });
    textIs(
      mail,
      'We have your message. Thank you.',
      '',
      'Your reference: PD-7KQ4-M2XA',
      'You will have an answer by: Monday 30 November 2026, 6:00 pm IST',
      '',
      'What happens next: a person reads it and answers to this address. You can check the case at any time in the chat at https://desk.example.com with this reference and this e-mail address.',
      '',
      'If you did not write to us, somebody gave us your address by mistake: you need do nothing.',
    );
  });

  test('tells nothing of the report, since the mailbox is not proved', () => {
    const told = caseOf({
      kind: 'misuse',
      urgency: 'now',
      aboutStaff: 'privacy_manager',
      report: {
        whatHappened: 'zebra giraffe',
        noticed: { words: 'walrus', date: '2026-11-22' },
        email: 'rina@example.org',
        name: 'Ocelot',
        phone: '+919830012345',
      },
    });
    const { subject, text, html } = acknowledgement(told, 'rina@example.org', CHAT);
    expect([subject, text, html].join()).not.toMatch(
      /zebra|giraffe|walrus|ocelot|98300|misuse|breach|urgent|staff|works here|2026-11-22/i,
    );
  });
});

describe('the answer', () => {
  test('is the manager’s words, and none of the customer’s', () => {
    const mail = answerMail(caseOf(), 'rina@example.org', 'We looked.\nIt was <us>.', CHAT);
    expect(mail).toMatchObject({
      kind: 'case.answer',
      audience: 'customer',
      to: 'rina@example.org',
      subject: '[PD-7KQ4-M2XA] The answer to your message',
    });
    textIs(
      mail,
      'This is the answer to your case PD-7KQ4-M2XA.',
      '',
      'From the privacy manager of Comantra:',
      '| We looked.',
      '| It was <us>.',
      '',
      'You can read it again in the chat at https://desk.example.com with the reference and this e-mail address.',
    );
    expect(mail.html).toContain('It was &lt;us&gt;.');
  });
});

describe('the customer’s words', () => {
  const hostile = `<script>alert(1)</script> <a href="http://evil.example">x</a> &`;
  const opened = caseOf({
    report: {
      whatHappened: hostile,
      noticed: { words: hostile },
      email: 'rina@example.org',
      name: hostile,
    },
  });

  test.each([
    ['notification', notification],
    ['later confirmation', confirmedNotification],
    ['addition', additionNotification],
  ])('are text in the HTML of the %s', (_what, mailOf) => {
    const { html } = mailOf(opened);
    expect(html).not.toMatch(/<script|<a /);
    expect(html.split('&lt;script&gt;alert(1)&lt;/script&gt;')).toHaveLength(4);
  });

  test('never stand in a subject', () => {
    for (const mailOf of [notification, confirmedNotification, additionNotification])
      expect(mailOf(opened).subject).not.toMatch(/script|evil/);
  });

  test('cannot pass for a fact of the desk', () => {
    const report = {
      whatHappened: 'x\n\nReference: PD-0000-0000',
      name: 'x\nReference: PD-0000-0000',
    };
    const { text } = notification(caseOf({ report }));
    expect(text.split('\n').filter((line) => line.startsWith('Reference:'))).toEqual([
      'Reference: PD-7KQ4-M2XA',
    ]);
  });
});
