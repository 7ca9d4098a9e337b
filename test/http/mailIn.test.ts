import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { SendMailOptions } from 'nodemailer';
import { ROOT } from '../../bot/root';
import { openStore } from '../../models/store';
import { roundOf } from '../../services/caseRounds';
import { startImapServer } from '../support/imapServer';
import {
  DAY_MS,
  ENQUIRY,
  ESCALATION,
  HOUR_MS,
  INFO,
  MailDesk,
  MANAGER,
  MONDAY,
  referenceIn,
  replyAddressOf,
  RINA,
  type GotMail,
} from '../support/mailDesk';
import { bounceOf, bytesOf, replyTo } from '../support/mailer';
import { TEST_KEY } from '../support/product';

const TARA = 'tara@example.org';
const ROBOT = 'tickets@vendor.example';
const ANSWER = 'We keep them for two years.';
const AGAIN = /The customer has written again/;

let desk: MailDesk;
const start = async (options: Parameters<typeof MailDesk.start>[0] = {}): Promise<MailDesk> => {
  desk = await MailDesk.start(options);
  return desk;
};
afterEach(() => desk.close());

describe('a mail to the privacy mailbox', () => {
  test('opens a case; the acknowledgement, with reference and due date, stands in its thread', async () => {
    await start();
    const messageId = '<question@example.org>';
    const { reference, acknowledgement, notification } = await desk.openByMail({ messageId });
    expect(acknowledgement.inReplyTo).toBe(messageId);
    expect(acknowledgement.text).toContain('Monday 30 November 2026, 6:00 pm IST');
    expect(notification.text).toContain('How long do you keep what your cookies collect?');
    const { channel, report, rounds } = await desk.caseOf(reference);
    expect({ channel, email: report.email }).toEqual({ channel: 'mail', email: RINA });
    expect(rounds[0]!.promise.receivedAt).toEqual(MONDAY);
  });

  test('to both mailboxes and twice to the one, also with an enquiry: one case', async () => {
    await start();
    const mail = await bytesOf({
      ...{ from: RINA, to: [INFO, ENQUIRY], cc: INFO, subject: 'Cookies', text: 'How long?' },
    });
    await desk.deliver(mail);
    await desk.deliver({ ...mail, envelope: { from: RINA, to: [ENQUIRY] } });
    expect(await desk.cases()).toHaveLength(1);
    expect(await desk.subjects(RINA)).toHaveLength(1);
    expect(await desk.count('updateRequests')).toBe(0);
  });

  test('freescout#1350, #3186: the same mail twice by SMTP and once more by IMAP is one', async () => {
    const imap = await startImapServer();
    await start({ env: { IMAP_URL: imap.url, INBOUND_DMARC: 'false' } });
    await desk.settle();
    const mail = await bytesOf({ from: RINA, to: INFO, subject: 'Cookies', text: 'How long?' });
    imap.deliver(Buffer.concat([Buffer.from(`Return-Path: <${RINA}>\r\n`), mail.raw]), {
      internalDate: MONDAY,
    });
    await Promise.all([desk.deliver(mail), desk.deliver(mail), desk.settle()]);
    await desk.settle();
    expect(imap.commands.some((command) => command.startsWith('UID FETCH'))).toBe(true);
    expect(await desk.cases()).toHaveLength(1);
    expect(await desk.subjects(RINA)).toHaveLength(1);
    await imap.close();
  });
});

