import type { Case } from '../../models/cases';
import type { CaseMail } from '../../services/caseMails';
import {
  acknowledgement,
  addedMail,
  answerMail,
  apologyMail,
  apologyWords,
  closedMail,
  extendedMail,
  openAgainMail,
} from '../../services/customerMails';
import { REPLY_LINE } from '../../services/inbound/quoteStripping';
import { refuseUnsafeMail } from '../../services/mailer';
import { caseOf, roundWith } from '../support/cases';

const TO = 'rina@example.org';
const CHAT = 'https://desk.example.com';
const PERSON = 'write to info@comantra.net';
const DUE = 'Monday 30 November 2026, 6:00 pm IST';
const LATER = 'Wednesday 2 December 2026, 6:00 pm IST';
const SUBJECT = '[PD-7KQ4-M2XA] Your message to Comantra';
/** What staff wrote, in every mail that brings words of theirs. */
const THEIRS = 'We looked.\nIt was <us>.';

const dueAt = roundWith().promise.dueAt;
const EXTENDED = caseOf({
  rounds: [
    roundWith({
      extensions: [
        {
          dueAt: new Date('2026-12-02T12:30:00Z'),
          at: new Date('2026-11-27T05:00:00Z'),
          by: 'manager@example.com',
          reason: THEIRS,
        },
      ],
    }),
  ],
});

/** Every mail that a customer gets about a case, and what it is called. */
const MAILS: readonly [CaseMail['kind'], (about: Case) => CaseMail][] = [
  ['case.acknowledgement', (about) => acknowledgement(about, TO, CHAT)],
  ['case.again', (about) => openAgainMail(about, TO, CHAT)],
  ['case.more', (about) => addedMail(about, TO, 2)],
  ['case.answer', (about) => answerMail(about, TO, THEIRS, false, CHAT)],
  ['case.extended', (about) => extendedMail(about, TO, dueAt, THEIRS)],
  ['case.closed', (about) => closedMail(about, TO, THEIRS)],
  ['case.apology', (about) => apologyMail(about, TO, PERSON)],
];

const textIs = (mail: CaseMail, ...lines: string[]): void => {
  expect(mail.text).toBe([...lines, '', '-- ', 'Comantra Privacy Desk', ''].join('\n'));
};

