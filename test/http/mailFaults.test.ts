import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { SendMailOptions } from 'nodemailer';
import { ROOT } from '../../bot/root';
import { CaseRecords } from '../../models/cases';
import { InboundMailRecords } from '../../models/inboundMails';
import { openStore } from '../../models/store';
import { roundOf } from '../../services/caseRounds';
import { ChatCustomer } from '../support/chatCustomer';
import {
  DAY_MS,
  HOUR_MS,
  INFO,
  MailDesk,
  MANAGER,
  MINUTE_MS,
  MONDAY,
  referenceIn,
  RINA,
} from '../support/mailDesk';
import { bytesOf, post, replyTo } from '../support/mailer';
import { freePort, TEST_KEY } from '../support/product';
import { startSmtpSink } from '../support/smtpSink';
import { until } from '../support/until';

const ANSWER = 'We keep them for two years.';

describe('mail that is odd', () => {
  let desk: MailDesk;
  beforeAll(async () => {
    desk = await MailDesk.start();
  });
  afterAll(() => desk.close());

  let sent = 0;
  /** A mail of a sender of its own, by its lines; given what the header has beyond the usual. */
  const raw = (body: string | Buffer, header: Readonly<Record<string, string>> = {}) => {
    sent += 1;
    const from = `sender${sent}@example.org`;
    const fields = {
      ...{ From: from, To: INFO, Subject: `Question ${sent}`, 'Message-ID': `<odd${sent}@x>` },
      ...{ 'MIME-Version': '1.0', ...header },
    };
    const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    return {
      from,
      mail: {
        envelope: { from, to: INFO },
        raw: Buffer.concat([Buffer.from(`${head.join('')}\r\n`), Buffer.from(body)]),
      },
    };
  };
  /** What a case holds that such a mail opened. */
  const opened = async ({ from, mail }: { from: string; mail: SendMailOptions }) => {
    await desk.deliver(mail);
    const found = (await desk.cases()).find(({ report }) => report.email === from);
    if (!found) throw new Error('No case was opened.');
    return { ...found, acknowledged: await desk.mails(from) };
  };
  const inParts = (parts: readonly string[]): string =>
    `${parts.map((part) => `--edge\r\n${part}\r\n`).join('')}--edge--\r\n`;

  test('HTML alone: its words are read, its links and scripts are not', async () => {
    const page =
      '<style>p{color:red}</style><p>Who has <b>my address</b>?</p><script>steal()</script><img src="https://x/t.gif">';
    const { report, acknowledged } = await opened(raw(page, { 'Content-Type': 'text/html' }));
    expect(report.whatHappened).toContain('Who has my address?');
    expect(report.whatHappened).not.toMatch(/steal|color/);
    expect(acknowledged).toHaveLength(1);
  });

  test('windows-1252 without a charset: every letter is right, to the manager too', async () => {
    const words = Buffer.from('Qui a donn\xe9 mon adresse \x97 \x93vous\x94?', 'latin1');
    const { report, reference } = await opened(raw(words));
    expect(report.whatHappened).toBe('Qui a donné mon adresse — “vous”?');
    expect((await desk.last(MANAGER, new RegExp(reference))).text).toContain(
      'donné mon adresse — “vous”?',
    );
  });

  test('500 parts: one case, and the file list ends somewhere', async () => {
    const part = (n: number) =>
      `Content-Type: text/plain\r\nContent-Disposition: attachment; filename=f${n}.txt\r\n\r\nx`;
    const parts = ['Content-Type: text/plain\r\n\r\nSee the files.'];
    for (let n = 1; n <= 500; n += 1) parts.push(part(n));
    const { report, origin, reference } = await opened(
      raw(inParts(parts), { 'Content-Type': 'multipart/mixed; boundary=edge' }),
    );
    expect(report.whatHappened).toContain('See the files.');
    expect(report.whatHappened).toContain('all of it is kept');
    expect(origin!.attachments.length).toBeGreaterThan(100);
    expect(origin!.attachments.length).toBeLessThanOrEqual(200);
    expect((await desk.last(MANAGER, new RegExp(reference))).text).toContain('f1.txt');
  });

  test('10,000 quoted lines, from a customer and from the manager: read in no time, and left out of the answer', async () => {
    const quote = Array.from({ length: 10_000 }, (_, n) => `> line ${n} of what you wrote`);
    const body = `Please see below.\r\n\r\nOn Mon, 23 Nov 2026, you wrote:\r\n${quote.join('\r\n')}\r\n`;
    const began = performance.now();
    const { acknowledged, reference } = await opened(raw(body));
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(acknowledged).toHaveLength(1);
    const beganAnswer = performance.now();
    await desk.deliver({
      ...replyTo(await desk.last(MANAGER, new RegExp(reference)), '', { program: 'bare' }),
      text: `${ANSWER}\n\n${body.slice(20)}`,
      html: undefined,
    });
    expect(performance.now() - beganAnswer).toBeLessThan(30_000);
    expect(await desk.answers(reference)).toEqual([ANSWER]);
  });

  test('base64 that is broken off: what came is read', async () => {
    const words = Buffer.from('Who has my address? I want to know it now.').toString('base64');
    const { report } = await opened(
      raw(words.slice(0, 31), {
        'Content-Type': 'text/plain',
        'Content-Transfer-Encoding': 'base64',
      }),
    );
    expect(report.whatHappened).toContain('Who has my address?');
  });

  test.each([
    ['of 1970', 'Thu, 01 Jan 1970 00:00:00 +0000'],
    ['of 2099', 'Sat, 21 Nov 2099 10:00:00 +0000'],
    ['of no time', 'yesterday'],
  ])('a mail %s: the promise counts from when the desk got it', async (_, date) => {
    const { rounds, acknowledged } = await opened(raw('Who has my address?', { Date: date }));
    expect(rounds[0]!.promise.receivedAt).toEqual(desk.clock.now());
    expect(acknowledged[0]!.text).toContain('Monday 30 November 2026');
  });

  test('two senders: nobody is answered, and a person looks at it', async () => {
    const before = (await desk.cases()).length;
    const [one, two] = [
      raw('Who am I?', { From: `${RINA}, mallory@evil.test` }),
      raw('Who am I?', { From: `${RINA}\r\nFrom: mallory@evil.test` }),
    ];
    for (const { mail } of [one, two]) await desk.deliver(mail);
    expect((await desk.waiting()).map(({ reason }) => reason)).toEqual(['noSender', 'noSender']);
    expect(await desk.cases()).toHaveLength(before);
    expect(await desk.mails('mallory@evil.test')).toEqual([]);
    for (const { id } of await desk.waiting())
      await desk.office.records.inbound.settle(id, { state: 'discarded' }, 'quarantined');
  });

  test('no words at all: a case all the same', async () => {
    const { report, acknowledged } = await opened(raw('', { Subject: '' }));
    expect(report.whatHappened).toBe('(The mail has no words.)');
    expect(acknowledged).toHaveLength(1);
  });

  test.each([
    ['no header', 'only words\r\n'],
    ['nothing', ''],
    ['bytes of chance', Buffer.from(Array.from({ length: 4000 }, (_, n) => (n * 7919) % 251))],
    ['a header without end', `Subject: ${'a'.repeat(300_000)}`],
    ['nested without end', nested(400)],
  ])('%s: taken, and a person can look at it', async (_, bytes) => {
    const before = (await desk.cases()).length;
    await desk.deliver({ envelope: { from: 'odd@example.org', to: INFO }, raw: bytes });
    const settled = (await desk.cases()).length - before + (await desk.waiting()).length;
    expect(settled).toBe(1);
    for (const { id, state } of await desk.waiting())
      await desk.office.records.inbound.settle(id, { state: 'discarded' }, state);
  });

  test('26 MB is refused and leaves nothing; 24 MB are a case like any other', async () => {
    const before = await desk.count('inboundMails');
    const from = 'large@example.org';
    const mail = (mb: number): SendMailOptions => ({
      ...{ from, to: INFO, subject: 'Large', text: 'Here.' },
      // In base64 a third more, and line ends.
      attachments: [{ filename: 'large.bin', content: Buffer.alloc(mb * 1024 * 1024 * 0.73, 7) }],
    });
    expect(await desk.post(mail(26))).toMatchObject({ code: 552 });
    expect(await desk.count('inboundMails')).toBe(before);
    const { origin } = await opened({ from, mail: mail(24) });
    expect(origin!.attachments).toMatchObject([{ name: 'large.bin' }]);
  });
});