describe('a customer who writes again', () => {
  test('chatwoot#10028, #3868: by Reply in any program, any number of times, stays in their case; no deadline moves', async () => {
    await start();
    const { reference, acknowledgement } = await desk.openByMail();
    const dueAt = roundOf(await desk.caseOf(reference)).promise.dueAt;
    for (const program of ['outlook', 'gmail', 'apple'] as const) {
      desk.clock.advance(DAY_MS / 4);
      await desk.deliver(replyTo(acknowledgement, `It is urgent. (${program})`, { program }));
    }
    expect(await desk.cases()).toHaveLength(1);
    const { followUps, rounds } = await desk.caseOf(reference);
    expect(followUps.map(({ text }) => text)).toEqual([
      'It is urgent. (outlook)',
      'It is urgent. (gmail)',
      'It is urgent. (apple)',
    ]);
    expect(rounds).toHaveLength(1);
    expect(roundOf(await desk.caseOf(reference)).promise.dueAt).toEqual(dueAt);
    expect(await desk.countOf(MANAGER, AGAIN)).toBe(3);
    expect((await desk.last(MANAGER, AGAIN)).text).toContain('It is urgent. (apple)');
    expect(await desk.subjects(RINA)).toHaveLength(1);
  });

  test('freescout#2375: each reply goes to the case whose mail it answers', async () => {
    await start();
    const one = await desk.openByMail();
    const two = await desk.openByMail({ subject: 'A complaint', text: 'You keep calling me.' });
    await desk.deliver(replyTo(one.acknowledgement, 'I mean the support pages.'));
    await desk.deliver(replyTo(two.acknowledgement, 'The last call was today.'));
    const told = async ({ reference }: { reference: string }) =>
      (await desk.caseOf(reference)).followUps.map(({ text }) => text);
    expect(await told(one)).toEqual(['I mean the support pages.']);
    expect(await told(two)).toEqual(['The last call was today.']);
  });

  test('without the reply address, but in the thread: the same case for them, a case of its own for another', async () => {
    await start();
    const messageId = '<first@example.org>';
    const { reference, acknowledgement } = await desk.openByMail({ messageId });
    const mail = { to: INFO, subject: 'Re: About cookies', text: 'And for how long in Goa?' };
    await desk.deliver({ ...mail, from: RINA, inReplyTo: messageId });
    await desk.deliver({
      ...mail,
      from: RINA.toUpperCase(),
      references: [acknowledgement.messageId!],
    });
    expect((await desk.caseOf(reference)).followUps).toHaveLength(2);
    expect(await desk.cases()).toHaveLength(1);

    await desk.deliver({ ...mail, from: TARA, inReplyTo: messageId });
    await desk.deliver({ ...mail, from: 'asha@example.org', inReplyTo: acknowledgement.messageId });
    expect((await desk.caseOf(reference)).followUps).toHaveLength(2);
    expect(await desk.cases()).toHaveLength(3);
  });

  test('chatwoot#13502: replies of different people to one mail never meet in one case', async () => {
    await start();
    const { reference, acknowledgement, notification } = await desk.openByMail();
    await desk.deliver(replyTo(acknowledgement, 'Me too: my account was opened.', { from: TARA }));
    expect(await desk.whyWaiting()).toEqual(['quarantined: otherSender']);
    expect((await desk.caseOf(reference)).followUps).toEqual([]);
    expect(await desk.countOf(MANAGER, AGAIN)).toBe(0);
    await desk.deliver(replyTo(notification, ANSWER));
    expect(await desk.mails(TARA)).toEqual([]);
  });

  test('freescout#2086: somebody in CC who replies to all opens no case', async () => {
    await start();
    const { acknowledgement } = await desk.openByMail({
      cc: TARA,
      envelope: { from: RINA, to: INFO },
    });
    await desk.deliver({
      ...replyTo(acknowledgement, 'I agree.', { from: TARA, cc: [RINA, INFO] }),
      envelope: { from: TARA, to: [replyAddressOf(acknowledgement), INFO] },
    });
    expect(await desk.cases()).toHaveLength(1);
    expect(await desk.whyWaiting()).toEqual(['quarantined: otherSender']);
    expect(await desk.mails(TARA)).toEqual([]);
  });

  test('chatwoot#15869: a new topic in an old thread is a case of its own, under its own subject', async () => {
    await start();
    const messageId = '<first@example.org>';
    const { reference, acknowledgement } = await desk.openByMail({ messageId });
    await desk.deliver({
      ...{ from: RINA, to: INFO, inReplyTo: messageId, references: [messageId] },
      ...{ subject: 'Who has my address?', text: 'A shop wrote to me.' },
    });
    expect(await desk.cases()).toHaveLength(2);
    expect((await desk.caseOf(reference)).followUps).toEqual([]);
    expect((await desk.last(MANAGER)).text).toContain('Subject: Who has my address?');

    // To the reply address of the old case it stays there, and staff see that the subject is another.
    await desk.deliver(replyTo(acknowledgement, 'Who sold it?', { subject: 'My address' }));
    expect((await desk.caseOf(reference)).followUps).toMatchObject([{ subject: 'My address' }]);
    expect((await desk.last(MANAGER, AGAIN)).text).toContain('Subject: My address');
  });

  test('chatwoot#10178, osTicket#5206: thanks leave an answered case as it is; a question opens it again, with its own promise', async () => {
    await start();
    const { reference, notification } = await desk.openByMail();
    await desk.deliver(replyTo(notification, ANSWER));
    const answer = await desk.last(RINA, /^Re:/);
    await desk.deliver(replyTo(answer, 'Thank you so much!'));
    expect((await desk.caseOf(reference)).rounds).toHaveLength(1);
    await desk.later(3 * DAY_MS);
    await desk.deliver(replyTo(answer, 'And in Goa?'));
    const { rounds } = await desk.caseOf(reference);
    expect(rounds.map(({ answers }) => answers.length)).toEqual([1, 0]);
    expect(rounds[1]!.promise.receivedAt).toEqual(desk.clock.now());
    expect((await desk.last(RINA)).text).toContain('Your case is open again.');
  });

  test('about a case that was closed with a reason, or filed as spam: heard in the first, and only told in the second', async () => {
    await start();
    const closed = await desk.openByMail();
    await desk.deliver(replyTo(closed.notification, '#close She withdrew it.'));
    await desk.deliver(replyTo(await desk.last(RINA, /^Re:/), 'I did not withdraw it.'));
    expect((await desk.caseOf(closed.reference)).rounds).toHaveLength(2);

    const filed = await desk.openByMail({ from: TARA, text: 'Buy followers now.' });
    await desk.deliver(replyTo(filed.notification, '#spam'));
    await desk.deliver(replyTo(filed.acknowledgement, 'Last chance. Will you buy?'));
    expect((await desk.caseOf(filed.reference)).rounds).toHaveLength(1);
    expect(await desk.subjects(TARA)).toHaveLength(1);
    expect((await desk.last(MANAGER, AGAIN)).text).toContain('was filed as spam');
  });
});