describe('every mail to a customer', () => {
  test.each(MAILS)('%s goes to their address alone', (kind, mailOf) => {
    expect(mailOf(caseOf())).toMatchObject({ kind, audience: 'customer', to: TO });
  });

  test.each(MAILS)(
    '%s has the one subject of its case, so that they are one thread',
    (kind, mailOf) => {
      const about = caseOf({ urgency: 'now', kind: 'misuse', aboutStaff: 'privacy_manager' });
      expect(mailOf(about).subject).toBe(
        kind === 'case.acknowledgement' ? SUBJECT : `Re: ${SUBJECT}`,
      );
    },
  );

  test.each(MAILS)('%s is by a person only where a person wrote what it brings', (kind, mailOf) => {
    expect(mailOf(caseOf()).byPerson).toBe(kind === 'case.answer');
  });

  test.each(MAILS)('%s asks nobody to write above a line', (_kind, mailOf) => {
    const { text, html } = mailOf(caseOf());
    expect(text + html).not.toContain(REPLY_LINE);
  });

  test.each(MAILS)('%s says the same in text and HTML', (_kind, mailOf) => {
    const { text, html } = mailOf(caseOf());
    const shown = html.replace(/<[^>]*>/g, ' ');
    for (const word of text.match(/[\p{L}\p{N}@.:/-]{3,}\p{L}/gu) ?? [])
      expect(shown).toContain(word);
  });

  const TOLD = caseOf({
    channel: 'mail',
    kind: 'misuse',
    urgency: 'now',
    report: {
      whatHappened: 'zebra\r\nBcc: giraffe@example.net <script>',
      noticed: { words: 'walrus', date: '2026-11-22' },
      email: TO,
      name: 'Ocelot\r\nBcc: giraffe@example.net',
      phone: '+919830012345',
    },
    origin: {
      mailId: 'm1',
      subject: 'penguin\r\nBcc: giraffe@example.net',
      attachments: [{ name: 'badger.png', type: 'image/png', bytes: 1 }],
      bulk: false,
      unverified: false,
    },
    followUps: [{ mailId: 'm2', at: new Date(0), subject: 'lynx', text: 'otter', attachments: [] }],
    notes: [{ at: new Date(0), by: 'manager@example.com', text: 'heron' }],
  });

  test.each(MAILS)(
    '%s tells nothing of the report, which others may read there',
    (_kind, mailOf) => {
      const { subject, text, html } = mailOf(TOLD);
      expect([subject, text, html].join('\n')).not.toMatch(
        /zebra|giraffe|walrus|ocelot|penguin|badger|lynx|otter|heron|98300|misuse|breach|urgent|works here|2026-11-22|manager@/i,
      );
    },
  );

  test.each(MAILS)('%s takes no header from what anybody wrote', (_kind, mailOf) => {
    const { subject } = mailOf(TOLD);
    expect(subject).toBe(mailOf(caseOf()).subject);
    expect(() => {
      refuseUnsafeMail({ id: 'm1', to: TO, subject });
    }).not.toThrow();
  });

  test.each(MAILS)('%s shows words of staff as theirs, and as text', (kind, mailOf) => {
    const { text, html } = mailOf(caseOf());
    const bringsWords = ['case.answer', 'case.extended', 'case.closed'].includes(kind);
    expect(text.includes(':\n| We looked.\n| It was <us>.\n')).toBe(bringsWords);
    expect(/<blockquote [^>]*>We looked\.<br>It was &lt;us&gt;\.<\/blockquote>/.test(html)).toBe(
      bringsWords,
    );
    expect(html).not.toContain('<us>');
  });

  test.each(MAILS)(
    '%s names who handles the case, and not the manager it is about',
    (_kind, mailOf) => {
      const { text } = mailOf(caseOf({ aboutStaff: 'privacy_manager' }));
      expect(text.replaceAll('person above the privacy manager', '')).not.toContain(
        'privacy manager',
      );
    },
  );
});

describe('the acknowledgement', () => {
  const CLOSING = [
    'We have your message. Thank you.',
    '',
    'Your reference: PD-7KQ4-M2XA',
    `You will have an answer by: ${DUE}`,
    '',
    'What happens next: a person reads it and answers to this address. You can check the case at any time in the chat at https://desk.example.com with this reference and this e-mail address.',
    '',
    'To add something, such as a screenshot, reply to this mail.',
    '',
    'If you did not write to us, somebody gave us your address by mistake: you need do nothing.',
  ];

  test('gives the reference, the due date and what happens next', () => {
    textIs(acknowledgement(caseOf(), TO, CHAT), ...CLOSING);
  });

  test('begins with what to do first where somebody is in danger', () => {
    const steps = ['Disconnect the computer.', 'Call your bank.'];
    textIs(
      acknowledgement(caseOf({ urgency: 'now' }), TO, CHAT, steps),
      'If it is happening now, please do this first. These are safety steps of Comantra, not part of the privacy policy.',
      '',
      '- Disconnect the computer.',
      '- Call your bank.',
      '',
      ...CLOSING,
    );
  });

  test('has a link to the chat that shows where it leads, and no other', () => {
    const { html } = acknowledgement(caseOf(), TO, CHAT);
    expect(
      [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)</g)].map((a) => a.slice(1)),
    ).toEqual([[CHAT, CHAT]]);
  });
});