function nested(depth: number): string {
  let mail = 'Content-Type: text/plain\r\n\r\nWho has my address?\r\n';
  for (let level = 0; level < depth; level += 1)
    mail = `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n${mail}\r\n--b${level}--\r\n`;
  return `From: deep@example.org\r\nTo: ${INFO}\r\nSubject: Deep\r\nMIME-Version: 1.0\r\n${mail}`;
}

describe('what fails around the desk', () => {
  let desk: MailDesk;
  beforeEach(async () => {
    desk = await MailDesk.start();
  });
  afterEach(() => desk.close());

  test('no mail can go out for an hour: all of it goes afterwards, once, and in its own thread', async () => {
    desk.sinkSays.refusal = () => 421;
    const people = ['rina@example.org', 'tara@example.org', 'asha@example.org'];
    for (const from of people)
      await desk.deliver({ from, to: INFO, subject: `From ${from}`, text: `I am ${from}.` });
    for (let minute = 0; minute < 60; minute += 10) await desk.later(10 * MINUTE_MS);
    expect(desk.sink.taken).toEqual([]);
    desk.sinkSays.refusal = () => undefined;
    await desk.later(HOUR_MS);
    const mails = await desk.mails();
    expect(mails.map(({ sentTo }) => sentTo).sort()).toEqual(
      [...people, MANAGER, MANAGER, MANAGER].sort(),
    );
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(6);
    await desk.later(DAY_MS);
    expect((await desk.mails(RINA)).length).toBe(1);
    expect(
      (await desk.caseOf(referenceIn(await desk.last(RINA)))).rounds[0]!.promise.receivedAt,
    ).toEqual(MONDAY);
  });

  test('no mail can be kept: the sender is told to try again, the chat goes on, and later it is taken once', async () => {
    const folder = join(desk.running.directory, 'mail-in');
    const { reference, notification } = await desk.openByMail();
    const reply = await bytesOf(replyTo(notification, ANSWER));
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    for (let time = 0; time < 3; time += 1) {
      const { code } = await desk.post(reply);
      expect(code).toBeGreaterThanOrEqual(450);
      expect(code).toBeLessThan(460);
    }
    await desk.settle();
    expect(await desk.answers(reference)).toEqual([]);
    const customer = await ChatCustomer.open(desk.running.url);
    await customer.ask('hello');

    rmSync(folder);
    await desk.deliver(reply);
    await desk.deliver(reply);
    expect(await desk.answers(reference)).toEqual([ANSWER]);
  });

  test('a mail that cannot be dealt with is tried again, then shown to a person, and released it counts from its receipt', async () => {
    const { records } = desk.office;
    const real = records.rawMails.read.bind(records.rawMails);
    let broken = true;
    records.rawMails.read = async (id) => {
      if (broken) throw new Error('The disk has a fault.');
      return real(id);
    };
    const receivedAt = desk.clock.now();
    await desk.deliver({ from: RINA, to: INFO, subject: 'Cookies', text: 'How long?' });
    expect(await desk.waiting()).toEqual([]);
    for (let tries = 0; tries < 10; tries += 1) await desk.later(10 * MINUTE_MS);
    expect(await desk.waiting()).toMatchObject([{ state: 'quarantined', reason: 'unreadable' }]);
    expect(await desk.subjects(MANAGER)).toEqual(['A mail to the desk cannot be read']);
    broken = false;
    const [{ id } = { id: '' }] = await desk.waiting();
    await records.inbound.release(id, desk.clock.now());
    await desk.settle();
    const [opened] = await desk.cases();
    expect(roundOf(opened!).promise.receivedAt).toEqual(receivedAt);
  });

  test('all mail is taken in before a promise is called missed: one that waited to be dealt with keeps it', async () => {
    const { records } = desk.office;
    const { reference, notification } = await desk.openByMail();
    const { dueAt } = roundOf(await desk.caseOf(reference)).promise;
    const real = records.rawMails.read.bind(records.rawMails);
    const answeredAt = new Date(dueAt.getTime() - MINUTE_MS);
    desk.clock.set(answeredAt);
    records.rawMails.read = async () => {
      throw new Error('The disk has a fault.');
    };
    await desk.deliver(replyTo(notification, ANSWER));
    await desk.later(3 * MINUTE_MS);
    expect(await desk.subjects(MANAGER)).not.toContainEqual(expect.stringContaining('MISSED'));
    records.rawMails.read = real;
    await desk.later(3 * MINUTE_MS);
    expect(roundOf(await desk.caseOf(reference)).answers).toMatchObject([{ answeredAt }]);
    await desk.later(2 * DAY_MS);
    expect(await desk.subjects(MANAGER)).not.toContainEqual(expect.stringContaining('MISSED'));
  });
});