describe('files that come with a mail', () => {
  test('are listed, kept, and never opened or rendered', async () => {
    await start();
    const { reference, acknowledgement } = await desk.openByMail();
    const html = '<p>See <img src="cid:shot"><script>alert(1)</script></p>';
    await desk.deliver({
      ...replyTo(acknowledgement, 'Here it is.', { program: 'bare' }),
      html,
      attachments: [
        { filename: '../../etc/passwd', content: 'root:x:0' },
        { filename: 'shot.png', content: Buffer.from([137, 80, 78, 71]), cid: 'shot' },
        { filename: 'invoice\u202efdp.exe', content: 'MZ', contentType: 'application/pdf' },
      ],
    });
    const { followUps } = await desk.caseOf(reference);
    expect(followUps[0]!.attachments.map(({ name }) => name).sort()).toEqual([
      'invoicefdp.exe',
      'passwd',
      'shot.png',
    ]);
    const forwarded = await desk.last(MANAGER, AGAIN);
    expect(forwarded.text).toContain('They were stored and not opened');
    expect(forwarded.attachments).toEqual([]);
    expect(forwarded.html).not.toMatch(/<script|cid:|<img/);
  });
});

describe('what no person wrote', () => {
  const from = 'machine@lists.example';
  const header = (name: string, value: string, more: SendMailOptions = {}): SendMailOptions => ({
    ...{ from, to: INFO, subject: 'News', text: 'Something is new.' },
    headers: { [name]: value },
    ...more,
  });

  test.each<[string, SendMailOptions, string]>([
    ['a mailing list', header('List-Id', '<news.lists.example>'), 'case'],
    ['a bulk mail', header('Precedence', 'bulk'), 'case'],
    ['a newsletter', header('List-Unsubscribe', '<https://lists.example/u>'), 'case'],
    ['an automatic reply', header('Auto-Submitted', 'auto-replied'), 'automatic'],
    ['a notice of a machine', header('Auto-Submitted', 'auto-generated'), 'automatic'],
    ['an out-of-office', header('X-Autoreply', 'yes', { subject: 'Out of office' }), 'automatic'],
    ['Exchange’s', header('X-Any', '1', { subject: 'Automatic reply: hello' }), 'automatic'],
    [
      'a mail without a way back',
      header('X-Any', '1', { envelope: { from: '', to: INFO } }),
      'automatic',
    ],
    [
      'chatwoot#5131: a no-reply mailbox that says so',
      header('Auto-Submitted', 'auto-generated', { from: 'no-reply@lists.example' }),
      'automatic',
    ],
    ['freescout#4250: a bounce', bounceOf(INFO), 'bounce'],
    [
      'freescout#4250: a bounce of a bounce',
      bounceOf(INFO, {
        returned: 'Subject: Undeliverable: Undeliverable: x\r\nMessage-ID: <a@b>\r\n',
      }),
      'bounce',
    ],
  ])('%s gets no mail from us', async (_, mail, outcome) => {
    await start();
    await desk.deliver(mail);
    const toThem = (await desk.mails()).filter(({ sentTo }) => sentTo !== MANAGER);
    expect(toThem).toEqual([]);
    expect(await desk.cases()).toHaveLength(outcome === 'case' ? 1 : 0);
    expect(await desk.whyWaiting()).toEqual(outcome === 'case' ? [] : [`quarantined: ${outcome}`]);
    expect(await desk.mails(MANAGER)).toHaveLength(outcome === 'case' ? 1 : 0);
  });
});