test('the news that a case is open again gives the new date', () => {
  const again = roundWith({
    promise: {
      ...roundWith().promise,
      receivedAt: new Date('2026-12-01T05:00:00Z'),
      dueAt: new Date('2026-12-08T12:30:00Z'),
    },
  });
  textIs(
    openAgainMail(caseOf({ rounds: [roundWith(), again] }), TO, CHAT),
    'We have your further message. Thank you. Your case is open again.',
    '',
    'Your reference: PD-7KQ4-M2XA',
    'You will have an answer by: Tuesday 8 December 2026, 6:00 pm IST',
    '',
    'You can check the case at any time in the chat at https://desk.example.com with this reference and this e-mail address.',
  );
});

describe('the receipt of what was added to an open case', () => {
  test.each([
    [1, 'its file'],
    [2, 'its 2 files'],
  ])('says that %i came, and names the date that stays', (files, said) => {
    textIs(
      addedMail(caseOf(), TO, files),
      `We have added your message and ${said} to your case PD-7KQ4-M2XA. You will have an answer by ${DUE}.`,
    );
  });

  test('goes by the later date where there is one', () => {
    expect(addedMail(EXTENDED, TO, 1).text).toContain(`an answer by ${LATER}.`);
  });
});

describe('the answer', () => {
  test('is the manager’s words, and none of the customer’s', () => {
    textIs(
      answerMail(caseOf(), TO, THEIRS, false, CHAT),
      'This is the answer to your case PD-7KQ4-M2XA.',
      '',
      'From the privacy manager of Comantra:',
      '| We looked.',
      '| It was <us>.',
      '',
      'If this does not settle it, reply to this mail. You can read it again in the chat at https://desk.example.com with the reference and this e-mail address.',
    );
  });

  test('that is late says so, with the date that was promised first', () => {
    for (const about of [caseOf(), EXTENDED])
      expect(answerMail(about, TO, THEIRS, true, CHAT).text.split('\n')[2]).toBe(
        `We had promised it by ${DUE}. It is late, and we are sorry.`,
      );
  });

  test('to a case about the privacy manager is from somebody above them', () => {
    const about = caseOf({ aboutStaff: 'privacy_manager' });
    expect(answerMail(about, TO, THEIRS, false, CHAT).text).toContain(
      'From a person above the privacy manager of Comantra:\n| We looked.',
    );
  });
});

test('the news of a later date gives both dates and the reason', () => {
  textIs(
    extendedMail(EXTENDED, TO, dueAt, THEIRS),
    `Your case PD-7KQ4-M2XA will take longer than we promised. We are sorry. You will have an answer by ${LATER}, instead of ${DUE}.`,
    '',
    'The reason that the privacy manager gives:',
    '| We looked.',
    '| It was <us>.',
    '',
    'If that does not suit you, reply to this mail.',
  );
});

test('the news of a closing says so, why, and what can be done', () => {
  textIs(
    closedMail(caseOf(), TO, THEIRS),
    'We have closed your case PD-7KQ4-M2XA.',
    '',
    'The reason that the privacy manager gives:',
    '| We looked.',
    '| It was <us>.',
    '',
    'If you do not agree, reply to this mail: that opens it again.',
  );
});

describe('the apology', () => {
  test('says honestly that the promise was not kept, and how to reach a person', () => {
    textIs(
      apologyMail(caseOf(), TO, PERSON),
      `We promised you an answer to your case PD-7KQ4-M2XA by ${DUE}, and you do not have it. We did not keep our promise, and we are sorry. The privacy manager and the management have been told. If you would rather speak to a person, write to info@comantra.net.`,
      '',
      'You can also reply to this mail: it reaches them with your case.',
    );
  });

  test('is the same in the chat', () => {
    expect(apologyMail(caseOf(), TO, PERSON).text).toContain(apologyWords(caseOf(), PERSON));
  });

  test('goes by the later date where there is one', () => {
    expect(apologyWords(EXTENDED, PERSON)).toContain(`PD-7KQ4-M2XA by ${LATER}, and you`);
  });

  test('about the privacy manager names somebody above them', () => {
    expect(apologyWords(caseOf({ aboutStaff: 'privacy_manager' }), PERSON)).toContain(
      'A person above the privacy manager and the management have been told.',
    );
  });
});