describe('kill -9 right after the desk said 250', () => {
  const START_MS = 60_000;
  const directory = mkdtempSync(join(tmpdir(), 'desk-mail-killed-'));
  const ring = `test:${TEST_KEY.secret.toString('base64')}`;
  let child: ChildProcess | undefined;

  const start = async (port: number, smtpPort: number, sink: string): Promise<void> => {
    const url = `http://127.0.0.1:${port}`;
    const command = ['-r', './test/support/swcRegister.cjs', './test/support/mailDeskChild.ts'];
    child = spawn(process.execPath, command, {
      cwd: ROOT,
      env: {
        ...{ PATH: process.env.PATH, PORT: String(port), PUBLIC_URL: url, DATA_DIR: directory },
        ...{ SECRET_KEY: ring, DIRECT_LINE_SECRET: ring, LOG_LEVEL: 'silent', SMTP_URL: sink },
        INBOUND_SMTP_PORT: String(smtpPort),
      },
      stdio: 'ignore',
    });
    const ready = () =>
      fetch(`${url}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      );
    await until('the desk to be ready', ready, START_MS);
  };
  const kill = async (): Promise<void> => {
    const gone = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill('SIGKILL');
    await gone;
  };
  afterAll(() => {
    child?.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  test(
    'loses neither a customer’s mail nor the manager’s answer, and makes no second of it when it is sent again',
    async () => {
      const sink = await startSmtpSink();
      const [port, smtpPort] = [await freePort(), await freePort()];
      const mails = () =>
        Promise.all(
          sink.taken.map(async ({ raw, to }) => ({ to: to[0], mail: await simpleParser(raw) })),
        );
      const mailTo = (address: string, text: string) =>
        until(
          `a mail to ${address} with “${text}”`,
          async () =>
            (await mails()).find(({ to, mail }) => to === address && mail.text?.includes(text))
              ?.mail,
          START_MS,
        );

      await start(port, smtpPort, sink.url);
      const question = await bytesOf({
        ...{ from: RINA, to: INFO, subject: 'Cookies', text: 'How long do you keep them?' },
      });
      expect((await post(smtpPort, question)).code).toBe(250);
      await kill();
      await start(port, smtpPort, sink.url);
      const notification = await mailTo(MANAGER, 'How long do you keep them?');
      await mailTo(RINA, 'We have your message.');

      const answer = await bytesOf(replyTo(notification, ANSWER));
      expect((await post(smtpPort, answer)).code).toBe(250);
      await kill();
      const between = new Date();
      await start(port, smtpPort, sink.url);
      // Their servers did not hear the 250, and try again.
      for (const again of [question, answer]) expect((await post(smtpPort, again)).code).toBe(250);
      await mailTo(RINA, ANSWER);
      await mailTo(MANAGER, 'reached the desk');
      await kill();

      const store = await openStore({ directory, keys: [TEST_KEY] });
      const cases = await new CaseRecords(store).openedSince(new Date(0), 10);
      const inbound = await new InboundMailRecords(store).list(['done'], 10);
      await store.close();
      await sink.close();
      expect(cases).toHaveLength(1);
      const [answerMail, questionMail] = inbound;
      expect(inbound).toHaveLength(2);
      const { promise, answers } = roundOf(cases[0]!);
      expect(promise.receivedAt).toEqual(questionMail!.receivedAt);
      expect(answers).toMatchObject([{ answeredAt: answerMail!.receivedAt, text: ANSWER }]);
      expect(answers[0]!.answeredAt.getTime()).toBeLessThanOrEqual(between.getTime());
      // A mail may be sent twice around a kill, and is known by its Message-ID.
      const ids = new Set((await mails()).map(({ mail }) => mail.messageId));
      expect(ids.size).toBe(4);
    },
    4 * START_MS,
  );
});