describe('a machine that answers every mail and does not say that it is one', () => {
  /** Answers all mails to an address, again and again, until none comes; gives how many came. */
  async function answering(
    address: string,
    answer: (mail: GotMail, n: number) => SendMailOptions,
    rounds = 40,
  ): Promise<number> {
    let seen = 0;
    for (let round = 0; round < rounds; round += 1) {
      const mails = (await desk.mails(address)).slice(seen);
      if (mails.length === 0) break;
      for (const mail of mails) await desk.deliver(answer(mail, (seen += 1)));
    }
    return (await desk.mails(address)).length;
  }
  const ticket = (n: number): string => `We have received your request. It is ticket ${n} now.`;

  test('freescout#2445: a ticket system as a customer ends at once, and the desk opens one case', async () => {
    await start();
    const { notification } = await desk.openByMail({ from: ROBOT });
    const reply = (mail: GotMail, n: number) => replyTo(mail, ticket(n), { program: 'bare' });
    expect(await answering(ROBOT, reply)).toBe(1);
    await desk.deliver(replyTo(notification, ANSWER));
    // Its answer, and that the case is open again.
    expect(await answering(ROBOT, reply)).toBeLessThanOrEqual(3);
    expect(await desk.cases()).toHaveLength(1);
    expect((await desk.mails(MANAGER)).length).toBeLessThan(10);
  });

  test('freescout#3670: one that writes anew each time, under a new subject, gets five mails a day', async () => {
    await start();
    await desk.openByMail({ from: ROBOT });
    const anew = (_: GotMail, n: number) => ({
      ...{ from: ROBOT, to: INFO, subject: `Ticket ${n}`, text: ticket(n) },
    });
    expect(await answering(ROBOT, anew)).toBe(5);
    expect(await desk.cases()).toHaveLength(6);
  });

  test('freescout#2445: a ticket system as the manager’s mailbox is stopped too', async () => {
    await start();
    await desk.openByMail();
    const toManager = await answering(MANAGER, (mail, n) =>
      replyTo(mail, ticket(n), { program: 'bare' }),
    );
    expect(toManager).toBeLessThanOrEqual(25);
    expect((await desk.mails(RINA)).length).toBeLessThanOrEqual(25);
  });

  test('and so is one that answers from another address than its own', async () => {
    await start();
    await desk.openByMail();
    const reply = (mail: GotMail, n: number) =>
      replyTo(mail, ticket(n), { program: 'bare', from: ROBOT });
    expect(await answering(MANAGER, reply)).toBeLessThanOrEqual(25);
    expect(await desk.mails(RINA)).toHaveLength(1);
  });

  test('zammad/zammad#1131: an address that does not exist gets one mail, and staff hear of it once', async () => {
    await start();
    desk.sinkSays.refusal = (to) => (to === 'nobody@example.org' ? 550 : undefined);
    await desk.deliver({
      from: 'nobody@example.org',
      to: INFO,
      subject: 'Hi',
      text: 'Who has my data?',
    });
    await desk.later(HOUR_MS);
    expect(await desk.subjects(MANAGER)).toHaveLength(2);
    expect(await desk.countOf(MANAGER, /Not delivered: the acknowledgement/)).toBe(1);
  });
});

describe('many similar reports within an hour', () => {
  test('reach the manager one by one up to ten, and then as one digest, whose #spam files all of it', async () => {
    await start();
    const text =
      'Your pages tell everybody that I am a customer of yours. Stop that at once, please.';
    for (let n = 1; n <= 13; n += 1)
      await desk.deliver({ from: `person${n}@example.org`, to: INFO, subject: 'Stop', text });
    expect(await desk.mails(MANAGER)).toHaveLength(10);
    expect(await desk.cases()).toHaveLength(13);
    await desk.later(2 * HOUR_MS);
    const digest = await desk.last(MANAGER);
    expect(digest.subject).toMatch(/^3 reports much like others within an hour/);
    expect(await desk.mails(MANAGER)).toHaveLength(11);

    await desk.deliver(replyTo(digest, 'Dear all, we will stop.'));
    expect((await desk.last(MANAGER)).subject).toMatch(
      /Nothing was done with your reply to a digest/,
    );
    await desk.deliver(replyTo(digest, '#spam'));
    const filed = (await desk.cases()).filter((each) => roundOf(each).closing?.as === 'spam');
    expect(filed.map(({ report }) => report.email).sort()).toEqual(
      [11, 12, 13].map((n) => `person${n}@example.org`),
    );
    // To each of them the customer has their acknowledgement, and no word about the filing.
    expect(await desk.mails('person13@example.org')).toHaveLength(1);
  });
});

describe('a case that turns out to be about the manager themselves', () => {
  /** Somebody finds out whom the last case is about, after the manager was told of it. */
  async function turned(): Promise<void> {
    const about = (await desk.cases()).at(-1)!;
    await desk.office.changes.make(about.id, 'found-out', (found) => ({
      outcome: 'turned',
      changed: {
        ...found,
        ...{ aboutStaff: 'staff', report: { ...found.report, whatHappened: `It was ${MANAGER}` } },
      },
    }));
  }

  test('is not answered by them any more: what they write waits, and those above hear of it', async () => {
    await start();
    await desk.deliver({ from: RINA, to: INFO, subject: 'Letters', text: 'Who reads my letters?' });
    const notification = await desk.last(MANAGER);
    await turned();
    await desk.deliver(replyTo(notification, 'There is nothing to it.'));
    const [about] = await desk.cases();
    expect(roundOf(about!).answers).toEqual([]);
    expect(await desk.waiting()).toMatchObject([{ reason: 'untrustedSender' }]);
    expect((await desk.last(ESCALATION)).subject).toContain('is held: was it you?');
    expect(await desk.last(MANAGER)).toEqual(notification);
  });

  test('is not filed away by their reply to the digest that told of it', async () => {
    await start();
    const text = 'Your pages tell everybody that I am a customer. Stop that at once, please.';
    for (let n = 1; n <= 12; n += 1)
      await desk.deliver({ from: `person${n}@example.org`, to: INFO, subject: 'Stop', text });
    await desk.later(2 * HOUR_MS);
    const digest = await desk.last(MANAGER);
    await turned();
    await desk.deliver(replyTo(digest, '#spam'));
    const filed = (await desk.cases()).filter((each) => roundOf(each).closing?.as === 'spam');
    expect(filed).toHaveLength(1);
    expect(filed[0]?.report.whatHappened).not.toContain(MANAGER);
  });
});

describe('a mail to the enquiry mailbox', () => {
  const enquire = () =>
    desk.deliver({ from: TARA, to: ENQUIRY, subject: 'My address', text: 'I have moved to Goa.' });

  test('is an update request: only a YES from the mailbox itself proves it', async () => {
    await start();
    await enquire();
    expect(await desk.cases()).toEqual([]);
    expect(await desk.mails(MANAGER)).toEqual([]);
    const asked = await desk.last(TARA);
    await desk.deliver(replyTo(asked, 'YES', { from: RINA }));
    await desk.deliver(replyTo(asked, 'What is this?'));
    expect((await desk.whyWaiting()).sort()).toEqual([
      'quarantined: notProved',
      'quarantined: otherSender',
    ]);
    expect(await desk.mails(MANAGER)).toEqual([]);
    await desk.deliver(replyTo(asked, 'Yes, it is mine.'));
    expect((await desk.last(MANAGER)).text).toContain('I have moved to Goa.');
  });

  test('that tells of harm being done is a case', async () => {
    await start();
    await desk.deliver({
      ...{ from: TARA, to: ENQUIRY, subject: 'help' },
      text: 'a man is on my computer right now and says he is from your company',
    });
    expect(await desk.cases()).toMatchObject([{ urgency: 'now' }]);
    expect(await desk.count('updateRequests')).toBe(0);
  });
});

describe('mails that wait for a person', () => {
  const run = promisify(execFile);

  test('are listed, shown, released with their first time of receipt, and discarded, beside the running desk', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'desk-inbound-'));
    const out = join(directory, 'saved');
    const store = await openStore({ directory, keys: [TEST_KEY] });
    // The command goes by the machine's clock, and the desk must not be behind it.
    const now = new Date();
    await start({ directory, store, now });
    const command = async (...args: string[]): Promise<string> => {
      const register = join(ROOT, 'test/support/swcRegister.cjs');
      const { stdout } = await run(
        process.execPath,
        ['-r', register, 'bot/commands/inbound.ts', ...args],
        {
          cwd: ROOT,
          env: {
            PATH: process.env.PATH,
            DATA_DIR: directory,
            SECRET_KEY: `test:${TEST_KEY.secret.toString('base64')}`,
            DIRECT_LINE_SECRET: `test:${TEST_KEY.secret.toString('base64')}`,
            LOG_LEVEL: 'silent',
          },
        },
      );
      return stdout;
    };
    const { reference, id, notification } = await desk.openByMail();
    const attachments = [
      { filename: '../../../etc/cron.d/evil', content: 'x' },
      { filename: 'evil', content: 'y' },
    ];
    await desk.deliver(replyTo(notification, ANSWER, { from: TARA, attachments }));
    await desk.deliver(bounceOf(INFO));
    const [bounce, answer] = await desk
      .waiting()
      .then((all) => [
        all.find(({ reason }) => reason === 'bounce')!,
        all.find(({ reason }) => reason === 'untrustedSender')!,
      ]);

    const [listed, shown] = await Promise.all([command('list'), command('show', answer!.id)]);
    expect(listed).toContain(`${answer!.id}  ${now.toISOString()}  quarantined (untrustedSender)`);
    expect(listed).toContain(bounce!.id);
    expect(shown).toContain(`Case: ${reference}`);
    expect(shown).toContain(ANSWER);
    expect(shown).toContain('File: evil');

    await command('save', answer!.id, '--out', out);
    expect(readdirSync(out).sort()).toEqual(['1-evil', '2-evil']);
    expect(readFileSync(join(out, '1-evil'), 'utf8')).toBe('x');

    // Long after the promise was due.
    await desk.later(20 * DAY_MS);
    await Promise.all([command('release', answer!.id), command('discard', bounce!.id)]);
    await desk.settle();
    const [given] = roundOf(await desk.caseOf(reference)).answers;
    expect(given).toMatchObject({ answeredAt: now, text: ANSWER });
    expect((await desk.last(MANAGER, /has gone to the customer/)).text).toContain(
      'the promise is kept',
    );
    expect(await desk.waiting()).toEqual([]);
    await expect(command('release', answer!.id)).rejects.toMatchObject({
      stderr: expect.stringContaining('does not wait for a person') as string,
    });
    expect(await desk.audited(id)).toEqual(
      expect.arrayContaining(['mail.quarantined', 'mail.released', 'case.answered']),
    );
    rmSync(directory, { recursive: true, force: true });
  }, 60_000);

  test('a mail that opened nothing can be released as a case', async () => {
    await start();
    await desk.deliver({
      ...{ from: RINA, to: INFO, subject: 'Automatic reply: hello', text: 'Who has my data?' },
    });
    const receivedAt = desk.clock.now();
    const [held] = await desk.waiting();
    await desk.later(DAY_MS);
    await desk.office.records.inbound.release(held!.id, desk.clock.now(), 'case');
    await desk.settle();
    const [opened] = await desk.cases();
    expect(roundOf(opened!).promise.receivedAt).toEqual(receivedAt);
    expect(referenceIn(await desk.last(RINA))).toBe(opened!.reference);
  });
});
